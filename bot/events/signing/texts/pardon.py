"""Forgiving missed events."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.i18n import N_, Html

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.events.signing.rules.missed import Missing
    from bot.i18n import Texts

TITLE = N_("Missed events")
HELP = N_("Forgive somebody the events they missed, so that they can sign up again")
AUDIT = {"event.pardoned": N_("{actor} forgave {target} the events they missed: {missed}")}


def nobody(texts: Texts) -> Html:
    """Say that nobody missed anything."""
    return texts.gettext("Nobody missed an event in the past 90 days without leaving its list.")


def listing(texts: Texts, people: Sequence[Missing], rest: int) -> Html:
    """Show who missed events, and who cannot sign up because of it; ``rest`` are not named."""
    head = texts.gettext("These missed events in the past 90 days without leaving the list. A tap forgives it:")
    more = [texts.ngettext("… and {n} more", "… and {n} more", rest)] if rest else []
    return Html("\n").join([head, *(_line(texts, one) for one in people), *more])


def _line(texts: Texts, one: Missing) -> Html:
    said = texts.ngettext("• <b>{name}</b>: {n} event", "• <b>{name}</b>: {n} events", one.missed, name=one.name[:64])
    if one.suspended is None:
        return said
    return texts.gettext("{said}, cannot sign up before {when}", said=said, when=texts.when(one.suspended.until))


def label(texts: Texts, one: Missing) -> str:
    """Label the button that forgives."""
    return texts.label("Forgive {name}", name=one.name[:30])


def pardoned(texts: Texts, one: Missing) -> Html:
    """Say that it is forgiven."""
    said = texts.ngettext(
        "{n} missed event of <b>{name}</b> is forgiven and counts for nothing any more.",
        "{n} missed events of <b>{name}</b> are forgiven and count for nothing any more.",
        one.missed,
        name=one.name[:64],
    )
    return said if one.suspended is None else texts.flow(said, texts.gettext("They can sign up again at once."))


def missed_nothing(texts: Texts, name: str) -> Html:
    """Answer a person who missed nothing."""
    return texts.gettext("<b>{name}</b> has missed no event here in the past year.", name=name[:64])
