"""An announcement and the states it goes through."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final

from bot.announcements.rules.content import Content
from bot.announcements.rules.versions import NOTHING, Undone
from bot.kernel.ids import ChatId, GroupId, MessageId, UserId
from bot.kernel.roles import Right

_SUPERGROUP: Final = "-100"


class State(StrEnum):
    """Where an announcement stands."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    """It waits for somebody else's eyes (R09)."""
    APPROVED = "approved"
    """Somebody else has read exactly these words, and nobody has said when it goes out."""
    SCHEDULED = "scheduled"
    MISSED = "missed"
    """Its time passed while the bot was down: a manager decides."""
    PUBLISHING = "publishing"
    """It is on its way to Telegram."""
    UNCERTAIN = "uncertain"
    """It may stand in the group, or not: a manager looks."""
    PUBLISHED = "published"
    FAILED = "failed"
    """Telegram refused it."""
    CANCELLED = "cancelled"
    """It had a time and will not go out."""
    DISCARDED = "discarded"
    """It was a draft and will not go out."""
    REJECTED = "rejected"
    """A reviewer turned it down."""
    WITHDRAWN = "withdrawn"
    """It stood in the group and was taken back."""


OPEN: Final = frozenset(
    {
        State.DRAFT,
        State.IN_REVIEW,
        State.APPROVED,
        State.SCHEDULED,
        State.MISSED,
        State.PUBLISHING,
        State.UNCERTAIN,
        State.FAILED,
    }
)
"""The states in which something is still to be done."""


class Pin(StrEnum):
    """Whether a published announcement is pinned."""

    NONE = "none"
    ASKED = "asked"
    PINNED = "pinned"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class By:
    """Who acts, with the rights they have in the group now."""

    user_id: UserId
    name: str
    rights: frozenset[Right] = frozenset()

    @property
    def is_owner(self) -> bool:
        """Whether the group is theirs: nobody else grants roles."""
        return Right.ROLES in self.rights


@dataclass(frozen=True, slots=True)
class Announcement:
    """One announcement. ``number`` counts within the group; ``attempt`` counts the postings.

    ``publisher_id`` is who published it or set its time. ``chat_id`` and ``message_id`` say where it stands. ``refusal`` is
    the kind of the last refusal, ``problem`` Telegram's own words for it.

    An ``urgent`` one is not held by quiet hours. ``options`` are what the parts keep with it, each under its own name; they
    go along with copies, and no word that members read is among them. ``credit`` names who handed it in (R25). ``pending`` is
    another content of a published one that waits for review, which ``pending_by`` wrote; ``remark`` is the reviewer's.
    """

    id: int
    group_id: GroupId
    number: int
    state: State
    content: Content
    author_id: UserId
    author_name: str
    created_at: datetime
    due_at: datetime | None = None
    publisher_id: UserId | None = None
    publisher_name: str = ""
    attempt: int = 0
    posted_at: datetime | None = None
    chat_id: ChatId | None = None
    message_id: MessageId | None = None
    pin: Pin = Pin.NONE
    refusal: str = ""
    problem: str = ""
    urgent: bool = False
    options: Mapping[str, str] = field(default_factory=dict, hash=False)
    credit: str = ""
    writer_id: UserId | None = None
    """Who last changed the words, or handed them in for review as they are."""
    reviewer_id: UserId | None = None
    reviewer_name: str = ""
    remark: str = ""
    remark_by: str = ""
    approval: str = ""
    """What the reviewer has approved, as :func:`~bot.announcements.rules.review.stamp` writes it; empty where nobody has."""
    handed: str = ""
    """What was last handed in, as :func:`~bot.announcements.rules.review.shown` writes it: who approves by typing means that."""
    pending: Content | None = None
    pending_by: UserId | None = None
    broadcast_id: int | None = None
    recurring_id: int | None = None
    recurred_id: int | None = None
    """The recurring announcement whose pattern this was until that ended."""
    edited_at: datetime | None = None
    withdrawn_at: datetime | None = None
    withdrawn_by: str = ""
    withdrawn_why: str = ""
    message_ids: tuple[int, ...] = ()
    """All messages of an album, of which ``message_id`` is the first."""
    below_id: MessageId | None = None
    """The message with the buttons that an album cannot carry."""
    undone: Undone = NOTHING
    """What was to be done to it in the group and is not done."""

    @property
    def is_pattern(self) -> bool:
        """Whether others are made like it, date by date: it has no time itself, and is no work left undone."""
        return self.recurring_id is not None and self.publisher_id is None

    @property
    def manager_id(self) -> UserId:
        """Who is told what becomes of it."""
        return self.publisher_id if self.publisher_id is not None else self.author_id


@dataclass(frozen=True, slots=True)
class Brief:
    """How the copy of a broadcast stands in one group, without its words."""

    group_id: GroupId
    number: int
    state: State
    pin: Pin
    refusal: str
    problem: str


def link_to(item: Announcement) -> str | None:
    """Return a link to the message for members of the group; basic groups have none."""
    chat = str(item.chat_id)
    if item.message_id is None or not chat.startswith(_SUPERGROUP):
        return None
    return f"https://t.me/c/{chat.removeprefix(_SUPERGROUP)}/{item.message_id}"
