"""What did not go out as it should: counted, paged, looked up and settled; on both databases."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.kernel.ids import GroupId
from bot.tg import effects as fx
from bot.tg.outbox import settling, troubles_store
from tests.tg.outbox.office import GROUP

if TYPE_CHECKING:
    from tests.tg.outbox.office import Office

OTHER = GroupId(99)


async def put(office: Office, words: str, kind: str | None, group: GroupId = GROUP, key: str | None = None) -> int:
    """Send a message that goes wrong in the given way (None: it arrives), and return its number."""
    if kind is not None:
        office.telegram.faults.add("sendMessage", kind, description="Forbidden: slow mode" if kind == "403" else None)
    (effect_id,) = await office.put(fx.SendMessage(office.chat.id, words), group_id=group, key=key)
    await office.quiet()
    return effect_id


@pytest.fixture
async def troubled(office: Office) -> Office:
    """An office where of seven messages five need somebody, one of them in another group."""
    await office.open()
    await put(office, "fine", None)
    for words, kind in (("first", "403"), ("second", "html502"), ("third", "403")):
        await put(office, words, kind)
    await put(office, "elsewhere", "403", OTHER)
    await put(office, "told by another", "html502", key="1")
    return office


def words(found: object) -> list[str]:
    assert isinstance(found, list)
    return [trouble.effect.html for trouble in found]


async def test_they_are_counted_and_read_page_by_page_the_newest_first(troubled: Office) -> None:
    left_out = [("tests", "heard")]
    async with troubled.database.read() as tx:
        assert await troubles_store.counts(tx, GROUP) == (4, 0)
        assert await troubles_store.counts(tx, GROUP, left_out) == (3, 0)
        assert await troubles_store.counts(tx, OTHER, left_out) == (1, 0)
        assert words(await troubles_store.troubles(tx, GROUP, 2, 0, left_out)) == ["third", "second"]
        assert words(await troubles_store.troubles(tx, GROUP, 2, 2, left_out)) == ["first"]
        assert words(await troubles_store.troubles(tx, GROUP, 9)) == ["told by another", "third", "second", "first"]


async def test_the_overview_shows_the_nearest_page_and_what_waits(troubled: Office) -> None:
    await troubled.crash()
    await troubled.put(fx.SendMessage(troubled.chat.id, "waits"), group_id=GROUP)
    async with troubled.database.read() as tx:
        last = await settling.overview(tx, GROUP, 9, 2, [("tests", "heard")])
        none = await settling.overview(tx, GroupId(98), 3, 2, ())
    assert (words(list(last.found)), last.page, last.pages, last.count, last.waiting) == (["first"], 2, 2, 3, 1)
    assert (list(none.found), none.page, none.pages, none.count, none.waiting) == ([], 1, 1, 0, 0)


async def test_what_is_uncertain_and_what_was_refused_are_told_apart(troubled: Office) -> None:
    async with troubled.database.read() as tx:
        third, second, _ = await troubles_store.troubles(tx, GROUP, 9, 0, [("tests", "heard")])
    assert (second.uncertain, third.uncertain, third.reason) == (True, False, "Forbidden: slow mode")
    assert (third.chat_id, third.group_id) == (troubled.chat.id, GROUP)


async def test_one_is_settled_once_and_only_by_its_own_group(troubled: Office) -> None:
    now = troubled.clock.now()
    async with troubled.database.write() as tx:
        (first,) = await troubles_store.troubles(tx, OTHER, 9)
        assert await settling.settle(tx, first.effect_id, GROUP, troubled.chat.id, now) is None
        settled = await settling.settle(tx, first.effect_id, OTHER, troubled.chat.id, now)
        assert settled is not None
        assert settled.effect == fx.SendMessage(troubled.chat.id, "elsewhere")
        assert await settling.settle(tx, first.effect_id, OTHER, troubled.chat.id, now) is None
        assert await troubles_store.trouble(tx, first.effect_id) is None
        assert await troubles_store.counts(tx, OTHER) == (0, 0)


async def test_what_belongs_to_no_group_is_settled_in_its_chat(office: Office) -> None:
    await office.open()
    office.telegram.faults.add("sendMessage", "html502")
    (effect_id,) = await office.put(fx.SendMessage(office.owner.id, "for you"))
    await office.quiet()
    async with office.database.write() as tx:
        assert await settling.settle(tx, effect_id, None, office.chat.id, office.clock.now()) is None
        assert await settling.settle(tx, effect_id, None, office.owner.id, office.clock.now()) is not None
