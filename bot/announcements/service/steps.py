"""The steps of an announcement that people take, from the time that is set to the taking back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.announcements import store
from bot.announcements.rules import life
from bot.announcements.rules.acts import Act
from bot.announcements.rules.announcement import Announcement, By, Pin, State
from bot.announcements.rules.outcomes import Done, NotNow, Past, Quiet, Refused, Unknown
from bot.announcements.service.book import NAME, TIMER
from bot.announcements.service.common import drop_timer, enter, plain, record, utc
from bot.timers import service as timers

if TYPE_CHECKING:
    from datetime import datetime

    from bot.db.engine import Tx
    from bot.kernel.groups import Group
    from bot.kernel.ids import GroupId


async def schedule(
    tx: Tx, group_id: GroupId, number: int, at: datetime, by: By, now: datetime, *, take_over: bool = False
) -> Done | Refused:
    """Set the time, or another one (R02); what still needs review goes out then if it is approved by then (R09).

    With ``take_over`` they answer for its words: its author may not write any more.
    """
    found = await enter(tx, group_id, number)
    if isinstance(found, Unknown):
        return found
    item, house = found
    after = life.scheduled(life.taken_over(item, by) if take_over else item, at, by, house)
    if not isinstance(after, Announcement):
        return after
    if at <= now:
        return Past(at)
    saved = await store.save(tx, after)
    if take_over:
        await answer_for(tx, item, by, now)
    await timers.set_timer(tx, NAME, TIMER, str(item.id), at, group_id)
    before = None if item.due_at is None else utc(item.due_at)
    await _own_approval(tx, item, saved, by, now)
    await record(tx, item, by, "scheduled", now, before=before, after=utc(at))
    return Done(saved, item.state)


async def publish(
    tx: Tx, group: Group, number: int, by: By, now: datetime, *, act: Act = Act.PUBLISH, in_quiet: bool = False
) -> Done | Quiet | Refused:
    """Send it on its way (R02). ``act`` AGAIN repeats an uncertain one.

    In quiet hours (R21) only with ``in_quiet``, or if it is urgent.
    """
    found = await enter(tx, group.id, number)
    if isinstance(found, Unknown):
        return found
    item, house = found
    after = life.sent(item, by, house, act)
    if not isinstance(after, Announcement):
        return after
    until = group.quiet_until(now)
    if until is not None and not in_quiet and not item.urgent:
        return Quiet(item, until)
    await drop_timer(tx, item)
    saved = await store.save(tx, after)
    await _own_approval(tx, item, saved, by, now)
    await record(tx, item, by, "published", now, after=plain(saved.content))
    return Done(saved, item.state)


async def answer_for(tx: Tx, item: Announcement, by: By, now: datetime) -> None:
    """Write down that somebody answers for the words of an author who may not write any more."""
    await record(tx, item, by, "answered_for", now, author=item.author_name)


async def _own_approval(tx: Tx, before: Announcement, after: Announcement, by: By, now: datetime) -> None:
    """Write down that the owner's own word was the approval."""
    if after.approval != before.approval:
        await record(tx, before, by, "approved", now, after=plain(after.content))


async def cancel(tx: Tx, group_id: GroupId, number: int, by: By, now: datetime) -> Done | Refused:
    """Let a draft or a scheduled one not go out."""
    found = await enter(tx, group_id, number)
    if isinstance(found, Unknown):
        return found
    item = found[0]
    after = life.cancelled(item, by)
    if not isinstance(after, Announcement):
        return after
    await drop_timer(tx, item)
    saved = await store.save(tx, after)
    await record(tx, item, by, saved.state.value, now, before=item.state.value)
    return Done(saved, item.state)


async def restore(tx: Tx, group_id: GroupId, number: int, by: By, now: datetime) -> Done | Refused:
    """Make what was cancelled or rejected a draft again."""
    found = await enter(tx, group_id, number)
    if isinstance(found, Unknown):
        return found
    item = found[0]
    after = life.restored(item, by)
    if not isinstance(after, Announcement):
        return after
    saved = await store.save(tx, after)
    await record(tx, item, by, "restored", now, before=item.state.value)
    return Done(saved, item.state)


async def is_there(tx: Tx, group_id: GroupId, number: int, by: By, now: datetime) -> Done | Refused:
    """Take somebody's word that an uncertain one stands in the group; its message stays unknown."""
    found = await _allowed(tx, group_id, number, Act.IS_THERE, by)
    if not isinstance(found, Announcement):
        return found
    saved = await store.save(tx, replace(found, state=State.PUBLISHED, posted_at=now))
    await record(tx, found, by, "found", now)
    return Done(saved, found.state)


async def ask_pin(tx: Tx, group_id: GroupId, number: int, by: By, now: datetime) -> Done | Refused:
    """Have a published one pinned once more, after Telegram refused."""
    found = await _allowed(tx, group_id, number, Act.PIN, by)
    if not isinstance(found, Announcement):
        return found
    if found.pin is not Pin.REFUSED or found.message_id is None:
        return NotNow(found, Act.PIN)
    saved = await store.save(tx, replace(found, pin=Pin.ASKED, refusal="", problem=""))
    await record(tx, found, by, "pinned", now)
    return Done(saved, found.state)


async def set_urgent(tx: Tx, group_id: GroupId, number: int, by: By, now: datetime, *, urgent: bool) -> Done | Refused:
    """Let quiet hours not hold it, or hold it again (R21)."""
    found = await _allowed(tx, group_id, number, Act.URGENT, by)
    if not isinstance(found, Announcement):
        return found
    if found.urgent == urgent:
        return Done(found, found.state)
    saved = await store.save(tx, replace(found, urgent=urgent))
    await record(tx, found, by, "urgent" if urgent else "not_urgent", now)
    return Done(saved, found.state)


async def withdraw(tx: Tx, group_id: GroupId, number: int, why: str, by: By, now: datetime) -> Done | Refused:
    """Take back what stands in the group."""
    found = await enter(tx, group_id, number)
    if isinstance(found, Unknown):
        return found
    item = found[0]
    after = life.withdrawn(item, by, now, why)
    if not isinstance(after, Announcement):
        return after
    saved = await store.save(tx, after)
    await record(tx, item, by, "withdrawn", now, before=plain(item.content), reason=why)
    return Done(saved, item.state)


async def try_again(tx: Tx, group_id: GroupId, number: int, by: By, now: datetime) -> Done | Refused:
    """Have the change made that Telegram would not make."""
    found = await enter(tx, group_id, number)
    if isinstance(found, Unknown):
        return found
    item, house = found
    after = life.tried_again(item, by, house, now)
    if not isinstance(after, Announcement):
        return after
    saved = await store.save(tx, after)
    waits = saved.pending if not saved.undone.before else None
    action, wanted = ("edited", saved.content) if waits is None else ("change_handed_in", waits)
    await record(tx, item, by, action, now, before=plain(item.content), after=plain(wanted))
    return Done(saved, item.state)


async def leave_as_read(tx: Tx, group_id: GroupId, number: int, by: By, now: datetime) -> Done | Refused:
    """Leave the words as the group reads them, after Telegram would not change them."""
    found = await enter(tx, group_id, number)
    if isinstance(found, Unknown):
        return found
    item = found[0]
    after = life.left_as_read(item, by)
    if not isinstance(after, Announcement):
        return after
    saved = await store.save(tx, after)
    await record(tx, item, by, "left_as_read", now, after=plain(item.content))
    return Done(saved, item.state)


async def _allowed(tx: Tx, group_id: GroupId, number: int, act: Act, by: By) -> Announcement | Refused:
    found = await enter(tx, group_id, number)
    if isinstance(found, Unknown):
        return found
    after = life.decide(found[0], act, by)
    return found[0] if isinstance(after, State) else after
