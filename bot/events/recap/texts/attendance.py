"""Attendance in words, and as bars (R05)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from bot.events.recap.rules import FIRST_YEAR
from bot.i18n import N_, Html, texts_for
from bot.pictures import Bar, BarsView
from bot.pictures import bars as draw

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.events.recap.rules import Attendance
    from bot.i18n import Texts

TITLE: Final = N_("Attendance")
HELP: Final = N_("Who came to how many events this year; members see their own in private")
PICTURE, MINE = N_("📊 As a picture"), N_("My own")
TOP: Final = 15
"""How many people the picture shows."""


def title(texts: Texts, year: int, events: int) -> Html:
    """Head the table of a year."""
    return texts.ngettext(
        "<b>Attendance in {year}</b> ({n} event so far)",
        "<b>Attendance in {year}</b> ({n} events so far)",
        events,
        year=str(year),
    )


def nobody(texts: Texts, year: int) -> Html:
    """Say that there is nothing to count."""
    return texts.gettext("Nobody has come to an event in {year}.", year=str(year))


def line(texts: Texts, place: int, one: Attendance) -> Html:
    """Write a person's line of the table."""
    return Html("{}. {} – {}").format(texts.number(place), one.name[:64], _counts(texts, one))


def _counts(texts: Texts, one: Attendance) -> Html:
    parts = [texts.ngettext("came {n} time", "came {n} times", one.came)]
    if one.late:
        parts.append(texts.ngettext("{n} of them late", "{n} of them late", one.late))
    if one.missed:
        parts.append(texts.ngettext("missed {n}", "missed {n}", one.missed))
    return Html(" · ").join(parts)


def of_one(texts: Texts, name: str, year: int, events: int, one: Attendance | None) -> Html:
    """Tell organisers of one person."""
    who = Html("<b>{}</b>").format(name)
    if one is None:
        return texts.gettext("{name} has not come to an event in {year}, nor missed one.", name=who, year=str(year))
    return texts.ngettext(
        "{name} in {year}: {counts}. There was {n} event.",
        "{name} in {year}: {counts}. There were {n} events.",
        events,
        name=who,
        year=str(year),
        counts=_counts(texts, one),
    )


def own(texts: Texts, group: str, year: int, events: int, one: Attendance | None) -> Html:
    """Tell somebody of themselves."""
    if one is None:
        return texts.gettext(
            "In {group} you have not come to an event in {year}, nor missed one.", group=group, year=str(year)
        )
    return texts.ngettext(
        "You in {group}, {year}: {counts}. There was {n} event.",
        "You in {group}, {year}: {counts}. There were {n} events.",
        events,
        group=group,
        year=str(year),
        counts=_counts(texts, one),
    )


def only_own(texts: Texts) -> Html:
    """Say whose attendance one may see."""
    return texts.gettext("How often others came is for organisers. For your own, write <code>/event attendance</code>.")


def open_private(texts: Texts, bot: str) -> Html:
    """Say how to be told in private."""
    return texts.gettext(
        "I tell you in private how often you came: please open @{bot}, press Start, and ask again.", bot=bot
    )


def year_unclear(texts: Texts, typed: str, this_year: int) -> Html:
    """Say which years there are."""
    return texts.gettext(
        "“{typed}” is no year that I count: please name one from {first} to {last}, as in <code>/event attendance {last}</code>.",
        typed=typed[:60],
        first=str(FIRST_YEAR),
        last=str(this_year),
    )


# As a picture


class _Made(msgspec.Struct):
    """All a picture is made of."""

    locale: str
    zone: str
    year: int
    events: int
    people: list[tuple[str, int]]


_decode: Final = msgspec.json.Decoder(_Made).decode


def gather(texts: Texts, year: int, events: int, people: Sequence[Attendance]) -> bytes:
    """Return what the picture of those who came most often is made of."""
    top = [(one.name[:64], one.came) for one in people[:TOP] if one.came]
    return msgspec.json.encode(_Made(texts.locale, texts.tz.key, year, events, top))


def picture(made_of: bytes) -> bytes:
    """Draw who came most often."""
    given = _decode(made_of)
    texts = texts_for(given.locale, given.zone)
    people = [Bar(name, came, given.events or None) for name, came in given.people]
    return draw(
        BarsView(
            texts.label("Who came most often in {year}", year=str(given.year)), people, texts, texts.label("others")
        )
    )


def caption(texts: Texts, year: int, shown: int, everybody: int) -> Html:
    """Say what the picture shows."""
    if shown == everybody:
        return texts.gettext("Who came most often in {year}", year=str(year))
    return texts.gettext(
        "Who came most often in {year}: the first {shown} of {count}",
        year=str(year),
        shown=texts.number(shown),
        count=texts.number(everybody),
    )
