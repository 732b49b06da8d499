"""A broadcast that waits with its announcement, over the tables of both databases: it begins once, and only when that is posted."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.announcements import service as core
from bot.announcements.broadcast.rules.life import Act, Done, Nobody, NotYours, State
from bot.announcements.broadcast.service import steps, waiting
from bot.announcements.rules import outcomes
from bot.announcements.rules.announcement import Announcement, By
from bot.announcements.rules.content import Content
from bot.kernel.ids import ChatId, GroupId, MessageId, UserId
from bot.kernel.roles import RIGHTS_OF, Role
from tests.announcements.broadcast.test_rules import HIKERS, NOW

if TYPE_CHECKING:
    from bot.db.engine import Database, Tx

HOME, OTHER, THIRD = HIKERS.id, GroupId(2), GroupId(3)
ANNA = By(UserId(1), "Anna", RIGHTS_OF[Role.MANAGER])
AT = NOW + timedelta(hours=2)


async def timed(tx: Tx) -> Announcement:
    drafted = await core.draft(tx, HOME, Content("Hello"), ANNA, NOW)
    assert isinstance(drafted, outcomes.Done)
    outcome = await core.schedule(tx, HOME, drafted.item.number, AT, ANNA, NOW)
    assert isinstance(outcome, outcomes.Done)
    return outcome.item


async def now_of(tx: Tx, item: Announcement) -> Announcement:
    found = await core.get(tx, item.id)
    assert found is not None
    return found


async def test_it_begins_once_when_its_announcement_is_posted(database: Database) -> None:
    async with database.write() as tx:
        item = await timed(tx)
        chosen, _ = await steps.choose(tx, item, [HOME, OTHER, THIRD], ANNA, NOW)
        ben = By(UserId(2), "Ben", ANNA.rights)
        assert isinstance(await waiting.wait(tx, chosen, Act.WAIT, ben, NOW), NotYours)
        waits = await waiting.wait(tx, chosen, Act.WAIT, ANNA, NOW)
        assert isinstance(waits, Done)
        item = await now_of(tx, item)
        assert [(one.state, groups) for one, groups in await waiting.beside(tx, item)] == [(State.WAITING, 2)]
        again, reach = await steps.choose(tx, item, [], ANNA, NOW)
        assert (again.id, reach.ticked) == (chosen.id, frozenset({OTHER, THIRD}))
        sent = await core.publish(tx, HIKERS, item.number, ANNA, AT)
        assert isinstance(sent, outcomes.Done)
        key = core.result_key(sent.item)
        posted = await core.posted(tx, key, ChatId(-1001), MessageId(5), AT)
        assert posted is not None
        (begun,) = await waiting.posted(tx, posted, AT)
        assert (begun.state, begun.begun_at, begun.content) == (State.RUNNING, AT, Content("Hello"))
        assert await waiting.posted(tx, posted, AT) == []
        assert [one.group_id for one in await steps.ticked(tx, begun.id)] == [OTHER, THIRD]


async def test_it_is_dropped_with_its_announcement_and_without_other_groups_it_cannot_wait(database: Database) -> None:
    async with database.write() as tx:
        item = await timed(tx)
        chosen, _ = await steps.choose(tx, item, [HOME], ANNA, NOW)
        assert isinstance(await waiting.wait(tx, chosen, Act.WAIT, ANNA, NOW), Nobody)
        await steps.tick(tx, chosen, [OTHER], on=True)
        await waiting.wait(tx, chosen, Act.WAIT, ANNA, NOW)
        assert await waiting.put_away(tx, item, NOW) == []
        cancelled = await core.cancel(tx, HOME, item.number, ANNA, NOW)
        assert isinstance(cancelled, outcomes.Done)
        assert [one.has_lapsed for one in await waiting.put_away(tx, cancelled.item, NOW)] == [True]
        assert await waiting.put_away(tx, cancelled.item, NOW) == []
        assert await waiting.posted(tx, cancelled.item, NOW) == []


async def test_each_date_has_the_groups_ticked_by_then(database: Database) -> None:
    async with database.write() as tx:
        drafted = await core.draft(tx, HOME, Content("Hello"), ANNA, NOW)
        assert isinstance(drafted, outcomes.Done)
        pattern = await core.belong(tx, drafted.item, 7)
        chosen, _ = await steps.choose(tx, pattern, [OTHER], ANNA, NOW)
        waits = await waiting.wait(tx, chosen, Act.EACH, ANNA, NOW)
        assert isinstance(waits, Done)
        pattern = await now_of(tx, pattern)
        first = await core.occur(tx, pattern, AT, ANNA.user_id, ANNA.name, AT)
        await waiting.occurred(tx, pattern, first, AT)
        await steps.tick(tx, waits.broadcast, [THIRD], on=True)
        later = AT + timedelta(days=1)
        second = await core.occur(tx, pattern, later, ANNA.user_id, ANNA.name, later)
        await waiting.occurred(tx, pattern, second, later)
        found = [await waiting.beside(tx, one) for one in (pattern, first, second)]
        assert [[(one.state, groups) for one, groups in each] for each in found] == [
            [(State.EACH, 2)],
            [(State.WAITING, 1)],
            [(State.WAITING, 2)],
        ]
        # The pattern itself, posted by hand, is no date.
        assert await waiting.posted(tx, replace(pattern, recurring_id=None), later) == []
