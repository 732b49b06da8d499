"""The ladder of a group."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.audit import service as audit
from bot.violations import store
from bot.violations.rules.case import Case, Person
from bot.violations.rules.ladder import BadLadder, Ladder, Step, fault_of
from bot.violations.rules.settings import Settings

if TYPE_CHECKING:
    from datetime import datetime

    from bot.db.engine import Tx
    from bot.kernel.ids import GroupId, UserId


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
    await store.put_ladder(tx, group_id, "", steps)
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


async def settings(tx: Tx, group_id: GroupId) -> Settings:
    """Return the settings of a group's ledger."""
    return await store.settings_of(tx, group_id)


async def last_counting(tx: Tx, group_id: GroupId, now: datetime, limit: int) -> list[Case]:
    """Return each person's newest case that counts, of the newest ``limit`` cases: those whose cards tell the next step."""
    newest: dict[UserId, Case] = {}
    for case in await store.counting(tx, group_id, now, limit):
        newest.setdefault(case.target.user_id, case)
    return list(newest.values())


def _plain(step: Step) -> Any:
    return step.rung.value if step.mute is None else {step.rung.value: f"PT{int(step.mute.total_seconds())}S"}
