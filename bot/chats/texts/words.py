"""The parts of sentences: zones, weekdays, days, purposes of topics."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from babel.dates import get_day_names, get_timezone_location

from bot.chats.rules.typed import spans_of
from bot.i18n import N_, Html, Texts

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from bot.kernel.groups import Purpose, QuietHours

PURPOSE_NAMES: dict[Purpose, str] = {
    "announcements": N_("Announcements"),
    "events": N_("Events"),
    "cases": N_("Warnings"),
    "digest": N_("Digest"),
}
EVERY_DAY = frozenset(range(7))


def city(texts: Texts, zone: str) -> str:
    """Name a zone by its city, in the reader's language."""
    return "UTC" if zone == "UTC" else str(get_timezone_location(ZoneInfo(zone), locale=texts.locale, return_city=True))


def offset(zone: str, now: datetime) -> str:
    """Write how far a zone is from UTC: "UTC+8", "UTC-3:30"."""
    length = now.astimezone(ZoneInfo(zone)).utcoffset()
    minutes = int(length.total_seconds()) // 60 if length else 0
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'-' if minutes < 0 else '+'}{hours}" + (f":{rest:02}" if rest else "")


def zone_label(texts: Texts, zone: str, now: datetime) -> str:
    """Write a zone on a button."""
    return "UTC" if zone == "UTC" else f"{city(texts, zone)} ({offset(zone, now)})"


def zone_now(texts: Texts, zone: str, now: datetime) -> Html:
    """Write a zone with its present time."""
    local = now.astimezone(ZoneInfo(zone))
    return texts.gettext(
        "<b>{city}</b> ({offset}), where it is {clock} now",
        city=city(texts, zone),
        offset=offset(zone, now),
        clock=f"{local:%H:%M}",
    )


def weekdays(texts: Texts, days: Iterable[int]) -> str:
    """Write weekdays, neighbours drawn together: "Mon–Fri"."""
    held = sorted(set(days))
    if frozenset(held) == EVERY_DAY:
        return texts.label("every day")
    names = get_day_names("abbreviated", locale=texts.locale)
    runs: list[list[int]] = []
    for day in held:
        if runs and day == runs[-1][-1] + 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    spelt: list[str] = []
    for run in runs:
        if len(run) > 2:
            spelt.append(texts.label("{first}–{last}", first=names[run[0]], last=names[run[-1]]))
        else:
            spelt += [names[day] for day in run]
    return texts.join(spelt).unescape()


def quiet(texts: Texts, hours: Iterable[QuietHours]) -> Html:
    """Write quiet hours."""
    written = [
        texts.gettext(
            "{start}–{end} ({days})",
            start=f"{one.start:%H:%M}",
            end=f"{one.end:%H:%M}",
            days=weekdays(texts, one.weekdays),
        )
        for one in hours
    ]
    return texts.join(written) if written else texts.gettext("none")


def span(texts: Texts, first: date, last: date) -> str:
    """Write a day or a span of days."""
    return texts.date(first) if first == last else f"{texts.date(first)} – {texts.date(last)}"


def days(texts: Texts, held: Iterable[date]) -> list[str]:
    """Write days, consecutive ones drawn together."""
    return [span(texts, first, last) for first, last in spans_of(held)]


def purpose(texts: Texts, name: Purpose) -> Html:
    """Name what a topic is for."""
    return texts.gettext(PURPOSE_NAMES[name])
