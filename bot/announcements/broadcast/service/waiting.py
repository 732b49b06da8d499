"""Broadcasts that wait with their announcement: chosen now, sent when it is posted; those of a recurring one on each date."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

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
    after,
    decide,
)
from bot.announcements.broadcast.service import steps
from bot.announcements.rules.announcement import By
from bot.announcements.rules.announcement import State as Post
from bot.announcements.rules.outcomes import Done as Noted

if TYPE_CHECKING:
    from datetime import datetime

    from bot.announcements.rules.announcement import Announcement
    from bot.announcements.rules.outcomes import Refused as CoreRefused
    from bot.db.engine import Tx

PUT_AWAY: Final = frozenset({Post.CANCELLED, Post.DISCARDED, Post.REJECTED, Post.WITHDRAWN})
ALONG: Final = "along"
"""The option that says that groups were chosen to go along with an announcement: without it nothing is looked up."""


async def wait(tx: Tx, broadcast: Broadcast, act: Act, by: By, now: datetime) -> Done | Refused | CoreRefused:
    """Send it along when its announcement is posted (WAIT), or with every date of it (EACH); its own group has it anyway."""
    if broadcast.user_id != by.user_id:
        return NotYours()
    state = decide(broadcast, act)
    if isinstance(state, NotNow):
        return state
    await store.remove_targets(tx, broadcast.id, [broadcast.group_id])
    found = await store.targets_of(tx, broadcast.id)
    if not found:
        return Nobody()
    noted = await core.set_option(tx, broadcast.group_id, broadcast.number, ALONG, act.value, by, now)
    if not isinstance(noted, Noted):
        return noted
    waiting = after(broadcast, act, state, now)
    await store.save(tx, waiting)
    await steps.record(tx, waiting, by, "waits", now, groups=str(len(found)))
    return Done(waiting)


async def beside(tx: Tx, item: Announcement) -> list[tuple[Broadcast, int]]:
    """Return the broadcasts that wait with an announcement, or did until it was put away, each with how many groups it has."""
    return await store.beside(tx, item.group_id, item.number) if ALONG in item.options else []


async def posted(tx: Tx, item: Announcement, now: datetime) -> list[Broadcast]:
    """Begin what waits with an announcement that stands in its group now, with the words that stand there."""
    begun = []
    for broadcast, _ in await beside(tx, item):
        if broadcast.state is not State.WAITING:
            continue
        had = (await steps.reach_of(tx, broadcast)).had
        await store.remove_targets(tx, broadcast.id, had)
        left = await store.targets_of(tx, broadcast.id)
        by = By(broadcast.user_id, broadcast.user_name)
        if not left:
            await steps.step(tx, broadcast, Act.LAPSE, by, now)
            continue
        running = replace(
            after(broadcast, Act.START, State.RUNNING, now),
            content=item.content,
            options=item.options,
            urgent=item.urgent,
        )
        await steps.go_on(tx, running, now)
        await steps.record(tx, running, by, "begun", now, groups=str(len(left)))
        begun.append(running)
    return begun


async def occurred(tx: Tx, pattern: Announcement, item: Announcement, now: datetime) -> None:
    """Let what goes along with every date of ``pattern`` wait with the announcement of one date."""
    for broadcast, _ in await beside(tx, pattern):
        if broadcast.state is State.EACH:
            new = replace(broadcast, id=0, number=item.number, state=State.WAITING, created_at=now)
            made = await store.add(tx, new)
            found = await store.targets_of(tx, broadcast.id)
            await store.put_targets(tx, made.id, [target.group_id for target in found])


async def put_away(tx: Tx, item: Announcement, now: datetime) -> list[Broadcast]:
    """Drop what waits with an announcement that does not go out, or is the pattern of others no more."""
    if item.state not in PUT_AWAY:
        return []
    dropped = []
    for broadcast, _ in await beside(tx, item):
        by = By(broadcast.user_id, broadcast.user_name)
        outcome = await steps.step(tx, broadcast, Act.LAPSE, by, now)
        if isinstance(outcome, Done):
            dropped.append(outcome.broadcast)
    return dropped
