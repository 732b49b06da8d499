"""Times as people type them, in English and Chinese, mixed as they like.

What is promised:

- Nothing is guessed in silence: a date that can be read two ways comes back as :class:`Ambiguous`, a past, skipped or
  absurdly distant one with its reason, and so does a day or an hour that there never is. No text raises an exception.
- ``now`` is an argument (aware, UTC); what comes out is aware and in UTC, read in the zone given.
- An hour without am or pm is of the 24-hour clock (8 is 08:00) unless the part of the day is named (tonight 8, 晚上8点).
- A weekday is the next one that lies ahead; 下周六 and "next Saturday" are of next week, which begins on Monday.
- "in 2 hours" is exact; "in 3 days" names a day and no hour. An hour that the clock shows twice is the first.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from bot.kernel.times.hours import is_impossible, parse_clock, parse_range
from bot.kernel.times.local import Exists, Gap, LocalOutcome, Twice, local_to_utc, to_local
from bot.kernel.times.outcomes import (
    Ambiguous,
    DoesNotExist,
    InPast,
    NoSuchDay,
    NoSuchHour,
    NotUnderstood,
    Parsed,
    TimeOutcome,
    TooFar,
)
from bot.kernel.times.resolve import HORIZON, resolve
from bot.kernel.times.scan import Scanned, scan_line
from bot.kernel.times.weekdays import parse_weekdays, scan_weekdays

__all__ = [
    "HORIZON",
    "Ambiguous",
    "DoesNotExist",
    "Exists",
    "Gap",
    "InPast",
    "LocalOutcome",
    "NoSuchDay",
    "NoSuchHour",
    "NotUnderstood",
    "Parsed",
    "TimeOutcome",
    "TooFar",
    "Twice",
    "complete",
    "is_impossible",
    "local_to_utc",
    "parse_clock",
    "parse_range",
    "parse_time",
    "parse_weekdays",
    "scan_weekdays",
    "split_time",
    "to_local",
]

_TRAILING: Final = re.compile(r"[\s.,!。，！]*")
_SEPARATOR: Final = re.compile(r"[\s,;:|，；、：。]*(?:[-–—]\s+)?")
_HAN: Final = re.compile(r"[\u4e00-\u9fff]")


def parse_time(text: str, now: datetime, tz: ZoneInfo, *, day_first: bool | None = None) -> TimeOutcome:
    """Read a text that is a time and nothing else.

    ``day_first`` says how somebody who is known to write 01/02 means it; unsaid, both readings come back, except beside
    Chinese words, where the month comes first.
    """
    outcome = _whole(text, now, tz, day_first)
    if isinstance(outcome, NotUnderstood) and is_impossible(
        text, lambda mended: _is_time(_whole(mended, now, tz, day_first))
    ):
        return NoSuchHour(text)
    return outcome


def _whole(text: str, now: datetime, tz: ZoneInfo, day_first: bool | None) -> TimeOutcome:
    stripped = text.strip()
    scanned = scan_line(stripped, whole=True)
    if scanned is None or _TRAILING.fullmatch(stripped, scanned.end) is None:
        return NotUnderstood(text)
    return _outcome(text, stripped, scanned, now, tz, day_first)


def _is_time(outcome: TimeOutcome) -> bool:
    return not isinstance(outcome, NotUnderstood)


def split_time(text: str, now: datetime, tz: ZoneInfo, *, day_first: bool | None = None) -> tuple[TimeOutcome, str]:
    """Read the longest time at the start of ``text``, and return the rest without what separated it.

    Where there is none, the whole text is the rest; "50/60 split" begins with figures, not with a day that is wanting.
    """
    stripped = text.strip()
    scanned = scan_line(stripped, whole=False)
    outcome = NotUnderstood(text) if scanned is None else _outcome(text, stripped, scanned, now, tz, day_first)
    if scanned is None or isinstance(outcome, NotUnderstood | NoSuchDay):
        return NotUnderstood(text), text
    rest = stripped[scanned.end :]
    separator = _SEPARATOR.match(rest)
    return outcome, rest if separator is None else rest[separator.end() :]


def _outcome(
    text: str, stripped: str, scanned: Scanned, now: datetime, tz: ZoneInfo, day_first: bool | None
) -> TimeOutcome:
    matched = stripped[: scanned.end]
    if day_first is None and _HAN.search(matched):
        day_first = False
    outcome = resolve(scanned.clues, matched, now, tz, day_first=day_first)
    match outcome:
        case NotUnderstood():
            return NotUnderstood(text)
        case NoSuchDay():
            return NoSuchDay(text)
        case _:
            return outcome


def complete(day: Parsed, clock: str, now: datetime, tz: ZoneInfo) -> TimeOutcome:
    """Put the hour that was asked for to a day without one: "tonight", answered by "8", is 20:00."""
    date = f"{to_local(day.at, tz):%Y-%m-%d}"
    if parse_clock(clock) is None:
        return NotUnderstood(clock)
    plain = parse_time(f"{date} {clock}", now, tz)
    if not day.part:
        return plain
    moved = parse_time(f"{date} {day.part} {clock}", now, tz)
    return plain if isinstance(moved, NotUnderstood) else moved
