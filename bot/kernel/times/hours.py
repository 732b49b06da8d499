"""From the hour as typed and the part of the day to the hour of the day; clock times and ranges of them."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import time
from typing import Final

from bot.kernel.numerals import NUMBER, fold
from bot.kernel.times.clues import ClockTime, Clues, Part
from bot.kernel.times.scan import LONGEST, scan_line

Hour = tuple[int, time]
"""A time of day, so many days (0 or 1) after the day named."""

_SMALL: Final = range(5)
_DEFAULT: Final = {Part.NOON: ClockTime(12), Part.MIDNIGHT: ClockTime(12)}
_BETWEEN: Final = re.compile(r"\s*(?:--?|–|—|~|～|－|至|到|(?<=\s)(?:to|until|till)(?=\s))\s*")
_CLOCK: Final = re.compile(
    r"(?<![0-9:.+])(?:[0-9]{1,3}:[0-9]{2}(?::[0-9]{2})?(?![0-9:])(?: ?[ap]\.?m(?![a-z])\.?)?"
    rf"|[0-9]{{1,3}} ?[ap]\.?m(?![a-z])\.?|{NUMBER}(?:点钟?|时)(?:{NUMBER}分?|半)?)"
)
_POSSIBLE: Final = "12:00"
_TRIED: Final = 4
_FROM: Final = re.compile(r"(?:from\s+|between\s+|从)", re.IGNORECASE)


def hours_of(clues: Clues) -> tuple[Hour, ...] | None:
    """Return what the clues may mean as a time of day: nothing if they name none, ``None`` if they contradict each other.

    Two come out for a midnight: it may begin the day that was named, or end it.
    """
    clock = clues.clock if clues.clock is not None else _DEFAULT.get(clues.part) if clues.part else None
    if clock is None:
        return ()
    moved = _moved(clock, clues)
    if moved is None:
        return None
    return tuple((shift, time(hour, clock.minute, clock.second)) for shift, hour in moved)


def _moved(clock: ClockTime, clues: Clues) -> tuple[tuple[int, int], ...] | None:
    hour = clock.hour
    if hour == 24:
        return ((1, 0),)
    if clock.pm is not None:
        return ((0, hour % 12 + (12 if clock.pm else 0) if hour <= 12 else hour),) if _agrees(clock, clues) else None
    match clues.part:
        case None:
            return ((0, hour),)
        case Part.MORNING:
            return ((0, hour),) if hour <= 12 else None
        case Part.NOON:
            return ((0, hour + 12 if hour <= 3 else hour),) if 1 <= hour <= 3 or 10 <= hour <= 15 else None
        case Part.AFTERNOON:
            return ((0, hour + 12 if hour < 12 else hour),) if hour else None
        case Part.EVENING:
            return _evening(hour)
        case Part.DAWN | Part.MIDNIGHT:
            return _night(hour, clues)


def _agrees(clock: ClockTime, clues: Clues) -> bool:
    """Refuse "8 am in the evening"; a part of the day that merely repeats am or pm is fine."""
    afternoon = clues.part in {Part.AFTERNOON, Part.EVENING}
    return not (afternoon and not clock.pm and clock.hour in range(5, 12)) and not (
        clues.part is Part.MORNING and clock.pm
    )


def _evening(hour: int) -> tuple[tuple[int, int], ...]:
    """Read an hour of the evening: 12, 1 and 2 at night come after the day that was named."""
    if hour == 12 or hour in _SMALL:
        return ((1, hour % 12),)
    return ((0, hour + 12 if hour < 12 else hour),)


def _night(hour: int, clues: Clues) -> tuple[tuple[int, int], ...] | None:
    """Read an hour around midnight, or before dawn."""
    if clues.part is Part.MIDNIGHT and 9 <= hour <= 23 and hour != 12:
        return ((0, hour + 12 if hour < 12 else hour),)
    small = hour % 12
    if hour > 12 or small > 8:
        return None
    if clues.late:
        return ((1, small),)
    return ((0, small),) if clues.part is Part.DAWN else ((0, small), (1, small))


def parse_clock(text: str) -> time | None:
    """Read a time of day: ``9``, ``09:00``, ``10pm``, ``noon``, 9点半, 晚上10点; 24:00 is midnight. ``None`` if it is none."""
    clues = _clock_clues(text)
    return None if clues is None else _time_of(clues)


def _clock_clues(text: str) -> Clues | None:
    stripped = text.strip()
    scanned = scan_line(stripped, whole=True)
    if scanned is None or scanned.end != len(stripped):
        return None
    clues = scanned.clues
    return clues if clues.exact is None and clues.day is None and clues.weekday is None else None


def _time_of(clues: Clues) -> time | None:
    hours = hours_of(clues)
    return hours[0][1] if hours else None


def parse_range(text: str) -> tuple[time, time] | None:
    """Read a stretch of the day: ``22:00-07:30``, ``9 to 5pm``, 晚上10点到早上7点半. It may go over midnight.

    A part of the day (or am, pm) named once holds for both ends as far as they then follow each other: "2-5 pm".
    """
    if len(text) > LONGEST:
        return None
    ends = _BETWEEN.split(_FROM.sub("", text.strip(), count=1))
    if len(ends) != 2:
        return None
    first, second = _clock_clues(ends[0]), _clock_clues(ends[1])
    if first is None or second is None:
        return None
    start, end = _time_of(first), _time_of(second)
    if start is None or end is None:
        return None
    shared_start, shared_end = _shared(first, second), _shared(second, first)
    if shared_start is not None and shared_start < end:
        return shared_start, end
    if shared_end is not None and start < shared_end:
        return start, shared_end
    return start, end


def _shared(clues: Clues, other: Clues) -> time | None:
    """Return the time of ``clues`` with the part of the day of the ``other``, if it has none of its own."""
    clock = clues.clock
    if clock is None or clock.pm is not None or clues.part is not None or other.clock is None or clock.hour > 12:
        return None
    if other.clock.pm is None and other.part is None:
        return None
    borrowed = ClockTime(clock.hour, clock.minute, clock.second, pm=other.clock.pm) if clock.hour else clock
    return _time_of(Clues(clock=borrowed, part=other.part))


def is_impossible(text: str, understood: Callable[[str], bool]) -> bool:
    """Say whether a text fails only by an hour that no clock shows: with a possible one in its place it is ``understood``."""
    if len(text) > LONGEST:
        return False
    mended, wrong = fold(text), 0
    for found in reversed(list(_CLOCK.finditer(mended))[:_TRIED]):
        if parse_clock(found[0]) is None:
            mended, wrong = mended[: found.start()] + _POSSIBLE + mended[found.end() :], wrong + 1
    return wrong > 0 and understood(mended)
