"""Making, deciding and reading appeals; each step in the audit log, beside those of the case. Nothing here speaks to Telegram."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from bot.audit import service as audit
from bot.timers import service as timers
from bot.violations import service as ledger
from bot.violations.appeals import store
from bot.violations.appeals.rules import (
    TEXT_LIMIT,
    Added,
    Appeal,
    CaseUndone,
    Closed,
    Decision,
    Filed,
    FileOutcome,
    May,
    MayDecide,
    NoSuchAppeal,
    NotDecided,
    NotLighter,
    Phase,
    Refusal,
    TooLong,
    deciders,
    lighter,
    matters,
    may_appeal,
    may_decide,
    remind_at,
)
from bot.violations.rules.case import Case, Person

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime, timedelta

    from bot.db.engine import Tx
    from bot.kernel.ids import GroupId, UserId
    from bot.violations.rules.ladder import Step
    from bot.violations.rules.outcomes import Replaced, Reverted

NAME: Final = "violations"
REMIND: Final = "appeal_remind"
OVERDUE: Final = "appeal_overdue"
OWN_LISTED: Final = 20
"""More of one's cases that can be appealed against are not offered at once."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a manager decided: ``phase`` with what belongs to it, and a remark for the person."""

    phase: Phase
    remark: str = ""
    until: datetime | None = None
    step: Step | None = None


@dataclass(frozen=True, slots=True)
class Managers:
    """Those of a group who have the right to decide, the owner first; ``basic`` says that nobody can be muted there."""

    group_id: GroupId
    able: Sequence[UserId]
    owner: UserId | None = None
    basic: bool = False


@dataclass(frozen=True, slots=True)
class Settled:
    """It is decided, by this very act. ``reverted`` is the case as it stands now and what Telegram is asked for because of it;
    ``replaced`` is the lighter case that took its place.
    """

    appeal: Appeal
    case: Case
    reverted: Reverted | None = None
    replaced: Replaced | None = None


# Making one


async def may_file(tx: Tx, case: Case, by: UserId, now: datetime) -> May | Refusal:
    """Say whether somebody may appeal against a case now, or add to their appeal."""
    return _may(case, by, await store.of_cases(tx, (case.id,)), now)


async def is_open_to_appeal(tx: Tx, case: Case, now: datetime) -> bool:
    """Say whether the person can appeal against a case, now or from the date until which it was upheld."""
    return matters(case, now) and not isinstance(await may_file(tx, case, case.target.user_id, now), Closed)


def _may(case: Case, by: UserId, found: Sequence[Appeal], now: datetime) -> May | Refusal:
    against = [one for one in found if one.case_id == case.id]
    is_result = any(one.decision is not None and one.decision.instead == case.id for one in found)
    return may_appeal(case, by, against, now, is_result=is_result)


async def file(tx: Tx, case: Case, by: Person, text: str, now: datetime) -> FileOutcome:
    """Appeal against a case, or add to the appeal that is open."""
    text = _storable(text).strip()
    if len(text) > TEXT_LIMIT:
        return TooLong(len(text))
    verdict = await may_file(tx, case, by.user_id, now)
    if not isinstance(verdict, May):
        return verdict
    if verdict.open is not None:
        added = replace(verdict.open, added=text, added_at=now)
        await store.save(tx, added)
        await _record(tx, added, by, "case.appeal_added", now)
        return Added(added)
    due_at = now + await store.due(tx, case.group_id)
    new = Appeal(0, case.group_id, case.id, case.number, verdict.round, case.target, text, now, due_at)
    filed = replace(new, id=await store.add(tx, new))
    await timers.set_timer(tx, NAME, REMIND, str(filed.id), remind_at(now, due_at), case.group_id)
    await timers.set_timer(tx, NAME, OVERDUE, str(filed.id), due_at, case.group_id)
    await _record(tx, filed, by, "case.appealed", now)
    return Filed(filed)


async def own(tx: Tx, by: UserId, now: datetime) -> list[tuple[Case, May | Refusal]]:
    """Return somebody's cases that still weigh on them, in all groups, the newest first, and whether they may appeal."""
    cases = [case for case in await ledger.cases_anywhere(tx, by, _READ) if matters(case, now)][:OWN_LISTED]
    found = await store.of_cases(tx, [case.id for case in cases])
    return [(case, _may(case, by, [one for one in found if _is_about(one, case)], now)) for case in cases]


_READ: Final = 100


def _is_about(appeal: Appeal, case: Case) -> bool:
    return appeal.case_id == case.id or (appeal.decision is not None and appeal.decision.instead == case.id)


# Deciding


async def decide(
    tx: Tx, managers: Managers, appeal_id: int, verdict: Verdict, by: Person, now: datetime
) -> Settled | NotDecided:
    """Decide an appeal, if the person may. Who decides has the right to: the caller has checked it."""
    found = await dossier(tx, managers.group_id, appeal_id)
    if found is None:
        return NoSuchAppeal()
    appeal, case = found
    may = may_decide(appeal, case, by.user_id, deciders(case, managers.able, managers.owner))
    if not isinstance(may, MayDecide):
        return may
    if case.undone is not None:
        closed = await close_undone(tx, case)
        return CaseUndone(closed or appeal, case)
    if verdict.phase is Phase.REDUCED and verdict.step not in lighter(case, now):
        return NotLighter(appeal)
    decision = Decision(by, now, may.alone, _storable(verdict.remark).strip(), verdict.until, verdict.step)
    reverted = replaced = None
    if verdict.phase is Phase.LIFTED:
        reverted = await ledger.lift(tx, case, by, now, alone=may.alone)
    elif verdict.phase is Phase.REDUCED and verdict.step is not None:
        reverted, replaced = await ledger.reduce(tx, case, verdict.step, by, now, basic=managers.basic, alone=may.alone)
        decision = replace(decision, instead=replaced.case.id)
    closed = await _close(tx, appeal, verdict.phase, decision)
    return Settled(closed, case if reverted is None else reverted.case, reverted, replaced)


async def close_undone(tx: Tx, case: Case) -> Appeal | None:
    """Close the open appeal against a case that was undone, as there is nothing left to decide; None if there is none."""
    undone = case.undone
    appeal = next((one for one in await store.of_cases(tx, (case.id,)) if one.is_open and one.case_id == case.id), None)
    if appeal is None or undone is None:
        return None
    return await _close(tx, appeal, Phase.MOOT, Decision(undone.by, undone.at))


async def _close(tx: Tx, appeal: Appeal, phase: Phase, decision: Decision) -> Appeal:
    closed = replace(appeal, phase=phase, decision=decision)
    await store.save(tx, closed)
    await timers.cancel(tx, NAME, REMIND, str(appeal.id))
    await timers.cancel(tx, NAME, OVERDUE, str(appeal.id))
    if phase in {Phase.UPHELD, Phase.MOOT}:
        # What an appeal did to the case stands in the log already.
        action = f"case.appeal_{phase.value}" + ("_alone" if decision.alone else "")
        await _record(tx, closed, decision.by, action, decision.at)
    return closed


# The way back


async def keep_link(tx: Tx, appeal: Appeal, link: str, now: datetime) -> Appeal:
    """Keep the link that brings the person back, until they are known to have it."""
    kept = replace(appeal, link=link)
    await store.save(tx, kept)
    await _record(tx, kept, None, "case.appeal_link", now)
    return kept


# Reading


async def dossier(tx: Tx, group_id: GroupId, appeal_id: int) -> tuple[Appeal, Case] | None:
    """Return an appeal of a group and its case."""
    appeal = await store.by_id(tx, appeal_id)
    if appeal is None or appeal.group_id != group_id:
        return None
    case = await ledger.case_by_id(tx, appeal.case_id)
    return None if case is None else (appeal, case)


async def by_id(tx: Tx, appeal_id: int) -> Appeal | None:
    """Return an appeal."""
    return await store.by_id(tx, appeal_id)


async def of_case(tx: Tx, case_id: int) -> list[Appeal]:
    """Return the appeals against a case, the oldest first, and the one that put it in another's place."""
    return await store.of_cases(tx, (case_id,))


async def listed(tx: Tx, group_id: GroupId, most_open: int, most_closed: int) -> tuple[list[Appeal], list[Appeal]]:
    """Return a group's open appeals, those due first first, and the latest that are closed."""
    return await store.open_in(tx, group_id, most_open), await store.decided_in(tx, group_id, most_closed)


async def newest_about(tx: Tx, group_id: GroupId, number: int) -> Appeal | None:
    """Return the newest appeal against a group's case, by the number of the case."""
    return await store.newest_about(tx, group_id, number)


async def waiting(tx: Tx, group_id: GroupId, now: datetime) -> tuple[int, int, timedelta]:
    """Count a group's open appeals, and those of them that are overdue; return with them how long it takes to decide."""
    return await store.count_open(tx, group_id, now)


async def disputed(tx: Tx, group_id: GroupId) -> tuple[frozenset[int], frozenset[int]]:
    """Return the ids of a group's cases against which there is an open appeal, and of those that an appeal made lighter."""
    return await store.disputed(tx, group_id)


async def due(tx: Tx, group_id: GroupId) -> timedelta:
    """Return how long a group takes to decide."""
    return await store.due(tx, group_id)


async def set_due(tx: Tx, group_id: GroupId, hours: int, by: Person, now: datetime) -> None:
    """Set how long a group takes to decide appeals that are made from now on."""
    before = await store.due(tx, group_id)
    if before.total_seconds() == hours * 3600:
        return
    await store.put_due(tx, group_id, hours)
    await audit.record(
        tx,
        group_id=group_id,
        actor_id=by.user_id,
        actor_name=by.name,
        action="appeals.due",
        at=now,
        before=f"PT{int(before.total_seconds())}S",
        after=f"PT{hours * 3600}S",
    )


def _storable(text: str) -> str:
    # Neither database takes halves of characters, and PostgreSQL no NUL.
    return text.encode("utf-8", "ignore").decode().replace("\0", "")


async def _record(tx: Tx, appeal: Appeal, by: Person | None, action: str, now: datetime) -> None:
    await audit.record(
        tx,
        group_id=appeal.group_id,
        actor_id=None if by is None else by.user_id,
        actor_name="" if by is None else by.name,
        action=action,
        at=now,
        target=appeal.by.user_id,
        target_text=appeal.by.name,
        details={"number": appeal.number},
    )
