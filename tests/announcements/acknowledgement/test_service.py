"""Acknowledgements on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from bot.announcements import service as core
from bot.announcements.acknowledgement import service, store
from bot.announcements.acknowledgement.rules.silence import Decision
from bot.announcements.acknowledgement.rules.taps import Locked, Noted, Sum, TakenBack, Twice
from bot.announcements.acknowledgement.rules.wish import NAME, Wish, write
from bot.announcements.rules.announcement import Announcement, By
from bot.announcements.rules.asked import Closed
from bot.announcements.rules.content import Content
from bot.announcements.rules.nudging import Enough, Hold, Nobody, Reminded, TooEarly, Underway
from bot.announcements.rules.outcomes import Done, NotAllowed, Past
from bot.announcements.rules.roll import Answer
from bot.announcements.rules.run import State, Wait
from bot.announcements.service.feeding import Batch, result_key
from bot.kernel.groups import Group, QuietHours
from bot.kernel.ids import ChatId, GroupId, MessageId, UserId
from bot.kernel.roles import RIGHTS_OF, Role
from bot.members import service as members
from bot.members import store as members_store
from bot.members.rules import Move, MoveKind, Presence
from bot.tg import envelope as env
from bot.timers import service as timers
from tests.announcements.reach import reachable

if TYPE_CHECKING:
    from bot.db.engine import Database, Tx

NOW = datetime(2027, 3, 10, 10, 0, tzinfo=UTC)
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
GROUP = Group(GroupId(1), ChatId(-1001), "Hikers", "en", "UTC")
NIGHTLY = replace(GROUP, quiet=(QuietHours(time(9), time(12)),))
ANNA = By(UserId(1), "Anna", RIGHTS_OF[Role.MANAGER])
EDDA = By(UserId(2), "Edda", RIGHTS_OF[Role.EDITOR])
TAPS = 1_000


async def posted(
    tx: Tx, wish: Wish | None = None, *, sent: bool = True, broadcast_id: int | None = None
) -> Announcement:
    """Publish an announcement that asks for acknowledgements, as far as to the group."""
    options = {NAME: write(wish or Wish())}
    drafted = await core.draft(tx, GROUP.id, Content("Hello"), ANNA, NOW, options=options, broadcast_id=broadcast_id)
    assert isinstance(drafted, Done)
    outcome = await core.publish(tx, GROUP, drafted.item.number, ANNA, NOW)
    assert isinstance(outcome, Done)
    if not sent:
        return outcome.item
    item = await core.posted(tx, core.result_key(outcome.item), GROUP.chat_id, MessageId(55), NOW)
    assert item is not None
    await service.begin(tx, item, NOW)
    return item


async def meet(tx: Tx, *ids: int) -> None:
    """Let people be seen in the group."""
    for user_id in ids:
        await members.met(tx, GROUP, env.User(id=user_id, first_name=f"P{user_id}"), NOW)


async def named(tx: Tx, item: Announcement, now: datetime = NOW) -> list[int]:
    """Let the next message arrive, or the next private ones, and return whom they reached."""
    step = await service.FEED.next_batch(tx, item.id, GROUP, urgent=False, now=now)
    if not isinstance(step, Batch):
        return []
    people = [one.user_id for one in step.people]
    for user_id in people if step.in_private else [None]:
        assert await service.FEED.delivered(tx, result_key(step.run, user_id), now) is not None
    return people


async def due(tx: Tx, kind: str) -> list[datetime]:
    return [row.due_at for row in await timers.pending(tx, core.NAME, kind)]


async def test_a_rush_of_taps_is_counted_exactly_however_often_each_comes(database: Database) -> None:
    async with database.write() as tx:
        item = await posted(tx)
    for start in range(0, TAPS, 100):
        async with database.write() as tx:
            for user_id in range(start + 1, start + 101):
                first = await service.tap(tx, GROUP.id, item.id, user_id, f"P{user_id}", NOW)
                again = await service.tap(tx, GROUP.id, item.id, user_id, f"P{user_id}", NOW)
                assert (type(first), type(again)) == (Noted, Twice)
    async with database.write() as tx:
        for user_id in range(1, 101):
            assert await service.tap(tx, GROUP.id, item.id, user_id, "", NOW + MINUTE) == TakenBack()
        found = await service.count(tx, item.id)
    assert found is not None
    assert found[1] == TAPS - 100


async def test_a_tap_costs_two_statements_and_a_reader_none_of_the_members(database: Database) -> None:
    async with database.write() as tx:
        item = await posted(tx)
        await meet(tx, *range(1, 50))
    async with database.write() as tx:
        before = tx.statements
        await service.tap(tx, GROUP.id, item.id, 7, "Mei", NOW)
        assert tx.statements - before == 2
        before = tx.statements
        await service.count(tx, item.id)
        assert tx.statements - before == 1


async def test_a_tap_is_late_locked_and_bound_to_its_group(database: Database) -> None:
    async with database.write() as tx:
        item = await posted(tx, Wish(HOUR))
        in_time = await service.tap(tx, GROUP.id, item.id, 7, "Mei\0\ud800", NOW + HOUR)
        late = await service.tap(tx, GROUP.id, item.id, 8, "Carl", NOW + HOUR + MINUTE)
        assert isinstance(in_time, Noted)
        assert isinstance(late, Noted)
        assert (in_time.mark.late, late.mark.late) == (False, True)
        assert in_time.mark.name == "Mei?"
        locked = await service.tap(tx, GROUP.id, item.id, 7, "Mei", NOW + 2 * HOUR)
        assert locked == Locked(in_time.mark)
        assert await service.tap(tx, GroupId(2), item.id, 9, "Zoe", NOW) == Closed()
        assert await service.tap(tx, GROUP.id, 999, 9, "Zoe", NOW) == Closed()


async def test_who_is_faster_than_telegrams_word_counts_too(database: Database) -> None:
    async with database.write() as tx:
        item = await posted(tx, sent=False)
        assert isinstance(await service.tap(tx, GROUP.id, item.id, 7, "Mei", NOW), Noted)
        draft = await core.draft(tx, GROUP.id, Content("Not yet"), ANNA, NOW, options={NAME: write(Wish())})
        assert isinstance(draft, Done)
        assert await service.tap(tx, GROUP.id, draft.item.id, 7, "Mei", NOW) == Closed()
        await service.begin(tx, item, NOW + MINUTE)
        found = await service.count(tx, item.id)
    assert found is not None
    assert (found[0].opened_at, found[1]) == (NOW, 1)


async def test_reminders_are_counted_held_and_set(database: Database) -> None:
    async with database.write() as tx:
        item = await posted(tx, Wish(2 * HOUR))
        await meet(tx, 1, 7, 8, 9)
        await service.tap(tx, GROUP.id, item.id, 7, "Mei", NOW)
        assert await due(tx, service.REMINDERS.timer) == [NOW + HOUR]
        assert await due(tx, service.DUE) == [NOW + 2 * HOUR]
        held = await service.nudge(tx, NIGHTLY, item, ANNA, NOW, reach=reachable(8))
        assert held == Hold(NOW.replace(hour=12))
        assert await due(tx, service.REMINDERS.timer) == [NOW.replace(hour=12)]

        first = await service.nudge(tx, GROUP, item, ANNA, NOW, reach=reachable(8))
        assert isinstance(first, Reminded)
        assert (first.in_private, first.in_group) == (1, 1)
        assert await due(tx, service.REMINDERS.timer) == [NOW + HOUR]
        early = await service.nudge(tx, GROUP, item, None, NOW + MINUTE, reach=reachable())
        assert early == TooEarly(NOW + 5 * MINUTE)
        assert await due(tx, service.REMINDERS.timer) == [NOW + 5 * MINUTE], "what the plan wants waits"
        for later in (5, 10):
            again = NOW + later * MINUTE
            busy = await service.nudge(tx, GROUP, item, None, again, reach=reachable())
            assert busy == Underway(2, again + 5 * MINUTE)
            assert await due(tx, service.REMINDERS.timer) == [again + 5 * MINUTE], "one after the other"
            reached = [await named(tx, item, again), await named(tx, item, again)]
            assert reached == ([[8], [9]] if later == 5 else [[8, 9], []]), "in private first"
            assert isinstance(await service.nudge(tx, GROUP, item, ANNA, again, reach=reachable()), Reminded)
        assert await service.nudge(tx, GROUP, item, ANNA, NOW + HOUR, reach=reachable()) == Enough()
        assert await due(tx, service.REMINDERS.timer) == []
        assert await due(tx, service.DUE) == [NOW + 2 * HOUR]


async def test_in_private_they_are_written_to_some_at_a_time_and_whom_telegram_refuses_is_named(
    database: Database,
) -> None:
    async with database.write() as tx:
        item = await posted(tx)
        await meet(tx, *range(10, 100))
        begun = await service.nudge(tx, GROUP, item, ANNA, NOW, reach=reachable(*range(10, 98)))
        assert isinstance(begun, Reminded)
        assert (begun.in_private, begun.in_group) == (88, 2)
    async with database.write() as tx:
        first = await service.FEED.next_batch(tx, item.id, GROUP, urgent=False, now=NOW)
        assert isinstance(first, Batch)
        assert first.in_private
        assert [one.user_id for one in first.people] == list(range(10, 50))
        for user_id in range(10, 47):
            assert await service.FEED.delivered(tx, result_key(first.run, user_id), NOW) is not None
        assert await named(tx, item) == [], "some are still on their way"
        await service.FEED.refused(tx, result_key(first.run, 47), "blocked", "", NOW, again=False)
        await service.FEED.refused(tx, result_key(first.run, 48), "too_late", "", NOW, again=True)
        await service.FEED.lost(tx, result_key(first.run, 49), NOW)
    async with database.write() as tx:
        quiet = await service.FEED.next_batch(tx, item.id, NIGHTLY, urgent=False, now=NOW)
        assert quiet == Wait(NOW.replace(hour=12)), "nobody is dropped: they go on in the morning"
        busy = await service.nudge(tx, GROUP, item, ANNA, NOW + 5 * MINUTE, reach=reachable())
        assert busy == Underway(52, NOW + 10 * MINUTE)
        second = await service.FEED.next_batch(tx, item.id, GROUP, urgent=False, now=NOW)
        assert isinstance(second, Batch)
        assert [one.user_id for one in second.people] == [48, *range(50, 89)]
        for one in second.people:
            assert await service.FEED.delivered(tx, result_key(second.run, one.user_id), NOW) is not None
        for user_id in range(89, 98):
            await service.tap(tx, GROUP.id, item.id, user_id, "Mei", NOW)
        assert await named(tx, item) == [47, 98, 99]
        run = await service.FEED.run_of(tx, item.id)
        assert run is not None
        assert (run.state, run.known, run.told, run.unsure) == (State.DONE, 81, 80, 1)
        assert await service.FEED.left(tx, run) == (0, timedelta())


async def test_in_the_group_they_are_named_a_few_at_a_time_while_they_have_not_acknowledged_it(
    database: Database,
) -> None:
    async with database.write() as tx:
        item = await posted(tx)
        await meet(tx, *range(10, 30))
        assert isinstance(await service.nudge(tx, GROUP, item, ANNA, NOW, reach=reachable(10)), Reminded)
    async with database.write() as tx:
        for user_id in (12, 20, 21):
            await service.tap(tx, GROUP.id, item.id, user_id, "Mei", NOW)
        await members_store.put_move(tx, Move(GROUP.id, UserId(22), MoveKind.LEFT, None, NOW), Presence.LEFT)
        assert [await named(tx, item), await named(tx, item)] == [[10], [11, 13, 14, 15, 16]]
        step = await service.FEED.next_batch(tx, item.id, GROUP, urgent=False, now=NOW)
        assert isinstance(step, Batch)
    async with database.write() as tx:
        assert await named(tx, item) == [], "one is on its way"
        await service.FEED.refused(tx, result_key(step.run), "too_late", "", NOW, again=True)
        assert await service.FEED.next_batch(tx, item.id, NIGHTLY, urgent=False, now=NOW) == Wait(NOW.replace(hour=12))
        assert await named(tx, item) == [17, 18, 19, 23, 24], "what surely did not arrive comes after the quiet hours"
        step = await service.FEED.next_batch(tx, item.id, GROUP, urgent=False, now=NOW)
        assert isinstance(step, Batch)
        await service.close(tx, item.id, NOW)
        assert await due(tx, service.FEED.timer) == []
        assert await service.FEED.delivered(tx, result_key(step.run), NOW) is not None
        assert await due(tx, service.FEED.timer) == []
        assert await named(tx, item) == [], "nothing is asked any more"


async def test_those_are_counted_that_somebody_has_still_to_acknowledge(database: Database) -> None:
    async with database.write() as tx:
        await meet(tx, 1, 7, 8)
        item, other = await posted(tx, Wish(HOUR)), await posted(tx)
        assert await service.waiting(tx, GROUP.id, NOW) == 2
        assert await service.waiting(tx, GROUP.id, NOW + HOUR) == 1, "whose deadline has passed waits no more"
        await service.tap(tx, GROUP.id, item.id, 7, "Mei", NOW)
        await service.tap(tx, GROUP.id, item.id, ANNA.user_id, "Anna", NOW)
        assert await service.waiting(tx, GROUP.id, NOW) == 2
        await service.tap(tx, GROUP.id, item.id, 8, "Ben", NOW)
        assert await service.waiting(tx, GROUP.id, NOW) == 1, "that its author has not tapped does not matter"
        await service.close(tx, other.id, NOW)
        assert await service.waiting(tx, GROUP.id, NOW) == 0


async def test_nobody_is_reminded_where_everybody_has_read_it(database: Database) -> None:
    async with database.write() as tx:
        item = await posted(tx)
        await meet(tx, 1, 7)
        await service.tap(tx, GROUP.id, item.id, 7, "Mei", NOW)
        assert await service.nudge(tx, GROUP, item, ANNA, NOW, reach=reachable()) == Nobody()
        asked = await service.asked_of(tx, item.id)
    assert asked is not None
    assert asked.nudged == 0


async def test_asking_anew_lets_nothing_of_before_count(database: Database) -> None:
    async with database.write() as tx:
        item = await posted(tx, Wish(HOUR))
        await service.tap(tx, GROUP.id, item.id, 7, "Mei", NOW)
        again = await service.ask_anew(tx, item, ANNA, NOW + 2 * HOUR)
        assert again is not None
        assert (again.number, again.until) == (2, None)
        assert await service.count(tx, item.id) == (again, 0)
        assert isinstance(await service.tap(tx, GROUP.id, item.id, 7, "Mei", NOW + 2 * HOUR), Noted)
        await service.close(tx, item.id, NOW + 2 * HOUR)
        assert await service.tap(tx, GROUP.id, item.id, 8, "Carl", NOW + 3 * HOUR) == Closed()
        assert await service.ask_anew(tx, item, ANNA, NOW + 3 * HOUR) is None
        assert await due(tx, service.REMINDERS.timer) == await due(tx, service.DUE) == []


async def test_what_is_wanted_after_the_posting(database: Database) -> None:
    async with database.write() as tx:
        item = await posted(tx)
        refused = await service.want(tx, item, None, EDDA, NOW)
        assert isinstance(refused, NotAllowed)
        past = await service.want(tx, item, Wish(NOW + MINUTE), ANNA, NOW + HOUR)
        assert past == Past(NOW + MINUTE)
        assert isinstance(await service.want(tx, item, Wish(2 * HOUR, ()), ANNA, NOW + HOUR), Done)
        asked = await service.asked_of(tx, item.id)
        assert asked is not None
        assert (asked.until, asked.nudges) == (NOW + 2 * HOUR, ())
        assert (await due(tx, service.REMINDERS.timer), await due(tx, service.DUE)) == ([], [NOW + 2 * HOUR])
        assert isinstance(await service.want(tx, item, None, ANNA, NOW + HOUR), Done)
        closed = await service.asked_of(tx, item.id)
        assert closed is not None
        assert closed.closed
        again = await service.want(tx, item, Wish(), ANNA, NOW + HOUR)
        assert isinstance(again, Done)
        assert service.wish_of(again.item) == Wish()
        reopened = await service.asked_of(tx, item.id)
        assert reopened is not None
        assert not reopened.closed


async def test_silence_is_decided_about_once(database: Database) -> None:
    async with database.write() as tx:
        item = await posted(tx, Wish(HOUR, propose=True))
        await meet(tx, 1, 7, 8)
        there = await service.roll_of(tx, item, reachable(8))
        assert there is not None
        found = there[1]
        assert found.count(Answer.PENDING, Answer.UNREACHABLE) == 2
        missed = await service.put_before_managers(tx, item.id, found)
        assert [(one.user_id, one.decision) for one in missed] == [(8, Decision.OPEN), (7, Decision.OPEN)]
        assert await service.undecided(tx, item.id) == 2
        await service.tap(tx, GROUP.id, item.id, 7, "Mei", NOW + 2 * HOUR)
        one = await service.missed_one(tx, item, 7)
        assert one is not None
        await service.decide(tx, item, one, Decision.WAIVED, ANNA, NOW + 2 * HOUR)
        assert await service.put_before_managers(tx, item.id, found) != missed, "what was decided stays"
        after, read = await service.missed_of(tx, item.id)
        assert [(one.user_id, one.decision, one.decided_by) for one in after] == [
            (8, Decision.OPEN, ""),
            (7, Decision.WAIVED, "Anna"),
        ]
        assert list(read) == [7]
        assert await service.missed_one(tx, item, 99) is None
        assert await store.count_open(tx, item.id) == 1


async def test_in_several_groups_it_is_summed_and_asked_anew_some_at_a_time(database: Database) -> None:
    async with database.write() as tx:
        items = [await posted(tx, Wish(HOUR), broadcast_id=3) for _ in range(30)]
        await posted(tx, broadcast_id=4)
        for item in items:
            await service.tap(tx, GROUP.id, item.id, 7, "Mei", NOW)
        await service.tap(tx, GROUP.id, items[0].id, 8, "Carl", NOW + 2 * HOUR)
        await service.close(tx, items[-1].id, NOW)
        assert await service.sums(tx, 3) == Sum(29, 30, 1)
        assert await service.sums(tx, 5) == Sum(0, 0, 0)
        one = await service.one_of(tx, 3, NOW + HOUR)
        assert one is not None
        assert one.broadcast_id == 3
        later = NOW + 3 * HOUR
        sizes = [len(await service.some_anew(tx, 3, ANNA, later, later)) for _ in range(3)]
        assert sizes == [25, 4, 0]
        assert await service.sums(tx, 3) == Sum(29, 0, 0)
        for item in items[:2]:
            await service.collect(tx, item, service.CHANGED, later)
        assert await due(tx, service.SUMMED) == [later + MINUTE]
