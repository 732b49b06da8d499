"""The tables of people, of members, of comings and goings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, String, Table, Text, and_, false, func, or_, select

from bot.db.schema import Instant, Serial, metadata, to_millis
from bot.kernel.ids import GroupId, UserId
from bot.members.rules import (
    HERE,
    Counts,
    Member,
    Move,
    MoveKind,
    Person,
    Presence,
    clean,
    day_of,
    name_key,
    username_key,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from sqlalchemy import Row, Select

    from bot.db.engine import Tx
    from bot.db.schema import Beside

people = Table(
    "members_people",
    metadata,
    Column("user_id", BigInteger, primary_key=True, autoincrement=False),
    Column("first_name", Text, nullable=False),
    Column("last_name", Text, nullable=True),
    Column("username", Text, nullable=True),
    Column("username_key", Text, nullable=True, index=True),
    Column("name_key", Text, nullable=False, index=True),
    Column("language_code", Text, nullable=True),
    Column("is_bot", Boolean, nullable=False),
    Column("locale", Text, nullable=True),
    Column("seen_at", Instant, nullable=False),
)
members = Table(
    "members_members",
    metadata,
    Column("group_id", BigInteger, primary_key=True, autoincrement=False),
    Column("user_id", BigInteger, primary_key=True, autoincrement=False),
    Column("status", String(16), nullable=False),
    Column("is_admin", Boolean, nullable=False),
    Column("is_creator", Boolean, nullable=False),
    Column("admin_rights", Text, nullable=True),
    Column("tag", Text, nullable=True),
    Column("custom_title", Text, nullable=True),
    Column("joined_at", Instant, nullable=True),
    Column("left_at", Instant, nullable=True),
    Column("last_seen_day", Integer, nullable=False),
    Column("added_by", BigInteger, nullable=True),
    Index("ix_members_members_user_id", "user_id"),
)
moves = Table(
    "members_moves",
    metadata,
    Column("id", Serial, primary_key=True, autoincrement=True),
    Column("group_id", BigInteger, nullable=False),
    Column("user_id", BigInteger, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("by", BigInteger, nullable=True),
    Column("at", Instant, nullable=False),
    Index("ix_members_moves_group_id_at", "group_id", "at"),
    Index("ix_members_moves_group_id_user_id", "group_id", "user_id"),
)

_GROUPS = "members.groups"
_PERSON = """
INSERT INTO members_people
(user_id, first_name, last_name, username, username_key, name_key, language_code, is_bot, seen_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
ON CONFLICT (user_id) DO UPDATE SET
first_name = excluded.first_name, last_name = excluded.last_name, username = excluded.username,
username_key = excluded.username_key, name_key = excluded.name_key,
language_code = COALESCE(excluded.language_code, members_people.language_code), is_bot = excluded.is_bot,
seen_at = excluded.seen_at
"""
# Somebody who left after the message was written stays gone, though the message is read later. Who did not speak keeps
# their tag; an administrator's messages carry their title in its place.
_SEEN = """
INSERT INTO members_members (group_id, user_id, status, is_admin, is_creator, last_seen_day, tag)
VALUES ($1, $2, $3, FALSE, FALSE, $4, $6)
ON CONFLICT (group_id, user_id) DO UPDATE SET
status = CASE WHEN excluded.status = 'unknown' OR members_members.left_at >= $5 THEN members_members.status
 ELSE excluded.status END,
last_seen_day = CASE WHEN excluded.last_seen_day > members_members.last_seen_day THEN excluded.last_seen_day
 ELSE members_members.last_seen_day END,
tag = CASE WHEN excluded.last_seen_day = 0 OR (members_members.is_admin AND members_members.custom_title = excluded.tag)
 THEN members_members.tag ELSE excluded.tag END
"""
_CHANGED = """
INSERT INTO members_members
(group_id, user_id, status, is_admin, is_creator, admin_rights, tag, joined_at, left_at, added_by, last_seen_day)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0)
ON CONFLICT (group_id, user_id) DO UPDATE SET
status = excluded.status, is_admin = excluded.is_admin, is_creator = excluded.is_creator,
admin_rights = excluded.admin_rights, tag = excluded.tag,
custom_title = CASE WHEN excluded.is_admin THEN members_members.custom_title END, joined_at = COALESCE(excluded.joined_at, members_members.joined_at),
left_at = CASE WHEN excluded.status = 'present' THEN NULL
 ELSE COALESCE(excluded.left_at, members_members.left_at) END,
added_by = CASE WHEN excluded.joined_at IS NULL THEN members_members.added_by ELSE excluded.added_by END
"""
_MOVED = """
INSERT INTO members_members (group_id, user_id, status, is_admin, is_creator, joined_at, left_at, added_by, last_seen_day)
VALUES ($1, $2, $3, FALSE, FALSE, $4, $5, $6, 0)
ON CONFLICT (group_id, user_id) DO UPDATE SET
status = excluded.status, joined_at = COALESCE(excluded.joined_at, members_members.joined_at),
left_at = excluded.left_at,
added_by = CASE WHEN excluded.joined_at IS NULL THEN members_members.added_by ELSE excluded.added_by END
"""
_ADMIN = """
INSERT INTO members_members
(group_id, user_id, status, is_admin, is_creator, admin_rights, custom_title, last_seen_day)
VALUES ($1, $2, 'present', TRUE, $3, $4, $5, 0)
ON CONFLICT (group_id, user_id) DO UPDATE SET
status = 'present', left_at = NULL, is_admin = TRUE, is_creator = excluded.is_creator,
admin_rights = excluded.admin_rights, custom_title = excluded.custom_title
"""
_LOCALE = """
INSERT INTO members_people (user_id, first_name, name_key, is_bot, locale, seen_at) VALUES ($1, '', '', FALSE, $2, $3)
ON CONFLICT (user_id) DO UPDATE SET locale = excluded.locale
"""


async def put_people(tx: Tx, persons: Iterable[Person], now: datetime) -> None:
    """Store or rename persons; nobody may come twice. Sorted, so that two transactions never wait for each other."""
    seen = to_millis(now)
    await tx.many(_PERSON, [(*_person_row(person), seen) for person in sorted(persons, key=lambda p: p.user_id)])


async def put_seen(tx: Tx, rows: Iterable[tuple[int, int, str, int, int, str | None]]) -> None:
    """Note (group, user, presence, day, instant in ms, tag) of who was seen; no (group, user) may come twice."""
    tx.memo.pop(_GROUPS, None)
    await tx.many(_SEEN, [(*row[:5], clean(row[5])) for row in sorted(rows, key=lambda row: row[:2])])


async def put_change(  # noqa: PLR0913  (the columns of a row, all by name)
    tx: Tx,
    *,
    group_id: GroupId,
    user_id: UserId,
    presence: Presence,
    is_admin: bool,
    is_creator: bool,
    rights: frozenset[str],
    tag: str | None,
    joined_at: datetime | None,
    left_at: datetime | None,
    added_by: UserId | None,
) -> None:
    """Store what a ``chat_member`` update says."""
    what = (presence.value, is_admin, is_creator, " ".join(sorted(rights)), clean(tag))
    tx.memo.pop(_GROUPS, None)
    await tx.many(_CHANGED, [(group_id, user_id, *what, _millis(joined_at), _millis(left_at), added_by)])


async def put_move(tx: Tx, move: Move, presence: Presence) -> None:
    """Store what a service message says of a member who came or went."""
    came, at = move.kind.is_in, to_millis(move.at)
    row = (move.group_id, move.user_id, presence.value, at if came else None, None if came else at)
    tx.memo.pop(_GROUPS, None)
    await tx.many(_MOVED, [(*row, move.by if came else None)])


async def add_move(tx: Tx, move: Move) -> None:
    """Write down that somebody came or went."""
    values = {"group_id": move.group_id, "user_id": move.user_id, "kind": move.kind.value, "by": move.by, "at": move.at}
    await tx.execute(moves.insert(), values)


async def last_move(tx: Tx, group_id: GroupId, user_id: UserId) -> Move | None:
    """Return the last time somebody came or went."""
    query = select(moves).where(moves.c.group_id == group_id, moves.c.user_id == user_id)
    row = (await tx.execute(query.order_by(moves.c.id.desc()).limit(1))).first()
    return None if row is None else _move(row)


async def moves_between(tx: Tx, group_id: GroupId, since: datetime, until: datetime) -> list[Move]:
    """Return who came and went from ``since`` to before ``until``, in order."""
    query = select(moves).where(moves.c.group_id == group_id, moves.c.at >= since, moves.c.at < until)
    return [_move(row) for row in await tx.execute(query.order_by(moves.c.at, moves.c.id))]


async def put_admins(tx: Tx, group_id: GroupId, rows: Sequence[tuple[UserId, bool, str, str | None]]) -> None:
    """Make exactly these (user, is creator, rights, title) the administrators of a group."""
    tx.memo.pop(_GROUPS, None)
    ids = [row[0] for row in rows]
    former = (members.c.group_id == group_id, members.c.is_admin, members.c.user_id.not_in(ids))
    demoted = {"is_admin": False, "is_creator": False, "admin_rights": None, "custom_title": None}
    await tx.execute(members.update().where(*former).values(demoted))
    await tx.many(_ADMIN, sorted((group_id, *row) for row in rows))


async def put_locale(tx: Tx, user_id: UserId, locale: str | None, now: datetime) -> None:
    """Store the language somebody chose."""
    await tx.many(_LOCALE, [(user_id, locale, to_millis(now))])


async def languages(tx: Tx, user_id: UserId) -> tuple[str | None, str | None]:
    """Return the language somebody chose and the one of their app."""
    query = select(people.c.locale, people.c.language_code).where(people.c.user_id == user_id)
    row = (await tx.execute(query)).first()
    return (None, None) if row is None else (row.locale, row.language_code)


async def languages_of(tx: Tx, user_ids: Sequence[int]) -> dict[int, tuple[str | None, str | None]]:
    """Return the same of several people, by person; those never seen are left out."""
    query = select(people.c.user_id, people.c.locale, people.c.language_code).where(people.c.user_id.in_(user_ids))
    return {row.user_id: (row.locale, row.language_code) for row in await tx.execute(query)}


async def fetch_people(tx: Tx, ids: Iterable[int]) -> dict[UserId, Person]:
    """Return those persons who are known."""
    rows = await tx.execute(select(people).where(people.c.user_id.in_(sorted(set(ids)))))
    return {row.user_id: _person(row) for row in rows}


async def fetch_member(tx: Tx, group_id: GroupId, user_id: UserId) -> Member | None:
    """Return one member, also one who left."""
    row = (await tx.execute(_joined().where(members.c.group_id == group_id, members.c.user_id == user_id))).first()
    return None if row is None else _member(row)


async def holder_of(tx: Tx, group_id: GroupId, key: str) -> Member | None:
    """Return the member who has an @name, if the person who was last seen with it is one."""
    here = and_(members.c.user_id == people.c.user_id, members.c.group_id == group_id)
    query = (
        select(people, *_member_columns())
        .select_from(people.outerjoin(members, here))
        .where(people.c.username_key == key)
        .order_by(people.c.seen_at.desc(), people.c.user_id.desc())
        .limit(1)
    )
    row = (await tx.execute(query)).first()
    return None if row is None or row.status is None else _member(row)


async def named(tx: Tx, group_id: GroupId, key: str, tag: str, limit: int) -> list[Member]:
    """Return members with a display name or a tag, those seen last first."""
    query = _joined().where(members.c.group_id == group_id, or_(people.c.name_key == key, members.c.tag == tag))
    rows = await tx.execute(query.order_by(people.c.seen_at.desc(), people.c.user_id).limit(limit))
    return [_member(row) for row in rows]


async def admins_of(tx: Tx, group_id: GroupId) -> list[Member]:
    """Return a group's administrators, the creator first."""
    query = _joined().where(members.c.group_id == group_id, members.c.is_admin)
    return [_member(row) for row in await tx.execute(query.order_by(members.c.is_creator.desc(), members.c.user_id))]


async def fetch_members(tx: Tx, group_id: GroupId, ids: Iterable[UserId]) -> dict[UserId, Member]:
    """Return the named members by id; one never seen has only their number."""
    wanted = sorted(set(ids))
    query = _joined().where(members.c.group_id == group_id, members.c.user_id.in_(wanted))
    found = {row.user_id: _member(row) for row in await tx.execute(query)} if wanted else {}
    return {user_id: found.get(user_id) or Member(Person(user_id)) for user_id in wanted}


async def present(tx: Tx, group_id: GroupId, *, after: int = 0, limit: int | None = None) -> list[Member]:
    """Return the people who are known to be in a group; from the ids above ``after``, at most ``limit``."""
    here = (members.c.group_id == group_id, members.c.status == Presence.PRESENT.value)
    people_only = func.coalesce(people.c.is_bot, false()).is_(False)
    query = _joined().where(*here, people_only).order_by(members.c.user_id)
    query = query.where(members.c.user_id > after) if after else query
    return [_member(row) for row in await tx.execute(query.limit(limit))]


async def beside(tx: Tx, root: Beside, *others: Beside) -> list[tuple[Member | None, Row[Any]]]:
    """Return the row of ``root``, which names a ``group_id``, once for each who is known to be there, bots too, by id.

    Beside each stands what ``others`` say of their ``user_id``; where nobody is known, the row stands alone.
    """
    here = and_(members.c.group_id == root.c.group_id, members.c.status == Presence.PRESENT.value)
    source = root.outerjoin(members, here).outerjoin(people, people.c.user_id == members.c.user_id)
    columns: list[Any] = [*root.c, *members.c, *people.c, *(column for other in others for column in other.c)]
    named = {column.name: column for column in reversed(columns)}
    for other in others:
        source = source.outerjoin(other, other.c.user_id == members.c.user_id)
    query = select(*{**named, "user_id": members.c.user_id}.values()).select_from(source)
    rows = await tx.execute(query.order_by(members.c.user_id))
    return [(None if row.user_id is None else _member(row), row) for row in rows]


async def gone_among(tx: Tx, group_id: GroupId, ids: Iterable[UserId]) -> frozenset[UserId]:
    """Return those of the named who are known to have left."""
    found = await fetch_members(tx, group_id, ids)
    return frozenset(user_id for user_id, member in found.items() if member.presence.is_gone)


async def count(tx: Tx, group_id: GroupId) -> Counts:
    """Count who is in a group, people and bots apart."""
    query = (
        select(func.coalesce(people.c.is_bot, false()).label("is_bot"), func.count().label("found"))
        .select_from(members.outerjoin(people, people.c.user_id == members.c.user_id))
        .where(members.c.group_id == group_id, members.c.status == Presence.PRESENT.value)
        .group_by(people.c.is_bot)
    )
    known = bots = 0
    for row in await tx.execute(query):
        known, bots = (known, bots + row.found) if row.is_bot else (known + row.found, bots)
    return Counts(known, None, bots)


async def groups_of(tx: Tx, user_id: UserId) -> list[GroupId]:
    """Return the groups somebody is known in and has not left; asked once a transaction, as long as nobody comes or goes."""
    known: list[GroupId] | None = tx.memo.get(_GROUPS, {}).get(user_id)
    if known is None:
        query = select(members.c.group_id).where(members.c.user_id == user_id, members.c.status.in_(HERE))
        known = know_groups(tx, user_id, [GroupId(row.group_id) for row in await tx.execute(query)])
    return list(known)


def know_groups(tx: Tx, user_id: UserId, found: Iterable[GroupId]) -> list[GroupId]:
    """Remember which groups somebody is known in, in this transaction, until who is where is written anew."""
    known: list[GroupId] = tx.memo.setdefault(_GROUPS, {}).setdefault(user_id, [])
    known[:] = sorted(found)
    return known


async def memberships_of(tx: Tx, user_id: UserId) -> dict[GroupId, Member]:
    """Return what somebody is in each group they are known in."""
    rows = await tx.execute(_joined().where(members.c.user_id == user_id).order_by(members.c.group_id))
    return {GroupId(row.group_id): _member(row) for row in rows}


def _member_columns() -> list[Column[Any]]:
    return [column for column in members.c if column.name != "user_id"]


def _joined() -> Select[Any]:
    return select(*[column for column in people.c if column.name != "user_id"], *members.c).select_from(
        members.outerjoin(people, people.c.user_id == members.c.user_id)
    )


def _person_row(person: Person) -> tuple[Any, ...]:
    first, last, username = clean(person.first_name) or "", clean(person.last_name), clean(person.username)
    key = name_key(f"{first}{last or ''}")
    return (
        person.user_id,
        first,
        last,
        username,
        username_key(username),
        key,
        clean(person.language_code),
        person.is_bot,
    )


def _person(row: Row[Any]) -> Person:
    user_id = UserId(row.user_id)
    return Person(user_id, row.first_name or "", row.last_name, row.username, row.language_code, bool(row.is_bot))


def _member(row: Row[Any]) -> Member:
    return Member(
        _person(row),
        Presence(row.status),
        is_admin=row.is_admin,
        is_creator=row.is_creator,
        admin_rights=frozenset((row.admin_rights or "").split()),
        tag=row.tag,
        custom_title=row.custom_title,
        joined_at=row.joined_at,
        left_at=row.left_at,
        last_seen=day_of(row.last_seen_day),
        added_by=row.added_by,
    )


def _move(row: Row[Any]) -> Move:
    return Move(row.group_id, row.user_id, MoveKind(row.kind), row.by, row.at)


def _millis(at: datetime | None) -> int | None:
    return None if at is None else to_millis(at)
