"""The table of open questions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, Column, Index, Table, Text, delete, select

from bot.db.schema import Instant, metadata
from bot.digest.questions.rules import Heard, OpenQuestion, Waiting

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from sqlalchemy import Row

    from bot.db.engine import Tx
    from bot.kernel.ids import GroupId

questions = Table(
    "digest_questions",
    metadata,
    Column("group_id", BigInteger, primary_key=True, autoincrement=False),
    Column("message_id", BigInteger, primary_key=True, autoincrement=False),
    Column("chat_id", BigInteger, nullable=False),
    Column("thread_id", BigInteger, nullable=True),
    Column("user_id", BigInteger, nullable=False),
    Column("asked_at", Instant, nullable=False),
    Column("text", Text, nullable=False),
    Index("ix_digest_questions_asked_at", "asked_at"),
)
_OPEN = """
INSERT INTO digest_questions (group_id, message_id, chat_id, thread_id, user_id, asked_at, text)
VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (group_id, message_id) DO UPDATE SET
chat_id = excluded.chat_id, thread_id = excluded.thread_id, user_id = excluded.user_id, asked_at = excluded.asked_at,
text = excluded.text
"""
_CLOSE = "DELETE FROM digest_questions WHERE group_id = $1 AND message_id = $2"


async def put(tx: Tx, heard: Iterable[Heard]) -> None:
    """Store questions; none may come twice."""
    await tx.many(
        _OPEN,
        [
            (one.group_id, one.message_id, one.chat_id, one.thread or None, one.user_id, one.at * 1000, one.question)
            for one in sorted(heard)
        ],
    )


async def remove(tx: Tx, keys: Iterable[tuple[int, int]]) -> None:
    """Remove questions by group and message."""
    await tx.many(_CLOSE, sorted(keys))


async def load(tx: Tx, since: datetime) -> dict[int, dict[int, Waiting]]:
    """Return the questions asked since an instant, by group and message, the oldest first."""
    query = select(questions).where(questions.c.asked_at >= since)
    found: dict[int, dict[int, Waiting]] = {}
    for row in await tx.execute(query.order_by(questions.c.asked_at, questions.c.message_id)):
        asked = Waiting(row.thread_id or 0, row.user_id, int(row.asked_at.timestamp()))
        found.setdefault(row.group_id, {})[row.message_id] = asked
    return found


async def asked_between(tx: Tx, group_id: GroupId, since: datetime, until: datetime) -> list[OpenQuestion]:
    """Return a group's open questions from ``since`` to before ``until``, the oldest first."""
    query = select(questions).where(
        questions.c.group_id == group_id, questions.c.asked_at >= since, questions.c.asked_at < until
    )
    rows = await tx.execute(query.order_by(questions.c.asked_at, questions.c.message_id))
    return [_question(row) for row in rows]


async def forget(tx: Tx, before: datetime) -> None:
    """Delete what was asked before an instant."""
    await tx.execute(delete(questions).where(questions.c.asked_at < before))


def _question(row: Row[Any]) -> OpenQuestion:
    return OpenQuestion(row.chat_id, row.message_id, row.thread_id, row.user_id, row.asked_at, row.text)
