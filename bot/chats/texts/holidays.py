"""What a calendar file would add to the holidays of a group, and what is wrong with one."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from bot.chats.rules.calendar_file import MOST_BYTES, Unfit
from bot.chats.texts import words
from bot.i18n import Html

if TYPE_CHECKING:
    from bot.chats.rules.calendar_file import Holiday, Offer
    from bot.i18n import Texts

_SHOWN = 40


def offered(texts: Texts, offer: Offer) -> Html:
    """Write the holidays that would be added, with their names, how many days they are, and what is left out."""
    if not offer.from_file:
        return Html("\n").join(Html.escape(words.span(texts, one.first, one.last)) for one in offer.holidays)
    holidays = texts.ngettext("{n} holiday", "{n} holidays", len(offer.holidays))
    days = texts.ngettext("{n} day", "{n} days", len(offer.days))
    head = texts.gettext("{holidays}, {days} in all:", holidays=holidays, days=days)
    lines = [_line(texts, one) for one in offer.holidays[:_SHOWN]]
    more = len(offer.holidays) - len(lines)
    if more > 0:
        lines.append(texts.ngettext("and {n} more", "and {n} more", more))
    return Html("\n").join([head, *lines, *_left_out(texts, offer)])


def _line(texts: Texts, one: Holiday) -> Html:
    span = words.span(texts, one.first, one.last)
    if not one.name:
        return texts.gettext("• {days}", days=span)
    return texts.gettext("• {days}: {name}", days=span, name=one.name)


def _left_out(texts: Texts, offer: Offer) -> list[Html]:
    said = [
        (offer.past, texts.ngettext("{n} that is over or known", "{n} that are over or known", offer.past)),
        (offer.timed, texts.ngettext("{n} with a time of day", "{n} with a time of day", offer.timed)),
        (offer.worked, texts.ngettext("{n} day of work", "{n} days of work", offer.worked)),
        (
            offer.distant,
            texts.ngettext("{n} more than two years ahead", "{n} more than two years ahead", offer.distant),
        ),
        (
            offer.odd,
            texts.ngettext("{n} that is no holiday by its dates", "{n} that are no holidays by their dates", offer.odd),
        ),
    ]
    entries = [entry for count, entry in said if count]
    return [texts.gettext("Left out: {entries}", entries=texts.join(entries))] if entries else []


def unfit(texts: Texts, why: Unfit) -> Html:
    """Say why a file adds nothing, and what would be right."""
    limit = texts.number(MOST_BYTES // 1000)
    match why:
        case Unfit.NO_FILE:
            return texts.gettext(
                "Please send the calendar as a file whose name ends in .ics, of at most {limit} KB.", limit=limit
            )
        case Unfit.LARGE:
            return texts.gettext(
                "This file is too large: a calendar of public holidays may have at most {limit} KB.", limit=limit
            )
        case Unfit.UNREADABLE:
            return texts.gettext(
                "This is not a calendar file that I can read. An .ics file begins with <code>BEGIN:VCALENDAR</code>; calendar"
                " programs write one when they export."
            )
        case Unfit.NOTHING_NEW:
            return texts.gettext(
                "There is no holiday in this calendar that I could add. I look for whole days, from today to two years ahead,"
                " that the group does not have yet."
            )
        case _:
            assert_never(why)
