"""A series as a state machine over the service: each date is opened exactly once, never a skipped one, never too late."""

from __future__ import annotations

import asyncio
import tempfile
from datetime import date, datetime, timedelta
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

import bot.events.capability  # noqa: F401  (knows the tables of every part)
from bot.events import service as events
from bot.events.rules.event import Cancelled, Change, Created, Edited, Event, State
from bot.events.series import rules, service
from bot.events.series.rules import Begun, Flaw, Moved, NoSuchDate, Series, Skipped
from bot.events.series.service import Wishes
from bot.timers import service as timers
from tests.databases import sqlite_database
from tests.events.build import GROUP, NOW, OWNER, group, plan
from tests.events.series.build import weekly


class SeriesMachine(RuleBasedStateMachine):
    """What people do to a series while weeks go by, and its timer."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.loop = asyncio.new_event_loop()
        self.database = sqlite_database(Path(self.folder.name) / "series.db")
        self.now = NOW
        self.group = group()
        self.id = 0
        self.gone: set[date] = set()
        self.opened: dict[date, list[int]] = {}

    def teardown(self) -> None:
        self.loop.run_until_complete(self.database.close())
        self.loop.close()
        self.folder.cleanup()

    @initialize(ahead=st.sampled_from([1, 3, 6, 13]), holidays=st.booleans())
    def begin(self, ahead: int, holidays: bool) -> None:
        self.loop.run_until_complete(self._begin(ahead, holidays))

    async def _begin(self, ahead: int, holidays: bool) -> None:
        async with self.database.write() as tx:
            done = await events.create(tx, GROUP, plan(seats=None), OWNER, self.now)
            assert isinstance(done, Created)
            made = await service.begin(
                tx, self.group, done.event, weekly(), Wishes(ahead, regulars=True, holidays=holidays), OWNER, self.now
            )
            assert isinstance(made, Begun)
            self.id = made.series.id
            self.opened = {day: [one.event_id] for day, one in made.series.dates.items() if one.event_id}

    # What happens

    @rule(hours=st.integers(min_value=1, max_value=24 * 16))
    def wait(self, hours: int) -> None:
        """Time goes by, the bot was down perhaps: what is due is opened late."""
        self.now += timedelta(hours=hours)
        self.loop.run_until_complete(self._open())

    async def _open(self) -> None:
        async with self.database.write() as tx:
            for row in await timers.due_now(tx, self.now, 10):
                if row.kind == service.TIMER:
                    await timers.take(tx, row)
                    self._note(await service.open_due(tx, self.group, self.id, self.now), await self._series(tx))

    def _note(self, new: list[Event], series: Series) -> None:
        for event in new:
            (day,) = [day for day, one in series.dates.items() if one.event_id == event.id]
            assert day not in self.gone
            assert event.plan.starts_at > self.now
            assert event.series == self.id
            self.opened.setdefault(day, []).append(event.id)

    @rule(which=st.integers(min_value=0, max_value=3))
    def skip(self, which: int) -> None:
        self.loop.run_until_complete(self._skip(which))

    async def _skip(self, which: int) -> None:
        async with self.database.write() as tx:
            slot = await self._slot(tx, which)
            if slot is None:
                return
            done = await service.skip(tx, self.group, self.id, slot.day, "rain", OWNER, self.now)
            assert isinstance(done, Skipped)
            self.gone.add(slot.day)
            again = await service.skip(tx, self.group, self.id, slot.day, None, OWNER, self.now)
            assert isinstance(again, NoSuchDate)
            if slot.event_id is not None:
                found = await events.get(tx, GROUP, slot.event_id)
                assert found is not None
                assert found[0].state is State.CANCELLED

    @rule(which=st.integers(min_value=0, max_value=3), hours=st.integers(min_value=-200, max_value=200))
    def move(self, which: int, hours: int) -> None:
        self.loop.run_until_complete(self._move(which, hours))

    async def _move(self, which: int, hours: int) -> None:
        async with self.database.write() as tx:
            slot = await self._slot(tx, which)
            if slot is None:
                return
            to = slot.starts_at + timedelta(hours=hours)
            done = await service.move(tx, self.group, self.id, slot.day, to, OWNER, self.now)
            if to <= self.now:
                assert done is Flaw.IN_PAST
            elif isinstance(done, Moved):
                series = await self._series(tx)
                after = {one.day: one.starts_at for one in rules.slots(series, self.group, self.now)}
                assert after[slot.day] == to

    @rule(which=st.integers(min_value=0, max_value=3), hours=st.integers(min_value=1, max_value=100))
    def move_by_hand(self, which: int, hours: int) -> None:
        """An organiser edits the event itself: the series goes by the event's own time."""
        self.loop.run_until_complete(self._by_hand(which, hours))

    @rule(which=st.integers(min_value=0, max_value=3))
    def cancel_by_hand(self, which: int) -> None:
        self.loop.run_until_complete(self._by_hand(which, None))

    async def _by_hand(self, which: int, hours: int | None) -> None:
        async with self.database.write() as tx:
            slot = await self._slot(tx, which)
            if slot is None or slot.event_id is None:
                return
            if hours is None:
                assert isinstance(await events.cancel(tx, GROUP, slot.event_id, None, OWNER, self.now), Cancelled)
                self.gone.add(slot.day)
            else:
                change = Change("starts_at", slot.starts_at + timedelta(hours=hours), {"deadline": None})
                assert isinstance(await events.edit(tx, self.group, slot.event_id, change, OWNER, self.now), Edited)
            series = await self._series(tx)
            found = {one.day: one.starts_at for one in rules.slots(series, self.group, self.now)}
            assert found.get(slot.day) == (None if hours is None else slot.starts_at + timedelta(hours=hours))

    @rule(ahead=st.sampled_from([1, 6, 20]))
    def settle(self, ahead: int) -> None:
        self.loop.run_until_complete(self._settle(ahead))

    async def _settle(self, ahead: int) -> None:
        async with self.database.write() as tx:
            await service.settle(tx, self.group, self.id, Wishes(ahead), OWNER, self.now)

    async def _series(self, tx: object) -> Series:
        found = await service.get(tx, GROUP, self.id)  # type: ignore[arg-type]
        assert found is not None
        return found

    async def _slot(self, tx: object, which: int) -> rules.Slot | None:
        series = await self._series(tx)
        for place, slot in enumerate(rules.slots(series, self.group, self.now)):
            if place == which:
                return slot
        return None

    # What always holds

    @invariant()
    def each_date_is_opened_once(self) -> None:
        assert all(len(ids) == 1 for ids in self.opened.values())

    @invariant()
    def a_date_that_is_due_has_a_timer(self) -> None:
        if self.id:
            self.loop.run_until_complete(self._has_timer())

    async def _has_timer(self) -> None:
        async with self.database.read() as tx:
            series = await self._series(tx)
            coming = rules.next_opening(series, self.group, self.now)
            due = [row.due_at for row in await timers.pending(tx, events.NAME, service.TIMER)]
            # An event moved by hand may take the place of a date: the timer then comes too early and is wound again.
            assert coming is None or (len(due) == 1 and due[0] <= self._rounded(max(coming[1], self.now)))

    @staticmethod
    def _rounded(at: datetime) -> datetime:
        return at.replace(microsecond=at.microsecond // 1000 * 1000)


TestSeries = SeriesMachine.TestCase
TestSeries.settings = settings(max_examples=15, stateful_step_count=15, deadline=None)
