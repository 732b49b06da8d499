"""How English speaks of days and hours."""

from __future__ import annotations

import re
from typing import Final

from bot.kernel.numerals import whole_number
from bot.kernel.times.clues import (
    LAST,
    Ahead,
    ClockTime,
    Clue,
    Date,
    MonthDay,
    Part,
    Scanner,
    Weekday,
    Weekend,
    clock_time,
    pattern,
)

WEEKDAY: Final = r"(?:mon(?:days?)?|tue(?:s(?:days?)?)?|wed(?:s|nesdays?)?|thu(?:rs?)?(?:days?)?|fri(?:days?)?|sat(?:urdays?)?|sun(?:days?)?)(?![a-z])"
"""A weekday's name; the first three letters tell which. To be used inside another regular expression."""

_WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH: Final = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)(?![a-z])\.?"
)
_DAY: Final = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?(?![0-9a-z:])"
_YEAR: Final = r"(?:(?:,? +|-)(?P<year>[0-9]{4})(?![0-9:]))?"
_HOUR: Final = r"([0-9]{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
_PART: Final = r"(?P<part>morning|afternoon|evening|night)(?![a-z])"
_DAYS: Final = {"today": 0, "tomorrow": 1, "tmrw": 1, "tmr": 1, "tmw": 1, "yesterday": -1}
_PARTS: Final = {
    "morning": Part.MORNING,
    "afternoon": Part.AFTERNOON,
    "evening": Part.EVENING,
    "night": Part.EVENING,
    "noon": Part.NOON,
    "midday": Part.NOON,
    "midnight": Part.MIDNIGHT,
    "before dawn": Part.DAWN,
}
_WEEKS: Final = {"last": -1, "this": 0, "next": 1}


def weekday_number(name: str) -> int:
    """Return the weekday (Monday 0) of an English name matched by ``WEEKDAY``."""
    return _WEEKDAYS.index(name[:3])


def _date(found: re.Match[str]) -> Date:
    year = found["year"]
    return Date(int(year) if year else None, _MONTHS.index(found["month"][:3]) + 1, int(found["day"]))


def _weekday(found: re.Match[str]) -> Weekday:
    word = found["week"]
    # "this Friday" on a Saturday is the coming one: only "next" and "last" name a week
    return Weekday(weekday_number(found["name"]), _WEEKS[word] if word in {"last", "next"} else None)


def _in_week(found: re.Match[str]) -> Weekday:
    return Weekday(weekday_number(found["name"]), _WEEKS[found["week"]])


def _month_day(found: re.Match[str]) -> MonthDay:
    month = found["which"]
    return MonthDay(int(found["day"]), None if month is None else _WEEKS[month])


def _am_pm(found: re.Match[str]) -> ClockTime | None:
    return clock_time(whole_number(found[1]), int(found[2] or 0), pm=found[3] == "p")


def _about(found: re.Match[str]) -> ClockTime | None:
    hour = whole_number(found[3])
    if hour is None:
        return None
    minutes = 30 if found[1] == "half" else 15
    return clock_time(hour, minutes) if found[2] == "past" else clock_time((hour - 1) % 24, 60 - minutes)


def _this_part(found: re.Match[str]) -> tuple[Clue, ...]:
    return Ahead(0, 0), _PARTS[found["part"]]


SCANNERS: Final[tuple[Scanner, ...]] = (
    pattern(r"(today|tomorrow|tmrw|tmr|tmw|yesterday)(?![a-z])", lambda found: Ahead(0, _DAYS[found[1]])),
    pattern(r"(?:the )?day after tomorrow(?![a-z])", lambda _: Ahead(0, 2)),
    pattern(r"tonight(?![a-z])", lambda _: (Ahead(0, 0), Part.EVENING)),
    pattern(rf"this {_PART}", _this_part),
    pattern(rf"(?:(?:in the|at) )?{_PART}", lambda found: _PARTS[found["part"]]),
    pattern(r"(noon|midday|midnight|before dawn)(?![a-z])", lambda found: _PARTS[found[1]]),
    pattern(rf"(?:(?P<week>last|this|next|coming) +)?(?P<name>{WEEKDAY})\.?", _weekday),
    pattern(rf"\((?P<name>{WEEKDAY})\)", lambda found: Weekday(weekday_number(found["name"]))),
    pattern(rf"(?P<week>this|next) week,?(?: on)? +(?P<name>{WEEKDAY})", _in_week),
    pattern(rf"(?P<name>{WEEKDAY}),?(?: of)? +(?P<week>this|next) week(?![a-z])", _in_week),
    pattern(r"(?:(this|next) +)?weekend(?![a-z])", lambda found: Weekend(_WEEKS[found[1] or "this"])),
    pattern(rf"{_MONTH} *{_DAY}{_YEAR}", _date),
    pattern(rf"(?P<year>[0-9]{{4}})[ -]{_MONTH}[ -]{_DAY}", _date),
    pattern(rf"(?:the )?(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th|\.|-)?(?: of)? *{_MONTH}{_YEAR}", _date),
    pattern(r"(?:the )?(?P<day>[0-9]{1,2})(?:st|nd|rd|th)(?: of (?P<which>this|next) month)?(?![a-z])", _month_day),
    pattern(r"(?P<which>this|next) month,?(?: on)? the (?P<day>[0-9]{1,2})(?:st|nd|rd|th)(?![a-z])", _month_day),
    pattern(
        r"(?:the )?(?:end|last day) of (?:the |(this|next) )?month(?![a-z])",
        lambda found: MonthDay(LAST, _WEEKS[found[1] or "this"]),
    ),
    pattern(rf"{_HOUR}(?:[:.]([0-9]{{2}}))? ?([ap])(?:m|\. ?m\.?)(?![a-z])", _am_pm),
    pattern(rf"{_HOUR} ?o['’]?clock(?![a-z])", lambda found: clock_time(whole_number(found[1]))),
    pattern(rf"(half|quarter|a quarter) (past|to) {_HOUR}(?![0-9a-z:])", _about),
)
