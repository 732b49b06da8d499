"""Who administers the groups of a broadcast: Telegram is asked beside the turns, a little ahead of the copies."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Final

from bot.announcements.broadcast.service import steps
from bot.tg.access import learn_admins
from bot.tg.jobs import Job
from bot.tg.needs import AdministratorsNeed, Unanswered

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence, Set

    from bot.announcements.broadcast.rules.life import Broadcast
    from bot.kernel.groups import Group
    from bot.kernel.ids import GroupId
    from bot.tg.context import Scope
    from bot.tg.workers import Bench

FRESH: Final = timedelta(minutes=1)
"""So long an answer holds, as with every heavy act."""
AHEAD: Final = 60
"""So many groups are asked about before their turn has come: two seconds of copies."""
TOGETHER: Final = 20
A_SECOND: Final = 40
"""No more questions than these in a second: somewhat more than copies go out."""
TRIES: Final = 3
AGAIN: Final = timedelta(seconds=5)
"""So long after a question that was not answered it is asked again."""
_KEPT: Final = 1_000


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What is to be asked, and the broadcast that waits for it."""

    broadcast: Broadcast
    need: AdministratorsNeed


@dataclass(frozen=True, slots=True)
class _Silence:
    """How often Telegram gave no answer, and until when it is left alone."""

    tries: int
    until: datetime


_NONE: Final = _Silence(0, datetime.min.replace(tzinfo=UTC))


class Rights:
    """Which answers there are, and which are wanted; lost with the process, which then asks anew."""

    def __init__(self) -> None:
        self._answered: dict[GroupId, datetime] = {}
        self._unanswered: dict[GroupId, _Silence] = {}
        self._wanted: dict[GroupId, _Wanted] = {}
        self._wake = asyncio.Event()

    def not_known(self, scope: Scope, broadcast: Broadcast, group_ids: Sequence[GroupId]) -> set[GroupId]:
        """Return the groups of which Telegram has not said within a minute who administers them; the first are asked about."""
        groups = [group for group in map(scope.group, group_ids) if group is not None and group.active]
        missing = [group for group in groups if not self._is_known(group, scope.now)]
        askable = [group for group in missing if self._silence(group.id).until <= scope.now]
        first = {group.id: _Wanted(broadcast, AdministratorsNeed(group.chat_id)) for group in askable[:AHEAD]}
        if first:
            scope.tx.after_commit(lambda: self._want(first))
        return {group.id for group in missing}

    def is_silent(self, group_id: GroupId) -> bool:
        """Say whether Telegram would not answer; it is asked anew when that was heard."""
        silent = self._silence(group_id).tries >= TRIES
        if silent:
            self.forget(group_id)
        return silent

    def forget(self, group_id: GroupId) -> None:
        """Ask about a group anew when its turn comes again."""
        self._answered.pop(group_id, None)
        self._unanswered.pop(group_id, None)

    def _is_known(self, group: Group, now: datetime) -> bool:
        at = self._answered.get(group.id)
        return self._silence(group.id).tries >= TRIES or (at is not None and now - at < FRESH)

    def _silence(self, group_id: GroupId) -> _Silence:
        return self._unanswered.get(group_id, _NONE)

    def _want(self, groups: Mapping[GroupId, _Wanted]) -> None:
        self._wanted |= groups
        self._wake.set()

    # Beside the turns

    async def ask(self, bench: Bench) -> None:
        """Ask what is wanted, a few groups at a time."""
        while True:
            await self._wake.wait()
            few = {group_id: self._wanted.pop(group_id) for group_id in list(self._wanted)[:TOGETHER]}
            if not few:
                self._wake.clear()
                continue
            await self._ask(bench, few)

    async def _ask(self, bench: Bench, few: Mapping[GroupId, _Wanted]) -> None:
        loop = asyncio.get_running_loop()
        begun = loop.time()
        answers = await bench.ask([one.need for one in few.values()])
        patience = max((a.retry_after for a in answers.values() if isinstance(a, Unanswered)), default=0.0)
        # An answer that would be the same again is one: the copy will meet the same refusal, and says why.
        said = {
            group_id
            for group_id, one in few.items()
            if not isinstance(answer := answers[one.need], Unanswered) or answer.final
        }
        needs = tuple(few[group_id].need for group_id in said)
        await bench.submit(Job("administrators of groups", partial(self._learn, few, said), needs=needs))
        apart = TOGETHER / A_SECOND - (loop.time() - begun) if self._wanted else 0.0
        await bench.rest(max(patience, apart, 0.0))

    async def _learn(self, few: Mapping[GroupId, _Wanted], said: Set[GroupId], scope: Scope) -> None:
        """Take the answers in, and let the broadcasts go on that waited for them."""
        await scope.tx.lock(few)
        for group in map(scope.group, said):
            if group is not None:
                await learn_admins(scope, group)
        for broadcast in {one.broadcast.id: one.broadcast for one in few.values()}.values():
            answered = any(few[group_id].broadcast.id == broadcast.id for group_id in said)
            await steps.feed_soon(scope.tx, broadcast, scope.now if answered else scope.now + AGAIN)
        scope.tx.after_commit(lambda: self._heard(few, said, scope.now))

    def _heard(self, few: Mapping[GroupId, _Wanted], said: Set[GroupId], now: datetime) -> None:
        self._answered |= dict.fromkeys(said, now)
        for group_id in said:
            self._unanswered.pop(group_id, None)
        for group_id in few:
            if group_id not in said:
                self._unanswered[group_id] = _Silence(self._silence(group_id).tries + 1, now + AGAIN)
        if len(self._answered) > _KEPT:
            self._answered = {group_id: at for group_id, at in self._answered.items() if now - at < FRESH}
