"""The answers people gave on signing up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam, select

from bot.events.store.rows import clean
from bot.events.store.tables import answers
from bot.kernel.ids import UserId

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.db.engine import Tx

_PUT = """
INSERT INTO events_answers (event_id, user_id, question, answer) VALUES ($1, $2, $3, $4)
ON CONFLICT (event_id, user_id, question) DO UPDATE SET answer = excluded.answer
"""
_ALL = select(answers).where(answers.c.event_id == bindparam("event"))
_MINE = _ALL.where(answers.c.user_id == bindparam("who"))


async def put(tx: Tx, event_id: int, user_id: UserId, given: Mapping[str, str]) -> None:
    """Store a person's answers by question, new or changed."""
    rows = sorted((event_id, user_id, clean(question), clean(answer)) for question, answer in given.items())
    await tx.many(_PUT, rows)


async def mine(tx: Tx, event_id: int, user_id: UserId) -> dict[str, str]:
    """Return a person's answers by question."""
    rows = await tx.execute(_MINE, {"event": event_id, "who": user_id})
    return {row.question: row.answer for row in rows}


async def of_all(tx: Tx, event_id: int) -> dict[UserId, dict[str, str]]:
    """Return everybody's answers by question."""
    found: dict[UserId, dict[str, str]] = {}
    for row in await tx.execute(_ALL, {"event": event_id}):
        found.setdefault(UserId(row.user_id), {})[row.question] = row.answer
    return found
