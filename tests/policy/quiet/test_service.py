"""Keeping quiet hours, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from bot.kernel.groups import Group, QuietHours
from bot.kernel.ids import ChatId, GroupId, UserId
from bot.policy.quiet import service, store
from bot.policy.quiet.rules.lock import Phase, Said, Why
from bot.policy.quiet.rules.modes import Heard, House, Mode
from bot.policy.quiet.service import QuietBook
from bot.timers import service as timers

if TYPE_CHECKING:
    from bot.db.engine import Database

NOW = datetime(2027, 3, 10, 22, 0, tzinfo=UTC)
MORNING = datetime(2027, 3, 11, 7, 30, tzinfo=UTC)
ANNA = (UserId(20), "Anna")
MEI, CARL = 10, 11
GROUP = Group(GroupId(1), ChatId(-1), "Hikers", "en", "UTC", quiet=(QuietHours(time(22), time(7, 30)),))
SEEN = {"can_send_messages": True, "can_send_photos": True, "can_send_polls": False, "can_pin_messages": False}


async def test_a_group_is_closed_and_given_back_and_the_next_look_is_set(database: Database) -> None:
    book = QuietBook()
    async with database.write() as tx:
        await book.change(tx, GROUP.id, ANNA, NOW, mode=Mode.RESTRICT)
        first = await service.turn(tx, GROUP, SEEN, NOW)
        assert first.order == {**SEEN, "can_send_messages": False, "can_send_photos": False}
        assert [row.due_at for row in await timers.pending(tx, "policy")] == [MORNING]
    async with database.write() as tx:
        kept, said = await service.take_answer(tx, GROUP.id, first.lock.order, None, NOW)
        assert (kept.lock.phase, said) == (Phase.CLOSED, Said.CLOSED)
        assert (await book.kept(tx, GROUP.id)).lock == kept.lock
        second = await service.turn(tx, GROUP, first.order, MORNING)
        assert second.order == SEEN
        assert (await service.take_answer(tx, GROUP.id, second.lock.order, None, MORNING))[1] is Said.OPENED


async def test_a_refusal_has_the_group_looked_at_again_at_once(database: Database) -> None:
    async with database.write() as tx:
        await QuietBook().change(tx, GROUP.id, ANNA, NOW, mode=Mode.RESTRICT)
        turn = await service.turn(tx, GROUP, SEEN, NOW)
        await service.take_answer(tx, GROUP.id, turn.lock.order, Why.NO_RIGHT, NOW)
        assert [row.due_at for row in await timers.pending(tx, "policy")] == [NOW]
        assert (await QuietBook().kept(tx, GROUP.id)).lock.why is Why.NO_RIGHT


async def test_only_groups_that_ever_chose_are_looked_at_when_their_hours_change(database: Database) -> None:
    book = QuietBook()
    async with database.write() as tx:
        await book.hours_changed(tx, GROUP, NOW)
        assert await timers.pending(tx, "policy") == []
        await book.change(tx, GROUP.id, ANNA, NOW, mode=Mode.RECORD, notice=False)
    assert book.may_count(GROUP.id)
    assert not book.may_count(GroupId(2))
    async with database.write() as tx:
        other = QuietBook()
        await other.hours_changed(tx, GROUP, MORNING)
        assert [row.due_at for row in await timers.pending(tx, "policy")] == [MORNING]
        assert await other.house(tx, GROUP.id) == House(Mode.RECORD, notice=False)


async def test_opening_is_a_part_of_the_clock(database: Database) -> None:
    opened = replace(GROUP, open_until=NOW + timedelta(hours=1))
    async with database.write() as tx:
        await QuietBook().change(tx, GROUP.id, ANNA, NOW, mode=Mode.RESTRICT)
        assert (await service.turn(tx, opened, SEEN, NOW)).order is None
        assert [row.due_at for row in await timers.pending(tx, "policy")] == [NOW + timedelta(hours=1)]


async def test_everybody_is_reminded_once_a_night_and_counted(database: Database) -> None:
    async with database.write() as tx:
        written = [Heard(MEI, MORNING, 1), Heard(MEI, MORNING, 1)]
        assert await service.count(tx, GROUP.id, written, NOW, remind=True) == [MEI]
        more = [Heard(MEI, MORNING, 1), Heard(CARL, MORNING, 1)]
        assert await service.count(tx, GROUP.id, more, NOW, remind=True) == [CARL]
        assert await service.count(tx, GROUP.id, more, NOW, remind=True) == []
        day = datetime(2027, 3, 10, tzinfo=UTC)
        assert await service.tally(tx, GROUP.id, day, day + timedelta(days=1)) == (6, 2)
        assert await service.tally(tx, GROUP.id, day - timedelta(days=1), day) == (0, 0)
        assert await service.tally(tx, GroupId(2), day, day + timedelta(days=1)) == (0, 0)
        later = MORNING + timedelta(days=9)
        assert await service.count(tx, GROUP.id, [Heard(MEI, later, 1)], later, remind=False) == []
        assert await store.tally(tx, GROUP.id, day, later) == (1, 1)
