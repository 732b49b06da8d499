"""Mentioning many below an announcement: one message after the other, over crashes and quiet hours."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.announcements.rules import run as rules
from bot.announcements.rules.people import MENTIONS, Known
from bot.announcements.rules.run import PACE, Go, Rest, Run, State, Wait
from bot.announcements.service.book import NAME
from bot.announcements.store import runs as store
from bot.kernel.ids import GroupId
from bot.timers import service as timers

if TYPE_CHECKING:
    from datetime import datetime

    from bot.announcements.store.runs import Tables
    from bot.db.engine import Tx
    from bot.kernel.groups import Group

People = Callable[["Tx", Run, int], Awaitable[Sequence[Known]]]
"""Returns the first people, so many at most, who are still to be mentioned: their ids are greater than the run's ``cursor``."""


@dataclass(frozen=True, slots=True)
class Batch:
    """A message that is to be sent now."""

    run: Run
    people: Sequence[Known]


@dataclass(frozen=True, slots=True)
class Feed:
    """The mentions of one part: where it keeps how far they are, its timer, and whom it mentions.

    A message is put into the outbox when the one before has arrived: what is stored says whom each names, so nobody is named
    twice after a crash, and no message grows old in the outbox.
    """

    tables: Tables
    timer: str
    people: People

    async def begin(self, tx: Tx, run: Run, now: datetime) -> None:
        """Begin; once for an announcement."""
        await store.begin(tx, self.tables, run)
        await self._set_clock(tx, run, now)

    async def begin_again(self, tx: Tx, run: Run, now: datetime) -> None:
        """Begin, also where a former run has come to its end or was stopped."""
        before = await store.run_of(tx, self.tables, run.post_id)
        await store.begin(tx, self.tables, run)
        if before is not None:
            # Messages go on being counted, so that a late answer to one of the former run is known as such.
            await store.save(tx, self.tables, replace(run, batch=before.batch))
        await self._set_clock(tx, run, now)

    async def run_of(self, tx: Tx, post_id: int) -> Run | None:
        """Return how far it is; None where nobody was to be mentioned."""
        return await store.run_of(tx, self.tables, post_id)

    async def next_batch(
        self, tx: Tx, post_id: int, group: Group, *, urgent: bool, now: datetime
    ) -> Batch | Wait | Rest:
        """Return the next message, which is on its way from now on; or why there is none."""
        await tx.lock([group.id])
        run = await self.run_of(tx, post_id)
        if run is None:
            return Rest()
        step = rules.next_step(run, None if urgent else group.quiet_until(now))
        if isinstance(step, Wait):
            await store.save(tx, self.tables, replace(run, waits_until=step.until))
            await self._set_clock(tx, run, step.until)
        if not isinstance(step, Go):
            return step
        found = await self.people(tx, run, MENTIONS + 1)
        people = found[:MENTIONS]
        after = rules.put(run, [one.user_id for one in people], more=len(found) > MENTIONS)
        await store.save(tx, self.tables, after)
        await store.name(tx, self.tables, after, [(one.user_id, one.name) for one in people])
        return Batch(after, people) if people else Rest()

    async def delivered(self, tx: Tx, key: str, now: datetime) -> Run | None:
        """Note that a message arrived, and have the next one put after a while; None if it was not awaited."""
        run, batch = await self._awaited(tx, key)
        return await self._ended(tx, None if run is None else rules.delivered(run, batch), now)

    async def lost(self, tx: Tx, key: str, now: datetime) -> Run | None:
        """Note that nobody knows whether a message arrived; those whom it named are kept."""
        run, batch = await self._awaited(tx, key)
        return await self._ended(tx, None if run is None else rules.lost(run, batch), now, forget=False)

    async def refused(self, tx: Tx, key: str, refusal: str, problem: str, now: datetime, *, again: bool) -> Run | None:
        """Note that a message did not arrive."""
        run, batch = await self._awaited(tx, key)
        after = None if run is None else rules.refused(run, batch, refusal, problem, again=again)
        return await self._ended(tx, after, now)

    async def unreachable(self, tx: Tx, post_id: int) -> None:
        """Note that the bot is not in the group any more."""
        run = await self.run_of(tx, post_id)
        if run is not None and run.state is State.RUNNING:
            await store.save(tx, self.tables, replace(run, state=State.REFUSED, refusal="chat_gone", problem=""))

    async def stop(self, tx: Tx, post_id: int, group_id: GroupId) -> Run | None:
        """Stop it; None if it does not run. What is on its way still arrives."""
        await tx.lock([group_id])
        run = await self.run_of(tx, post_id)
        after = None if run is None else rules.stopped(run)
        if after is not None:
            await store.save(tx, self.tables, after)
            await timers.cancel(tx, NAME, self.timer, str(post_id))
        return after

    async def go_on(self, tx: Tx, post_id: int, group_id: GroupId, now: datetime) -> Run | None:
        """Go on where it was stopped; None if it runs, or is done."""
        await tx.lock([group_id])
        run = await self.run_of(tx, post_id)
        after = None if run is None else rules.resumed(run)
        if after is not None:
            await self._go_on(tx, after, now)
        return after

    async def unsure(self, tx: Tx, run: Run) -> list[str]:
        """Return the names of those who may have been mentioned, or not."""
        return await store.unsure(tx, self.tables, run)

    async def _awaited(self, tx: Tx, key: str) -> tuple[Run | None, int]:
        group_id, post_id, batch = map(int, key.split(":"))
        await tx.lock([GroupId(group_id)])
        return await self.run_of(tx, post_id), batch

    async def _ended(self, tx: Tx, run: Run | None, now: datetime, *, forget: bool = True) -> Run | None:
        if run is not None:
            if forget:
                await store.forget(tx, self.tables, run)
            await self._go_on(tx, run, now + PACE)
        return run

    async def _go_on(self, tx: Tx, run: Run, at: datetime) -> None:
        await store.save(tx, self.tables, run)
        if run.state is State.RUNNING and not run.on_way:
            await self._set_clock(tx, run, at)

    async def _set_clock(self, tx: Tx, run: Run, at: datetime) -> None:
        await timers.set_timer(tx, NAME, self.timer, str(run.post_id), at, GroupId(run.group_id))


def result_key(run: Run) -> str:
    """Name the message on its way."""
    return f"{run.group_id}:{run.post_id}:{run.batch}"
