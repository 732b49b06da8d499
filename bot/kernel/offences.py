"""A breach of a rule of the group, as one capability hands it to another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.kernel.ids import MessageId, UserId


@dataclass(frozen=True, slots=True)
class Offence:
    """What somebody wrote against which rule, seen by the bot itself.

    ``code`` and ``title`` name the rule as the group does; ``reason`` says in the group's language how it was broken. ``kind``
    is "text" or a kind of media, ``file_id`` Telegram's reference to it. ``deleted`` says that the message is being deleted.
    ``points`` are what the rule weighs where a group counts by points.
    """

    code: str
    title: str
    reason: str
    user_id: UserId
    name: str
    message_id: MessageId
    kind: str
    text: str
    file_id: str | None = None
    thread_id: int | None = None
    deleted: bool = False
    points: int = 1
