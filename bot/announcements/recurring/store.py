"""The table of recurring announcements."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, String, Table, Text, insert, select, update

from bot.announcements.recurring.rules import Phase, Recurring
from bot.db.schema import Instant, Serial, metadata
from bot.kernel.ids import GroupId, UserId
from bot.kernel.recurrence import from_json, to_json

if TYPE_CHECKING:
    from sqlalchemy import Row

    from bot.db.engine import Tx

recurring = Table(
    "announcements_recurring_rules",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("group_id", BigInteger, nullable=False),
    Column(
        "item_id", BigInteger, ForeignKey("announcements_posts.id", ondelete="CASCADE"), nullable=False, unique=True
    ),
    Column("number", Integer, nullable=False),
    Column("rule", Text, nullable=False),
    Column("manager_id", BigInteger, nullable=False),
    Column("manager_name", String(200), nullable=False),
    Column("phase", String(8), nullable=False),
    Column("next_at", Instant, nullable=True),
    Column("last_day", String(10), nullable=True),
    Column("fired", Integer, nullable=False),
    Index("ix_announcements_recurring_rules_group_id_phase", "group_id", "phase"),
)
"""``item_id`` is the pattern, ``number`` the one it has in its group; ``last_day`` a local day as ISO 8601."""
_GOING_ON = (Phase.ACTIVE.value, Phase.PAUSED.value)
_NAME = 200


async def add(tx: Tx, new: Recurring) -> Recurring:
    """Store a new one; its own id does not count."""
    row = (await tx.execute(insert(recurring).values(_columns(new)).returning(recurring.c.id))).one()
    return replace(new, id=row.id)


async def save(tx: Tx, one: Recurring) -> None:
    """Store one as it is now."""
    await tx.execute(update(recurring).where(recurring.c.id == one.id).values(_columns(one)))


async def get(tx: Tx, recurring_id: int) -> Recurring | None:
    """Return one by its id, or None."""
    row = (await tx.execute(select(recurring).where(recurring.c.id == recurring_id))).one_or_none()
    return None if row is None else _read(row)


async def by_number(tx: Tx, group_id: GroupId, number: int) -> Recurring | None:
    """Return the one whose pattern has this number in its group, or None."""
    query = select(recurring).where(recurring.c.group_id == group_id, recurring.c.number == number)
    row = (await tx.execute(query)).one_or_none()
    return None if row is None else _read(row)


async def going_on(tx: Tx, group_id: GroupId) -> list[Recurring]:
    """Return those of a group that are not ended, by the number of their pattern."""
    query = (
        select(recurring)
        .where(recurring.c.group_id == group_id, recurring.c.phase.in_(_GOING_ON))
        .order_by(recurring.c.number)
    )
    return [_read(row) for row in await tx.execute(query)]


def _columns(one: Recurring) -> dict[str, Any]:
    name = one.manager_name.replace("\0", "").encode("utf-8", "replace").decode("utf-8")
    return {
        "group_id": one.group_id,
        "item_id": one.item_id,
        "number": one.number,
        "rule": to_json(one.rule),
        "manager_id": one.manager_id,
        "manager_name": name[:_NAME],
        "phase": one.phase.value,
        "next_at": one.next_at,
        "last_day": None if one.last_day is None else one.last_day.isoformat(),
        "fired": one.fired,
    }


def _read(row: Row[Any]) -> Recurring:
    return Recurring(
        id=row.id,
        group_id=GroupId(row.group_id),
        item_id=row.item_id,
        number=row.number,
        rule=from_json(row.rule),
        manager_id=UserId(row.manager_id),
        manager_name=row.manager_name,
        phase=Phase(row.phase),
        next_at=row.next_at,
        last_day=None if row.last_day is None else date.fromisoformat(row.last_day),
        fired=row.fired,
    )
