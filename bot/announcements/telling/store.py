"""How members are told of each announcement, as it was decided when its posting began."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import BigInteger, Column, String, Table, select

from bot.db.schema import metadata

if TYPE_CHECKING:
    from bot.db.engine import Tx

decided = Table(
    "announcements_telling_decided",
    metadata,
    Column("post_id", BigInteger, primary_key=True, autoincrement=False),
    Column("wish", String(40), nullable=False),
)
_KEEP = "INSERT INTO announcements_telling_decided (post_id, wish) VALUES ($1, $2) ON CONFLICT (post_id) DO NOTHING"


async def keep(tx: Tx, post_id: int, wish: str) -> None:
    """Store what was decided, once."""
    await tx.many(_KEEP, [(post_id, wish)])


async def kept(tx: Tx, post_id: int) -> str | None:
    """Return what was decided; None if nothing was yet."""
    return (await tx.execute(select(decided.c.wish).where(decided.c.post_id == post_id))).scalar_one_or_none()


async def forget(tx: Tx, post_id: int) -> None:
    """Let it be decided anew."""
    await tx.many("DELETE FROM announcements_telling_decided WHERE post_id = $1", [(post_id,)])
