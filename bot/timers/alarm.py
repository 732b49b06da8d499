"""The alarm clock: wakes when a timer is due and hands what has come to the engine as jobs.

APScheduler's only job sets an event. Scheduling from inside a job, or a job with the default grace of a second, loses the
alarm for ever, so the loop here arms it anew after each round, and the job is never called too late to run.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, assert_never

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.kernel.clock import SystemClock
from bot.tg.capability import Due, Late, TimerKind
from bot.tg.jobs import Job
from bot.timers import service
from bot.timers.rules import is_late, sleep_until

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping
    from datetime import datetime

    from bot.db.engine import Database, Tx
    from bot.kernel.clock import Clock
    from bot.tg.context import Scope
    from bot.tg.needs import Need
    from bot.timers.rules import Row

BATCH = 200
"""How many due timers are handed over at once."""
_PAUSE_SECONDS = 1.0
"""How long to wait when a round failed, or when nothing came of it: the loop must neither end nor spin."""

_log = structlog.stdlib.get_logger(__name__)


class Alarm:
    """Hands over timers that are due, the earliest first.

    ``submit`` returns when the turn with the jobs is committed (or has failed as a whole, by raising). ``kinds`` are the
    known kinds by (capability, kind); it may still be filled until the start.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        submit: Callable[[list[Job]], Awaitable[None]],
        kinds: Mapping[tuple[str, str], TimerKind],
    ) -> None:
        self._database = database
        self._clock = clock
        self._submit = submit
        self._kinds = kinds
        self._ring = asyncio.Event()
        self._scheduler: AsyncIOScheduler | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._task: asyncio.Task[None] | None = None
        self._unsubscribe: Callable[[], None] | None = None
        self._last_batch: list[Row] = []
        self._in_doubt = False
        """Whether a round failed: what it handed over may be done all the same, and then needs to be followed up."""
        self._stopping = False
        clock.on_shift(self.wake)

    async def start(self) -> None:
        """Begin; what fell due meanwhile comes at once.

        :raises ValueError: if a kind is to be offered when late but does not say how.
        """
        for name, kind in self._kinds.items():
            if kind.late is Late.OFFER and kind.late_run is None:
                raise ValueError(f"the timer kind {name} is offered when late, but has no late_run")
        self._stopping = False
        self._loop = asyncio.get_running_loop()
        self._scheduler = AsyncIOScheduler(timezone="UTC", event_loop=self._loop)
        self._scheduler.start()
        self._unsubscribe = service.on_change(self.wake)
        self._ring.set()
        self._task = asyncio.create_task(self._run(), name="alarm")

    async def stop(self) -> None:
        """End; jobs already handed over are let finish: a turn torn off in the middle could leave its connection astray."""
        if self._unsubscribe is not None:
            self._unsubscribe()
            self._unsubscribe = None
        self._stopping = True
        self._ring.set()
        if self._task is not None:
            await self._task
            self._task = None
        if self._scheduler is not None:
            self._scheduler.shutdown(wait=False)
            self._scheduler = None
            # The scheduler defers its shutdown to the loop; a loop that closes before would leave its timer behind.
            await asyncio.sleep(0)
        self._loop = None

    def wake(self) -> None:
        """Look again at what is due; may be called from any thread, and when the alarm does not run."""
        loop = self._loop
        if loop is not None and not loop.is_closed():
            loop.call_soon_threadsafe(self._ring.set)

    async def _run(self) -> None:
        while True:
            await self._ring.wait()
            if self._stopping:
                return
            self._ring.clear()
            try:
                await self._round()
            # Whatever goes wrong in a round (a database that is away, say), an alarm that died would lose every timer.
            except Exception:
                _log.exception("a round of timers failed")
                self._in_doubt = True
                await asyncio.sleep(_PAUSE_SECONDS)
                self._ring.set()

    async def _round(self) -> None:
        if self._in_doubt:
            await self._submit([])
            self._in_doubt = False
        while not self._stopping and (rows := await self._due()):
            if rows == self._last_batch:
                await asyncio.sleep(_PAUSE_SECONDS)
            self._last_batch = rows
            await self._submit([self._job(row) for row in rows])
        self._last_batch = []
        async with self._database.read() as tx:
            self._arm(await service.next_due(tx))

    async def _due(self) -> list[Row]:
        async with self._database.read() as tx:
            return await service.due_now(tx, self._clock.now(), BATCH)

    def _arm(self, next_due: datetime | None) -> None:
        if self._scheduler is None:
            return
        sleep = sleep_until(next_due, self._clock.now())
        # The scheduler goes by the machine's clock, whatever ours says.
        self._scheduler.add_job(
            self._set_ring,
            "date",
            run_date=SystemClock().now() + sleep,
            id="alarm",
            replace_existing=True,
            misfire_grace_time=None,
            coalesce=True,
        )

    async def _set_ring(self) -> None:
        self._ring.set()

    def _job(self, row: Row) -> Job:
        async def run(scope: Scope) -> None:
            await self._perform(scope, row)

        async def failed(tx: Tx, error_id: str) -> None:
            again = await service.failed(tx, row, self._clock.now())
            _log.warning(
                "a timer failed",
                timer=_label(row),
                error_id=error_id,
                attempts=row.attempts + 1,
                again=again.isoformat(),
            )

        return Job(_label(row), run, failed, row.group_id, self._needs(row))

    def _needs(self, row: Row) -> tuple[Need, ...]:
        kind = self._kinds.get((row.capability, row.kind))
        return () if kind is None or kind.needs is None else tuple(kind.needs(_due(row)))

    async def _perform(self, scope: Scope, row: Row) -> None:
        kind = self._kinds.get((row.capability, row.kind))
        if kind is None:
            # It stays on the schedule, as a failure: a version that knows the kind may come back.
            raise LookupError(f"no timer kind {row.capability}.{row.kind}")
        if not await service.take(scope.tx, row):
            return
        awake = _awake(scope, row) if kind.rests else None
        if awake is not None:
            await service.set_timer(scope.tx, row.capability, row.kind, row.key, awake, row.group_id)
            return
        due = _due(row)
        if not is_late(row.wanted_at, kind.grace, scope.now):
            await kind.run(scope, due)
            return
        match kind.late:
            case Late.RUN:
                await kind.run(scope, due)
            case Late.OFFER if kind.late_run is not None:
                await kind.late_run(scope, due)
            case Late.OFFER | Late.SKIP:
                _log.info("a timer was skipped: too late", timer=_label(row), wanted_at=row.wanted_at.isoformat())
            case _:
                assert_never(kind.late)


def _awake(scope: Scope, row: Row) -> datetime | None:
    """Return when the quiet hours end that hold a timer's group; None outside of them."""
    group = None if row.group_id is None else scope.group(row.group_id)
    return None if group is None else group.quiet_until(scope.now)


def _due(row: Row) -> Due:
    return Due(row.kind, row.key, row.wanted_at, row.group_id)


def _label(row: Row) -> str:
    return f"timer {row.capability}.{row.kind} {row.key}"
