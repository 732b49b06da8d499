"""Reminding by name in the group those whom the bot cannot write to: some at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.announcements.acknowledgement import store
from bot.announcements.rules.people import Known
from bot.announcements.rules.run import Run
from bot.announcements.service.feeding import Feed
from bot.kernel.ids import GroupId, UserId
from bot.members import service as members

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.announcements.rules.announcement import Announcement
    from bot.db.engine import Tx

TIMER: Final = "ack.name"


async def _still_waiting(tx: Tx, run: Run, limit: int) -> Sequence[Known]:
    """Return the next of them who have neither acknowledged it nor left since."""
    found: list[Known] = []
    cursor = run.cursor
    while len(found) < limit:
        some = await store.waiting_after(tx, run.post_id, cursor, limit)
        if not some:
            break
        gone = await members.gone_among(tx, GroupId(run.group_id), [UserId(user_id) for user_id, _ in some])
        found += [Known(user_id, name) for user_id, name in some if user_id not in gone]
        cursor = some[-1][0]
    return found[:limit]


FEED: Final = Feed(store.MENTIONS, TIMER, _still_waiting)


async def begin(tx: Tx, item: Announcement, people: Sequence[Known], now: datetime) -> None:
    """Begin to name these people."""
    await store.put_waiting(tx, item.id, [(one.user_id, one.name) for one in people])
    if people:
        await FEED.begin_again(tx, Run(item.id, item.group_id, known=len(people)), now)
