"""Share campaigns on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from bot.announcements import service as core
from bot.announcements.rules import making
from bot.announcements.rules.announcement import Announcement, By
from bot.announcements.rules.asked import Closed, Over
from bot.announcements.rules.content import Content
from bot.announcements.rules.nudging import Nobody, Reminded
from bot.announcements.rules.outcomes import Done, IsConfidential, IsPassedOn, Past
from bot.announcements.rules.passing import NAME
from bot.announcements.rules.roll import Answer
from bot.announcements.rules.run import Rest, State
from bot.announcements.service.feeding import Batch, result_key
from bot.announcements.sharing import service
from bot.announcements.sharing.rules.campaign import Noted, Sum, TakenBack, Twice
from bot.announcements.sharing.rules.wish import Wish, write
from bot.kernel.groups import Group
from bot.kernel.ids import ChatId, GroupId, MessageId, UserId
from bot.kernel.roles import RIGHTS_OF, Role
from bot.members import service as members
from bot.tg import envelope as env
from bot.timers import service as timers
from tests.announcements.reach import reachable

if TYPE_CHECKING:
    from bot.db.engine import Database, Tx

NOW = datetime(2027, 3, 10, 10, 0, tzinfo=UTC)
LATER = NOW + timedelta(minutes=1)
END = NOW + timedelta(hours=1)
GROUP = Group(GroupId(1), ChatId(-1001), "Hikers", "en", "UTC")
ANNA = By(UserId(1), "Anna", RIGHTS_OF[Role.MANAGER])


async def posted(tx: Tx, wish: Wish, broadcast_id: int | None = None) -> Announcement:
    """Publish an announcement that is to be passed on, as far as to the group."""
    options = {NAME: write(wish)}
    drafted = await core.draft(tx, GROUP.id, Content("Hello"), ANNA, NOW, options=options, broadcast_id=broadcast_id)
    assert isinstance(drafted, Done)
    outcome = await core.publish(tx, GROUP, drafted.item.number, ANNA, NOW)
    assert isinstance(outcome, Done)
    item = await core.posted(tx, core.result_key(outcome.item), GROUP.chat_id, MessageId(55), NOW)
    assert item is not None
    await service.begin(tx, item, NOW)
    return item


async def meet(tx: Tx, *ids: int) -> None:
    """Let people be seen in the group."""
    for user_id in ids:
        await members.met(tx, GROUP, env.User(id=user_id, first_name=f"P{user_id}"), NOW)


async def test_taps_are_counted_taken_back_and_refused_after_the_end(database: Database) -> None:
    async with database.write() as tx:
        item = await posted(tx, Wish(END))
        for user_id in range(1, 11):
            assert isinstance(await service.tap(tx, GROUP.id, item.id, user_id, f"P{user_id}\0", NOW), Noted)
            assert isinstance(await service.tap(tx, GROUP.id, item.id, user_id, "P", NOW), Twice)
    async with database.write() as tx:
        assert await service.tap(tx, GROUP.id, item.id, 1, "P1", LATER) == TakenBack()
        assert await service.tap(tx, GROUP.id, item.id, 11, "P11", END) == Over(END)
        assert await service.tap(tx, GroupId(2), item.id, 11, "P11", LATER) == Closed()
        assert await service.tap(tx, GROUP.id, 999, 11, "P11", LATER) == Closed()
    async with database.read() as tx:
        counted = await service.count(tx, item.id)
        assert counted is not None
        assert counted[1] == 9


async def test_screenshots_are_kept_and_the_table_knows_who_has_not(database: Database) -> None:
    async with database.write() as tx:
        await meet(tx, 1, 2, 3)
        item = await posted(tx, Wish(None, proof=True))
        await service.tap(tx, GROUP.id, item.id, 1, "P1", NOW)
        assert isinstance(await service.prove(tx, item.id, 1, "P1", "photo-1", LATER), Noted)
        assert isinstance(await service.prove(tx, item.id, 2, "P2", "photo-2", LATER), Noted)
        assert isinstance(await service.tap(tx, GROUP.id, item.id, 9, "Gone", NOW), Noted)
    async with database.write() as tx:
        assert [one.proof for one in await service.proofs(tx, item)] == ["photo-1", "photo-2"]
        outcome = await service.nudge(tx, GROUP, item, ANNA, NOW, reach=reachable())
        assert isinstance(outcome, Reminded)
        assert (outcome.in_private, outcome.in_group) == (0, 1)
        assert await service.take_back(tx, item.id, 2, LATER) == TakenBack()
        found = await service.roll_of(tx, item, reachable())
        assert found is not None
        roll = found[1]
        assert (found[0].nudged, roll.done, roll.count(Answer.PROOF), roll.gone) == (1, 1, 1, 1)
        for user_id in (2, 3):
            await service.tap(tx, GROUP.id, item.id, user_id, "P", LATER)
        assert isinstance(await service.FEED.next_batch(tx, item.id, GROUP, urgent=False, now=LATER), Rest)
        later = NOW + timedelta(minutes=5)
        assert await service.nudge(tx, GROUP, item, ANNA, later, reach=reachable()) == Nobody()


async def test_the_end_is_set_moved_and_not_in_the_past(database: Database) -> None:
    async with database.write() as tx:
        item = await posted(tx, Wish(END))
        (row,) = await timers.pending(tx, core.NAME, service.END)
        assert row.due_at == END
        assert await service.want(tx, item, Wish(NOW - timedelta(hours=1)), ANNA, NOW) == Past(NOW - timedelta(hours=1))
        moved = await service.want(tx, item, Wish(END + timedelta(hours=1)), ANNA, NOW)
        assert isinstance(moved, Done)
        (row,) = await timers.pending(tx, core.NAME, service.END)
        assert row.due_at == END + timedelta(hours=1)
        await service.close(tx, item.id, NOW)
        assert await timers.pending(tx, core.NAME, service.END) == []
        assert await service.tap(tx, GROUP.id, item.id, 1, "P1", NOW) == Closed()


async def test_who_passes_it_on_meanwhile_is_not_reminded(database: Database) -> None:
    async with database.write() as tx:
        await meet(tx, *range(1, 8))
        item = await posted(tx, Wish())
        assert isinstance(await service.nudge(tx, GROUP, item, ANNA, NOW, reach=reachable()), Reminded)
        first = await service.FEED.next_batch(tx, item.id, GROUP, urgent=False, now=NOW)
        assert isinstance(first, Batch)
        assert [one.user_id for one in first.people] == [1, 2, 3, 4, 5]
        await service.FEED.delivered(tx, result_key(first.run), NOW)
        await service.tap(tx, GROUP.id, item.id, 6, "P6", NOW)
        second = await service.FEED.next_batch(tx, item.id, GROUP, urgent=False, now=NOW)
        assert isinstance(second, Batch)
        assert [one.user_id for one in second.people] == [7]
        await service.FEED.delivered(tx, result_key(second.run), NOW)
        again = await service.nudge(tx, GROUP, item, ANNA, NOW + timedelta(minutes=5), reach=reachable())
        assert isinstance(again, Reminded)
        third = await service.FEED.next_batch(tx, item.id, GROUP, urgent=False, now=NOW)
        assert isinstance(third, Batch)
        assert [one.user_id for one in third.people] == [1, 2, 3, 4, 5]
        closed = await service.want(tx, item, None, ANNA, NOW)
        assert isinstance(closed, Done)
        run = await service.FEED.run_of(tx, item.id)
        assert run is not None
        assert run.state is State.STOPPED


async def test_what_is_confidential_is_never_to_be_passed_on(database: Database) -> None:
    secret, wish = Content("Hello", protected=True), {NAME: write(Wish())}
    async with database.write() as tx:
        closed = await core.draft(tx, GROUP.id, secret, ANNA, NOW)
        asked = await core.draft(tx, GROUP.id, Content("Hello"), ANNA, NOW, options=wish)
        assert isinstance(closed, Done)
        assert isinstance(asked, Done)
        assert await service.want(tx, closed.item, Wish(), ANNA, NOW) == IsConfidential(closed.item)
        refused = await core.change(tx, GROUP.id, asked.item.number, lambda _: secret, ANNA, NOW)
        assert refused == IsPassedOn(asked.item.number)
        for number, left in ((closed.item.number, {}), (asked.item.number, wish)):
            kept = await core.find(tx, GROUP.id, number)
            assert isinstance(kept, Announcement)
            assert kept.options == left
            assert kept.content.protected is (not left)
        # What an older version kept as both, in a template or as a pattern: the stricter of the two holds.
        both = await core.draft(tx, GROUP.id, secret, ANNA, NOW, options={**wish, "other": "1"})
        assert isinstance(both, Done)
        assert both.item.options == {"other": "1"}
        assert making.occurring(replace(asked.item, content=secret), LATER, ANNA.user_id, "Anna", NOW).options == {}


async def test_in_several_groups_it_is_summed_and_told_a_minute_after_the_last(database: Database) -> None:
    async with database.write() as tx:
        items = [await posted(tx, Wish(END, proof=True), broadcast_id=3) for _ in range(3)]
        await posted(tx, Wish(END), broadcast_id=4)
        for item in items:
            await service.tap(tx, GROUP.id, item.id, 7, "Mei", NOW)
        await service.prove(tx, items[0].id, 8, "Carl", "photo", NOW)
        await service.close(tx, items[2].id, NOW)
        assert await service.sums(tx, 3) == Sum(2, 3, 1)
        assert await service.sums(tx, 5) == Sum(0, 0, 0)
        one = await service.one_of(tx, 3)
        assert one is not None
        assert one.id == items[0].id
        assert await service.one_of(tx, 5) is None
        await service.collect(tx, items[0], END)
        await service.collect(tx, items[1], LATER + timedelta(hours=1))
        set_ones = await timers.pending(tx, core.NAME, service.SUMMED, GROUP.id)
        assert [row.due_at for row in set_ones] == [END + timedelta(minutes=2)]
