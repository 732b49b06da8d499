"""The tables of quiet hours: how groups keep them, what was taken of the members' permissions, and who wrote."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, BigInteger, Boolean, Column, Integer, String, Table, delete, func, select
from sqlalchemy.dialects import postgresql, sqlite

from bot.db.schema import Instant, metadata, to_millis
from bot.kernel.ids import GroupId
from bot.policy.quiet.rules.lock import Lock, Phase, Why
from bot.policy.quiet.rules.modes import Heard, House, Mode

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from bot.db.engine import Tx

houses = Table(
    "policy_quiet_houses",
    metadata,
    Column("group_id", BigInteger, primary_key=True, autoincrement=False),
    Column("mode", String(8), nullable=False),
    Column("notice", Boolean(create_constraint=False), nullable=False),
    Column("phase", String(8), nullable=False),
    Column("base", JSON, nullable=False),
    Column("taken", JSON, nullable=False),
    Column("last_order", Integer, nullable=False),
    Column("doubt", Boolean(create_constraint=False), nullable=False),
    Column("why", String(16)),
    Column("rest_until", Instant),
    Column("try_at", Instant),
    Column("unseen", Integer, nullable=False),
)
heard = Table(
    "policy_quiet_heard",
    metadata,
    Column("group_id", BigInteger, primary_key=True, autoincrement=False),
    Column("night", Instant, primary_key=True, autoincrement=False),
    Column("user_id", BigInteger, primary_key=True, autoincrement=False),
    Column("messages", Integer, nullable=False),
    Column("reminded", Boolean(create_constraint=False), nullable=False),
)
_ADD = """
INSERT INTO policy_quiet_heard (group_id, night, user_id, messages, reminded) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (group_id, night, user_id) DO UPDATE SET
messages = policy_quiet_heard.messages + excluded.messages, reminded = policy_quiet_heard.reminded OR excluded.reminded
"""


async def all_houses(tx: Tx) -> dict[GroupId, House]:
    """Return how every group keeps its quiet hours that has ever said so."""
    rows = await tx.execute(select(houses.c.group_id, houses.c.mode, houses.c.notice))
    return {GroupId(row.group_id): House(Mode(row.mode), bool(row.notice)) for row in rows}


async def get(tx: Tx, group_id: GroupId) -> tuple[House, Lock]:
    """Return how a group keeps its quiet hours, and how far it is closed."""
    row = (await tx.execute(select(houses).where(houses.c.group_id == group_id))).first()
    return (House(), Lock()) if row is None else (House(Mode(row.mode), bool(row.notice)), _lock(row))


def _lock(row: Any) -> Lock:
    return Lock(
        Phase(row.phase),
        MappingProxyType(dict(row.base)),
        frozenset(row.taken),
        row.last_order,
        bool(row.doubt),
        None if row.why is None else Why(row.why),
        row.rest_until,
        row.try_at,
        row.unseen,
    )


async def put(tx: Tx, group_id: GroupId, house: House, lock: Lock) -> None:
    """Store both."""
    kept = {
        "mode": house.mode.value,
        "notice": house.notice,
        "phase": lock.phase.value,
        "base": dict(lock.base),
        "taken": sorted(lock.taken),
        "last_order": lock.order,
        "doubt": lock.doubt,
        "why": None if lock.why is None else lock.why.value,
        "rest_until": lock.rest_until,
        "try_at": lock.try_at,
        "unseen": lock.unseen,
    }
    if tx.dialect == "postgresql":
        statement = postgresql.insert(houses).values(group_id=group_id, **kept)
        await tx.execute(statement.on_conflict_do_update(index_elements=["group_id"], set_=kept))
    else:
        other = sqlite.insert(houses).values(group_id=group_id, **kept)
        await tx.execute(other.on_conflict_do_update(index_elements=["group_id"], set_=kept))


# Who wrote


async def reminded(tx: Tx, group_id: GroupId, night: datetime, user_ids: Collection[int]) -> set[int]:
    """Return those who were reminded in a night already."""
    query = select(heard.c.user_id).where(
        heard.c.group_id == group_id, heard.c.night == night, heard.c.user_id.in_(user_ids), heard.c.reminded
    )
    return {row.user_id for row in await tx.execute(query)}


async def add(tx: Tx, group_id: GroupId, found: Sequence[Heard]) -> None:
    """Count what was written."""
    rows = [(group_id, to_millis(one.night), one.user_id, one.messages, one.reminded) for one in found]
    await tx.many(_ADD, rows)


async def tally(tx: Tx, group_id: GroupId, since: datetime, until: datetime) -> tuple[int, int]:
    """Return how many messages were written in the nights that ended in a span, and by how many people."""
    query = select(func.sum(heard.c.messages), func.count(func.distinct(heard.c.user_id))).where(
        heard.c.group_id == group_id, heard.c.night > since, heard.c.night <= until
    )
    row: Any = (await tx.execute(query)).one()
    return int(row[0] or 0), int(row[1])


async def forget(tx: Tx, group_id: GroupId, before: datetime) -> None:
    """Forget the nights of a group that ended before then."""
    await tx.execute(delete(heard).where(heard.c.group_id == group_id, heard.c.night < before))
