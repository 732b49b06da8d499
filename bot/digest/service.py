"""The settings of the digest and its timers. Every group has one timer for its hour, set anew whenever it has come."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final, Protocol, assert_never

from bot.audit import service as audit
from bot.digest import store
from bot.digest.rules import (
    Change,
    Changed,
    Defer,
    Pass,
    Same,
    Send,
    Settings,
    Silent,
    Verdict,
    Where,
    coming,
    covering,
    decide,
    is_on,
    may_tell,
    next_due,
)
from bot.timers import service as timers

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from datetime import datetime, time

    from bot.db.engine import Tx
    from bot.kernel.groups import Group
    from bot.kernel.ids import GroupId, UserId

CAPABILITY: Final = "digest"
DAILY: Final = "daily"
DEFERRED: Final = "deferred"
"""A digest that waits for the end of quiet hours."""
PURGE: Final = "purge"
PURGE_EVERY: Final = timedelta(days=7)
_FEW: Final = 3


class Book(Protocol):
    """The groups we know, from memory."""

    def by_id(self, group_id: int) -> Group | None:
        """Return a group by our own id."""
        ...

    def all(self) -> Collection[Group]:
        """Return every group."""
        ...


async def get(tx: Tx, group_id: GroupId) -> Settings:
    """Return a group's settings."""
    return await store.get(tx, group_id)


async def set_hour(tx: Tx, group: Group, hour: time, now: datetime, *, by: UserId, name: str) -> Change:
    """Set the hour; a digest that was off stays off."""
    before = await store.get(tx, group.id)
    after = replace(before, hour=hour.replace(second=0, microsecond=0))
    return await _change(tx, group, before, after, now, by, name)


async def set_where(tx: Tx, group: Group, where: Where, now: datetime, *, by: UserId, name: str) -> Change:
    """Set who reads it, or switch it off."""
    before = await store.get(tx, group.id)
    return await _change(tx, group, before, replace(before, where=where), now, by, name)


async def switch_on(tx: Tx, group: Group, now: datetime, *, by: UserId, name: str) -> Change:
    """Switch it on, for whoever it finds; one that is on stays as it is."""
    before = await store.get(tx, group.id)
    where = Where.AUTO if before.where is Where.OFF else before.where
    return await _change(tx, group, before, replace(before, where=where), now, by, name)


async def _change(
    tx: Tx, group: Group, before: Settings, after: Settings, now: datetime, by: UserId, name: str
) -> Change:
    if after == before:
        return Same(after, coming(after, group, now))
    await store.put(tx, after)
    await _arm(tx, group, after, now)
    moved = after.hour != before.hour
    await audit.record(
        tx,
        group_id=group.id,
        actor_id=by,
        actor_name=name,
        action="digest.time" if moved else "digest.where",
        before=f"{before.hour:%H:%M}" if moved else before.where.value,
        after=f"{after.hour:%H:%M}" if moved else after.where.value,
        at=now,
    )
    return Changed(after, coming(after, group, now))


async def has_come(tx: Tx, group: Group, now: datetime, *, deferred: bool) -> Verdict:
    """Take in that a timer has come: decide, set the next one, and note the day that is told of now."""
    held = await store.get(tx, group.id)
    verdict = decide(held, group, now, deferred=deferred)
    match verdict:
        case Send(day):
            await store.put(tx, covering(held, day))
        case Defer(until):
            await timers.set_timer(tx, CAPABILITY, DEFERRED, str(group.id), until, group.id)
        case Pass() | Silent():
            pass
        case _:
            assert_never(verdict)
    if not (deferred or isinstance(verdict, Silent)):
        await _arm(tx, group, held, now)
    return verdict


async def may_tell_unreachable(tx: Tx, group: Group, now: datetime) -> bool:
    """Say whether the group is told now that no manager can be reached, and note that it is."""
    held = await store.get(tx, group.id)
    if not may_tell(held.told_at, now):
        return False
    await store.put(tx, replace(held, told_at=now))
    return True


async def _arm(tx: Tx, group: Group, held: Settings, now: datetime) -> None:
    if is_on(held, group):
        await timers.set_timer(tx, CAPABILITY, DAILY, str(group.id), next_due(held.hour, group.tz, now), group.id)
        return
    for kind in (DAILY, DEFERRED):
        await timers.cancel(tx, CAPABILITY, kind, str(group.id))


async def _armed(tx: Tx, groups: Sequence[Group]) -> set[str]:
    """Return the keys of timers that are set, at least those of the named groups."""
    if len(groups) > _FEW:
        return {row.key for row in await timers.pending(tx, CAPABILITY, DAILY)}
    rows = [row for group in groups for row in await timers.pending(tx, CAPABILITY, DAILY, group.id)]
    return {row.key for row in rows}


class Schedule:
    """Sees to it that every active group has its timer, and that it follows the group's zone.

    ``_zones`` holds, for the groups looked after by this process, the zone their timer was set for; it changes after the
    commit only. The first call of a process looks after all groups, so that none waits for somebody to speak there.
    """

    def __init__(self, book: Book) -> None:
        self._book = book
        self._zones: dict[int, str] = {}
        self._begun = False

    async def keep(self, tx: Tx, group_ids: Iterable[int], now: datetime) -> None:
        """Set what is missing for groups in which somebody was heard; costs nothing when nothing is."""
        by_id, zones = self._book.by_id, self._zones
        found: list[Group] = []
        for group_id in group_ids:
            group = by_id(group_id)
            if group is not None and zones.get(group_id) != group.zone:
                found.append(group)
        if found or not self._begun:
            await self._look_after(tx, found if self._begun else list(self._book.all()), now)

    async def welcome(self, tx: Tx, group: Group, now: datetime) -> None:
        """Set the timer of a group that the bot has just come to; what was known of it before is void."""
        tx.after_commit(lambda: self._forget(group))
        await self._look_after(tx, [group], now)

    async def _look_after(self, tx: Tx, groups: Sequence[Group], now: datetime) -> None:
        active = [group for group in groups if group.active]
        settings = await store.get_all(tx, [group.id for group in active])
        armed = await _armed(tx, active)
        due: dict[str, datetime] = {}
        for group in active:
            held = settings.get(group.id) or Settings(group.id)
            moved = self._zones.get(group.id, group.zone) != group.zone
            if is_on(held, group) and (moved or str(group.id) not in armed):
                due[str(group.id)] = next_due(held.hour, group.tz, now)
        if due:
            # One statement for however many groups: the key says which group it is.
            await timers.set_timers(tx, CAPABILITY, DAILY, due)
        if not self._begun and not await timers.pending(tx, CAPABILITY, PURGE):
            await timers.set_timer(tx, CAPABILITY, PURGE, PURGE, now + PURGE_EVERY)
        tx.after_commit(lambda: self._note(active))

    def _note(self, groups: Sequence[Group]) -> None:
        self._begun = True
        self._zones.update((group.id, group.zone) for group in groups)

    def _forget(self, group: Group) -> None:
        self._zones.pop(group.id, None)
