"""What a moderator is told: refusals, questions, confirmations, and that something did not work."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, assert_never

from bot.i18n import Html
from bot.violations.rules.case import IN_FORCE, State
from bot.violations.rules.ladder import Rung
from bot.violations.rules.ledger import REASON_LIMIT, Unwarnable, next_step
from bot.violations.rules.orders import LetBack, LiftMute, MuteUntil, Remove, TextUntil
from bot.violations.rules.outcomes import AlreadyUndone, IsRelease, NeedsRemover, NoSuchCase, OwnCase, Reverted
from bot.violations.texts import words

if TYPE_CHECKING:
    from datetime import datetime

    from bot.i18n import Texts
    from bot.kernel.ids import UserId
    from bot.violations.rules.case import Case
    from bot.violations.rules.outcomes import JustWarned, UndoOutcome, Warned

# Whom one cannot warn


def unwarnable(texts: Texts, reason: Unwarnable, name: str) -> Html:
    """Say why somebody cannot be warned, and what can be done instead."""
    match reason:
        case Unwarnable.OWNER:
            return texts.gettext("<b>{name}</b> owns this group and cannot be warned.", name=name)
        case Unwarnable.ADMIN:
            return texts.gettext(
                "<b>{name}</b> is an administrator and cannot be warned. Please talk to each other, or to the owner.",
                name=name,
            )
        case Unwarnable.ONESELF:
            return texts.gettext("You cannot warn yourself.")
        case Unwarnable.THE_BOT:
            return texts.gettext("That is me. If I did something wrong, please tell the owner of this group.")
        case Unwarnable.OTHER_BOT:
            return texts.gettext(
                "<b>{name}</b> is a bot and cannot be warned. An administrator can remove it in Telegram.", name=name
            )
        case Unwarnable.GONE:
            return texts.gettext(
                "<b>{name}</b> is no longer in this group, so the warning would not reach them. Earlier cases are on"
                " record: <code>/warns</code> with their name or id.",
                name=name,
            )
        case Unwarnable.ANONYMOUS:
            return texts.gettext(
                "That was written by an administrator in the name of the group, and administrators cannot be warned."
            )
        case Unwarnable.CHANNEL:
            return texts.gettext(
                "<b>{name}</b> is a channel that writes here, not a person. An administrator can ban it in Telegram.",
                name=name,
            )
        case _:
            assert_never(reason)


def whom(texts: Texts, unclear: Html) -> Html:
    """Add an example to the sentence that says that it is not clear who is meant."""
    return Html("\n").join((unclear, texts.gettext("For example: <code>/warn @name spam</code>")))


def reason_too_long(texts: Texts, length: int) -> Html:
    """Refuse a reason that does not fit."""
    return texts.gettext(
        "The reason has {length} characters; at most {limit} fit. Please make it shorter. Nothing was recorded.",
        length=texts.number(length),
        limit=texts.number(REASON_LIMIT),
    )


# Asking


def ask_who(texts: Texts) -> Html:
    """Ask who is to be warned."""
    return texts.gettext("Who should be warned? Write <code>@name</code>, a mention of them, or their numeric id.")


def ask_whose(texts: Texts) -> Html:
    """Ask whose warnings are to be shown."""
    return texts.gettext("Whose warnings? Write <code>@name</code>, a mention of them, or their numeric id.")


def ask_reason(texts: Texts, name: str | None) -> Html:
    """Ask what for."""
    if name is not None:
        return texts.gettext("Why should <b>{name}</b> be warned? The reason is shown in the group.", name=name)
    return texts.gettext("Why? The reason is shown in the group.")


def just_warned(texts: Texts, outcome: JustWarned, asker: UserId, now: datetime, *, hidden: bool = False) -> Html:
    """Tell the second moderator of the first; ``hidden`` leaves the name out."""
    case = outcome.case
    values = {
        "name": words.shown(case.target),
        "number": words.number(case),
        "ago": texts.ago(max(now - case.issued_at, timedelta(seconds=1))),
        "by": words.shown(case.issuer),
    }
    if case.issuer.user_id == asker:
        said = texts.gettext("You warned <b>{name}</b> {ago} (case {number}).", **values)
    elif hidden:
        said = texts.gettext("A manager warned <b>{name}</b> {ago} (case {number}).", **values)
    else:
        said = texts.gettext("{by} warned <b>{name}</b> {ago} (case {number}).", **values)
    if case.reason:
        said = texts.flow(said, texts.gettext("Reason: {reason}", reason=case.reason))
    return Html("\n").join(
        (said, texts.gettext("Nothing was recorded now. If this is about something else, tap below."))
    )


def again_label(texts: Texts) -> str:
    """Label the button that warns all the same."""
    return texts.label("⚠️ Warn again anyway")


def held_is_gone(texts: Texts) -> str:
    """Answer a tap on it that comes too late, twice, or from somebody else."""
    return texts.label("This question is over, or was somebody else's. Please send /warn again.")


def recorded(texts: Texts) -> Html:
    """Take the place of the question."""
    return texts.gettext("Warned again.")


# Confirming


def opened(texts: Texts, outcome: Warned, now: datetime) -> Html:
    """Confirm a warning that was given from outside the group."""
    case = outcome.case
    if case.is_removal:
        return _proposed(texts, case)
    said = texts.gettext(
        "Case {number}: <b>{name}</b> gets {step}. The card is in the group.",
        number=words.number(case),
        name=words.shown(case.target),
        step=words.step(texts, case.step),
    )
    coming = texts.gettext("Next would be: {step}.", step=words.step(texts, next_step(outcome.ledger, now)))
    return Html("\n").join((said, coming))


def _proposed(texts: Texts, case: Case) -> Html:
    values = {"number": words.number(case), "name": words.shown(case.target)}
    if case.state is State.PROPOSED:
        return texts.gettext(
            "Case {number}: <b>{name}</b> was warned once more, and removal is proposed; a second manager decides. The card"
            " is in the group.",
            **values,
        )
    return texts.gettext(
        "Case {number}: <b>{name}</b> was warned once more. A removal is already proposed or decided in an earlier case."
        " The card is in the group.",
        **values,
    )


def undo_answer(texts: Texts, outcome: UndoOutcome, now: datetime, *, hidden: bool = False) -> Html:
    """Answer an undo; ``hidden`` leaves the names of managers out."""
    match outcome:
        case Reverted():
            return _reverted(texts, outcome, now)
        case AlreadyUndone(case) if hidden:
            return texts.gettext("Case {number} is undone already.", number=words.number(case))
        case AlreadyUndone(case):
            by = case.undone
            return texts.gettext(
                "Case {number} is undone already, by {name} on {when}.",
                number=words.number(case),
                name="" if by is None else words.shown(by.by),
                when="" if by is None else texts.when(by.at),
            )
        case NoSuchCase(number):
            if not number:
                return texts.gettext("This case is not on record any more.")
            return texts.gettext(
                "There is no case #{number} in this group. <code>/unwarn</code> alone shows the warnings that count.",
                number=number,
            )
        case OwnCase():
            return texts.gettext("This case is about yourself. Please ask another manager to look at it.")
        case IsRelease():
            return texts.gettext(
                "This is not undone: whoever should be muted or banned again is muted or banned anew, with a case of its own."
            )
        case NeedsRemover(case) if case.is_direct:
            return texts.gettext("Only somebody who may remove members can undo this.")
        case NeedsRemover():
            return texts.gettext(
                "Two people decided on this removal. Only somebody who may remove members can undo it."
            )
        case _:
            assert_never(outcome)


def _reverted(texts: Texts, outcome: Reverted, now: datetime) -> Html:
    case = outcome.case
    values = {"number": words.number(case), "name": words.shown(case.target)}
    if case.level == 0:
        said = texts.gettext("Case {number} of <b>{name}</b> is undone.", **values)
    else:
        said = texts.gettext("Case {number} of <b>{name}</b> is undone and no longer counts.", **values)
    left = sum(other.counts(now) for other in outcome.left)
    rest = texts.ngettext("{n} warning still counts.", "{n} warnings still count.", left) if left else Html()
    return texts.flow(said, _freed(texts, outcome, now), rest)


def _freed(texts: Texts, outcome: Reverted, now: datetime) -> Html:
    """Say what somebody may do again, or that another case keeps them from it."""
    case, order = outcome.case, outcome.order
    over = case.mute_until is not None and case.mute_until <= now
    held = isinstance(order, Remove | MuteUntil | TextUntil) or (order is None and case.state in IN_FORCE and not over)
    match order:
        case LetBack() if case.target.is_channel:
            return texts.gettext("The channel may write in the group again.")
        case LetBack():
            return texts.gettext("They may join the group again.")
        case LiftMute():
            return texts.gettext("The mute is being lifted.")
        case _ if not held or case.step.rung is Rung.KICK:
            return Html()
        case _ if case.is_removal and case.target.is_channel:
            return texts.gettext("Another case decides whether the channel may write.")
        case _ if case.is_removal:
            return texts.gettext("The ban of another case goes on.")
        case _:
            return texts.gettext("The mute of another case goes on.")


def which_case(texts: Texts, name: str | None) -> Html:
    """Ask which of several cases is to be undone."""
    if name is None:
        return texts.gettext("Which warning shall I undo? Tap it, or write <code>/unwarn 12</code>.")
    return texts.gettext(
        "<b>{name}</b> has more than one warning that counts. Which one shall I undo? Tap it, or write "
        "<code>/unwarn 12</code>.",
        name=name,
    )


def case_label(case: Case, *, named: bool) -> str:
    """Label a case as a choice."""
    parts = [words.number(case), words.shown(case.target) if named else "", case.reason]
    label = " · ".join(part for part in parts if part)
    return label if len(label) <= 60 else f"{label[:59]}…"


def nothing_to_undo(texts: Texts, name: str | None) -> Html:
    """Say that no warning counts."""
    if name is None:
        return texts.gettext("No warning counts in this group at present, so there is nothing to undo.")
    return texts.gettext("No warning of <b>{name}</b> counts at present, so there is nothing to undo.", name=name)


def not_a_number(texts: Texts, typed: str) -> Html:
    """Refuse what names no case."""
    return texts.gettext(
        "“{typed}” is not the number of a case. Write <code>/unwarn 12</code>, or reply to the card of the case with"
        " <code>/unwarn</code>.",
        typed=typed[:40],
    )


# Trying again


def nothing_to_retry(texts: Texts) -> str:
    """Answer a tap on *Try again* that has nothing to do."""
    return texts.label("There is nothing to try again: it worked, is over, or was undone.")


def retrying(texts: Texts) -> str:
    """Confirm a tap on *Try again*."""
    return texts.label("I am trying again. The card will show how it went.")


def remover_only(texts: Texts) -> str:
    """Refuse somebody who may warn but not remove."""
    return texts.label("Only somebody who may remove members can do this.")


def trouble(texts: Texts, case: Case, group: str) -> Html:
    """Tell the moderator that what their case ordered did not happen."""
    values = {
        "number": words.number(case),
        "name": words.shown(case.target),
        "group": group,
        "why": words.why_of(texts, case),
    }
    if case.is_direct and case.state is State.REFUSED:
        return texts.gettext(
            "Case {number} in <b>{group}</b>: {step} for <b>{name}</b> did not happen. {why}",
            step=words.step(texts, case.step),
            **values,
        )
    if case.state is State.LIFT_REFUSED:
        if case.is_removal:
            said = texts.gettext(
                "Case {number} in <b>{group}</b>: the ban of <b>{name}</b> could not be lifted. {why}", **values
            )
        else:
            said = texts.gettext(
                "Case {number} in <b>{group}</b>: the mute of <b>{name}</b> could not be lifted. {why}", **values
            )
    elif case.is_removal:
        said = texts.gettext("Case {number} in <b>{group}</b>: <b>{name}</b> was not removed. {why}", **values)
    else:
        said = texts.gettext(
            "Case {number} in <b>{group}</b>: the warning is recorded, but <b>{name}</b> was not muted. {why}", **values
        )
    return said


def how_to_mend(texts: Texts) -> Html:
    """Say what helps where the bot lacks a right."""
    return texts.gettext(
        "The owner can give me the right in the group's settings, under Administrators: “Ban users”. I try again as soon as"
        " I have it."
    )


# Reading


def not_for_others(texts: Texts) -> Html:
    """Refuse somebody who asks for another's cases."""
    return texts.gettext(
        "You can see your own warnings with <code>/warns</code>. Those of others are for people who run the group."
    )
