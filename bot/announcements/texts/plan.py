"""A plan of reminders, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from bot.announcements.rules.nudging import APART, MOST_NUDGES
from bot.announcements.rules.plan import LONGEST, NoDelay, TooClose, TooLate, TooMany
from bot.i18n import Html

if TYPE_CHECKING:
    from datetime import timedelta

    from bot.announcements.rules.plan import Fault
    from bot.i18n import Texts


def fault(texts: Texts, found: Fault) -> Html:
    """Say what is wrong with a plan of reminders."""
    match found:
        case NoDelay(typed):
            return texts.gettext(
                "“{typed}” is no length of time. Please write it like <code>1h</code> or <code>1h, 24h</code>.",
                typed=typed[:60],
            )
        case TooMany(count, most) if most < MOST_NUDGES:
            return texts.ngettext(
                "The last reminder goes out before the end, and at most {most} before it; this is {n}.",
                "The last reminder goes out before the end, and at most {most} before it; these are {n}.",
                count,
                most=texts.number(most),
            )
        case TooMany(count, most):
            return texts.ngettext(
                "There are at most {most} reminders for an announcement; this is {n}.",
                "There are at most {most} reminders for an announcement; these are {n}.",
                count,
                most=texts.number(most),
            )
        case TooClose():
            return texts.gettext(
                "Reminders are at least {length} apart, and the first comes so long after the announcement.",
                length=texts.duration(APART),
            )
        case TooLate():
            return texts.gettext(
                "That is too long: at most {length} after the announcement.", length=texts.duration(LONGEST)
            )
        case _:
            assert_never(found)


def lengths(texts: Texts, nudges: tuple[timedelta, ...]) -> Html:
    """Write how long after it those are reminded who have not done it."""
    return texts.join([texts.duration(after) for after in nudges])


def plan_label(texts: Texts, nudges: tuple[timedelta, ...], *, chosen: bool) -> str:
    """Label the button that chooses a plan of reminders."""
    said = texts.label("🔔 After {lengths}", lengths=lengths(texts, nudges)) if nudges else texts.label("No reminders")
    return f"✓ {said}" if chosen else said


def own_plan_label(texts: Texts) -> str:
    """Label the button that asks for other times."""
    return texts.label("🔔 Other times")
