"""The card of a case in its group: what happened, how far it went, what comes next (R22, R23)."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from bot.i18n import N_, Html
from bot.violations.rules.case import IN_FORCE, OF_ITSELF, State, act_to_retry
from bot.violations.rules.ladder import AT_ONCE, Rung
from bot.violations.rules.ledger import level, next_step, next_step_holds_until, removal_is_open
from bot.violations.texts import channels, direct, restriction, words

if TYPE_CHECKING:
    from datetime import datetime

    from bot.i18n import Texts
    from bot.violations.rules.case import Case
    from bot.violations.rules.ledger import Ledger


_HEADS = {
    Rung.NOTICE: N_("🔔 <b>Case {number}</b>: {name}, this is a friendly notice."),
    Rung.MUTE: N_("🔇 <b>Case {number}</b>: {name} may not write for a while."),
    Rung.RESTRICT: N_("🚫 <b>Case {number}</b>: {name} may write nothing but text for a while."),
    Rung.WARNING: N_("⚠️ <b>Case {number}</b>: {name}, this is a warning."),
    Rung.SERIOUS: N_("⚠️ <b>Case {number}</b>: {name}, this is a serious warning."),
    Rung.LEAVE: N_("⛔ <b>Case {number}</b>: {name}, you are asked to leave this group."),
    Rung.REMOVAL: N_("⛔ <b>Case {number}</b>: {name} was warned once more."),
}
_UNDECIDED = frozenset({State.NONE, State.PROPOSED, State.DECLINED, State.LAPSED, State.WITHDRAWN})
_BY_SOMEBODY = {
    State.DECLINED: N_("A manager decided against the removal."),
    State.ORDERED: N_("A manager agreed to the removal; it is on its way."),
    State.DONE: N_("Removed from the group; a second manager agreed."),
    State.PAUSED: N_("Removed from the group; a second manager agreed."),
}
"""What is said of a removal where managers are not named."""


def card(texts: Texts, case: Case, ledger: Ledger, now: datetime) -> Html:
    """Write the card. The first ``#`` and number in it must be the case's own: /unwarn as a reply to the card reads it there."""
    hidden = ledger.settings.hidden
    parts = [_head(texts, case), *_facts(texts, case, hidden=hidden)]
    parts += [measure(texts, case, now, hidden=hidden), leaving(texts, case, now)]
    stands = undone(texts, case, hidden=hidden) if case.undone is not None else _counting(texts, case, ledger, now)
    return Html("\n").join(part for part in (*parts, stands) if part)


def _head(texts: Texts, case: Case) -> Html:
    values = {"number": words.number(case), "name": words.mention(case.target)}
    if case.is_direct or (case.undone is not None and direct.names_what_was_undone(case)):
        return direct.head(texts, case)
    if case.undone is not None:
        values["name"] = words.shown(case.target)
        if case.follows:
            return texts.gettext("↩️ <b>Case {number}</b>: the removal of {name} was undone.", **values)
        return texts.gettext("↩️ <b>Case {number}</b>: the warning of {name} was undone.", **values)
    if case.follows:
        return texts.gettext(
            "⛔ <b>Case {number}</b>: {name} was asked to leave in case #{asked} and is still here.",
            asked=case.follows,
            **values,
        )
    sentence = _HEADS.get(case.step.rung)
    return direct.head(texts, case) if sentence is None else texts.gettext(sentence, **values)


def _facts(texts: Texts, case: Case, *, hidden: bool) -> list[Html]:
    facts = [words.rule(texts, case)]
    if case.reason:
        facts.append(texts.gettext("Reason: {reason}", reason=case.reason))
    if case.evidence is not None:
        facts.append(texts.gettext("It is about {message}.", message=words.evidence(texts, case.evidence)))
    return [*facts, further(texts, case), issued(texts, case, hidden=hidden)]


def further(texts: Texts, case: Case) -> Html:
    """Say how many messages were counted with the case; nothing where it is about one only."""
    if not case.further:
        return Html()
    return texts.ngettext(
        "{n} further message is counted with it.", "{n} further messages are counted with it.", case.further
    )


def issued(texts: Texts, case: Case, *, hidden: bool = False) -> Html:
    """Say who opened the case, and when; ``hidden`` leaves the moderator's name out."""
    values = {"name": words.shown(case.issuer), "when": texts.when(case.issued_at)}
    if case.follows:
        return texts.gettext("Opened on {when}, as the time to leave was over.", **values)
    if case.automatic:
        return texts.gettext("Seen by me on {when}.", **values)
    if case.is_direct:
        sentence = N_("Ordered by a manager on {when}.") if hidden else N_("Ordered by {name} on {when}.")
    else:
        sentence = N_("Warned by a manager on {when}.") if hidden else N_("Warned by {name} on {when}.")
    return texts.gettext(sentence, **values)


def leaving(texts: Texts, case: Case, now: datetime) -> Html:
    """Say until when the person may leave by themselves, and what follows; nothing for who is not asked to."""
    if case.leave_by is None or case.undone is not None:
        return Html()
    if case.left_at is not None:
        return texts.gettext("Left the group on {when}.", when=texts.when(case.left_at))
    when = texts.when(case.leave_by)
    if now < case.leave_by:
        return texts.gettext("Please leave by {when}; after that, removal is proposed to the managers.", when=when)
    return texts.gettext("The time to leave was over on {when}.", when=when)


def _counting(texts: Texts, case: Case, ledger: Ledger, now: datetime) -> Html:
    """Say how long it counts and, on the newest card, what comes next; nothing that time alone makes untrue."""
    if case.level == 0:
        return Html()
    if not case.counts(now):
        return texts.gettext("It counted until {date} and stays on record.", date=texts.date(case.ends_at))
    counts = _counts_until(texts, case, ledger, now)
    ends = next_step_holds_until(ledger, now, case.points)
    removed = (case.step.is_last and case.state in IN_FORCE) or removal_is_open(ledger.cases)
    later = (other for other in ledger.cases if other.number > case.number and other.track == case.track)
    if removed or ends is None or any(other.counts(now) for other in later):
        return counts
    coming = words.step(texts, next_step(ledger, now, case.points))
    if ledger.settings.points:
        said = texts.gettext(
            "Another one of this weight before {date} means: {step}.", date=texts.when(ends), step=coming
        )
    else:
        said = texts.gettext("Another warning before {date} means: {step}.", date=texts.when(ends), step=coming)
    return Html("\n").join((counts, said))


def _counts_until(texts: Texts, case: Case, ledger: Ledger, now: datetime) -> Html:
    date, settings = texts.date(case.expires_at), ledger.settings
    if settings.clean is not None and now + settings.clean < case.expires_at:
        said = texts.ngettext(
            "It counts until {date}, or until {n} day has passed without another case.",
            "It counts until {date}, or until {n} days have passed without another case.",
            settings.clean.days,
            date=date,
        )
    else:
        said = texts.gettext("It counts until {date}.", date=date)
    if not settings.points:
        return said
    weighs = texts.ngettext("It weighs {n} point", "It weighs {n} points", case.points)
    total = texts.ngettext("{n} counts now", "{n} count now", level(ledger, now))
    return texts.flow(said, texts.gettext("{weighs}; {total}.", weighs=weighs, total=total))


def undone(texts: Texts, case: Case, *, hidden: bool = False) -> Html:
    """Say who undid a case, and when; ``hidden`` leaves the name out."""
    if case.undone is None:
        return Html()
    values = {"name": words.shown(case.undone.by), "when": texts.when(case.undone.at)}
    if case.level == 0:
        if hidden:
            return texts.gettext("Undone by a manager on {when}. It stays on record.", **values)
        return texts.gettext("Undone by {name} on {when}. It stays on record.", **values)
    if hidden:
        return texts.gettext("Undone by a manager on {when}. It no longer counts, but stays on record.", **values)
    return texts.gettext("Undone by {name} on {when}. It no longer counts, but stays on record.", **values)


def measure(texts: Texts, case: Case, now: datetime, *, hidden: bool = False) -> Html:
    """Say how far the mute or the removal went; nothing for a case without. ``hidden`` leaves names of managers out."""
    if case.target.is_channel and (case.is_removal or case.is_release):
        return channels.measure(texts, case, now, hidden=hidden)
    if case.is_removal and (case.step.rung is Rung.REMOVAL or case.state in _UNDECIDED):
        if direct.goes_on(case, now):
            return texts.gettext("The ban of another case goes on.")
        unnamed = _BY_SOMEBODY.get(case.state) if hidden else None
        return _removal(texts, case) if unnamed is None else texts.gettext(unnamed)
    if case.step.rung in AT_ONCE:
        return direct.measure(texts, case, now)
    if case.mute_until is None:
        return Html()
    if case.is_text_only:
        return restriction.measure(texts, case, now)
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
        case State.LIFTING | State.LIFTED | State.LIFT_REFUSED:
            return direct.lifting(texts, case)
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
