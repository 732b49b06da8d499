"""What is decided about a person's cases: whom one can warn, what a warning brings, what undoing takes back (R22, R23)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.kernel.ids import GroupId, MessageId, UserId
from bot.violations.rules.case import (
    AHEAD,
    IN_FORCE,
    Act,
    Case,
    Evidence,
    Person,
    State,
    Undone,
    Why,
    act_to_retry,
    retried,
)
from bot.violations.rules.ladder import Ladder, Rung, Step, step_at

GUARD = timedelta(seconds=60)
"""Two warnings of one person within this time are likely to be for the same thing."""
REASON_LIMIT = 500
QUOTE_LIMIT = 1000
"""How much of a message is kept as evidence, in characters."""


class Unwarnable(StrEnum):
    """Why somebody cannot be warned."""

    OWNER = "owner"
    ADMIN = "admin"
    ONESELF = "oneself"
    THE_BOT = "the_bot"
    OTHER_BOT = "other_bot"
    GONE = "gone"
    ANONYMOUS = "anonymous"
    CHANNEL = "channel"


@dataclass(frozen=True, slots=True)
class Ask:
    """What a moderator asks for. ``basic`` says that the group is a basic one, in which nobody can be muted."""

    group_id: GroupId
    target: Person
    issuer: Person
    reason: str = ""
    evidence: Evidence | None = None
    basic: bool = False


@dataclass(frozen=True, slots=True)
class Ledger:
    """A person's cases that count or mute, the oldest first; the group's ladder; the number the next case will have."""

    cases: tuple[Case, ...]
    ladder: Ladder
    next_number: int = 1


def active(cases: Sequence[Case], now: datetime) -> list[Case]:
    """Return the cases that count."""
    return [case for case in cases if case.counts(now)]


def active_count(cases: Sequence[Case], now: datetime) -> int:
    """Count the warnings that count."""
    return sum(case.counts(now) for case in cases)


def next_step(ledger: Ledger, now: datetime) -> Step:
    """Return what a further warning would bring now."""
    return step_at(ledger.ladder, active_count(ledger.cases, now) + 1)


def next_step_holds_until(ledger: Ledger, now: datetime) -> datetime | None:
    """Return until when :func:`next_step` stays true if nothing happens; None when no warning counts.

    Where the next step is the same with one warning fewer, it holds until the first expiry that changes it.
    """
    ends = sorted(case.expires_at for case in ledger.cases if case.counts(now))
    step = next_step(ledger, now)
    for place, end in enumerate(ends):
        if step_at(ledger.ladder, len(ends) - place) != step:
            return end
    return ends[-1] if ends else None


def just_warned(cases: Sequence[Case], now: datetime) -> Case | None:
    """Return the case of a warning that somebody gave within the last minute."""
    recent = [case for case in cases if not case.is_direct and case.undone is None and now - case.issued_at < GUARD]
    return max(recent, key=lambda case: case.number, default=None)


def is_settled(case: Case, cases: Sequence[Case], now: datetime) -> bool:
    """Say whether a case is done with: its measure is over, and a later warning or none at all tells what comes next."""
    last = case.counts(now) and not any(other.number > case.number and other.counts(now) for other in cases)
    runs = case.mute_until is not None and now < case.mute_until
    return not (last or runs or case.state in {State.PROPOSED, State.ORDERED, State.LIFTING, State.LIFT_REFUSED})


def mute_until(cases: Sequence[Case], now: datetime) -> datetime | None:
    """Return until when all mutes together last: Telegram keeps only the last one it was told."""
    return max((case.mute_until for case in cases if case.mutes(now) and case.mute_until is not None), default=None)


def open_case(ask: Ask, ledger: Ledger, now: datetime) -> Case:
    """Return the case that a warning makes; its ``id`` is given when it is stored."""
    level = active_count(ledger.cases, now) + 1
    step = step_at(ledger.ladder, level)
    state, why = _first_state(step, ledger.cases, basic=ask.basic)
    return Case(
        id=0,
        group_id=ask.group_id,
        number=ledger.next_number,
        target=ask.target,
        issuer=ask.issuer,
        issued_at=now,
        reason=ask.reason,
        level=level,
        step=step,
        state=state,
        evidence=ask.evidence,
        mute_until=None if step.mute is None else now + step.mute,
        why=why,
    )


def _first_state(step: Step, cases: Sequence[Case], *, basic: bool) -> tuple[State, Why | None]:
    if step.rung is Rung.REMOVAL:
        return (State.NONE if removal_is_open(cases) else State.PROPOSED), None
    if step.mute is None:
        return State.NONE, None
    return (State.REFUSED, Why.BASIC_GROUP) if basic else (State.ORDERED, None)


# Orders to Telegram


@dataclass(frozen=True, slots=True)
class MuteUntil:
    """The person may not write until then; it takes the place of what Telegram was told before."""

    until: datetime


@dataclass(frozen=True, slots=True)
class LiftMute:
    """The person may write again."""


@dataclass(frozen=True, slots=True)
class Remove:
    """The person is removed and kept out, until then or (None) for good."""

    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Kick:
    """The person is removed and may join again."""


@dataclass(frozen=True, slots=True)
class LetBack:
    """The removed person may join again."""


Order = MuteUntil | LiftMute | Remove | Kick | LetBack


def imposing(case: Case, cases: Sequence[Case], now: datetime) -> Order | None:
    """Say what a case that is ordered means for Telegram, given all of the person's: never a shorter mute than another's."""
    match case.step.rung:
        case Rung.REMOVAL | Rung.BAN:
            return Remove(case.mute_until)
        case Rung.KICK:
            return Kick()
        case Rung.UNMUTE:
            return LiftMute()
        case Rung.UNBAN:
            return LetBack()
        case _:
            until = mute_until((*cases, case), now)
            return None if until is None or until - now < AHEAD else MuteUntil(until)


def lifting(case: Case, cases: Sequence[Case], now: datetime) -> Order | None:
    """Say what taking back a case that was in force means for Telegram, given all of the person's."""
    if case.step.rung is Rung.KICK or (case.mute_until is not None and case.mute_until <= now):
        return None
    if case.is_removal:
        return LetBack()
    if case.mute_until is None:
        return None
    rest = mute_until([other for other in cases if other.id != case.id], now)
    if rest is None or rest - now < AHEAD:
        return LiftMute()
    return None if rest >= case.mute_until else MuteUntil(rest)


def undo(case: Case, cases: Sequence[Case], by: Person, now: datetime) -> tuple[Case, Order | None]:
    """Return the case taken back, and what Telegram must be asked for."""
    undone = replace(case, undone=Undone(by, now))
    if case.state is State.PROPOSED:
        return replace(undone, state=State.WITHDRAWN), None
    order = lifting(case, cases, now) if case.state in IN_FORCE or _may_be_eased_to(case, cases) else None
    return undone if order is None else replace(undone, state=State.LIFTING), order


def _may_be_eased_to(case: Case, cases: Sequence[Case]) -> bool:
    """Say whether a lifting under way may leave the mute of this case behind, although it was refused at its own time."""
    lifts = any(other.state is State.LIFTING for other in cases)
    return lifts and case.state is State.REFUSED and case.mute_until is not None and not case.is_removal


def uncovered(cases: Sequence[Case], now: datetime) -> list[tuple[Case, Order]]:
    """Return the undone cases whose mute still holds although no other case mutes as long, and how to lift each.

    A case that is undone beside a longer mute is left to that mute; when Telegram then refuses the longer one, the shorter
    would go on with nobody wanting it.
    """
    freed = []
    for case in cases:
        if case.undone is not None and case.state in IN_FORCE and not case.is_removal:
            order = lifting(case, cases, now)
            if order is not None:
                freed.append((replace(case, state=State.LIFTING), order))
    return freed


def paused(cases: Sequence[Case], now: datetime) -> list[Case]:
    """Return the cases whose mute is gone because the person was removed: Telegram keeps none for who is banned."""
    return [replace(case, state=State.PAUSED, why=None) for case in cases if case.mutes(now) and not case.is_removal]


def resumed(cases: Sequence[Case], now: datetime) -> list[tuple[Case, Order]]:
    """Return the cases whose mute has some time left when the person is back and free to write, and the orders."""
    back = [replace(case, state=State.ORDERED, why=None) for case in cases if _is_missed(case, now)]
    orders = [imposing(case, back, now) for case in back]
    return [(case, order) for case, order in zip(back, orders, strict=True) if order is not None]


def _is_missed(case: Case, now: datetime) -> bool:
    """Say whether a mute should hold, but does not where the person may write."""
    if case.is_removal or case.undone is not None or case.mute_until is None or case.mute_until - now < AHEAD:
        return False
    return case.state in {State.PAUSED, *IN_FORCE} or (case.state is State.REFUSED and case.why is Why.TARGET_GONE)


def removal_is_open(cases: Sequence[Case]) -> bool:
    """Say whether a removal is proposed or on its way: as long as it is, no further step is to be told."""
    return any(case.is_removal and case.state in {State.PROPOSED, State.ORDERED} for case in cases)


def retry(case: Case, cases: Sequence[Case], now: datetime) -> tuple[Case, Act, Order | None] | None:
    """Return the case ordered once more, and the order; None where there is nothing to try again.

    A lifting that another mute has made pointless meanwhile is as good as done.
    """
    act = act_to_retry(case, now)
    if act is None or (case.is_release and is_overtaken(case, cases)):
        return None
    after = retried(case, act)
    order = imposing(after, cases, now) if act is Act.IMPOSE else lifting(after, cases, now)
    return (replace(after, state=State.LIFTED), act, None) if order is None else (after, act, order)


def is_overtaken(release: Case, cases: Sequence[Case]) -> bool:
    """Say whether a release comes too late: what it would end was ordered anew since."""
    ends = ends_what(release.step.rung)
    return any(case.number > release.number and case.undone is None and ends(case) for case in cases)


def ends_what(release: Rung) -> Callable[[Case], bool]:
    """Return which cases a release is about: those that mute, or those that keep the person out."""
    if release is Rung.UNBAN:
        return lambda case: case.step.rung in {Rung.REMOVAL, Rung.BAN}
    return lambda case: case.mute_until is not None and not case.is_removal


# Outcomes of the use cases


@dataclass(frozen=True, slots=True)
class Warned:
    """A case was opened; ``previous`` is the one before it that counts, whose card no longer tells the next step."""

    case: Case
    ledger: Ledger
    order: Order | None = None
    previous: Case | None = None


@dataclass(frozen=True, slots=True)
class JustWarned:
    """Somebody warned the person within the last minute; what was asked for is kept as ``held_id``."""

    case: Case
    held_id: int


@dataclass(frozen=True, slots=True)
class ReasonTooLong:
    """The reason has more characters than fit."""

    length: int


WarnOutcome = Warned | JustWarned | ReasonTooLong


@dataclass(frozen=True, slots=True)
class Reverted:
    """A case was undone; ``left`` are the person's cases that still count, the oldest first."""

    case: Case
    order: Order | None = None
    left: tuple[Case, ...] = ()


@dataclass(frozen=True, slots=True)
class AlreadyUndone:
    """It was undone before."""

    case: Case


@dataclass(frozen=True, slots=True)
class NoSuchCase:
    """The group has no case of that number."""

    number: int


@dataclass(frozen=True, slots=True)
class OwnCase:
    """Nobody undoes a case against themselves."""

    case: Case


@dataclass(frozen=True, slots=True)
class NeedsRemover:
    """Only who may remove can let the person back."""

    case: Case


@dataclass(frozen=True, slots=True)
class IsRelease:
    """What let somebody write or join again is not undone: who wants that mutes or bans anew."""

    case: Case


@dataclass(frozen=True, slots=True)
class Answered:
    """Telegram's answer moved a case on; ``freed`` are other cases whose mute has to be lifted because of it.

    ``followers`` are those that a release was about, and that the answer moved on with it.
    """

    case: Case
    freed: tuple[tuple[Case, Order], ...] = ()
    followers: tuple[Case, ...] = ()


UndoOutcome = Reverted | AlreadyUndone | NoSuchCase | OwnCase | NeedsRemover | IsRelease


def may_undo(case: Case, by: UserId, *, may_remove: bool) -> AlreadyUndone | OwnCase | NeedsRemover | IsRelease | None:
    """Say why somebody cannot undo a case, or None."""
    if case.is_release:
        return IsRelease(case)
    if case.undone is not None:
        return AlreadyUndone(case)
    if case.target.user_id == by:
        return OwnCase(case)
    if case.is_removal and not may_remove and (case.is_direct or case.state in IN_FORCE):
        return NeedsRemover(case)
    return None


def message_link(chat_id: int, username: str | None, message_id: MessageId, *, basic: bool) -> str | None:
    """Return the link that opens a message; messages of basic groups have none."""
    if basic:
        return None
    place = username or f"c/{str(chat_id).removeprefix('-100')}"
    return f"https://t.me/{place}/{int(message_id)}"
