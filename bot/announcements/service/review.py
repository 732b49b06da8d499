"""Two pairs of eyes (R09): handed in, approved, sent back, rejected; and how a group wants it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from bot.announcements import store
from bot.announcements.rules import life
from bot.announcements.rules.announcement import Announcement, By
from bot.announcements.rules.house import House, Review
from bot.announcements.rules.outcomes import Done, Refused, Unknown
from bot.announcements.rules.review import may_set
from bot.announcements.service.common import drop_timer, enter, plain, record
from bot.audit import service as audit

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from bot.db.engine import Tx
    from bot.kernel.ids import GroupId


async def submit(tx: Tx, group_id: GroupId, number: int, by: By, now: datetime) -> Done | Refused:
    """Hand it in for review."""
    found = await enter(tx, group_id, number)
    if isinstance(found, Unknown):
        return found
    item, house = found
    after = life.handed_in(item, by, house)
    if not isinstance(after, Announcement):
        return after
    if after.due_at is None:
        await drop_timer(tx, item)
    saved = await store.save(tx, after)
    await record(tx, item, by, "submitted", now, before=item.state.value, after=plain(item.content))
    if saved.approval:
        await record(tx, item, by, "approved", now, after=plain(item.content))
    return Done(saved, item.state)


async def approve(tx: Tx, group_id: GroupId, number: int, seen: str | None, by: By, now: datetime) -> Done | Refused:
    """Approve exactly what stood on the card; ``seen`` is its fingerprint, None means what was last handed in."""
    found = await enter(tx, group_id, number)
    if isinstance(found, Unknown):
        return found
    item, house = found
    after = life.approved(item, by, house, now, seen)
    if not isinstance(after, Announcement):
        return after
    saved = await store.save(tx, after)
    action = "approved" if item.pending is None else "change_approved"
    await record(tx, item, by, action, now, before=plain(item.content), after=plain(saved.content))
    return Done(saved, item.state)


async def send_back(tx: Tx, group_id: GroupId, number: int, remark: str, by: By, now: datetime) -> Done | Refused:
    """Send it back to its author with a remark."""
    return await _turn_down(tx, group_id, number, remark, by, now, for_good=False)


async def reject(tx: Tx, group_id: GroupId, number: int, remark: str, by: By, now: datetime) -> Done | Refused:
    """Turn it down with a reason."""
    return await _turn_down(tx, group_id, number, remark, by, now, for_good=True)


async def _turn_down(
    tx: Tx, group_id: GroupId, number: int, remark: str, by: By, now: datetime, *, for_good: bool
) -> Done | Refused:
    found = await enter(tx, group_id, number)
    if isinstance(found, Unknown):
        return found
    item, house = found
    after = (life.rejected if for_good else life.sent_back)(item, by, house, remark)
    if not isinstance(after, Announcement):
        return after
    if item.pending is None:
        await drop_timer(tx, item)
    saved = await store.save(tx, after)
    read = item.content if item.pending is None else item.pending
    await record(tx, item, by, "rejected" if for_good else "sent_back", now, before=plain(read), reason=remark)
    return Done(saved, item.state)


# How the group wants it


async def house_of(tx: Tx, group_id: GroupId) -> House:
    """Return a group's settings for announcements."""
    return await store.house_of(tx, group_id)


async def set_house(
    tx: Tx, group_id: GroupId, by: By, now: datetime, *, review: Review | None = None, late: timedelta | None = None
) -> tuple[House, House] | None:
    """Change a group's settings for announcements; what is None stays.

    Returns how they were and how they are, or None where the person may not change who reviews.
    """
    await tx.lock([group_id])
    before = await store.house_of(tx, group_id)
    after = replace(before, review=review or before.review, late=before.late if late is None else late)
    if after.review is not before.review and not may_set(before.review, by):
        return None
    if after == before:
        return before, after
    await store.keep_house(tx, group_id, after)
    await audit.record(
        tx,
        group_id=group_id,
        actor_id=by.user_id,
        actor_name=by.name,
        action="announcement.settings",
        at=now,
        before=_plain(before),
        after=_plain(after),
    )
    return before, after


async def set_house_option(tx: Tx, group_id: GroupId, part: str, value: str | None) -> bool:
    """Let a part keep something for the group under its own name, or nothing any more; False if it is so already."""
    await tx.lock([group_id])
    house = await store.house_of(tx, group_id)
    if house.options.get(part) == value:
        return False
    options = {name: kept for name, kept in house.options.items() if name != part}
    await store.keep_house(tx, group_id, replace(house, options=options if value is None else {**options, part: value}))
    return True


def _plain(house: House) -> dict[str, Any]:
    return {"review": house.review.value, "late": int(house.late.total_seconds()) // 60}
