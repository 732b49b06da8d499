"""What must be asked of Telegram before a turn may decide, and the answers it got."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.kernel.ids import ChatId, UserId


@dataclass(frozen=True, slots=True)
class AdministratorsNeed:
    """Who the administrators of a chat are at this moment."""

    chat_id: ChatId


@dataclass(frozen=True, slots=True)
class MemberNeed:
    """What a person is in a chat at this moment."""

    chat_id: ChatId
    user_id: UserId


@dataclass(frozen=True, slots=True)
class CountNeed:
    """How many members a chat has."""

    chat_id: ChatId


@dataclass(frozen=True, slots=True)
class FileNeed:
    """The bytes of a file (at most 20 MB, as Telegram allows)."""

    file_id: str


Need = AdministratorsNeed | MemberNeed | CountNeed | FileNeed


@dataclass(frozen=True, slots=True)
class Unanswered:
    """Telegram refused or gave no answer; ``text`` is its reason."""

    text: str


@dataclass(frozen=True, slots=True)
class Answers:
    """What Telegram answered: for administrators and members the JSON of ``ChatMember`` objects, for a count its digits,
    for files the bytes."""

    found: Mapping[Need, bytes | Unanswered] = field(default_factory=dict)

    def get(self, need: Need) -> bytes | Unanswered | None:
        """Return the answer, or None when it was never asked."""
        return self.found.get(need)
