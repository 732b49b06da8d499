"""The link and the call to the start in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.events.rules.event import Phase
from bot.events.texts.card import name_of
from bot.events.texts.news import what
from bot.i18n import N_, Html

if TYPE_CHECKING:
    from bot.events.rules.event import Event
    from bot.i18n import Texts

LINK = N_("🔗 Link")


def link(texts: Texts, event: Event) -> Html:
    """Tell somebody who is going the link."""
    return texts.gettext(
        "🔗 {event}: {link}\nPlease keep it to yourself.", event=what(texts, event), link=event.plan.link or ""
    )


def link_sent(texts: Texts) -> str:
    """Say that the link is in private."""
    return texts.label("I have sent you the link in private.")


def link_not_yours(texts: Texts) -> str:
    """Say who gets the link."""
    return texts.label("The link is for those who are going. Tap Join first.")


def no_link(texts: Texts) -> str:
    """Say that there is no link."""
    return texts.label("There is no link yet. It will be here as soon as the organiser has one.")


def open_private(texts: Texts, bot: str) -> str:
    """Say that the link can only be told in private."""
    return texts.label("I can tell you the link only in private: open @{bot}, tap Start, then tap Link again.", bot=bot)


# The call to the start


def call(texts: Texts, event: Event, phase: Phase) -> Html:
    """Call everybody in the group to the start."""
    if phase is Phase.OVER:
        said = texts.gettext("📣 {event} is on.", event=name_of(event))
    else:
        clock = texts.clock(event.plan.starts_at)
        said = texts.gettext("📣 {event} starts at {clock}.", event=name_of(event), clock=clock)
    if event.plan.link is None:
        return said
    return texts.flow(said, texts.gettext("If you are going, tap Link on the card."))


def without_link(texts: Texts, event: Event) -> Html:
    """Tell the organiser that people are called to a talk that has no link."""
    return texts.gettext(
        "🔗 {event} begins soon and has no link yet. Send <code>/event edit {number} link https://…</code>;"
        " those who are going are told.",
        event=what(texts, event),
        number=event.number,
    )


def call_private(texts: Texts, event: Event, group: str, phase: Phase) -> Html:
    """Call somebody who is going to the start, with the link."""
    if phase is Phase.OVER:
        said = texts.gettext("📣 {event} in {group} is on.", event=name_of(event), group=group)
    else:
        said = texts.gettext(
            "📣 {event} in {group} starts at {clock}.",
            event=name_of(event),
            group=group,
            clock=texts.clock(event.plan.starts_at),
        )
    return Html("{}\n🔗 {}").format(said, event.plan.link) if event.plan.link else said
