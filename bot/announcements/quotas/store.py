"""The tables of quotas, of what was delivered in former periods, and of how groups remind."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    BigInteger,
    Column,
    Index,
    Integer,
    String,
    Table,
    delete,
    exists,
    func,
    insert,
    literal,
    select,
    update,
)

from bot.announcements.quotas.rules.periods import Period, Span
from bot.announcements.quotas.rules.quota import House, Kind, Quota, Share
from bot.db.schema import Instant, Serial, metadata

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import ColumnElement, Row

    from bot.db.engine import Tx
    from bot.kernel.ids import GroupId

owed = Table(
    "announcements_quotas_owed",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("group_id", BigInteger, nullable=False),
    Column("kind", String(12), nullable=False),
    Column("name", String(200), nullable=False),
    Column("user_id", BigInteger, nullable=True),
    Column("count", Integer, nullable=False),
    Column("period", String(8), nullable=False),
    Column("set_at", Instant, nullable=False),
    Column("set_by", String(200), nullable=False),
    Column("keeper_id", BigInteger, nullable=True),
    Column("keeper", String(200), nullable=False),
    Index("ix_announcements_quotas_owed_group_id", "group_id"),
)
results = Table(
    "announcements_quotas_results",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("group_id", BigInteger, nullable=False),
    Column("period", String(8), nullable=False),
    Column("start", String(10), nullable=False),
    Column("end", String(10), nullable=False),
    Column("kind", String(12), nullable=False),
    Column("name", String(200), nullable=False),
    Column("user_id", BigInteger, nullable=True),
    Column("department", String(200), nullable=False),
    Column("owed", Integer, nullable=False),
    Column("delivered", Integer, nullable=False),
    Index("ix_announcements_quotas_results_group_id_period_start", "group_id", "period", "start"),
)
"""``start`` and ``end`` are days, as ``2027-03-01``."""
houses = Table(
    "announcements_quotas_houses",
    metadata,
    Column("group_id", BigInteger, primary_key=True, autoincrement=False),
    Column("remind", Integer, nullable=False),
    Column("week_begins", Integer, nullable=False),
)
_NAME = 200
_AT_ONCE = 500
_PUT_HOUSE = """
INSERT INTO announcements_quotas_houses (group_id, remind, week_begins) VALUES ($1, $2, $3)
ON CONFLICT (group_id) DO UPDATE SET remind = excluded.remind, week_begins = excluded.week_begins
"""


@dataclass(frozen=True, slots=True)
class Whole:
    """A group's quotas, in the order in which they were first set, its settings, and the periods of which former ones are kept."""

    quotas: list[Quota]
    house: House
    kept: frozenset[Period]


async def whole(tx: Tx, group_id: GroupId) -> Whole:
    """Return all that is set in a group."""
    here = select(literal(group_id, BigInteger).label("id")).subquery()
    kept_ones = [
        exists().where(results.c.group_id == group_id, results.c.period == period.value).label(f"has_{period.value}")
        for period in Period
    ]
    joined = here.outerjoin(owed, owed.c.group_id == here.c.id).outerjoin(houses, houses.c.group_id == here.c.id)
    query = select(owed, houses.c.remind, houses.c.week_begins, *kept_ones).select_from(joined).order_by(owed.c.id)
    rows = (await tx.execute(query)).all()
    first = rows[0]
    house = House() if first.remind is None else House(first.remind, first.week_begins)
    periods = frozenset(period for period in Period if getattr(first, f"has_{period.value}"))
    return Whole([_quota(row) for row in rows if row.id is not None], house, periods)


def _quota(row: Row[Any]) -> Quota:
    # "count" of a row is the method of every tuple.
    values = dict(row._mapping)  # noqa: SLF001  (SQLAlchemy's public name for it)
    names = ("id", "group_id", "name", "user_id", "count", "set_at", "set_by", "keeper_id", "keeper")
    return Quota(kind=Kind(row.kind), period=Period(row.period), **{name: values[name] for name in names})


async def put(tx: Tx, quota: Quota) -> None:
    """Store a quota; one with an id takes that one's place."""
    values = {column.name: getattr(quota, column.name) for column in owed.c if column.name != "id"}
    values |= {name: values[name][:_NAME] for name in ("name", "set_by", "keeper")}
    await tx.execute(
        update(owed).where(owed.c.id == quota.id).values(values) if quota.id else insert(owed).values(values)
    )


async def remove(tx: Tx, ids: Sequence[int]) -> None:
    """Remove quotas."""
    await tx.execute(delete(owed).where(owed.c.id.in_(ids)))


async def put_house(tx: Tx, group_id: GroupId, kept: House) -> None:
    """Store how a group reminds."""
    await tx.many(_PUT_HOUSE, [(group_id, kept.remind, kept.week_begins)])


async def close(tx: Tx, group_id: GroupId, span: Span, shares: Sequence[Share]) -> None:
    """Keep what was owed and delivered in a period, in the place of what was kept before."""
    await tx.execute(delete(results).where(_in(group_id, span)))
    rows = [
        {
            "group_id": group_id,
            "period": span.period.value,
            "start": span.start.isoformat(),
            "end": span.end.isoformat(),
            "kind": share.kind.value,
            "name": share.name[:_NAME],
            "user_id": share.user_id,
            "department": share.department[:_NAME],
            "owed": share.owed,
            "delivered": share.delivered,
        }
        for share in shares
    ]
    for start in range(0, len(rows), _AT_ONCE):
        await tx.execute(insert(results).values(rows[start : start + _AT_ONCE]))


async def closed(tx: Tx, group_id: GroupId, period: Period, back: int) -> Span | None:
    """Return the ``back``-th last period that is kept, the last one with 1; None if there is none."""
    query = (
        select(results.c.start, func.max(results.c.end).label("end"))
        .where(results.c.group_id == group_id, results.c.period == period)
        .group_by(results.c.start)
        .order_by(results.c.start.desc())
        .offset(back - 1)
        .limit(1)
    )
    row = (await tx.execute(query)).one_or_none()
    return None if row is None else Span(period, date.fromisoformat(row.start), date.fromisoformat(row.end))


async def kept(tx: Tx, group_id: GroupId, span: Span) -> list[Share]:
    """Return what was owed and delivered in a former period, in the order in which it was kept."""
    rows = await tx.execute(select(results).where(_in(group_id, span)).order_by(results.c.id))
    return [Share(Kind(row.kind), row.name, row.user_id, row.department, row.owed, row.delivered) for row in rows]


def _in(group_id: GroupId, span: Span) -> ColumnElement[bool]:
    start: Any = results.c.start == span.start.isoformat()
    found: ColumnElement[bool] = (results.c.group_id == group_id) & (results.c.period == span.period.value) & start
    return found
