"""What a manager sets, and the posts that wait."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from bot.kernel.ids import UserId

LIMIT: Final = timedelta(hours=2)
SHORTEST: Final = timedelta(minutes=10)
LONGEST: Final = timedelta(days=7)
MOST_WORDS: Final = 300
LONGEST_WORD: Final = 60
MOST_POSTS: Final = 200
TEXT_LIMIT: Final = 4096
CAPTION_LIMIT: Final = 1024
"""Telegram's limits, in UTF-16 units of the visible text."""


class Steer(StrEnum):
    """What happens when the time is up."""

    TELL = "tell"
    """Managers are told."""
    POST = "post"
    """The next prepared post goes out; where none is left, managers are told."""


@dataclass(frozen=True, slots=True)
class Theme:
    """A group's theme. ``struck`` are words the group uses that shall not count; ``let_be`` ends a manager's leave to stray."""

    on: bool = False
    limit: timedelta = LIMIT
    steer: Steer = Steer.TELL
    learns: bool = True
    words: tuple[str, ...] = ()
    struck: tuple[str, ...] = ()
    let_be: datetime | None = None


class Fault(StrEnum):
    """Why something cannot be set."""

    NO_WORDS = "no_words"
    TOO_MANY_WORDS = "too_many_words"
    WORD_TOO_LONG = "word_too_long"
    NOT_A_TIME = "not_a_time"
    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    TOO_MANY_POSTS = "too_many_posts"
    EMPTY_POST = "empty_post"
    POST_TOO_LONG = "post_too_long"


def fault_of_words(words: tuple[str, ...]) -> Fault | None:
    """Say what is wrong with a list of words, or None."""
    if len(words) > MOST_WORDS:
        return Fault.TOO_MANY_WORDS
    return Fault.WORD_TOO_LONG if any(len(word) > LONGEST_WORD for word in words) else None


def fault_of_limit(limit: timedelta | None) -> Fault | None:
    """Say what is wrong with a length of time, or None."""
    if limit is None:
        return Fault.NOT_A_TIME
    return Fault.TOO_SHORT if limit < SHORTEST else Fault.TOO_LONG if limit > LONGEST else None


# Prepared posts


class PostState(StrEnum):
    """Where a prepared post stands."""

    WAITING = "waiting"
    SENT = "sent"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Draft:
    """A post as somebody hands it in: HTML, perhaps with a file (Telegram's kind and ``file_id``)."""

    html: str
    kind: str | None = None
    file_id: str | None = None


@dataclass(frozen=True, slots=True)
class Post:
    """A prepared post. ``number`` stays its own; ``place`` says where in the line it stands, lowest first."""

    number: int
    draft: Draft
    added_by: UserId
    added_name: str
    state: PostState = PostState.WAITING
    place: int = 0
    sent_at: datetime | None = None
