"""The ladders of a group, and the settings of its ledger."""

from __future__ import annotations

from dataclasses import fields
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from bot.audit import service as audit
from bot.violations import store
from bot.violations.rules.choosing import BadValue, Choice, Chosen, choose
from bot.violations.rules.ladder import BadLadder, Ladder, Step, fault_of
from bot.violations.rules.settings import Settings

if TYPE_CHECKING:
    from datetime import datetime

    from bot.db.engine import Tx
    from bot.kernel.ids import GroupId, UserId
    from bot.violations.rules.case import Case, Person


async def ladder(tx: Tx, group_id: GroupId) -> Ladder:
    """Return the ladder of a group."""
    return await store.ladder(tx, group_id)


async def ladders(tx: Tx, group_id: GroupId) -> dict[str, Ladder]:
    """Return every ladder that was set in a group: its own under an empty code, those of rules under theirs."""
    return await store.all_ladders(tx, group_id)


async def set_ladder(
    tx: Tx, group_id: GroupId, steps: Ladder | None, by: Person, now: datetime, rule: str = ""
) -> BadLadder | None:
    """Give a group, or one of its rules, a ladder of its own, or (None) take it away; says what is wrong with it instead.

    What counts of a rule's cases counts on the rule's own ladder as long as it has one, and on the group's else.
    """
    fault = None if steps is None else fault_of(steps)
    if fault is not None:
        return fault
    before = await store.own_ladder(tx, group_id, rule) if rule else await store.ladder(tx, group_id)
    if before == steps:
        return None
    await store.put_ladder(tx, group_id, rule, steps)
    if rule:
        await store.lead(tx, group_id, rule, "" if steps is None else rule, now)
    await audit.record(
        tx,
        group_id=group_id,
        actor_id=by.user_id,
        actor_name=by.name,
        action="ladder.set" if not rule else "ladder.set_for" if steps is not None else "ladder.dropped",
        at=now,
        before=[_plain(step) for step in before or ()],
        after=[_plain(step) for step in steps or ()],
        details={"rule": rule} if rule else {},
    )
    return None


async def settings(tx: Tx, group_id: GroupId) -> Settings:
    """Return the settings of a group's ledger."""
    return await store.settings_of(tx, group_id)


async def last_counting(tx: Tx, group_id: GroupId, now: datetime, limit: int) -> list[Case]:
    """Return each person's newest case that counts on each ladder, of the newest ``limit``: they tell the next step."""
    newest: dict[tuple[UserId, str], Case] = {}
    for case in await store.counting(tx, group_id, now, limit):
        newest.setdefault((case.target.user_id, case.track), case)
    return list(newest.values())


async def choose_as_typed(
    tx: Tx, group_id: GroupId, choice: Choice, typed: str, by: Person, now: datetime
) -> Chosen | BadValue:
    """Store one setting of a group's ledger, as it was typed."""
    before = await store.settings_of(tx, group_id)
    after = choose(before, choice, typed)
    if isinstance(after, BadValue):
        return after
    changed = [field.name for field in fields(Settings) if getattr(before, field.name) != getattr(after, field.name)]
    if not changed:
        return Chosen(after, changed=False)
    await store.put_settings(tx, group_id, after)
    await audit.record(
        tx,
        group_id=group_id,
        actor_id=by.user_id,
        actor_name=by.name,
        action="ledger.set",
        at=now,
        before={name: _shown(getattr(before, name)) for name in changed},
        after={name: _shown(getattr(after, name)) for name in changed},
    )
    return Chosen(after, changed=True)


def _plain(step: Step) -> Any:
    return step.rung.value if step.mute is None else {step.rung.value: _shown(step.mute)}


def _shown(value: Any) -> Any:
    return f"PT{int(value.total_seconds())}S" if isinstance(value, timedelta) else value
