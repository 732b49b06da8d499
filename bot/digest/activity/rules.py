"""Which message counts, for whom, and on which day of the group."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

KEPT: Final = timedelta(days=400)
"""How long counts are kept: a year, and the month it is compared with."""
NOBODY: Final = 0
"""Stands for those who write in the group's name, or a channel's: their messages count, but no member is behind them."""
_EPOCH: Final = date(1970, 1, 1).toordinal()
_BLOCK: Final = 900
_SECONDS_A_DAY: Final = 86_400


@dataclass(frozen=True, slots=True)
class Tally:
    """What was written on a day: messages, and how many different members wrote them."""

    messages: int = 0
    members: int = 0


@dataclass(frozen=True, slots=True)
class Compared:
    """A day beside the one before."""

    day: Tally
    before: Tally

    @property
    def is_quiet(self) -> bool:
        """Whether there is nothing to say."""
        return not (self.day.messages or self.before.messages)


def number_of(day: date) -> int:
    """Return a day as a number, counted from 1970."""
    return day.toordinal() - _EPOCH


class Days:
    """The local day of an instant, without reckoning with time zones each time.

    A zone's day is looked up once for every quarter of an hour: clocks are changed at its full quarters only.
    """

    def __init__(self) -> None:
        self._spans: dict[str, tuple[int, int, int]] = {}
        """By zone: the day, and from which second up to which it is surely that one."""

    def number(self, zone: str, at: int) -> int:
        """Return the local day, counted from 1970, of an instant in Unix seconds."""
        known = self._spans.get(zone)
        if known is None or not known[1] <= at < known[2]:
            known = self._spans[zone] = _span(zone, at)
        return known[0]


def _span(zone: str, at: int) -> tuple[int, int, int]:
    begin = at // _BLOCK * _BLOCK
    offset = _offset(zone, begin)
    day = (at + offset) // _SECONDS_A_DAY
    midnight = day * _SECONDS_A_DAY - offset
    return day, max(begin, midnight), min(begin + _BLOCK, midnight + _SECONDS_A_DAY)


def _offset(zone: str, at: int) -> int:
    offset = datetime.fromtimestamp(at, UTC).astimezone(ZoneInfo(zone)).utcoffset()
    return 0 if offset is None else int(offset.total_seconds())
