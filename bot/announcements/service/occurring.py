"""Announcements that another is the pattern of (R02): each is one of its own, with the words and the approval of the pattern."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.announcements import store
from bot.announcements.rules.announcement import Announcement, By, Pin, State
from bot.announcements.service.book import NAME, TIMER
from bot.announcements.service.common import record, utc
from bot.timers import service as timers

if TYPE_CHECKING:
    from datetime import datetime

    from bot.db.engine import Tx
    from bot.kernel.ids import UserId


async def occur(
    tx: Tx, pattern: Announcement, at: datetime, publisher_id: UserId, publisher_name: str, now: datetime
) -> Announcement:
    """Make another announcement like ``pattern`` that goes out at ``at``; that may lie behind, and is judged when it comes due.

    An approval holds for exactly what was read, so the pattern's holds for this one too.
    """
    new = replace(
        pattern,
        id=0,
        number=0,
        state=State.SCHEDULED,
        created_at=now,
        due_at=at,
        publisher_id=publisher_id,
        publisher_name=publisher_name,
        attempt=0,
        posted_at=None,
        chat_id=None,
        message_id=None,
        pin=Pin.NONE,
        refusal="",
        problem="",
        pending=None,
        broadcast_id=None,
        edited_at=None,
        withdrawn_at=None,
        withdrawn_by="",
        withdrawn_why="",
    )
    item = await store.add(tx, new)
    await timers.set_timer(tx, NAME, TIMER, str(item.id), at, item.group_id)
    await record(tx, item, None, "occurred", now, after=utc(at), pattern=f"#{pattern.number}")
    return item


async def take_over(tx: Tx, item: Announcement, by: By) -> Announcement:
    """Let somebody else answer for an announcement whose author may not any more; who has read it may not be its author (R09)."""
    return await store.save(tx, replace(item, author_id=by.user_id, author_name=by.name))


async def belong(tx: Tx, item: Announcement, recurring_id: int | None) -> Announcement:
    """Note that an announcement is the pattern of a recurring one, or is none any more."""
    return await store.save(tx, replace(item, recurring_id=recurring_id))
