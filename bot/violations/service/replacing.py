"""What an appeal does to a case: it is lifted, or a lighter one takes its place (R22). Whether it may is decided before."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.violations import store
from bot.violations.rules.case import Case, Person, State
from bot.violations.rules.orders import imposing, undo
from bot.violations.rules.outcomes import Replaced, Reverted
from bot.violations.rules.replacing import in_place_of
from bot.violations.service.journal import record
from bot.violations.service.leaving import fall

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.db.engine import Tx
    from bot.violations.rules.ladder import Step


async def lift(tx: Tx, case: Case, by: Person, now: datetime, *, alone: bool = False) -> Reverted:
    """Undo a case after an appeal; ``alone`` says that who decided had a part in it."""
    ledger = await store.ledger(tx, case.group_id, case.target.user_id, now)
    return await _take_back(tx, case, ledger.cases, by, now, "case.lifted_alone" if alone else "case.lifted")


async def reduce(
    tx: Tx, case: Case, step: Step, by: Person, now: datetime, *, basic: bool, alone: bool = False
) -> tuple[Reverted, Replaced]:
    """Put a lighter case in the place of another after an appeal."""
    ledger = await store.ledger(tx, case.group_id, case.target.user_id, now)
    new = in_place_of(case, step, ledger.next_number, now, basic=basic)
    new = replace(new, id=await store.add(tx, new))
    action = "case.reduced_alone" if alone else "case.reduced"
    reverted = await _take_back(tx, case, (*ledger.cases, new), by, now, action)
    await record(tx, new, by, "case.instead", now, details={"of": case.number}, after=step.rung.value)
    others = [other for other in ledger.cases if other.id != case.id]
    order = imposing(new, others, now) if new.state is State.ORDERED else None
    return reverted, Replaced(new, case.number, order)


async def _take_back(tx: Tx, case: Case, cases: Sequence[Case], by: Person, now: datetime, action: str) -> Reverted:
    after, order = undo(case, cases, by, now)
    await store.save(tx, after)
    await record(tx, after, by, action, now, before=case.state.value, after=after.state.value)
    left = tuple(other for other in cases if other.id != case.id and other.counts(now))
    return Reverted(after, order, left, await fall(tx, after, cases, by, now))
