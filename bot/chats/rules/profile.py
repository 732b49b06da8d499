"""A group's profile, and what follows from how the bot stands in its chat."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, StrEnum
from typing import TYPE_CHECKING, Final, get_args

from bot.kernel.groups import Group, Purpose

if TYPE_CHECKING:
    from datetime import datetime

    from bot.kernel.ids import ChatId, ThreadId, UserId

PURPOSES: Final[tuple[Purpose, ...]] = get_args(Purpose)


class BotRight(StrEnum):
    """A right of an administrator that the bot has a use for, by Telegram's name."""

    DELETE = "can_delete_messages"
    RESTRICT = "can_restrict_members"
    PIN = "can_pin_messages"
    INVITE = "can_invite_users"
    TAGS = "can_manage_tags"
    TOPICS = "can_manage_topics"


@dataclass(frozen=True, slots=True)
class BotStanding:
    """How the bot stands in a chat; ``rights`` is None while Telegram has not said which it has."""

    status: str = "unknown"
    rights: frozenset[BotRight] | None = None
    at: datetime | None = None

    @property
    def is_admin(self) -> bool:
        """Whether the bot is an administrator."""
        return self.status == "administrator"

    @property
    def is_known(self) -> bool:
        """Whether Telegram has said which rights the bot has."""
        return self.status != "unknown" and not (self.is_admin and self.rights is None)


@dataclass(frozen=True, slots=True)
class Profile:
    """A group with what only its settings page needs."""

    group: Group
    bot: BotStanding
    created_at: datetime
    added_by: UserId | None = None
    set_up_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Private:
    """What is known of a person's private conversation with the bot."""

    user_id: UserId
    reachable: bool = False
    focus: int | None = None


@dataclass(frozen=True, slots=True)
class By:
    """Who changes something, and when; ``user_id`` None is the bot itself."""

    user_id: UserId | None
    at: datetime
    name: str = ""


class PlaceKind(Enum):
    """How public a place is."""

    PRIVATE = "private"
    MANAGERS = "managers"
    GROUP = "group"


@dataclass(frozen=True, slots=True)
class Place:
    """Where to say something meant for managers. In a ``GROUP`` everybody reads it, and the text has to say so."""

    chat_id: ChatId
    thread_id: ThreadId | None
    kind: PlaceKind
    user_id: UserId | None = None
    """Whose private conversation it is."""


class Presence(Enum):
    """What a change of the bot's own status means."""

    ADDED = "added"
    REMOVED = "removed"
    RIGHTS = "rights"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class BotChange:
    """What Telegram reports about the bot in a chat; ``language`` is the language code of who did it."""

    was_in: bool
    is_in: bool
    standing: BotStanding
    by: By
    language: str | None = None


@dataclass(frozen=True, slots=True)
class BotNews:
    """What came of it: ``lost`` are rights that are newly missing, ``lacking`` all that are missing now (None: not known)."""

    kind: Presence
    group: Group
    set_up: bool
    lost: tuple[BotRight, ...] = ()
    gained: tuple[BotRight, ...] = ()
    lacking: tuple[BotRight, ...] | None = None


def is_present(status: str, *, is_member: bool = True) -> bool:
    """Say whether a status means being in the chat; a restricted member may have left."""
    return status in {"creator", "administrator", "member"} or (status == "restricted" and is_member)


def presence(*, was_in: bool, is_in: bool, rights_changed: bool) -> Presence:
    """Say what has happened to the bot."""
    if was_in != is_in:
        return Presence.ADDED if is_in else Presence.REMOVED
    return Presence.RIGHTS if is_in and rights_changed else Presence.NOTHING


def wanted_rights(group: Group) -> tuple[BotRight, ...]:
    """Return the rights the bot has a use for: restricting and tags exist in supergroups only, topics in forums only."""
    wanted = [BotRight.DELETE, BotRight.PIN, BotRight.INVITE]
    if group.kind == "supergroup":
        wanted[1:1] = [BotRight.RESTRICT]
        wanted.append(BotRight.TAGS)
    if group.is_forum:
        wanted.append(BotRight.TOPICS)
    return tuple(wanted)


def lacking_rights(group: Group, bot: BotStanding) -> tuple[BotRight, ...]:
    """Return the wanted rights that the bot is known not to have."""
    if not bot.is_known:
        return ()
    held = bot.rights or frozenset() if bot.is_admin else frozenset()
    return tuple(right for right in wanted_rights(group) if right not in held)


def report_rights(group: Group, bot: BotStanding) -> tuple[BotRight, ...] | None:
    """Return the wanted rights that the bot does not have, or None while that is not known."""
    return lacking_rights(group, bot) if bot.is_known else None


def newly_lacking(group: Group, before: BotStanding, after: BotStanding) -> tuple[BotRight, ...]:
    """Return the rights that were there and are gone; nothing is said twice about a right that never was."""
    missed = lacking_rights(group, before)
    return tuple(right for right in lacking_rights(group, after) if right not in missed) if before.is_known else ()
