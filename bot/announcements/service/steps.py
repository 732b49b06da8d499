"""The steps of an announcement that people take."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.announcements import store
from bot.announcements.rules.acts import Act
from bot.announcements.rules.announcement import Announcement, By, Pin, State
from bot.announcements.rules.outcomes import Done, NotNow, Past, Quiet, Refused
from bot.announcements.service.book import NAME, TIMER
from bot.announcements.service.common import enter, record, send, utc
from bot.timers import service as timers

if TYPE_CHECKING:
    from datetime import datetime

    from bot.db.engine import Tx
    from bot.kernel.groups import Group
    from bot.kernel.ids import GroupId


async def schedule(tx: Tx, group_id: GroupId, number: int, at: datetime, by: By, now: datetime) -> Done | Refused:
    """Set the time, or another one (R02)."""
    item = await enter(tx, group_id, number, Act.SCHEDULE, by)
    if not isinstance(item, Announcement):
        return item
    if at <= now:
        return Past(at)
    after = await store.save(
        tx, replace(item, state=State.SCHEDULED, due_at=at, publisher_id=by.user_id, publisher_name=by.name)
    )
    await timers.set_timer(tx, NAME, TIMER, str(item.id), at, group_id)
    before = None if item.due_at is None else utc(item.due_at)
    await record(tx, item, by, "scheduled", now, before=before, after=utc(at))
    return Done(after, item.state)


async def publish(
    tx: Tx, group: Group, number: int, by: By, now: datetime, *, act: Act = Act.PUBLISH, in_quiet: bool = False
) -> Done | Quiet | Refused:
    """Send it on its way (R02). In quiet hours (R21) only with ``in_quiet`` or if it is urgent; ``act`` AGAIN repeats an uncertain one."""
    item = await enter(tx, group.id, number, act, by)
    if not isinstance(item, Announcement):
        return item
    until = group.quiet_until(now)
    if until is not None and not in_quiet and not item.urgent:
        return Quiet(item, until)
    if item.state is State.SCHEDULED:
        await timers.cancel(tx, NAME, TIMER, str(item.id))
    return await send(tx, item, now, by)


async def cancel(tx: Tx, group_id: GroupId, number: int, by: By, now: datetime) -> Done | Refused:
    """Let a draft or a scheduled one not go out."""
    item = await enter(tx, group_id, number, Act.CANCEL, by)
    if not isinstance(item, Announcement):
        return item
    state = State.CANCELLED if item.state in {State.SCHEDULED, State.MISSED} else State.DISCARDED
    if item.state is State.SCHEDULED:
        await timers.cancel(tx, NAME, TIMER, str(item.id))
    after = await store.save(tx, replace(item, state=state))
    await record(tx, item, by, state.value, now, before=item.state.value)
    return Done(after, item.state)


async def restore(tx: Tx, group_id: GroupId, number: int, by: By, now: datetime) -> Done | Refused:
    """Make what was cancelled a draft again."""
    item = await enter(tx, group_id, number, Act.RESTORE, by)
    if not isinstance(item, Announcement):
        return item
    after = await store.save(tx, replace(item, state=State.DRAFT, due_at=None, publisher_id=None, publisher_name=""))
    await record(tx, item, by, "restored", now, before=item.state.value)
    return Done(after, item.state)


async def is_there(tx: Tx, group_id: GroupId, number: int, by: By, now: datetime) -> Done | Refused:
    """Take somebody's word that an uncertain one stands in the group; its message stays unknown."""
    item = await enter(tx, group_id, number, Act.IS_THERE, by)
    if not isinstance(item, Announcement):
        return item
    after = await store.save(tx, replace(item, state=State.PUBLISHED, posted_at=now))
    await record(tx, item, by, "found", now)
    return Done(after, item.state)


async def ask_pin(tx: Tx, group_id: GroupId, number: int, by: By, now: datetime) -> Done | Refused:
    """Have a published one pinned once more, after Telegram refused."""
    item = await enter(tx, group_id, number, Act.PIN, by)
    if not isinstance(item, Announcement):
        return item
    if item.pin is not Pin.REFUSED or item.message_id is None:
        return NotNow(item, Act.PIN)
    after = await store.save(tx, replace(item, pin=Pin.ASKED, refusal="", problem=""))
    await record(tx, item, by, "pinned", now)
    return Done(after, item.state)
