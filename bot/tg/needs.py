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
class CountNeed:
    """How many members a chat has."""

    chat_id: ChatId


@dataclass(frozen=True, slots=True)
class PermissionsNeed:
    """What every member of a chat may do at this moment. An answer serves once: administrators change it unseen."""

    chat_id: ChatId


@dataclass(frozen=True, slots=True)
class MemberNeed:
    """What somebody is in a chat at this moment. An answer serves once: administrators change it."""

    chat_id: ChatId
    user_id: UserId


@dataclass(frozen=True, slots=True)
class FileNeed:
    """The bytes of a file, of which it is known that it is small."""

    file_id: str


MOST_BYTES = 1_000_000
"""Larger files are not fetched."""
Need = AdministratorsNeed | CountNeed | PermissionsNeed | MemberNeed | FileNeed


@dataclass(frozen=True, slots=True)
class Unanswered:
    """Telegram refused or gave no answer; ``text`` is its reason.

    ``final``: asked again, it would say the same. ``retry_after`` are the seconds it wants us to wait, if it said so.
    """

    text: str
    final: bool = False
    retry_after: float = 0.0


@dataclass(frozen=True, slots=True)
class Answers:
    """What Telegram answered: for administrators the JSON of ``ChatMember`` objects, for a member that of one, for a count digits.

    For permissions it is the JSON of a ``ChatPermissions`` object, for a file its bytes.
    """

    found: Mapping[Need, bytes | Unanswered] = field(default_factory=dict)

    def get(self, need: Need) -> bytes | Unanswered | None:
        """Return the answer, or None when it was never asked."""
        return self.found.get(need)
