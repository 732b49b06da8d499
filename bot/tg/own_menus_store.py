"""The command menu that Telegram was last told to show each person in private: a row for everybody who has come there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import BigInteger, Column, String, Table, select

from bot.db.schema import metadata

if TYPE_CHECKING:
    from collections.abc import Collection

    from bot.db.engine import Tx

menus = Table(
    "tg_own_menus",
    metadata,
    Column("user_id", BigInteger, primary_key=True, autoincrement=False),
    Column("look", String(32), nullable=False),
)
_NOTE = "INSERT INTO tg_own_menus (user_id, look) VALUES ($1, '') ON CONFLICT (user_id) DO NOTHING"
_SET = "UPDATE tg_own_menus SET look = $2 WHERE user_id = $1"


async def note(tx: Tx, user_id: int) -> None:
    """Note that somebody has come, with no menu of their own; of who has come before nothing changes."""
    await tx.many(_NOTE, [(user_id,)])


async def look(tx: Tx, user_id: int) -> str | None:
    """Return a digest of somebody's own menu, empty where there is none; None for who never came."""
    found: str | None = (await tx.execute(select(menus.c.look).where(menus.c.user_id == user_id))).scalar_one_or_none()
    return found


async def set_look(tx: Tx, user_id: int, digest: str) -> None:
    """Keep what somebody's menu is now."""
    await tx.many(_SET, [(user_id, digest)])


async def which_came(tx: Tx, user_ids: Collection[int]) -> list[int]:
    """Return those of the people who have come."""
    if not user_ids:
        return []
    query = select(menus.c.user_id).where(menus.c.user_id.in_(sorted(user_ids))).order_by(menus.c.user_id)
    return [int(row.user_id) for row in await tx.execute(query)]
