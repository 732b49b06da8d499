"""A month of events as a picture: what is drawn is gathered in the turn, and drawn when it is sent."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

import msgspec

from bot.events.looking.rules import days_of, first_of
from bot.events.rules.event import Phase, State
from bot.events.rules.plan import Kind
from bot.i18n import N_, texts_for
from bot.pictures import Entry, MonthView, Tone
from bot.pictures import month as draw

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.events.rules.event import Event
    from bot.i18n import Texts


class _Entry(msgspec.Struct, array_like=True):
    day: dt.date
    clock: str
    title: str
    tone: Tone


class _Month(msgspec.Struct):
    """All a picture is made of."""

    locale: str
    zone: str
    month: dt.date
    today: dt.date
    caption: str
    entries: list[_Entry]


_LEGEND: Final = {
    Tone.BLUE: N_("sign-up is open"),
    Tone.AMBER: N_("sign-up has ended"),
    Tone.VIOLET: N_("online"),
    Tone.GREY: N_("over"),
    Tone.STRUCK: N_("cancelled"),
}
_decode: Final = msgspec.json.Decoder(_Month).decode


def gather(texts: Texts, month: int, found: Sequence[Event], now: dt.datetime, caption: str) -> bytes:
    """Return what the picture of a month is made of; ``caption`` stands beside the month's name."""
    entries = [entry for event in found for entry in _entries(texts, event, now)]
    today = now.astimezone(texts.tz).date()
    return msgspec.json.encode(_Month(texts.locale, texts.tz.key, first_of(month), today, caption, entries))


def picture(made_of: bytes) -> bytes:
    """Draw the picture as a PNG; takes some tenths of a second."""
    given = _decode(made_of)
    texts = texts_for(given.locale, given.zone)
    there = {entry.tone for entry in given.entries}
    return draw(
        MonthView(
            month=given.month,
            today=given.today,
            texts=texts,
            entries=[Entry(entry.day, entry.clock, entry.title, entry.tone) for entry in given.entries],
            caption=given.caption,
            legend=[(tone, texts.label(said)) for tone, said in _LEGEND.items() if tone in there],
        )
    )


def _entries(texts: Texts, event: Event, now: dt.datetime) -> list[_Entry]:
    """Write an event on each of its days, with the time on the first."""
    tone, clock = _tone(event, now), texts.clock(event.plan.starts_at)
    return [
        _Entry(day, "" if place else clock, event.plan.title, tone)
        for place, day in enumerate(days_of(event.plan, texts.tz))
    ]


def _tone(event: Event, now: dt.datetime) -> Tone:
    if event.state is State.CANCELLED:
        return Tone.STRUCK
    match event.phase(now):
        case Phase.OVER:
            return Tone.GREY
        case Phase.CLOSED | Phase.PAST_DEADLINE:
            return Tone.AMBER
        case _:
            return Tone.VIOLET if event.plan.kind is Kind.ONLINE else Tone.BLUE
