from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from bot.events import service as events
from bot.events.creating import service
from bot.events.creating.rules import MOST_TEMPLATES, BadName, Discarded, NotADraft, Saved, TooManyTemplates
from bot.events.rules.event import Created, Event, NoSuchEvent
from bot.kernel.ids import GroupId
from tests.events.build import GROUP, NOW, OWNER, plan

if TYPE_CHECKING:
    from bot.db.engine import Database, Tx

OTHER = GroupId(8)


async def made(tx: Tx, *, draft: bool = False, **values: Any) -> Event:
    done = await events.create(tx, GROUP, plan(**values), OWNER, NOW, draft=draft)
    assert isinstance(done, Created)
    return done.event


async def test_a_template_is_kept_per_group_and_found_however_it_is_written(database: Database) -> None:
    async with database.write() as tx:
        event = await made(tx, place="Old Fort", minutes=90, questions=(), tags=("Sales",))
        done = await service.save_template(tx, event, " Big  Hike ", OWNER, NOW)
        assert isinstance(done, Saved)
        assert not done.replaced
        found = await service.template_named(tx, GROUP, "big hike")
        assert found is not None
        assert (found.name, found.plan) == ("Big Hike", event.plan)
        assert await service.template_named(tx, OTHER, "big hike") is None
        assert await service.template(tx, OTHER, found.id) is None
        assert await service.drop_template(tx, OTHER, found.id) is None
        assert await service.templates_of(tx, GROUP) == [found]


async def test_a_name_that_is_there_is_given_anew(database: Database) -> None:
    async with database.write() as tx:
        first, second = await made(tx), await made(tx, title="Walk")
        await service.save_template(tx, first, "out", OWNER, NOW)
        done = await service.save_template(tx, second, "OUT", OWNER, NOW)
        assert isinstance(done, Saved)
        assert done.replaced
        assert [one.plan.title for one in await service.templates_of(tx, GROUP)] == ["Walk"]


async def test_a_template_can_be_deleted_once(database: Database) -> None:
    async with database.write() as tx:
        done = await service.save_template(tx, await made(tx), "out", OWNER, NOW)
        assert isinstance(done, Saved)
        assert await service.drop_template(tx, GROUP, done.template.id) == done.template
        assert await service.drop_template(tx, GROUP, done.template.id) is None
        assert await service.drop_template(tx, GROUP, 2**70) is None


async def test_there_are_so_many_templates_and_no_more(database: Database) -> None:
    async with database.write() as tx:
        event = await made(tx)
        for number in range(MOST_TEMPLATES):
            assert isinstance(await service.save_template(tx, event, f"t{number}", OWNER, NOW), Saved)
        assert await service.save_template(tx, event, "one more", OWNER, NOW) == TooManyTemplates()
        assert isinstance(await service.save_template(tx, event, "t0", OWNER, NOW), Saved)
        assert await service.save_template(tx, event, "", OWNER, NOW) == BadName()


async def test_a_draft_is_discarded_without_a_trace(database: Database) -> None:
    async with database.write() as tx:
        draft = await made(tx, draft=True)
        assert await service.discard(tx, GROUP, draft.id, OWNER, NOW) == Discarded(draft)
        assert await events.get(tx, GROUP, draft.id) is None
        assert await service.discard(tx, GROUP, draft.id, OWNER, NOW) == NoSuchEvent(draft.id)


@pytest.mark.parametrize("group", [GROUP, OTHER])
async def test_only_drafts_of_the_group_are_discarded(database: Database, group: GroupId) -> None:
    async with database.write() as tx:
        event = await made(tx)
        done = await service.discard(tx, group, event.id, OWNER, NOW)
        assert done == (NotADraft(event) if group == GROUP else NoSuchEvent(event.id))
        assert await events.get(tx, GROUP, event.id) is not None
