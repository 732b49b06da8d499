"""What the hot path knows of every group: rules that are not off, who is approved, settings. It shows what is committed."""

from __future__ import annotations

import asyncio
from itertools import chain
from typing import TYPE_CHECKING

from bot.policy import store
from bot.policy.rules.detectors import is_long, prepare
from bot.policy.rules.record import Settings
from bot.policy.rules.rule import State
from bot.policy.rules.ruleset import Ruleset, finding

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.db.engine import Tx
    from bot.kernel.ids import GroupId, UserId
    from bot.policy.rules.rule import Rule

_NONE = Ruleset()
_NOBODY: frozenset[UserId] = frozenset()
_DEFAULT = Settings()


class HeldPolicies:
    """The policies of all groups, read at the first look and followed from then on."""

    def __init__(self) -> None:
        self._rules: dict[GroupId, Ruleset] | None = None
        self._approved: dict[GroupId, frozenset[UserId]] = {}
        self._settings: dict[GroupId, Settings] = {}

    def may_hold(self, group_id: GroupId) -> bool:
        """Say whether a group may have rules that find anything; before the first look, every group may."""
        return self._rules is None or group_id in self._rules

    async def rules(self, tx: Tx, group_id: GroupId) -> Ruleset:
        """Return a group's rules that find something by themselves and are not off."""
        if self._rules is None:
            rules = await store.all_rules(tx)
            self._approved = await store.all_approved(tx)
            self._settings = await store.all_settings(tx)
            self._rules = {group_id: held for group_id, some in rules.items() if (held := finding(some))}
            await compile_lists(chain.from_iterable(self._rules.values()))
        return self._rules.get(group_id, _NONE)

    async def settings(self, tx: Tx, group_id: GroupId) -> Settings:
        """Return a group's settings."""
        await self.rules(tx, group_id)
        return self._settings.get(group_id, _DEFAULT)

    def approved(self, group_id: GroupId) -> frozenset[UserId]:
        """Return who is approved in a group whose rules were looked at."""
        return self._approved.get(group_id, _NOBODY)

    def keep_rules(self, group_id: GroupId, rules: list[Rule]) -> None:
        """Take in what was committed."""
        if self._rules is None:
            return
        held = finding(rules)
        if held:
            self._rules[group_id] = held
        else:
            self._rules.pop(group_id, None)

    def keep_approved(self, group_id: GroupId, approved: frozenset[UserId]) -> None:
        """Take in what was committed."""
        if self._rules is not None:
            self._approved[group_id] = approved

    def keep_settings(self, group_id: GroupId, settings: Settings) -> None:
        """Take in what was committed."""
        if self._rules is not None:
            self._settings[group_id] = settings


async def compile_lists(rules: Iterable[Rule]) -> None:
    """Compile what is long in a thread of its own, before a message is judged by it: meanwhile the loop goes on.

    Short lists are compiled when the first message is judged by them, in less than 3 ms.
    """
    long = [rule.detector for rule in rules if rule.state is not State.OFF and is_long(rule.detector)]
    if long:
        await asyncio.to_thread(prepare, long)
