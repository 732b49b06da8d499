"""Stopping topics, on both databases."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from bot.kernel.ids import GroupId, UserId
from bot.policy.topic import service
from bot.policy.topic.rules import MOST_STOPPED, Ended, Fault, Later, Stop, Stopped, Written
from bot.policy.topic.service import Follows, TopicBook
from bot.timers import service as timers

if TYPE_CHECKING:
    from bot.db.engine import Database

NOW = datetime(2027, 3, 10, 10, 0, tzinfo=UTC)
GROUP = GroupId(1)
ANNA = (UserId(20), "Anna")
MEI, CARL = 10, 11
HOUR = timedelta(hours=1)


async def test_a_topic_is_stopped_comes_back_as_it_was_and_lapses(database: Database) -> None:
    book = TopicBook()
    stop = Stop(("选举", "votes"), None, HOUR, Later.DELETE)
    async with database.write() as tx:
        assert await book.held(tx, GROUP, NOW) == []
        made = await book.stop(tx, GROUP, stop, ANNA, NOW)
        assert made == Stopped(1, stop, NOW + HOUR, "Anna")
        assert [row.due_at for row in await timers.pending(tx, "policy")] == [NOW + HOUR]
        assert await book.stop(tx, GROUP, stop, ANNA, NOW) is Fault.STOPPED_ALREADY
    assert book.may_be_stopped(GROUP)
    assert not book.may_be_stopped(GroupId(2))
    async with database.write() as tx:
        assert await TopicBook().held(tx, GROUP, NOW) == [made]
        assert await book.held(tx, GROUP, NOW + HOUR) == []
        assert await book.lapse(tx, GROUP, 1, NOW + HOUR) == made
        assert await book.lapse(tx, GROUP, 1, NOW + HOUR) is None
        found = await service.get(tx, GROUP, 1)
        assert found is not None
        assert found.ended is Ended.LAPSED
    assert not book.may_be_stopped(GROUP)


async def test_a_number_is_never_given_twice_and_there_are_not_too_many(database: Database) -> None:
    book = TopicBook()
    async with database.write() as tx:
        for number in range(MOST_STOPPED):
            await book.stop(tx, GROUP, Stop((f"word{number}",)), ANNA, NOW)
        assert await book.stop(tx, GROUP, Stop(("more",)), ANNA, NOW) is Fault.TOO_MANY
        resumed = await book.resume(tx, GROUP, "word9", ANNA, NOW)
        assert resumed is not None
        again = await book.stop(tx, GROUP, Stop(("more",)), ANNA, NOW)
        assert isinstance(again, Stopped)
        assert again.number == MOST_STOPPED + 1
        assert await book.resume(tx, GROUP, "", ANNA, NOW) is None


async def test_a_person_is_told_once_and_then_what_was_chosen_follows(database: Database) -> None:
    async with database.write() as tx:
        made = {
            later: await TopicBook().stop(tx, GROUP, Stop((later.value,), None, HOUR, later), ANNA, NOW)
            for later in Later
        }
        wanted = {
            Later.COUNT: Follows(),
            Later.DELETE: Follows(delete=True),
            Later.STEP: Follows(delete=True, step=True),
        }
        for later, one in made.items():
            assert isinstance(one, Stopped)
            assert await service.follows(tx, GROUP, one, Written(1, MEI, NOW)) == Follows(hint=True)
            assert await service.follows(tx, GROUP, one, Written(1, MEI, NOW)) == Follows()
            assert await service.follows(tx, GROUP, one, Written(2, MEI, NOW)) == wanted[later]
            assert await service.follows(tx, GROUP, one, Written(3, CARL, NOW)) == Follows(hint=True)
        assert await service.tally(tx, GROUP, NOW, NOW + HOUR) == (9, 2)


async def test_an_album_goes_or_stays_as_a_whole(database: Database) -> None:
    async with database.write() as tx:
        one = await TopicBook().stop(tx, GROUP, Stop(("x",), None, HOUR, Later.STEP), ANNA, NOW)
        assert isinstance(one, Stopped)
        first = [await service.follows(tx, GROUP, one, Written(n, MEI, NOW, "a")) for n in (1, 2)]
        second = [await service.follows(tx, GROUP, one, Written(n, MEI, NOW, "b")) for n in (3, 4)]
        assert first == [Follows(hint=True), Follows()]
        assert second == [Follows(delete=True, step=True), Follows(delete=True)]
