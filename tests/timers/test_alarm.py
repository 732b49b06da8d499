from __future__ import annotations

import asyncio
import time
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, cast

import pytest

from bot.kernel.clock import MovableClock
from bot.tg.capability import Due, Late, TimerKind
from bot.tg.context import Scope
from bot.timers import service, store
from bot.timers.alarm import Alarm

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from bot.db.engine import Database
    from bot.tg.jobs import Job

NOW = datetime(2026, 11, 28, 12, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


class Engine:
    """What the engine does with jobs: one transaction a list, a savepoint a job."""

    def __init__(self, database: Database, clock: MovableClock) -> None:
        self.database = database
        self.clock = clock
        self.ran: list[tuple[str, str]] = []
        self.batches: list[int] = []
        self.errors: list[str] = []
        self.turns = 0

    async def submit(self, jobs: list[Job]) -> None:
        self.batches.append(len(jobs))
        nothing = cast("Any", None)
        async with self.database.write() as tx:
            for job in jobs:
                scope = Scope(tx, self.clock.now(), nothing, nothing, nothing, nothing, 1, "bot")
                try:
                    async with tx.savepoint():
                        await job.run(scope)
                except (LookupError, ArithmeticError) as error:
                    self.errors.append(repr(error))
                    assert job.failed is not None
                    await job.failed(tx, "E1")
        self.turns += 1

    def kind(self, name: str, late: Late = Late.RUN, grace: timedelta | None = None) -> TimerKind:
        async def run(scope: Scope, due: Due) -> None:
            scope.tx.after_commit(lambda: self.ran.append((name, due.key)))

        async def late_run(scope: Scope, due: Due) -> None:
            scope.tx.after_commit(lambda: self.ran.append((f"{name} late", due.key)))

        return TimerKind(name, run, late, grace, late_run)


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock(NOW)


@pytest.fixture
def engine(database: Database, clock: MovableClock) -> Engine:
    return Engine(database, clock)


@asynccontextmanager
async def ringing(engine: Engine, *kinds: TimerKind) -> AsyncIterator[Alarm]:
    alarm = Alarm(engine.database, engine.clock, engine.submit, {("t", kind.name): kind for kind in kinds})
    await alarm.start()
    try:
        yield alarm
    finally:
        await alarm.stop()


async def put(engine: Engine, kind: str, key: str, due_at: datetime) -> None:
    async with engine.database.write() as tx:
        await service.set_timer(tx, "t", kind, key, due_at)


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not condition():  # noqa: ASYNC110  (the alarm tells nobody but the engine)
            await asyncio.sleep(0.005)


async def left(engine: Engine) -> list[str]:
    async with engine.database.read() as tx:
        return [row.key for row in await service.pending(tx, "t")]


async def test_a_timer_runs_once_when_the_clock_is_moved_past_it(engine: Engine) -> None:
    async with ringing(engine, engine.kind("hello")):
        await put(engine, "hello", "a", NOW + MINUTE)
        await asyncio.sleep(0.05)
        assert engine.ran == []
        engine.clock.advance(2 * MINUTE)
        await until(lambda: bool(engine.ran))
        engine.clock.advance(2 * MINUTE)
        await asyncio.sleep(0.05)
    assert engine.ran == [("hello", "a")]
    assert await left(engine) == []


async def test_without_a_hand_on_the_clock_the_alarm_rings_by_itself(database: Database) -> None:
    engine = Engine(database, MovableClock())
    async with ringing(engine, engine.kind("hello")):
        await put(engine, "hello", "b", engine.clock.now() + timedelta(milliseconds=300))
        await put(engine, "hello", "a", engine.clock.now() + timedelta(milliseconds=150))
        await until(lambda: len(engine.ran) == 2)
    assert engine.ran == [("hello", "a"), ("hello", "b")]


async def test_what_fell_due_while_the_bot_was_down_runs_at_the_start_in_due_order(engine: Engine) -> None:
    for minutes, key in ((1, "c"), (3, "a"), (2, "b")):
        await put(engine, "hello", key, NOW - minutes * MINUTE)
    async with ringing(engine, engine.kind("hello")):
        await until(lambda: len(engine.ran) == 3)
    assert engine.ran == [("hello", "a"), ("hello", "b"), ("hello", "c")]
    assert engine.batches == [3]


async def test_each_kind_says_what_becomes_of_a_late_one(engine: Engine) -> None:
    hour = timedelta(hours=1)
    for kind in ("runs", "offers", "skips", "patient"):
        await put(engine, kind, kind, NOW - 2 * hour)
    kinds = (
        engine.kind("runs", Late.RUN),
        engine.kind("offers", Late.OFFER, hour),
        engine.kind("skips", Late.SKIP, hour),
        engine.kind("patient", Late.SKIP, 3 * hour),
    )
    async with ringing(engine, *kinds):
        await until(lambda: len(engine.ran) == 3)
    assert sorted(engine.ran) == [("offers late", "offers"), ("patient", "patient"), ("runs", "runs")]
    assert await left(engine) == []


async def test_a_failed_one_is_tried_again_and_holds_up_no_other(engine: Engine) -> None:
    failures = iter((True, True, False))

    async def fail(scope: Scope, due: Due) -> None:
        if next(failures):
            raise ZeroDivisionError
        scope.tx.after_commit(lambda: engine.ran.append(("fails", due.key)))

    await put(engine, "fails", "a", NOW - MINUTE)
    await put(engine, "hello", "b", NOW)
    async with ringing(engine, TimerKind("fails", fail), engine.kind("hello")):
        await until(lambda: bool(engine.ran))
        assert engine.ran == [("hello", "b")]
        engine.clock.advance(MINUTE)
        await until(lambda: engine.turns == 2)
        engine.clock.advance(4 * MINUTE)
        await asyncio.sleep(0.05)
        assert len(engine.ran) == 1
        engine.clock.advance(MINUTE)
        await until(lambda: len(engine.ran) == 2)
    assert await left(engine) == []


async def test_a_timer_of_an_unknown_kind_stays_on_the_schedule(engine: Engine) -> None:
    await put(engine, "gone", "a", NOW)
    async with ringing(engine, engine.kind("hello")):
        await until(lambda: engine.turns == 1)
    assert await left(engine) == ["a"]


async def test_a_timer_cancelled_by_an_earlier_one_of_the_same_turn_does_not_run(engine: Engine) -> None:
    async def cancel(scope: Scope, _due: Due) -> None:
        await service.cancel(scope.tx, "t", "hello", "b")
        scope.tx.after_commit(lambda: engine.ran.append(("cancel", "")))

    await put(engine, "cancel", "a", NOW - MINUTE)
    await put(engine, "hello", "b", NOW)
    async with ringing(engine, TimerKind("cancel", cancel), engine.kind("hello")):
        await until(lambda: bool(engine.ran))
        await asyncio.sleep(0.05)
    assert engine.ran == [("cancel", "")]


async def test_a_turn_that_fails_as_a_whole_does_not_end_the_alarm(engine: Engine) -> None:
    asked: list[int] = []

    async def moody(jobs: list[Job]) -> None:
        asked.append(len(jobs))
        if len(asked) == 1:
            raise ConnectionError("the database is away")
        await engine.submit(jobs)

    await put(engine, "hello", "a", NOW)
    alarm = Alarm(engine.database, engine.clock, moody, {("t", "hello"): engine.kind("hello")})
    await alarm.start()
    await until(lambda: bool(engine.ran))
    await alarm.stop()
    assert asked == [1, 0, 1], (
        "what became of the failed turn is asked for first, as perhaps nothing is left to hand over"
    )


async def test_an_offer_needs_words(engine: Engine) -> None:
    kind = TimerKind("offers", engine.kind("x").run, Late.OFFER)
    alarm = Alarm(engine.database, engine.clock, engine.submit, {("t", "offers"): kind})
    with pytest.raises(ValueError, match="late_run"):
        await alarm.start()


async def test_a_thousand_due_at_once_among_many_come_quickly(engine: Engine) -> None:
    async with engine.database.write() as tx:
        far = [("t", "hello", f"far{i}", None, NOW + timedelta(days=1 + i % 300)) for i in range(20_000)]
        due = [("t", "hello", f"due{i:04}", None, NOW) for i in range(1_000)]
        await store.put(tx, far + due)
    began = time.monotonic()
    async with ringing(engine, engine.kind("hello")):
        await until(lambda: len(engine.ran) == 1_000)
    assert time.monotonic() - began < 15
    assert engine.batches == [200] * 5
    assert [key for _, key in engine.ran] == [f"due{i:04}" for i in range(1_000)]
