"""The organiser's panel of an event."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.events.texts.card import card
from bot.i18n import N_, Html

if TYPE_CHECKING:
    from datetime import datetime

    from bot.events.rules.event import Event
    from bot.events.rules.signup import Tally
    from bot.i18n import Texts

MANAGE = N_("⚙️")
"""The button on the card: a sign, so that it takes little room."""
EDIT, CARD = N_("✏️ Edit"), N_("Show the card")
CLOSE, REOPEN = N_("🔒 Close sign-up"), N_("🔓 Reopen sign-up")
CANCEL = N_("✕ Cancel the event")
BACK = N_("« Back")


def panel(texts: Texts, event: Event, tally: Tally, now: datetime, note: Html | None) -> Html:
    """Write what an event is for those who run it, headed by what was just done."""
    parts = [card(texts, event, tally, (), now)]
    if note is not None:
        parts.insert(0, note)
    return Html("\n\n").join(parts)
