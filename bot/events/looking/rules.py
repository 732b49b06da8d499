"""Months, spans of days and kinds of files, as people name them and as buttons carry them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from bot.events.rules.line import read_number
from bot.events.rules.signup import SignUpState
from bot.kernel.numerals import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime, tzinfo

    from bot.events.rules.event import Event
    from bot.events.rules.plan import Plan
    from bot.events.rules.signup import SignUp, Tally

MONTHS_BACK: Final = 10 * 12
MONTHS_AHEAD: Final = 5 * 12
"""How far from the present month the picture may be turned."""
LONGEST: Final = timedelta(days=31)
"""How long before a span an event may have begun that still goes on in it."""
_SMALL_HOURS: Final = timedelta(hours=6)
"""What ends before six in the morning belongs to the day before alone."""


# Months


def month_of(day: date) -> int:
    """Return the number of a day's month: the months since the year 0."""
    return day.year * 12 + day.month - 1


def first_of(month: int) -> date:
    """Return the first day of a month."""
    return date(month // 12, month % 12 + 1, 1)


def last_of(month: int) -> date:
    """Return the last day of a month."""
    return first_of(month + 1) - timedelta(days=1)


def within_reach(month: int, today: date) -> int:
    """Return the month, or the nearest that may be shown."""
    here = month_of(today)
    return min(max(month, here - MONTHS_BACK), here + MONTHS_AHEAD)


_NAMES: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_FULL: Final = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_CHINESE: Final = ("一月", "二月", "三月", "四月", "五月", "六月", "七月", "八月", "九月", "十月", "十一月", "十二月")
_BY_NAME: Final = {name: n for names in (_NAMES, _FULL, _CHINESE) for n, name in enumerate(names, start=1)}
_NEAR: Final = {
    0: ("this", "this month", "now", "这个月", "本月", "这月"),
    1: ("next", "next month", "下个月", "下月"),
    -1: ("last", "last month", "previous", "上个月", "上月"),
}
_STEPS: Final = {word: step for step, words in _NEAR.items() for word in words}
_YEAR_MONTH: Final = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*月?")
_MONTH: Final = re.compile(r"(\d{1,2})\s*月?")
_NAME_YEAR: Final = re.compile(r"([a-z]+|[一二三四五六七八九十]+月)\s*(\d{4})?")


def read_month(text: str, today: date) -> int | None:
    """Read a month: ``2027-05``, ``May``, ``May 2027``, ``5``, ``next``, 5月, 2027年5月, 下个月.

    A month without its year is the nearest that is not over.
    """
    folded = " ".join(fold(text).split())
    if folded in _STEPS:
        return month_of(today) + _STEPS[folded]
    if (found := _YEAR_MONTH.fullmatch(folded)) is not None:
        return _month(int(found[1]), int(found[2]))
    if (found := _MONTH.fullmatch(folded)) is not None:
        return _coming(int(found[1]), today)
    found = _NAME_YEAR.fullmatch(folded)
    number = _BY_NAME.get(found[1]) if found is not None else None
    if found is None or number is None:
        return None
    return _coming(number, today) if found[2] is None else _month(int(found[2]), number)


def _month(year: int, number: int) -> int | None:
    return year * 12 + number - 1 if 1900 <= year < 2200 and 1 <= number <= 12 else None


def _coming(number: int, today: date) -> int | None:
    return _month(today.year + (number < today.month), number)


# Days


def days_of(plan: Plan, tz: tzinfo) -> Iterator[date]:
    """Return the days on which an event takes place, as a clock in this zone has them."""
    begins, ends = plan.starts_at.astimezone(tz), plan.ends_at.astimezone(tz)
    last = max((ends - _SMALL_HOURS).date(), begins.date())
    return (begins.date() + timedelta(days=n) for n in range((last - begins.date()).days + 1))


def is_still_theirs(event: Event, one: SignUp, now: datetime) -> bool:
    """Say whether an event is among somebody's own: to its start, and to its end where they are going."""
    if event.plan.starts_at > now:
        return True
    return one.state is SignUpState.GOING and event.plan.ends_at > now


# Spans


@dataclass(frozen=True, slots=True)
class Span:
    """From one day to another, both included; None is open."""

    first: date | None = None
    last: date | None = None

    def code(self) -> str:
        """Return it as a button carries it."""
        return "-".join("" if day is None else f"{day:%Y%m%d}" for day in (self.first, self.last))


def read_code(code: str) -> Span | None:
    """Read a span back from a button; None if it is none of ours."""
    found = re.fullmatch(r"(\d{8})?-(\d{8})?", code, re.ASCII)
    days = [_day(part) if part else None for part in found.groups()] if found is not None else []
    if not days or any(day is None and part for day, part in zip(days, code.split("-"), strict=True)):
        return None
    return Span(*days)


def coming(today: date) -> Span:
    """From today on."""
    return Span(first=today)


def past(today: date) -> Span:
    """Until yesterday."""
    return Span(last=today - timedelta(days=1))


def this_year(today: date) -> Span:
    """The whole present year."""
    return _year(today.year)


def everything(_today: date) -> Span:
    """All there ever was, and will be."""
    return Span()


def _year(year: int) -> Span:
    return Span(date(year, 1, 1), date(year, 12, 31))


_NAMED: Final[dict[Callable[[date], Span], tuple[str, ...]]] = {
    coming: ("coming", "upcoming", "future", "未来", "将来", "即将", "接下来"),
    past: ("past", "history", "over", "过去", "以往", "历史"),
    this_year: ("year", "this year", "今年", "本年"),
    everything: ("all", "everything", "全部", "所有"),
}
_SPANS: Final = {word: span for span, words in _NAMED.items() for word in words}
_A_YEAR: Final = re.compile(r"year (\d{4})|(\d{4})\s*年")
_A_DAY: Final = r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?"
_DAYS: Final = re.compile(rf"(?:from )?{_A_DAY}\s*(?:-|–|—|~|to|until|至|到)?\s*{_A_DAY}")


def read_span(text: str, today: date) -> Span | None:
    """Read a span: ``coming``, ``past``, ``year``, ``year 2026``, ``all``, a month, or two days; 今年, 2026年, 全部."""
    folded = " ".join(fold(text).split())
    if folded in _SPANS:
        return _SPANS[folded](today)
    if (found := _A_YEAR.fullmatch(folded)) is not None:
        year = int(found[1] or found[2])
        return _year(year) if 1900 <= year < 2200 else None
    if (found := _DAYS.fullmatch(folded)) is not None:
        days = [_day("".join(part.zfill(2) for part in found.groups()[at : at + 3])) for at in (0, 3)]
        if days[0] is None or days[1] is None:
            return None
        return Span(min(days[0], days[1]), max(days[0], days[1]))
    month = None if folded.isdigit() else read_month(text, today)
    return None if month is None else Span(first_of(month), last_of(month))


def _day(digits: str) -> date | None:
    try:
        found = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None
    return found if 1900 <= found.year < 2200 else None


# What is wanted as a file


class Kind(StrEnum):
    """A kind of file."""

    XLSX = "xlsx"
    CSV = "csv"
    ICS = "ics"


_KINDS: Final = {
    Kind.XLSX: ("xlsx", "excel", "xls", "表格"),
    Kind.CSV: ("csv",),
    Kind.ICS: ("ics", "calendar", "ical", "日历"),
}
_KIND_OF: Final = {word: kind for kind, words in _KINDS.items() for word in words}


def kind_of(word: str) -> Kind | None:
    """Return the kind of file a word means."""
    return _KIND_OF.get(fold(word).lstrip("."))


@dataclass(frozen=True, slots=True)
class Wanted:
    """One event by its number, or a span (both None: nothing was said); in a kind of file, or in which is still to be asked."""

    number: int | None = None
    span: Span | None = None
    kind: Kind | None = None


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """The words are neither the number of an event nor a span."""

    typed: str


def read_wanted(text: str, today: date) -> Wanted | NotUnderstood:
    """Read what follows ``/event export``: ``3``, ``3 csv``, ``all xlsx``, ``2027-05 ics``, 今年 csv."""
    words = text.split()
    kind = kind_of(words[-1]) if words else None
    rest = " ".join(words[:-1] if kind is not None else words)
    if not rest:
        return Wanted(kind=kind)
    number, left = read_number(rest)
    if number is not None and not left:
        return Wanted(number=number, kind=kind)
    span = read_span(rest, today)
    return NotUnderstood(rest) if span is None else Wanted(span=span, kind=kind)


# What is read


@dataclass(frozen=True, slots=True)
class Lists:
    """Events with their sums, and, as they are stored, everybody on their lists and what they answered."""

    events: Sequence[tuple[Event, Tally]]
    people: Sequence[tuple[Any, ...]] = ()
    answers: Sequence[tuple[Any, ...]] = ()
    names: dict[int, str] = field(default_factory=dict)
    """Names of those who put others on a list, as far as they are known."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page of what took place; pages count from 1."""

    events: Sequence[tuple[Event, Tally]]
    number: int
    count: int
