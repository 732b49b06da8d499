"""Warning, undoing, what became of what was ordered, and reading the ledger. Nothing here speaks to Telegram."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from bot.audit import service as audit
from bot.violations import store
from bot.violations.rules import ledger as rules
from bot.violations.rules.case import Act, Case, DidNot, Person, Reply, State, Why, settle
from bot.violations.rules.direct import (
    BadLength,
    JustTaken,
    Taken,
    fault_of_length,
    followed,
    just_taken,
    open_direct,
    released,
)
from bot.violations.rules.ladder import BadLadder, Ladder, Step, fault_of
from bot.violations.rules.ledger import (
    QUOTE_LIMIT,
    REASON_LIMIT,
    Answered,
    Ask,
    JustWarned,
    Ledger,
    NoSuchCase,
    Order,
    ReasonTooLong,
    Reverted,
    UndoOutcome,
    Warned,
    WarnOutcome,
    imposing,
    just_warned,
    may_undo,
    open_case,
    uncovered,
    undo,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.db.engine import Tx
    from bot.kernel.ids import GroupId, UserId

HOLD = timedelta(minutes=10)
"""How long "warn all the same" may be tapped."""
_LISTED = 500
"""More cases of one person are on record, but not listed."""


async def warn(tx: Tx, ask: Ask, now: datetime, *, anyway: bool = False, begun: datetime | None = None) -> WarnOutcome:
    """Open a case; unless ``anyway``, hold it back when the person was warned within the last minute.

    That is the minute before ``begun``, and whatever came since, where whoever warns was asked for the reason first.
    """
    ask = _clean(ask)
    if len(ask.reason) > REASON_LIMIT:
        return ReasonTooLong(len(ask.reason))
    ledger = await store.ledger(tx, ask.group_id, ask.target.user_id, now)
    recent = None if anyway else just_warned(ledger.cases, begun or now)
    if recent is not None:
        return JustWarned(recent, await store.hold(tx, ask, now))
    case = open_case(ask, ledger, now)
    case = replace(case, id=await store.add(tx, case))
    after = replace(ledger, cases=(*ledger.cases, case), next_number=case.number + 1)
    await _record(
        tx, case, ask.issuer, "case.opened", now, after=case.step.rung.value, details={"reason": case.reason[:200]}
    )
    order = imposing(case, ledger.cases, now) if case.state is State.ORDERED else None
    previous = max((c for c in ledger.cases if c.counts(now)), key=lambda c: c.number, default=None)
    return Warned(case, after, order, previous)


async def take(tx: Tx, ask: Ask, step: Step, now: datetime) -> Taken | JustTaken | ReasonTooLong | BadLength:
    """Open the case of a step that is taken directly; a release ends the cases that it is about."""
    ask = _clean(ask)
    if len(ask.reason) > REASON_LIMIT:
        return ReasonTooLong(len(ask.reason))
    fault = None if step.mute is None else fault_of_length(step.mute)
    if fault is not None:
        return fault
    ledger = await store.ledger(tx, ask.group_id, ask.target.user_id, now)
    recent = just_taken(ask, step, ledger.cases, now)
    if recent is not None:
        return JustTaken(recent)
    case = open_direct(ask, step, ledger, now)
    case = replace(case, id=await store.add(tx, case))
    await _record(tx, case, ask.issuer, f"case.{step.rung.value}", now, details={"reason": case.reason[:200]})
    ended = released(case, ledger.cases) if case.is_release else []
    await _moved(tx, ledger.cases, ended, now)
    order = imposing(case, ledger.cases, now) if case.state is State.ORDERED else None
    return Taken(case, order, tuple(ended))


async def take_held(tx: Tx, held_id: int, group_id: GroupId, by: UserId, now: datetime) -> Ask | None:
    """Return a warning that was held back, once; None if it is gone, too old, or somebody else's."""
    found = await store.held_ask(tx, held_id)
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
    await _record(tx, after, by, "case.undone", now, before=case.state.value, after=after.state.value)
    left = tuple(other for other in ledger.cases if other.id != case.id and other.counts(now))
    return Reverted(after, order, left)


# What became of it


async def answered(tx: Tx, case_id: int, act: Act, reply: Reply, now: datetime) -> Answered | None:
    """Note Telegram's answer, and free who is muted for nothing because of it; None if the case does not wait for it."""
    before = await store.by_id(tx, case_id)
    after = None if before is None else settle(before, act, reply)
    if before is None or after is None or after == before:
        return None
    await store.save(tx, after)
    details = {"why": reply.why.value} if isinstance(reply, DidNot) else {}
    await _record(
        tx, after, None, "case.result", now, before=before.state.value, after=after.state.value, details=details
    )
    followers = await _followed(tx, after, now) if after.is_release else ()
    freed = await _freed(tx, after, now) if after.state is State.REFUSED else ()
    return Answered(after, freed, followers)


async def _followed(tx: Tx, release: Case, now: datetime) -> tuple[Case, ...]:
    before = (await store.ledger(tx, release.group_id, release.target.user_id, now)).cases
    after = followed(release, before)
    await _moved(tx, before, after, now)
    return tuple(after)


async def _freed(tx: Tx, refused: Case, now: datetime) -> tuple[tuple[Case, Order], ...]:
    ledger = await store.ledger(tx, refused.group_id, refused.target.user_id, now)
    freed = uncovered(ledger.cases, now)
    for case, _order in freed:
        await store.save(tx, case)
    return tuple(freed)


async def retry(tx: Tx, case_id: int, by: Person | None, now: datetime) -> tuple[Case, Act, Order | None] | None:
    """Order once more what was refused, by hand or (``by`` None) by the clock; None if there is nothing to order."""
    found = await store.dossier(tx, case_id, now)
    again = None if found is None else rules.retry(found[0], found[1].cases, now)
    if found is None or again is None:
        return None
    await store.save(tx, again[0])
    await _record(tx, again[0], by, "case.retried", now, before=found[0].state.value, after=again[0].state.value)
    if again[0].is_release:
        cases = (await store.ledger(tx, found[0].group_id, found[0].target.user_id, now)).cases
        await _moved(tx, cases, released(again[0], cases), now)
    return again


async def give_up(tx: Tx, case: Case, now: datetime) -> Case:
    """Note that what was refused is not tried again, because who ordered it may not order it any more."""
    after = replace(case, why=Why.NOT_ALLOWED)
    await store.save(tx, after)
    await _record(tx, after, None, "case.given_up", now)
    return after


# Going and coming back


async def gone(tx: Tx, group_id: GroupId, user_id: UserId, now: datetime) -> list[Case]:
    """Note that somebody was removed, and their mutes with them; returns the cases that this changes."""
    before = (await store.ledger(tx, group_id, user_id, now)).cases
    found = rules.paused(before, now)
    await _moved(tx, before, found, now)
    return found


async def back(tx: Tx, group_id: GroupId, user_id: UserId, now: datetime) -> list[tuple[Case, Order]]:
    """Order the rest of their mutes for somebody who came back and may write."""
    before = (await store.ledger(tx, group_id, user_id, now)).cases
    found = rules.resumed(before, now)
    await _moved(tx, before, [case for case, _order in found], now)
    return found


async def _moved(tx: Tx, before: Sequence[Case], after: Sequence[Case], now: datetime) -> None:
    states = {case.id: case.state.value for case in before}
    for case in after:
        await store.save(tx, case)
        await _record(tx, case, None, "case.result", now, before=states[case.id], after=case.state.value)


# Removal


async def decided(tx: Tx, case_id: int, state: State, by: Person | None, now: datetime) -> Case | None:
    """Note the decision about a removal: ``ORDERED``, ``DECLINED`` or ``LAPSED``; None if it is not waited for."""
    case = await store.by_id(tx, case_id)
    if case is None or case.state is not State.PROPOSED:
        return None
    after = replace(case, state=state, decided_by=by)
    await store.save(tx, after)
    await _record(tx, after, by, "case.decided", now, before=case.state.value, after=state.value)
    return after


# Reading


async def case_by_id(tx: Tx, case_id: int) -> Case | None:
    """Return a case by its id."""
    return await store.by_id(tx, case_id)


async def case_by_number(tx: Tx, group_id: GroupId, number: int) -> Case | None:
    """Return a case of a group by its number."""
    return await store.by_number(tx, group_id, number)


async def dossier(tx: Tx, case_id: int, now: datetime) -> tuple[Case, Ledger] | None:
    """Return a case and the ledger of its person."""
    return await store.dossier(tx, case_id, now)


async def cases_of(tx: Tx, group_id: GroupId, user_id: UserId) -> list[Case]:
    """Return all cases of a person, the newest first."""
    return await store.of_person(tx, group_id, user_id, _LISTED)


async def counting(tx: Tx, group_id: GroupId, now: datetime, limit: int) -> list[Case]:
    """Return the newest cases of a group that count."""
    return await store.counting(tx, group_id, now, limit)


async def opened_between(
    tx: Tx, group_id: GroupId, since: datetime, until: datetime, limit: int
) -> tuple[list[Case], int]:
    """Return the newest cases opened in a span, and how many there are."""
    found = await store.between(tx, group_id, since, until, limit)
    total = len(found) if len(found) < limit else await store.count_between(tx, group_id, since, until)
    return found, total


async def stuck(tx: Tx, group_id: GroupId, now: datetime) -> list[Case]:
    """Return the cases whose mute was refused, or could not be lifted, and would still run."""
    return await store.refused(tx, group_id, now, 50)


async def ladder(tx: Tx, group_id: GroupId) -> Ladder:
    """Return the ladder of a group."""
    return await store.ladder(tx, group_id)


async def set_ladder(tx: Tx, group_id: GroupId, steps: Ladder, by: Person, now: datetime) -> BadLadder | None:
    """Give a group a ladder of its own, unless it has just this one; says what is wrong with it instead, if anything is."""
    fault = fault_of(steps)
    if fault is not None:
        return fault
    before = await store.ladder(tx, group_id)
    if before == steps:
        return None
    await store.put_ladder(tx, group_id, steps)
    await audit.record(
        tx,
        group_id=group_id,
        actor_id=by.user_id,
        actor_name=by.name,
        action="ladder.set",
        at=now,
        before=[_plain(step) for step in before],
        after=[_plain(step) for step in steps],
    )
    return None


async def last_counting(tx: Tx, group_id: GroupId, now: datetime, limit: int) -> list[Case]:
    """Return each person's newest case that counts, of the newest ``limit`` cases: those whose cards tell the next step."""
    newest: dict[UserId, Case] = {}
    for case in await store.counting(tx, group_id, now, limit):
        newest.setdefault(case.target.user_id, case)
    return list(newest.values())


def _plain(step: Step) -> Any:
    return step.rung.value if step.mute is None else {step.rung.value: f"PT{int(step.mute.total_seconds())}S"}


def _clean(ask: Ask) -> Ask:
    evidence = ask.evidence
    if evidence is not None:
        evidence = replace(evidence, text=_storable(evidence.text)[:QUOTE_LIMIT])
    return replace(
        ask,
        target=replace(ask.target, name=_storable(ask.target.name)),
        issuer=replace(ask.issuer, name=_storable(ask.issuer.name)),
        reason=_storable(ask.reason).strip(),
        evidence=evidence,
    )


def _storable(text: str) -> str:
    # Neither database takes halves of characters, and PostgreSQL no NUL.
    return text.encode("utf-8", "ignore").decode().replace("\0", "")


async def _record(
    tx: Tx,
    case: Case,
    by: Person | None,
    action: str,
    now: datetime,
    *,
    details: dict[str, Any] | None = None,
    **change: str,
) -> None:
    await audit.record(
        tx,
        group_id=case.group_id,
        actor_id=None if by is None else by.user_id,
        actor_name="" if by is None else by.name,
        action=action,
        at=now,
        target=case.target.user_id,
        target_text=case.target.name,
        details={"number": case.number, **(details or {})},
        **change,
    )
