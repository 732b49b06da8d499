"""Public holidays in a calendar file (.ics, RFC 5545): which days it would add, and what of it is left out, and why."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum
from typing import TYPE_CHECKING, Any, Final

from icalendar import Calendar

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from icalendar import Component

MOST_BYTES: Final = 256_000
"""Calendars of public holidays have a tenth of it; a larger one would hold up others while it is read."""
_AHEAD: Final = timedelta(days=2 * 366)
_LONGEST: Final = 31
_NAME: Final = 60
_WEEKDAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_ON: Final = re.compile(r"([+-]?[1-5])?(MO|TU|WE|TH|FR|SA|SU)")
_WORKED: Final = re.compile(r"补班|上班|[（(\[【]班[）)\]】]|\bwork(?:ing)? ?day\b|\bworkday\b", re.IGNORECASE)
"""Days on which people work to make up for a holiday; Chinese calendars list them among the holidays."""
_RULED: Final = frozenset({"FREQ", "INTERVAL", "COUNT", "UNTIL", "BYMONTH", "BYMONTHDAY", "BYDAY", "WKST"})


@dataclass(frozen=True, slots=True)
class Holiday:
    """A holiday: its first and its last day, and its name, if it has one."""

    first: date
    last: date
    name: str = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """The holidays that would be added, in order. Of what is left out it says how many entries there are:

    ``past`` are over or already known, ``timed`` have a time of day, ``worked`` are days of work, ``distant`` lie more than
    two years ahead, and ``odd`` come again by a rule that holidays do not have, or last longer than a month.
    """

    holidays: tuple[Holiday, ...]
    from_file: bool = False
    past: int = 0
    timed: int = 0
    worked: int = 0
    distant: int = 0
    odd: int = 0

    @property
    def days(self) -> frozenset[date]:
        """All days of the holidays."""
        return frozenset(
            one.first + timedelta(days=step) for one in self.holidays for step in range((one.last - one.first).days + 1)
        )


class Unfit(Enum):
    """Why a file adds nothing."""

    NO_FILE = "no_file"
    """It is no .ics file, or too large to be fetched."""
    LARGE = "large"
    UNREADABLE = "unreadable"
    """It is no calendar."""
    NOTHING_NEW = "nothing_new"
    """It is one, but has no whole day that could be added."""


def read_calendar(data: bytes | None, today: date, held: Collection[date]) -> Offer | Unfit:
    """Read a calendar file; ``None`` if there is none. ``held`` are the holidays that the group has already."""
    if data is None:
        return Unfit.NO_FILE
    if len(data) > MOST_BYTES:
        return Unfit.LARGE
    try:
        calendars = Calendar.from_ical(data.decode("utf-8-sig").replace("\0", ""), multiple=True)
        entries = [entry for calendar in calendars for entry in calendar.walk("VEVENT")]
    except (ValueError, IndexError, KeyError, AttributeError, TypeError):
        return Unfit.UNREADABLE  # whatever a parser trips over in a file that anybody may have written
    if not calendars:
        return Unfit.UNREADABLE
    offer = _offer(entries, today, held)
    return offer if offer.holidays else Unfit.NOTHING_NEW


class _Left(Enum):
    """Why an entry is left out."""

    PAST = "past"
    TIMED = "timed"
    WORKED = "worked"
    DISTANT = "distant"
    ODD = "odd"


def _offer(entries: list[Component], today: date, held: Collection[date]) -> Offer:
    found: dict[tuple[date, date], str] = {}
    left = dict.fromkeys((one.value for one in _Left), 0)
    for entry in entries:
        try:
            read = _read(entry, today)
        except (ValueError, TypeError, AttributeError, OverflowError):
            read = _Left.ODD  # what the parser let through and no calendar means
        if isinstance(read, _Left):
            left[read.value] += 1
            continue
        fresh = [one for one in read if not _known(one, today, held)]
        left["past"] += not fresh
        for one in fresh:
            found.setdefault((one.first, one.last), one.name)
    holidays = tuple(Holiday(first, last, name) for (first, last), name in sorted(found.items()))
    return Offer(holidays, from_file=True, **left)


def _known(one: Holiday, today: date, held: Collection[date]) -> bool:
    days = (one.first + timedelta(days=step) for step in range((one.last - one.first).days + 1))
    return all(day < today or day in held for day in days)


def _read(entry: Component, today: date) -> list[Holiday] | _Left:
    """Return an entry's holidays from today on, at most two years ahead; or why it is left out."""
    name = " ".join(str(entry.get("SUMMARY") or "").split())[:_NAME]
    if str(entry.get("STATUS") or "").upper() == "CANCELLED":
        return _Left.PAST
    if _WORKED.search(name):
        return _Left.WORKED
    span = _span(entry)
    if span is None:
        return _Left.TIMED
    first, length = span
    if not 0 < length.days <= _LONGEST:
        return _Left.ODD
    starts = [first] if entry.get("RRULE") is None else _starts(first, entry.get("RRULE"), today)
    if starts is None:
        return _Left.ODD
    out = _excepted(entry)
    spans = [Holiday(day, day + length - timedelta(days=1), name) for day in starts if day not in out]
    ahead = [one for one in spans if one.last >= today]
    near = [one for one in ahead if one.first <= today + _AHEAD]
    return _Left.PAST if not ahead else near or _Left.DISTANT


def _span(entry: Component) -> tuple[date, timedelta] | None:
    """Return an entry's first day and its length in whole days; None if it is not of whole days."""
    start, end = _plain(entry, "DTSTART"), _plain(entry, "DTEND")
    length = getattr(entry.get("DURATION"), "dt", None)
    if start is None:
        return None
    if end is None:
        end = start + length if isinstance(length, timedelta) else start + timedelta(days=1)
    if start.time() != time() or end.time() != time():
        return None
    is_whole = isinstance(getattr(entry.get("DTSTART"), "dt", None), datetime)
    if is_whole and entry.get("DTEND") is None and length is None:
        return None  # a moment at midnight, not a day
    return start.date(), end - start


def _plain(entry: Component, key: str) -> datetime | None:
    """Return a day or a time as it stands on the calendar's own clock."""
    found = getattr(entry.get(key), "dt", None)
    if isinstance(found, datetime):
        return found.replace(tzinfo=None)
    return datetime.combine(found, time()) if isinstance(found, date) else None


def _excepted(entry: Component) -> set[date]:
    """Return the days on which a yearly entry does not come."""
    raw: Any = entry.get("EXDATE")
    lists = raw if isinstance(raw, list) else [] if raw is None else [raw]
    found = (getattr(one, "dt", None) for several in lists for one in getattr(several, "dts", ()))
    return {one.date() if isinstance(one, datetime) else one for one in found if isinstance(one, date)}


def _starts(first: date, rule: Any, today: date) -> list[date] | None:
    """Return the first days of a yearly entry that matter now; None if it comes by another rule."""
    on = [_ON.fullmatch(str(written).upper()) for written in rule.get("BYDAY") or ()]
    known = _RULED.issuperset(str(key).upper() for key in rule) and _one(rule, "FREQ") == "YEARLY"
    step, count, until = _number(rule, "INTERVAL", 1), _number(rule, "COUNT", None), _one(rule, "UNTIL")
    if not known or None in on or not step or step < 1:
        return None
    last = until.date() if isinstance(until, datetime) else until if isinstance(until, date) else date.max
    found: list[date] = []
    for year in range(max(first.year, today.year - 1), today.year + 4):
        behind, odd = divmod(year - first.year, step)
        if not odd and (count is None or behind < count):
            found += [day for day in _days(rule, first, year) if first <= day <= last]
    return found


def _days(rule: Any, first: date, year: int) -> Iterator[date]:
    """Yield the days of a year that a yearly rule names: the entry's own, some of the month, or weekdays of the month."""
    by_day = [str(written).upper() for written in rule.get("BYDAY") or ()]
    numbers = [int(number) for number in rule.get("BYMONTHDAY") or ()] or ([] if by_day else [first.day])
    for month in rule.get("BYMONTH") or [first.month]:
        last = monthrange(year, int(month))[1]
        for day in (date(year, int(month), number) for number in range(1, last + 1)):
            in_month = not numbers or day.day in numbers or day.day - last - 1 in numbers
            if in_month and (not by_day or any(_is_on(written, day, last) for written in by_day)):
                yield day


def _is_on(written: str, day: date, last: int) -> bool:
    """Say whether a day is the weekday of the month that a rule names: "4TH", "-1MO", or any "MO"."""
    found = _ON.fullmatch(written)
    if found is None or day.weekday() != _WEEKDAYS.index(found[2]):
        return False
    return not found[1] or int(found[1]) in {(day.day - 1) // 7 + 1, -((last - day.day) // 7 + 1)}


def _one(rule: Any, key: str) -> Any:
    values = rule.get(key)
    return values[0] if isinstance(values, list) and values else values


def _number(rule: Any, key: str, default: int | None) -> int | None:
    value = _one(rule, key)
    return default if value is None else int(value)
