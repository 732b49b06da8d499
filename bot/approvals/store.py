"""The table of proposals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, BigInteger, Column, Index, String, Table, Text, insert, select, update

from bot.approvals.rules import Approval, State
from bot.db.schema import Instant, Serial, metadata
from bot.kernel.ids import UserId
from bot.kernel.roles import Right

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy import Row

    from bot.db.engine import Tx
    from bot.kernel.ids import GroupId

pending = Table(
    "approvals_pending",
    metadata,
    Column("id", Serial, primary_key=True, autoincrement=True),
    Column("group_id", BigInteger, nullable=False),
    Column("capability", String(64), nullable=False),
    Column("kind", String(64), nullable=False),
    Column("key", String(200), nullable=False),
    Column("summary", Text, nullable=False),
    Column("proposed_by", BigInteger, nullable=True),
    Column("needed", String(32), nullable=False),
    Column("not_by", JSON, nullable=False),
    Column("until", Instant, nullable=False),
    Column("state", String(16), nullable=False),
    Column("decided_by", BigInteger, nullable=True),
    Column("decided_at", Instant, nullable=True),
    Index("ix_approvals_pending_group_id_state", "group_id", "state"),
    Index("ix_approvals_pending_capability_kind_key", "capability", "kind", "key"),
)


async def add(tx: Tx, values: Mapping[str, Any]) -> int:
    """Store a proposal and return its number."""
    result = await tx.execute(insert(pending).values(**values).returning(pending.c.id))
    number: int = result.scalar_one()
    return number


async def fetch(tx: Tx, approval_id: int) -> Approval | None:
    """Return a proposal."""
    row = (await tx.execute(select(pending).where(pending.c.id == approval_id))).first()
    return None if row is None else _approval(row)


async def latest_of(tx: Tx, capability: str, kind: str, key: str) -> Approval | None:
    """Return the last proposal about something."""
    about = (pending.c.capability == capability, pending.c.kind == kind, pending.c.key == key)
    row = (await tx.execute(select(pending).where(*about).order_by(pending.c.id.desc()).limit(1))).first()
    return None if row is None else _approval(row)


async def open_in(tx: Tx, group_id: GroupId, limit: int) -> list[Approval]:
    """Return a group's open proposals, those that lapse first first."""
    query = select(pending).where(pending.c.group_id == group_id, pending.c.state == State.OPEN.value)
    rows = await tx.execute(query.order_by(pending.c.until, pending.c.id).limit(limit))
    return [_approval(row) for row in rows]


async def close(tx: Tx, approval_id: int, state: State, by: UserId | None, at: datetime) -> bool:
    """Close an open proposal; False if it is open no more."""
    result = await tx.execute(
        update(pending)
        .where(pending.c.id == approval_id, pending.c.state == State.OPEN.value)
        .values(state=state.value, decided_by=by, decided_at=at)
    )
    return bool(result.rowcount)


def _approval(row: Row[Any]) -> Approval:
    return Approval(
        id=row.id,
        group_id=row.group_id,
        capability=row.capability,
        kind=row.kind,
        key=row.key,
        summary=row.summary,
        proposed_by=row.proposed_by,
        needed=Right(row.needed),
        not_by=frozenset(UserId(user_id) for user_id in row.not_by),
        until=row.until,
        state=State(row.state),
        decided_by=row.decided_by,
        decided_at=row.decided_at,
    )
