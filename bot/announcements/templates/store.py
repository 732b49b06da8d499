"""The table of templates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
from sqlalchemy import (
    BigInteger,
    Column,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    delete,
    insert,
    select,
    update,
)

from bot.announcements.rules.content import Content
from bot.announcements.templates.rules import Template
from bot.db.schema import Instant, Serial, metadata

if TYPE_CHECKING:
    from sqlalchemy import Row

    from bot.db.engine import Tx
    from bot.kernel.ids import GroupId

templates = Table(
    "announcements_templates_kept",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("group_id", BigInteger, nullable=False),
    Column("name", String(200), nullable=False),
    Column("key", String(200), nullable=False),
    Column("content", Text, nullable=False),
    Column("options", Text, nullable=False),
    Column("user_id", BigInteger, nullable=False),
    Column("user_name", String(200), nullable=False),
    Column("saved_at", Instant, nullable=False),
    Column("used", Integer, nullable=False),
    UniqueConstraint("group_id", "key"),
)
_content = msgspec.json.Decoder(Content).decode
_options = msgspec.json.Decoder(dict[str, str]).decode
_NAME = 200


async def add(tx: Tx, template: Template) -> Template:
    """Store a new template; its own id does not count."""
    statement = insert(templates).values(_columns(template)).returning(*templates.c)
    return _read((await tx.execute(statement)).one())


async def save(tx: Tx, template: Template) -> None:
    """Store a template as it is now."""
    await tx.execute(update(templates).where(templates.c.id == template.id).values(_columns(template)))


async def remove(tx: Tx, template: Template) -> None:
    """Forget a template."""
    await tx.execute(delete(templates).where(templates.c.id == template.id))


async def of_group(tx: Tx, group_id: GroupId) -> list[Template]:
    """Return a group's templates by name."""
    query = select(templates).where(templates.c.group_id == group_id).order_by(templates.c.key)
    return [_read(row) for row in await tx.execute(query)]


async def get(tx: Tx, group_id: GroupId, template_id: int) -> Template | None:
    """Return a group's template by its id, or None."""
    query = select(templates).where(templates.c.group_id == group_id, templates.c.id == template_id)
    row = (await tx.execute(query)).one_or_none()
    return None if row is None else _read(row)


def _columns(template: Template) -> dict[str, Any]:
    names = {column.name for column in templates.c} - {"id", "content", "options", "key"}
    return {name: getattr(template, name) for name in names} | {
        "key": template.key,
        "user_name": template.user_name[:_NAME],
        "content": _clean(msgspec.json.encode(template.content).decode()),
        "options": _clean(msgspec.json.encode(dict(template.options)).decode()),
    }


def _clean(text: str) -> str:
    # PostgreSQL stores no NUL; as JSON writes it, it is an escape.
    return text.replace("\\u0000", "")


def _read(row: Row[Any]) -> Template:
    values = dict(row._mapping)  # noqa: SLF001  (SQLAlchemy's public name for it)
    del values["key"]
    content, options = _content(values.pop("content")), _options(values.pop("options"))
    return Template(content=content, options=options, **values)
