"""The table of the audit log. There is no function that changes or removes an entry, and there must not be one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, BigInteger, Column, Index, Integer, String, Table, Text, insert, or_, select

from bot.audit.rules import Entry, Filter
from bot.db.schema import Instant, Serial, metadata

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import Select

    from bot.db.engine import Tx
    from bot.kernel.ids import GroupId

log = Table(
    "audit_log",
    metadata,
    Column("id", Serial, primary_key=True, autoincrement=True),
    Column("group_id", BigInteger, nullable=True),
    Column("at", Instant, nullable=False),
    Column("actor_id", BigInteger, nullable=True),
    Column("actor_name", String(200), nullable=False),
    Column("action", String(64), nullable=False),
    Column("target_id", BigInteger, nullable=True),
    Column("target_text", Text, nullable=True),
    Column("before", JSON(none_as_null=True), nullable=True),
    Column("after", JSON(none_as_null=True), nullable=True),
    Column("details", JSON, nullable=False),
    Column("number", Integer, nullable=True),
    Index("ix_audit_log_group_id_id", "group_id", "id"),
    Index("ix_audit_log_group_id_number", "group_id", "number"),
)
_ENTRY = tuple(column for column in log.c if column.name != "number")


async def append(tx: Tx, values: Mapping[str, Any]) -> None:
    """Write one entry."""
    await tx.execute(insert(log), dict(values))


async def fetch(tx: Tx, group_id: GroupId, wanted: Filter, older_than: int | None, limit: int) -> list[Entry]:
    """Return entries of a group, the newest first, from below the entry ``older_than``."""
    query = select(*_ENTRY).where(log.c.group_id == group_id)
    if older_than is not None:
        query = query.where(log.c.id < older_than)
    if wanted.person is not None:
        query = query.where(or_(log.c.actor_id == wanted.person, log.c.target_id == wanted.person))
    if wanted.action is not None:
        query = query.where(or_(*(_in_family(action) for action in wanted.actions or (wanted.action,))))
    return await _entries(tx, query.order_by(log.c.id.desc()).limit(limit))


async def numbered(
    tx: Tx, group_id: GroupId, number: int, areas: Sequence[str], older_than: int | None, limit: int
) -> list[Entry]:
    """Return entries about the thing of that number, the newest first, from below the entry ``older_than``."""
    query = select(*_ENTRY).where(log.c.group_id == group_id, log.c.number == number)
    if older_than is not None:
        query = query.where(log.c.id < older_than)
    query = query.where(or_(*(_in_family(area) for area in areas)))
    return await _entries(tx, query.order_by(log.c.id.desc()).limit(limit))


async def _entries(tx: Tx, query: Select[Any]) -> list[Entry]:
    return [Entry(**row._mapping) for row in await tx.execute(query)]  # noqa: SLF001  (SQLAlchemy's public name for it)


def _in_family(action: str) -> Any:
    if "." in action:
        return log.c.action == action
    return or_(log.c.action == action, log.c.action.startswith(f"{action}.", autoescape=True))
