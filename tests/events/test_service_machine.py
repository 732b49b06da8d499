"""The same story over the service and its tables, on SQLite and on PostgreSQL: every row is what the rules say it is.

Then many at once on PostgreSQL, with a connection each: what always holds, holds at the end.
"""

from __future__ import annotations

import asyncio
import itertools
import random
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test

import bot.events.capability  # noqa: F401  (knows the tables of every part)
from bot.db.engine import Database
from bot.events import service
from bot.events.rules.event import Change, Created, Edited, WouldDrop
from bot.events.rules.house import House, Order
from bot.events.rules.outcomes import Refused, TooLate
from bot.events.rules.signup import Action, SignUpState
from bot.kernel.ids import GroupId, UserId
from bot.timers import service as timers
from tests.databases import driver_url, emptied
from tests.events import build
from tests.events.machine import HELD, ON_IT, STANDS, SignUps, free_in, line_of
from tests.events.model import OFFERED, past_events

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterator
    from datetime import datetime

    from bot.db.engine import Tx
    from bot.events.rules.event import Event
    from bot.events.rules.outcomes import Outcome
    from bot.events.rules.plan import Plan
    from bot.events.rules.signup import SignUp
    from bot.kernel.groups import Group

EVERY_STATE = tuple(SignUpState)
_groups = itertools.count(1000)


class Played(SignUps):
    """The machine played on the service beside the model: after every step both stand the same."""

    runner: asyncio.Runner
    database: Database
    played: Event

    def open(self) -> None:
        self.model.group = replace(self.model.group, id=GroupId(next(_groups)))
        self.model.event = self.do(self._create)

    async def _create(self, tx: Tx) -> Event:
        group, plan = self.model.group, self.model.event.plan
        if self.model.fair:
            await service.set_house(tx, group.id, House(order=Order.FAIR), build.OWNER, build.NOW)
            await self._past(tx, plan)
        done = await service.create(tx, group.id, plan, build.OWNER, build.NOW)
        assert isinstance(done, Created)
        return done.event

    async def _past(self, tx: Tx, plan: Plan) -> None:
        """Let everybody have been at as many events as the model takes them to have been."""
        long_ago = build.NOW - timedelta(days=20)
        for past in range(1, 3):
            old = replace(plan, seats=None, starts_at=long_ago + timedelta(days=past))
            done = await service.create(tx, self.model.group.id, old, build.OWNER, long_ago)
            assert isinstance(done, Created)
            for number in range(1, 8):
                if past_events(build.person(number).user_id) >= past:
                    await service.tap(tx, self.model.group, done.event.id, Action.JOIN, build.person(number), long_ago)

    def do(self, act: Callable[[Tx], Coroutine[Any, Any, Any]]) -> Any:
        async def run() -> Any:
            async with self.database.write() as tx:
                return await act(tx)

        return self.runner.run(run())

    def check(self) -> None:
        found: list[SignUp] = self.do(lambda tx: service.people(tx, self.model.event.id, *EVERY_STATE))
        assert {row.user_id: row for row in found} == self.model.rows
        self.do(self._is_timed)

    async def _is_timed(self, tx: Tx) -> None:
        """Whatever has to be done with the line later has a timer."""
        due = await pending(tx, self.model.group, self.model.event)
        untils = [row.until for row in self.model.standing(OFFERED) if row.until is not None]
        if untils and self.model.is_live:
            assert due["lapse"] <= max(min(untils), self.model.now + timedelta(days=1) * self.asleep)
        if not self.asleep and self._promised(line_of(self.model.rows), self.model.free) and self.model.is_live:
            assert due["seats"] > self.model.now

    # What happens, in both worlds

    def tapped(self, number: int, action: Action) -> Outcome:
        who, model = build.person(number), self.model
        done = self.do(lambda tx: service.tap(tx, model.group, model.event.id, action, who, model.now))
        super().tapped(number, action)
        self.check()
        outcome: Outcome = done.outcome
        return outcome

    def added(self, who: int | str, guests: int) -> Outcome:
        model, whom = self.model, who if isinstance(who, str) else build.person(who)
        self.do(lambda tx: service.add_for(tx, model.group, model.event.id, whom, guests, build.OWNER, model.now))
        outcome = super().added(who, guests)
        self.check()
        return outcome

    def taken_off(self, user_id: UserId) -> None:
        model = self.model
        self.do(lambda tx: service.take_off(tx, model.group, model.event.id, user_id, build.OWNER, model.now))
        super().taken_off(user_id)
        self.check()

    def gone(self, user_id: UserId) -> None:
        who = replace(build.OWNER, user_id=user_id, name=self.model.rows[user_id].name)
        self.do(lambda tx: service.gone(tx, self.model.group, who, self.model.now))
        super().gone(user_id)
        self.check()

    def edited(self, change: Change) -> tuple[SignUp, ...] | None:
        done = self.do(lambda tx: self._edit(tx, change, None))
        if isinstance(done, WouldDrop):
            mark = done.mark
            done = self.do(lambda tx: self._edit(tx, change, mark))
        losers = super().edited(change)
        if losers is not None:
            assert isinstance(done, Edited) or not losers
            found = self.do(lambda tx: service.get(tx, self.model.group.id, self.model.event.id))
            assert found[0].plan == self.model.event.plan
        self.check()
        return losers

    async def _edit(self, tx: Tx, change: Change, mark: int | None) -> object:
        model = self.model
        return await service.edit(tx, model.group, model.event.id, change, build.OWNER, model.now, mark)

    def woken(self) -> None:
        self.do(self._ring)
        super().woken()
        self.check()

    async def _ring(self, tx: Tx) -> None:
        model = self.model
        await service.pass_start(tx, model.group.id, model.event.id, model.now)
        await service.lapse_offers(tx, model.group, model.event.id, model.now)
        await service.fill_seats(tx, model.group, model.event.id, model.now)


async def pending(tx: Tx, group: Group, event: Event) -> dict[str, datetime]:
    rows = await timers.pending(tx, service.NAME, service.CLOCK, group.id)
    return {row.key.partition(":")[2]: row.due_at for row in rows if row.key.startswith(f"{event.id}:")}


@pytest.fixture
def stage(migrated_url: str) -> Iterator[type[Played]]:
    """A machine on a database with every table."""
    with asyncio.Runner() as runner:

        async def start() -> Database:
            database = Database.open(driver_url(migrated_url))
            await emptied(database)
            return database

        database = runner.run(start())
        yield type("OnDatabase", (Played,), {"runner": runner, "database": database})
        runner.run(database.close())


def test_every_row_is_what_the_rules_say(stage: type[Played]) -> None:
    tries = max(settings().max_examples // 5, 10)
    run_state_machine_as_test(stage, settings=settings(max_examples=tries, stateful_step_count=30))


# Many at once

HUMANS, WORDS, ROUNDS = 40, 5, 4
LATER = build.NOW + timedelta(hours=3)
"""When the offers of the first half have lapsed."""


async def says(database: Database, event: Event, number: int, now: datetime, seed: int) -> Action | None:
    """Let a person say one thing after the other; return what they said last, as far as it was taken."""
    chance = random.Random(seed)
    last: Action | None = None
    for action in chance.choices([Action.JOIN, Action.MORE, Action.JOIN, Action.LEAVE, Action.MAYBE], k=WORDS):
        async with database.write() as tx:
            done = await service.tap(tx, build.group(), event.id, action, build.person(number), now)
        assert isinstance(done, service.Tapped)
        if action in {Action.LEAVE, Action.MAYBE}:
            last = action
        elif not isinstance(done.outcome, Refused | TooLate):
            last = Action.JOIN
    return last


async def rearranges(database: Database, event: Event, now: datetime, seed: int) -> None:
    """Let an organiser change the seats, who agrees to whom they see lose one, while offers lapse."""
    for seats in random.Random(seed).choices([4, 6, 8, 10], k=WORDS):
        mark = None
        for _ in range(3):
            async with database.write() as tx:
                change = Change("seats", seats)
                done = await service.edit(tx, build.group(), event.id, change, build.OWNER, now, mark)
            mark = done.mark if isinstance(done, WouldDrop) else None
        async with database.write() as tx:
            await service.lapse_offers(tx, build.group(), event.id, now)


@pytest.mark.parametrize("strict", [False, True], ids=["loose", "strict"])
async def test_many_at_once_with_a_connection_each(database: Database, strict: bool) -> None:
    async with database.write() as tx:
        done = await service.create(tx, build.GROUP, build.plan(8, 2, strict=strict), build.OWNER, build.NOW)
    assert isinstance(done, Created)
    words: dict[UserId, Action] = {}
    for play in range(ROUNDS):
        now = build.NOW if play < ROUNDS / 2 else LATER
        said, _ = await asyncio.gather(
            asyncio.gather(*(says(database, done.event, number, now, 100 * play + number) for number in range(HUMANS))),
            rearranges(database, done.event, now, play),
        )
        for number, word in enumerate(said):
            if word is not None:
                words[build.person(number).user_id] = word
        async with database.read() as tx:
            found = await service.get(tx, build.GROUP, done.event.id)
            people = await service.people(tx, done.event.id, *EVERY_STATE)
        assert found is not None
        rows = {row.user_id: row for row in people}
        _holds(found[0], rows, words)
        assert found[1].used == sum(row.size for row in people if row.state in HELD)


def _holds(event: Event, rows: dict[UserId, SignUp], words: dict[UserId, Action]) -> None:
    free, line = free_in(event, rows), line_of(rows)
    assert free is not None
    assert free >= 0
    assert all(party.size > free for party in (line[:1] if event.plan.strict else line))
    assert len({row.turn for row in rows.values()}) == len(rows)
    assert set(words) <= set(rows)
    for user_id, word in words.items():
        assert rows[user_id].state in STANDS[word], (word, rows[user_id])
    assert sum(row.state in ON_IT for row in rows.values()) > 1
