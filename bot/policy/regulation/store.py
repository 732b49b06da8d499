"""The table of regulations as files: what held before the last one was applied, and what somebody is about to import."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import BigInteger, Column, String, Table, Text, delete, select

from bot.db.schema import Instant, metadata, to_millis

if TYPE_CHECKING:
    from datetime import datetime

    from bot.db.engine import Tx
    from bot.kernel.ids import GroupId

files = Table(
    "policy_regulation_files",
    metadata,
    Column("group_id", BigInteger, primary_key=True, autoincrement=False),
    Column("slot", String(32), primary_key=True),
    Column("text", Text, nullable=False),
    Column("at", Instant, nullable=False),
)
_PUT = """
INSERT INTO policy_regulation_files (group_id, slot, text, at) VALUES ($1, $2, $3, $4)
ON CONFLICT (group_id, slot) DO UPDATE SET text = excluded.text, at = excluded.at
"""


async def put(tx: Tx, group_id: GroupId, slot: str, text: str, at: datetime) -> None:
    """Keep a file in the place of the one in its slot."""
    await tx.many(_PUT, [(group_id, slot, text, to_millis(at))])


async def get(tx: Tx, group_id: GroupId, slot: str) -> tuple[str, datetime] | None:
    """Return the file of a slot, and since when it is there."""
    query = select(files.c.text, files.c.at).where(files.c.group_id == group_id, files.c.slot == slot)
    row = (await tx.execute(query)).first()
    return None if row is None else (row.text, row.at)


async def drop(tx: Tx, group_id: GroupId, slot: str) -> None:
    """Empty a slot."""
    await tx.execute(delete(files).where(files.c.group_id == group_id, files.c.slot == slot))
