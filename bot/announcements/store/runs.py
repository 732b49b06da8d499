"""How far mentions are, and who may not have been reached. A part that mentions people has two tables of its own for it."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import BigInteger, Boolean, Column, Integer, String, Table, Text, select, update

from bot.announcements.rules.run import Run, State
from bot.db.schema import Instant, metadata

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Row

    from bot.db.engine import Tx

_FIELDS: Final = tuple(field.name for field in fields(Run))


@dataclass(frozen=True, slots=True)
class Tables:
    """The two tables of a part.

    ``runs`` says how far it is with an announcement; ``named`` whom the message on its way names, and, where nobody knows
    whether it arrived, whom it named.
    """

    runs: Table
    named: Table


def tables_of(part: str) -> Tables:
    """Return the tables of a part."""
    runs = Table(
        f"announcements_{part}_runs",
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
        f"announcements_{part}_named",
        metadata,
        Column("post_id", BigInteger, primary_key=True, autoincrement=False),
        Column("batch", Integer, primary_key=True, autoincrement=False),
        Column("user_id", BigInteger, primary_key=True, autoincrement=False),
        Column("name", String(200), nullable=False),
    )
    return Tables(runs, named)


async def begin(tx: Tx, tables: Tables, run: Run) -> None:
    """Store a run that begins, unless there is one."""
    statement = f"""
    INSERT INTO {tables.runs.name} (post_id, group_id, state, known, total, cursor, before, batch, size, on_way, last,
    told, unsure, refusal, problem)
    VALUES ($1, $2, 'running', $3, $4, 0, 0, 0, 0, $5, $5, 0, 0, '', '') ON CONFLICT (post_id) DO NOTHING
    """  # noqa: S608  (the name of a table is ours)
    tx.memo.pop((tables.runs.name, run.post_id), None)
    await tx.many(statement, [(run.post_id, run.group_id, run.known, run.total, False)])


async def run_of(tx: Tx, tables: Tables, post_id: int) -> Run | None:
    """Return how far it is with an announcement; None where nobody was to be mentioned.

    It is asked once a transaction, as long as it stays so: a card shows it in several places.
    """
    key = (tables.runs.name, post_id)
    if key not in tx.memo:
        row = (await tx.execute(select(tables.runs).where(tables.runs.c.post_id == post_id))).one_or_none()
        tx.memo[key] = None if row is None else _run(row)
    known: Run | None = tx.memo[key]
    return known


async def save(tx: Tx, tables: Tables, run: Run) -> None:
    """Store how far it is."""
    tx.memo.pop((tables.runs.name, run.post_id), None)
    values = {name: getattr(run, name) for name in _FIELDS}
    await tx.execute(update(tables.runs).where(tables.runs.c.post_id == run.post_id).values(values))


async def name(tx: Tx, tables: Tables, run: Run, people: Sequence[tuple[int, str]]) -> None:
    """Store whom the message on its way names."""
    statement = f"""
    INSERT INTO {tables.named.name} (post_id, batch, user_id, name) VALUES ($1, $2, $3, $4)
    ON CONFLICT (post_id, batch, user_id) DO NOTHING
    """  # noqa: S608  (the name of a table is ours)
    await tx.many(statement, [(run.post_id, run.batch, user_id, clean(said)) for user_id, said in people])


async def forget(tx: Tx, tables: Tables, run: Run, user_id: int | None = None) -> None:
    """Forget whom the last message named, or only this one of them: it is known what became of it."""
    statement = f"DELETE FROM {tables.named.name} WHERE post_id = $1 AND batch = $2"  # noqa: S608  (the name of a table is ours)
    if user_id is None:
        await tx.many(statement, [(run.post_id, run.batch)])
    else:
        await tx.many(f"{statement} AND user_id = $3", [(run.post_id, run.batch, user_id)])


async def unsure(tx: Tx, tables: Tables, run: Run) -> list[str]:
    """Return the names of those who may have been mentioned, or not."""
    named = tables.named
    here = (named.c.post_id == run.post_id, named.c.batch != (run.batch if run.on_way else -1))
    query = select(named.c.name).where(*here).order_by(named.c.batch, named.c.user_id)
    return list((await tx.execute(query)).scalars())


def clean(text: str) -> str:
    """Return a name as it can be stored."""
    # PostgreSQL stores no NUL, and no driver half a surrogate pair.
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")[:200]


def _run(row: Row[Any]) -> Run:
    values = {name: getattr(row, name) for name in _FIELDS}
    return Run(**{**values, "state": State(row.state), "on_way": bool(row.on_way), "last": bool(row.last)})
