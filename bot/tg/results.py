"""What became of an effect: Telegram did it, would not, or its answer was lost; and to whom that is told.

Whoever names effects names these beside them, so :mod:`bot.tg.effects` has them too.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Refusal(StrEnum):
    """Why Telegram did not do what was asked."""

    NO_RIGHT = "no_right"
    """The bot lacks the right, or its target is the owner or an administrator."""
    TARGET_ADMIN = "target_admin"
    """The person is an administrator or the owner."""
    TARGET_GONE = "target_gone"
    """The person is not in the chat."""
    BASIC_GROUP = "basic_group"
    """Only supergroups can do this."""
    CHAT_GONE = "chat_gone"
    """The bot was removed, or the chat is gone."""
    BLOCKED = "blocked"
    """The person has not started the bot, or has blocked it."""
    MESSAGE_GONE = "message_gone"
    """The message does not exist (any more), or is too old."""
    TOO_LATE = "too_late"
    """The tap is too old to be answered, or the effect's own time ran out."""
    DROPPED = "dropped"
    """The effect it depended on was not done."""
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Delivered:
    """Telegram did it. ``message_id`` for sends, ``value`` for an invite link, and for all messages of an album."""

    effect_id: int
    key: str
    chat_id: int | None
    message_id: int | None = None
    value: str | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """Telegram would not; nothing happened. ``text`` is Telegram's own reason."""

    effect_id: int
    key: str
    chat_id: int | None
    refusal: Refusal
    text: str


@dataclass(frozen=True, slots=True)
class Uncertain:
    """The answer was lost: it may have happened, or not."""

    effect_id: int
    key: str
    chat_id: int | None


SendResult = Delivered | Refused | Uncertain


@dataclass(frozen=True, slots=True)
class OnResult:
    """To whom the result of an effect is delivered, as a turn of its own."""

    capability: str
    kind: str
    key: str
