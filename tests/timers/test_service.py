from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from bot.kernel.ids import GroupId
from bot.timers import service

if TYPE_CHECKING:
    from bot.db.engine import Database

NOW = datetime(2026, 11, 28, 12, 0, tzinfo=UTC)
SOON = NOW + timedelta(minutes=1)
LATER = NOW + timedelta(hours=1)


async def test_setting_a_timer_again_moves_it(database: Database) -> None:
    async with database.write() as tx:
        await service.set_timer(tx, "events", "reminder", "7", LATER, GroupId(1))
        await service.set_timer(tx, "events", "reminder", "7", SOON, GroupId(2))
    async with database.read() as tx:
        (row,) = await service.pending(tx, "events")
        assert await service.next_due(tx) == SOON
    assert (row.kind, row.key, row.due_at, row.wanted_at, row.group_id, row.attempts) == (
        *("reminder", "7", SOON, SOON),
        *(GroupId(2), 0),
    )


async def test_pending_tells_kinds_and_groups_apart_and_sorts_by_time(database: Database) -> None:
    async with database.write() as tx:
        await service.set_timers(tx, "events", "reminder", {"b": LATER, "a": SOON}, GroupId(1))
        await service.set_timer(tx, "events", "close", "c", NOW, GroupId(2))
        await service.set_timer(tx, "digest", "daily", "1", NOW, GroupId(1))
    async with database.read() as tx:
        assert [row.key for row in await service.pending(tx, "events")] == ["c", "a", "b"]
        assert [row.key for row in await service.pending(tx, "events", "reminder")] == ["a", "b"]
        assert [row.key for row in await service.pending(tx, "events", group_id=GroupId(2))] == ["c"]


async def test_a_cancelled_timer_is_gone(database: Database) -> None:
    async with database.write() as tx:
        await service.set_timers(tx, "events", "reminder", {"a": SOON, "b": SOON, "c": SOON})
        assert await service.cancel(tx, "events", "reminder", "a")
        assert not await service.cancel(tx, "events", "reminder", "a")
        await service.cancel_all(tx, "events", "reminder", ["b", "x"])
        assert [row.key for row in await service.pending(tx, "events")] == ["c"]


async def test_a_timer_that_was_moved_after_it_was_read_is_not_taken(database: Database) -> None:
    async with database.write() as tx:
        await service.set_timer(tx, "events", "reminder", "a", NOW)
        (row,) = await service.due_now(tx, NOW, 10)
        await service.set_timer(tx, "events", "reminder", "a", LATER)
        assert not await service.take(tx, row)
        assert await service.next_due(tx) == LATER


async def test_a_failure_postpones_but_remembers_when_the_timer_was_wanted(database: Database) -> None:
    async with database.write() as tx:
        await service.set_timer(tx, "events", "reminder", "a", NOW)
        (row,) = await service.due_now(tx, NOW, 10)
        again = await service.failed(tx, row, NOW)
        (moved,) = await service.pending(tx, "events")
    assert again == NOW + timedelta(minutes=1)
    assert (moved.due_at, moved.wanted_at, moved.attempts) == (again, NOW, 1)


async def test_only_what_is_committed_wakes_the_alarm(database: Database) -> None:
    woken: list[int] = []
    end = service.on_change(lambda: woken.append(1))
    async with database.write() as tx:
        await service.set_timer(tx, "events", "reminder", "a", NOW)
        assert not woken
    assert woken
    woken.clear()
    with pytest.raises(ZeroDivisionError):
        await _set_and_fail(database)
    end()
    async with database.write() as tx:
        await service.set_timer(tx, "events", "reminder", "a", NOW)
    assert not woken


async def _set_and_fail(database: Database) -> None:
    async with database.write() as tx:
        await service.set_timer(tx, "events", "reminder", "b", NOW)
        raise ZeroDivisionError
