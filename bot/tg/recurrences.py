"""How a form asks for something that comes again and again, and shows it back with its next dates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from bot.i18n import N_, Html
from bot.kernel.recurrence import (
    CronFault,
    Fault,
    Freq,
    Recurrence,
    Unread,
    from_json,
    read_recurrence,
    to_json,
    upcoming,
)
from bot.kernel.times import parse_clock, to_local
from bot.phrases import recurrence
from bot.tg.forms.model import Choice, Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.i18n import Texts
    from bot.tg.forms.model import Asking, Reply

SHOWN: Final = 5
"""How many dates are shown before a rule is saved."""
_QUOTED: Final = 64
_FIELDS: Final = {
    CronFault.MINUTE: N_("minute"),
    CronFault.HOUR: N_("hour"),
    CronFault.DAY: N_("day of the month"),
    CronFault.MONTH: N_("month"),
    CronFault.WEEKDAY: N_("day of the week"),
}


def dates(texts: Texts, found: Sequence[datetime]) -> Html:
    """Write instants one a line, with their weekdays."""
    return Html("\n").join(Html("• {}").format(texts.when(at)) for at in found)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a rule must be like: ``cron`` lets it come several times a day, ``clock`` wants the time of day said."""

    cron: bool = False
    clock: bool = False


DATES: Final = Wanted()
"""Dates of which each has the hour that is known already."""
_HOURS: Final = ("9:00", "12:00", "18:00")


def read(start_of: Callable[[Asking], datetime], wanted: Wanted = DATES) -> Callable[[Asking, Reply], str | Problem]:
    """Read a rule as people type it, from a start that the other answers give; the value is its JSON.

    A rule without the time of day that is wanted is kept, and its hour asked.
    """

    def parse(asking: Asking, reply: Reply) -> str | Problem:
        is_hour = asking.partial and parse_clock(reply.text) is not None
        text = f"{reply.text} {asking.partial}" if is_hour else reply.text
        found = understood(text, start_of(asking), asking, wanted)
        return found if isinstance(found, Problem) else to_json(found)

    return parse


def understood(text: str, start: datetime, asking: Asking, wanted: Wanted = DATES) -> Recurrence | Problem:
    """Return the rule that a text says, from an instant on, in the group's zone; or what is wrong with it."""
    zone = asking.group.zone if asking.group is not None else "UTC"
    found = read_recurrence(text, to_local(start, ZoneInfo(zone)), zone)
    if isinstance(found, Unread):
        return Problem(not_understood(asking.texts, text, found))
    rule = found.rule
    if rule.freq is Freq.CRON and not wanted.cron:
        return Problem(not_understood(asking.texts, text, Unread(Fault.UNKNOWN)))
    holidays = asking.group.holidays if asking.group is not None else ()
    if not upcoming(rule, asking.now, 1, holidays):
        return Problem(not_understood(asking.texts, text, Unread(Fault.OVER)))
    if wanted.clock and not found.clock_said:
        hours = tuple(Choice(hour, text=f"{hour} {text}") for hour in _HOURS)
        return Problem(_clock_wanted(asking.texts, text), hours, text)
    return rule


def _clock_wanted(texts: Texts, text: str) -> Html:
    return texts.gettext(
        "<code>{text}</code>: at what time of day? Tap one, or write it, for example <code>9:30</code>.",
        text=text[:_QUOTED],
    )


def not_understood(texts: Texts, text: str, why: Unread) -> Html:
    """Say what of a rule is wrong, and what a right one looks like."""
    head = texts.gettext("“{text}” is not a rule I understand.", text=text[:_QUOTED])
    return texts.flow(head, _reason(texts, why))


def _reason(texts: Texts, why: Unread) -> Html:
    piece = why.piece[:_QUOTED]
    match why.fault:
        case Fault.UNKNOWN:
            return texts.gettext(
                "Write for example <code>every week</code>, <code>every 2 weeks on Sat</code>, <code>every month on the"
                " first Sunday</code> or <code>weekly until 31 Dec</code>."
            )
        case Fault.CLOCK:
            return texts.gettext(
                "“{piece}” is not a time of day. Write for example <code>every day at 9:00</code>.", piece=piece
            )
        case Fault.CRON:
            return _cron_reason(texts, CronFault(why.piece))
        case Fault.BEGIN:
            return texts.gettext(
                "“{piece}” is not a day on which it could begin. Write for example <code>every week from 1 Dec</code>.",
                piece=piece,
            )
        case Fault.END:
            return texts.gettext(
                "“{piece}” is not an end. Write a day that is still to come, as in <code>until 31 Dec</code>, or how often it"
                " comes, as in <code>10 times</code>.",
                piece=piece,
            )
        case Fault.TWO_ENDS:
            return texts.gettext("It can end on a day or after so many times, but not both.")
        case Fault.SKIP:
            return _skip_reason(texts, piece)
        case Fault.OVER:
            return texts.gettext("It never comes: it is over before its first day, or all its days are left out.")


def _skip_reason(texts: Texts, piece: str) -> Html:
    if not piece:
        return texts.gettext(
            "Weekdays can be left out of a rule that comes every day or on several weekdays, and one must be left."
        )
    return texts.gettext(
        "“{piece}” is not a day I could leave out. Write for example <code>every day except 25 Dec, 30 Dec to 2 Jan</code>,"
        " <code>every day except Sun</code> or <code>every day except holidays</code>.",
        piece=piece,
    )


def _cron_reason(texts: Texts, fault: CronFault) -> Html:
    if fault is CronFault.NEVER:
        return texts.gettext("No day of the calendar fits these fields of cron.")
    fields = texts.gettext(
        "A cron line has five fields: minute (0–59), hour (0–23), day of the month (1–31), month (1–12) and day of the week"
        " (0–7; 0 and 7 are Sunday). For example <code>cron 30 9 * * 1-5</code> is at 9:30 from Monday to Friday."
    )
    if fault is CronFault.FIELDS:
        return fields
    return texts.flow(texts.gettext("The field “{field}” is wrong.", field=texts.label(_FIELDS[fault])), fields)


def show(asking: Asking, value: Any) -> Html:
    """Show a rule with its next five dates."""
    rule = from_json(str(value))
    holidays = asking.group.holidays if asking.group is not None else ()
    found = upcoming(rule, max(asking.now, local_start(rule) - timedelta(seconds=1)), SHOWN, holidays)
    return Html("{}\n{}").format(recurrence(asking.texts, rule), dates(asking.texts, found))


def local_start(rule: Recurrence) -> datetime:
    """Return the instant from which a rule counts (aware, UTC)."""
    return rule.start.replace(tzinfo=ZoneInfo(rule.zone)).astimezone(UTC)
