"""Dates and hours written in figures, which need no language: ISO 8601, ``01/02/2027``, ``18:30``."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from typing import Final

from bot.kernel.times.clues import ClockTime, Clue, Date, Figures, Instant, Scanner, clock_time, pattern

_YMD: Final = r"([0-9]{4})(?P<sep>[-/.])([0-9]{1,2})(?P=sep)([0-9]{1,2})"
_HMS: Final = r"([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(?:[.,][0-9]{1,9})?)?"


def _ymd(found: re.Match[str]) -> Date:
    return Date(int(found[1]), int(found[3]), int(found[4]))


def _hms(hour: str, minute: str, second: str | None) -> ClockTime | None:
    clock = clock_time(int(hour), int(minute))
    seconds = int(second or 0)
    if clock is None or seconds > 59 or (clock.hour == 24 and seconds):
        return None
    return ClockTime(clock.hour, clock.minute, seconds)


def _local_stamp(found: re.Match[str]) -> tuple[Clue, ...] | None:
    clock = _hms(found[5], found[6], found[7])
    return None if clock is None else (_ymd(found), clock)


def _instant(found: re.Match[str]) -> Instant | None:
    clock = _hms(found[5], found[6], found[7])
    if clock is None:
        return None
    offset = timedelta(0)
    if found["sign"]:
        offset = timedelta(hours=int(found["oh"]), minutes=int(found["om"] or 0))
    try:
        day = datetime(
            int(found[1]), int(found[3]), int(found[4]), tzinfo=timezone(-offset if found["sign"] == "-" else offset)
        )
        stamp = day + timedelta(hours=clock.hour, minutes=clock.minute, seconds=clock.second)
        return Instant(stamp.astimezone(UTC))
    except (ValueError, OverflowError):
        return None


def _figures(found: re.Match[str]) -> Figures:
    written = found["year"]
    year = None if written is None else int(written) + (2000 if len(written) == 2 else 0)
    return Figures(int(found["a"]), int(found["b"]), year)


SCANNERS: Final[tuple[Scanner, ...]] = (
    pattern(
        rf"{_YMD}(?:t| +){_HMS} ?(?:z|utc|gmt|(?P<sign>[+-])(?P<oh>[0-9]{{2}}):?(?P<om>[0-9]{{2}})?)(?![0-9a-z:])",
        _instant,
    ),
    pattern(rf"{_YMD}t{_HMS}(?![0-9:])", _local_stamp),
    pattern(rf"{_YMD}(?![0-9])", _ymd),
    pattern(r"(?P<a>[0-9]{1,2})/(?P<b>[0-9]{1,2})(?:/(?P<year>[0-9]{4}|[0-9]{2}))?(?![0-9/])", _figures),
    pattern(r"(?P<a>[0-9]{1,2})(?P<sep>[.-])(?P<b>[0-9]{1,2})(?P=sep)(?P<year>[0-9]{4})(?![0-9])", _figures),
    pattern(rf"{_HMS}(?![0-9:])", lambda found: _hms(found[1], found[2], found[3])),
    pattern(r"([0-9]{1,2})(?![0-9%a-z]|[-:./][0-9])", lambda found: clock_time(int(found[1]), bare=True)),
)
