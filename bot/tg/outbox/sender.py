"""Sends what the outbox holds: claim, commit, call, record.

A claim is committed before the call, so that after a crash it is known which calls may have happened. The ends are
recorded together with what follows of them; whoever depends on an effect goes only after its end is committed.
"""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import structlog
from telegram.error import TelegramError

from bot.kernel.ids import ChatId
from bot.tg import effects as fx
from bot.tg.outbox import outbox_store as store
from bot.tg.outbox.call import call
from bot.tg.outbox.claims import Step, claim
from bot.tg.outbox.files import content_of
from bot.tg.outbox.limits import TELEGRAM, Limits, Rates
from bot.tg.outbox.model import Ending, Lane, failed, uncertain
from bot.tg.outbox.moving import migrate_chat
from bot.tg.outbox.queue import Queue
from bot.tg.outbox.reach import Reach
from bot.tg.outbox.refusals import Flooded, Migrated, Unfinished, Unreached, Verdict, judge
from bot.tg.outbox.results import Lookup, Results, Submit, record

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from telegram.ext import ExtBot

    from bot.db.engine import Database, Tx
    from bot.kernel.clock import Clock
    from bot.tg.capability import Maker
    from bot.tg.outbox.model import Row, Waiting
    from bot.tg.ports import Deliveries

_log = structlog.get_logger(__name__)
IN_FLIGHT = 40
"""Calls under way at once: more than 30 a second never finish with fewer than 30 under way, were a call to take 1 s."""
CLAIMED_AT_ONCE = 16
LOOK_AROUND = 30.0
"""Seconds after which the table is looked at even if nothing seems to happen."""
ATTEMPTS = 12
"""An act that Telegram answers with an error of its own is tried so often, over some minutes."""
PURGE_EVERY = timedelta(hours=1)


class Sender:
    """Sends effects under Telegram's limits, one at a time in each line of a chat."""

    def __init__(  # noqa: PLR0913  (the last four are optional)
        self,
        database: Database,
        bot: ExtBot[Any],
        clock: Clock,
        submit: Submit,
        results: Lookup,
        deliveries: Deliveries | None = None,
        *,
        rates: Rates = TELEGRAM,
        capacity: int = 5000,
        makers: Mapping[str, Maker] | None = None,
    ) -> None:
        """Begin with nothing; ``start`` reads the table.

        ``submit`` runs jobs as turns, ``results`` finds who wants a result, ``deliveries`` hears of lost chats and rights
        and of uncertain messages, ``capacity`` bounds how many effects are in memory, ``makers`` make files by name.
        """
        self._database = database
        self._bot = bot
        self._clock = clock
        self._makers = {} if makers is None else makers
        self._limits = Limits(rates)
        self._queue = Queue(self._limits, capacity)
        self._results = Results(database, clock, submit, results, deliveries, self._settled)
        self._wake = asyncio.Event()
        self._finished: list[tuple[Row, Verdict]] = []
        self._calls: set[asyncio.Task[None]] = set()
        self._tasks: list[asyncio.Task[None]] = []
        self._awake = clock.now()
        self._next_waking: datetime | None = None
        self._purge_at = clock.now()
        self._look_at = 0.0
        self._reach = Reach()
        self._stopping = False
        clock.on_shift(self._wake.set)

    # From outside

    def added(self, rows: Sequence[Waiting]) -> None:
        """Take note of effects that were just committed."""
        for row in rows:
            if row.not_before is not None and row.not_before > self._awake:
                self._wake_by(row.not_before)
            elif self._queue.admit(row) and any(effect_id not in self._queue for effect_id in row.after):
                self._look_at = 0.0
        self._wake.set()

    def migrated(self, old: int, new: int) -> None:
        """Have it told that Telegram knows a group as a supergroup."""
        self._results.moved(ChatId(old), ChatId(new))

    async def start(self) -> None:
        """Sort out what an earlier run left claimed, then send."""
        self._stopping = False
        async with self._database.write() as tx:
            left = await store.claimed(tx)
            await store.put_back(tx, [row.id for row in left if not isinstance(row.effect, fx.SENDS)], tried=True)
            due = await store.due_results(tx)
            self._next_waking = await store.next_waking(tx, self._awake)
        open_ends = [row for row in left if isinstance(row.effect, fx.SENDS)]
        self._results.add(due)
        self._results.add([(row, uncertain("the bot stopped while it was being sent")) for row in open_ends])
        self._tasks = [asyncio.create_task(self._run()), asyncio.create_task(self._results.run())]

    async def stop(self, patience: float = 5.0) -> None:
        """Send nothing more, wait so many seconds for calls under way and record their ends.

        What is not finished by then stays claimed: at the next start it is repeated, or uncertain if it is a message.
        """
        self._stopping = True
        self._wake.set()
        if self._tasks:
            await asyncio.wait(self._tasks[:1], timeout=patience)
        tasks = [*self._tasks, *self._calls]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._tasks.clear()

    @property
    def token_refused(self) -> asyncio.Event:
        """Set once Telegram does not know the token."""
        return self._reach.token_refused

    @property
    def idle(self) -> bool:
        """Whether nothing is under way and nothing waits but for its time; for tests and for the sandbox."""
        return self._queue.frontier is None and not (
            len(self._queue) or self._finished or self._calls or self._results.busy
        )

    # The loop

    async def _run(self) -> None:
        while not (self._stopping and self._is_drained()):
            self._wake.clear()
            step = Step()
            try:
                await self._look_around()
                step = self._next_step()
                await self._take_step(step)
            except Exception as error:  # the database is out of reach: nothing may be lost, so try again
                _log.warning("outbox not written", error=repr(error))
                self._undo(step)
                await asyncio.sleep(1.0)
                continue
            await self._sleep()

    def _is_drained(self) -> bool:
        return not (self._calls or self._finished or self._results.busy)

    async def _sleep(self) -> None:
        now = self._now()
        wait = max(0.0, self._look_at - now)
        if self._queue.frontier is not None and self._queue.room() > 0:
            wait = 0.0
        if not self._stopping and len(self._calls) < IN_FLIGHT and (soon := self._queue.wait(now)) is not None:
            wait = min(wait, soon)
        if self._next_waking is not None:
            wait = min(wait, max(0.0, (self._next_waking - self._clock.now()).total_seconds()))
        if wait <= 0 and not self._stopping:
            await asyncio.sleep(0)
            return
        try:
            async with asyncio.timeout(max(wait, 0.001)):
                await self._wake.wait()
        except TimeoutError:
            pass

    @staticmethod
    def _now() -> float:
        return asyncio.get_running_loop().time()

    # Reading the table

    async def _look_around(self) -> None:
        """Read what there is room for, what wakes, and whether somebody waits for what has ended already."""
        now = self._clock.now()
        if self._next_waking is not None and self._next_waking <= now:
            await self._read_waking(now)
        loads = self._queue.frontier is not None and self._queue.room() > 0
        if loads:
            await self._load()
        if loads or self._queue.is_stuck or self._now() >= self._look_at:
            self._look_at = self._now() + LOOK_AROUND
            await self._release()
        if now >= self._purge_at:
            self._purge_at = now + PURGE_EVERY
            async with self._database.write() as tx:
                await store.purge(tx, now)

    async def _read_waking(self, now: datetime) -> None:
        # Set first: what is added while we read is then either read or told to us, never neither.
        since, self._awake, self._next_waking = self._awake, now, None
        async with self._database.read() as tx:
            found = await store.waking(tx, since, now)
            upcoming = await store.next_waking(tx, now)
        for waiting in found:
            self._queue.admit(waiting)
        if upcoming is not None:
            self._wake_by(upcoming)
        self._look_at = 0.0

    def _wake_by(self, at: datetime) -> None:
        self._next_waking = at if self._next_waking is None else min(at, self._next_waking)

    async def _load(self) -> None:
        queue, room = self._queue, self._queue.room()
        if queue.frontier is None:
            return
        queue.begin_reading()
        async with self._database.read() as tx:
            found = await store.waiting_beyond(tx, queue.frontier, self._awake, room)
        queue.end_reading(found, room)

    async def _release(self) -> None:
        """Let go who waits for effects that ended without our seeing it."""
        missing = self._queue.missing()
        if not missing:
            return
        stuck = self._queue.is_stuck
        async with self._database.read() as tx:
            still_open = await store.still_open(tx, missing)
            wanted = await store.waiting_among(tx, still_open) if stuck else []
        for effect_id in missing - still_open:
            if effect_id not in self._queue:
                self._queue.settle(effect_id)
        # Pins go before the broadcasts they wait for: were memory full of pins, nothing would ever move.
        for waiting in wanted:
            self._queue.load(waiting)

    # One step

    def _next_step(self) -> Step:
        step = Step()
        finished, self._finished = self._finished, []
        for row, verdict in finished:
            ending = self._final(row, verdict)
            if ending is None:
                step.back.append((row, verdict))
            elif self._results.concern_somebody(row, ending):
                self._results.add([(row, ending)])
            else:
                step.ends.append((row, ending))
        slots = min(CLAIMED_AT_ONCE, IN_FLIGHT - len(self._calls))
        if slots > 0 and not self._stopping:
            step.taken = self._queue.take(self._now(), slots)
        return step

    @staticmethod
    def _final(row: Row, verdict: Verdict) -> Ending | None:
        """Return the end, or None if the effect is to be tried again."""
        if isinstance(verdict, Ending):
            return verdict
        if isinstance(verdict, Unfinished) and row.attempts >= ATTEMPTS:
            return failed(fx.Refusal.OTHER, verdict.text)
        return None

    async def _take_step(self, step: Step) -> None:
        if not (step.ends or step.back or step.taken):
            return
        now = self._clock.now()
        async with self._database.write() as tx:
            if step.back:
                await self._put_back(tx, step, now)
            await claim(tx, step, now)
            if step.ends:
                await record(tx, step.ends, now)
        for row, verdict in step.back:
            self._again(row, verdict)
            if isinstance(verdict, Migrated) and row.chat_id is not None:
                self.migrated(row.chat_id, verdict.new_chat_id)
        for effect_id in step.unsent():
            self._queue.ended(effect_id, self._now(), counted=False)
        self._settled([*(row.id for row, _ in step.ends), *step.gone])
        for row in step.changed:
            self._queue.forget(row.id)
            self.added([row.waiting])
        self._results.add(step.told)
        for row in step.go:
            task = asyncio.create_task(self._call(row))
            self._calls.add(task)
            task.add_done_callback(self._calls.discard)
        if step.gone:
            await self._tell_due()

    async def _put_back(self, tx: Tx, step: Step, now: datetime) -> None:
        for tried in (True, False):
            ids = [row.id for row, verdict in step.back if isinstance(verdict, Unfinished) == tried]
            await store.put_back(tx, ids, tried=tried)
        for row, verdict in step.back:
            if isinstance(verdict, Migrated) and row.chat_id is not None:
                await migrate_chat(tx, row.chat_id, verdict.new_chat_id, now)

    def _undo(self, step: Step) -> None:
        """Take back what was begun, after a transaction that failed."""
        now = self._now()
        taken = {waiting.id for waiting in step.taken}
        self._finished.extend(step.back)
        self._finished.extend((row, ending) for row, ending in step.ends if row.id not in taken)
        for effect_id in taken:
            self._queue.ended(effect_id, now, counted=False, hold=True)
            self._queue.again(effect_id, now + 1.0)

    def _settled(self, ids: Sequence[int]) -> None:
        for effect_id in ids:
            self._queue.settle(effect_id)
        self._wake.set()

    async def _tell_due(self) -> None:
        """Tell the results of effects that were dropped by others (a group moved)."""
        async with self._database.read() as tx:
            self._results.add(await store.due_results(tx))

    # One call

    async def _call(self, row: Row) -> None:
        try:
            verdict = await self._outcome(row)
        except Exception as error:  # an answer that cannot be read, a mistake of ours: its line must not hang
            _log.exception("call failed", effect_id=row.id, exc_info=error)
            text = f"{type(error).__name__}: {error}"
            sends = isinstance(row.effect, fx.SENDS)
            verdict = uncertain(text) if sends else failed(fx.Refusal.OTHER, text)
        now = self._now()
        self._pace(row, verdict, now)
        # One that is to be tried again keeps its line to itself until that is stored: nothing may overtake it.
        hold = not isinstance(verdict, Ending)
        self._queue.ended(row.id, now, counted=not isinstance(verdict, Unreached), hold=hold)
        self._finished.append((row, verdict))
        self._wake.set()

    async def _outcome(self, row: Row) -> Verdict:
        blob = await content_of(row, self._database, self._makers)
        if isinstance(blob, Ending):
            return blob
        try:
            return await call(self._bot, row.effect, blob)
        except TelegramError as error:
            return judge(row.effect, error)

    def _pace(self, row: Row, verdict: Verdict, now: float) -> None:
        """Let the limits know how it went."""
        self._reach.heard(verdict, now)
        if isinstance(verdict, Unreached):
            if not self._queue.is_paused(now):
                self._queue.pause(now + self._reach.pause())
            return
        if isinstance(verdict, Flooded):
            if row.lane is Lane.SAY and row.chat_id is not None:
                self._limits.refused(row.chat_id, verdict.seconds, now)
        else:
            self._limits.accepted()

    def _again(self, row: Row, verdict: Verdict) -> None:
        """Line an effect up again, now that it is stored as waiting."""
        pause = 0.0
        if isinstance(verdict, Flooded):
            pause = verdict.seconds
        elif isinstance(verdict, Unfinished):
            pause = min(60.0, 2.0**row.attempts)
        self._queue.again(row.id, self._now() + pause)
