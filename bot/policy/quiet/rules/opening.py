"""``/open``: until when a group that would be quiet is open."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import TYPE_CHECKING, Final

from bot.chats.rules.typed import OFF_WORDS, folded
from bot.kernel.durations import parse_duration
from bot.kernel.times import Parsed, local_to_utc, parse_clock, parse_time

if TYPE_CHECKING:
    from bot.kernel.groups import Group

AHEAD: Final = timedelta(hours=24)
"""A group is opened for quiet hours that have begun or begin that soon."""
_BEFORE: Final = re.compile(r"(?:until|till|to|for|开放到|开放至|开放|开到|开至|直到|到|至)\s*")
_AFTER: Final = re.compile(r"\s*(?:为止|止|结束)$")


class Fault(Enum):
    """Why a group is not opened."""

    NO_TIME = "no_time"
    NEVER_QUIET = "never_quiet"
    """There are no quiet hours to suspend in the next day."""
    TOO_EARLY = "too_early"
    """It is not quiet before that anyway."""
    TOO_LATE = "too_late"
    """The quiet hours are over before that."""


@dataclass(frozen=True, slots=True)
class Open:
    """The group is to be open until then; ``whole`` says that its quiet hours are over by then."""

    until: datetime
    whole: bool = False


@dataclass(frozen=True, slots=True)
class CannotOpen:
    """It is not opened. ``at`` is when the quiet hours begin (too early) or end (too late)."""

    fault: Fault
    at: datetime | None = None


def is_off(typed: str) -> bool:
    """Say whether the opening is to be taken back."""
    return folded(typed) in OFF_WORDS


def read_open(typed: str, group: Group, now: datetime) -> Open | CannotOpen:
    """Read ``until 23:00``, ``2h``, 到23:00, 2小时; nothing at all means until the quiet hours end.

    An hour is the next such hour. Only the quiet hours that hold now, or begin within a day, are suspended.
    """
    coming = group.coming_quiet(now)
    if coming is None or coming[0] - now > AHEAD:
        return CannotOpen(Fault.NEVER_QUIET)
    start, end = coming
    wanted = _AFTER.sub("", _BEFORE.sub("", folded(typed), count=1))
    if not wanted:
        return Open(end, whole=True)
    until = _until(wanted, group, now)
    if until is None:
        return CannotOpen(Fault.NO_TIME)
    if until <= start:
        return CannotOpen(Fault.TOO_EARLY, start)
    return CannotOpen(Fault.TOO_LATE, end) if until > end else Open(until, whole=until == end)


def _until(typed: str, group: Group, now: datetime) -> datetime | None:
    length = parse_duration(typed)
    if length is not None:
        return now + min(length, 2 * AHEAD) if length > timedelta() else None
    clock = parse_clock(typed)
    if clock is not None:
        local = group.local(now)
        day = local.date() if clock > local.time() else local.date() + timedelta(days=1)
        return local_to_utc(datetime.combine(day, clock), group.tz).at.astimezone(now.tzinfo)
    read = parse_time(typed, now, group.tz)
    return read.at if isinstance(read, Parsed) and not read.date_only else None
