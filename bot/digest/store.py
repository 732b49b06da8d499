"""The table of settings: a row only where something differs from what every group begins with."""

from __future__ import annotations

from datetime import date, time
from typing import TYPE_CHECKING

from sqlalchemy import BigInteger, Column, Integer, String, Table, select

from bot.db.schema import Instant, metadata, to_millis
from bot.digest.rules import Settings, Where

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from sqlalchemy import Row

    from bot.db.engine import Tx
    from bot.kernel.ids import GroupId

settings = Table(
    "digest_settings",
    metadata,
    Column("group_id", BigInteger, primary_key=True, autoincrement=False),
    Column("minute", Integer, nullable=False),
    Column("place", String(16), nullable=False),
    Column("covered", Integer, nullable=True),
    Column("told_at", Instant, nullable=True),
)
_PUT = """
INSERT INTO digest_settings (group_id, minute, place, covered, told_at) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (group_id) DO UPDATE SET
minute = excluded.minute, place = excluded.place, covered = excluded.covered, told_at = excluded.told_at
"""


async def get(tx: Tx, group_id: GroupId) -> Settings:
    """Return a group's settings."""
    row = (await tx.execute(select(settings).where(settings.c.group_id == group_id))).first()
    return Settings(group_id) if row is None else _settings(row)


async def get_all(tx: Tx, group_ids: Iterable[GroupId]) -> dict[GroupId, Settings]:
    """Return the settings of those groups that have any of their own, by group."""
    wanted = set(group_ids)
    query = select(settings)
    if len(wanted) <= 100:
        query = query.where(settings.c.group_id.in_(sorted(wanted)))
    return {row.group_id: _settings(row) for row in await tx.execute(query) if row.group_id in wanted}


async def put(tx: Tx, held: Settings) -> None:
    """Store a group's settings."""
    covered = None if held.covered is None else held.covered.toordinal()
    told = None if held.told_at is None else to_millis(held.told_at)
    minute = held.hour.hour * 60 + held.hour.minute
    await tx.many(_PUT, [(held.group_id, minute, held.where.value, covered, told)])


def _settings(row: Row[Any]) -> Settings:
    return Settings(
        row.group_id,
        time(*divmod(row.minute, 60)),
        Where(row.place),
        None if row.covered is None else date.fromordinal(row.covered),
        row.told_at,
    )
