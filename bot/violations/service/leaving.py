"""Who is asked to leave: going in time, coming back, and the removal that is proposed when they stay."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.violations import store
from bot.violations.rules import leaving
from bot.violations.rules.case import Case, Person, State
from bot.violations.rules.orders import undo
from bot.violations.rules.outcomes import Overdue
from bot.violations.service.journal import record

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.db.engine import Tx
    from bot.kernel.ids import GroupId, UserId


async def time_is_up(tx: Tx, case_id: int, now: datetime, *, present: bool) -> Overdue | None:
    """Propose the removal of somebody who was asked to leave and is still there; None if there is nothing to propose."""
    asked = await store.by_id(tx, case_id)
    if asked is None:
        return None
    ledger = await store.ledger(tx, asked.group_id, asked.target.user_id, now)
    if not leaving.is_over(asked, ledger.cases, now):
        return None
    if not present:
        await _went(tx, replace(asked, left_at=now), now)
        return None
    case = leaving.removal_after(asked, ledger, now)
    case = replace(case, id=await store.add(tx, case))
    await record(tx, case, None, "case.stayed", now, details={"asked": asked.number})
    return Overdue(case, asked, replace(ledger, cases=(*ledger.cases, case)))


async def left(tx: Tx, group_id: GroupId, user_id: UserId, now: datetime) -> list[Case]:
    """Note that somebody left, or was removed; returns the cases that are done with because of it."""
    found = leaving.went((await store.ledger(tx, group_id, user_id, now)).cases, now)
    for case in found:
        await _went(tx, case, now)
    return found


async def returned(tx: Tx, group_id: GroupId, user_id: UserId, now: datetime) -> list[Case]:
    """Note that somebody came back whose time to leave still runs."""
    found = leaving.returned((await store.ledger(tx, group_id, user_id, now)).cases, now)
    for case in found:
        await store.save(tx, case)
    return found


async def fall(tx: Tx, undone: Case, cases: Sequence[Case], by: Person, now: datetime) -> tuple[Case, ...]:
    """Take back the removal that was proposed because of a case which is undone."""
    fallen = [undo(other, cases, by, now)[0] for other in leaving.taken_back_with(undone, cases)]
    for case in fallen:
        await store.save(tx, case)
        await record(tx, case, by, "case.undone", now, before=State.PROPOSED.value, after=case.state.value)
    return tuple(fallen)


async def _went(tx: Tx, case: Case, now: datetime) -> None:
    await store.save(tx, case)
    await record(tx, case, None, "case.left", now)
