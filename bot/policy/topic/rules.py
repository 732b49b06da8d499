"""A stopped topic: how it is typed, what belongs to it, and what follows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple

from bot.chats.rules.typed import folded
from bot.kernel.durations import parse_duration
from bot.kernel.lazy import lazy
from bot.policy.rules.plain import plain
from bot.policy.rules.rule import read_words
from bot.policy.rules.words import LONGEST_WORD, WordList, compiled

if TYPE_CHECKING:
    from bot.policy.rules.message import Seen

MOST_STOPPED: Final = 10
MOST_WORDS: Final = 50
SHORTEST: Final = timedelta(minutes=1)
LONGEST: Final = timedelta(days=30)
USUAL: Final = timedelta(hours=24)
"""How long a topic is stopped where nobody says."""
SEEN_KEPT: Final = timedelta(days=90)


class Later(StrEnum):
    """What happens to what somebody writes about it after they were told."""

    COUNT = "count"
    DELETE = "delete"
    STEP = "step"
    """Deleted, and the next step of the group's ladder."""


class Ended(StrEnum):
    """How it was opened again."""

    RESUMED = "resumed"
    LAPSED = "lapsed"


@dataclass(frozen=True)
class Stop:
    """What is to be stopped: words, or a thread of a forum."""

    words: tuple[str, ...] = ()
    thread_id: int | None = None
    length: timedelta = USUAL
    later: Later = Later.COUNT

    @lazy
    def listed(self) -> WordList:
        """The words as they are looked for."""
        return compiled(self.words)


@dataclass(frozen=True, slots=True)
class Stopped:
    """A stopped topic. ``number`` is the group's own; people call it T1."""

    number: int
    stop: Stop
    until: datetime
    by_name: str
    ended: Ended | None = None

    @property
    def code(self) -> str:
        """What people call it."""
        return f"T{self.number}"

    def is_on(self, now: datetime) -> bool:
        """Say whether it is still stopped."""
        return self.ended is None and now < self.until


class Written(NamedTuple):
    """A message about a stopped topic."""

    message_id: int
    user_id: int
    at: datetime
    album: str = ""
    deleted: bool = False


class Fault(StrEnum):
    """Why a topic is not stopped."""

    NOTHING = "nothing"
    UNREADABLE = "unreadable"
    """A word of which nothing is left that could be looked for."""
    TOO_MANY_WORDS = "too_many_words"
    WORD_TOO_LONG = "word_too_long"
    LENGTH = "length"
    TOO_MANY = "too_many"
    STOPPED_ALREADY = "stopped_already"


_LATER: Final[dict[str, Later]] = {
    **dict.fromkeys(("count", "hint", "记录", "只记录", "提醒", "只提醒"), Later.COUNT),
    **dict.fromkeys(("delete", "删除", "并删除"), Later.DELETE),
    **dict.fromkeys(("warn", "警告", "并警告"), Later.STEP),
}


def read_stop(typed: str, thread_id: int | None = None) -> Stop | Fault:
    """Read ``election, votes for 2h delete``, 选举 2小时 删除; without words it is the thread it was written in."""
    rest, later = _cut_later(" ".join(typed.replace("，", ",").replace("、", ",").split()))
    rest, length = _cut_length(rest)
    stop = Stop(read_words(rest), None, USUAL if length is None else length, later)
    if not stop.words and thread_id is not None:
        stop = Stop((), thread_id, stop.length, later)
    return fault_of(stop) or stop


def _cut_later(typed: str) -> tuple[str, Later]:
    before, _, last = typed.rpartition(" ")
    later = _LATER.get(folded(last))
    return (typed, Later.COUNT) if later is None else (before.rstrip(" ,"), later)


def _cut_length(typed: str) -> tuple[str, timedelta | None]:
    """Cut the length off the end: the longest of the last words that reads as one."""
    parts = typed.split(" ")
    for count in range(min(4, len(parts)), 0, -1):
        length = parse_duration(" ".join(parts[-count:])) or parse_duration("".join(parts[-count:]))
        if length is not None:
            rest = parts[:-count]
            return " ".join(rest[:-1] if rest and folded(rest[-1]) == "for" else rest).rstrip(" ,"), length
    return typed, None


def fault_of(stop: Stop) -> Fault | None:
    """Say what is wrong with what is to be stopped, or None."""
    if not stop.words and stop.thread_id is None:
        return Fault.NOTHING
    if len(stop.words) > MOST_WORDS:
        return Fault.TOO_MANY_WORDS
    if any(len(word) > LONGEST_WORD for word in stop.words):
        return Fault.WORD_TOO_LONG
    if any(not plain(word).run for word in stop.words):
        return Fault.UNREADABLE
    return None if SHORTEST <= stop.length <= LONGEST else Fault.LENGTH


def belongs(stop: Stop, seen: Seen, thread_id: int | None) -> bool:
    """Say whether a message is about a stopped topic."""
    if stop.thread_id is not None:
        return thread_id == stop.thread_id
    return stop.listed.find(seen.plain) is not None


def chosen(typed: str, on: list[Stopped]) -> Stopped | None:
    """Find the topic somebody wants to resume: by its code, by one of its words, or the only one there is."""
    wanted = folded(typed).lstrip("#")
    if not wanted:
        return on[0] if len(on) == 1 else None
    for one in on:
        if wanted in {one.code.casefold(), str(one.number)} or wanted in {folded(word) for word in one.stop.words}:
            return one
    return None
