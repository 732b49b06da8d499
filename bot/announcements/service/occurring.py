"""Announcements that another is the pattern of (R02): each is one of its own, with the words and the approval of the pattern."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.announcements import store
from bot.announcements.rules.announcement import Announcement, By
from bot.announcements.rules.life import taken_over
from bot.announcements.rules.making import occurring
from bot.announcements.service.book import NAME, TIMER
from bot.announcements.service.common import record, utc
from bot.announcements.service.steps import answer_for
from bot.timers import service as timers

if TYPE_CHECKING:
    from datetime import datetime

    from bot.db.engine import Tx
    from bot.kernel.ids import UserId


async def occur(
    tx: Tx, pattern: Announcement, at: datetime, publisher_id: UserId, publisher_name: str, now: datetime
) -> Announcement:
    """Make another announcement like ``pattern`` that goes out at ``at``; that may lie behind, and is judged when it comes due."""
    item = await store.add(tx, occurring(pattern, at, publisher_id, publisher_name, now))
    await timers.set_timer(tx, NAME, TIMER, str(item.id), at, item.group_id)
    await record(tx, item, None, "occurred", now, after=utc(at), pattern=f"#{pattern.number}")
    return item


async def take_over(tx: Tx, item: Announcement, by: By, now: datetime) -> Announcement:
    """Let somebody else answer for an announcement whose author may not write any more."""
    await answer_for(tx, item, by, now)
    return await store.save(tx, taken_over(item, by))


async def belong(tx: Tx, item: Announcement, recurring_id: int | None) -> Announcement:
    """Note that an announcement is the pattern of a recurring one, or is none any more."""
    former = item.recurring_id if recurring_id is None else None
    return await store.save(tx, replace(item, recurring_id=recurring_id, recurred_id=former))
