"""Telling everybody on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from bot.announcements import service as core
from bot.announcements.rules.announcement import Announcement, By, Pin
from bot.announcements.rules.content import Content
from bot.announcements.rules.outcomes import Done
from bot.announcements.rules.run import PACE, Rest, State, Wait
from bot.announcements.service.feeding import Batch, result_key
from bot.announcements.telling import service
from bot.announcements.telling.rules.way import NAME, House, Way, Wish, write
from bot.kernel.groups import Group, QuietHours
from bot.kernel.ids import ChatId, GroupId, MessageId, UserId
from bot.kernel.roles import RIGHTS_OF, Role
from bot.members import service as members
from bot.members.rules import Counts
from bot.tg import envelope as env
from bot.timers import service as timers

if TYPE_CHECKING:
    from bot.db.engine import Database, Tx

NOW = datetime(2027, 3, 10, 10, 0, tzinfo=UTC)
GROUP = Group(GroupId(1), ChatId(-1001), "Hikers", "en", "UTC")
QUIET = replace(GROUP, quiet=(QuietHours(time(9), time(12)),))
ANNA = By(UserId(1), "Anna", RIGHTS_OF[Role.MANAGER])


async def posted(tx: Tx, wish: Wish, message_id: int = 55) -> Announcement:
    """Publish an announcement as far as to the group."""
    kept = write(wish)
    options = {} if kept is None else {NAME: kept}
    drafted = await core.draft(tx, GROUP.id, Content("Hello"), ANNA, NOW, options=options)
    assert isinstance(drafted, Done)
    outcome = await core.publish(tx, GROUP, drafted.item.number, ANNA, NOW)
    assert isinstance(outcome, Done)
    item = await core.posted(tx, core.result_key(outcome.item), GROUP.chat_id, MessageId(message_id), NOW)
    assert item is not None
    return item


async def meet(tx: Tx, *ids: int, is_bot: bool = False) -> None:
    """Let people be seen in the group."""
    for user_id in ids:
        await members.met(tx, GROUP, env.User(id=user_id, first_name=f"P{user_id}\0", is_bot=is_bot), NOW)


async def next_batch(tx: Tx, item: Announcement, group: Group = GROUP, *, urgent: bool = False) -> list[int]:
    step = await service.FEED.next_batch(tx, item.id, group, urgent=urgent, now=NOW)
    return [one.user_id for one in step.people] if isinstance(step, Batch) else []


async def key(tx: Tx, item: Announcement) -> str:
    run = await service.FEED.run_of(tx, item.id)
    assert run is not None
    return result_key(run)


async def test_people_are_gone_through_by_their_ids_one_message_at_a_time(database: Database) -> None:
    async with database.write() as tx:
        await meet(tx, *range(1, 13))
        await meet(tx, 99, is_bot=True)
        item = await posted(tx, Wish(Way.MENTION))
        await service.begin(tx, item, Counts(12, 20, 2), NOW)
        await service.begin(tx, item, Counts(12, 20, 2), NOW)
    async with database.write() as tx:
        assert await next_batch(tx, item) == [1, 2, 3, 4, 5]
        assert await next_batch(tx, item) == [], "one is on its way"
    async with database.write() as tx:
        first = await key(tx, item)
        assert await service.FEED.delivered(tx, first, NOW) is not None
        assert await service.FEED.delivered(tx, first, NOW) is None
        (row,) = await timers.pending(tx, core.NAME, service.TIMER)
        assert row.due_at == NOW + PACE
        assert await next_batch(tx, item) == [6, 7, 8, 9, 10]
        await service.FEED.lost(tx, await key(tx, item), NOW)
        assert await next_batch(tx, item) == [11, 12]
        second = await key(tx, item)
        await service.FEED.refused(tx, second, "too_late", "", NOW, again=True)
        assert await next_batch(tx, item) == [11, 12]
        await service.FEED.delivered(tx, await key(tx, item), NOW)
    async with database.read() as tx:
        run = await service.FEED.run_of(tx, item.id)
        assert run is not None
        assert (run.state, run.told, run.unsure, run.known, run.total) == (State.DONE, 7, 5, 12, 18)
        assert await service.FEED.unsure(tx, run) == [f"P{number}" for number in range(6, 11)]


async def test_it_waits_over_quiet_hours_unless_it_is_urgent_and_is_stopped_and_resumed(database: Database) -> None:
    async with database.write() as tx:
        await meet(tx, 1, 2)
        item = await posted(tx, Wish(Way.BOTH))
        await service.begin(tx, item, Counts(2), NOW)
        step = await service.FEED.next_batch(tx, item.id, QUIET, urgent=False, now=NOW)
        noon = NOW + timedelta(hours=2)
        assert step == Wait(noon)
        (row,) = await timers.pending(tx, core.NAME, service.TIMER)
        assert row.due_at == noon
        run = await service.stop(tx, item, ANNA, NOW)
        assert run is not None
        assert await timers.pending(tx, core.NAME, service.TIMER) == []
        assert await service.stop(tx, item, ANNA, NOW) is None
        assert await next_batch(tx, item, urgent=True) == []
        assert await service.go_on(tx, item, ANNA, NOW) is not None
        assert await service.go_on(tx, item, ANNA, NOW) is None
        assert await next_batch(tx, item, QUIET, urgent=True) == [1, 2]
        await service.FEED.refused(tx, await key(tx, item), "other", "Bad Request", NOW, again=False)
        run = await service.FEED.run_of(tx, item.id)
        assert run is not None
        assert (run.state, run.problem) == (State.REFUSED, "Bad Request")
        assert await timers.pending(tx, core.NAME, service.TIMER) != [], (
            "the timer of the go-on is left, and finds nothing"
        )
        assert isinstance(await service.FEED.next_batch(tx, item.id, GROUP, urgent=False, now=NOW), Rest)


async def test_the_group_has_a_way_of_its_own_which_announcements_may_leave(database: Database) -> None:
    async with database.write() as tx:
        assert await service.house_of(tx, GROUP.id) == House()
        assert await service.set_house(tx, GROUP.id, House(Way.BOTH, unpin=True), ANNA, NOW)
        assert not await service.set_house(tx, GROUP.id, House(Way.BOTH, unpin=True), ANNA, NOW)
        item = await posted(tx, Wish(Way.NOBODY))
        assert await service.wanted(tx, item) == House(Way.NOBODY, unpin=True)


async def test_the_last_one_that_is_pinned_is_found_and_noted_as_unpinned(database: Database) -> None:
    async with database.write() as tx:
        old = [await posted(tx, Wish(), message_id) for message_id in (51, 52, 53)]
        for item in old[:2]:
            await core.pinned(tx, core.result_key(item), None, "", NOW)
        new = await posted(tx, Wish(), 54)
        before = await core.last_pinned(tx, new)
        assert before is not None
        assert before.message_id == 52
        await core.unpinned(tx, before.id)
        assert await core.unpinned(tx, before.id) is None
        after = await core.last_pinned(tx, new)
        assert after is not None
        assert (after.message_id, after.pin) == (51, Pin.PINNED)
