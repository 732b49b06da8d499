"""When those are reminded by themselves who have not done yet what an announcement asks: as it is typed, and as it is kept."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from bot.announcements.rules.nudging import APART, MOST_NUDGES
from bot.kernel.durations import parse_duration
from bot.kernel.numerals import fold

LONGEST: Final = timedelta(days=30)
"""How long after an announcement it still makes sense to remind of it, or to wait for it to be read."""
PLAN: Final = (timedelta(hours=1), timedelta(hours=24))
"""When they are reminded, unless the manager says otherwise."""
NUDGE_WORDS: Final = ("nudge", "nudges", "remind", "reminders", "提醒", "催", "催办")
"""How the part of a line begins that says it."""
NONE_WORDS: Final = frozenset(
    {"none", "off", "no", "never", "-", "0", "无", "没有", "关", "关闭", "不要", "取消", "不提醒"}
)
_SEPARATOR: Final = re.compile(r"[,，、;；]| (?:and|then) |和|再")
_ITEM: Final = re.compile(r"^(?:after|in)\s+|后$|之后$|以后$")


def write_delays(nudges: tuple[timedelta, ...]) -> str:
    """Return a plan of reminders as a row or a button carries it."""
    return ",".join(str(int(after.total_seconds())) for after in nudges)


def read_delays(kept: str) -> tuple[timedelta, ...]:
    """Read a plan back that :func:`write_delays` wrote."""
    return tuple(timedelta(seconds=int(part)) for part in kept.split(",") if part)


def is_none(typed: str) -> bool:
    """Say whether somebody wants none of it."""
    return fold(typed.strip()) in NONE_WORDS


@dataclass(frozen=True, slots=True)
class NoDelay:
    """One of the reminders is no length of time."""

    typed: str


@dataclass(frozen=True, slots=True)
class TooMany:
    """More reminders than there may be; fewer than an announcement may have, where the last is kept for the end."""

    count: int
    most: int = MOST_NUDGES


@dataclass(frozen=True, slots=True)
class TooClose:
    """A reminder comes too soon after the announcement, or after the one before."""


@dataclass(frozen=True, slots=True)
class TooLate:
    """A reminder, or a deadline that is counted from the posting, comes too long after the announcement."""


Fault = NoDelay | TooMany | TooClose | TooLate


def read_nudges(typed: str, most: int = MOST_NUDGES) -> tuple[timedelta, ...] | Fault:
    """Read a plan of so many reminders at ``most``: ``1h,24h``, ``1 hour and 2 days``, 1小时、24小时; "off" is none."""
    if is_none(typed):
        return ()
    parts = [part.strip() for part in _SEPARATOR.split(fold(typed)) if part.strip()]
    lengths: list[timedelta] = []
    for part in parts or [typed]:
        # “1h 30min” is one length, “1h 2h” are two.
        length = _length(part)
        found = [length] if length is not None else [_length(word) for word in part.split()]
        if not found or None in found:
            return NoDelay(part.strip() or typed)
        lengths += [one for one in found if one is not None]
    return _checked(tuple(sorted(lengths)), most)


def _length(typed: str) -> timedelta | None:
    return parse_duration(_ITEM.sub("", typed).strip())


def _checked(nudges: tuple[timedelta, ...], most: int) -> tuple[timedelta, ...] | Fault:
    """Return a plan, or what is wrong with it."""
    if len(nudges) > most:
        return TooMany(len(nudges), most)
    if any(later - earlier < APART for earlier, later in zip((timedelta(), *nudges), nudges, strict=False)):
        return TooClose()
    return TooLate() if nudges and nudges[-1] > LONGEST else nudges
