"""The table of announcements."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    BigInteger,
    Column,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    func,
    insert,
    select,
    update,
)

from bot.announcements.rules import OPEN, Announcement, Content, Pin, State
from bot.db.schema import Instant, Serial, metadata

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Row

    from bot.db.engine import Tx
    from bot.kernel.ids import GroupId

posts = Table(
    "announcements_posts",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("group_id", BigInteger, nullable=False),
    Column("number", Integer, nullable=False),
    Column("state", String(16), nullable=False),
    Column("html", Text, nullable=False),
    Column("kind", String(16), nullable=True),
    Column("file_id", Text, nullable=True),
    Column("author_id", BigInteger, nullable=False),
    Column("author_name", String(200), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("due_at", Instant, nullable=True),
    Column("publisher_id", BigInteger, nullable=True),
    Column("publisher_name", String(200), nullable=False),
    Column("attempt", Integer, nullable=False),
    Column("posted_at", Instant, nullable=True),
    Column("chat_id", BigInteger, nullable=True),
    Column("message_id", BigInteger, nullable=True),
    Column("pin", String(16), nullable=False),
    Column("refusal", String(32), nullable=False),
    Column("problem", Text, nullable=False),
    UniqueConstraint("group_id", "number"),
    Index("ix_announcements_posts_group_id_state", "group_id", "state"),
    Index("ix_announcements_posts_group_id_posted_at", "group_id", "posted_at"),
)
_OPEN = sorted(OPEN)


async def add(tx: Tx, values: dict[str, Any]) -> Announcement:
    """Store a new announcement under the next number of its group, which must be locked."""
    highest = select(func.coalesce(func.max(posts.c.number), 0) + 1).where(posts.c.group_id == values["group_id"])
    statement = insert(posts).values(number=highest.scalar_subquery(), **values).returning(*posts.c)
    return _read((await tx.execute(statement)).one())


async def get(tx: Tx, item_id: int) -> Announcement | None:
    """Return an announcement, or None."""
    row = (await tx.execute(select(posts).where(posts.c.id == item_id))).one_or_none()
    return None if row is None else _read(row)


async def by_number(tx: Tx, group_id: GroupId, number: int) -> Announcement | None:
    """Return a group's announcement by its number, or None."""
    query = select(posts).where(posts.c.group_id == group_id, posts.c.number == number)
    row = (await tx.execute(query)).one_or_none()
    return None if row is None else _read(row)


async def change(tx: Tx, item_id: int, **values: Any) -> Announcement:
    """Change columns of an announcement that exists, and return it as it is then."""
    statement = update(posts).where(posts.c.id == item_id).values(**values).returning(*posts.c)
    return _read((await tx.execute(statement)).one())


async def still_open(tx: Tx, group_id: GroupId) -> list[Announcement]:
    """Return those with which something is still to be done, by number."""
    query = select(posts).where(posts.c.group_id == group_id, posts.c.state.in_(_OPEN)).order_by(posts.c.number)
    return [_read(row) for row in await tx.execute(query)]


async def last_posted(tx: Tx, group_id: GroupId, limit: int) -> list[Announcement]:
    """Return the last published ones, the newest first."""
    query = (
        select(posts)
        .where(posts.c.group_id == group_id, posts.c.state == State.PUBLISHED)
        .order_by(posts.c.posted_at.desc(), posts.c.number.desc())
        .limit(limit)
    )
    return [_read(row) for row in await tx.execute(query)]


async def posted_between(tx: Tx, group_id: GroupId, since: datetime, until: datetime) -> list[Announcement]:
    """Return those published from ``since`` to before ``until``, in order."""
    query = (
        select(posts)
        .where(
            posts.c.group_id == group_id,
            posts.c.state == State.PUBLISHED,
            posts.c.posted_at >= since,
            posts.c.posted_at < until,
        )
        .order_by(posts.c.posted_at, posts.c.number)
    )
    return [_read(row) for row in await tx.execute(query)]


def _read(row: Row[Any]) -> Announcement:
    values = dict(row._mapping)  # noqa: SLF001  (SQLAlchemy's public name for it)
    content = Content(values.pop("html"), values.pop("kind"), values.pop("file_id"))
    state, pin = State(values.pop("state")), Pin(values.pop("pin"))
    return Announcement(content=content, state=state, pin=pin, **values)
