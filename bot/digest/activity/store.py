"""The counts, one row for each member and day, and the list of what was heard since they were last added up.

Counting each message where it belongs would write as many pages as a batch has members; a list is written at its end.
"""

from __future__ import annotations

from functools import cache
from itertools import chain
from typing import TYPE_CHECKING

from sqlalchemy import BigInteger, Column, Integer, Table, case, delete, func, select, text

from bot.db.schema import Serial, metadata
from bot.digest.activity.rules import NOBODY, Tally

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.db.engine import Tx
    from bot.kernel.ids import GroupId

activity = Table(
    "digest_activity",
    metadata,
    Column("group_id", BigInteger, primary_key=True, autoincrement=False),
    Column("day", Integer, primary_key=True, autoincrement=False),
    Column("user_id", BigInteger, primary_key=True, autoincrement=False),
    Column("messages", Integer, nullable=False),
    sqlite_with_rowid=False,
)
heard = Table(
    "digest_heard",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("group_id", BigInteger, nullable=False),
    Column("day", Integer, nullable=False),
    Column("user_id", BigInteger, nullable=False),
    Column("messages", Integer, nullable=False),
)
_AT_ONCE = 100
"""Rows in one statement: a run of its own for each row costs SQLite half as much again."""
_FOLD = """
INSERT INTO digest_activity (group_id, day, user_id, messages)
SELECT group_id, day, user_id, sum(messages) FROM digest_heard WHERE true GROUP BY group_id, day, user_id
ON CONFLICT (group_id, day, user_id) DO UPDATE SET messages = digest_activity.messages + excluded.messages
"""


@cache
def _add(count: int) -> str:
    rows = ", ".join(f"(${n}, ${n + 1}, ${n + 2}, ${n + 3})" for n in range(1, 4 * count, 4))
    return f"INSERT INTO digest_heard (group_id, day, user_id, messages) VALUES {rows}"  # noqa: S608  (numbers only)


async def add(tx: Tx, rows: Sequence[tuple[int, int, int, int]]) -> None:
    """Add (group, day, user, messages) at the end of a list: one page is written, however many groups there are."""
    for start in range(0, len(rows), _AT_ONCE):
        some = rows[start : start + _AT_ONCE]
        await tx.many(_add(len(some)), [tuple(chain.from_iterable(some))])


async def fold(tx: Tx) -> None:
    """Add what was only listed so far to the counts."""
    await tx.execute(text(_FOLD))
    await tx.execute(delete(heard))


async def tallies(tx: Tx, group_id: GroupId, first: int, last: int) -> dict[int, Tally]:
    """Return what was written on each day of a span, by day; days without messages are left out."""
    await fold(tx)
    query = (
        select(
            activity.c.day,
            func.sum(activity.c.messages).label("written"),
            func.sum(case((activity.c.user_id == NOBODY, 0), else_=1)).label("members"),
        )
        .where(activity.c.group_id == group_id, activity.c.day >= first, activity.c.day <= last)
        .group_by(activity.c.day)
    )
    return {row.day: Tally(int(row.written), int(row.members)) for row in await tx.execute(query)}


async def forget(tx: Tx, before: int) -> None:
    """Delete the days before one."""
    await tx.execute(delete(activity).where(activity.c.day < before))
