"""Why nobody is reminded now."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from bot.announcements.rules.nudging import MOST_NUDGES, Enough, Hold, TooEarly

if TYPE_CHECKING:
    from bot.i18n import Html, Texts


def not_now(texts: Texts, outcome: Enough | TooEarly | Hold) -> Html:
    """Say why nobody is reminded now."""
    match outcome:
        case Enough():
            return texts.ngettext(
                "They were reminded {n} time already; more is not done for one announcement.",
                "They were reminded {n} times already; more is not done for one announcement.",
                MOST_NUDGES,
            )
        case TooEarly(until):
            return texts.gettext(
                "The last reminder was less than 5 minutes ago. The next one can go out at {time}.",
                time=texts.clock(until),
            )
        case Hold(until):
            return texts.gettext(
                "It is quiet in the group until {when}. I hold the reminder and send it then.", when=texts.when(until)
            )
        case _:
            assert_never(outcome)
