"""What comes by itself: the time that was set, and what Telegram said of a posting."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, assert_never

from bot.announcements import store
from bot.announcements.rules import changing, life
from bot.announcements.rules.announcement import Announcement, Pin, State
from bot.announcements.rules.life import AskReview, Firing, Go, Hold, HoldBack, Ignore, fire
from bot.announcements.service.book import NAME, TIMER
from bot.announcements.service.common import plain, record, utc
from bot.timers import service as timers

if TYPE_CHECKING:
    from datetime import datetime

    from bot.announcements.rules.content import Content
    from bot.db.engine import Tx
    from bot.kernel.groups import Group
    from bot.kernel.ids import ChatId, MessageId


# When the time has come


async def come_due(
    tx: Tx, item: Announcement, group: Group, *, may_write: bool, may_publish: bool, now: datetime
) -> tuple[Firing, Announcement]:
    """Publish what is due, hold it over the quiet hours, ask for review, or make it a draft again."""
    house = await store.house_of(tx, group.id)
    quiet_until = group.quiet_until(now)
    verdict = fire(item, house, may_write=may_write, may_publish=may_publish, quiet_until=quiet_until)
    match verdict:
        case Ignore():
            return verdict, item
        case Hold(until=until):
            await timers.set_timer(tx, NAME, TIMER, str(item.id), until, group.id)
            await record(tx, item, None, "held", now, after=utc(until))
            return verdict, await store.save(tx, replace(item, due_at=until))
        case HoldBack(after=after):
            who = item.publisher_name if may_write else item.author_name
            await record(tx, item, None, "held_back", now, publisher=who)
        case AskReview(after=after):
            await record(tx, item, None, "unreviewed", now)
        case Go(after=after):
            await record(tx, item, None, "published", now, after=plain(item.content))
        case _:
            assert_never(verdict)
    return verdict, await store.save(tx, after)


async def is_late(tx: Tx, item: Announcement, due_at: datetime, now: datetime) -> bool:
    """Say whether it is later than the group lets announcements go out by themselves."""
    return now - due_at > (await store.house_of(tx, item.group_id)).late


async def miss(tx: Tx, item: Announcement, now: datetime) -> Announcement | None:
    """Note that its time passed while nobody could publish it; None if it does not wait any more."""
    if item.state is not State.SCHEDULED:
        return None
    after = await store.save(tx, replace(item, state=State.MISSED))
    await record(tx, item, None, "missed", now)
    return after


# What Telegram said


def result_key(item: Announcement) -> str:
    """Name the present posting, so that the result of an earlier one is not taken for it."""
    return f"{item.id}:{item.attempt}"


async def awaited(tx: Tx, key: str) -> Announcement | None:
    """Return the one whose posting this is; None if another posting has begun since."""
    return await _awaited(tx, key, State.PUBLISHING)


async def posted(
    tx: Tx,
    key: str,
    chat_id: ChatId,
    message_id: MessageId,
    now: datetime,
    *,
    pin: bool = True,
    message_ids: tuple[int, ...] = (),
) -> Announcement | None:
    """Note where it stands, an album with all its messages, and whether it is being pinned; None if it is posted anew since."""
    item = await _awaited(tx, key, State.PUBLISHING)
    if item is None:
        return None
    stands = replace(item, state=State.PUBLISHED, posted_at=now, chat_id=chat_id, message_id=message_id)
    return await store.save(tx, replace(stands, message_ids=message_ids, pin=Pin.ASKED if pin else Pin.NONE))


async def keys_posted(tx: Tx, item_id: int, message_id: MessageId | None) -> Announcement | None:
    """Note which message has the buttons of an album, or that none has; None if it does not stand in the group."""
    item = await store.get(tx, item_id)
    if item is None or item.state is not State.PUBLISHED:
        return None
    return await store.save(tx, replace(item, below_id=message_id))


async def refused(tx: Tx, key: str, refusal: str, problem: str, now: datetime) -> Announcement | None:
    """Note that Telegram would not post it, and why."""
    item = await _awaited(tx, key, State.PUBLISHING)
    if item is None:
        return None
    await record(tx, item, None, "failed", now, reason=problem)
    return await store.save(tx, replace(item, state=State.FAILED, refusal=refusal, problem=problem))


async def unsure(tx: Tx, key: str, now: datetime) -> Announcement | None:
    """Note that nobody knows whether it stands in the group."""
    item = await _awaited(tx, key, State.PUBLISHING)
    if item is None:
        return None
    await record(tx, item, None, "uncertain", now)
    return await store.save(tx, replace(item, state=State.UNCERTAIN))


async def pinned(tx: Tx, key: str, refusal: str | None, problem: str, now: datetime) -> Announcement | None:
    """Note that it is pinned, or why not (``refusal``); it stays published either way."""
    item = await _awaited(tx, key, State.PUBLISHED)
    if item is None or item.pin is not Pin.ASKED:
        return None
    if refusal is None:
        return await store.save(tx, replace(item, pin=Pin.PINNED, refusal="", problem=""))
    await record(tx, item, None, "not_pinned", now, reason=problem)
    return await store.save(tx, replace(item, pin=Pin.REFUSED, refusal=refusal, problem=problem))


async def unpinned(tx: Tx, item_id: int) -> Announcement | None:
    """Note that it is not pinned any more; None if it was not."""
    item = await store.get(tx, item_id)
    if item is None or item.pin is not Pin.PINNED:
        return None
    return await store.save(tx, replace(item, pin=Pin.NONE))


async def out_of_reach(tx: Tx, item: Announcement, now: datetime) -> Announcement | None:
    """Note that its time came when the bot was not in the group."""
    if item.state is not State.SCHEDULED:
        return None
    await record(tx, item, None, "failed", now, reason="")
    return await store.save(tx, replace(item, state=State.FAILED, refusal="chat_gone", problem="", due_at=None))


def change_key(item: Announcement) -> str:
    """Name the change that is put into the group now."""
    return f"{result_key(item)}:{changing.mark_of(item)}"


async def change_arrived(tx: Tx, key: str) -> tuple[Announcement, Content | None] | None:
    """Note that the group reads a change now; returns also what it read before. None if it does not stand there."""
    item, mark = await _changed(tx, key)
    if item is None:
        return None
    after, former = changing.arrived(item, mark)
    return (after if after == item else await store.save(tx, after)), former


async def change_refused(tx: Tx, key: str, problem: str, now: datetime, *, gone: bool) -> Announcement | None:
    """Note that Telegram would not make a change, and why: the words are those that the group reads."""
    item, mark = await _changed(tx, key)
    if item is None:
        return None
    after = changing.refused(item, mark, problem, gone=gone)
    wanted = None if after.undone.change is None else plain(after.undone.change.content)
    await record(tx, item, None, "not_changed", now, before=plain(after.content), after=wanted, reason=problem)
    return await store.save(tx, after)


async def _changed(tx: Tx, key: str) -> tuple[Announcement | None, str]:
    item_id, attempt, *mark = key.split(":")
    return await _awaited(tx, f"{item_id}:{attempt}", State.PUBLISHED), "".join(mark)


async def not_deleted(tx: Tx, item: Announcement, problem: str) -> Announcement:
    """Note why Telegram would not delete what is withdrawn."""
    return await store.save(tx, replace(item, undone=replace(item.undone, problem=problem)))


async def still_stands(tx: Tx, item: Announcement, problem: str, now: datetime) -> Announcement | None:
    """Note that it could not be withdrawn, and why: it is published as before. None if nobody withdrew it."""
    after = life.still_stands(item, problem)
    if after is None:
        return None
    await record(tx, item, None, "not_withdrawn", now, reason=problem)
    return await store.save(tx, after)


async def _awaited(tx: Tx, key: str, state: State) -> Announcement | None:
    item_id, _, attempt = key.partition(":")
    item = await store.get(tx, int(item_id))
    if item is None or item.state is not state or str(item.attempt) != attempt:
        return None
    return item
