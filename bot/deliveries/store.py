"""When which refusal was told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import BigInteger, Column, Table, Text, select

from bot.db.schema import Instant, metadata, to_millis

if TYPE_CHECKING:
    from datetime import datetime

    from bot.db.engine import Tx

told = Table(
    "deliveries_told",
    metadata,
    Column("group_id", BigInteger, primary_key=True, autoincrement=False),
    Column("what", Text, primary_key=True),
    Column("at", Instant, nullable=False),
)
_TELL = (
    "INSERT INTO deliveries_told (group_id, what, at) VALUES ($1, $2, $3) "
    "ON CONFLICT (group_id, what) DO UPDATE SET at = excluded.at"
)


async def told_at(tx: Tx, group_id: int, what: str) -> datetime | None:
    """Return when this was last told."""
    found: datetime | None = (
        await tx.execute(select(told.c.at).where(told.c.group_id == group_id, told.c.what == what))
    ).scalar()
    return found


async def tell(tx: Tx, group_id: int, what: str, at: datetime) -> None:
    """Note that this is told now."""
    await tx.many(_TELL, [(group_id, what, to_millis(at))])
