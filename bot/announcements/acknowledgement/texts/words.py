"""What stands in help, menus and the audit; and what an announcement asks for, in words."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from bot.announcements.rules.plan import PLAN
from bot.announcements.texts.plan import lengths
from bot.i18n import N_, Html

if TYPE_CHECKING:
    from bot.announcements.acknowledgement.rules.taps import Round
    from bot.announcements.acknowledgement.rules.wish import Wish
    from bot.i18n import Texts

TITLE: Final = N_("Acknowledgements")
HELP_ACK: Final = N_("Ask that an announcement be acknowledged: until when, with which reminders")
HELP_STATUS: Final = N_("Show who has read an announcement and who has not")
FORM_BY_TITLE: Final = N_("Until when it is to be acknowledged")
FORM_NUDGES_TITLE: Final = N_("When those are reminded who have not read it")
NUMBER: Final = N_("Number")
BY: Final = N_("Deadline")
NUDGES: Final = N_("Reminders")
PHRASES: Final = {
    "announcement.nudged": N_("{actor} reminded {people} people of announcement {target}"),
    "announcement.asked_anew": N_("{actor} asked everybody to acknowledge announcement {target} anew"),
    "announcement.roll_exported": N_("{actor} exported who has read announcement {target}: {people} people"),
    "announcement.silence_waived": N_("{actor} let pass that {name} had not acknowledged announcement {target}"),
}
READ: Final = N_("✅ Read")
SWITCH_ON: Final = N_("👀 Ask for an acknowledgement")
SWITCHED_ON: Final = N_("👀 Acknowledgement asked")
WAYS: Final = N_("⏱ Deadline, reminders")
STATUS: Final = N_("👀 Who has read it")


def digest_line(texts: Texts, count: int) -> Html:
    """Say in the digest how many wait for acknowledgements."""
    return texts.ngettext(
        "✅ {n} announcement waits to be acknowledged by everybody: <code>/announce status</code>",
        "✅ {n} announcements wait to be acknowledged by everybody: <code>/announce status</code>",
        count,
    )


def read_label(texts: Texts, count: int) -> str:
    """Label the button below the announcement, with how many have tapped it."""
    return texts.label("✅ Read ({n})", n=texts.number(count)) if count else texts.label(READ)


def draft_line(texts: Texts, wish: Wish, now: datetime, goes_out: datetime | None = None) -> Html:
    """Say on the card of a draft what it will ask for.

    A deadline that has passed, as a copy may have one, or that lies before it ``goes_out`` holds for nobody.
    """
    until = _deadline(texts, wish.until)
    if isinstance(wish.until, datetime) and wish.until <= now:
        until = texts.gettext("The deadline has passed: set another.")
    elif isinstance(wish.until, datetime) and goes_out is not None and wish.until <= goes_out:
        until = texts.gettext("The deadline lies before it goes out: set another.")
    return texts.flow(texts.gettext("✅ Asks everybody to acknowledge it."), until, _plan(texts, wish.nudges))


def posted_line(texts: Texts, asked: Round) -> Html | None:
    """Say on the card of a published one what it asks for; nothing where it asks no more."""
    if asked.closed:
        return None
    return texts.flow(
        texts.gettext("✅ Asks everybody to acknowledge it."), _deadline(texts, asked.until), _plan(texts, asked.nudges)
    )


def ways(texts: Texts, number: int, wish: Wish | None) -> Html:
    """Head the page on which it is set what is asked."""
    head = texts.gettext("<b>Acknowledgement of #{number}</b>", number=number)
    if wish is None:
        return Html("{}\n{}").format(head, texts.gettext("None is asked."))
    silence = (
        texts.gettext("Silence past the deadline is put before you as a violation; you decide about each person.")
        if wish.propose
        else texts.gettext("Silence past the deadline has no consequences.")
    )
    lines = (
        _deadline(texts, wish.until) or texts.gettext("There is no deadline."),
        _plan(texts, wish.nudges) or texts.gettext("Nobody is reminded by itself."),
        silence,
    )
    return Html("\n").join((head, *lines))


def _deadline(texts: Texts, until: datetime | timedelta | None) -> Html:
    if until is None:
        return Html()
    if isinstance(until, timedelta):
        return texts.gettext("Deadline: {length} after it is posted.", length=texts.duration(until))
    return texts.gettext("Deadline: {when}.", when=texts.when(until))


def _plan(texts: Texts, nudges: tuple[timedelta, ...]) -> Html:
    if not nudges:
        return Html()
    return texts.gettext("Whoever has not is reminded after {lengths}.", lengths=lengths(texts, nudges))


# Buttons on the page


def switch_label(texts: Texts, *, on: bool) -> str:
    """Label the button that asks for it, or asks no more."""
    return texts.label("Ask for none") if on else texts.label(SWITCH_ON)


def by_label(texts: Texts) -> str:
    """Label the button that asks for the deadline."""
    return texts.label("⏳ Set a deadline")


def no_by_label(texts: Texts) -> str:
    """Label the button that takes the deadline away."""
    return texts.label("No deadline")


def propose_label(texts: Texts, *, on: bool) -> str:
    """Label the button that switches whether silence is put before the managers."""
    return texts.label("✓ Silence as a violation") if on else texts.label("Silence as a violation")


def status_label(texts: Texts) -> str:
    """Label the button that shows who has read it."""
    return texts.label(STATUS)


OFFERED: Final = ((), PLAN[:1], PLAN)
"""The plans of reminders that have a button."""
