"""What cases mean for Telegram: the orders that impose, take back, resume and try again (R22).

Telegram keeps only the last permissions it was told, so every order is decided on all cases of the person.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.violations.rules.case import AHEAD, IN_FORCE, Act, Case, Person, State, Undone, Why, act_to_retry, retried
from bot.violations.rules.ladder import Rung


@dataclass(frozen=True, slots=True)
class MuteUntil:
    """The person may not write until then; it takes the place of what Telegram was told before."""

    until: datetime


@dataclass(frozen=True, slots=True)
class TextUntil:
    """The person may write nothing but text until then; it takes the place of what Telegram was told before."""

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


Order = MuteUntil | TextUntil | LiftMute | Remove | Kick | LetBack


def held(cases: Sequence[Case], now: datetime, ahead: timedelta = AHEAD) -> MuteUntil | TextUntil | None:
    """Return what all mutes and restrictions of a person come to: Telegram keeps only the last that it was told.

    A mute goes before a restriction to text, and the longest of each holds. What has less than ``ahead`` to run is left out.
    """
    running = [case for case in cases if case.mutes(now)]
    mute = max((case.mute_until for case in running if not case.is_text_only and case.mute_until), default=now)
    if mute > now and mute - now >= ahead:
        return MuteUntil(mute)
    text = max((case.mute_until for case in running if case.is_text_only and case.mute_until), default=now)
    return TextUntil(text) if text > now and text - now >= ahead else None


def kept_out(cases: Sequence[Case], now: datetime) -> Remove | None:
    """Return what all bans of somebody come to: Telegram keeps only the last that it was told, and the longest holds."""
    bans = [case for case in cases if case.is_removal and case.undone is None and case.state in IN_FORCE]
    ends = [case.mute_until for case in bans if case.step.rung is not Rung.KICK]
    running = [end for end in ends if end is not None and end - now >= AHEAD]
    if None in ends:
        return Remove()
    return Remove(max(running)) if running else None


def imposing(case: Case, cases: Sequence[Case], now: datetime) -> Order | None:
    """Say what a case that is ordered means for Telegram, given all of the person's: nothing shorter than another's."""
    match case.step.rung:
        case Rung.REMOVAL | Rung.BAN:
            return kept_out((*cases, case), now) or Remove(case.mute_until)
        case Rung.KICK:
            return Kick()
        case Rung.UNMUTE:
            return LiftMute()
        case Rung.UNBAN:
            return LetBack()
        case _:
            return held((*cases, case), now)


def lifting(case: Case, cases: Sequence[Case], now: datetime) -> Order | None:
    """Say what taking back a case that was in force means for Telegram, given all of the person's."""
    if case.step.rung is Rung.KICK or (case.mute_until is not None and case.mute_until <= now):
        return None
    others = [other for other in cases if other.id != case.id]
    if case.is_removal:
        bans = kept_out(others, now)
        both = kept_out((*others, replace(case, state=State.DONE, undone=None)), now)
        return None if bans == both else bans or LetBack()
    if case.mute_until is None:
        return None
    rest = held(others, now)
    whole = held((*others, replace(case, state=State.DONE, undone=None)), now, timedelta(0))
    return None if rest == whole else rest or LiftMute()


def undo(case: Case, cases: Sequence[Case], by: Person, now: datetime) -> tuple[Case, Order | None]:
    """Return the case taken back, and what Telegram must be asked for.

    What a release is about to end is asked for all the same: the release may be refused.
    """
    undone = replace(case, undone=Undone(by, now))
    if case.state is State.PROPOSED:
        return replace(undone, state=State.WITHDRAWN), None
    holds = case.state in {*IN_FORCE, State.LIFTING} or _may_be_eased_to(case, cases)
    order = lifting(case, cases, now) if holds else None
    return undone if order is None else replace(undone, state=State.LIFTING), order


def _may_be_eased_to(case: Case, cases: Sequence[Case]) -> bool:
    """Say whether a lifting under way may leave the mute of this case behind, although it was refused at its own time."""
    lifts = any(other.state is State.LIFTING for other in cases)
    return lifts and case.state is State.REFUSED and case.mute_until is not None and not case.is_removal


def uncovered(cases: Sequence[Case], now: datetime) -> list[tuple[Case, Order]]:
    """Return the undone cases whose mute or ban still holds although no other case's lasts as long, and how to lift each.

    A case that is undone beside a longer one is left to that; when Telegram then refuses the longer one, the shorter would go
    on with nobody wanting it.
    """
    freed = []
    for case in cases:
        if case.undone is not None and case.state in IN_FORCE:
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


def let_in(cases: Sequence[Case], at: datetime) -> list[Case]:
    """Return the cases whose ban somebody ended in Telegram itself, as they stand then.

    ``at`` is when: a ban that was ordered since is none of them.
    """
    over = [case for case in cases if case.is_removal and case.state is State.DONE and case.step.rung is not Rung.KICK]
    ended = [case for case in over if case.issued_at < at and (case.mute_until is None or at < case.mute_until)]
    return [replace(case, state=State.LIFTED) for case in ended]


def following(cases: Sequence[Case], now: datetime) -> tuple[Case, Order] | None:
    """Return the restriction to text that a mute covered and that has to be told anew after the mute's end, and its order."""
    order = held(cases, now)
    if not isinstance(order, TextUntil):
        return None
    covered = next(case for case in cases if case.mutes(now) and case.is_text_only and case.mute_until == order.until)
    return replace(covered, state=State.ORDERED, why=None), order


def _is_missed(case: Case, now: datetime) -> bool:
    """Say whether a mute should hold, but does not where the person may write."""
    if case.is_removal or case.undone is not None or case.mute_until is None or case.mute_until - now < AHEAD:
        return False
    return case.state in {State.PAUSED, *IN_FORCE} or (case.state is State.REFUSED and case.why is Why.TARGET_GONE)


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
