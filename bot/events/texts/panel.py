"""The organiser's panel of an event."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.events.rules.plan import Plan
from bot.events.texts.card import card
from bot.events.texts.fields import FIELDS, value
from bot.i18n import N_, Html

if TYPE_CHECKING:
    from datetime import datetime

    from bot.events.rules.event import Event
    from bot.events.rules.plan import Field
    from bot.events.rules.signup import Tally
    from bot.i18n import Texts

MANAGE = N_("⚙️")
"""The button on the card: a sign, so that it takes little room."""
EDIT, CARD = N_("✏️ Edit"), N_("Show the card")
CLOSE, REOPEN = N_("🔒 Close sign-up"), N_("🔓 Reopen sign-up")
CANCEL = N_("✕ Cancel the event")
BACK = N_("« Back")


_DETAILS: tuple[Field, ...] = (
    "link",
    "named",
    "questions",
    "reminders",
    "reconfirm",
    "promote",
    "call",
    "closes",
    "strict",
    "automatic",
    "offer",
    "picture",
)
"""The fields that do not stand on the card."""


def panel(texts: Texts, event: Event, tally: Tally, now: datetime, note: Html | None) -> Html:
    """Write what an event is for those who run it: the card, and what is not on it; headed by what was just done."""
    plan, usual = event.plan, Plan(event.plan.title, event.plan.starts_at)
    details = [
        texts.gettext("<b>{label}:</b> {value}", label=texts.gettext(FIELDS[name]), value=value(texts, plan, name))
        for name in _DETAILS
        if getattr(plan, name) != getattr(usual, name)
    ]
    parts = [card(texts, event, tally, (), now)]
    if details:
        parts.append(Html("\n").join(details))
    if note is not None:
        parts.insert(0, note)
    return Html("\n\n").join(parts)
