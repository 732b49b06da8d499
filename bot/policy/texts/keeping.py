"""Asking how much is kept of messages that break a rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.i18n import Html, Texts


def ask_keeping(texts: Texts) -> Html:
    """Ask how much is kept."""
    return texts.gettext(
        "How many samples shall be kept for each rule, and for how many days? For example <code>20 for 7 days</code>. More or"
        " longer is each group’s own choice; <code>/rules</code> says it to everybody. What is there is not kept longer than was"
        " said when it was written."
    )


def usual_keeping(texts: Texts) -> list[tuple[str, str]]:
    """Return usual answers: what stands on the button, and what it types."""
    return [
        (texts.label("20 for 7 days"), "20 for 7 days"),
        (texts.label("100 for 30 days"), "100 for 30 days"),
        (texts.label("None"), "none"),
    ]
