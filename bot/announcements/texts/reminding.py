"""What is said of reminders: what came of wanting one, how far it is, and why nobody is reminded now."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from bot.announcements.rules.nudging import MOST_NUDGES, Enough, Hold, Nobody, Reminded, TooEarly, Underway
from bot.announcements.rules.run import State
from bot.announcements.texts.people import refused_line
from bot.i18n import Html

if TYPE_CHECKING:
    from datetime import timedelta

    from bot.announcements.rules.announcement import Announcement
    from bot.announcements.rules.nudging import NotNow
    from bot.announcements.rules.run import Run
    from bot.i18n import Texts


def begun(texts: Texts, outcome: Reminded) -> Html:
    """Say that people are being reminded."""
    in_private, in_group = outcome.in_private, outcome.in_group
    return texts.flow(
        texts.ngettext("{n} person is being reminded.", "{n} people are being reminded.", in_private + in_group),
        _ways(texts, in_private, in_group),
        _left(texts, MOST_NUDGES - outcome.asked.nudged),
    )


def _ways(texts: Texts, in_private: int, in_group: int) -> Html:
    if in_private and in_group:
        return texts.gettext(
            "In private: {private}. By name in the group, because I cannot write to them: {group}.",
            private=texts.number(in_private),
            group=texts.number(in_group),
        )
    if in_group:
        return texts.gettext("By name in the group, because I cannot write to them in private.")
    return texts.gettext("In private.")


def _left(texts: Texts, left: int) -> Html:
    if not left:
        return texts.gettext("This was the last time for this announcement.")
    return texts.ngettext("One more reminder is possible.", "{n} more reminders are possible.", left)


def not_now(texts: Texts, outcome: NotNow, nobody: Html) -> Html:
    """Say why nobody is reminded now; ``nobody``: there is nobody to remind."""
    match outcome:
        case Nobody():
            return nobody
        case Underway(left, until):
            return texts.ngettext(
                "The last reminder still goes on: {n} person is still to be reminded. Please try again after {time}.",
                "The last reminder still goes on: {n} people are still to be reminded. Please try again after {time}.",
                left,
                time=texts.clock(until),
            )
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


def run_lines(texts: Texts, run: Run, left: tuple[int, timedelta], item: Announcement) -> list[Html]:
    """Say how far a reminder is, with how many are ``left`` and how long that takes; nothing where it has come to its end."""
    lines = []
    if run.state in {State.RUNNING, State.REFUSED}:
        lines.append(texts.flow(_so_far(texts, run), _still(texts, run, left, item)))
    if run.unsure:
        lines.append(
            texts.ngettext(
                "❓ Of {n} person I do not know whether the reminder arrived; it is not repeated.",
                "❓ Of {n} people I do not know whether the reminder arrived; it is not repeated.",
                run.unsure,
            )
        )
    return lines


def _so_far(texts: Texts, run: Run) -> Html:
    return texts.gettext("🔔 Reminded: {told} of {known}.", told=texts.number(run.told), known=texts.number(run.known))


def _still(texts: Texts, run: Run, left: tuple[int, timedelta], item: Announcement) -> Html:
    people, length = left
    if run.state is State.REFUSED:
        return refused_line(texts, run, item)
    if run.waits_until is not None:
        return texts.ngettext(
            "{n} is still to be reminded: it is quiet, I go on {when}.",
            "{n} are still to be reminded: it is quiet, I go on {when}.",
            people,
            when=texts.when(run.waits_until),
        )
    return texts.ngettext(
        "{n} is still to be reminded, in about {length}.",
        "{n} are still to be reminded, in about {length}.",
        people,
        length=texts.duration(length),
    )


def open_label(texts: Texts) -> str:
    """Label the button that leads to the announcement."""
    return texts.label("Open the announcement")
