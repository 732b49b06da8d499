"""The rules of every group: stored, and in memory for the hot path."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from bot.audit import service as audit
from bot.kernel.ids import GroupId
from bot.policy import store
from bot.policy.rules.detectors import shared
from bot.policy.rules.record import RECORDS_KEPT, SAMPLES_KEPT, Standing, Tally
from bot.policy.rules.rule import MOST_RULES, Fault, Rule, State, Wrong, fault_of
from bot.timers import service as timers

if TYPE_CHECKING:
    from datetime import datetime

    from bot.db.engine import Tx
    from bot.kernel.ids import UserId
    from bot.policy.rules.record import Record


NAME: Final = "policy"
PURGE: Final = "purge"
"""The timer's kind."""
_HOUR: Final = timedelta(hours=1)


class PolicyBook:
    """Every group's rules. What memory shows is committed."""

    def __init__(self) -> None:
        self._held: dict[GroupId, tuple[Rule, ...]] | None = None

    def may_hold(self, group_id: GroupId) -> bool:
        """Say, from memory, whether a group may have rules that are not off; before the first look, every group may."""
        return self._held is None or group_id in self._held

    async def held(self, tx: Tx, group_id: GroupId) -> tuple[Rule, ...]:
        """Return a group's rules that are not off."""
        if self._held is None:
            self._held = await store.all_rules(tx)
        return self._held.get(group_id, ())

    async def rules(self, tx: Tx, group_id: GroupId) -> list[Rule]:
        """Return all of a group's rules, by their numbers."""
        return await store.rules_of(tx, group_id)

    async def rule(self, tx: Tx, group_id: GroupId, number: int) -> Rule | None:
        """Return one rule."""
        return next((rule for rule in await store.rules_of(tx, group_id) if rule.number == number), None)

    async def add(self, tx: Tx, group_id: GroupId, rule: Rule, by: tuple[UserId, str], now: datetime) -> Rule | Wrong:
        """Add a rule under the next number; it observes."""
        rules = await store.rules_of(tx, group_id)
        fault = Wrong(Fault.TOO_MANY_RULES) if len(rules) >= MOST_RULES else fault_of(rule)
        if fault is not None:
            return fault
        number = await store.next_number(tx, group_id)
        made = replace(rule, number=number, state=State.OBSERVE, detector=shared(rule.detector))
        await store.add(tx, group_id, made)
        await self._changed(tx, group_id, by, "policy.added", now, made, after=made.what.value)
        return made

    async def change(
        self, tx: Tx, group_id: GroupId, rule: Rule, by: tuple[UserId, str], now: datetime
    ) -> Rule | Wrong | None:
        """Change a rule; None if it is gone."""
        before = await self.rule(tx, group_id, rule.number)
        if before is None:
            return None
        fault = fault_of(rule)
        if fault is not None:
            return fault
        if before != rule:
            await store.save(tx, group_id, replace(rule, detector=shared(rule.detector)))
            states = {} if before.state is rule.state else {"before": before.state.value, "after": rule.state.value}
            action = "policy.changed" if before.state is rule.state else "policy.switched"
            await self._changed(tx, group_id, by, action, now, rule, **states)
        return rule

    async def remove(
        self, tx: Tx, group_id: GroupId, number: int, by: tuple[UserId, str], now: datetime
    ) -> Rule | None:
        """Take a rule away; None if it is gone already."""
        rule = await self.rule(tx, group_id, number)
        if rule is not None:
            await store.remove(tx, group_id, number)
            await self._changed(tx, group_id, by, "policy.removed", now, rule)
        return rule

    async def _changed(
        self, tx: Tx, group_id: GroupId, by: tuple[UserId, str], action: str, now: datetime, rule: Rule, **values: Any
    ) -> None:
        held = tuple(one for one in await store.rules_of(tx, group_id) if one.state is not State.OFF)
        tx.after_commit(lambda: self._keep(group_id, held))
        await audit.record(
            tx, group_id=group_id, actor_id=by[0], actor_name=by[1], action=action, at=now, target=rule.code, **values
        )

    def _keep(self, group_id: GroupId, held: tuple[Rule, ...]) -> None:
        if self._held is None:
            return
        if held:
            self._held[group_id] = held
        else:
            self._held.pop(group_id, None)


async def standings(tx: Tx, group_id: GroupId, rules: list[Rule], now: datetime) -> list[Standing]:
    """Return rules with what each has seen in the last seven days."""
    found = await store.tallies(tx, group_id, now - SAMPLES_KEPT)
    return [
        Standing(rule, found.get((rule.number, True), Tally()), found.get((rule.number, False), Tally()))
        for rule in rules
    ]


async def samples(tx: Tx, group_id: GroupId, number: int, now: datetime) -> list[Record]:
    """Return samples of what a rule has seen, the newest first."""
    return await store.samples(tx, group_id, number, now - SAMPLES_KEPT)


async def forget_later(tx: Tx, now: datetime) -> None:
    """See to it that what was seen in this hour is forgotten before any of it is too old."""
    hour = now.replace(minute=0, second=0, microsecond=0)
    await timers.set_timer(tx, NAME, PURGE, hour.isoformat(), hour + SAMPLES_KEPT)


async def purge(tx: Tx, now: datetime) -> None:
    """Forget what is too old, or will be within the hour."""
    await store.forget(tx, now - SAMPLES_KEPT + _HOUR, now - RECORDS_KEPT)
