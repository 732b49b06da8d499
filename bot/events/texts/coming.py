"""The list of events that are coming up, and the question which of them is meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.events.texts.card import name_of, seats
from bot.events.texts.organiser import example
from bot.i18n import N_, Html

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.events.rules.event import Event
    from bot.events.rules.signup import Tally
    from bot.i18n import Texts

LIST_TITLE = N_("What is coming up")
MONTH, MINE, PAST, EXPORT = N_("📅 Month"), N_("🙋 My events"), N_("🕘 Past events"), N_("📄 As a file")
ATTENDANCE = N_("👣 Attendance")
PLAN, COPY, DRAFTS, TEMPLATES = N_("➕ New event"), N_("⧉ Copy"), N_("📝 Drafts"), N_("Templates")
SERIES, MISSED, SETTINGS = N_("🔁 Series"), N_("🚫 Missed events"), N_("⚙️ Settings")
_NEW_CLOCK = 10
"""How many events are named when the clock reads differently for them."""


def coming_title(texts: Texts) -> Html:
    """Head the list of events."""
    return Html("<b>{}</b>").format(texts.gettext(LIST_TITLE))


def new_clock(texts: Texts, found: Sequence[Event]) -> Html:
    """Say that events keep their moment in another time zone, and what the clock shows then."""
    shown = [Html("• {} – {}").format(name_of(event), texts.when(event.plan.starts_at)) for event in found[:_NEW_CLOCK]]
    head = texts.ngettext(
        "{n} coming event keeps its moment; in the new time zone it begins:",
        "{n} coming events keep their moment; in the new time zone they begin:",
        len(found),
    )
    rest = [Html("…")] if len(found) > _NEW_CLOCK else []
    return Html("\n").join([head, *shown, *rest])


def coming_line(texts: Texts, event: Event, tally: Tally, link: str | None, now: datetime) -> Html:
    """Write an event in the list; its title links to its card."""
    title = Html("<b>{}</b>").format(event.plan.title)
    if link is not None:
        title = Html('<a href="{}">{}</a>').format(link, title)
    return Html("#{} {}\n🗓 {}\n👥 {}\n").format(
        event.number, title, _when(texts, event, now), seats(texts, event.plan, tally)
    )


def _when(texts: Texts, event: Event, now: datetime) -> Html:
    """Say when an event begins; of one under way until when it lasts, or since when if nobody said."""
    if not event.is_under_way(now):
        return Html.escape(texts.when(event.plan.starts_at))
    if event.plan.minutes is None:
        return texts.gettext("<b>now</b>, since {when}", when=texts.when(event.plan.starts_at))
    return texts.gettext("<b>now</b>, until {when}", when=texts.when(event.plan.ends_at))


def nothing_coming(texts: Texts, *, may_create: bool) -> Html:
    """Say that there are no events."""
    said = texts.gettext("No event is coming up.")
    if not may_create:
        return said
    return texts.flow(said, texts.gettext("To plan one: {example}", example=example(texts)))


def which_event(texts: Texts, more: int = 0) -> Html:
    """Ask which event is meant; ``more`` have no button."""
    asked = texts.gettext("Which event?")
    if more <= 0:
        return asked
    rest = texts.ngettext(
        "{n} more has no button here: write its number after the command.",
        "{n} more have no button here: write the number after the command.",
        more,
    )
    return texts.flow(asked, rest)


def event_label(texts: Texts, event: Event) -> str:
    """Label the button of an event."""
    title = event.plan.title if len(event.plan.title) <= 32 else f"{event.plan.title[:31]}…"
    return texts.label(
        "#{number} {title}, {date}", number=event.number, title=title, date=texts.date(event.plan.starts_at)
    )


def not_a_sub(texts: Texts, word: str) -> Html:
    """Answer a second word that is none of ours."""
    return texts.gettext(
        "/event does not know “{word}”. <code>/help event</code> lists what it knows; /event alone has buttons.",
        word=word[:64],
    )
