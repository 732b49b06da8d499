"""Settings and timers of the digest, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

import pytest

from bot.audit import service as audit
from bot.digest import service
from bot.digest.rules import Changed, Defer, Pass, Same, Send, Settings, Silent, Where
from bot.digest.service import DAILY, DEFERRED, PURGE, Schedule
from bot.kernel.groups import QuietHours
from bot.kernel.ids import ChatId, GroupId
from bot.timers import service as timers
from tests.digest.build import ANNA, GROUP, NOW, Book, group

if TYPE_CHECKING:
    from bot.db.engine import Database, Tx
    from bot.kernel.groups import Group

NINE = datetime(2027, 3, 11, 9, 0, tzinfo=UTC)


async def due(tx: Tx, kind: str = DAILY) -> dict[str, datetime]:
    return {row.key: row.due_at for row in await timers.pending(tx, "digest", kind)}


async def test_a_group_begins_with_nine_oclock_for_its_managers(database: Database) -> None:
    async with database.read() as tx:
        assert await service.get(tx, GROUP.id) == Settings(GROUP.id, time(9), Where.AUTO)


async def test_the_hour_is_set_its_timer_moved_and_written_down(database: Database) -> None:
    async with database.write() as tx:
        change = await service.set_hour(tx, GROUP, time(20, 30, 59), NOW, by=ANNA, name="Anna")
        again = await service.set_hour(tx, GROUP, time(20, 30), NOW, by=ANNA, name="Anna")
        (entry,) = await audit.entries(tx, GROUP.id)
        assert await due(tx) == {"1": datetime(2027, 3, 10, 20, 30, tzinfo=UTC)}
    assert change == Changed(Settings(GROUP.id, time(20, 30)), datetime(2027, 3, 10, 20, 30, tzinfo=UTC))
    assert again == Same(change.settings, change.next_at)
    assert (entry.action, entry.actor_name, entry.before, entry.after) == ("digest.time", "Anna", "09:00", "20:30")


async def test_off_takes_the_timer_away_and_on_brings_it_back(database: Database) -> None:
    async with database.write() as tx:
        await service.set_hour(tx, GROUP, time(20), NOW, by=ANNA, name="Anna")
        off = await service.set_where(tx, GROUP, Where.OFF, NOW, by=ANNA, name="Anna")
        assert (off.next_at, await due(tx)) == (None, {})
        moved = await service.set_hour(tx, GROUP, time(21), NOW, by=ANNA, name="Anna")
        assert (moved.next_at, await due(tx)) == (None, {})
        await service.set_where(tx, GROUP, Where.GROUP, NOW, by=ANNA, name="Anna")
        assert await due(tx) == {"1": datetime(2027, 3, 10, 21, tzinfo=UTC)}
        assert [e.action for e in await audit.entries(tx, GROUP.id)].count("digest.where") == 2


async def test_a_day_is_told_of_once_and_the_next_timer_is_set(database: Database) -> None:
    async with database.write() as tx:
        first = await service.has_come(tx, GROUP, NINE, deferred=False)
        assert await due(tx) == {"1": NINE + timedelta(days=1)}
        second = await service.has_come(tx, GROUP, NINE + timedelta(hours=1), deferred=False)
        third = await service.has_come(tx, GROUP, NINE + timedelta(days=1), deferred=False)
    assert isinstance(first, Send)
    assert first.day.date == date(2027, 3, 10)
    assert isinstance(second, Pass)
    assert isinstance(third, Send)


async def test_in_quiet_hours_it_waits_for_their_end(database: Database) -> None:
    sleepy = group(quiet=(QuietHours(time(8), time(10)),))
    async with database.write() as tx:
        assert isinstance(await service.has_come(tx, sleepy, NINE, deferred=False), Defer)
        assert await due(tx, DEFERRED) == {"1": NINE + timedelta(hours=1)}
        assert await due(tx) == {"1": NINE + timedelta(days=1)}
        assert isinstance(await service.has_come(tx, sleepy, NINE + timedelta(hours=1), deferred=True), Send)
        assert await due(tx) == {"1": NINE + timedelta(days=1)}


async def test_a_group_without_the_bot_gets_no_further_timer(database: Database) -> None:
    async with database.write() as tx:
        assert await service.has_come(tx, group(active=False), NINE, deferred=False) == Silent()
        assert await due(tx) == {}


async def test_the_group_is_told_once_a_week_that_nobody_can_be_reached(database: Database) -> None:
    async with database.write() as tx:
        assert await service.may_tell_unreachable(tx, GROUP, NOW)
        assert not await service.may_tell_unreachable(tx, GROUP, NOW + timedelta(days=6))
        assert await service.may_tell_unreachable(tx, GROUP, NOW + timedelta(days=7))
        assert (await service.get(tx, GROUP.id)).told_at == NOW + timedelta(days=7)


# The schedule


def other(number: int, **fields: object) -> Group:
    return group(id=GroupId(number), chat_id=ChatId(-1000 - number), **fields)


async def test_the_first_message_anywhere_sets_every_groups_timer_and_leaves_those_that_are_set(
    database: Database,
) -> None:
    book = Book({n: other(n) for n in range(1, 8)} | {8: other(8, active=False)})
    async with database.write() as tx:
        await service.set_where(tx, other(7), Where.OFF, NOW, by=ANNA, name="Anna")
        await timers.set_timer(tx, "digest", DAILY, "2", NOW + timedelta(minutes=1), GroupId(2))
        await Schedule(book).keep(tx, [1], NOW)
        found = await due(tx)
        assert set(found) == {str(n) for n in range(1, 7)}
        assert found["2"] == NOW + timedelta(minutes=1)
        assert found["1"] == NINE
        assert await due(tx, PURGE) == {PURGE: NOW + timedelta(days=7)}


async def test_a_known_group_costs_nothing_and_a_new_zone_moves_the_timer(database: Database) -> None:
    book = Book()
    schedule = Schedule(book)
    async with database.write() as tx:
        await schedule.keep(tx, [1], NOW)
    async with database.write() as tx:
        await schedule.keep(tx, [1], NOW)
        assert tx.statements == 0
        book.groups[1] = replace(GROUP, zone="Asia/Shanghai")
        await schedule.keep(tx, [1], NOW)
        assert await due(tx) == {"1": datetime(2027, 3, 11, 1, tzinfo=UTC)}


async def test_a_group_met_later_and_one_that_comes_back_get_their_timer(database: Database) -> None:
    book = Book()
    schedule = Schedule(book)
    async with database.write() as tx:
        await schedule.keep(tx, [1], NOW)
    async with database.write() as tx:
        await schedule.welcome(tx, other(2), NOW)
        assert set(await due(tx)) == {"1", "2"}
        assert (await service.has_come(tx, replace(GROUP, active=False), NINE, deferred=False)) == Silent()
        await timers.cancel(tx, "digest", DAILY, "1")
        await schedule.welcome(tx, GROUP, NOW)
        assert set(await due(tx)) == {"1", "2"}


async def test_what_is_not_committed_is_looked_after_again(database: Database) -> None:
    schedule = Schedule(Book())
    with pytest.raises(ZeroDivisionError):
        await _keep_and_fail(database, schedule)
    async with database.write() as tx:
        await schedule.keep(tx, [1], NOW)
        assert set(await due(tx)) == {"1"}


async def _keep_and_fail(database: Database, schedule: Schedule) -> None:
    async with database.write() as tx:
        await schedule.keep(tx, [1], NOW)
        raise ZeroDivisionError
