"""The reminders of those who have not acknowledged."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.announcements.acknowledgement import store
from bot.announcements.acknowledgement.service.status import roll_of
from bot.announcements.service.reminding import Reminders

if TYPE_CHECKING:
    from datetime import datetime

    from bot.announcements.rules.announcement import Announcement, By
    from bot.announcements.rules.nudging import Outcome
    from bot.announcements.service.people import Reach
    from bot.db.engine import Tx
    from bot.kernel.groups import Group

REMINDERS: Final = Reminders(store.REMINDERS, "ack.name", "ack.nudge", "nudged", store.done_among, store.save)
FEED: Final = REMINDERS.feed


async def nudge(tx: Tx, group: Group, item: Announcement, by: By | None, now: datetime, *, reach: Reach) -> Outcome:
    """Count a reminder and begin it; ``by`` None: the plan wants it. The group must be locked."""
    return await REMINDERS.remind(tx, group, item, await roll_of(tx, item, reach), by, now)
