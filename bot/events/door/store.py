"""The door in the database: what is settled about it, who arrived with how many, the open panels, wrong tries."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import msgspec
from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    and_,
    bindparam,
    case,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)

from bot.db.schema import Instant, Serial, metadata, to_millis
from bot.events.door.rules.checkin import PRESENT, Arrival, Count, Guest, Stood
from bot.events.door.rules.panel import NOT_SEATED, Look, Panel
from bot.events.door.rules.ways import Door, Tries
from bot.events.rules.event import State
from bot.events.rules.signup import Paid, Presence, SignUpState
from bot.events.store.rows import clean, event_of, signup_of
from bot.events.store.statements import ACTIVE, HERE
from bot.events.store.tables import events, signups
from bot.kernel.ids import ChatId, UserId

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement, Select

    from bot.db.engine import Tx
    from bot.events.rules.event import Event
    from bot.events.rules.signup import SignUp
    from bot.kernel.ids import GroupId

doors = Table(
    "events_door_doors",
    metadata,
    Column(
        "event_id",
        BigInteger,
        ForeignKey("events_events.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("code", String(6), nullable=True),
    Column("token", String(64), nullable=True),
    Column("walk_ins", Boolean, nullable=False),
    Column("closed_at", Instant, nullable=True),
    Column("reminded_at", Instant, nullable=True),
    UniqueConstraint("token"),
)

arrivals = Table(
    "events_door_arrivals",
    metadata,
    Column("event_id", BigInteger, ForeignKey("events_events.id", ondelete="CASCADE"), primary_key=True),
    Column("user_id", BigInteger, primary_key=True, autoincrement=False),
    Column("stood", String(16), nullable=True),
    Column("brought", Integer, nullable=False),
)
"""Who walked in: where they stood before (``stood``), and with how many guests (``brought``)."""

panels = Table(
    "events_door_panels",
    metadata,
    Column("id", Serial, primary_key=True, autoincrement=True),
    Column("event_id", BigInteger, ForeignKey("events_events.id", ondelete="CASCADE"), nullable=False),
    Column("chat_id", BigInteger, nullable=False),
    Column("others", Boolean, nullable=False),
    Column("page", Integer, nullable=False),
    Column("search", Text, nullable=True),
    Index("ix_events_door_panels_event_id", "event_id"),
)

payments = Table(
    "events_door_payments",
    metadata,
    Column("event_id", BigInteger, ForeignKey("events_events.id", ondelete="CASCADE"), primary_key=True),
    Column("user_id", BigInteger, primary_key=True, autoincrement=False),
    Column("persons", Integer, nullable=False),
)
"""For how many somebody paid: who leaves the list takes their guests off it, and is to be paid back for them too."""

tries = Table(
    "events_door_tries",
    metadata,
    Column("user_id", BigInteger, primary_key=True, autoincrement=False),
    Column("since", Instant, nullable=False),
    Column("wrong", Integer, nullable=False),
)

_NO_LIMIT = 1_000_000
_decode_names = msgspec.json.Decoder(tuple[str, ...]).decode
_present = tuple(sorted(one.value for one in PRESENT))
_chosen = signups.c.event_id == bindparam("event")
_going = signups.c.state == SignUpState.GOING.value
_is_here = and_(_going, signups.c.presence.in_(_present))


def _counted(*wanted: ColumnElement[bool], value: Any = 1) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((and_(_going, *wanted), value), else_=0)), 0)


_COUNT = (
    select(
        _counted(_is_here, value=HERE).label("here"),
        _counted(signups.c.presence == Presence.LATE.value).label("late"),
        _counted(signups.c.presence == Presence.WALKED_IN.value).label("walked_in"),
        _counted(signups.c.presence == Presence.ABSENT.value).label("absent"),
        _counted(signups.c.presence.is_(None)).label("missing"),
    )
    .select_from(signups)
    .where(_chosen)
)
_LINES: Select[Any] = (
    select(signups)
    .where(_chosen, signups.c.state.in_(bindparam("states", expanding=True)))
    .order_by(
        case({state.value: place for place, state in enumerate(NOT_SEATED)}, value=signups.c.state, else_=-1),
        case((_going, 0), else_=signups.c.rank),
        signups.c.turn,
    )
)
_PAGE = _LINES.limit(bindparam("most", type_=Integer)).offset(bindparam("skip", type_=Integer))
_SOME = _LINES.where(signups.c.user_id.in_(bindparam("who", expanding=True)))
_NAMES = select(signups.c.user_id, signups.c.name, signups.c.companions).where(
    _chosen, signups.c.state.in_(bindparam("states", expanding=True))
)
_PAYING = select(signups).where(
    _chosen, _going | signups.c.paid.in_((Paid.SAID.value, Paid.CONFIRMED.value, Paid.FREE.value))
)
_DOOR = select(doors).where(doors.c.event_id == bindparam("event"))
_ARRIVAL = select(arrivals).where(arrivals.c.event_id == bindparam("event"), arrivals.c.user_id == bindparam("who"))
_HELD = (State.OPEN.value, State.CLOSED.value, State.OVER.value)
_OPEN_DOORS = (
    select(events, doors.c.code.label("door_code"))
    .join(doors, doors.c.event_id == events.c.id)
    .where(
        or_(
            events.c.group_id.in_(bindparam("groups", expanding=True)),
            select(signups.c.user_id)
            .where(
                signups.c.event_id == events.c.id,
                signups.c.user_id == bindparam("who"),
                signups.c.state.in_(ACTIVE),
            )
            .exists(),
        ),
        events.c.state.in_(_HELD),
        events.c.starts_at >= bindparam("since"),
        events.c.starts_at <= bindparam("until"),
        doors.c.code.is_not(None),
    )
    .order_by(events.c.starts_at, events.c.id)
)
_TAKING_CODES = select(doors.c.event_id).where(
    doors.c.event_id.in_(bindparam("events", expanding=True)), doors.c.code.is_not(None), doors.c.closed_at.is_(None)
)
_BY_TOKEN = select(events).join(doors, doors.c.event_id == events.c.id).where(doors.c.token == bindparam("token"))
_PUT_ARRIVAL = """
INSERT INTO events_door_arrivals (event_id, user_id, stood, brought) VALUES ($1, $2, $3, $4)
ON CONFLICT (event_id, user_id) DO UPDATE SET stood = excluded.stood, brought = excluded.brought
"""
_PUT_PAYMENT = """
INSERT INTO events_door_payments (event_id, user_id, persons) VALUES ($1, $2, $3)
ON CONFLICT (event_id, user_id) DO UPDATE SET persons = excluded.persons
"""
_PUT_DOOR = """
INSERT INTO events_door_doors (event_id, code, token, walk_ins, closed_at, reminded_at) VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (event_id) DO UPDATE SET code = excluded.code, token = excluded.token, walk_ins = excluded.walk_ins,
closed_at = excluded.closed_at, reminded_at = excluded.reminded_at
"""
_PUT_TRIES = """
INSERT INTO events_door_tries (user_id, since, wrong) VALUES ($1, $2, $3)
ON CONFLICT (user_id) DO UPDATE SET since = excluded.since, wrong = excluded.wrong
"""


# The door


async def door(tx: Tx, event_id: int) -> Door:
    """Return what is settled about the door of an event."""
    row = (await tx.execute(_DOOR, {"event": event_id})).one_or_none()
    if row is None:
        return Door(event_id)
    return Door(event_id, row.code, row.token, bool(row.walk_ins), row.closed_at, row.reminded_at)


async def taking_codes(tx: Tx, event_ids: Collection[int]) -> set[int]:
    """Return which of these events have a code, and a list that is not closed."""
    if not event_ids:
        return set()
    return set((await tx.execute(_TAKING_CODES, {"events": list(event_ids)})).scalars())


async def put_door(tx: Tx, one: Door) -> None:
    """Store what is settled about a door."""
    millis = (None if at is None else to_millis(at) for at in (one.closed_at, one.reminded_at))
    await tx.many(_PUT_DOOR, [(one.event_id, one.code, one.token, one.walk_ins, *millis)])


async def open_doors(
    tx: Tx, groups: Collection[GroupId], user_id: UserId | None, since: datetime, until: datetime
) -> list[tuple[Event, str]]:
    """Return the events that have a code and start in a span, with the code, the earliest first.

    They are those of the groups, and those whose list a person is on: who only ever tapped is known by that alone.
    """
    wanted = {"groups": list(groups), "who": user_id or 0, "since": since, "until": until}
    return [(event_of(row), row["door_code"]) for row in (await tx.execute(_OPEN_DOORS, wanted)).mappings()]


async def by_token(tx: Tx, token: str) -> Event | None:
    """Return the event whose link carries this token."""
    row = (await tx.execute(_BY_TOKEN, {"token": token})).mappings().one_or_none()
    return None if row is None else event_of(row)


# Who is here


async def arrival(tx: Tx, event_id: int, user_id: UserId) -> Arrival | None:
    """Return what is known of somebody who walked in."""
    row = (await tx.execute(_ARRIVAL, {"event": event_id, "who": user_id})).one_or_none()
    if row is None:
        return None
    return Arrival(user_id, Stood(None if row.stood is None else SignUpState(row.stood), row.brought))


async def put_arrival(tx: Tx, event_id: int, one: Arrival) -> None:
    """Store an arrival, new or changed."""
    state = None if one.stood.state is None else one.stood.state.value
    await tx.many(_PUT_ARRIVAL, [(event_id, one.user_id, state, one.stood.guests)])


async def forget_arrival(tx: Tx, event_id: int, user_id: UserId) -> None:
    """Forget that somebody arrived."""
    await tx.execute(delete(arrivals).where(arrivals.c.event_id == event_id, arrivals.c.user_id == user_id))


async def count(tx: Tx, event_id: int) -> Count:
    """Return the sums at the door."""
    row = (await tx.execute(_COUNT, {"event": event_id})).one()
    return Count(int(row.here), int(row.late), int(row.walked_in), int(row.absent), int(row.missing))


async def lines(tx: Tx, event_id: int, states: Sequence[SignUpState], skip: int, most: int | None) -> list[Guest]:
    """Return some of those who stand so: in the order of the states, then of the line, then as they came."""
    found = await tx.execute(
        _PAGE, {"event": event_id, "states": [one.value for one in states], "skip": skip, "most": most or _NO_LIMIT}
    )
    return [_guest(row) for row in found.mappings()]


async def some(tx: Tx, event_id: int, states: Sequence[SignUpState], who: Sequence[UserId]) -> list[Guest]:
    """Return the lines of these people."""
    if not who:
        return []
    wanted = {"event": event_id, "states": [one.value for one in states], "who": list(who)}
    return [_guest(row) for row in (await tx.execute(_SOME, wanted)).mappings()]


async def names(tx: Tx, event_id: int, states: Sequence[SignUpState]) -> list[tuple[UserId, str]]:
    """Return the names of all who stand so."""
    return [(user_id, name) for user_id, (name, *_guests) in await parties(tx, event_id, states)]


async def parties(tx: Tx, event_id: int, states: Sequence[SignUpState]) -> list[tuple[UserId, list[str]]]:
    """Return all who stand so: each person's name, then those of their guests, as far as they are named."""
    rows = await tx.execute(_NAMES, {"event": event_id, "states": [one.value for one in states]})
    return [(UserId(row.user_id), [row.name, *_decode_names(row.companions or "[]")]) for row in rows]


def _guest(row: Any) -> Guest:
    return Guest(signup_of(row))


async def paying(tx: Tx, event_id: int) -> list[SignUp]:
    """Return those who are going, and all of whom something about money is noted."""
    return [signup_of(row) for row in (await tx.execute(_PAYING, {"event": event_id})).mappings()]


async def paid_for(tx: Tx, event_id: int) -> dict[UserId, int]:
    """Return for how many each person paid, or says so."""
    rows = await tx.execute(select(payments).where(payments.c.event_id == event_id))
    return {UserId(row.user_id): row.persons for row in rows}


async def put_payment(tx: Tx, event_id: int, user_id: UserId, persons: int | None) -> None:
    """Note for how many somebody paid; None: for nobody."""
    if persons is None:
        await tx.execute(delete(payments).where(payments.c.event_id == event_id, payments.c.user_id == user_id))
    else:
        await tx.many(_PUT_PAYMENT, [(event_id, user_id, persons)])


# Panels


async def open_panel(tx: Tx, event_id: int, chat_id: ChatId) -> tuple[Panel, list[int]]:
    """Store a new panel in a chat, and forget those that were open there for the same event; return their ids too."""
    values = {"event_id": event_id, "chat_id": chat_id, "others": False, "page": 1, "search": None}
    number = (await tx.execute(insert(panels).values(**values).returning(panels.c.id))).scalar_one()
    # The new one first: SQLite gives the number of a last row that was deleted again.
    here = (panels.c.event_id == event_id, panels.c.chat_id == chat_id, panels.c.id != number)
    old = list((await tx.execute(delete(panels).where(*here).returning(panels.c.id))).scalars())
    return Panel(number, event_id), old


async def panel(tx: Tx, panel_id: int) -> Panel | None:
    """Return a panel."""
    row = (await tx.execute(select(panels).where(panels.c.id == panel_id))).one_or_none()
    return None if row is None else Panel(row.id, row.event_id, Look(bool(row.others), row.page, row.search))


async def panels_of(tx: Tx, event_id: int) -> list[int]:
    """Return the ids of an event's panels."""
    return list((await tx.execute(select(panels.c.id).where(panels.c.event_id == event_id))).scalars())


async def look_at(tx: Tx, one: Panel, look: Look) -> Panel:
    """Let a panel show something else."""
    values = {"others": look.others, "page": look.page, "search": None if look.search is None else clean(look.search)}
    await tx.execute(update(panels).where(panels.c.id == one.id).values(**values))
    return replace(one, look=look)


# Wrong codes


async def tries_of(tx: Tx, user_id: UserId) -> Tries | None:
    """Return how often a person was wrong."""
    row = (await tx.execute(select(tries).where(tries.c.user_id == user_id))).one_or_none()
    return None if row is None else Tries(row.since, row.wrong)


async def put_tries(tx: Tx, user_id: UserId, one: Tries) -> None:
    """Store how often a person was wrong."""
    await tx.many(_PUT_TRIES, [(user_id, to_millis(one.since), one.wrong)])


async def forget_tries(tx: Tx, user_id: UserId) -> None:
    """Forget a person's wrong codes."""
    await tx.execute(delete(tries).where(tries.c.user_id == user_id))
