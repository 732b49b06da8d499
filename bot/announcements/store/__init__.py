"""The tables of announcements and of how groups keep them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import msgspec
from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    bindparam,
    delete,
    func,
    insert,
    select,
    update,
)

from bot.announcements.rules.announcement import OPEN, Announcement, Brief, Pin, State
from bot.announcements.rules.content import Content, File, Link
from bot.announcements.rules.gathering import Gathering
from bot.announcements.rules.house import House, Review
from bot.announcements.rules.versions import NOTHING, Undone
from bot.db.schema import Instant, Serial, metadata
from bot.kernel.ids import ChatId, GroupId

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from sqlalchemy import Row

    from bot.db.engine import Tx

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
    Column("extra", Text, nullable=False),
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
    Column("urgent", Boolean, nullable=False),
    Column("options", Text, nullable=False),
    Column("credit", String(200), nullable=False),
    Column("writer_id", BigInteger, nullable=True),
    Column("reviewer_id", BigInteger, nullable=True),
    Column("reviewer_name", String(200), nullable=False),
    Column("remark", Text, nullable=False),
    Column("remark_by", String(200), nullable=False),
    Column("approval", String(80), nullable=False),
    Column("handed", String(16), nullable=False),
    Column("pending", Text, nullable=True),
    Column("pending_by", BigInteger, nullable=True),
    Column("broadcast_id", BigInteger, nullable=True),
    Column("recurring_id", BigInteger, nullable=True),
    Column("edited_at", Instant, nullable=True),
    Column("withdrawn_at", Instant, nullable=True),
    Column("withdrawn_by", String(200), nullable=False),
    Column("withdrawn_why", Text, nullable=False),
    Column("message_ids", Text, nullable=False),
    Column("below_id", BigInteger, nullable=True),
    UniqueConstraint("group_id", "number"),
    Index("ix_announcements_posts_group_id_state", "group_id", "state"),
    Index("ix_announcements_posts_group_id_posted_at", "group_id", "posted_at"),
    Index("ix_announcements_posts_broadcast_id", "broadcast_id"),
    Index("ix_announcements_posts_recurring_id", "recurring_id"),
)
settings = Table(
    "announcements_settings",
    metadata,
    Column("group_id", BigInteger, primary_key=True, autoincrement=False),
    Column("review", String(8), nullable=False),
    Column("late", Integer, nullable=False),
    Column("options", Text, nullable=False),
)
"""``late`` is in minutes."""
albums = Table(
    "announcements_albums",
    metadata,
    Column("post_id", BigInteger, primary_key=True, autoincrement=False),
    Column("from_chat_id", BigInteger, nullable=False),
    Column("album", String(64), nullable=False),
    Column("chat_id", BigInteger, nullable=False),
    Column("thread_id", BigInteger, nullable=True),
    Column("reader", String(32), nullable=False),
    Column("shown", Integer, nullable=False),
    Index("ix_announcements_albums_album", "album"),
)
"""Announcements that are being made of an album of which more may come, and where their cards belong."""
_KEPT = select(posts, settings.c.review, settings.c.late, settings.c.options.label("standing")).outerjoin(
    settings, settings.c.group_id == posts.c.group_id
)
_OPEN = sorted(OPEN)
_MINUTE = timedelta(minutes=1)
_NAME = 200
_NAMES = ("author_name", "publisher_name", "reviewer_name", "remark_by", "credit", "withdrawn_by")
_PUT_HOUSE = """
INSERT INTO announcements_settings (group_id, review, late, options) VALUES ($1, $2, $3, $4)
ON CONFLICT (group_id) DO UPDATE SET review = excluded.review, late = excluded.late, options = excluded.options
"""
_HOUSE, _ITEM = "announcements house", "announcements item"


class _Extra(msgspec.Struct, omit_defaults=True):
    """What has no column of its own: most of it of the content."""

    files: tuple[File, ...] = ()
    links: tuple[tuple[Link, ...], ...] = ()
    protected: bool = False
    recurred: int | None = None
    undone: Undone = NOTHING


_extra = msgspec.json.Decoder(_Extra).decode
_content = msgspec.json.Decoder(Content).decode
_options = msgspec.json.Decoder(dict[str, str]).decode


# Made once: to build a statement of all these columns costs more than to run it.
_HIGHEST = select(func.coalesce(func.max(posts.c.number), 0) + 1).where(posts.c.group_id == bindparam("of_group"))
_ADD = insert(posts).values(number=_HIGHEST.scalar_subquery()).returning(*posts.c)
_SAVE = update(posts).where(posts.c.id == bindparam("item_id")).returning(*posts.c)


async def add(tx: Tx, item: Announcement) -> Announcement:
    """Store a new announcement under the next number of its group, which must be locked; its own id and number do not count."""
    return _known(tx, _read((await tx.execute(_ADD, {**_columns(item), "of_group": item.group_id})).one()))


async def get(tx: Tx, item_id: int) -> Announcement | None:
    """Return an announcement, or None."""
    found = await kept(tx, item_id)
    return None if found is None else found[0]


async def by_number(tx: Tx, group_id: GroupId, number: int) -> Announcement | None:
    """Return a group's announcement by its number, or None."""
    found = await kept_by_number(tx, group_id, number)
    return None if found is None else found[0]


async def kept(tx: Tx, item_id: int) -> tuple[Announcement, House] | None:
    """Return an announcement with its group's settings, or None; asked once a transaction, as long as it stays so."""
    known: Announcement | None = tx.memo.get((_ITEM, item_id))
    if known is not None:
        return known, await house_of(tx, known.group_id)
    row = (await tx.execute(_KEPT.where(posts.c.id == item_id))).one_or_none()
    return None if row is None else _read_kept(tx, row)


async def kept_by_number(tx: Tx, group_id: GroupId, number: int) -> tuple[Announcement, House] | None:
    """Return a group's announcement by its number, with the group's settings, or None, as :func:`kept` does."""
    known: Announcement | None = tx.memo.get((_ITEM, group_id, number))
    if known is not None:
        return known, await house_of(tx, group_id)
    row = (await tx.execute(_KEPT.where(posts.c.group_id == group_id, posts.c.number == number))).one_or_none()
    return None if row is None else _read_kept(tx, row)


async def house_of(tx: Tx, group_id: GroupId) -> House:
    """Return a group's settings for announcements; asked once a transaction, since every card is drawn by them."""
    known: House | None = tx.memo.get((_HOUSE, group_id))
    if known is None:
        row = (await tx.execute(select(settings).where(settings.c.group_id == group_id))).one_or_none()
        known = House() if row is None else _house(row.review, row.late, row.options)
        tx.memo[_HOUSE, group_id] = known
    return known


async def keep_house(tx: Tx, group_id: GroupId, house: House) -> None:
    """Store a group's settings for announcements; the group must be locked."""
    values = (group_id, house.review.value, int(house.late / _MINUTE), _json(dict(house.options)))
    await tx.many(_PUT_HOUSE, [values])
    tx.memo[_HOUSE, group_id] = house


async def follow(tx: Tx, item_id: int, gathering: Gathering) -> None:
    """Note that an announcement is being made of an album."""
    await tx.execute(delete(albums).where(albums.c.post_id == item_id))
    await tx.execute(insert(albums).values(post_id=item_id, **_gathering(gathering)))


async def followed(tx: Tx, found: Sequence[tuple[int, str]]) -> list[tuple[int, Gathering]]:
    """Return the announcements that are being made of these albums."""
    query = select(albums).where(albums.c.album.in_([album for _, album in found]))
    rows = [(row.post_id, _read_gathering(row)) for row in await tx.execute(query)]
    return [(item_id, one) for item_id, one in rows if (one.from_chat_id, one.album) in found]


async def following(tx: Tx, item_id: int) -> Gathering | None:
    """Return of which album an announcement is being made, if it is."""
    row = (await tx.execute(select(albums).where(albums.c.post_id == item_id))).one_or_none()
    return None if row is None else _read_gathering(row)


async def leave(tx: Tx, item_id: int) -> None:
    """Note that nothing more is expected of an album."""
    await tx.execute(delete(albums).where(albums.c.post_id == item_id))


def _gathering(gathering: Gathering) -> dict[str, Any]:
    return {column.name: getattr(gathering, column.name) for column in albums.c if column.name != "post_id"}


def _read_gathering(row: Row[Any]) -> Gathering:
    values = dict(row._mapping)  # noqa: SLF001  (SQLAlchemy's public name for it)
    del values["post_id"]
    return Gathering(**values)


async def save(tx: Tx, item: Announcement) -> Announcement:
    """Store an announcement as it is now, and return it as it is stored."""
    return _known(tx, _read((await tx.execute(_SAVE, {**_columns(item), "item_id": item.id})).one()))


async def still_open(tx: Tx, group_id: GroupId) -> list[Announcement]:
    """Return those with which something is still to be done, by number."""
    query = select(posts).where(posts.c.group_id == group_id, posts.c.state.in_(_OPEN)).order_by(posts.c.number)
    return [_known(tx, _read(row)) for row in await tx.execute(query)]


async def last_posted(tx: Tx, group_id: GroupId, limit: int) -> list[Announcement]:
    """Return the last published ones, the newest first."""
    query = (
        select(posts)
        .where(posts.c.group_id == group_id, posts.c.state == State.PUBLISHED)
        .order_by(posts.c.posted_at.desc(), posts.c.number.desc())
        .limit(limit)
    )
    return [_read(row) for row in await tx.execute(query)]


async def count_by_state(tx: Tx, group_id: GroupId) -> dict[State, int]:
    """Count a group's announcements by state."""
    query = select(posts.c.state, func.count().label("n")).where(posts.c.group_id == group_id).group_by(posts.c.state)
    return {State(row.state): row.n for row in await tx.execute(query)}


async def in_states(
    tx: Tx, group_id: GroupId, states: Collection[State], limit: int, offset: int
) -> list[Announcement]:
    """Return some of those in one of these states, the newest first."""
    query = (
        select(posts)
        .where(posts.c.group_id == group_id, posts.c.state.in_(sorted(states)))
        .order_by(posts.c.number.desc())
        .limit(limit)
        .offset(offset)
    )
    return [_read(row) for row in await tx.execute(query)]


async def last_pinned(tx: Tx, group_id: GroupId, chat_id: ChatId, but: int) -> Announcement | None:
    """Return the last published one that is pinned in this chat, another than ``but``; None if there is none."""
    query = (
        select(posts)
        .where(
            posts.c.group_id == group_id,
            posts.c.state == State.PUBLISHED,
            posts.c.chat_id == chat_id,
            posts.c.pin == Pin.PINNED,
            posts.c.id != but,
        )
        .order_by(posts.c.posted_at.desc(), posts.c.number.desc())
        .limit(1)
    )
    row = (await tx.execute(query)).one_or_none()
    return None if row is None else _read(row)


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


async def of_broadcast(tx: Tx, broadcast_id: int) -> list[Brief]:
    """Return how the copies of a broadcast stand."""
    columns = (posts.c.group_id, posts.c.number, posts.c.state, posts.c.pin, posts.c.refusal, posts.c.problem)
    found = await tx.execute(select(*columns).where(posts.c.broadcast_id == broadcast_id))
    return [
        Brief(GroupId(row.group_id), row.number, State(row.state), Pin(row.pin), row.refusal, row.problem)
        for row in found
    ]


async def count_in_state(tx: Tx, broadcast_id: int, state: State) -> int:
    """Count the copies of a broadcast that stand so."""
    wanted = (posts.c.broadcast_id == broadcast_id, posts.c.state == state)
    return int((await tx.execute(select(func.count()).select_from(posts).where(*wanted))).scalar_one())


def _columns(item: Announcement) -> dict[str, Any]:
    names = {column.name for column in posts.c} - {"id", "number", "html", "kind", "file_id", "extra", "message_ids"}
    values = {name: getattr(item, name) for name in names}
    content = item.content
    values |= {
        "html": content.html,
        "kind": content.kind,
        "file_id": content.file_id,
        "extra": _json(_Extra(content.files, content.links, content.protected, item.recurred_id, item.undone)),
        "options": _json(dict(item.options)),
        "pending": None if item.pending is None else _json(item.pending),
    }
    values |= {name: values[name][:_NAME] for name in _NAMES}
    values["message_ids"] = " ".join(map(str, item.message_ids))
    return {name: _clean(value) if isinstance(value, str) else value for name, value in values.items()}


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()


def _clean(text: str) -> str:
    # PostgreSQL stores no NUL, and no driver half a surrogate pair.
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")


def _house(review: str | None, late: int | None, options: str | None) -> House:
    if review is None or late is None or options is None:
        return House()
    return House(Review(review), late * _MINUTE, _options(options))


def _read_kept(tx: Tx, row: Row[Any]) -> tuple[Announcement, House]:
    values = dict(row._mapping)  # noqa: SLF001  (SQLAlchemy's public name for it)
    house = _house(values.pop("review"), values.pop("late"), values.pop("standing"))
    tx.memo[_HOUSE, row.group_id] = house
    return _known(tx, _made(values)), house


def _known(tx: Tx, item: Announcement) -> Announcement:
    """Remember for this transaction how an announcement is stored."""
    tx.memo[_ITEM, item.id] = tx.memo[_ITEM, item.group_id, item.number] = item
    return item


def _read(row: Row[Any]) -> Announcement:
    return _made(dict(row._mapping))  # noqa: SLF001  (SQLAlchemy's public name for it)


def _made(values: dict[str, Any]) -> Announcement:
    extra, pending = _extra(values.pop("extra")), values.pop("pending")
    content = Content(
        values.pop("html"), values.pop("kind"), values.pop("file_id"), extra.files, extra.links, extra.protected
    )
    message_ids = tuple(map(int, values.pop("message_ids").split()))
    state, pin, options = State(values.pop("state")), Pin(values.pop("pin")), _options(values.pop("options"))
    return Announcement(
        content=content,
        state=state,
        pin=pin,
        options=options,
        pending=None if pending is None else _content(pending),
        message_ids=message_ids,
        recurred_id=extra.recurred,
        undone=extra.undone,
        **values,
    )
