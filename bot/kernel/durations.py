"""Durations as people type them, in English and Chinese: ``1h30m``, ``90 min``, ``2 days``, 半小时, 一个半小时, 一周."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from bot.kernel.numerals import ENGLISH_NUMBERS, NUMBER, fold, whole_number

_MINUTE: Final = 60
_HOUR: Final = 3600
_DAY: Final = 86400
_WEEK: Final = 7 * _DAY
_DAYS_A_MONTH: Final = 30
_DAYS_A_YEAR: Final = 365

# Months stand apart from seconds: how long one is depends on the day it is counted from.
_UNITS: Final = {"s": 1, "m": _MINUTE, "h": _HOUR, "d": _DAY, "w": _WEEK}
_MONTHS: Final = {"mo": 1, "y": 12}
_ORDER: Final = ["y", "mo", "w", "d", "h", "m", "s"]

_ENGLISH: Final = re.compile(
    rf"(?P<n>[0-9]{{1,6}}(?:\.[0-9]{{1,3}})?|half an?|{'|'.join(sorted(ENGLISH_NUMBERS, key=len, reverse=True))})"
    r"[ -]*(?:(?P<s>seconds?|secs?|s)|(?P<m>minutes?|mins?|m)|(?P<h>hours?|hrs?|h)|(?P<d>days?|d)"
    r"|(?P<w>weeks?|wks?|w)|(?P<mo>months?|mos?)|(?P<y>years?|yrs?|y))(?![a-z])(?P<half> and a half)?"
)
_BARE_MINUTES: Final = re.compile(r"([0-9]{1,2})(?![0-9.:a-z]| *(?:m|分))")  # the 30 of 1h30
_CHINESE: Final = re.compile(
    rf"(?:(?P<n>[0-9]{{1,6}}\.[0-9]{{1,3}}|{NUMBER})(?P<mid>个半)?|(?P<only>半))个?"
    r"(?:(?P<s>秒钟?)|(?P<q>刻钟)|(?P<m>分钟?)|(?P<h>小时|钟头)|(?P<d>天)|(?P<w>周|星期|礼拜)|(?P<mo>(?<=[个半])月)"
    r"|(?P<y>年))(?P<half>半(?!个|小时|天|年|月))?"
)
_JOINT: Final = re.compile(r" *(?:,|and |又|零|加)? *")


@dataclass(frozen=True)
class Span:
    """A length of time: whole seconds and, counted by the calendar, whole months.

    ``coarse`` says that nothing finer than a day was named, so that it leads to a day rather than to an hour.
    """

    seconds: int
    months: int
    coarse: bool

    def as_delta(self) -> timedelta:
        """Return the length, a month taken as 30 days and a year as 365."""
        years, months = divmod(self.months, 12)
        return timedelta(days=years * _DAYS_A_YEAR + months * _DAYS_A_MONTH, seconds=self.seconds)


def parse_duration(text: str, *, default_unit: timedelta | None = None) -> timedelta | None:
    """Read a whole duration; a bare number counts ``default_unit`` and is refused without one.

    Months count 30 days, years 365. Nothing negative comes out; zero may (``0 min``). ``None`` if it is not understood.
    """
    folded = fold(text).strip()
    bare = re.fullmatch(NUMBER, folded)
    if bare is not None:
        number = whole_number(folded)
        return None if number is None or default_unit is None else _times(default_unit, number)
    scanned = scan_span(folded, 0)
    if scanned is None or scanned[1] != len(folded):
        return None
    return scanned[0].as_delta()


def _times(unit: timedelta, number: int) -> timedelta | None:
    try:
        return unit * number
    except OverflowError:
        return None


def scan_span(folded: str, start: int) -> tuple[Span, int] | None:
    """Read the longest duration that begins at ``start`` of a folded text; with it, where it ends.

    Units must get smaller (``1h 30m``): in ``2 hours 3 hours`` the first is one duration, the rest another matter. This
    also bounds the sum.
    """
    seconds, months, rank, end, at = 0, 0, -1, start, start
    while (term := _term(folded, at)) is not None and _ORDER.index(term[2]) > rank:
        seconds, months, end, rank = seconds + term[0], months + term[1], term[3], _ORDER.index(term[2])
        if term[2] == "h" and (tail := _BARE_MINUTES.match(folded, end)) is not None and int(tail[1]) < _MINUTE:
            seconds, end, rank = seconds + int(tail[1]) * _MINUTE, tail.end(), _ORDER.index("m")
        joint = _JOINT.match(folded, end)
        at = end if joint is None else joint.end()
    if end == start:
        return None
    return Span(seconds, months, coarse=rank <= _ORDER.index("d") and seconds % _DAY == 0), end


def _term(folded: str, at: int) -> tuple[int, int, str, int] | None:
    """Return seconds, months, the key of the unit and the end of one number with its unit."""
    found = _ENGLISH.match(folded, at) or _CHINESE.match(folded, at)
    if found is None:
        return None
    groups = found.groupdict()
    amount = _amount(groups)
    if amount is None:
        return None
    if groups.get("q"):
        return round(amount * 15 * _MINUTE), 0, "m", found.end()
    unit = next(key for key in _ORDER if groups[key])
    if unit in _UNITS:
        return round(amount * _UNITS[unit]), 0, unit, found.end()
    months = amount * _MONTHS[unit]
    if months % 1 not in {0, 0.5}:
        return None
    return round(months % 1 * _DAYS_A_MONTH) * _DAY, int(months), unit, found.end()


def _amount(groups: dict[str, str | None]) -> float | None:
    written = groups["n"]
    if written is None or written.startswith("half"):
        return 0.5
    number = float(written) if "." in written else whole_number(written)
    if number is None:
        return None
    return number + (0.5 if groups.get("mid") or groups.get("half") else 0)
