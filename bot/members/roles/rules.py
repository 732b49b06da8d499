"""What a Telegram administrator may do with the bot, and who may grant or take which role (R08)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Literal

from bot.kernel.ids import UserId
from bot.kernel.roles import ALL_RIGHTS, RIGHTS_OF, Right, Role, Standing
from bot.members.rules import Member, Presence

OF_EVERY_ADMIN = frozenset({Right.VIEW, Right.EVENTS, Right.ANNOUNCE, Right.REVIEW})
"""What each administrator may do: what changes nobody's rights and reaches nobody unasked."""
OF_TELEGRAM_RIGHT: Mapping[str, frozenset[Right]] = MappingProxyType(
    {
        "can_restrict_members": frozenset({Right.MODERATE, Right.REMOVE}),
        "can_pin_messages": frozenset({Right.ANNOUNCE, Right.PUBLISH}),
        "can_change_info": frozenset({Right.SETTINGS}),
        "can_promote_members": frozenset({Right.ROLES, Right.AUDIT, Right.SETTINGS}),
        "can_invite_users": frozenset({Right.VIEW}),
    }
)
"""What more an administrator may do by each of their Telegram rights: with the bot nobody gets further than by hand."""
GRANTABLE = tuple(role for role in Role if role is not Role.OWNER)
"""The owner is Telegram's creator of the group: nobody is made one here."""
_ROLE_WORDS: Mapping[str, Role] = MappingProxyType(
    {
        "mod": Role.MODERATOR,
        "mods": Role.MODERATOR,
        "organizer": Role.ORGANISER,
        "群管": Role.MANAGER,
        "管理员": Role.MANAGER,
        "經理": Role.MANAGER,
        "经理": Role.MANAGER,
        "管理者": Role.MANAGER,
        "版主": Role.MODERATOR,
        "风纪": Role.MODERATOR,
        "风纪员": Role.MODERATOR,
        "風紀": Role.MODERATOR,
        "组织者": Role.ORGANISER,
        "組織者": Role.ORGANISER,
        "编辑": Role.EDITOR,
        "編輯": Role.EDITOR,
        "审核": Role.REVIEWER,
        "审核员": Role.REVIEWER,
        "審核": Role.REVIEWER,
        "观察员": Role.VIEWER,
        "觀察員": Role.VIEWER,
        "群主": Role.OWNER,
    }
)


def role_named(word: str) -> Role | None:
    """Read a role as people type it, in English or Chinese."""
    lower = word.strip().lower()
    return next((role for role in Role if role.value == lower), None) or _ROLE_WORDS.get(lower)


def rights_of_admin(telegram_rights: frozenset[str]) -> frozenset[Right]:
    """Return what an administrator with these Telegram rights may do."""
    return OF_EVERY_ADMIN.union(*(OF_TELEGRAM_RIGHT.get(name, frozenset()) for name in telegram_rights))


@dataclass(frozen=True, slots=True)
class Staff:
    """All that gives rights in one group: administrators by id, granted roles by id."""

    admins: Mapping[UserId, Member]
    roles: Mapping[UserId, frozenset[Role]]


def standing_of(user_id: UserId, staff: Staff, presence: Presence | None, tag: str | None = None) -> Standing:
    """Return what a person is and may do; ``presence`` None: the directory has never met them.

    Who has left has no rights, whatever was granted before.
    """
    admin = staff.admins.get(user_id)
    if admin is not None and admin.is_creator:
        roles = staff.roles.get(user_id, frozenset()) | {Role.OWNER}
        return Standing(user_id, is_creator=True, is_admin=True, roles=roles, rights=ALL_RIGHTS, tag=tag or "")
    if presence is not None and presence.is_gone:
        return Standing(user_id, is_member=False)
    roles = staff.roles.get(user_id, frozenset()) - {Role.OWNER}
    rights: frozenset[Right] = frozenset().union(*(RIGHTS_OF[role] for role in roles))
    if admin is not None:
        rights |= rights_of_admin(admin.admin_rights)
    known = presence is not None or admin is not None
    return Standing(user_id, is_admin=admin is not None, is_known=known, roles=roles, rights=rights, tag=tag or "")


def managers_with(staff: Staff, gone: frozenset[UserId], right: Right) -> list[UserId]:
    """Return who has a right, bots left out, the creator first, then by id."""
    everybody = {user_id for user_id in (*staff.admins, *staff.roles) if not _is_bot(staff, user_id)}
    standings = [
        standing_of(user_id, staff, Presence.LEFT if user_id in gone else Presence.PRESENT) for user_id in everybody
    ]
    able = [standing for standing in standings if standing.may(right)]
    return [standing.user_id for standing in sorted(able, key=lambda s: (not s.is_creator, s.user_id))]


def _is_bot(staff: Staff, user_id: UserId) -> bool:
    admin = staff.admins.get(user_id)
    return admin is not None and admin.person.is_bot


# Granting and taking


@dataclass(frozen=True, slots=True)
class Allowed:
    """It may be done."""


@dataclass(frozen=True, slots=True)
class Done:
    """The role was granted or taken."""

    act: Literal["grant", "take"]
    target: Member
    role: Role


@dataclass(frozen=True, slots=True)
class Exceeds:
    """The role has rights that the one who would grant or take it does not have."""

    role: Role
    missing: frozenset[Right]


@dataclass(frozen=True, slots=True)
class Refused:
    """It may not be done, whoever asks.

    ``owner_role``: the owner is whom Telegram says. ``is_owner``: the owner has every right and cannot be stripped.
    ``oneself``: a role for oneself would outlive the rights it came from. ``has``, ``has_not``: nothing would change.
    ``gone``, ``bot``: only people who are in the group have roles.
    """

    reason: Literal["owner_role", "is_owner", "oneself", "has", "has_not", "gone", "bot", "no_right"]
    role: Role


Verdict = Allowed | Exceeds | Refused


def may_grant(granter: Standing, target: Standing, role: Role, *, target_is_bot: bool = False) -> Verdict:
    """Decide whether a role may be granted. It never exceeds what the granter has."""
    if role is Role.OWNER:
        return Refused("owner_role", role)
    if target_is_bot:
        return Refused("bot", role)
    if target.is_creator:
        return Refused("is_owner", role)
    if target.user_id == granter.user_id:
        return Refused("oneself", role)
    if not target.is_member:
        return Refused("gone", role)
    if role in target.roles:
        return Refused("has", role)
    return _within(granter, role)


def may_take(taker: Standing, target: Standing, held: frozenset[Role], role: Role) -> Verdict:
    """Decide whether a role may be taken; ``held`` is what was granted, also to somebody who has left."""
    if role is Role.OWNER:
        return Refused("is_owner" if target.is_creator else "owner_role", role)
    if role not in held:
        return Refused("has_not", role)
    if target.user_id == taker.user_id:
        return Allowed()
    return _within(taker, role)


def _within(actor: Standing, role: Role) -> Verdict:
    if not actor.may(Right.ROLES):
        return Refused("no_right", role)
    missing = RIGHTS_OF[role] - actor.rights
    return Exceeds(role, missing) if missing else Allowed()


@dataclass(frozen=True, slots=True)
class RoleRow:
    """A granted role."""

    user_id: UserId
    role: Role
    granted_by: UserId | None
    granted_at: datetime


@dataclass(frozen=True, slots=True)
class Age:
    """When a group's administrators were learned from Telegram (None: they must be asked for), the version of what is
    known (None: nothing is), and how many members Telegram says there are.
    """

    refreshed_at: datetime | None = None
    version: int | None = None
    member_count: int | None = None


@dataclass(frozen=True, slots=True)
class Overview:
    """What ``/roles`` shows: Telegram's administrators and the bot's roles, apart."""

    admins: tuple[Member, ...]
    roles: tuple[tuple[Role, tuple[Member, ...]], ...]
    refreshed_at: datetime | None
