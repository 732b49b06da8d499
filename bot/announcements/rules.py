"""An announcement, the states it goes through, and who may do what to it in which of them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from bot.kernel.ids import ChatId, GroupId, MessageId, UserId
from bot.kernel.numerals import fold
from bot.kernel.roles import Right

TEXT_LIMIT: Final = 4096
CAPTION_LIMIT: Final = 1024
GRACE: Final = timedelta(hours=1)
"""How late an announcement may go out by itself: news of the morning, posted at night, would mislead."""
KINDS: Final = ("photo", "document", "video", "animation", "audio", "voice", "video_note", "sticker")
_WORDLESS: Final = frozenset({"video_note", "sticker"})
_SUPERGROUP: Final = "-100"
_BAR: Final = re.compile("[|｜]")


class State(StrEnum):
    """Where an announcement stands."""

    DRAFT = "draft"
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


class Act(StrEnum):
    """What a person does to an announcement."""

    EDIT = "edit"
    SCHEDULE = "schedule"
    PUBLISH = "publish"
    CANCEL = "cancel"
    RESTORE = "restore"
    IS_THERE = "is_there"
    """They looked: the uncertain message stands in the group."""
    AGAIN = "again"
    """They looked: it does not, so it is posted again."""
    PIN = "pin"


OPEN: Final = frozenset({State.DRAFT, State.SCHEDULED, State.MISSED, State.PUBLISHING, State.UNCERTAIN, State.FAILED})
"""The states in which something is still to be done."""
_UNSENT: Final = frozenset({State.DRAFT, State.SCHEDULED, State.MISSED, State.FAILED})
_NEXT: Final[dict[Act, dict[State, State]]] = {
    Act.EDIT: {state: state for state in (*sorted(_UNSENT), State.PUBLISHED)},
    Act.SCHEDULE: dict.fromkeys(sorted(_UNSENT), State.SCHEDULED),
    # An uncertain one is left out: publishing it would repeat what may stand there.
    Act.PUBLISH: dict.fromkeys(sorted(_UNSENT), State.PUBLISHING),
    Act.CANCEL: {
        State.DRAFT: State.DISCARDED,
        State.FAILED: State.DISCARDED,
        State.SCHEDULED: State.CANCELLED,
        State.MISSED: State.CANCELLED,
    },
    Act.RESTORE: {State.CANCELLED: State.DRAFT, State.DISCARDED: State.DRAFT},
    Act.IS_THERE: {State.UNCERTAIN: State.PUBLISHED},
    Act.AGAIN: {State.UNCERTAIN: State.PUBLISHING},
    Act.PIN: {State.PUBLISHED: State.PUBLISHED},
}
_BY_AUTHOR: Final = frozenset({Act.EDIT, Act.CANCEL, Act.RESTORE})


class Pin(StrEnum):
    """Whether a published announcement is pinned."""

    NONE = "none"
    ASKED = "asked"
    PINNED = "pinned"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Content:
    """What is posted: HTML, and at most one file that Telegram has already."""

    html: str
    kind: str | None = None
    file_id: str | None = None


@dataclass(frozen=True, slots=True)
class By:
    """Who acts, with the rights they have in the group now."""

    user_id: UserId
    name: str
    rights: frozenset[Right] = frozenset()


@dataclass(frozen=True, slots=True)
class Announcement:
    """One announcement. ``number`` counts within the group; ``attempt`` counts the postings.

    ``publisher_id`` is who published it or set its time. ``chat_id`` and ``message_id`` say where it stands. ``refusal`` is
    the kind of the last refusal, ``problem`` Telegram's own words for it.
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

    @property
    def manager_id(self) -> UserId:
        """Who is told what becomes of it."""
        return self.publisher_id if self.publisher_id is not None else self.author_id


# Outcomes


@dataclass(frozen=True, slots=True)
class Done:
    """It is done; ``before`` is the state it was in."""

    item: Announcement
    before: State


@dataclass(frozen=True, slots=True)
class Unknown:
    """The group has no announcement of this number."""

    number: int


@dataclass(frozen=True, slots=True)
class NotNow:
    """In its present state this cannot be done to it."""

    item: Announcement
    act: Act


@dataclass(frozen=True, slots=True)
class NotAllowed:
    """It is somebody else's, or already approved, and the person may not publish."""

    item: Announcement


@dataclass(frozen=True, slots=True)
class Empty:
    """There is nothing to post, or nothing that the bot can post."""


@dataclass(frozen=True, slots=True)
class TooLong:
    """The text has more characters than Telegram takes; ``with_file`` lowers the limit."""

    length: int
    limit: int
    with_file: bool


@dataclass(frozen=True, slots=True)
class NoCaption:
    """A sticker or a round video cannot carry a text."""


@dataclass(frozen=True, slots=True)
class FileFixed:
    """The file of what is published cannot be replaced."""

    number: int


@dataclass(frozen=True, slots=True)
class Past:
    """The time has passed."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Quiet:
    """It is quiet in the group until then; the person says whether to publish all the same."""

    item: Announcement
    until: datetime


ContentProblem = Empty | TooLong | NoCaption
Refused = Unknown | NotNow | NotAllowed | ContentProblem | FileFixed | Past


# What is posted


def check_content(content: Content, length: int) -> ContentProblem | None:
    """Say what is wrong with a content whose visible text has ``length`` UTF-16 units; it is never cut."""
    if content.kind is None and not length:
        return Empty()
    if content.kind in _WORDLESS and length:
        return NoCaption()
    limit = TEXT_LIMIT if content.kind is None else CAPTION_LIMIT
    return TooLong(length, limit, content.kind is not None) if length > limit else None


def merged(old: Content, new: Content) -> Content:
    """Put new words to an old file, or a new file to old words."""
    changed = replace(old, html=new.html) if new.html else old
    return changed if new.kind is None else replace(changed, kind=new.kind, file_id=new.file_id)


# Who may do what, when


def decide(item: Announcement, act: Act, by: By) -> State | NotNow | NotAllowed:
    """Return the state that follows, or why it cannot be done (R09: who may not publish changes nothing approved)."""
    if not may(item, act, by):
        return NotAllowed(item)
    after = _NEXT[act].get(item.state)
    return NotNow(item, act) if after is None else after


def may(item: Announcement, act: Act, by: By) -> bool:
    """Say whether the person has a say in this: authors in their own, as long as nobody has approved the words."""
    if Right.PUBLISH in by.rights:
        return True
    if by.user_id != item.author_id or act not in _BY_AUTHOR:
        return False
    return act is not Act.EDIT or item.state in {State.DRAFT, State.FAILED}


# When the time has come


@dataclass(frozen=True, slots=True)
class Ignore:
    """The announcement is not waiting for this any more."""


@dataclass(frozen=True, slots=True)
class Hold:
    """The group is quiet: it goes out when that ends."""

    until: datetime


@dataclass(frozen=True, slots=True)
class HoldBack:
    """Whoever set the time may not publish any more: it is a draft again."""


@dataclass(frozen=True, slots=True)
class Go:
    """It goes out."""


Firing = Ignore | Hold | HoldBack | Go


def fire(item: Announcement, *, may_publish: bool, quiet_until: datetime | None) -> Firing:
    """Say what becomes of a scheduled announcement whose time has come."""
    if item.state is not State.SCHEDULED:
        return Ignore()
    if not may_publish:
        return HoldBack()
    return Go() if quiet_until is None else Hold(quiet_until)


# What people type, and where it stands


def read_number(word: str) -> int | None:
    """Read "12" or "#12"."""
    digits = fold(word).removeprefix("#")
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= 9 else None


def split_number(line: str) -> tuple[int | None, str]:
    """Split a line into the number it begins with and the rest; a bar between the two, "1 | text", is left out."""
    head, *tail = _BAR.split(line, maxsplit=1)
    if tail and len(head.split()) == 1:
        return read_number(head.strip()), tail[0].strip()
    parts = line.split(maxsplit=1)
    if not parts:
        return None, ""
    return read_number(parts[0]), parts[1].strip() if len(parts) > 1 else ""


def without_bar(text: str) -> str:
    """Return a text without the bar that somebody put before it, as between the fields of a longer line."""
    return text[1:].lstrip() if _BAR.match(text) else text


def link_to(item: Announcement) -> str | None:
    """Return a link to the message for members of the group; basic groups have none."""
    chat = str(item.chat_id)
    if item.message_id is None or not chat.startswith(_SUPERGROUP):
        return None
    return f"https://t.me/c/{chat.removeprefix(_SUPERGROUP)}/{item.message_id}"
