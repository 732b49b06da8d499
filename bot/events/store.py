"""The tables of events and sign-ups. An event with the sums over its sign-ups is always one statement."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    BigInteger,
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
    func,
    insert,
    select,
    update,
)

from bot.db.schema import Instant, Serial, metadata, to_millis
from bot.events.rules.event import Event, Message, Plan, State
from bot.events.rules.signup import Notice, SignUp, SignUpState, Tally
from bot.kernel.ids import ChatId, GroupId, MessageId, UserId

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from sqlalchemy import BindParameter, ColumnElement, RowMapping, Select, Subquery
    from sqlalchemy.sql.selectable import FromClause

    from bot.db.engine import Tx

events = Table(
    "events_events",
    metadata,
    Column("id", Serial, primary_key=True, autoincrement=True),
    Column("group_id", BigInteger, nullable=False),
    Column("number", Integer, nullable=False),
    Column("title", String(200), nullable=False),
    Column("starts_at", Instant, nullable=False),
    Column("seats", Integer, nullable=True),
    Column("guests", Integer, nullable=False),
    Column("deadline", Instant, nullable=True),
    Column("place", Text, nullable=True),
    Column("state", String(16), nullable=False),
    Column("reason", Text, nullable=True),
    Column("created_by", BigInteger, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("card_chat_id", BigInteger, nullable=True),
    Column("card_message_id", BigInteger, nullable=True),
    Column("list_chat_id", BigInteger, nullable=True),
    Column("list_message_id", BigInteger, nullable=True),
    Column("list_at", Instant, nullable=True),
    UniqueConstraint("group_id", "number"),
    Index("ix_events_events_group_id_starts_at", "group_id", "starts_at"),
)

signups = Table(
    "events_signups",
    metadata,
    Column("event_id", BigInteger, ForeignKey("events_events.id", ondelete="CASCADE"), primary_key=True),
    Column("user_id", BigInteger, primary_key=True, autoincrement=False),
    Column("name", String(200), nullable=False),
    Column("state", String(16), nullable=False),
    Column("turn", Integer, nullable=False),
    Column("guests", Integer, nullable=False),
    Column("since", Instant, nullable=False),
    Column("notice", String(8), nullable=True),
    Index("ix_events_signups_event_id_state_turn", "event_id", "state", "turn"),
)

_PUT = """
INSERT INTO events_signups (event_id, user_id, name, state, turn, guests, since, notice)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
ON CONFLICT (event_id, user_id) DO UPDATE SET name = excluded.name, state = excluded.state, turn = excluded.turn,
guests = excluded.guests, since = excluded.since, notice = excluded.notice
"""
_NAME_LIMIT = 200
_MOST_ID, _MOST_NUMBER = 2**63 - 1, 2**31 - 1
"""What the columns hold: a forged button may carry more, which the databases refuse with an error."""
_ACTIVE = (SignUpState.GOING.value, SignUpState.WAITING.value)

_is_going = signups.c.state == SignUpState.GOING.value
_is_waiting = signups.c.state == SignUpState.WAITING.value
_size = 1 + signups.c.guests
_SUMS = (
    func.coalesce(func.sum(case((_is_going, 1), else_=0)), 0).label("t_parties"),
    func.coalesce(func.sum(case((_is_going, _size), else_=0)), 0).label("t_taken"),
    func.coalesce(func.sum(case((_is_waiting, 1), else_=0)), 0).label("t_waiting"),
    func.coalesce(func.max(case((signups.c.state.in_(_ACTIVE), _size), else_=0)), 0).label("t_largest"),
    func.coalesce(func.max(signups.c.turn), 0).label("t_last_turn"),
)


# The statements that taps and cards need are put together once: building one costs more than running it.

_group: BindParameter[Any] = bindparam("group")
_event_id: BindParameter[Any] = bindparam("event")
_user: BindParameter[Any] = bindparam("who")


def _with_sums(sums: Subquery) -> Select[Any]:
    return select(events, *(column for column in sums.c if column.name != "event_id"))


def _prefixed(table: FromClause) -> list[ColumnElement[Any]]:
    return [table.c[column.name].label(f"s_{column.name}") for column in signups.c if column.name != "event_id"]


def _desk() -> Select[Any]:
    sums, mine = select(*_SUMS).where(signups.c.event_id == _event_id).subquery("sums"), signups.alias("mine")
    ahead = (
        select(func.count())
        .select_from(signups)
        .where(signups.c.event_id == _event_id, _is_waiting, signups.c.turn < mine.c.turn)
        .scalar_subquery()
    )
    with_mine = events.outerjoin(mine, and_(mine.c.event_id == events.c.id, mine.c.user_id == _user))
    return (
        _with_sums(sums)
        .add_columns(ahead.label("t_ahead"), *_prefixed(mine))
        .select_from(with_mine.join(sums, events.c.id.is_not(None)))
        .where(events.c.id == _event_id, events.c.group_id == _group)
    )


def _face() -> Select[Any]:
    sums = select(*_SUMS).where(signups.c.event_id == _event_id).subquery("sums")
    first = (
        select(signups)
        .where(signups.c.event_id == _event_id, signups.c.state.in_(_ACTIVE))
        .order_by(signups.c.turn)
        .limit(bindparam("most", type_=Integer))
        .subquery("first")
    )
    return (
        _with_sums(sums)
        .add_columns(*_prefixed(first))
        .select_from(events.join(sums, events.c.id.is_not(None)).outerjoin(first, first.c.event_id == events.c.id))
        .where(events.c.id == _event_id)
        .order_by(first.c.turn)
    )


def _summed(*wanted: ColumnElement[bool]) -> Select[Any]:
    most = bindparam("most", type_=Integer)
    chosen = select(events.c.id).where(*wanted).order_by(events.c.starts_at, events.c.number).limit(most)
    sums = (
        select(signups.c.event_id, *_SUMS).where(signups.c.event_id.in_(chosen)).group_by(signups.c.event_id)
    ).subquery("sums")
    return (
        _with_sums(sums)
        .select_from(events.outerjoin(sums, sums.c.event_id == events.c.id))
        .where(*wanted)
        .order_by(events.c.starts_at, events.c.number)
        .limit(most)
    )


_of_group = events.c.group_id == _group
_in_span = (_of_group, events.c.starts_at >= bindparam("since"), events.c.state != State.CANCELLED.value)
_DESK, _FACE = _desk(), _face()
_BY_NUMBER = _summed(_of_group, events.c.number == bindparam("number"))
_BY_ID = _summed(_of_group, events.c.id == _event_id)
_SINCE = _summed(*_in_span)
_BETWEEN = _summed(*_in_span, events.c.starts_at < bindparam("until"))
_AHEAD_OF = (
    select(events.c.id)
    .join(signups, signups.c.event_id == events.c.id)
    .where(
        _of_group,
        events.c.starts_at > bindparam("since"),
        events.c.state.in_((State.OPEN.value, State.CLOSED.value)),
        signups.c.user_id == _user,
        signups.c.state.in_(_ACTIVE),
    )
    .order_by(events.c.id)
)
_CHOSEN = signups.c.event_id == _event_id
_PEOPLE = (
    select(signups)
    .where(_CHOSEN, signups.c.state.in_(bindparam("states", expanding=True)))
    .order_by(signups.c.turn)
    .limit(bindparam("most", type_=Integer))
)
_TO_TELL = select(signups).where(_CHOSEN, signups.c.notice.is_not(None)).order_by(signups.c.turn)
_TOLD = update(signups).where(_CHOSEN, signups.c.notice.is_not(None)).values(notice=None)
_EVERYBODY = 1_000_000
"""More people than any event has: PostgreSQL and SQLite write "no limit" differently."""


async def add(tx: Tx, group_id: GroupId, plan: Plan, created_by: UserId, now: datetime) -> Event:
    """Store a new event under the group's next number; the group must be locked."""
    number = select(func.coalesce(func.max(events.c.number), 0) + 1).where(events.c.group_id == group_id)
    statement = (
        insert(events)
        .values(
            group_id=group_id,
            number=number.scalar_subquery(),
            state=State.OPEN.value,
            created_by=created_by,
            created_at=now,
            **columns_of(plan),
        )
        .returning(events)
    )
    return _event((await tx.execute(statement)).mappings().one())


def columns_of(plan: Plan) -> dict[str, Any]:
    """Return a plan as columns."""
    names = ("title", "starts_at", "seats", "guests", "deadline", "place")
    values = {name: getattr(plan, name) for name in names}
    return {name: _clean(value) if isinstance(value, str) else value for name, value in values.items()}


async def change(tx: Tx, event_id: int, values: Mapping[str, Any]) -> None:
    """Change columns of an event."""
    kept = {name: _clean(value) if isinstance(value, str) else value for name, value in values.items()}
    await tx.execute(update(events).where(events.c.id == event_id).values(**kept))


async def desk(tx: Tx, group_id: GroupId, event_id: int, user_id: UserId) -> tuple[Event, Tally, SignUp | None] | None:
    """Return an event, its sums, and a person's own sign-up; None if the group has no such event."""
    if not 0 < event_id <= _MOST_ID:
        return None
    found = await tx.execute(_DESK, {"group": group_id, "event": event_id, "who": user_id})
    row = found.mappings().one_or_none()
    return None if row is None else (_event(row), _tally(row), _signup(row, "s_") if row["s_turn"] else None)


async def face(tx: Tx, event_id: int, limit: int) -> tuple[Event, Tally, list[SignUp]] | None:
    """Return an event, its sums and the first of those on it, those who are going first."""
    rows = (await tx.execute(_FACE, {"event": event_id, "most": limit})).mappings().all()
    if not rows:
        return None
    return _event(rows[0]), _tally(rows[0]), [_signup(row, "s_") for row in rows if row["s_turn"]]


async def by_number(tx: Tx, group_id: GroupId, number: int) -> tuple[Event, Tally] | None:
    """Return an event by its number in the group, with its sums."""
    if not 0 < number <= _MOST_NUMBER:
        return None
    found = await _fetch(tx, _BY_NUMBER, group=group_id, number=number, most=1)
    return found[0] if found else None


async def by_id(tx: Tx, group_id: GroupId, event_id: int) -> tuple[Event, Tally] | None:
    """Return an event with its sums; None if it is not of this group."""
    if not 0 < event_id <= _MOST_ID:
        return None
    found = await _fetch(tx, _BY_ID, group=group_id, event=event_id, most=1)
    return found[0] if found else None


async def between(
    tx: Tx, group_id: GroupId, since: datetime, until: datetime | None = None, limit: int = 500
) -> list[tuple[Event, Tally]]:
    """Return the events that are not cancelled and start from ``since`` to before ``until``, the earliest first."""
    if until is None:
        return await _fetch(tx, _SINCE, group=group_id, since=since, most=limit)
    return await _fetch(tx, _BETWEEN, group=group_id, since=since, until=until, most=limit)


async def ahead_of(tx: Tx, group_id: GroupId, user_id: UserId, now: datetime) -> list[int]:
    """Return the ids of the events still to come that a person is going to or waiting for."""
    found = await tx.execute(_AHEAD_OF, {"group": group_id, "who": user_id, "since": now})
    return list(found.scalars())


async def _fetch(tx: Tx, query: Select[Any], **params: Any) -> list[tuple[Event, Tally]]:
    return [(_event(row), _tally(row)) for row in (await tx.execute(query, params)).mappings()]


async def put(tx: Tx, event_id: int, changed: Sequence[SignUp]) -> None:
    """Store sign-ups, new or changed, in one statement."""
    await tx.many(
        _PUT,
        [
            (
                event_id,
                one.user_id,
                _clean(one.name)[:_NAME_LIMIT],
                one.state.value,
                one.turn,
                one.guests,
                to_millis(one.since),
                None if one.notice is None else one.notice.value,
            )
            for one in changed
        ],
    )


async def people(tx: Tx, event_id: int, *states: SignUpState, limit: int | None = None) -> list[SignUp]:
    """Return those who stand so, by their turn."""
    wanted = {"event": event_id, "states": [state.value for state in states], "most": limit or _EVERYBODY}
    return [_signup(row) for row in (await tx.execute(_PEOPLE, wanted)).mappings()]


async def to_tell(tx: Tx, event_id: int) -> list[SignUp]:
    """Return those who have still to be told that they moved, by their turn."""
    return [_signup(row) for row in (await tx.execute(_TO_TELL, {"event": event_id})).mappings()]


async def told(tx: Tx, event_id: int) -> None:
    """Note that everybody has been told."""
    await tx.execute(_TOLD, {"event": event_id})


def _event(row: RowMapping) -> Event:
    return Event(
        id=row["id"],
        group_id=GroupId(row["group_id"]),
        number=row["number"],
        plan=Plan(row["title"], row["starts_at"], row["seats"], row["guests"], row["deadline"], row["place"]),
        state=State(row["state"]),
        created_by=UserId(row["created_by"]),
        created_at=row["created_at"],
        reason=row["reason"],
        card=_message(row["card_chat_id"], row["card_message_id"]),
        list=_message(row["list_chat_id"], row["list_message_id"], row["list_at"]),
    )


def _message(chat_id: int | None, message_id: int | None, at: datetime | None = None) -> Message | None:
    if chat_id is None:
        return None
    return Message(ChatId(chat_id), None if message_id is None else MessageId(message_id), at)


def _tally(row: RowMapping) -> Tally:
    names = ("parties", "taken", "waiting", "largest", "last_turn", "ahead")
    # The driver may give sums as decimals; an event without sign-ups has none at all.
    return Tally(**{name: int(row.get(f"t_{name}") or 0) for name in names})


def _signup(row: RowMapping, prefix: str = "") -> SignUp:
    notice = row[f"{prefix}notice"]
    return SignUp(
        user_id=UserId(row[f"{prefix}user_id"]),
        name=row[f"{prefix}name"],
        state=SignUpState(row[f"{prefix}state"]),
        turn=row[f"{prefix}turn"],
        since=row[f"{prefix}since"],
        guests=row[f"{prefix}guests"],
        notice=None if notice is None else Notice(notice),
    )


def _clean(text: str) -> str:
    # PostgreSQL stores no NUL.
    return text.replace("\0", "")
