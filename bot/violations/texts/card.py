"""The card of a case in its group: what happened, how far it went, what comes next (R22, R23)."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from bot.i18n import Html
from bot.violations.rules.case import IN_FORCE, OF_ITSELF, State, act_to_retry
from bot.violations.rules.ladder import OFF_LADDER, Rung
from bot.violations.rules.ledger import next_step, next_step_holds_until, removal_is_open
from bot.violations.texts import direct, words

if TYPE_CHECKING:
    from datetime import datetime

    from bot.i18n import Texts
    from bot.violations.rules.case import Case
    from bot.violations.rules.ledger import Ledger


_UNDECIDED = frozenset({State.NONE, State.PROPOSED, State.DECLINED, State.LAPSED, State.WITHDRAWN})


def card(texts: Texts, case: Case, ledger: Ledger, now: datetime) -> Html:
    """Write the card. The first ``#`` and number in it must be the case's own: /unwarn as a reply to the card reads it there."""
    parts = [_head(texts, case), *_facts(texts, case)]
    what = measure(texts, case, now)
    if what:
        parts.append(what)
    parts.append(undone(texts, case) if case.undone is not None else _counting(texts, case, ledger, now))
    return Html("\n").join(part for part in parts if part)


def _head(texts: Texts, case: Case) -> Html:
    values = {"number": words.number(case), "name": words.mention(case.target)}
    if case.is_direct:
        return direct.head(texts, case)
    if case.undone is not None:
        values["name"] = words.shown(case.target)
        return texts.gettext("↩️ <b>Case {number}</b>: the warning of {name} was undone.", **values)
    match case.step.rung:
        case Rung.NOTICE:
            return texts.gettext("🔔 <b>Case {number}</b>: {name}, this is a friendly notice.", **values)
        case Rung.MUTE:
            return texts.gettext("🔇 <b>Case {number}</b>: {name} may not write for a while.", **values)
        case Rung.WARNING:
            return texts.gettext("⚠️ <b>Case {number}</b>: {name}, this is a warning.", **values)
        case Rung.SERIOUS:
            return texts.gettext("⚠️ <b>Case {number}</b>: {name}, this is a serious warning.", **values)
        case Rung.LEAVE:
            return texts.gettext("⛔ <b>Case {number}</b>: {name}, you are asked to leave this group.", **values)
        case Rung.REMOVAL:
            return texts.gettext("⛔ <b>Case {number}</b>: {name} was warned once more.", **values)
        case Rung.KICK | Rung.BAN | Rung.UNMUTE | Rung.UNBAN:
            return direct.head(texts, case)
        case _:
            assert_never(case.step.rung)


def _facts(texts: Texts, case: Case) -> list[Html]:
    facts = []
    if case.reason:
        facts.append(texts.gettext("Reason: {reason}", reason=case.reason))
    if case.evidence is not None:
        facts.append(texts.gettext("It is about {message}.", message=words.evidence(texts, case.evidence)))
    return [*facts, issued(texts, case)]


def issued(texts: Texts, case: Case) -> Html:
    """Say who opened the case, and when."""
    values = {"name": words.shown(case.issuer), "when": texts.when(case.issued_at)}
    if case.is_direct:
        return texts.gettext("Ordered by {name} on {when}.", **values)
    return texts.gettext("Warned by {name} on {when}.", **values)


def _counting(texts: Texts, case: Case, ledger: Ledger, now: datetime) -> Html:
    """Say how long it counts and, on the newest card, what comes next; nothing that time alone makes untrue."""
    if case.is_direct:
        return Html()
    until = texts.date(case.expires_at)
    if not case.counts(now):
        return texts.gettext("It counted until {date} and stays on record.", date=until)
    counts = texts.gettext("It counts until {date}.", date=until)
    ends = next_step_holds_until(ledger, now)
    removed = (case.is_removal and case.state in IN_FORCE) or removal_is_open(ledger.cases)
    if removed or ends is None or any(other.number > case.number and other.counts(now) for other in ledger.cases):
        return counts
    coming = words.step(texts, next_step(ledger, now))
    return Html("\n").join(
        (counts, texts.gettext("Another warning before {date} means: {step}.", date=texts.when(ends), step=coming))
    )


def undone(texts: Texts, case: Case) -> Html:
    """Say who undid a case, and when."""
    if case.undone is None:
        return Html()
    values = {"name": words.shown(case.undone.by), "when": texts.when(case.undone.at)}
    if case.is_direct:
        return texts.gettext("Undone by {name} on {when}. It stays on record.", **values)
    return texts.gettext("Undone by {name} on {when}. It no longer counts, but stays on record.", **values)


def measure(texts: Texts, case: Case, now: datetime) -> Html:
    """Say how far the mute or the removal went; nothing for a case without."""
    if case.is_removal and (case.step.rung is Rung.REMOVAL or case.state in _UNDECIDED):
        return _removal(texts, case)
    if case.step.rung in OFF_LADDER:
        return direct.measure(texts, case, now)
    if case.mute_until is None:
        return Html()
    if now >= case.mute_until:
        return _mute_is_over(texts, case)
    return _mute(texts, case, texts.when(case.mute_until), now)


def _mute_is_over(texts: Texts, case: Case) -> Html:
    if case.mute_until is None:
        return Html()
    when = texts.when(case.mute_until)
    match case.state:
        case State.REFUSED:
            return texts.gettext("The mute until {when} was never in force: {why}", when=when, why=_why(texts, case))
        case State.LIFTED:
            return texts.gettext("The mute was lifted early.")
        case State.PAUSED if case.undone is not None:
            return texts.gettext("The mute was lifted early.")
        case State.UNCERTAIN:
            return texts.gettext("Telegram never confirmed the mute until {when}.", when=when)
        case _:
            return texts.gettext("The mute ended on {when}.", when=when)


def _mute(texts: Texts, case: Case, when: str, now: datetime) -> Html:
    match case.state:
        case State.ORDERED:
            return texts.gettext("A mute until {when} is on its way.", when=when)
        case State.DONE if case.undone is not None:
            return texts.gettext("The mute of another case goes on.")
        case State.DONE:
            return texts.gettext("Muted until {when}.", when=when)
        case State.UNCERTAIN:
            return texts.gettext("Telegram did not confirm the mute until {when}. Please have a look.", when=when)
        case State.REFUSED:
            return _refused_mute(texts, case, when, now)
        case State.PAUSED if case.undone is None:
            return texts.gettext(
                "Removing {name} ended the mute. If they come back before {when}, they are muted again until then.",
                name=words.shown(case.target),
                when=when,
            )
        case State.LIFTING:
            return texts.gettext("The mute is being lifted.")
        case State.LIFTED | State.PAUSED:
            return texts.gettext("The mute is lifted.")
        case State.LIFT_REFUSED:
            return texts.gettext("The mute could not be lifted. {why}", why=_why(texts, case))
        case _:
            return Html()


def _refused_mute(texts: Texts, case: Case, when: str, now: datetime) -> Html:
    if case.undone is not None:
        return texts.gettext("The mute was never in force.")
    said = texts.gettext("The mute until {when} is not in force. {why}", when=when, why=_why(texts, case))
    if case.why not in OF_ITSELF or act_to_retry(case, now) is None:
        return said
    return texts.flow(said, texts.gettext("I keep trying until then."))


def _removal(texts: Texts, case: Case) -> Html:
    name = "" if case.decided_by is None else words.shown(case.decided_by)
    match case.state:
        case State.NONE:
            return texts.gettext("A removal is already proposed or decided in an earlier case.")
        case State.PROPOSED:
            return texts.gettext("Removal from the group is proposed; a second manager decides.")
        case State.DECLINED:
            return texts.gettext("{name} decided against the removal.", name=name)
        case State.LAPSED:
            return texts.gettext("Nobody decided about the removal in time, so it does not happen.")
        case State.WITHDRAWN:
            return texts.gettext("The proposed removal is withdrawn.")
        case State.ORDERED:
            return texts.gettext("{name} agreed to the removal; it is on its way.", name=name)
        case State.DONE | State.PAUSED:
            return texts.gettext("Removed from the group; {name} agreed.", name=name)
        case State.REFUSED:
            return texts.gettext("The removal was agreed on but did not happen. {why}", why=_why(texts, case))
        case State.UNCERTAIN:
            return texts.gettext("Telegram did not confirm the removal. Please have a look.")
        case State.LIFTING | State.LIFTED:
            return texts.gettext("May join the group again.")
        case State.LIFT_REFUSED:
            return texts.gettext("The ban could not be lifted. {why}", why=_why(texts, case))
        case _:
            assert_never(case.state)


def _why(texts: Texts, case: Case) -> Html:
    return words.why_of(texts, case)


def undo_label(texts: Texts) -> str:
    """Label *Undo*."""
    return texts.label("↩️ Undo")


def retry_label(texts: Texts) -> str:
    """Label *Try again*."""
    return texts.label("🔁 Try again")
