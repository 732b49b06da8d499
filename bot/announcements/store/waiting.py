"""Whom a reminder is still to reach: those in private come before those who are named in the group."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import BigInteger, Boolean, Column, String, Table, func, select

from bot.announcements.rules.people import Known
from bot.announcements.store.runs import Tables, clean, tables_of
from bot.db.schema import metadata

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.announcements.rules.run import Run
    from bot.db.engine import Tx


@dataclass(frozen=True, slots=True)
class Kept(Tables):
    """The tables of a part that reminds people; ``waiting`` are those whom a reminder is still to reach."""

    waiting: Table


def kept_of(part: str) -> Kept:
    """Return the tables of a part."""
    tables = tables_of(part)
    waiting = Table(
        f"announcements_{part}_waiting",
        metadata,
        Column("post_id", BigInteger, primary_key=True, autoincrement=False),
        Column("user_id", BigInteger, primary_key=True, autoincrement=False),
        Column("name", String(200), nullable=False),
        Column("in_private", Boolean(create_constraint=False), nullable=False),
    )
    return Kept(tables.runs, tables.named, waiting)


async def put(tx: Tx, kept: Kept, post_id: int, people: Iterable[tuple[Known, bool]]) -> None:
    """Store whom a reminder is to reach, each with whether in private, instead of those of the former one."""
    await tx.many(f"DELETE FROM {kept.waiting.name} WHERE post_id = $1", [(post_id,)])  # noqa: S608  (the name of a table is ours)
    statement = f"INSERT INTO {kept.waiting.name} (post_id, user_id, name, in_private) VALUES ($1, $2, $3, $4)"  # noqa: S608
    await tx.many(statement, [(post_id, one.user_id, clean(one.name), in_private) for one, in_private in people])


async def first(tx: Tx, kept: Kept, post_id: int, limit: int) -> list[tuple[Known, bool]]:
    """Return the first of them, each with whether in private."""
    waiting = kept.waiting
    query = select(waiting).where(waiting.c.post_id == post_id)
    found = await tx.execute(query.order_by(waiting.c.in_private.desc(), waiting.c.user_id).limit(limit))
    return [(Known(row.user_id, row.name), bool(row.in_private)) for row in found]


async def drop(tx: Tx, kept: Kept, post_id: int, user_ids: Iterable[int]) -> None:
    """Take people off it."""
    statement = f"DELETE FROM {kept.waiting.name} WHERE post_id = $1 AND user_id = $2"  # noqa: S608  (the name of a table is ours)
    await tx.many(statement, [(post_id, user_id) for user_id in user_ids])


async def drop_named(tx: Tx, kept: Kept, run: Run) -> None:
    """Take those off it whom the last message named."""
    named = f"SELECT user_id FROM {kept.named.name} WHERE post_id = $1 AND batch = $2"  # noqa: S608  (the name of a table is ours)
    statement = f"DELETE FROM {kept.waiting.name} WHERE post_id = $1 AND user_id IN ({named})"  # noqa: S608
    await tx.many(statement, [(run.post_id, run.batch)])


async def name_in_group(tx: Tx, kept: Kept, post_id: int, user_id: int) -> None:
    """Let somebody be named in the group, as they cannot be written to."""
    statement = f"UPDATE {kept.waiting.name} SET in_private = $3 WHERE post_id = $1 AND user_id = $2"  # noqa: S608  (the name of a table is ours)
    await tx.many(statement, [(post_id, user_id, False)])


async def count(tx: Tx, kept: Kept, post_id: int) -> tuple[int, int]:
    """Count those in private, and those in the group."""
    waiting = kept.waiting
    query = select(waiting.c.in_private, func.count().label("found")).where(waiting.c.post_id == post_id)
    found: Sequence[tuple[bool, int]] = [
        (bool(row.in_private), row.found) for row in await tx.execute(query.group_by(waiting.c.in_private))
    ]
    return sum(n for private, n in found if private), sum(n for private, n in found if not private)
