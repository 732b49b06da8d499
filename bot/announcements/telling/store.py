"""The tables of telling everybody: how far mentions are, and who may not have been reached."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import BigInteger, Boolean, Column, Integer, String, Table, Text, select, update

from bot.announcements.telling.rules.run import Run, State
from bot.db.schema import Instant, metadata

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Row

    from bot.db.engine import Tx

runs = Table(
    "announcements_telling_runs",
    metadata,
    Column("post_id", BigInteger, primary_key=True, autoincrement=False),
    Column("group_id", BigInteger, nullable=False),
    Column("state", String(16), nullable=False),
    Column("known", Integer, nullable=False),
    Column("total", Integer, nullable=True),
    Column("cursor", BigInteger, nullable=False),
    Column("before", BigInteger, nullable=False),
    Column("batch", Integer, nullable=False),
    Column("size", Integer, nullable=False),
    Column("on_way", Boolean(create_constraint=False), nullable=False),
    Column("last", Boolean(create_constraint=False), nullable=False),
    Column("told", Integer, nullable=False),
    Column("unsure", Integer, nullable=False),
    Column("waits_until", Instant, nullable=True),
    Column("refusal", String(32), nullable=False),
    Column("problem", Text, nullable=False),
)
named = Table(
    "announcements_telling_named",
    metadata,
    Column("post_id", BigInteger, primary_key=True, autoincrement=False),
    Column("batch", Integer, primary_key=True, autoincrement=False),
    Column("user_id", BigInteger, primary_key=True, autoincrement=False),
    Column("name", String(200), nullable=False),
)
"""Whom the message on its way names, and, where nobody knows whether it arrived, whom it named."""
_FIELDS: Final = tuple(field.name for field in fields(Run))
_BEGIN = """
INSERT INTO announcements_telling_runs (post_id, group_id, state, known, total, cursor, before, batch, size, on_way, last,
told, unsure, refusal, problem)
VALUES ($1, $2, 'running', $3, $4, 0, 0, 0, 0, $5, $5, 0, 0, '', '') ON CONFLICT (post_id) DO NOTHING
"""
_NAME = """
INSERT INTO announcements_telling_named (post_id, batch, user_id, name) VALUES ($1, $2, $3, $4)
ON CONFLICT (post_id, batch, user_id) DO NOTHING
"""
_FORGET = "DELETE FROM announcements_telling_named WHERE post_id = $1 AND batch = $2"


async def begin(tx: Tx, run: Run) -> None:
    """Store a run that begins, unless there is one."""
    await tx.many(_BEGIN, [(run.post_id, run.group_id, run.known, run.total, False)])


async def run_of(tx: Tx, post_id: int) -> Run | None:
    """Return how far it is with an announcement; None where nobody was to be mentioned."""
    row = (await tx.execute(select(runs).where(runs.c.post_id == post_id))).one_or_none()
    return None if row is None else _run(row)


async def save(tx: Tx, run: Run) -> None:
    """Store how far it is."""
    values = {name: getattr(run, name) for name in _FIELDS}
    await tx.execute(update(runs).where(runs.c.post_id == run.post_id).values(values))


async def name(tx: Tx, run: Run, people: Sequence[tuple[int, str]]) -> None:
    """Store whom the message on its way names."""
    await tx.many(_NAME, [(run.post_id, run.batch, user_id, _clean(said)) for user_id, said in people])


async def forget(tx: Tx, run: Run) -> None:
    """Forget whom the last message named: it is known what became of it."""
    await tx.many(_FORGET, [(run.post_id, run.batch)])


async def unsure(tx: Tx, run: Run) -> list[str]:
    """Return the names of those who may have been mentioned, or not."""
    here = (named.c.post_id == run.post_id, named.c.batch != (run.batch if run.on_way else -1))
    query = select(named.c.name).where(*here).order_by(named.c.batch, named.c.user_id)
    return list((await tx.execute(query)).scalars())


def _clean(text: str) -> str:
    # PostgreSQL stores no NUL, and no driver half a surrogate pair.
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")[:200]


def _run(row: Row[Any]) -> Run:
    values = {name: getattr(row, name) for name in _FIELDS}
    return Run(**{**values, "state": State(row.state), "on_way": bool(row.on_way), "last": bool(row.last)})
