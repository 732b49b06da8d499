"""The stretches by which a span is counted: days, weeks, months or years, as few as tell something."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.violations.ledger.rules.periods import Span

_MOST: Final = 30


class Unit(StrEnum):
    """How long each stretch is."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Buckets:
    """The first days of the stretches, the earliest first; the first stretch may have begun before the span."""

    unit: Unit
    starts: tuple[date, ...]

    @property
    def end(self) -> date:
        """The day after the last stretch."""
        return _FOLLOWING[self.unit](self.starts[-1])


def buckets(span: Span, first: date, last: date) -> Buckets | None:
    """Return the stretches of a span; an open side ends at the day of its earliest (``first``) or latest case (``last``)."""
    begin, end = max(span.first or first, first), min(span.last or last, last)
    if begin > end:
        return None
    for unit in Unit:
        starts = _starts(begin, end, unit)
        if len(starts) <= _MOST or unit is Unit.YEAR:
            return Buckets(unit, tuple(starts))
    raise AssertionError("years are the last")


def _starts(begin: date, end: date, unit: Unit) -> list[date]:
    """Return the first days, and no more of them than it takes to see that they are too many."""
    found = [_BEGIN[unit](begin)]
    while (after := _FOLLOWING[unit](found[-1])) <= end and (len(found) <= _MOST or unit is Unit.YEAR):
        found.append(after)
    return found


_BEGIN: Final[dict[Unit, Callable[[date], date]]] = {
    Unit.DAY: lambda day: day,
    Unit.WEEK: lambda day: date.fromordinal(day.toordinal() - day.weekday()),
    Unit.MONTH: lambda day: day.replace(day=1),
    Unit.YEAR: lambda day: day.replace(month=1, day=1),
}
_FOLLOWING: Final[dict[Unit, Callable[[date], date]]] = {
    Unit.DAY: lambda day: date.fromordinal(day.toordinal() + 1),
    Unit.WEEK: lambda day: date.fromordinal(day.toordinal() + 7),
    Unit.MONTH: lambda day: date(day.year + day.month // 12, day.month % 12 + 1, 1),
    Unit.YEAR: lambda day: date(day.year + 1, 1, 1),
}
