"""Stretches of days, as people name them: ``this week``, ``last month``, ``2027``, two days; 本周, 上月, 2027年3月, 近7天."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from bot.kernel.numerals import fold, whole_number

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class Span:
    """From one day to another, both included; None is open."""

    first: date | None = None
    last: date | None = None


ALWAYS: Final = Span()


def _week(today: date) -> Span:
    monday = today - timedelta(days=today.weekday())
    return Span(monday, monday + timedelta(days=6))


def _month(year: int, month: int) -> Span:
    following = date(year + month // 12, month % 12 + 1, 1)
    return Span(date(year, month, 1), following - timedelta(days=1))


def _year(year: int) -> Span:
    return Span(date(year, 1, 1), date(year, 12, 31))


def _before(today: date, span: Callable[[date], Span]) -> Span:
    """Return the week or month before the one that ``today`` lies in."""
    first = span(today).first or today
    return span(first - timedelta(days=1))


def this_week(today: date) -> Span:
    """From Monday to Sunday."""
    return _week(today)


def last_week(today: date) -> Span:
    """The week before this one."""
    return _before(today, _week)


def this_month(today: date) -> Span:
    """The present month."""
    return _month(today.year, today.month)


def last_month(today: date) -> Span:
    """The month before this one."""
    return _before(today, this_month)


def this_year(today: date) -> Span:
    """The present year."""
    return _year(today.year)


def last_year(today: date) -> Span:
    """The year before this one."""
    return _year(today.year - 1)


def this_day(today: date) -> Span:
    """Today alone."""
    return Span(today, today)


def day_before(today: date) -> Span:
    """Yesterday alone."""
    return this_day(today - timedelta(days=1))


OFFERED: Final = {
    "w": this_week,
    "m": this_month,
    "y": this_year,
    "lw": last_week,
    "lm": last_month,
    "ly": last_year,
}
"""The stretches that buttons offer, by what the button carries."""

_NAMED: Final[dict[Callable[[date], Span], tuple[str, ...]]] = {
    this_day: ("today", "今天", "今日", "当天"),
    day_before: ("yesterday", "昨天", "昨日"),
    this_week: ("this week", "week", "本周", "这周", "这个星期", "本星期", "这一周"),
    last_week: ("last week", "上周", "上星期", "上个星期", "上一周"),
    this_month: ("this month", "month", "本月", "这个月", "当月"),
    last_month: ("last month", "上月", "上个月"),
    this_year: ("this year", "year", "今年", "本年", "本年度"),
    last_year: ("last year", "去年", "上一年"),
}
_SPANS: Final = {word: span for span, words in _NAMED.items() for word in words}
_MONTHS: Final = (
    ("jan", "january"),
    ("feb", "february"),
    ("mar", "march"),
    ("apr", "april"),
    ("may",),
    ("jun", "june"),
    ("jul", "july"),
    ("aug", "august"),
    ("sep", "sept", "september"),
    ("oct", "october"),
    ("nov", "november"),
    ("dec", "december"),
)
_MONTH_OF: Final = {name: number for number, names in enumerate(_MONTHS, start=1) for name in names}
_A_YEAR: Final = re.compile(r"(?:year )?(\d{4})\s*年?(?:度|全年)?")
_A_MONTH: Final = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*月?")
_BARE_MONTH: Final = re.compile(r"([0-9]{1,2}|[一二三四五六七八九十]{1,2})\s*月(?:份)?")
_NAMED_MONTH: Final = re.compile(r"([a-z]{3,9})\.?(?: (\d{4}))?")
_BACK: Final = re.compile(
    r"(?:(?:the )?(?:last|past) ([0-9]{1,4}|[a-z]{3,6}) (day|week|month)s?"
    r"|(?:最近|近|过去)\s*([0-9]{1,4}|[一二两三四五六七八九十]{1,3})\s*(天|周|个月))"
)
_DAYS: Final = {"day": 1, "天": 1, "week": 7, "周": 7, "month": 30, "个月": 30}
_DAY: Final = (
    r"(?:\d{4}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\s*[日号]?|\d{1,2}\s*月\s*\d{1,2}\s*[日号]?"
    r"|\d{1,2}(?:st|nd|rd|th)? [a-z]{3,9}\.?(?: \d{4})?|[a-z]{3,9}\.? \d{1,2}(?:st|nd|rd|th)?(?:,? \d{4})?)"
)
_TWO: Final = re.compile(rf"(?:from |between |从\s*)?({_DAY})\s*(?:--?|–|—|~|to|until|till|and|至|到)?\s*({_DAY})")
_FROM: Final = re.compile(
    rf"(?:from|since|after|从|自)\s*({_DAY})\s*(?:起|开始|以来|之后)?|({_DAY})\s*(?:起|以来|之后|以后)"
)
_UNTIL: Final = re.compile(rf"(?:until|till|to|before|到|至|截至)\s*({_DAY})|({_DAY})\s*(?:为止|以前|之前)")
_ONE: Final = re.compile(_DAY)
_PARTS: Final = re.compile(r"\d+|[a-z]+")
_ENDINGS: Final = frozenset({"st", "nd", "rd", "th"})


def read_span(text: str, today: date) -> Span | None:
    """Read a stretch of days; a month or a day without its year is the latest that has begun."""
    folded = " ".join(fold(text).split())
    if folded in _SPANS:
        return _SPANS[folded](today)
    if (found := _BACK.fullmatch(folded)) is not None:
        days = (whole_number(found[1] or found[3]) or 0) * _DAYS[found[2] or found[4]]
        return Span(today - timedelta(days=days - 1), today) if 0 < days < 10_000 else None
    return _whole(folded, today) or _between(folded, today)


def _whole(folded: str, today: date) -> Span | None:
    """Read a whole year or a whole month."""
    if (found := _A_YEAR.fullmatch(folded)) is not None:
        return _year(int(found[1])) if 2000 <= int(found[1]) < 2200 else None
    if (found := _A_MONTH.fullmatch(folded)) is not None:
        return _month_of(int(found[1]), int(found[2]))
    if (found := _BARE_MONTH.fullmatch(folded)) is not None:
        number = whole_number(found[1])
        return None if number is None else _latest_month(number, today)
    found = _NAMED_MONTH.fullmatch(folded)
    number = None if found is None else _MONTH_OF.get(found[1])
    if found is None or number is None:
        return None
    return _latest_month(number, today) if found[2] is None else _month_of(int(found[2]), number)


def _between(folded: str, today: date) -> Span | None:
    """Read two days, or one from which or until which."""
    if (found := _TWO.fullmatch(folded)) is not None:
        days = [_day(part, today) for part in found.groups()]
        first, last = days
        return None if first is None or last is None else Span(min(first, last), max(first, last))
    if (found := _FROM.fullmatch(folded)) is not None:
        day = _day(found[1] or found[2], today)
        return None if day is None else Span(first=day)
    if (found := _UNTIL.fullmatch(folded)) is not None:
        day = _day(found[1] or found[2], today)
        return None if day is None else Span(last=day)
    day = _day(folded, today) if _ONE.fullmatch(folded) else None
    return None if day is None else Span(day, day)


def _month_of(year: int, month: int) -> Span | None:
    return _month(year, month) if 2000 <= year < 2200 and 1 <= month <= 12 else None


def _latest_month(month: int, today: date) -> Span | None:
    return _month_of(today.year - (month > today.month), month)


def _day(text: str, today: date) -> date | None:
    parts = _PARTS.findall(text)
    figures = [int(part) for part in parts if part.isdigit()]
    words = [part for part in parts if part.isalpha() and part not in _ENDINGS]
    if words:
        month = _MONTH_OF.get(words[0])
        year = figures[1] if len(figures) > 1 else None
        return None if month is None else _date(year, month, figures[0], today)
    *year_first, month, day = figures
    return _date(year_first[0] if year_first else None, month, day, today)


def _date(year: int | None, month: int, day: int, today: date) -> date | None:
    try:
        if year is not None:
            return date(year, month, day) if 2000 <= year < 2200 else None
        return date(today.year - ((month, day) > (today.month, today.day)), month, day)
    except ValueError:
        return None
