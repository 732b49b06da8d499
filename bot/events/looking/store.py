"""What a look at many events reads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, and_, bindparam, func, or_, select, type_coerce

from bot.events.rules.event import State
from bot.events.rules.signup import SignUpState
from bot.events.store.rows import event_of, signup_of, tally_of
from bot.events.store.statements import SUMS
from bot.events.store.tables import answers, events, signups

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement, Select

    from bot.db.engine import Tx
    from bot.events.rules.event import Event
    from bot.events.rules.signup import SignUp, Tally
    from bot.kernel.ids import GroupId, UserId

_MINE = tuple(state.value for state in SignUpState if state.is_on_it or state is SignUpState.MAYBE)
_public = (events.c.group_id == bindparam("group"), events.c.state != State.DRAFT.value)
_BETWEEN = (
    select(events)
    .where(*_public, events.c.starts_at >= bindparam("since"), events.c.starts_at < bindparam("until"))
    .order_by(events.c.starts_at, events.c.number)
)


def _of_one() -> Select[Any]:
    mine, others = signups.alias("mine"), signups.alias("others")
    ahead = (
        select(func.count())
        .select_from(others)
        .where(
            others.c.event_id == mine.c.event_id,
            others.c.state == SignUpState.WAITING.value,
            or_(others.c.rank < mine.c.rank, and_(others.c.rank == mine.c.rank, others.c.turn < mine.c.turn)),
        )
        .correlate(mine)
        .scalar_subquery()
    )
    return (
        select(events, ahead.label("ahead"), *(mine.c[column.name].label(f"s_{column.name}") for column in signups.c))
        .join(mine, mine.c.event_id == events.c.id)
        .where(
            mine.c.user_id == bindparam("who"),
            mine.c.state.in_(_MINE),
            events.c.group_id.in_(bindparam("groups", expanding=True)),
            events.c.state.in_((State.OPEN.value, State.CLOSED.value, State.OVER.value)),
            events.c.starts_at > bindparam("since"),
        )
        .order_by(events.c.starts_at, events.c.id)
    )


_OF_ONE = _of_one()
_OVER = (*_public, events.c.starts_at <= bindparam("now"))
_HOW_MANY = select(func.count()).select_from(events).where(*_OVER)


async def between(tx: Tx, group_id: GroupId, since: datetime, until: datetime) -> list[Event]:
    """Return the events that start in a time, cancelled ones too but no drafts, the earliest first."""
    found = await tx.execute(_BETWEEN, {"group": group_id, "since": since, "until": until})
    return [event_of(row) for row in found.mappings()]


async def of_one(
    tx: Tx, group_ids: Sequence[GroupId], user_id: UserId, since: datetime
) -> list[tuple[Event, SignUp, int]]:
    """Return the events from ``since`` on that somebody has said yes or maybe to, and how many stand in line before them."""
    found = await tx.execute(_OF_ONE, {"groups": list(group_ids), "who": user_id, "since": since})
    return [(event_of(row), signup_of(row, "s_"), row["ahead"]) for row in found.mappings()]


async def how_many_over(tx: Tx, group_id: GroupId, now: datetime) -> int:
    """Count the events that have begun, cancelled ones too."""
    return int((await tx.execute(_HOW_MANY, {"group": group_id, "now": now})).scalar_one())


async def over(tx: Tx, group_id: GroupId, now: datetime, skip: int, most: int) -> list[tuple[Event, Tally]]:
    """Return the events that have begun with their sums, the last first."""
    newest = (events.c.starts_at.desc(), events.c.number.desc())
    chosen = select(events.c.id).where(*_OVER).order_by(*newest).limit(most).offset(skip)
    return await _summed(tx, chosen, newest, {"group": group_id, "now": now})


async def in_span(
    tx: Tx, group_id: GroupId, since: datetime | None, until: datetime | None
) -> list[tuple[Event, Tally]]:
    """Return the events that start in a time (None: open) with their sums, the earliest first; no drafts."""
    limits = []
    if since is not None:
        limits.append(events.c.starts_at >= since)
    if until is not None:
        limits.append(events.c.starts_at < until)
    chosen = select(events.c.id).where(*_public, *limits)
    return await _summed(tx, chosen, (events.c.starts_at, events.c.number), {"group": group_id})


async def _summed(
    tx: Tx, chosen: Select[Any], order: Sequence[ColumnElement[Any]], params: dict[str, Any]
) -> list[tuple[Event, Tally]]:
    sums = select(signups.c.event_id, *SUMS).where(signups.c.event_id.in_(chosen)).group_by(signups.c.event_id)
    summed = sums.subquery("sums")
    query = (
        select(events, *(column for column in summed.c if column.name != "event_id"))
        .select_from(events.outerjoin(summed, summed.c.event_id == events.c.id))
        .where(events.c.id.in_(chosen))
        .order_by(*order)
    )
    return [(event_of(row), tally_of(row)) for row in (await tx.execute(query, params)).mappings()]


# For files: as plain as they are stored, for there may be tens of thousands


def _raw(*columns: Any) -> list[ColumnElement[Any]]:
    return [type_coerce(column, BigInteger) if column.name in _TIMES else column for column in columns]


_TIMES = {"since", "confirmed", "present_at"}
_PEOPLE = select(
    *_raw(
        signups.c.event_id,
        signups.c.user_id,
        signups.c.name,
        signups.c.state,
        signups.c.rank,
        signups.c.turn,
        signups.c.guests,
        signups.c.companions,
        signups.c.since,
        signups.c.confirmed,
        signups.c.added_by,
        signups.c.presence,
        signups.c.present_at,
        signups.c.came_with,
        signups.c.paid,
    )
).where(signups.c.event_id.in_(bindparam("events", expanding=True)))
_ANSWERS = select(answers.c.event_id, answers.c.user_id, answers.c.question, answers.c.answer).where(
    answers.c.event_id.in_(bindparam("events", expanding=True))
)
_AT_ONCE = 500
"""Events asked for in one statement: databases limit how many parameters it may have."""


async def people_of(tx: Tx, event_ids: Sequence[int]) -> list[tuple[Any, ...]]:
    """Return everybody who ever said a word about these events, as they are stored."""
    return await _rows(tx, _PEOPLE, event_ids)


async def answers_of(tx: Tx, event_ids: Sequence[int]) -> list[tuple[Any, ...]]:
    """Return what was answered on signing up for these events: event, person, question, answer."""
    return await _rows(tx, _ANSWERS, event_ids)


async def names_of(tx: Tx, group_id: GroupId, user_ids: Sequence[int]) -> dict[int, str]:
    """Return the names under which people stand on lists of a group's events."""
    query = select(signups.c.user_id, func.max(signups.c.name).label("name")).join(
        events, events.c.id == signups.c.event_id
    )
    query = query.where(events.c.group_id == group_id, signups.c.user_id.in_(user_ids)).group_by(signups.c.user_id)
    return {row.user_id: row.name for row in await tx.execute(query)} if user_ids else {}


async def _rows(tx: Tx, query: Select[Any], ids: Sequence[int]) -> list[tuple[Any, ...]]:
    rows: list[tuple[Any, ...]] = []
    for begin in range(0, len(ids), _AT_ONCE):
        found = await tx.execute(query, {"events": list(ids[begin : begin + _AT_ONCE])})
        rows += [tuple(row) for row in found]
    return rows
