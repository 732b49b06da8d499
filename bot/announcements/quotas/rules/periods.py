"""Weeks, months and quarters as spans of days, on a group's own clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from bot.kernel.times import local_to_utc

if TYPE_CHECKING:
    from collections.abc import Iterator
    from zoneinfo import ZoneInfo

REMIND_DAYS: Final = 3
MOST_REMIND_DAYS: Final = 14
_AT: Final = time(10)
"""When reminders come, by the group's clock."""
_DAY: Final = timedelta(days=1)
_WEEK: Final = 7
_LENGTHS: Final = {"month": 1, "quarter": 3}


class Period(StrEnum):
    """How often something is owed."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"


@dataclass(frozen=True, slots=True)
class Span:
    """One period: the days from ``start`` to before ``end``."""

    period: Period
    start: date
    end: date

    def bounds(self, tz: ZoneInfo) -> tuple[datetime, datetime]:
        """Return when it begins and ends (aware UTC)."""
        return _midnight(self.start, tz), _midnight(self.end, tz)


def span_of(period: Period, day: date, week_begins: int = 0) -> Span:
    """Return the period in which a day lies; weeks begin on ``week_begins``, Monday 0."""
    if period is Period.WEEK:
        start = day - timedelta(days=(day.weekday() - week_begins) % _WEEK)
        return Span(period, start, start + timedelta(days=_WEEK))
    length = _LENGTHS[period]
    first = (day.month - 1) // length * length
    return Span(period, date(day.year, first + 1, 1), _months_on(day.year, first + length))


def ended(span: Span, now: datetime, tz: ZoneInfo, week_begins: int = 0) -> Iterator[Span]:
    """Yield the periods from ``span`` on that have ended by now, the earliest first."""
    while span.bounds(tz)[1] <= now:
        yield span
        span = span_of(span.period, span.end, week_begins)


def remind_at(span: Span, days: int, tz: ZoneInfo) -> datetime:
    """Return when to remind: in the morning, so many days before it ends, but not before its first day."""
    day = max(span.end - timedelta(days=days), span.start)
    return local_to_utc(datetime.combine(day, _AT), tz).at.astimezone(UTC)


def _months_on(year: int, months: int) -> date:
    return date(year + months // 12, months % 12 + 1, 1)


def _midnight(day: date, tz: ZoneInfo) -> datetime:
    return local_to_utc(datetime.combine(day, time()), tz).at.astimezone(UTC)
