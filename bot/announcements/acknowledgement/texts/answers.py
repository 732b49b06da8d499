"""Answers to taps and lines: what came of them, or what is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from bot.announcements.acknowledgement.rules.taps import Locked, Noted, TakenBack, Twice
from bot.announcements.acknowledgement.rules.wish import TooSoon
from bot.announcements.rules.asked import Closed, Over
from bot.announcements.rules.nudging import APART, Reminded
from bot.announcements.texts.people import mentioned
from bot.announcements.texts.plan import fault as plan_fault
from bot.announcements.texts.reminding import begun, not_now
from bot.i18n import Html

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.announcements.acknowledgement.rules import taps
    from bot.announcements.rules.nudging import Outcome
    from bot.announcements.rules.people import Known
    from bot.announcements.rules.plan import Fault
    from bot.i18n import Texts

# Taps on the button


def tapped(texts: Texts, outcome: taps.Outcome) -> str:
    """Answer a tap on the button below the announcement."""
    match outcome:
        case Noted(mark, until):
            if mark.late and until is not None:
                return texts.label(
                    "Noted, but late: the deadline was {when}. You can take it back for 5 minutes with the same button.",
                    when=texts.when(until),
                )
            return texts.label("Thank you, noted. You can take it back for 5 minutes with the same button.")
        case TakenBack():
            return texts.label("Taken back: it does not count as read by you any more.")
        case Twice():
            return texts.label("It is noted already. You can take it back for 5 minutes with the same button.")
        case Locked(mark):
            return texts.label(
                "You acknowledged this on {when}. After 5 minutes it cannot be taken back any more.",
                when=texts.when(mark.at),
            )
        case Closed():
            return closed(texts)
        case _:
            assert_never(outcome)


# Lines


def how(texts: Texts) -> Html:
    """Say how it is set."""
    return texts.gettext(
        "Please write the number of the announcement and what you want: <code>/announce ack 12 on</code>, <code>off</code>, "
        "<code>by Fri 18:00</code>, <code>within 48h</code>, <code>nudge 1h,24h</code> or <code>violation on</code>."
    )


def not_understood(texts: Texts, typed: str) -> Html:
    """Say that the words are none of ours."""
    return texts.flow(texts.gettext("I do not know what “{typed}” means here.", typed=typed), how(texts))


def switch_wanted(texts: Texts, typed: str) -> Html:
    """Say that on or off was expected."""
    return texts.gettext("Please write <code>on</code> or <code>off</code>, not “{typed}”.", typed=typed)


def number_wanted(texts: Texts, typed: str) -> Html:
    """Say that the number is missing."""
    return texts.gettext(
        "Please write the number of the announcement, such as <code>/announce status 12</code>, not “{typed}”.",
        typed=typed,
    )


def fault(texts: Texts, found: Fault | TooSoon) -> Html:
    """Say what is wrong with a plan of reminders, or with a length of time."""
    if isinstance(found, TooSoon):
        return texts.gettext(
            "That is too short: people get at least {length} to read it.", length=texts.duration(APART)
        )
    return plan_fault(texts, found)


def ask_by(texts: Texts, examples: Html) -> Html:
    """Ask for the deadline; ``examples`` are times as they may be typed."""
    return texts.gettext("Until when is it to be acknowledged? For example: {examples}", examples=examples)


def ask_nudges(texts: Texts) -> Html:
    """Ask when those are reminded who have not read it."""
    return texts.gettext(
        "How long after the announcement are those reminded who have not read it? At most 3 times, such as "
        "<code>1h, 24h</code>; <code>off</code> for never."
    )


# What is published


def nothing_asked(texts: Texts, number: int) -> Html:
    """Say that an announcement asks for nothing."""
    return texts.gettext(
        "No acknowledgement is asked of #{number}. <code>/announce ack {number} on</code> asks for it.", number=number
    )


def not_posted(texts: Texts, number: int) -> Html:
    """Say that nobody can have read it yet."""
    return texts.gettext("#{number} does not stand in the group yet, so nobody can have read it.", number=number)


def nudged(texts: Texts, outcome: Outcome) -> Html:
    """Say what came of wanting to remind."""
    match outcome:
        case Reminded():
            return begun(texts, outcome)
        case Closed() | Over():
            return Html.escape(closed(texts))
        case _:
            nobody = texts.gettext("Everybody I know has acknowledged it: there is nobody to remind.")
            return not_now(texts, outcome, nobody)


# What readers are told


def in_private(texts: Texts, group: str, excerpt: str) -> Html:
    """Remind one person in private."""
    return texts.gettext(
        "🔔 An announcement in {group} waits for you: “{excerpt}”. Please read it and tap the button.",
        group=group,
        excerpt=excerpt,
    )


def in_group(texts: Texts, people: Sequence[Known]) -> Html:
    """Remind some people by name, below the announcement in the group."""
    names = mentioned(texts, people)
    return texts.gettext("🔔 {names}: please read this announcement and tap the button below it.", names=names)


def asked_anew(texts: Texts) -> Html:
    """Tell the group that it is asked again."""
    return texts.gettext(
        "✏️ This announcement has been changed. Whoever has acknowledged it already: please read it again and tap the button "
        "anew."
    )


# After a change


def ask_reopen(texts: Texts, number: int, count: int) -> Html:
    """Ask whether everybody is to acknowledge a changed announcement again."""
    return texts.ngettext(
        "The words of #{number} have changed. {n} person has acknowledged the former ones. Is everybody to acknowledge it "
        "again?",
        "The words of #{number} have changed. {n} people have acknowledged the former ones. Is everybody to acknowledge it "
        "again?",
        count,
        number=number,
    )


def reopen_label(texts: Texts) -> str:
    """Label the button that asks everybody again."""
    return texts.label("🔁 Ask again")


def keep_label(texts: Texts) -> str:
    """Label the button that lets count what was acknowledged."""
    return texts.label("Let it count")


def reopened(texts: Texts, number: int) -> Html:
    """Confirm that everybody is asked again."""
    return texts.gettext("Everybody is asked to acknowledge #{number} anew.", number=number)


def kept(texts: Texts, number: int) -> Html:
    """Confirm that what was acknowledged counts."""
    return texts.gettext("What was acknowledged of #{number} goes on counting.", number=number)


def only_managers(texts: Texts, bot: str) -> Html:
    """Say why names are not listed in the group."""
    return texts.gettext(
        "Who has read it and who has not is for those who run the group. Please open a private chat with @{bot} first.",
        bot=bot,
    )


def switched(texts: Texts, on: bool) -> str:
    """Confirm that it is asked, or not any more."""
    return texts.label("Everybody is asked to acknowledge it.") if on else texts.label("No acknowledgement is asked.")


def closed(texts: Texts) -> str:
    """Say that nothing is asked any more."""
    return texts.label("This announcement is not asked to be acknowledged any more.")
