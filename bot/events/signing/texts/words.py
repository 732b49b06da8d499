"""The answer to signing up in words, and to an organiser who puts people on a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.events.signing.rules.rolls import Stood
from bot.events.texts.card import name_of
from bot.i18n import N_, Html

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.events.rules.event import Event
    from bot.events.signing.rules.rolls import Entry
    from bot.i18n import Texts


def roll(texts: Texts, event: Event, entries: Sequence[Entry]) -> Html:
    """Say what the words of some people came to."""
    return Html("\n").join([name_of(event), *(line(texts, one) for one in entries)])


def line(texts: Texts, entry: Entry) -> Html:
    """Say what one person's word came to."""
    name = Html("<b>{}</b>").format(entry.name[:64])
    if entry.guests:
        name = Html("{} +{}").format(name, entry.guests)
    if entry.stood is Stood.GUEST_LIMIT:
        return texts.ngettext(
            "• {name}: at most {n} guest each, so nothing was changed.",
            "• {name}: at most {n} guests each, so nothing was changed.",
            entry.number,
            name=name,
        )
    return texts.gettext(_LINES[entry.stood], name=name, place=texts.number(entry.number))


_LINES: dict[Stood, str] = {
    Stood.IN: N_("✓ {name}: in."),
    Stood.WAITS: N_("⏳ {name}: number {place} on the waiting list."),
    Stood.MAYBE: N_("• {name}: maybe, without a seat for now."),
    Stood.OFF: N_("• {name}: not on the list."),
    Stood.NO_GUESTS: N_("• {name}: guests cannot come along, so nothing was changed."),
    Stood.NO_SEAT: N_("• {name}: there is no seat for another guest."),
    Stood.FULL: N_("• {name}: there are not enough seats left, and there is no waiting list."),
    Stood.CLOSED: N_("• {name}: sign-up is closed, so nothing was changed."),
    Stood.BARRED: N_("• {name}: not possible now. Tap Join on the card to see why."),
}


def anonymous(texts: Texts) -> Html:
    """Answer who writes in the group's name."""
    return texts.gettext(
        "Telegram does not show me who writes in the group’s name. Please tap Join on the card, or write as yourself."
    )
