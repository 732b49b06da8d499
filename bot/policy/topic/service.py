"""Stopping a topic for a while, and what is written about it meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from bot.audit import service as audit
from bot.kernel.ids import GroupId
from bot.policy.service.book import NAME
from bot.policy.topic import store
from bot.policy.topic.rules import MOST_STOPPED, SEEN_KEPT, Ended, Fault, Later, Stop, Stopped, Written, chosen
from bot.timers import service as timers

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.db.engine import Tx
    from bot.kernel.ids import UserId

TIMER: Final = "topic"


class Follows(NamedTuple):
    """What follows a message about a stopped topic."""

    hint: bool = False
    delete: bool = False
    step: bool = False


class TopicBook:
    """The stopped topics of every group. What memory shows is committed."""

    def __init__(self) -> None:
        self._on: dict[GroupId, tuple[Stopped, ...]] | None = None

    def may_be_stopped(self, group_id: GroupId) -> bool:
        """Say, from memory, whether a topic may be stopped in a group; before the first look, it may in every one."""
        return self._on is None or group_id in self._on

    async def held(self, tx: Tx, group_id: GroupId, now: datetime) -> Sequence[Stopped]:
        """Return a group's topics that are stopped at a moment, as memory has them."""
        if self._on is None:
            self._on = await store.all_on(tx)
        return [one for one in self._on.get(group_id, ()) if one.is_on(now)]

    async def stop(
        self, tx: Tx, group_id: GroupId, stop: Stop, by: tuple[UserId, str], now: datetime
    ) -> Stopped | Fault:
        """Stop a topic."""
        on = [one for one in await store.on(tx, group_id) if one.is_on(now)]
        if any((one.stop.words, one.stop.thread_id) == (stop.words, stop.thread_id) for one in on):
            return Fault.STOPPED_ALREADY
        if len(on) >= MOST_STOPPED:
            return Fault.TOO_MANY
        made = await store.add(tx, group_id, Stopped(0, stop, now + stop.length, by[1]))
        await timers.set_timer(tx, NAME, TIMER, f"{group_id}:{made.number}", made.until, group_id)
        await self._changed(tx, group_id, [*on, made], made, by, "topic.stopped", now)
        return made

    async def resume(
        self, tx: Tx, group_id: GroupId, typed: str, by: tuple[UserId, str], now: datetime
    ) -> Stopped | None:
        """Open the topic again that somebody names; None if there is no such one."""
        on = [one for one in await store.on(tx, group_id) if one.is_on(now)]
        found = chosen(typed, on)
        if found is not None:
            await timers.cancel(tx, NAME, TIMER, f"{group_id}:{found.number}")
            await self._end(tx, group_id, on, found, Ended.RESUMED, by, now)
        return found

    async def lapse(self, tx: Tx, group_id: GroupId, number: int, now: datetime) -> Stopped | None:
        """Open a topic again whose time is over; None if it was before."""
        on = await store.on(tx, group_id)
        found = next((one for one in on if one.number == number), None)
        if found is not None:
            await self._end(tx, group_id, on, found, Ended.LAPSED, None, now)
            await store.forget(tx, group_id, now - SEEN_KEPT)
        return found

    async def _end(
        self,
        tx: Tx,
        group_id: GroupId,
        on: Sequence[Stopped],
        found: Stopped,
        how: Ended,
        by: tuple[UserId, str] | None,
        now: datetime,
    ) -> None:
        await store.end(tx, group_id, found.number, how)
        left = [one for one in on if one.number != found.number]
        await self._changed(tx, group_id, left, found, by, f"topic.{how.value}", now)

    async def _changed(
        self,
        tx: Tx,
        group_id: GroupId,
        on: Sequence[Stopped],
        one: Stopped,
        by: tuple[UserId, str] | None,
        action: str,
        now: datetime,
    ) -> None:
        tx.after_commit(lambda: self._keep(group_id, tuple(on)))
        await audit.record(
            tx,
            group_id=group_id,
            actor_id=None if by is None else by[0],
            actor_name="" if by is None else by[1],
            action=action,
            at=now,
            target=one.code,
            after=list(one.stop.words) or None,
        )

    def _keep(self, group_id: GroupId, on: tuple[Stopped, ...]) -> None:
        if self._on is None:
            return
        if on:
            self._on[group_id] = on
        else:
            self._on.pop(group_id, None)


async def get(tx: Tx, group_id: GroupId, number: int) -> Stopped | None:
    """Return a topic, also one that was opened again."""
    return await store.get(tx, group_id, number)


async def follows(tx: Tx, group_id: GroupId, one: Stopped, message: Written) -> Follows:
    """Write a message about a stopped topic down, and say what follows.

    An edited message counts once. The pictures of an album share what follows on the first of them.
    """
    before = await store.of_person(tx, group_id, one.number, message.user_id)
    if any(known.message_id == message.message_id for known in before):
        return Follows()
    same = next((known for known in before if message.album and known.album == message.album), None)
    told = bool(before) and one.stop.later is not Later.COUNT
    delete = told if same is None else same.deleted
    await store.put(tx, group_id, one.number, message._replace(deleted=delete))
    if same is not None:
        return Follows(delete=delete)
    return Follows(not before, delete, delete and one.stop.later is Later.STEP)


async def tally(tx: Tx, group_id: GroupId, since: datetime, until: datetime) -> tuple[int, int]:
    """Return how many messages were about stopped topics in a span, and by how many people."""
    return await store.tally(tx, group_id, since, until)
