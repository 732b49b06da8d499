"""Steps that a moderator takes directly: their cards, questions and refusals (R22)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.i18n import N_, Html
from bot.violations.rules.case import IN_FORCE, OF_ITSELF, State, next_retry
from bot.violations.rules.ladder import LONGEST_MUTE, SHORTEST_MUTE, Rung
from bot.violations.texts import words

if TYPE_CHECKING:
    from datetime import datetime

    from bot.i18n import Texts
    from bot.violations.rules.case import Case

_HEADS = {
    Rung.MUTE: N_("🔇 <b>Case {number}</b>: a mute for {name}."),
    Rung.KICK: N_("👢 <b>Case {number}</b>: a kick for {name}."),
    Rung.BAN: N_("⛔ <b>Case {number}</b>: a ban for {name}."),
    Rung.NOTICE: N_("🔔 <b>Case {number}</b>: a notice for {name}."),
    Rung.UNMUTE: N_("🔊 <b>Case {number}</b>: the end of the mute of {name}."),
    Rung.UNBAN: N_("🔓 <b>Case {number}</b>: the end of the ban of {name}."),
}
_UNDONE = {
    Rung.MUTE: N_("↩️ <b>Case {number}</b>: the mute of {name} was undone."),
    Rung.KICK: N_("↩️ <b>Case {number}</b>: the kick of {name} was undone."),
    Rung.BAN: N_("↩️ <b>Case {number}</b>: the ban of {name} was undone."),
    Rung.NOTICE: N_("↩️ <b>Case {number}</b>: the notice for {name} was undone."),
    Rung.RESTRICT: N_("↩️ <b>Case {number}</b>: the restriction to text of {name} was undone."),
}
_DONE = {
    Rung.KICK: N_("Removed from the group; may join again."),
    Rung.BAN: N_("Removed from the group, for good."),
    Rung.UNMUTE: N_("May write again."),
    Rung.UNBAN: N_("May join again."),
}
_USAGE = {
    Rung.MUTE: N_("For example: <code>/mute @name 2h spam</code>"),
    Rung.KICK: N_("For example: <code>/kick @name spam</code>"),
    Rung.BAN: N_("For example: <code>/ban @name 7 days spam</code>"),
    Rung.UNMUTE: N_("For example: <code>/unmute @name</code>"),
    Rung.UNBAN: N_("For example: <code>/unban @name</code>"),
}
_WHO = {
    Rung.MUTE: N_("Who should be muted? Write <code>@name</code>, a mention of them, or their numeric id."),
    Rung.KICK: N_("Who should be kicked? Write <code>@name</code>, a mention of them, or their numeric id."),
    Rung.BAN: N_("Who should be banned? Write <code>@name</code>, a mention of them, or their numeric id."),
    Rung.UNMUTE: N_("Who may write again? Write <code>@name</code>, a mention of them, or their numeric id."),
    Rung.UNBAN: N_("Who may join again? Write <code>@name</code>, a mention of them, or their numeric id."),
}


# The card


def head(texts: Texts, case: Case) -> Html:
    """Write the first line of the card."""
    if case.undone is not None and case.step.rung in _UNDONE:
        sentence = _UNDONE[case.step.rung]
        return texts.gettext(sentence, number=words.number(case), name=words.shown(case.target))
    return texts.gettext(_HEADS[case.step.rung], number=words.number(case), name=words.mention(case.target))


def names_what_was_undone(case: Case) -> bool:
    """Say whether :func:`head` names the step itself where it was undone, as it was no warning."""
    return case.step.rung in _UNDONE


def measure(texts: Texts, case: Case, now: datetime) -> Html:
    """Say how far a kick, a ban or a release went."""
    match case.state:
        case State.ORDERED:
            return texts.gettext("It is on its way.")
        case State.DONE:
            return _done(texts, case, now)
        case State.REFUSED if case.undone is not None:
            return texts.gettext("It never happened.")
        case State.REFUSED:
            return _refused(texts, case, now)
        case State.UNCERTAIN:
            return texts.gettext("Telegram did not confirm it. Please have a look.")
        case _:
            return lifting(texts, case)


def lifting(texts: Texts, case: Case) -> Html:
    """Say how far the lifting of a ban went; whether another case keeps the person out is not said here."""
    match case.state:
        case State.LIFTING:
            return texts.gettext("The ban is being lifted.")
        case State.LIFTED:
            return texts.gettext("The ban is lifted.")
        case State.LIFT_REFUSED:
            return texts.gettext("The ban could not be lifted. {why}", why=words.why_of(texts, case))
        case _:
            return Html()


def goes_on(case: Case, now: datetime) -> bool:
    """Say whether a case is undone, and its ban goes on because of another."""
    bans = case.is_removal and case.step.rung is not Rung.KICK
    runs = case.mute_until is None or now < case.mute_until
    return bans and runs and case.undone is not None and case.state in IN_FORCE


def _done(texts: Texts, case: Case, now: datetime) -> Html:
    if goes_on(case, now):
        return texts.gettext("The ban of another case goes on.")
    if case.mute_until is None:
        return texts.gettext(_DONE[case.step.rung])
    when = texts.when(case.mute_until)
    if now >= case.mute_until:
        return texts.gettext("The ban ended on {when}.", when=when)
    return texts.gettext("Removed from the group, until {when}.", when=when)


def _refused(texts: Texts, case: Case, now: datetime) -> Html:
    said = texts.gettext("It did not happen. {why}", why=words.why_of(texts, case))
    if case.why not in OF_ITSELF or next_retry(case, now) is None:
        return said
    return texts.flow(said, texts.gettext("I keep trying for a day."))


# Asking


def ask_who(texts: Texts, rung: Rung) -> Html:
    """Ask whom the step is for."""
    return texts.gettext(_WHO[rung])


def ask_length(texts: Texts, rung: Rung) -> Html:
    """Ask how long."""
    if rung is Rung.BAN:
        return texts.gettext("For how long? For example <code>7 days</code>, or <code>for good</code>.")
    return texts.gettext("For how long? For example <code>2h</code> or <code>3 days</code>.")


def ask_reason(texts: Texts) -> Html:
    """Ask what for."""
    return texts.gettext("What for? The reason is shown in the group.")


def for_good(texts: Texts) -> str:
    """Label the choice of a ban without an end, and show it."""
    return texts.label("For good")


# Refusals


def whom(texts: Texts, rung: Rung, unclear: Html) -> Html:
    """Add an example to the sentence that says that it is not clear who is meant."""
    return Html("\n").join((unclear, texts.gettext(_USAGE[rung])))


def administrator(texts: Texts, name: str, *, owner: bool) -> Html:
    """Refuse a step against somebody who runs the group."""
    if owner:
        return texts.gettext("<b>{name}</b> owns this group: no step can be taken against them.", name=name)
    return texts.gettext(
        "<b>{name}</b> is an administrator, and Telegram does not let bots act against administrators. The owner can"
        " take the rights away first.",
        name=name,
    )


def not_banned(texts: Texts, name: str) -> Html:
    """Refuse to let in somebody who is there."""
    return texts.gettext("<b>{name}</b> is in this group, so there is no ban to end.", name=name)


def not_muted(texts: Texts, name: str) -> Html:
    """Refuse to end the mute of somebody who may write."""
    return texts.gettext("<b>{name}</b> is not muted and may write here. Nothing was done.", name=name)


def left(texts: Texts, name: str) -> Html:
    """Refuse to let in somebody who went by themselves."""
    return texts.gettext("<b>{name}</b> left by themselves and is not banned, so there is no ban to end.", name=name)


def bad_length(texts: Texts, rung: Rung, length: timedelta) -> Html:
    """Refuse a length that Telegram would take as one for ever."""
    if length < SHORTEST_MUTE:
        return texts.gettext(
            "That is too short: it has to last at least {shortest}, for example <code>2h</code>. Nothing was done.",
            shortest=texts.duration(SHORTEST_MUTE),
        )
    if rung is Rung.BAN:
        return texts.gettext(
            "A ban lasts at most {longest}, or for good: <code>/ban @name forever spam</code>. Nothing was done.",
            longest=texts.duration(LONGEST_MUTE),
        )
    return texts.gettext(
        "A mute lasts at most {longest}. Nothing was done.",
        longest=texts.duration(LONGEST_MUTE),
    )


def no_endless_mute(texts: Texts) -> Html:
    """Refuse a mute without an end."""
    return texts.gettext(
        "A mute needs an end, at most {longest} ahead: <code>/mute @name 7 days spam</code>. Nothing was done.",
        longest=texts.duration(LONGEST_MUTE),
    )


def not_a_length(texts: Texts, typed: str) -> Html:
    """Refuse what names no length."""
    line = " ".join(typed.split())
    return texts.gettext(
        "“{typed}” is no length of time I understand. Write for example <code>2h</code>, <code>3 days</code> or"
        " <code>1 week</code>.",
        typed=line if len(line) <= 40 else f"{line[:39]}…",
    )


def just_taken(texts: Texts, case: Case, now: datetime, *, hidden: bool = False) -> Html:
    """Tell the second moderator of the first; ``hidden`` leaves the name out."""
    return texts.gettext(
        "{by} did the same {ago}, in case {number}. Nothing was done now.",
        by=texts.gettext("A manager") if hidden else words.shown(case.issuer),
        ago=texts.ago(max(now - case.issued_at, timedelta(seconds=1))),
        number=words.number(case),
    )


def proposed_already(texts: Texts, case: Case) -> Html:
    """Say that the person's removal waits for a second manager already."""
    return texts.gettext(
        "The removal of {name} waits for a second manager already, in case {number}. Nothing was done now.",
        name=words.shown(case.target),
        number=words.number(case),
    )


def nobody_else(texts: Texts) -> Html:
    """Tell whoever proposed a step that there is no second manager."""
    return texts.gettext(
        "⚠️ This waits for a second manager, but nobody else in this group may remove members. The owner decides alone; the"
        " log will say so."
    )


def opened(texts: Texts, case: Case) -> Html:
    """Confirm a step that was ordered from outside the group."""
    return texts.gettext(
        "Case {number}: {step} for <b>{name}</b>. The card is in the group.",
        number=words.number(case),
        step=words.step(texts, case.step),
        name=words.shown(case.target),
    )
