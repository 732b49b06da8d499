"""The tables of granted roles and of how fresh our knowledge of a group's administrators is."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import (
    BigInteger,
    Column,
    Integer,
    String,
    Table,
    Text,
    and_,
    bindparam,
    cast,
    column,
    delete,
    func,
    select,
    table,
)

from bot.db.schema import Instant, metadata, to_millis
from bot.kernel.ids import GroupId, UserId
from bot.kernel.roles import Role
from bot.members.roles.rules import Age, RoleRow
from bot.members.rules import HERE

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from sqlalchemy import BindParameter, Row

    from bot.db.engine import Tx

Languages = tuple[str | None, str | None]
"""The language somebody chose, and the one of their app."""


class Known(NamedTuple):
    """What is stored of a person in a group: the status, the tag (or title), their languages, and all groups they are in."""

    age: Age
    status: str | None
    tag: str | None
    languages: Languages
    groups: list[GroupId]


roles = Table(
    "members_roles",
    metadata,
    Column("group_id", BigInteger, primary_key=True, autoincrement=False),
    Column("user_id", BigInteger, primary_key=True, autoincrement=False),
    Column("role", String(32), primary_key=True),
    Column("granted_by", BigInteger, nullable=True),
    Column("granted_at", Instant, nullable=False),
)
# ``version`` changes with every change of administrators or roles and never takes the same value twice: whoever read
# with a version may keep what they read for as long as the version is the same, even if a transaction is rolled back.
ages = Table(
    "members_admins_age",
    metadata,
    Column("group_id", BigInteger, primary_key=True, autoincrement=False),
    Column("refreshed_at", Instant, nullable=True),
    Column("version", BigInteger, nullable=False),
    Column("member_count", Integer, nullable=True),
)

# The directory's table, as far as it is joined here.
_people = table("members_people", column("user_id"), column("locale"), column("language_code"))
_members = table(
    "members_members", column("group_id"), column("user_id"), column("status"), column("tag"), column("custom_title")
)

_anywhere = _members.alias()
_who: BindParameter[Any] = bindparam("who")
_KNOWN_IN = (
    select(func.aggregate_strings(cast(_anywhere.c.group_id, Text), " "))
    .where(_anywhere.c.user_id == _who, _anywhere.c.status.in_(HERE))
    .scalar_subquery()
)
# Made once: to build it costs more than to run it, and it is asked for whoever speaks to the bot.
_STANDING = (
    select(
        ages.c.refreshed_at,
        ages.c.version,
        ages.c.member_count,
        _members.c.status,
        _members.c.tag,
        _members.c.custom_title,
        _people.c.locale,
        _people.c.language_code,
        _KNOWN_IN.label("known_in"),
    )
    .select_from(
        ages.outerjoin(_members, and_(_members.c.group_id == ages.c.group_id, _members.c.user_id == _who)).outerjoin(
            _people, _people.c.user_id == _who
        )
    )
    .where(ages.c.group_id == bindparam("group"))
)
_AGE = "members.age"
_BUMP = """
INSERT INTO members_admins_age (group_id, refreshed_at, version) VALUES ($1, NULL, $2)
ON CONFLICT (group_id) DO UPDATE SET version = excluded.version
"""
_REFRESHED = """
INSERT INTO members_admins_age (group_id, refreshed_at, version) VALUES ($1, $2, $3)
ON CONFLICT (group_id) DO UPDATE SET refreshed_at = excluded.refreshed_at, version = excluded.version
"""
_COUNTED = """
INSERT INTO members_admins_age (group_id, refreshed_at, version, member_count) VALUES ($1, NULL, $2, $3)
ON CONFLICT (group_id) DO UPDATE SET member_count = excluded.member_count
"""


def new_version() -> int:
    """Return a version that was never there before."""
    return secrets.randbits(62)


async def bump(tx: Tx, group_id: GroupId) -> None:
    """Say that administrators or roles of a group changed."""
    tx.memo.pop((_AGE, group_id), None)
    await tx.many(_BUMP, [(group_id, new_version())])


async def set_refreshed(tx: Tx, group_id: GroupId, at: datetime | None, version: int) -> None:
    """Say when the administrators were learned from Telegram (None: they must be asked for), and which version that is."""
    tx.memo.pop((_AGE, group_id), None)
    await tx.many(_REFRESHED, [(group_id, None if at is None else to_millis(at), version)])


async def put_count(tx: Tx, group_id: GroupId, count: int) -> None:
    """Store how many members Telegram says there are."""
    tx.memo.pop((_AGE, group_id), None)
    await tx.many(_COUNTED, [(group_id, new_version(), count)])


async def fetch_age(tx: Tx, group_id: GroupId) -> Age:
    """Return how fresh our knowledge of a group's administrators is; asked once a transaction, as long as it stays so."""
    known: Age | None = tx.memo.get((_AGE, group_id))
    if known is None:
        query = select(ages.c.refreshed_at, ages.c.version, ages.c.member_count).where(ages.c.group_id == group_id)
        row = (await tx.execute(query)).first()
        known = tx.memo[_AGE, group_id] = Age() if row is None else _age(row)
    return known


def _age(row: Row[Any]) -> Age:
    return Age(row.refreshed_at, row.version, row.member_count)


async def fetch_version_and_status(tx: Tx, group_id: GroupId, user_id: UserId) -> Known | None:
    """Return how fresh a group's administrators are, and what is stored of one person; in one statement.

    None if there is no version.
    """
    row = (await tx.execute(_STANDING, {"group": group_id, "who": user_id})).first()
    if row is None:
        return None
    age = tx.memo[_AGE, group_id] = _age(row)
    groups = [GroupId(int(number)) for number in (row.known_in or "").split()]
    return Known(age, row.status, row.tag or row.custom_title, (row.locale, row.language_code), groups)


async def fetch_ages(tx: Tx) -> dict[GroupId, datetime]:
    """Return when the administrators of each group were learned, where they are known."""
    rows = await tx.execute(select(ages.c.group_id, ages.c.refreshed_at).where(ages.c.refreshed_at.is_not(None)))
    return {GroupId(row.group_id): row.refreshed_at for row in rows}


async def put_role(tx: Tx, group_id: GroupId, row: RoleRow) -> None:
    """Grant a role that is not held yet."""
    values = {"user_id": row.user_id, "role": row.role.value, "granted_by": row.granted_by}
    await tx.execute(roles.insert(), {"group_id": group_id, "granted_at": row.granted_at, **values})


async def remove_roles(tx: Tx, group_id: GroupId, user_id: UserId, taken: Iterable[Role]) -> None:
    """Take roles."""
    names = [role.value for role in taken]
    held = (roles.c.group_id == group_id, roles.c.user_id == user_id, roles.c.role.in_(names))
    await tx.execute(delete(roles).where(*held))


async def fetch_roles_of(tx: Tx, user_id: UserId) -> dict[GroupId, frozenset[Role]]:
    """Return the roles somebody has been granted, by group."""
    found: dict[GroupId, frozenset[Role]] = {}
    for row in await tx.execute(select(roles.c.group_id, roles.c.role).where(roles.c.user_id == user_id)):
        group_id = GroupId(row.group_id)
        found[group_id] = found.get(group_id, frozenset()) | {Role(row.role)}
    return found


async def fetch_roles(tx: Tx, group_id: GroupId) -> list[RoleRow]:
    """Return all roles granted in a group, in the order they were granted."""
    rows = await tx.execute(
        select(roles).where(roles.c.group_id == group_id).order_by(roles.c.granted_at, roles.c.user_id, roles.c.role)
    )
    return [RoleRow(row.user_id, Role(row.role), row.granted_by, row.granted_at) for row in rows]
