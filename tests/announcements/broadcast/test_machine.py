"""Anything that may happen to a broadcast, in any order, over the service and its tables: nobody ever gets it twice.

The turns are played as the feeder plays them; Telegram takes a copy, refuses it, or leaves it open.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import time, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from bot.announcements import service as core
from bot.announcements.broadcast.rules.life import Act, Broadcast, Done, State, Step
from bot.announcements.broadcast.rules.progress import MISSING, Fate
from bot.announcements.broadcast.service import sending, steps
from bot.announcements.broadcast.service.sending import Handed, Sent
from bot.announcements.rules import outcomes
from bot.announcements.rules.acts import Act as CoreAct
from bot.announcements.rules.announcement import Announcement, By
from bot.announcements.rules.content import Content
from bot.announcements.rules.house import Review
from bot.db.engine import Database
from bot.kernel.groups import Group, QuietHours
from bot.kernel.ids import ChatId, GroupId, MessageId, UserId
from bot.kernel.roles import RIGHTS_OF, Role
from tests.announcements.broadcast.test_rules import NOW
from tests.databases import driver_url, emptied

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterator

    from bot.db.engine import Tx

GROUPS = 6
HOME, REVIEWED, QUIET = GroupId(1), GroupId(3), GroupId(4)
MAY, MAY_NOT = RIGHTS_OF[Role.MANAGER], RIGHTS_OF[Role.EDITOR]
NIGHT = (QuietHours(time(9), time(12)),)
WORDS = ("We meet at ten.", "We meet at eleven.", "We meet at noon.")


class Broadcasts(RuleBasedStateMachine):
    """One broadcast to six groups: one reviews, one is quiet until noon, rights and groups come and go."""

    runner: asyncio.Runner
    database: Database

    def __init__(self) -> None:
        super().__init__()
        self.now = NOW
        self.rights = {GroupId(n): MAY for n in range(1, GROUPS + 1)}
        self.lost: set[GroupId] = set()
        self.out: list[Announcement] = []
        """What is in the outbox."""
        self.changing: list[GroupId] = []
        self.stands: Counter[GroupId] = Counter()
        """How many copies Telegram has taken."""
        self.asked_again: Counter[GroupId] = Counter()
        self.unreviewed: set[GroupId] = set()

    def do(self, act: Callable[[Tx], Coroutine[Any, Any, Any]]) -> Any:
        async def run() -> Any:
            async with self.database.write() as tx:
                return await act(tx)

        return self.runner.run(run())

    def group(self, group_id: GroupId) -> Group:
        quiet = NIGHT if group_id == QUIET else ()
        active = group_id not in self.lost
        return Group(group_id, ChatId(-1000 - group_id), f"G{group_id}", "en", "UTC", active=active, quiet=quiet)

    def by(self, group_id: GroupId = HOME) -> By:
        return By(UserId(1), "Anna", self.rights[group_id])

    @initialize()
    def begin(self) -> None:
        async def begun(tx: Tx) -> Broadcast:
            await core.set_house(tx, REVIEWED, By(UserId(9), "Ben", MAY), NOW, review=Review.OTHER)
            drafted = await core.draft(tx, HOME, Content(WORDS[0]), self.by(), NOW)
            assert isinstance(drafted, outcomes.Done)
            self.number = drafted.item.number
            chosen, _reach = await steps.choose(tx, drafted.item, list(self.rights), self.by(), NOW)
            outcome = await steps.start(tx, chosen, list(self.rights), self.by(), NOW)
            assert isinstance(outcome, Done)
            return outcome.broadcast

        self.id = self.do(begun).id

    @property
    def broadcast(self) -> Broadcast:
        found: Broadcast = self.do(lambda tx: steps.get(tx, self.id))
        return found

    # What the bot does

    @rule()
    def feed(self) -> None:
        self.do(self._feed)

    async def _feed(self, tx: Tx) -> None:
        broadcast = await steps.get(tx, self.id)
        assert broadcast is not None
        room, up = await sending.next_up(tx, broadcast, self.now)
        for row in up[:room]:
            group_id = row.target.group_id
            if row.target.step is Step.MADE:
                outcome = await sending.change(tx, broadcast, row, self.by(group_id), self.now)
                if isinstance(outcome, Sent):
                    self.changing.append(group_id)
                continue
            group, by = self.group(group_id), self.by(group_id)
            outcome = await sending.give(tx, broadcast, row.target, group, by, self.now)
            if isinstance(outcome, Sent):
                self._put(outcome.item, broadcast)
            elif isinstance(outcome, Handed):
                self.unreviewed.add(group_id)
        rows = await sending.rows_of(tx, broadcast.id)
        await sending.finish(tx, broadcast, rows, self.now)

    def _put(self, item: Announcement, broadcast: Broadcast) -> None:
        assert self.rights[item.group_id] == MAY
        assert item.group_id not in self.lost
        assert item.group_id not in self.unreviewed
        assert broadcast.state is State.RUNNING
        assert not broadcast.withdrawn
        assert not (item.group_id == QUIET and self.now.hour < 12 and self.now.date() == NOW.date())
        self.out.append(item)

    # What Telegram does

    @precondition(lambda self: self.out)
    @rule(which=st.integers(0, 5), end=st.sampled_from(["taken", "refused", "open", "open, but taken"]))
    def telegram(self, which: int, end: str) -> None:
        item = self.out.pop(which % len(self.out))
        key = core.result_key(item)
        if "taken" in end:
            self.stands[item.group_id] += 1
        match end:
            case "taken":
                chat, message = ChatId(-1000 - item.group_id), MessageId(self.stands[item.group_id])
                self.do(lambda tx: core.posted(tx, key, chat, message, self.now))
            case "refused":
                self.do(lambda tx: core.refused(tx, key, "chat_gone", "kicked", self.now))
            case _:
                self.do(lambda tx: core.unsure(tx, key, self.now))

    @precondition(lambda self: self.changing)
    @rule(problem=st.sampled_from(["", "message can't be edited"]))
    def telegram_changes(self, problem: str) -> None:
        group_id = self.changing.pop(0)
        self.do(lambda tx: sending.changed(tx, self.id, group_id, problem))

    # What people do

    @rule(act=st.sampled_from([Act.PAUSE, Act.RESUME, Act.STOP, Act.RETRY]))
    def step(self, act: Act) -> None:
        self.do(lambda tx: self._step(tx, act))

    @precondition(lambda self: len(self.stands) > 3)
    @rule()
    def withdraw(self) -> None:
        self.do(lambda tx: self._step(tx, Act.WITHDRAW))

    async def _step(self, tx: Tx, act: Act) -> None:
        broadcast = await steps.get(tx, self.id)
        assert broadcast is not None
        await steps.step(tx, broadcast, act, self.by(), self.now)

    @rule(words=st.sampled_from(WORDS))
    def change(self, words: str) -> None:
        async def changed(tx: Tx) -> None:
            await core.edit(tx, HOME, self.number, Content(words), self.by(), self.now)
            broadcast = await steps.get(tx, self.id)
            assert broadcast is not None
            await steps.change(tx, broadcast, self.by(), self.now)

        self.do(changed)

    @rule(group_id=st.integers(2, GROUPS).map(GroupId))
    def rights_change(self, group_id: GroupId) -> None:
        self.rights[group_id] = MAY_NOT if self.rights[group_id] == MAY else MAY

    @rule(group_id=st.integers(2, GROUPS).map(GroupId))
    def the_bot_comes_or_goes(self, group_id: GroupId) -> None:
        self.lost ^= {group_id}

    @rule(group_id=st.integers(1, GROUPS).map(GroupId), there=st.booleans())
    def somebody_looks(self, group_id: GroupId, there: bool) -> None:
        async def looked(tx: Tx) -> None:
            row = next(row for row in await sending.rows_of(tx, self.id) if row.target.group_id == group_id)
            if row.fate is not Fate.UNCERTAIN or row.copy is None:
                return
            by = By(UserId(9), "Ben", MAY)
            if there:
                await core.is_there(tx, group_id, row.copy.number, by, self.now)
                return
            again = await core.publish(
                tx, self.group(group_id), row.copy.number, by, self.now, act=CoreAct.AGAIN, in_quiet=True
            )
            if isinstance(again, outcomes.Done):
                self.asked_again[group_id] += 1
                self.out.append(again.item)

        self.do(looked)

    @rule()
    def time_passes(self) -> None:
        self.now += timedelta(hours=1)

    # What always holds

    @invariant()
    def nobody_gets_it_twice(self) -> None:
        for group_id, count in self.stands.items():
            assert count <= 1 + self.asked_again[group_id]

    @invariant()
    def what_is_over_leaves_nobody_waiting(self) -> None:
        if not hasattr(self, "id"):
            return
        rows = self.do(lambda tx: sending.rows_of(tx, self.id))
        fates = {row.target.group_id: row.fate for row in rows}
        # A reviewer's copy apart, whoever Telegram has taken a copy for is not counted among those who wait.
        for group_id, count in self.stands.items():
            if count and not self.asked_again[group_id]:
                assert fates[group_id] in {Fate.SENT, Fate.UNCERTAIN, Fate.WITHDRAWN}
        if self.broadcast.state is State.DONE and not self.out:
            assert not {Fate.WAITING, Fate.HELD} & set(fates.values())
            assert set(fates.values()) <= {Fate.SENT, Fate.REVIEW, Fate.SKIPPED, Fate.WITHDRAWN, *MISSING}


@pytest.fixture
def stage(migrated_url: str) -> Iterator[type[Broadcasts]]:
    """A machine on a database with every table."""
    with asyncio.Runner() as runner:

        async def start() -> Database:
            opened = Database.open(driver_url(migrated_url))
            await emptied(opened)
            return opened

        database = runner.run(start())
        yield type("OnDatabase", (_Emptied,), {"runner": runner, "database": database})
        runner.run(database.close())


class _Emptied(Broadcasts):
    def teardown(self) -> None:
        self.runner.run(emptied(self.database))


def test_nobody_gets_it_twice_whatever_happens(stage: type[Broadcasts]) -> None:
    tries = max(settings().max_examples // 5, 8)
    run_state_machine_as_test(stage, settings=settings(max_examples=tries, stateful_step_count=30))
