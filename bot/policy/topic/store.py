"""The tables of stopped topics, and of what was written about them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    String,
    Table,
    Text,
    delete,
    func,
    select,
    update,
)

from bot.db.schema import Instant, metadata
from bot.kernel.ids import GroupId
from bot.policy.topic.rules import Ended, Later, Stop, Stopped, Written

if TYPE_CHECKING:
    from datetime import datetime

    from bot.db.engine import Tx

stopped = Table(
    "policy_topic_stopped",
    metadata,
    Column("group_id", BigInteger, primary_key=True, autoincrement=False),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("words", JSON, nullable=False),
    Column("thread_id", BigInteger),
    Column("seconds", Integer, nullable=False),
    Column("later", String(8), nullable=False),
    Column("until", Instant, nullable=False),
    Column("by_name", Text, nullable=False),
    Column("ended", String(8)),
)
written = Table(
    "policy_topic_written",
    metadata,
    Column("group_id", BigInteger, primary_key=True, autoincrement=False),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("message_id", BigInteger, primary_key=True, autoincrement=False),
    Column("user_id", BigInteger, nullable=False),
    Column("at", Instant, nullable=False),
    Column("album", String(64), nullable=False),
    Column("deleted", Boolean(create_constraint=False), nullable=False),
    Index("ix_policy_topic_written_group_id_at", "group_id", "at"),
)


def _stopped(row: Any) -> Stopped:
    stop = Stop(tuple(row.words), row.thread_id, timedelta(seconds=row.seconds), Later(row.later))
    return Stopped(row.number, stop, row.until, row.by_name, None if row.ended is None else Ended(row.ended))


async def all_on(tx: Tx) -> dict[GroupId, tuple[Stopped, ...]]:
    """Return the topics of every group that are not opened again."""
    found: dict[GroupId, list[Stopped]] = {}
    for row in await tx.execute(select(stopped).where(stopped.c.ended.is_(None)).order_by(stopped.c.number)):
        found.setdefault(GroupId(row.group_id), []).append(_stopped(row))
    return {group_id: tuple(some) for group_id, some in found.items()}


async def on(tx: Tx, group_id: GroupId) -> list[Stopped]:
    """Return a group's topics that are not opened again."""
    query = select(stopped).where(stopped.c.group_id == group_id, stopped.c.ended.is_(None))
    return [_stopped(row) for row in await tx.execute(query.order_by(stopped.c.number))]


async def get(tx: Tx, group_id: GroupId, number: int) -> Stopped | None:
    """Return one topic, also after it was opened again."""
    query = select(stopped).where(stopped.c.group_id == group_id, stopped.c.number == number)
    row = (await tx.execute(query)).first()
    return None if row is None else _stopped(row)


async def add(tx: Tx, group_id: GroupId, made: Stopped) -> Stopped:
    """Store a topic, and return it with a number that none of the group's topics ever had."""
    number = select(func.coalesce(func.max(stopped.c.number), 0) + 1).where(stopped.c.group_id == group_id)
    added = await tx.execute(
        stopped.insert()
        .values(
            group_id=group_id,
            number=number.scalar_subquery(),
            words=list(made.stop.words),
            thread_id=made.stop.thread_id,
            seconds=int(made.stop.length.total_seconds()),
            later=made.stop.later.value,
            until=made.until,
            by_name=made.by_name,
        )
        .returning(stopped.c.number)
    )
    return replace(made, number=int(added.scalar_one()))


async def end(tx: Tx, group_id: GroupId, number: int, how: Ended) -> None:
    """Open a topic again."""
    where = (stopped.c.group_id == group_id, stopped.c.number == number)
    await tx.execute(update(stopped).where(*where).values(ended=how.value))


# What was written


async def put(tx: Tx, group_id: GroupId, number: int, one: Written) -> None:
    """Store that a message was about a topic."""
    await tx.execute(written.insert().values(group_id=group_id, number=number, **one._asdict()))


async def of_person(tx: Tx, group_id: GroupId, number: int, user_id: int) -> list[Written]:
    """Return what somebody wrote about a topic."""
    query = select(written).where(
        written.c.group_id == group_id, written.c.number == number, written.c.user_id == user_id
    )
    return [
        Written(row.message_id, row.user_id, row.at, row.album, bool(row.deleted)) for row in await tx.execute(query)
    ]


async def tally(tx: Tx, group_id: GroupId, since: datetime, until: datetime) -> tuple[int, int]:
    """Return how many messages were about stopped topics in a span, and by how many people."""
    query = select(func.count(), func.count(func.distinct(written.c.user_id))).where(
        written.c.group_id == group_id, written.c.at >= since, written.c.at < until
    )
    row: Any = (await tx.execute(query)).one()
    return int(row[0]), int(row[1])


async def forget(tx: Tx, group_id: GroupId, before: datetime) -> None:
    """Forget what was written before then."""
    await tx.execute(delete(written).where(written.c.group_id == group_id, written.c.at < before))
