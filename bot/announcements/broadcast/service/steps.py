"""What people do with a broadcast: choose its groups, begin it, hold it, end it. Every step is in the audit."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.announcements import service as core
from bot.announcements.broadcast import store
from bot.announcements.broadcast.rules.life import (
    Act,
    Broadcast,
    Done,
    Nobody,
    NotNow,
    NotYours,
    Refused,
    State,
    Step,
    Unknown,
    after,
    decide,
)
from bot.announcements.broadcast.rules.progress import Fate, needs_change
from bot.announcements.broadcast.service.sending import rows_of
from bot.announcements.rules.acts import Act as CoreAct
from bot.announcements.rules.announcement import Announcement
from bot.announcements.rules.announcement import State as Post
from bot.audit import service as audit
from bot.timers import service as timers

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from bot.announcements.broadcast.rules.life import Reach, Target
    from bot.announcements.rules.announcement import By
    from bot.announcements.rules.outcomes import Refused as CoreRefused
    from bot.db.engine import Tx
    from bot.kernel.ids import GroupId

FEED = "broadcast"
"""The timer by which copies are put into the outbox."""
TICK = "broadcast.card"
"""The timer by which the card shows how far it is."""
LISTED = 10
_OWN = frozenset({Act.START, Act.WAIT, Act.EACH, Act.RESUME, Act.RETRY, Act.CHANGE, Act.WITHDRAW})
"""What only whoever sends it does: it is their rights in the groups that count."""


# Choosing


_TO_COME = frozenset({Post.DRAFT, Post.IN_REVIEW, Post.APPROVED, Post.PUBLISHED})
"""It is or may become fit for sending: groups can be chosen while somebody reviews it."""


async def choosable(tx: Tx, group_id: GroupId, number: int, by: By) -> Announcement | CoreRefused:
    """Return an announcement for which groups may be chosen, or why not."""
    item = await core.find(tx, group_id, number)
    if not isinstance(item, Announcement) or item.state in _TO_COME:
        return item
    return await core.can(tx, group_id, number, CoreAct.PUBLISH, by)


async def choose(
    tx: Tx, source: Announcement, group_ids: Collection[GroupId], by: By, now: datetime
) -> tuple[Broadcast, Reach]:
    """Begin to choose groups for an announcement, or go on with it; ``group_ids`` are ticked."""
    reach = await store.reach(tx, source.group_id, source.number)
    found = None
    if reach.choosing is not None and reach.choosing[1] == by.user_id:
        found = await store.get(tx, reach.choosing[0])
    if found is None:
        new = Broadcast(0, source.group_id, source.number, State.CHOOSING, source.content, by.user_id, by.name, now)
        found, reach = await store.add(tx, new), replace(reach, ticked=frozenset())
    await store.put_targets(tx, found.id, group_ids)
    return found, replace(reach, choosing=(found.id, by.user_id), ticked=reach.ticked | frozenset(group_ids))


async def reach_of(tx: Tx, broadcast: Broadcast) -> Reach:
    """Return where the announcement is that is to be sent, and which groups are ticked."""
    return await store.reach(tx, broadcast.group_id, broadcast.number)


async def get(tx: Tx, broadcast_id: int) -> Broadcast | None:
    """Return a broadcast by its id."""
    return await store.get(tx, broadcast_id)


async def find(tx: Tx, group_id: GroupId, broadcast_id: int) -> Broadcast | Unknown:
    """Return a broadcast that was made in a group."""
    found = await store.get(tx, broadcast_id)
    return found if found is not None and found.group_id == group_id else Unknown()


async def ticked(tx: Tx, broadcast_id: int) -> list[Target]:
    """Return the groups that are chosen."""
    return await store.targets_of(tx, broadcast_id)


async def tick(tx: Tx, broadcast: Broadcast, group_ids: Collection[GroupId], *, on: bool) -> Done | NotNow:
    """Choose groups, or choose them no longer."""
    state = decide(broadcast, Act.TICK)
    if isinstance(state, NotNow):
        return state
    await (store.put_targets if on else store.remove_targets)(tx, broadcast.id, group_ids)
    return Done(broadcast)


async def recent(tx: Tx, group_id: GroupId) -> list[Broadcast]:
    """Return the last broadcasts made in a group, the newest first."""
    return await store.of_group(tx, group_id, LISTED)


# Sending


async def source_of(tx: Tx, group_id: GroupId, number: int, by: By) -> Announcement | CoreRefused:
    """Return an announcement that may go to other groups: one that stands in its own, or might now."""
    item = await core.find(tx, group_id, number)
    if isinstance(item, Announcement) and item.state is not Post.PUBLISHED:
        return await core.can_publish(tx, group_id, number, by)
    return item


async def start(
    tx: Tx, broadcast: Broadcast, may: Collection[GroupId], by: By, now: datetime
) -> Done | Refused | CoreRefused:
    """Send it, with the words of this moment, to the chosen groups.

    ``may`` are those in which the person may publish, of which there must be one; the others are listed at the end, with the reason.
    """
    state = _allowed(broadcast, Act.START, by)
    if not isinstance(state, State):
        return state
    source = await source_of(tx, broadcast.group_id, broadcast.number, by)
    if not isinstance(source, Announcement):
        return source
    had = (await reach_of(tx, broadcast)).had
    left = {target.group_id for target in await store.targets_of(tx, broadcast.id)} - had
    if left.isdisjoint(may):
        return Nobody()
    await store.remove_targets(tx, broadcast.id, had)
    begun = replace(
        after(broadcast, Act.START, state, now), content=source.content, options=source.options, urgent=source.urgent
    )
    await go_on(tx, begun, now)
    await record(tx, begun, by, "begun", now, groups=str(len(left)))
    return Done(begun)


async def standing(tx: Tx, item: Announcement) -> list[Broadcast]:
    """Return the sendings of an announcement that have begun and were not taken back."""
    return await store.standing(tx, item.group_id, item.number)


def may_step(broadcast: Broadcast, act: Act, by: By) -> Done | Refused:
    """Say whether a step could be taken now, without taking it."""
    state = _allowed(broadcast, act, by)
    return Done(broadcast) if isinstance(state, State) else state


async def step(tx: Tx, broadcast: Broadcast, act: Act, by: By, now: datetime, *, why: str = "") -> Done | Refused:
    """Pause, go on, stop, try again, take everything back (``why`` each group reads), or give up choosing."""
    state = _allowed(broadcast, act, by)
    if not isinstance(state, State):
        return state
    changed = replace(after(broadcast, act, state, now), why=why or broadcast.why)
    if act is Act.RETRY and not await _again(tx, changed):
        return Nobody()
    if act is Act.PAUSE and not await _holds_back(tx, changed):
        return Nobody()
    if act in {Act.STOP, Act.WITHDRAW}:
        await _move(tx, changed, {Fate.WAITING, Fate.HELD}, Step.SKIPPED)
    elif act is Act.RESUME and not changed.withdrawn:
        await _move(tx, changed, {Fate.SKIPPED}, Step.WAITING)
    if act is Act.WITHDRAW:
        await store.forget_problems(tx, broadcast.id)
    await go_on(tx, changed, now)
    await record(tx, changed, by, _PAST[act], now, **({"reason": why} if act is Act.WITHDRAW else {}))
    return Done(changed)


async def change(tx: Tx, broadcast: Broadcast, by: By, now: datetime) -> Done | Refused | CoreRefused:
    """Give every copy the words that the announcement it was made from has now."""
    state = _allowed(broadcast, Act.CHANGE, by)
    if not isinstance(state, State):
        return state
    source = await source_of(tx, broadcast.group_id, broadcast.number, by)
    if not isinstance(source, Announcement):
        return source
    if source.content == broadcast.content:
        return Nobody()
    changed = replace(after(broadcast, Act.CHANGE, state, now), content=source.content)
    await store.forget_problems(tx, broadcast.id)
    await go_on(tx, changed, now)
    await record(tx, changed, by, _PAST[Act.CHANGE], now)
    return Done(changed)


async def feed_soon(tx: Tx, broadcast: Broadcast, at: datetime) -> None:
    """Have copies put into the outbox at a time."""
    await timers.set_timer(tx, core.NAME, FEED, str(broadcast.id), at, broadcast.group_id)


async def tick_unless_set(tx: Tx, broadcast: Broadcast, at: datetime) -> None:
    """Have the card show how far it is at a time, unless it will earlier."""
    set_ones = await timers.pending(tx, core.NAME, TICK, broadcast.group_id)
    if all(row.key != str(broadcast.id) for row in set_ones):
        await timers.set_timer(tx, core.NAME, TICK, str(broadcast.id), at, broadcast.group_id)


_PAST = {
    Act.DROP: "dropped",
    Act.LAPSE: "lapsed",
    Act.PAUSE: "paused",
    Act.RESUME: "resumed",
    Act.STOP: "stopped",
    Act.RETRY: "retried",
    Act.CHANGE: "changed",
    Act.WITHDRAW: "withdrawn",
}


def _allowed(broadcast: Broadcast, act: Act, by: By) -> State | NotNow | NotYours:
    if act in _OWN and by.user_id != broadcast.user_id:
        return NotYours()
    return decide(broadcast, act)


async def go_on(tx: Tx, broadcast: Broadcast, now: datetime) -> None:
    """Store a broadcast, and have its copies made if it runs."""
    await store.save(tx, broadcast)
    if broadcast.state is State.RUNNING:
        await feed_soon(tx, broadcast, now)


async def _move(tx: Tx, broadcast: Broadcast, fates: set[Fate], to: Step) -> None:
    moved = [row.target.group_id for row in await rows_of(tx, broadcast.id) if row.fate in fates]
    await store.set_step(tx, broadcast.id, moved, to)


async def _holds_back(tx: Tx, broadcast: Broadcast) -> bool:
    """Say whether anything is left that a pause would hold back."""
    rows = await rows_of(tx, broadcast.id)
    return any(row.fate in {Fate.WAITING, Fate.HELD} or needs_change(broadcast, row) for row in rows)


async def _again(tx: Tx, broadcast: Broadcast) -> bool:
    """Put those who refused it, or could not get it, in line once more; never those of whom nobody knows."""
    rows = await rows_of(tx, broadcast.id)
    failed = [row.target.group_id for row in rows if row.fate in {Fate.FAILED, Fate.LEFT_OUT}]
    await store.set_step(tx, broadcast.id, failed, Step.WAITING)
    unchanged = any(row.target.problem for row in rows)
    await store.forget_problems(tx, broadcast.id)
    return bool(failed) or unchanged


async def record(tx: Tx, broadcast: Broadcast, by: By, action: str, now: datetime, **details: str) -> None:
    """Write what was done with a broadcast into the audit."""
    await audit.record(
        tx,
        group_id=broadcast.group_id,
        actor_id=by.user_id,
        actor_name=by.name,
        action=f"announcement.broadcast_{action}",
        at=now,
        target=f"#{broadcast.number}",
        details=details,
    )
