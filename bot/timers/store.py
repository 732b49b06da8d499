"""The table of timers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import BigInteger, Column, Integer, String, Table, delete, func, select, update

from bot.db.schema import Instant, metadata, to_millis
from bot.kernel.ids import GroupId
from bot.timers.rules import Row

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement
    from sqlalchemy import Row as SqlRow

    from bot.db.engine import Tx

due = Table(
    "timers_due",
    metadata,
    Column("capability", String(64), primary_key=True),
    Column("kind", String(64), primary_key=True),
    Column("key", String(200), primary_key=True),
    Column("group_id", BigInteger, nullable=True),
    Column("due_at", Instant, nullable=False, index=True),
    Column("wanted_at", Instant, nullable=False),
    Column("attempts", Integer, nullable=False),
)

_SET = """
INSERT INTO timers_due (capability, kind, key, group_id, due_at, wanted_at, attempts) VALUES ($1, $2, $3, $4, $5, $5, 0)
ON CONFLICT (capability, kind, key) DO UPDATE SET
group_id = excluded.group_id, due_at = excluded.due_at, wanted_at = excluded.wanted_at, attempts = 0
"""


async def put(tx: Tx, rows: Sequence[tuple[str, str, str, GroupId | None, datetime]]) -> None:
    """Set or move timers; no (capability, kind, key) may come twice."""
    await tx.many(_SET, [(*row[:4], to_millis(row[4])) for row in rows])


async def remove(tx: Tx, capability: str, kind: str, key: str) -> bool:
    """Remove a timer; False if there was none."""
    result = await tx.execute(delete(due).where(*_is(capability, kind, key)))
    return bool(result.rowcount)


async def remove_of(tx: Tx, capability: str, kind: str, keys: Sequence[str]) -> None:
    """Remove several timers of a kind."""
    await tx.execute(delete(due).where(due.c.capability == capability, due.c.kind == kind, due.c.key.in_(keys)))


async def remove_unchanged(tx: Tx, row: Row) -> bool:
    """Remove a timer that is still due when it was; False if it was moved or cancelled meanwhile."""
    result = await tx.execute(delete(due).where(*_is(row.capability, row.kind, row.key), due.c.due_at == row.due_at))
    return bool(result.rowcount)


async def postpone(tx: Tx, row: Row, due_at: datetime, attempts: int) -> None:
    """Note a failure of a timer that was not moved meanwhile."""
    await tx.execute(
        update(due)
        .where(*_is(row.capability, row.kind, row.key), due.c.due_at == row.due_at)
        .values(due_at=due_at, attempts=attempts)
    )


async def fetch(tx: Tx, capability: str, kind: str | None, group_id: GroupId | None) -> list[Row]:
    """Return the timers of a capability, the earliest first."""
    query = select(due).where(due.c.capability == capability)
    if kind is not None:
        query = query.where(due.c.kind == kind)
    if group_id is not None:
        query = query.where(due.c.group_id == group_id)
    return [_row(found) for found in await tx.execute(query.order_by(due.c.due_at, due.c.kind, due.c.key))]


async def fetch_due(tx: Tx, now: datetime, limit: int) -> list[Row]:
    """Return what is due, the earliest first."""
    query = (
        select(due)
        .where(due.c.due_at <= now)
        .order_by(due.c.due_at, due.c.capability, due.c.kind, due.c.key)
        .limit(limit)
    )
    return [_row(found) for found in await tx.execute(query)]


async def earliest(tx: Tx) -> datetime | None:
    """Return when the earliest timer is due."""
    found: datetime | None = (await tx.execute(select(func.min(due.c.due_at)))).scalar_one()
    return found


def _is(capability: str, kind: str, key: str) -> tuple[ColumnElement[bool], ...]:
    return (due.c.capability == capability, due.c.kind == kind, due.c.key == key)


def _row(found: SqlRow[tuple[object, ...]]) -> Row:
    values = found._mapping  # noqa: SLF001  (SQLAlchemy's public name for it)
    return Row(**{column.name: values[column] for column in due.c})
