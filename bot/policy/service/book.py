"""The rules of every group: stored, and in memory for the hot path."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from bot.audit import service as audit
from bot.policy import store
from bot.policy.rules.detectors import What, shared
from bot.policy.rules.record import (
    COUNTED,
    MOST_APPROVED,
    MOST_DAYS_KEPT,
    MOST_SAMPLES,
    RECORDS_KEPT,
    Approval,
    Approved,
    Day,
    Keeping,
    Settings,
    Standing,
    Tally,
)
from bot.policy.rules.rule import MOST_RULES, Fault, Rule, State, Wrong, fault_of
from bot.policy.service.held import HeldPolicies, compile_lists
from bot.timers import service as timers

if TYPE_CHECKING:
    from datetime import date, datetime

    from bot.db.engine import Tx
    from bot.kernel.groups import Group
    from bot.kernel.ids import GroupId, UserId
    from bot.policy.rules.record import Record
    from bot.policy.rules.ruleset import Ruleset


NAME: Final = "policy"
PURGE: Final = "purge"
"""The timer's kind."""
_HOUR: Final = timedelta(hours=1)


class PolicyBook:
    """Every group's rules. What memory shows is committed."""

    def __init__(self) -> None:
        self._held = HeldPolicies()

    def may_hold(self, group_id: GroupId) -> bool:
        """Say, from memory, whether a group may have rules that find anything; before the first look, every group may."""
        return self._held.may_hold(group_id)

    async def held(self, tx: Tx, group_id: GroupId) -> Ruleset:
        """Return a group's rules that are not off and find something by themselves."""
        return await self._held.rules(tx, group_id)

    def is_approved(self, group_id: GroupId, user_id: UserId) -> bool:
        """Say, from memory, whether rules that spare approved members spare somebody."""
        return user_id in self._held.approved(group_id)

    async def settings(self, tx: Tx, group_id: GroupId) -> Settings:
        """Return what holds for all rules of a group."""
        return await self._held.settings(tx, group_id)

    async def rules(self, tx: Tx, group_id: GroupId) -> list[Rule]:
        """Return all of a group's rules, by their numbers."""
        return await store.rules_of(tx, group_id)

    async def rule(self, tx: Tx, group_id: GroupId, number: int) -> Rule | None:
        """Return one rule."""
        return next((rule for rule in await store.rules_of(tx, group_id) if rule.number == number), None)

    async def add(self, tx: Tx, group_id: GroupId, rule: Rule, by: tuple[UserId, str], now: datetime) -> Rule | Wrong:
        """Add a rule under the next number; it observes, or, where there is nothing to observe, is on."""
        rules, number = await store.rules_and_next(tx, group_id)
        fault = Wrong(Fault.TOO_MANY_RULES) if len(rules) >= MOST_RULES else fault_of(rule)
        if fault is not None:
            return fault
        state = State.ON if rule.what is What.MANUAL else State.OBSERVE
        made = replace(rule, number=number, state=state, detector=shared(rule.detector))
        await compile_lists([made])
        await store.add(tx, group_id, made)
        await self._changed(tx, group_id, [*rules, made], by, "policy.added", now, made, after=made.what.value)
        return made

    async def change(
        self, tx: Tx, group_id: GroupId, rule: Rule, by: tuple[UserId, str], now: datetime
    ) -> Rule | Wrong | None:
        """Change a rule; None if it is gone."""
        rules = await store.rules_of(tx, group_id)
        before = next((one for one in rules if one.number == rule.number), None)
        if before is None:
            return None
        fault = fault_of(rule)
        if fault is not None:
            return fault
        if before != rule:
            rule = replace(rule, detector=shared(rule.detector))
            await compile_lists([rule])
            await store.save(tx, group_id, rule)
            states = {} if before.state is rule.state else {"before": before.state.value, "after": rule.state.value}
            action = "policy.changed" if before.state is rule.state else "policy.switched"
            after = [rule if one.number == rule.number else one for one in rules]
            await self._changed(tx, group_id, after, by, action, now, rule, **states)
        return rule

    async def remove(
        self, tx: Tx, group_id: GroupId, number: int, by: tuple[UserId, str], now: datetime
    ) -> Rule | None:
        """Take a rule away; None if it is gone already."""
        rules = await store.rules_of(tx, group_id)
        rule = next((one for one in rules if one.number == number), None)
        if rule is not None:
            await store.remove(tx, group_id, number)
            left = [one for one in rules if one.number != number]
            await self._changed(tx, group_id, left, by, "policy.removed", now, rule)
        return rule

    async def rules_and_next(self, tx: Tx, group_id: GroupId) -> tuple[list[Rule], int]:
        """Return all of a group's rules, and the number that the next one gets: every lower one was given once."""
        return await store.rules_and_next(tx, group_id)

    async def bring(self, tx: Tx, group_id: GroupId, rule: Rule, by: tuple[UserId, str], now: datetime) -> Rule:
        """Add a rule in the state it has; under its number one that was removed comes back, else it gets the next one.

        :raises ValueError: if it cannot be so; whoever brings it has checked it.
        """
        wrong = fault_of(rule)
        if wrong is not None:
            raise ValueError(f"not a rule: {wrong}")
        rules, number = await store.rules_and_next(tx, group_id)
        made = replace(rule, number=rule.number or number, detector=shared(rule.detector))
        await compile_lists([made])
        await (store.save if rule.number else store.add)(tx, group_id, made)
        after = sorted([*rules, made], key=lambda one: one.number)
        await self._changed(tx, group_id, after, by, "policy.added", now, made, after=made.what.value)
        return made

    async def _changed(
        self,
        tx: Tx,
        group_id: GroupId,
        rules: list[Rule],
        by: tuple[UserId, str],
        action: str,
        now: datetime,
        rule: Rule,
        **values: Any,
    ) -> None:
        tx.after_commit(lambda: self._held.keep_rules(group_id, rules))
        await _record(tx, group_id, by, action, now, target=rule.code, **values)

    # Those whom rules spare

    async def approved(self, tx: Tx, group_id: GroupId) -> list[Approved]:
        """Return who is approved."""
        return await store.approved_in(tx, group_id)

    async def approve(
        self, tx: Tx, group_id: GroupId, who: tuple[UserId, str], by: tuple[UserId, str], now: datetime
    ) -> Approval:
        """Approve somebody."""
        present = await store.approved_in(tx, group_id)
        if any(one.user_id == who[0] for one in present):
            return Approval.ALREADY
        if len(present) >= MOST_APPROVED:
            return Approval.TOO_MANY
        await store.approve(tx, group_id, Approved(who[0], who[1], by[1], now))
        self._spares(tx, group_id, {*(one.user_id for one in present), who[0]})
        await _record(tx, group_id, by, "policy.approved", now, target=who[1])
        return Approval.DONE

    async def unapprove(
        self, tx: Tx, group_id: GroupId, user_id: UserId, by: tuple[UserId, str], now: datetime
    ) -> Approved | None:
        """Approve somebody no longer; None if they were not."""
        present = await store.approved_in(tx, group_id)
        found = next((one for one in present if one.user_id == user_id), None)
        if found is not None:
            await store.unapprove(tx, group_id, user_id)
            self._spares(tx, group_id, {one.user_id for one in present} - {user_id})
            await _record(tx, group_id, by, "policy.unapproved", now, target=found.name)
        return found

    def _spares(self, tx: Tx, group_id: GroupId, spared: set[UserId]) -> None:
        tx.after_commit(lambda: self._held.keep_approved(group_id, frozenset(spared)))

    # Settings

    async def keep(
        self, tx: Tx, group_id: GroupId, keeping: Keeping, by: tuple[UserId, str], now: datetime
    ) -> Keeping | None:
        """Set how much is kept of what was written; None if it cannot be so much or so little."""
        if not (0 <= keeping.samples <= MOST_SAMPLES and 1 <= keeping.days <= MOST_DAYS_KEPT):
            return None
        before = await self.settings(tx, group_id)
        if before.keeping != keeping:
            await self._set(tx, group_id, replace(before, keeping=keeping))
            await store.shorten(tx, group_id, keeping)
            await forget_later(tx, now, keeping)
            values = {"before": _kept(before.keeping), "after": _kept(keeping)}
            await _record(tx, group_id, by, "policy.keeping", now, **values)
        return keeping

    async def blocked(self, tx: Tx, group_id: GroupId, since: datetime | None) -> bool:
        """Note that the bot may not delete, since when, or that it may again; say whether that is news."""
        before = await self.settings(tx, group_id)
        if (before.blocked is None) is (since is None):
            return False
        await self._set(tx, group_id, replace(before, blocked=since))
        return True

    async def _set(self, tx: Tx, group_id: GroupId, settings: Settings) -> None:
        await store.put_settings(tx, group_id, settings)
        tx.after_commit(lambda: self._held.keep_settings(group_id, settings))


async def _record(tx: Tx, group_id: GroupId, by: tuple[UserId, str], action: str, now: datetime, **values: Any) -> None:
    await audit.record(tx, group_id=group_id, actor_id=by[0], actor_name=by[1], action=action, at=now, **values)


def _kept(keeping: Keeping) -> str:
    return f"{keeping.samples} / {keeping.days}"


async def standings(tx: Tx, group_id: GroupId, rules: list[Rule], now: datetime) -> list[Standing]:
    """Return rules with what each has seen in the last seven days."""
    found = await store.tallies(tx, group_id, now - COUNTED)
    return [
        Standing(rule, found.get((rule.number, True), Tally()), found.get((rule.number, False), Tally()))
        for rule in rules
    ]


async def samples(tx: Tx, group_id: GroupId, number: int, now: datetime) -> list[Record]:
    """Return samples of what a rule has seen, the newest first."""
    return await store.samples(tx, group_id, number, now)


async def days(tx: Tx, group: Group, number: int, now: datetime) -> list[Day]:
    """Return what a rule has seen on each of the last seven days on which it has seen something, by the group's calendar."""
    found: dict[date, list[UserId]] = {}
    for at, user_id in await store.moments(tx, group.id, number, now - COUNTED):
        found.setdefault(group.local(at).date(), []).append(user_id)
    return [Day(day, len(users), len(set(users))) for day, users in sorted(found.items())]


async def breaches_between(tx: Tx, group_id: GroupId, since: datetime, until: datetime) -> list[tuple[Rule, Tally]]:
    """Return the rules that were broken in a span while they were on, each with how often; also those removed since."""
    found = await store.tallies(tx, group_id, since, until)
    rules = {rule.number: rule for rule in await store.rules_of(tx, group_id, removed=True)}
    return [
        (rules[number], tally)
        for (number, observed), tally in sorted(found.items())
        if not observed and number in rules
    ]


async def forget_later(tx: Tx, now: datetime, keeping: Keeping) -> None:
    """See to it that what was seen in this hour is forgotten before any of it is too old."""
    for span in {keeping.span, COUNTED}:
        hour = (now + span).replace(minute=0, second=0, microsecond=0)
        await timers.set_timer(tx, NAME, PURGE, hour.isoformat(), hour)


async def purge(tx: Tx, now: datetime) -> None:
    """Forget what is too old, or will be within the hour."""
    await store.forget(tx, now + _HOUR, now - RECORDS_KEPT)
