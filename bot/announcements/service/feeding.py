"""Reaching many about an announcement: one message after the other, over crashes and quiet hours."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.announcements.rules import run as rules
from bot.announcements.rules.run import PACE, Go, Rest, Run, State, Wait
from bot.announcements.service.book import NAME
from bot.announcements.store import runs as store
from bot.kernel.ids import GroupId
from bot.timers import service as timers

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime, timedelta

    from bot.announcements.rules.people import Known
    from bot.announcements.store.runs import Tables
    from bot.db.engine import Tx
    from bot.kernel.groups import Group


@dataclass(frozen=True, slots=True)
class Next:
    """Whom the next message is for, or, ``in_private``, the next messages; whether there are ``more`` after them.

    So many were ``passed`` over, who need no message any more.
    """

    people: Sequence[Known]
    more: bool
    in_private: bool = False
    passed: int = 0


class Source:
    """Where the people come from."""

    async def next(self, tx: Tx, run: Run) -> Next:
        """Return those who are next; nobody where that was all."""
        raise NotImplementedError

    async def reached(self, tx: Tx, run: Run, user_id: int | None) -> None:
        """Note that those of the last message were reached, or may have been; in private it is this one."""

    async def cut_off(self, tx: Tx, run: Run, user_id: int) -> None:
        """Note that Telegram does not let the bot write to somebody."""

    async def left(self, _tx: Tx, run: Run) -> tuple[int, timedelta]:
        """Return how many are left, and how long that takes."""
        return run.left, run.time_left


@dataclass(frozen=True, slots=True)
class Batch:
    """A message that is to be sent now; ``in_private``, one to each of these people."""

    run: Run
    people: Sequence[Known]
    in_private: bool = False


@dataclass(frozen=True, slots=True)
class Later:
    """Another message has just gone to the group; this one goes then."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Feed:
    """The mentions of one part: where it keeps how far they are, its timer, and whom it mentions.

    A message is put into the outbox when the one before has arrived: what is stored says whom each names, so nobody is named
    twice after a crash, and no message grows old in the outbox. Where people are written to in private, some messages go at once.
    """

    tables: Tables
    timer: str
    source: Source

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
        self, tx: Tx, post_id: int, group: Group, *, urgent: bool, now: datetime, free_at: datetime | None = None
    ) -> Batch | Wait | Rest | Later:
        """Return the next message, which is on its way from now on; or why there is none.

        The group may have no message before ``free_at``; one that goes in private does not wait for that.
        """
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
        found = await self.source.next(tx, run)
        if free_at is not None and free_at > now and found.people and not found.in_private:
            await self._set_clock(tx, run, free_at)
            return Later(free_at)
        run = replace(run, known=run.known - found.passed)
        after = rules.put(run, [one.user_id for one in found.people], more=found.more)
        await store.save(tx, self.tables, after)
        await store.name(tx, self.tables, after, [(one.user_id, one.name) for one in found.people])
        return Batch(after, found.people, found.in_private) if found.people else Rest()

    async def delivered(self, tx: Tx, key: str, now: datetime) -> Run | None:
        """Note that a message arrived, and have the next one put after a while; None if it was not awaited."""
        run, batch, user_id = await self._awaited(tx, key)
        after = None if run is None else rules.delivered(run, batch, None if user_id is None else 1)
        return await self._reached(tx, after, user_id, now)

    async def lost(self, tx: Tx, key: str, now: datetime) -> Run | None:
        """Note that nobody knows whether a message arrived; those whom it named are kept."""
        run, batch, user_id = await self._awaited(tx, key)
        after = None if run is None else rules.lost(run, batch, None if user_id is None else 1)
        return await self._reached(tx, after, user_id, now, forget=False)

    async def refused(self, tx: Tx, key: str, refusal: str, problem: str, now: datetime, *, again: bool) -> Run | None:
        """Note that a message did not arrive; ``again``: it may the next time."""
        run, batch, user_id = await self._awaited(tx, key)
        if run is None:
            return None
        if user_id is None:
            after = rules.refused(run, batch, refusal, problem, again=again)
        else:
            after = rules.cut_off(run, batch)
            if after is not None and not again:
                await self.source.cut_off(tx, run, user_id)
        if after is not None:
            await store.forget(tx, self.tables, after, user_id)
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

    async def left(self, tx: Tx, run: Run) -> tuple[int, timedelta]:
        """Return how many are left, and how long that takes."""
        return await self.source.left(tx, run)

    async def _awaited(self, tx: Tx, key: str) -> tuple[Run | None, int, int | None]:
        group_id, post_id, batch, *who = map(int, key.split(":"))
        await tx.lock([GroupId(group_id)])
        return await self.run_of(tx, post_id), batch, who[0] if who else None

    async def _reached(
        self, tx: Tx, run: Run | None, user_id: int | None, now: datetime, *, forget: bool = True
    ) -> Run | None:
        if run is not None:
            await self.source.reached(tx, run, user_id)
            if forget:
                await store.forget(tx, self.tables, run, user_id)
        return await self._ended(tx, run, now)

    async def _ended(self, tx: Tx, run: Run | None, now: datetime) -> Run | None:
        if run is not None:
            await self._go_on(tx, run, now + PACE)
        return run

    async def _go_on(self, tx: Tx, run: Run, at: datetime) -> None:
        await store.save(tx, self.tables, run)
        if run.state is State.RUNNING and not run.on_way:
            await self._set_clock(tx, run, at)

    async def _set_clock(self, tx: Tx, run: Run, at: datetime) -> None:
        await timers.set_timer(tx, NAME, self.timer, str(run.post_id), at, GroupId(run.group_id))


def result_key(run: Run, user_id: int | None = None) -> str:
    """Name the message on its way; where people are written to in private, the one to this person."""
    key = f"{run.group_id}:{run.post_id}:{run.batch}"
    return key if user_id is None else f"{key}:{user_id}"


def is_private(key: str) -> bool:
    """Say whether a message named like this was to one person."""
    return key.count(":") == len(("group", "post", "batch"))
