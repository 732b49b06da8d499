"""Warning, steps taken directly, and undoing."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.violations import store
from bot.violations.rules.case import Case, Person, State
from bot.violations.rules.direct import (
    AlreadyProposed,
    BadLength,
    JustTaken,
    NotBanned,
    NotMuted,
    Taken,
    fault_of_length,
    is_kept_out,
    is_muted,
    just_taken,
    open_direct,
    proposed_already,
    released,
    takes_two,
)
from bot.violations.rules.ladder import Rung, Step
from bot.violations.rules.ledger import (
    REASON_LIMIT,
    Ask,
    Ledger,
    fold_into,
    folded,
    just_warned,
    lapsing,
    on_track,
    open_case,
)
from bot.violations.rules.orders import imposing, undo
from bot.violations.rules.outcomes import (
    Folded,
    JustWarned,
    NoSuchCase,
    ReasonTooLong,
    Reverted,
    UndoOutcome,
    Warned,
    WarnOutcome,
    may_undo,
)
from bot.violations.service.journal import cleaned, moved, record
from bot.violations.service.leaving import fall

if TYPE_CHECKING:
    from datetime import datetime

    from bot.db.engine import Tx
    from bot.kernel.ids import GroupId, UserId
    from bot.violations.rules.many import Several


HOLD = timedelta(minutes=10)
"""How long "warn all the same" may be tapped."""


async def warn(tx: Tx, ask: Ask, now: datetime, *, anyway: bool = False, begun: datetime | None = None) -> WarnOutcome:
    """Open a case; unless ``anyway``, hold it back when the person was warned within the last minute.

    That is the minute before ``begun``, and whatever came since, where whoever warns was asked for the reason first.
    """
    ask = cleaned(ask)
    if len(ask.reason) > REASON_LIMIT:
        return ReasonTooLong(len(ask.reason))
    ledger = await store.ledger(tx, ask.group_id, ask.target.user_id, now, ask.rule)
    recent = None if anyway else just_warned(ledger.cases, begun or now)
    if recent is not None:
        return JustWarned(recent, await store.hold(tx, ask, now), ledger.settings.hidden)
    return await _open(tx, ask, ledger, now)


async def breached(tx: Tx, ask: Ask, day_began: datetime, now: datetime) -> Warned | Folded:
    """Open a case for what the bot saw itself, or count it with one of today's; ``day_began`` is the group's midnight."""
    ask = cleaned(ask)
    ask = replace(ask, reason=ask.reason[:REASON_LIMIT])
    ledger = await store.ledger(tx, ask.group_id, ask.target.user_id, now, ask.rule)
    into = fold_into(ask, ledger, day_began, now)
    if into is None:
        return await _open(tx, ask, ledger, now)
    case = folded(into, ask)
    await store.save(tx, case)
    return Folded(case)


async def _open(tx: Tx, ask: Ask, ledger: Ledger, now: datetime) -> Warned:
    case = open_case(ask, ledger, now)
    case = replace(case, id=await store.add(tx, case))
    cases = lapsing((*ledger.cases, case), ledger.settings.clean)
    after = replace(ledger, cases=cases, next_number=case.number + 1)
    told = " ".join(part for part in (case.rule, case.reason) if part)
    await record(tx, case, ask.issuer, "case.opened", now, after=case.step.rung.value, details={"reason": told[:200]})
    order = imposing(case, ledger.cases, now) if case.state is State.ORDERED else None
    previous = max(on_track(ledger, now), key=lambda c: c.number, default=None)
    return Warned(case, after, order, previous)


TakeOutcome = Taken | JustTaken | AlreadyProposed | NotBanned | NotMuted | ReasonTooLong | BadLength


async def take(tx: Tx, ask: Ask, step: Step, now: datetime, *, may_write: bool = False) -> TakeOutcome:
    """Open the case of a step that is taken directly; a release ends the cases that it is about.

    ``may_write`` says that Telegram restricts the person in nothing.
    """
    ask = cleaned(ask)
    if len(ask.reason) > REASON_LIMIT:
        return ReasonTooLong(len(ask.reason))
    fault = None if step.mute is None else fault_of_length(step.mute)
    if fault is not None:
        return fault
    ledger = await store.ledger(tx, ask.group_id, ask.target.user_id, now)
    recent = just_taken(ask, step, ledger.cases, now)
    if recent is not None:
        return JustTaken(recent, ledger.settings.hidden)
    waiting = proposed_already(ledger.cases) if takes_two(step.rung, ledger.settings) else None
    if waiting is not None:
        return AlreadyProposed(waiting)
    if step.rung is Rung.UNBAN and ask.target.is_channel and not is_kept_out(ledger.cases):
        return NotBanned(ask.target.name)
    if step.rung is Rung.UNMUTE and may_write and not is_muted(ledger.cases, now):
        return NotMuted(ask.target.name)
    case = open_direct(ask, step, ledger, now)
    case = replace(case, id=await store.add(tx, case))
    await record(tx, case, ask.issuer, f"case.{step.rung.value}", now, details={"reason": case.reason[:200]})
    ended = released(case, ledger.cases) if case.is_release else []
    await moved(tx, ledger.cases, ended, now)
    order = imposing(case, ledger.cases, now) if case.state is State.ORDERED else None
    return Taken(case, order, replace(ledger, cases=(*ledger.cases, case)), tuple(ended))


async def take_held(tx: Tx, held_id: int, group_id: GroupId, by: UserId, now: datetime) -> Ask | None:
    """Return a warning that was held back, once; None if it is gone, too old, or somebody else's."""
    found = await store.held_ask(tx, held_id)
    if found is None or found[0].group_id != group_id or found[0].issuer.user_id != by or now - found[1] > HOLD:
        return None
    await store.drop_held(tx, held_id, now - HOLD)
    return found[0]


async def hold_several(tx: Tx, several: Several, now: datetime) -> int:
    """Keep what somebody wants to do with several people; returns the number by which it is taken up."""
    return await store.hold_several(tx, several, now)


async def take_several(tx: Tx, held_id: int, group_id: GroupId, by: UserId, now: datetime) -> Several | None:
    """Return what was kept, once; None if it is gone, too old, or somebody else's."""
    found = await store.held_several(tx, held_id)
    if found is None or found[0].group_id != group_id or found[0].issuer.user_id != by or now - found[1] > HOLD:
        return None
    await store.drop_held(tx, held_id, now - HOLD)
    return found[0]


async def unwarn(tx: Tx, group_id: GroupId, number: int, by: Person, now: datetime, *, may_remove: bool) -> UndoOutcome:
    """Undo the case of that number."""
    case = await store.by_number(tx, group_id, number)
    if case is None:
        return NoSuchCase(number)
    return await _undo(tx, case, by, now, may_remove=may_remove)


async def unwarn_case(
    tx: Tx, group_id: GroupId, case_id: int, by: Person, now: datetime, *, may_remove: bool
) -> UndoOutcome:
    """Undo a case by its id, as a button carries it."""
    case = await store.by_id(tx, case_id)
    if case is None or case.group_id != group_id:
        return NoSuchCase(0)
    return await _undo(tx, case, by, now, may_remove=may_remove)


async def _undo(tx: Tx, case: Case, by: Person, now: datetime, *, may_remove: bool) -> UndoOutcome:
    refusal = may_undo(case, by.user_id, may_remove=may_remove)
    if refusal is not None:
        return refusal
    ledger = await store.ledger(tx, case.group_id, case.target.user_id, now)
    after, order = undo(case, ledger.cases, by, now)
    await store.save(tx, after)
    await record(tx, after, by, "case.undone", now, before=case.state.value, after=after.state.value)
    cases = lapsing([after if other.id == case.id else other for other in ledger.cases], ledger.settings.clean)
    left = tuple(other for other in cases if other.id != case.id and other.counts(now))
    return Reverted(after, order, left, await fall(tx, after, ledger.cases, by, now))
