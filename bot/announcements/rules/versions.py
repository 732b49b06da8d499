"""The words of a published announcement beside those that are its own: on their way to the group, or refused by Telegram."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.announcements.rules.content import Content
from bot.kernel.ids import UserId


@dataclass(frozen=True, slots=True)
class Version:
    """What somebody wrote, with who had read it; ``serial`` counts the changes."""

    content: Content
    writer_id: UserId | None = None
    approval: str = ""
    reviewer_id: UserId | None = None
    reviewer_name: str = ""
    edited_at: datetime | None = None
    serial: int = 0


@dataclass(frozen=True, slots=True)
class Undone:
    """What was to be done to a message in the group and is not done.

    ``before`` are the words that the group still reads while a change is on its way, the oldest first. ``change`` is what
    Telegram would not put into the group. ``problem`` is why, or why it would not let the message be withdrawn, in its own
    words; ``gone`` says that there is no such message any more.
    """

    before: tuple[Version, ...] = ()
    change: Version | None = None
    problem: str = ""
    gone: bool = False
    serial: int = 0
    """Which of the changes the words of now are."""


NOTHING = Undone()
