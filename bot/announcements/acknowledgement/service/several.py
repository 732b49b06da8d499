"""One announcement in several groups: how it stands in all of them, and asking in all of them anew."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from bot.announcements import service as core
from bot.announcements.acknowledgement import store
from bot.announcements.acknowledgement.service.asking import ask_anew
from bot.timers import service as timers

if TYPE_CHECKING:
    from datetime import datetime

    from bot.announcements.acknowledgement.rules.taps import Sum
    from bot.announcements.rules.announcement import Announcement, By
    from bot.db.engine import Tx
    from bot.kernel.ids import GroupId

SUMMED: Final = "ack.summed"
"""When whoever sent it is told, once for all groups, what has happened in each of them."""
ANEW: Final = "ack.anew"
CHANGED: Final = "changed"
DEADLINE: Final = "deadline"
_COLLECTING: Final = timedelta(minutes=1)
_AT_ONCE: Final = 25
"""So many groups are asked anew in one turn; others speak to the bot meanwhile."""


async def sums(tx: Tx, broadcast_id: int) -> Sum:
    """Return how an announcement stands that was sent to several groups."""
    return await store.sums(tx, broadcast_id)


async def collect(tx: Tx, item: Announcement, what: str, now: datetime) -> None:
    """Have it told once, a minute after the last of the groups, that this has happened."""
    key = f"{item.broadcast_id}:{what}"
    await timers.set_timer(tx, core.NAME, SUMMED, key, now + _COLLECTING, item.group_id)


async def one_of(tx: Tx, broadcast_id: int, now: datetime) -> Announcement | None:
    """Return one of the copies that are asked to be acknowledged; they are all alike."""
    found = await store.copies(tx, broadcast_id, now, 1)
    return await core.get(tx, found[0]) if found else None


async def begin_anew(tx: Tx, item: Announcement, by: By, now: datetime) -> None:
    """Begin to ask anew in all groups, some of them at a time."""
    key = f"{item.broadcast_id}:{by.user_id}:{int(now.timestamp())}"
    await timers.set_timer(tx, core.NAME, ANEW, key, now, item.group_id)


async def go_on_anew(tx: Tx, key: str, group_id: GroupId, now: datetime) -> None:
    """Come again for the groups that are left."""
    await timers.set_timer(tx, core.NAME, ANEW, key, now, group_id)


async def some_anew(tx: Tx, broadcast_id: int, by: By, began: datetime, now: datetime) -> list[Announcement]:
    """Ask anew in some of the groups in which that has not been done since it ``began``; returns them, empty at the end."""
    found = []
    for post_id in await store.copies(tx, broadcast_id, began, _AT_ONCE):
        item = await core.get(tx, post_id)
        if item is not None and await ask_anew(tx, item, by, now) is not None:
            found.append(item)
    return found
