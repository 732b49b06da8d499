"""Templates in the database: plans in the columns that events have too."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    BigInteger,
    Column,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    delete,
    func,
    insert,
    select,
    update,
)

from bot.db.schema import Instant, Serial, metadata
from bot.events.creating.rules import Template, key_of
from bot.events.store.rows import columns_of, plan_of
from bot.events.store.tables import events

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import RowMapping

    from bot.db.engine import Tx
    from bot.events.rules.plan import Plan
    from bot.kernel.ids import GroupId, UserId

templates = Table(
    "events_creating_templates",
    metadata,
    Column("id", Serial, primary_key=True, autoincrement=True),
    Column("group_id", BigInteger, nullable=False),
    Column("key", String(80), nullable=False),
    Column("name", String(80), nullable=False),
    Column("title", String(200), nullable=False),
    Column("starts_at", Instant, nullable=False),
    Column("seats", Integer, nullable=True),
    Column("guests", Integer, nullable=False),
    Column("deadline", Instant, nullable=True),
    Column("place", Text, nullable=True),
    Column("details", Text, nullable=True),
    Column("created_by", BigInteger, nullable=False),
    Column("created_at", Instant, nullable=False),
    UniqueConstraint("group_id", "key"),
)


async def put(tx: Tx, group_id: GroupId, name: str, plan: Plan, by: UserId, now: datetime) -> Template:
    """Store a template in the place of the one of that name, if there is one; the group must be locked."""
    values: dict[str, Any] = {"name": name, "created_by": by, "created_at": now, **columns_of(plan)}
    mine = (templates.c.group_id == group_id, templates.c.key == key_of(name))
    changed = (await tx.execute(update(templates).where(*mine).values(**values).returning(templates))).mappings()
    row = changed.one_or_none()
    if row is None:
        added = insert(templates).values(group_id=group_id, key=key_of(name), **values).returning(templates)
        row = (await tx.execute(added)).mappings().one()
    return _template(row)


async def count(tx: Tx, group_id: GroupId) -> int:
    """Return how many templates a group has."""
    query = select(func.count()).select_from(templates).where(templates.c.group_id == group_id)
    return int((await tx.execute(query)).scalar_one())


async def of_group(tx: Tx, group_id: GroupId) -> list[Template]:
    """Return a group's templates by their names."""
    query = select(templates).where(templates.c.group_id == group_id).order_by(templates.c.key)
    return [_template(row) for row in (await tx.execute(query)).mappings()]


async def by_name(tx: Tx, group_id: GroupId, name: str) -> Template | None:
    """Return the template of a name."""
    query = select(templates).where(templates.c.group_id == group_id, templates.c.key == key_of(name))
    row = (await tx.execute(query)).mappings().one_or_none()
    return None if row is None else _template(row)


async def by_id(tx: Tx, group_id: GroupId, template_id: int) -> Template | None:
    """Return a template of this group."""
    query = select(templates).where(templates.c.group_id == group_id, templates.c.id == template_id)
    row = (await tx.execute(query)).mappings().one_or_none()
    return None if row is None else _template(row)


async def remove(tx: Tx, template_id: int) -> None:
    """Remove a template."""
    await tx.execute(delete(templates).where(templates.c.id == template_id))


async def remove_event(tx: Tx, event_id: int) -> None:
    """Remove a draft, of which nobody knows."""
    await tx.execute(delete(events).where(events.c.id == event_id))


def _template(row: RowMapping) -> Template:
    return Template(row["id"], row["name"], plan_of(row))
