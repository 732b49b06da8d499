"""Series and what became of their dates. The pattern stands in the same columns as the plan of an event."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    bindparam,
    delete,
    func,
    insert,
    select,
    update,
)

from bot.db.schema import Instant, Serial, metadata
from bot.events.rules.event import State
from bot.events.series.rules import Exempt, Series, SeriesState
from bot.events.store.rows import clean, columns_of, plan_of
from bot.events.store.tables import events
from bot.kernel.ids import GroupId, UserId
from bot.kernel.recurrence import from_json, to_json

if TYPE_CHECKING:
    from sqlalchemy import BindParameter, RowMapping

    from bot.db.engine import Tx

series = Table(
    "events_series_series",
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
    Column("details", Text, nullable=True),
    Column("rule", Text, nullable=False),
    Column("created_by", BigInteger, nullable=False),
    Column("creator_name", String(200), nullable=False),
    Column("ahead", Integer, nullable=False),
    Column("regulars", Boolean, nullable=False),
    Column("holidays", Boolean, nullable=False),
    Column("state", String(16), nullable=False),
    UniqueConstraint("group_id", "number"),
)
dates = Table(
    "events_series_dates",
    metadata,
    Column("series_id", BigInteger, ForeignKey("events_series_series.id", ondelete="CASCADE"), primary_key=True),
    Column("day", String(10), primary_key=True),
    Column("event_id", BigInteger, ForeignKey("events_events.id", ondelete="SET NULL"), nullable=True),
    Column("skipped", Boolean, nullable=False),
    Column("moved_to", Instant, nullable=True),
)
"""``day`` is the local day on which the rule has the date, as ISO 8601."""

_group: BindParameter[Any] = bindparam("group")
_id: BindParameter[Any] = bindparam("one")
_READ = select(
    series,
    dates.c.day.label("exempt_day"),
    dates.c.event_id.label("exempt_event"),
    dates.c.skipped.label("exempt_skipped"),
    dates.c.moved_to.label("exempt_moved"),
    events.c.starts_at.label("exempt_starts"),
    events.c.state.label("exempt_state"),
).select_from(
    series.outerjoin(dates, dates.c.series_id == series.c.id).outerjoin(events, events.c.id == dates.c.event_id)
)
"""A series comes once for each of its dates that are not like the others."""
_ONE = _READ.where(series.c.id == _id)
_BY_NUMBER = _READ.where(series.c.group_id == _group, series.c.number == bindparam("number"))
_ALL = _READ.where(series.c.group_id == _group, series.c.state == SeriesState.ACTIVE.value).order_by(series.c.number)
_MOST_ID, _MOST_NUMBER = 2**63 - 1, 2**31 - 1


async def add(tx: Tx, new: Series) -> Series:
    """Store a new series under the group's next number; the group must be locked. Id and number of ``new`` do not count."""
    number = select(func.coalesce(func.max(series.c.number), 0) + 1).where(series.c.group_id == new.group_id)
    values = _columns(new) | {"group_id": new.group_id, "number": number.scalar_subquery()}
    row = (await tx.execute(insert(series).values(**values).returning(series.c.id, series.c.number))).one()
    return replace(new, id=row.id, number=row.number)


async def keep(tx: Tx, changed: Series) -> None:
    """Store a series that is otherwise now, but for its dates."""
    await tx.execute(update(series).where(series.c.id == changed.id).values(**_columns(changed)))


async def keep_date(tx: Tx, series_id: int, day: date, exempt: Exempt) -> None:
    """Store what became of one date."""
    await tx.execute(delete(dates).where(dates.c.series_id == series_id, dates.c.day == day.isoformat()))
    values = {"event_id": exempt.event_id, "skipped": exempt.skipped, "moved_to": exempt.moved_to}
    await tx.execute(insert(dates).values(series_id=series_id, day=day.isoformat(), **values))


async def mark(tx: Tx, event_id: int, series_id: int) -> None:
    """Note that an event is a date of a series."""
    await tx.execute(update(events).where(events.c.id == event_id).values(series_id=series_id))


async def by_id(tx: Tx, series_id: int) -> Series | None:
    """Return a series."""
    if not 0 < series_id <= _MOST_ID:
        return None
    return next(iter(await _read(tx, _ONE, one=series_id)), None)


async def by_number(tx: Tx, group_id: GroupId, number: int) -> Series | None:
    """Return a series of a group by its number."""
    if not 0 < number <= _MOST_NUMBER:
        return None
    return next(iter(await _read(tx, _BY_NUMBER, group=group_id, number=number)), None)


async def active(tx: Tx, group_id: GroupId) -> list[Series]:
    """Return the series of a group that go on."""
    return await _read(tx, _ALL, group=group_id)


async def _read(tx: Tx, query: Any, **params: Any) -> list[Series]:
    rows: dict[int, RowMapping] = {}
    exempts: dict[int, dict[date, Exempt]] = {}
    for row in (await tx.execute(query, params)).mappings():
        rows.setdefault(row["id"], row)
        found = exempts.setdefault(row["id"], {})
        if row["exempt_day"] is not None:
            found[date.fromisoformat(row["exempt_day"])] = _exempt(row)
    return [_series(row, dict(sorted(exempts[number].items()))) for number, row in rows.items()]


def _exempt(row: RowMapping) -> Exempt:
    cancelled = row["exempt_state"] == State.CANCELLED.value
    return Exempt(
        row["exempt_event"], row["exempt_skipped"], row["exempt_moved"], row["exempt_starts"], cancelled=cancelled
    )


def _columns(one: Series) -> dict[str, Any]:
    return {
        **columns_of(one.plan),
        "rule": to_json(one.rule),
        "created_by": one.created_by,
        "creator_name": clean(one.creator_name)[:200],
        "ahead": one.ahead,
        "regulars": one.regulars,
        "holidays": one.holidays,
        "state": one.state.value,
    }


def _series(row: RowMapping, exempt: dict[date, Exempt]) -> Series:
    return Series(
        id=row["id"],
        group_id=GroupId(row["group_id"]),
        number=row["number"],
        plan=plan_of(row),
        rule=from_json(row["rule"]),
        created_by=UserId(row["created_by"]),
        creator_name=row["creator_name"],
        ahead=row["ahead"],
        regulars=row["regulars"],
        holidays=row["holidays"],
        state=SeriesState(row["state"]),
        dates=MappingProxyType(exempt),
    )
