"""Quotas in both databases: set and removed, counted, kept at the end of a period, timers through changes of clocks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from bot.announcements import service as core
from bot.announcements import store as core_store
from bot.announcements.quotas import service
from bot.announcements.quotas.rules.periods import Period
from bot.announcements.quotas.rules.quota import Kind
from bot.announcements.quotas.service import Keeper, Set, Whose
from bot.announcements.rules.announcement import Announcement, By, State
from bot.announcements.rules.content import Content
from bot.kernel.groups import Group
from bot.kernel.ids import ChatId, GroupId, UserId
from bot.kernel.roles import RIGHTS_OF, Role
from bot.timers import service as timers

if TYPE_CHECKING:
    from bot.db.engine import Database, Tx

NOW = datetime(2027, 3, 10, 10, 0, tzinfo=UTC)
GROUP = Group(GroupId(1), ChatId(-1001), "Hikers", "en", "Europe/Berlin")
ANNA = By(UserId(1), "Anna", RIGHTS_OF[Role.MANAGER])
MEI, CARL = UserId(3), UserId(4)
SALES = Whose(Kind.DEPARTMENT, "Sales")


async def nobody(_tx: Tx, _post_ids: Sequence[int]) -> Mapping[int, UserId]:
    """Nobody handed anything in."""
    return {}


async def publish(tx: Tx, author: UserId, at: datetime, **more: object) -> Announcement:
    """Have an announcement stand in the group since then."""
    new = Announcement(0, GROUP.id, 0, State.PUBLISHED, Content("Hello"), author, "X", at, posted_at=at, **more)  # type: ignore[arg-type]
    return await core_store.add(tx, new)


async def due(tx: Tx, kind: str) -> dict[str, datetime]:
    """Return the timers of a kind."""
    return {row.key: row.due_at for row in await timers.pending(tx, core.NAME, kind)}


async def test_one_quota_for_each_and_period_and_timers_for_those_in_use(database: Database) -> None:
    async with database.write() as tx:
        first = await service.put(tx, GROUP, SALES, 4, Period.MONTH, ANNA, NOW)
        again = await service.put(tx, GROUP, Whose(Kind.DEPARTMENT, "SALES"), 5, Period.MONTH, ANNA, NOW)
        weekly = await service.put(tx, GROUP, Whose(Kind.PERSON, "Mei", MEI), 1, Period.WEEK, ANNA, NOW)
        quotas = await service.of_group(tx, GROUP)
        # The clocks go forward in Berlin on 28 March.
        closing, reminding = await due(tx, service.CLOSE), await due(tx, service.REMIND)
        await service.set_house(tx, GROUP, ANNA, NOW, remind=0, week_begins=6)
        sunday = await due(tx, service.CLOSE)
        gone = await service.remove(tx, GROUP, Whose(Kind.PERSON, "", MEI), None, ANNA, NOW)
        # Nothing is owed in weeks any more: the timer ends there.
        await timers.cancel(tx, core.NAME, service.CLOSE, "1:week")
        await service.close(tx, GROUP, Period.WEEK, sunday["1:week"], nobody, sunday["1:week"])
        left = await due(tx, service.CLOSE)
    assert isinstance(first, Set)
    assert isinstance(again, Set)
    assert isinstance(weekly, Set)
    assert (first.before, again.before) == (None, 4)
    assert [(one.name, one.count) for one in quotas] == [("SALES", 5), ("Mei", 1)]
    assert closing == {
        "1:month": datetime(2027, 3, 31, 22, tzinfo=UTC),
        "1:week": datetime(2027, 3, 14, 23, tzinfo=UTC),
    }
    assert reminding == {
        "1:month": datetime(2027, 3, 29, 8, tzinfo=UTC),
        "1:week": datetime(2027, 3, 12, 9, tzinfo=UTC),
    }
    assert sunday["1:week"] == datetime(2027, 3, 13, 23, tzinfo=UTC)
    assert [one.name for one in gone] == ["Mei"]
    assert list(left) == ["1:month"]


async def test_what_stands_in_the_group_counts_for_whoever_handed_it_in(database: Database) -> None:
    async def credits_of(_tx: Tx, post_ids: Sequence[int]) -> Mapping[int, UserId]:
        return {post_id: MEI for post_id in post_ids if post_id != copy.id}

    async with database.write() as tx:
        await service.put(tx, GROUP, Whose(Kind.PERSON, "Mei", MEI), 2, Period.MONTH, ANNA, NOW)
        await service.put(tx, GROUP, Whose(Kind.PERSON, "Carl", CARL), 1, Period.MONTH, ANNA, NOW)
        await publish(tx, MEI, NOW)
        await publish(tx, CARL, NOW, credit="Mei")
        copy = await publish(tx, CARL, NOW, credit="Mei")
        await publish(tx, CARL, NOW, recurring_id=7)
        await publish(tx, CARL, datetime(2027, 2, 28, 22, 59, tzinfo=UTC))
        found = await service.table(tx, GROUP, None, 0, credits_of, NOW)
    assert found is not None
    assert [(one.name, one.delivered) for one in found.shares] == [("Carl", 0), ("Mei", 2)]
    assert (found.span.start, found.span.end, found.earlier) == (date(2027, 3, 1), date(2027, 4, 1), False)


async def test_all_periods_that_ended_while_the_bot_was_down_are_kept_as_they_were(database: Database) -> None:
    later = NOW + timedelta(days=70)
    async with database.write() as tx:
        await service.put(tx, GROUP, Whose(Kind.PERSON, "Mei", MEI), 1, Period.MONTH, ANNA, NOW)
        await publish(tx, MEI, NOW + timedelta(days=30))
        item = await publish(tx, MEI, NOW)
        due_at = (await due(tx, service.CLOSE))["1:month"]
        await service.close(tx, GROUP, Period.MONTH, due_at, nobody, later)
        await service.close(tx, GROUP, Period.MONTH, due_at, nobody, later)
        following = (await due(tx, service.CLOSE))["1:month"]
        await core_store.save(tx, item)
        await service.remove(tx, GROUP, Whose(Kind.PERSON, "Mei", MEI), None, ANNA, later)
        april = await service.table(tx, GROUP, Period.MONTH, 1, nobody, later)
        march = await service.table(tx, GROUP, Period.MONTH, 2, nobody, later)
        february = await service.table(tx, GROUP, Period.MONTH, 3, nobody, later)
    assert following == datetime(2027, 5, 31, 22, tzinfo=UTC)
    assert april is not None
    assert march is not None
    assert [(one.start, one.end) for one in (march.span, april.span)] == [
        (date(2027, 3, 1), date(2027, 4, 1)),
        (date(2027, 4, 1), date(2027, 5, 1)),
    ]
    assert [[(one.name, one.delivered, one.owed) for one in table.shares] for table in (march, april)] == [
        [("Mei", 1, 1)],
        [("Mei", 1, 1)],
    ]
    assert (april.earlier, march.earlier, february) == (True, False, None)


async def test_a_new_clock_neither_ends_a_period_early_nor_loses_it(database: Database) -> None:
    west = replace(GROUP, zone="America/Los_Angeles")
    async with database.write() as tx:
        await service.put(tx, GROUP, Whose(Kind.PERSON, "Mei", MEI), 1, Period.MONTH, ANNA, NOW)
        due_at = (await due(tx, service.CLOSE))["1:month"]
        await publish(tx, MEI, due_at + timedelta(hours=1))
        await service.close(tx, west, Period.MONTH, due_at, nobody, due_at)
        early = await service.table(tx, west, Period.MONTH, 1, nobody, due_at)
        moved = (await due(tx, service.CLOSE))["1:month"]
        await service.close(tx, west, Period.MONTH, moved, nobody, moved)
        kept = await service.table(tx, west, Period.MONTH, 1, nobody, moved)
        # And back to the east, where the month had ended hours before.
        later = (await due(tx, service.CLOSE))["1:month"]
        await service.close(tx, GROUP, Period.MONTH, later, nobody, later)
        april = await service.table(tx, GROUP, Period.MONTH, 1, nobody, later)
    assert early is None
    assert moved == due_at + timedelta(hours=9)
    assert kept is not None
    assert (kept.span.start, [one.delivered for one in kept.shares]) == (date(2027, 3, 1), [1])
    assert april is not None
    assert april.span.start == date(2027, 4, 1)


async def test_who_answers_for_a_department_stays_until_somebody_else_is_named(database: Database) -> None:
    async with database.write() as tx:
        await service.put(tx, GROUP, SALES, 4, Period.MONTH, ANNA, NOW, Keeper(MEI, "Mei"))
        again = await service.put(tx, GROUP, SALES, 5, Period.MONTH, ANNA, NOW)
        await service.put(tx, GROUP, Whose(Kind.PERSON, "Carl", CARL), 1, Period.MONTH, ANNA, NOW)
        sales, carl = await service.of_group(tx, GROUP)
        nobody_more = await service.set_keeper(tx, GROUP, sales.id, None, ANNA, NOW)
        assert await service.set_keeper(tx, GROUP, carl.id, Keeper(MEI, "Mei"), ANNA, NOW) is None
        assert await service.set_keeper(tx, GROUP, 99, None, ANNA, NOW) is None
        kept = await service.of_group(tx, GROUP)
    assert isinstance(again, Set)
    assert (sales.keeper_id, sales.keeper, sales.count) == (MEI, "Mei", 5)
    assert nobody_more == replace(sales, keeper_id=None, keeper="") == kept[0]
