"""People and what they are to a group, and what a change of membership means."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.kernel.ids import GroupId, UserId

SECONDS_A_DAY = 86_400
SAME_MOVE = timedelta(minutes=10)
"""Telegram tells of one join or leave twice (an update and a service message): within this time they are one."""
_EPOCH = date(1970, 1, 1)
_ADMIN = frozenset({"creator", "administrator"})
_IN_GROUP = _ADMIN | {"member"}
RIGHTS = (
    "can_change_info",
    "can_delete_messages",
    "can_restrict_members",
    "can_invite_users",
    "can_pin_messages",
    "can_manage_topics",
    "can_manage_tags",
    "can_manage_video_chats",
    "can_promote_members",
    "is_anonymous",
)
"""Telegram's rights of an administrator that we keep, in the order of Telegram's own settings."""


class Presence(StrEnum):
    """Whether somebody is in a group."""

    PRESENT = "present"
    LEFT = "left"
    REMOVED = "removed"
    UNKNOWN = "unknown"
    """Seen only in a reply or a mention."""

    @property
    def is_gone(self) -> bool:
        """Whether the person is known not to be there."""
        return self in {Presence.LEFT, Presence.REMOVED}


HERE = (Presence.PRESENT.value, Presence.UNKNOWN.value)
"""As what somebody is stored who is known in a group and has not left it."""


class MoveKind(StrEnum):
    """How somebody came or went."""

    JOINED = "joined"
    ADDED = "added"
    LEFT = "left"
    REMOVED = "removed"

    @property
    def is_in(self) -> bool:
        """Whether the person came."""
        return self in {MoveKind.JOINED, MoveKind.ADDED}


@dataclass(frozen=True, slots=True)
class Person:
    """A Telegram account."""

    user_id: UserId
    first_name: str = ""
    last_name: str | None = None
    username: str | None = None
    language_code: str | None = None
    is_bot: bool = False

    @property
    def name(self) -> str:
        """First and last name; the @name or the number where an account has none (a deleted one)."""
        full = f"{self.first_name} {self.last_name or ''}".strip()
        return full or (f"@{self.username}" if self.username else f"#{self.user_id}")


@dataclass(frozen=True, slots=True)
class Member:
    """A person in a group. ``admin_rights`` are Telegram's names of the rights of an administrator."""

    person: Person
    presence: Presence = Presence.UNKNOWN
    is_admin: bool = False
    is_creator: bool = False
    admin_rights: frozenset[str] = frozenset()
    tag: str | None = None
    custom_title: str | None = None
    joined_at: datetime | None = None
    left_at: datetime | None = None
    last_seen: date | None = None
    added_by: UserId | None = None

    @property
    def user_id(self) -> UserId:
        """The account's id."""
        return self.person.user_id

    @property
    def name(self) -> str:
        """The account's name."""
        return self.person.name


@dataclass(frozen=True, slots=True)
class Move:
    """Somebody came or went. ``by`` is who added or removed them."""

    group_id: GroupId
    user_id: UserId
    kind: MoveKind
    by: UserId | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Change:
    """What a change of membership means: where the person is now, and the move, if it was one.

    ``touches_admins`` says that an administrator came or went or changed; ``rights_known`` is False where the update does
    not show an administrator's rights.
    """

    presence: Presence
    move: MoveKind | None
    touches_admins: bool = False
    rights_known: bool = True


@dataclass(frozen=True, slots=True)
class Counts:
    """How many members are known, of how many (None: Telegram has not been asked)."""

    known: int
    total: int | None = None
    bots: int = 0


def is_admin(status: str) -> bool:
    """Say whether Telegram's status means an administrator, the creator included."""
    return status in _ADMIN


def is_in_group(status: str, is_member: bool) -> bool:
    """Say whether Telegram's status means being in the group; a restricted person may be in or out."""
    return status in _IN_GROUP or (status == "restricted" and is_member)


def change_of(*, was_in: bool, is_in: bool, old_status: str, new_status: str, by_oneself: bool) -> Change:
    """Read a change of membership."""
    if is_in:
        move = None if was_in else (MoveKind.JOINED if by_oneself else MoveKind.ADDED)
        return Change(Presence.PRESENT, move)
    removed = new_status == "kicked" or (was_in and not by_oneself)
    if was_in:
        return Change(Presence.REMOVED, MoveKind.REMOVED) if removed else Change(Presence.LEFT, MoveKind.LEFT)
    # Lifting a ban leaves somebody who was removed where they are: outside, and not by their own will.
    return Change(Presence.REMOVED if removed or old_status == "kicked" else Presence.LEFT, None)


def is_same_move(last: Move | None, kind: MoveKind, at: datetime) -> bool:
    """Say whether a move was told of already."""
    return last is not None and last.kind.is_in == kind.is_in and abs(at - last.at) <= SAME_MOVE


def username_key(username: str | None) -> str | None:
    """Return the form in which @names are compared: they differ only by case."""
    return username.lower() if username else None


def name_key(name: str) -> str:
    """Return the form in which display names are compared: without case, spaces and width."""
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())[:200]


def clean(text: str | None) -> str | None:
    """Return a text that any database takes: without NUL, without halves of characters."""
    if text is None:
        return None
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")


def day_number(at: datetime) -> int:
    """Return the UTC day of an instant, counted from 1970."""
    return int(at.timestamp()) // SECONDS_A_DAY


def day_of(number: int) -> date | None:
    """Return the day of a number; 0 is none."""
    return _EPOCH + timedelta(days=number) if number else None
