"""The pieces of which a time is put together, whichever language and order they were typed in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

LAST: Final = -1
"""The day of the month that stands for its last one."""


class Part(StrEnum):
    """A part of the day; its value is the English word that reads as this part again."""

    DAWN = "before dawn"
    MORNING = "morning"
    NOON = "noon"
    AFTERNOON = "afternoon"
    EVENING = "evening"
    MIDNIGHT = "midnight"


@dataclass(frozen=True)
class Instant:
    """An instant with its offset, as computers write it (aware, UTC)."""

    at: datetime


@dataclass(frozen=True)
class Elapsed:
    """So long from now, to the second."""

    delta: timedelta


@dataclass(frozen=True)
class Ahead:
    """The day that is so many months and days ahead of today."""

    months: int
    days: int


@dataclass(frozen=True)
class Weekday:
    """A day of the week (Monday 0), of the week so many weeks ahead; the next one that comes if ``weeks`` is ``None``."""

    day: int
    weeks: int | None = None


@dataclass(frozen=True)
class Weekend:
    """Saturday or Sunday, of the week so many weeks ahead."""

    weeks: int


@dataclass(frozen=True)
class Date:
    """A day of a month (``LAST``: its last), of a year or of the year so many ahead; the next to come if none is named."""

    year: int | None
    month: int
    day: int
    years: int | None = None


@dataclass(frozen=True)
class Figures:
    """Two figures of which either may be the month."""

    first: int
    second: int
    year: int | None = None


@dataclass(frozen=True)
class MonthDay:
    """A day (``LAST``: the last) of the month so many months ahead; the next such day if ``months`` is ``None``."""

    day: int
    months: int | None = None


@dataclass(frozen=True)
class ClockTime:
    """An hour as typed (0-24), not yet moved to its part of the day."""

    hour: int
    minute: int = 0
    second: int = 0
    pm: bool | None = None
    bare: bool = False


Day = Ahead | Weekend | Date | Figures | MonthDay
Clue = Instant | Elapsed | Day | Weekday | Part | ClockTime
Scanner = Callable[[str, int], "tuple[tuple[Clue, ...], int] | None"]
"""Reads the clues that begin at a position of a folded text, and says where they end."""


@dataclass(frozen=True)
class Clues:
    """All that one text says about one time; each kind of clue at most once."""

    exact: Instant | Elapsed | None = None
    day: Day | None = None
    weekday: Weekday | None = None
    part: Part | None = None
    clock: ClockTime | None = None
    late: bool = False  # the night that began on the day named: 今晚凌晨一点 is tomorrow

    def with_all(self, clues: Iterable[Clue]) -> Clues | None:
        """Return these and the new ones, or ``None`` if they do not go together."""
        result: Clues | None = self
        for clue in clues:
            result = result and result.plus(clue)
        return result

    def plus(self, clue: Clue) -> Clues | None:
        """Return these and the new one, or ``None`` if there is one of its kind or it does not go with them."""
        if self.exact is not None:
            return None
        match clue:
            case Instant() | Elapsed():
                return replace(self, exact=clue) if self == Clues() else None
            case Part():
                return self._plus_part(clue)
            case ClockTime():
                return replace(self, clock=clue) if self.clock is None else None
            case Weekday():
                return replace(self, weekday=clue) if self.weekday is None else None
            case _:
                return replace(self, day=clue) if self.day is None else None

    def _plus_part(self, part: Part) -> Clues | None:
        if self.part is Part.EVENING and part in {Part.DAWN, Part.MIDNIGHT}:
            return replace(self, part=part, late=True)
        if self.part is None or self.part is part or part in {Part.NOON, Part.MIDNIGHT}:
            return replace(self, part=part)
        return None


def pattern(expression: str, build: Callable[[re.Match[str]], Clue | tuple[Clue, ...] | None]) -> Scanner:
    """Make a scanner of a regular expression (over folded text) and of what its match says."""
    compiled = re.compile(expression)

    def scan(text: str, at: int) -> tuple[tuple[Clue, ...], int] | None:
        found = compiled.match(text, at)
        clues = None if found is None else build(found)
        if found is None or clues is None:
            return None
        return clues if isinstance(clues, tuple) else (clues,), found.end()

    return scan


def clock_time(
    hour: int | None, minute: int | None = 0, *, pm: bool | None = None, bare: bool = False
) -> ClockTime | None:
    """Return a clock time, or ``None`` if there is none such (25:00, 24:30, 13 am)."""
    if hour is None or minute is None or hour > 24 or minute > 59 or (hour == 24 and minute):
        return None
    if pm is not None and (hour == 0 or hour > (23 if pm else 12)):
        return None
    return ClockTime(hour, minute, pm=pm, bare=bare)
