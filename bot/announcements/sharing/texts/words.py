"""What stands in help, menus and the audit; what is asked, in words; answers to taps and lines."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, assert_never

from bot.announcements.rules.asked import Closed, Over
from bot.announcements.rules.nudging import Reminded
from bot.announcements.rules.plan import PLAN
from bot.announcements.sharing.rules.campaign import Noted, TakenBack, Twice
from bot.announcements.sharing.rules.wish import BEFORE
from bot.announcements.texts import plan as say_plan
from bot.announcements.texts.people import mentioned
from bot.announcements.texts.plan import lengths
from bot.announcements.texts.reminding import begun, not_now
from bot.i18n import N_, Html

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime, timedelta

    from bot.announcements.rules.nudging import Outcome
    from bot.announcements.rules.people import Known
    from bot.announcements.sharing.rules import campaign
    from bot.announcements.sharing.rules.campaign import Campaign
    from bot.announcements.sharing.rules.wish import Wish
    from bot.i18n import Texts

TITLE: Final = N_("Share campaigns")
HELP_SHARE: Final = N_("Ask members to pass an announcement on: until when, with or without proof")
HELP_SHARES: Final = N_("Show who has passed an announcement on and who has not")
FORM_UNTIL: Final = N_("Until when it is to be passed on")
FORM_PROOF: Final = N_("Proof that you have passed it on")
NUMBER: Final = N_("Number")
UNTIL: Final = N_("Ends")
PROOF: Final = N_("Screenshot")
NUDGES: Final = N_("Reminders")
FORM_NUDGES: Final = N_("When those are reminded who have not passed it on")
OFFERED: Final = ((), BEFORE, (*PLAN, *BEFORE))
"""The plans of reminders that have a button."""
PHRASES: Final = {
    "announcement.shares_nudged": N_("{actor} reminded {people} people to pass announcement {target} on"),
    "announcement.shares_exported": N_("{actor} exported who has passed announcement {target} on: {people} people"),
}
ASK: Final = N_("📤 Ask to pass it on")
ASKED: Final = N_("📤 To be passed on")
WHO: Final = N_("📤 Who has passed it on")
SENT: Final = N_("📷 sent")
NO_PROOF: Final = N_("Without a screenshot")
TAKE_BACK: Final = N_("↩️ I have not passed it on")


def shared_label(texts: Texts, count: int) -> str:
    """Label the button below the announcement, with how many have tapped it."""
    if count:
        return texts.label("✓ I have passed it on ({n})", n=texts.number(count))
    return texts.label("✓ I have passed it on")


def draft_line(texts: Texts, wish: Wish, now: datetime, goes_out: datetime | None = None) -> Html:
    """Say on the card of a draft what it will ask for.

    An end that has passed, as a copy may have one, or that lies before it ``goes_out`` holds for nobody.
    """
    if wish.until is None or wish.until > max(now, goes_out or now):
        return line(texts, wish)
    if wish.until <= now:
        missed = texts.gettext("Its end has passed: set another.")
    else:
        missed = texts.gettext("Its end lies before it goes out: set another.")
    return texts.flow(line(texts, replace(wish, until=None)), missed)


def line(texts: Texts, asked: Wish | Campaign) -> Html:
    """Say on the managers' card what is asked."""
    said, until = texts.gettext("📤 Asks everybody to pass it on."), asked.until
    end = Html() if until is None else texts.gettext("Until {when}.", when=texts.when(until))
    proof = texts.gettext("A screenshot is asked for.") if asked.proof else Html()
    return texts.flow(said, end, proof, _plan(texts, asked.nudges, ends=until is not None))


def over_line(texts: Texts, asked: Campaign) -> Html:
    """Say on the managers' card that it has ended."""
    when = asked.until or asked.opened_at
    return texts.gettext("📤 Passing it on ended on {when}.", when=texts.when(when))


def page(texts: Texts, number: int, wish: Wish | Html | None) -> Html:
    """Head the page on which it is set what is asked, or why nothing can be."""
    head = texts.gettext("<b>Passing on #{number}</b>", number=number)
    if isinstance(wish, Html):
        return Html("{}\n{}").format(head, wish)
    if wish is None:
        return Html("{}\n{}").format(head, texts.gettext("Nobody is asked to pass it on."))
    end = (
        texts.gettext("It has no end.")
        if wish.until is None
        else texts.gettext("It ends on {when}.", when=texts.when(wish.until))
    )
    proof = texts.gettext("A screenshot is asked for.") if wish.proof else texts.gettext("No screenshot is asked for.")
    plan = _plan(texts, wish.nudges, ends=wish.until is not None) or texts.gettext("Nobody is reminded by itself.")
    return Html("\n").join((head, texts.gettext("📤 Asks everybody to pass it on."), end, proof, plan))


def _plan(texts: Texts, nudges: tuple[timedelta, ...], *, ends: bool) -> Html:
    """Say when those are reminded who have not; nothing where they are not."""
    after = tuple(length for length in nudges if length not in BEFORE)
    last = ends and len(after) < len(nudges)
    if after and last:
        return texts.gettext(
            "Whoever has not passed it on is reminded after {lengths}, and once before the end.",
            lengths=lengths(texts, after),
        )
    if after:
        return texts.gettext("Whoever has not passed it on is reminded after {lengths}.", lengths=lengths(texts, after))
    return texts.gettext("Whoever has not passed it on is reminded once before the end.") if last else Html()


def plan_label(texts: Texts, nudges: tuple[timedelta, ...], *, chosen: bool) -> str:
    """Label the button that chooses a plan of reminders."""
    after = tuple(length for length in nudges if length not in BEFORE)
    if not nudges or len(after) == len(nudges):
        return say_plan.plan_label(texts, nudges, chosen=chosen)
    if not after:
        said = texts.label("🔔 Once before the end")
    else:
        said = texts.label("🔔 After {lengths}, and at the end", lengths=lengths(texts, after))
    return f"✓ {said}" if chosen else said


def ask_nudges(texts: Texts) -> Html:
    """Ask when those are reminded who have not passed it on."""
    return texts.gettext(
        "How long after the announcement are those reminded who have not passed it on? At most twice, such as "
        "<code>1h, 24h</code>, and once more before the end; <code>off</code> for never."
    )


def switch_label(texts: Texts, *, on: bool) -> str:
    """Label the button that asks for it, or asks no more."""
    return texts.label("Ask nobody to pass it on") if on else texts.label(ASK)


def ways_label(texts: Texts) -> str:
    """Label the button that leads to what is asked."""
    return texts.label(ASKED)


def until_label(texts: Texts) -> str:
    """Label the button that asks when it ends."""
    return texts.label("⏳ Set an end")


def no_until_label(texts: Texts) -> str:
    """Label the button that takes the end away."""
    return texts.label("No end")


def proof_label(texts: Texts, *, on: bool) -> str:
    """Label the button that switches whether a screenshot is asked for."""
    return texts.label("✓ With a screenshot") if on else texts.label("With a screenshot")


# Lines and forms


def how(texts: Texts) -> Html:
    """Say how it is set."""
    return texts.gettext(
        "Please write the number of the announcement and what you want: <code>/announce share 12 until Fri 18:00 "
        "proof</code>, <code>on</code>, <code>off</code>, <code>proof off</code> or <code>nudge 1h,24h</code>."
    )


def not_understood(texts: Texts, typed: str) -> Html:
    """Say that the words are none of ours."""
    return texts.flow(texts.gettext("I do not know what “{typed}” means here.", typed=typed), how(texts))


def number_wanted(texts: Texts, typed: str) -> Html:
    """Say that the number is missing."""
    return texts.gettext(
        "Please write the number of the announcement, such as <code>/announce shares 12</code>, not “{typed}”.",
        typed=typed,
    )


def switched(texts: Texts, on: bool) -> str:
    """Confirm that it is asked, or not any more."""
    return texts.label("Everybody is asked to pass it on.") if on else texts.label("Nobody is asked to pass it on.")


def ask_until(texts: Texts, examples: Html) -> Html:
    """Ask when it ends; ``examples`` are times as they may be typed."""
    return texts.gettext("Until when is it to be passed on? For example: {examples}", examples=examples)


def nothing_asked(texts: Texts, number: int) -> Html:
    """Say that an announcement asks for nothing."""
    return texts.gettext(
        "Nobody is asked to pass #{number} on. <code>/announce share {number} on</code> asks for it.", number=number
    )


def not_posted(texts: Texts, number: int) -> Html:
    """Say that nobody can have passed it on yet."""
    return texts.gettext("#{number} does not stand in the group yet, so nobody can have passed it on.", number=number)


# What members are told


def tapped(texts: Texts, outcome: campaign.Outcome) -> str:
    """Answer a tap on the button below the announcement."""
    match outcome:
        case Noted():
            return texts.label("Thank you, noted. The same button takes it back.")
        case TakenBack():
            return texts.label("Taken back: you have not passed it on.")
        case Twice():
            return texts.label("It is noted already. The same button takes it back.")
        case Over(until):
            return texts.label("Too late: passing it on ended on {when}.", when=texts.when(until))
        case Closed():
            return texts.label("Nobody is asked to pass this on any more.")
        case _:
            assert_never(outcome)


def please(texts: Texts, asked: Campaign) -> Html:
    """Ask the group, below the announcement."""
    said = texts.gettext("📤 Please pass this announcement on, and then tap the button below it.")
    end = Html() if asked.until is None else texts.gettext("Until {when}.", when=texts.when(asked.until))
    proof = texts.gettext("You can send me a screenshot of it in private.") if asked.proof else Html()
    return texts.flow(said, end, proof)


def ask_proof(texts: Texts, number: int, title: str) -> Html:
    """Ask for the screenshot in private."""
    return texts.gettext(
        "Thank you: it is noted that you have passed on #{number} of {group}. Send me a screenshot of it here if you like; "
        "only those who run the group can see it.",
        number=number,
        group=title,
    )


def photo_wanted(texts: Texts) -> Html:
    """Say that only a photo is a screenshot."""
    return texts.gettext("Please send the screenshot as a photo, or choose one of the buttons.")


def proved(texts: Texts, outcome: campaign.Outcome) -> Html:
    """Answer a screenshot, or what was chosen instead."""
    match outcome:
        case Noted(share) if share.proof is not None:
            return texts.gettext(
                "Thank you, the screenshot is kept with it. One is enough: another one takes its place."
            )
        case Noted() | Twice():
            return texts.gettext("Thank you. It is noted, without a screenshot.")
        case _:
            return Html.escape(tapped(texts, outcome))


def not_in_group(texts: Texts) -> Html:
    """Refuse a link of a group that somebody is not in."""
    return texts.gettext("This belongs to a group that you are not in.")


def gone(texts: Texts) -> Html:
    """Say that the announcement is not there any more."""
    return texts.gettext("Nobody is asked to pass this on any more.")


def reminder(texts: Texts, people: Sequence[Known]) -> Html:
    """Remind some people by name, below the announcement in the group."""
    return texts.gettext(
        "📤 {names}: please pass this announcement on and tap the button below it.", names=mentioned(texts, people)
    )


def in_private(texts: Texts, group: str, excerpt: str) -> Html:
    """Remind one person in private."""
    return texts.gettext(
        "📤 An announcement in {group} is to be passed on: “{excerpt}”. Please pass it on and tap the button.",
        group=group,
        excerpt=excerpt,
    )


def nudged(texts: Texts, outcome: Outcome) -> Html:
    """Say what came of wanting to remind."""
    match outcome:
        case Reminded():
            return begun(texts, outcome)
        case Closed() | Over():
            return Html.escape(tapped(texts, outcome))
        case _:
            return not_now(
                texts, outcome, texts.gettext("Everybody I know has passed it on: there is nobody to remind.")
            )


def only_managers(texts: Texts, bot: str) -> Html:
    """Say why names are not listed in the group."""
    return texts.gettext(
        "Who has passed it on and who has not is for those who run the group. Please open a private chat with @{bot} first.",
        bot=bot,
    )
