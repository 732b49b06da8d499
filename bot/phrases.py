"""Phrases that several capabilities use, telling the same thing in the same words."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from bot.i18n import N_, Html
from bot.kernel.recurrence import LAST, Freq, Recurrence

if TYPE_CHECKING:
    from bot.i18n import Texts

_MONDAY: Final = date(2024, 1, 1)
_HOURS: Final = re.compile(r"0 \*(?:/([0-9]{1,2}))? \* \* \*")
_LAST_WORKING_DAY: Final = re.compile(r"([0-9]{1,2}) ([0-9]{1,2}) LW \* \*")
_NAMED: Final = 5
_WORKDAYS: Final = frozenset(range(5))
_NTH: Final = {
    1: N_("first"),
    2: N_("second"),
    3: N_("third"),
    4: N_("fourth"),
    5: N_("fifth"),
    LAST: N_("last"),
}


def recurrence(texts: Texts, rule: Recurrence) -> Html:
    """Say when something comes again: "every 2 weeks on Monday at 20:00, until Fri, 31 Dec 2027, except on public holidays"."""
    said = _left_out(texts, rule, _when(texts, rule))
    if rule.until is not None:
        return texts.gettext("{rule}, until {day}", rule=said, day=texts.date(rule.until))
    if rule.count is not None:
        return texts.ngettext("{rule}, {n} time in all", "{rule}, {n} times in all", rule.count, rule=said)
    return said


def _when(texts: Texts, rule: Recurrence) -> Html:
    days = _days(texts, rule)
    if rule.freq is Freq.CRON:
        return days
    return texts.gettext("{days} at {clock}", days=days, clock=_clock(texts, rule.start.time()))


def _left_out(texts: Texts, rule: Recurrence, said: Html) -> Html:
    """Name what is left out: at most five days, then how many more."""
    if rule.no_holidays:
        said = texts.gettext("{rule}, except on public holidays", rule=said)
    if not rule.skip:
        return said
    days = [texts.date(day) for day in sorted(rule.skip)]
    named = texts.join(days[:_NAMED])
    more = len(days) - _NAMED
    if more <= 0:
        return texts.gettext("{rule}, except {days}", rule=said, days=named)
    return texts.ngettext(
        "{rule}, except {days} and {n} more", "{rule}, except {days} and {n} more", more, rule=said, days=named
    )


def _days(texts: Texts, rule: Recurrence) -> Html:
    match rule.freq:
        case Freq.CRON:
            return _by_cron(texts, rule.cron or "")
        case Freq.DAILY:
            if rule.interval == 1:
                return texts.gettext("every day")
            return texts.ngettext("every {n} day", "every {n} days", rule.interval)
        case Freq.WEEKLY:
            return _weekly(texts, rule)
        case Freq.MONTHLY:
            months, day = _months(texts, rule.interval), _of_month(texts, rule)
            return texts.gettext("{months} on {day}", months=months, day=day)
        case Freq.YEARLY:
            day = Html.escape(texts.date(rule.start.date()))
            if rule.interval == 1:
                return texts.gettext("every year, first on {day}", day=day)
            return texts.ngettext(
                "every {n} year, first on {day}", "every {n} years, first on {day}", rule.interval, day=day
            )


def _by_cron(texts: Texts, fields: str) -> Html:
    """Write a cron line; those that stand for words in which rules are typed, in these words."""
    hours = _HOURS.fullmatch(fields)
    if hours is not None:
        step = int(hours[1] or 1)
        return texts.gettext("every hour") if step == 1 else texts.ngettext("every {n} hour", "every {n} hours", step)
    last = _LAST_WORKING_DAY.fullmatch(fields)
    if last is not None:
        clock = _clock(texts, time(int(last[2]), int(last[1])))
        return texts.gettext("every month on the last working day at {clock}", clock=clock)
    return texts.gettext("by cron <code>{fields}</code>", fields=fields)


def _weekly(texts: Texts, rule: Recurrence) -> Html:
    days = rule.weekdays or frozenset({rule.start.weekday()})
    if rule.interval == 1 and days == _WORKDAYS:
        return texts.gettext("Monday to Friday")
    named = texts.join(weekday(texts, day) for day in sorted(days))
    if rule.interval == 1:
        return texts.gettext("every {days}", days=named)
    return texts.ngettext("every {n} week on {days}", "every {n} weeks on {days}", rule.interval, days=named)


def _months(texts: Texts, interval: int) -> Html:
    if interval == 1:
        return texts.gettext("every month")
    return texts.ngettext("every {n} month", "every {n} months", interval)


def _of_month(texts: Texts, rule: Recurrence) -> Html:
    if rule.nth is not None:
        (day,) = rule.weekdays
        return texts.gettext("the {nth} {day}", nth=texts.gettext(_NTH[rule.nth]), day=weekday(texts, day))
    number = rule.monthday or rule.start.day
    if number == LAST:
        return texts.gettext("the last day")
    return texts.gettext("day {day}", day=texts.number(number))


def weekday(texts: Texts, day: int) -> str:
    """Write a weekday, Monday 0."""
    return texts.weekday(_MONDAY + timedelta(days=day))


def _clock(texts: Texts, at: time) -> str:
    return texts.clock(datetime.combine(_MONDAY, at, tzinfo=texts.tz))
