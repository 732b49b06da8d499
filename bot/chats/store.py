"""The tables of groups and private conversations."""

from __future__ import annotations

from datetime import date, time
from sys import intern
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, BigInteger, Boolean, Column, ForeignKey, Table, Text, delete, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from bot.chats.rules.profile import BotRight, BotStanding, Private, Profile
from bot.db.schema import Instant, Serial, metadata
from bot.kernel.groups import Group, QuietHours
from bot.kernel.ids import ChatId, GroupId, ThreadId, UserId

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sqlalchemy import RowMapping

    from bot.db.engine import Tx
    from bot.db.schema import Beside

# A group's number outlives its chat. chat_id is empty in a row whose chat turned out to be another group's supergroup.
groups = Table(
    "chats_groups",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("chat_id", BigInteger, unique=True),
    Column("kind", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("locale", Text, nullable=False),
    Column("zone", Text, nullable=False),
    Column("active", Boolean(create_constraint=False), nullable=False),
    Column("is_forum", Boolean(create_constraint=False), nullable=False),
    Column("label", Text),
    Column("managers_chat_id", BigInteger),
    Column("linked_chat_id", BigInteger),
    Column("topics", JSON, nullable=False),
    Column("quiet", JSON, nullable=False),
    Column("holidays", JSON, nullable=False),
    Column("open_until", Instant),
    Column("bot_status", Text, nullable=False),
    Column("bot_rights", JSON(none_as_null=True)),
    Column("bot_rights_at", Instant),
    Column("added_by", BigInteger),
    Column("created_at", Instant, nullable=False),
    Column("set_up_at", Instant),
)

former_ids = Table(
    "chats_former_ids",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("group_id", ForeignKey(groups.c.id, ondelete="CASCADE"), nullable=False, index=True),
)

_PRIVATE = "chats.private"
private = Table(
    "chats_private",
    metadata,
    Column("user_id", BigInteger, primary_key=True, autoincrement=False),
    Column("reachable", Boolean(create_constraint=False), nullable=False),
    Column("focus_group_id", ForeignKey(groups.c.id, ondelete="SET NULL"), index=True),
)

_READERS: dict[str, Callable[[Any], Any]] = {
    "topics": lambda value: MappingProxyType({purpose: ThreadId(thread) for purpose, thread in value.items()}),
    "quiet": lambda value: tuple(
        QuietHours(time.fromisoformat(start), time.fromisoformat(end), frozenset(days)) for start, end, days in value
    ),
    "holidays": lambda value: frozenset(date.fromisoformat(day) for day in value),
    "bot_rights": lambda value: None if value is None else frozenset(BotRight(name) for name in value),
}
_WRITERS: dict[str, Callable[[Any], Any]] = {
    "topics": lambda value: {str(purpose): int(thread) for purpose, thread in value.items()},
    "quiet": lambda value: [
        [hours.start.isoformat("minutes"), hours.end.isoformat("minutes"), sorted(hours.weekdays)] for hours in value
    ],
    "holidays": lambda value: sorted(day.isoformat() for day in value),
    "bot_rights": lambda value: None if value is None else sorted(str(right) for right in value),
}


def as_plain(column: str, value: Any) -> Any:
    """Return a column's value as JSON has it: for the table, and for the audit."""
    writer = _WRITERS.get(column)
    return value if writer is None else writer(value)


async def all_profiles(tx: Tx) -> list[Profile]:
    """Return every group that has a chat."""
    rows = await tx.execute(select(groups).where(groups.c.chat_id.is_not(None)).order_by(groups.c.id))
    return [_profile(row) for row in rows.mappings()]


async def all_former_ids(tx: Tx) -> dict[int, GroupId]:
    """Return the group by each chat id that was once its own."""
    rows = await tx.execute(select(former_ids.c.chat_id, former_ids.c.group_id))
    return {row.chat_id: GroupId(row.group_id) for row in rows}


async def get(tx: Tx, group_id: int) -> Profile | None:
    """Return a group."""
    row = (await tx.execute(select(groups).where(groups.c.id == group_id))).mappings().first()
    return None if row is None or row["chat_id"] is None else _profile(row)


async def get_by_chat(tx: Tx, chat_id: int) -> Profile | None:
    """Return the group that has this chat id, or else the one that once had it."""
    former = select(former_ids.c.group_id).where(former_ids.c.chat_id == chat_id).scalar_subquery()
    query = select(groups).where((groups.c.chat_id == chat_id) | (groups.c.id == former))
    found = (await tx.execute(query)).mappings().all()
    rows = sorted(found, key=lambda row: row["chat_id"] != chat_id)
    return _profile(rows[0]) if rows and rows[0]["chat_id"] is not None else None


async def add(tx: Tx, values: Mapping[str, Any]) -> Profile:
    """Store a new group."""
    row = (await tx.execute(insert(groups).values(**_plain(values)).returning(*groups.c))).mappings().one()
    return _profile(row)


async def change(tx: Tx, group_id: int, values: Mapping[str, Any]) -> None:
    """Set columns of a group."""
    await tx.execute(update(groups).where(groups.c.id == group_id).values(**_plain(values)))


async def retire(tx: Tx, group_id: int) -> None:
    """Take a group's chat away from it."""
    await tx.execute(update(groups).where(groups.c.id == group_id).values(chat_id=None, active=False))


async def remember_former(tx: Tx, chat_id: int, group_id: int) -> None:
    """Note that a chat id was once this group's."""
    await tx.execute(delete(former_ids).where(former_ids.c.chat_id == chat_id))
    await tx.execute(insert(former_ids).values(chat_id=chat_id, group_id=group_id))


async def repoint_managers_chat(tx: Tx, old: int, new: int | None) -> list[GroupId]:
    """Let groups whose managers' chat was ``old`` have ``new``; return them."""
    statement = update(groups).where(groups.c.managers_chat_id == old).values(managers_chat_id=new)
    return [GroupId(row[0]) for row in await tx.execute(statement.returning(groups.c.id))]


async def get_private(tx: Tx, user_id: int) -> Private:
    """Return what is known of a person's private conversation; asked once a transaction, as long as it stays so."""
    known: Private | None = tx.memo.get((_PRIVATE, user_id))
    if known is None:
        row = (await tx.execute(select(private).where(private.c.user_id == user_id))).mappings().first()
        found = () if row is None else (row["reachable"], row["focus_group_id"])
        known = tx.memo[_PRIVATE, user_id] = Private(UserId(user_id), *found)
    return known


async def reachable_of(tx: Tx, user_ids: list[int]) -> frozenset[int]:
    """Return those of these people the bot may write to."""
    query = select(private.c.user_id).where(private.c.user_id.in_(user_ids), private.c.reachable)
    return frozenset(row[0] for row in await tx.execute(query))


def reach() -> Beside:
    """Return a query of whom the bot may write to, to be read beside people."""
    return select(private.c.user_id, private.c.reachable).subquery("reach")


async def set_private(tx: Tx, user_id: int, values: Mapping[str, Any]) -> None:
    """Set columns of a person's private conversation, which need not be known yet."""
    tx.memo.pop((_PRIVATE, user_id), None)
    kept = dict(values)
    first = {"user_id": user_id, "reachable": False, **kept}
    if tx.dialect == "postgresql":
        statement = postgresql.insert(private).values(**first)
        await tx.execute(statement.on_conflict_do_update(index_elements=["user_id"], set_=kept))
    else:
        other = sqlite.insert(private).values(**first)
        await tx.execute(other.on_conflict_do_update(index_elements=["user_id"], set_=kept))


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    return {column: as_plain(column, value) for column, value in values.items()}


def _profile(row: RowMapping) -> Profile:
    rights = _READERS["bot_rights"](row["bot_rights"])
    return Profile(
        group=_group(row),
        bot=BotStanding(row["bot_status"], rights, row["bot_rights_at"]),
        created_at=row["created_at"],
        added_by=row["added_by"],
        set_up_at=row["set_up_at"],
    )


def _group(row: RowMapping) -> Group:
    managers, linked = row["managers_chat_id"], row["linked_chat_id"]
    return Group(
        id=GroupId(row["id"]),
        chat_id=ChatId(row["chat_id"]),
        title=row["title"],
        # Of these there are few: as the same strings in all groups they are found the faster.
        locale=intern(row["locale"]),
        zone=intern(row["zone"]),
        kind=row["kind"],
        active=row["active"],
        is_forum=row["is_forum"],
        label=row["label"],
        managers_chat_id=None if managers is None else ChatId(managers),
        linked_chat_id=None if linked is None else ChatId(linked),
        topics=_READERS["topics"](row["topics"]),
        quiet=_READERS["quiet"](row["quiet"]),
        holidays=_READERS["holidays"](row["holidays"]),
        open_until=row["open_until"],
    )
