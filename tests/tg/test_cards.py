from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from bot.i18n import Html
from bot.kernel.ids import ChatId, MessageId
from bot.tg import cards_store
from bot.tg import effects as fx
from bot.tg.outbox.outbox_store import outbox
from tests.tg.outbox.conftest import clock, database, office
from tests.tg.outbox.office import Desk, Office

if TYPE_CHECKING:
    from bot.kernel.ids import EffectId

__all__ = ["clock", "database", "office"]


@pytest.fixture
async def at_work(office: Office) -> Office:
    office.looks["1"] = "three seats"
    await office.open()
    return office


async def post(office: Office, key: str = "1", chat_id: int | None = None, *, pin: bool | None = None) -> EffectId:
    async with office.turn() as desk:
        return await desk.cards.post("event", key, office.group, chat_id or office.chat.id, pin=pin)


async def change(office: Office, look: str | None, key: str = "1") -> None:
    office.looks[key] = look
    async with office.turn() as desk:
        desk.cards.changed("event", key)


async def where(office: Office, key: str = "1") -> list[tuple[int, int]]:
    async with office.turn() as desk:
        return [(chat, message) for chat, message in await desk.cards.where(desk.tx, "event", key)]


async def count(desk: Desk) -> int:
    return len((await desk.tx.execute(select(cards_store.cards.c.id))).all())


async def test_a_card_shows_what_is_so(at_work: Office) -> None:
    await post(at_work)
    await at_work.quiet()
    await change(at_work, "two seats")
    await at_work.quiet()
    assert at_work.texts() == ["two seats in en"]
    assert await where(at_work) == [(at_work.chat.id, at_work.chat.live()[-1].message_id)]


async def test_the_cards_of_one_chat_are_left_for_a_newer_one(at_work: Office) -> None:
    await post(at_work)
    await at_work.quiet()
    old = at_work.chat.live()[-1].message_id
    async with at_work.turn() as desk:
        await desk.cards.post("event", "1", at_work.group, at_work.chat.id)
        await desk.cards.leave(desk.tx, ["event"], "1", {at_work.chat.id: Html("further down")})
        await desk.cards.post("event", "1", at_work.group, at_work.chat.id)
        desk.cards.changed("event", "1")
    await at_work.quiet()
    # Also the one that was still on its way is left.
    assert at_work.texts() == ["further down", "further down", "three seats in en"]
    ((_, new),) = await where(at_work)
    assert new not in {old, at_work.chat.live()[-2].message_id}
    await change(at_work, "two seats")
    await at_work.quiet()
    assert at_work.texts() == ["further down", "further down", "two seats in en"]


async def test_a_message_tells_which_card_it_is(at_work: Office) -> None:
    await post(at_work)
    await at_work.quiet()
    message = at_work.chat.live()[-1].message_id
    async with at_work.turn() as desk:
        found = await desk.cards.shown_by(desk.tx, at_work.chat.id, message)
        assert found is not None
        assert (found.kind, found.key, found.group_id) == ("event", "1", at_work.group.id)
        assert await desk.cards.shown_by(desk.tx, at_work.chat.id, message + 1) is None
        assert await desk.cards.shown_by(desk.tx, at_work.chat.id - 1, message) is None


async def test_a_card_that_looks_the_same_is_not_edited(at_work: Office) -> None:
    await post(at_work)
    await at_work.quiet()
    await change(at_work, "three seats")
    await at_work.quiet()
    assert at_work.calls("editMessageText") == []


async def test_many_changes_in_a_turn_make_one_edit(at_work: Office) -> None:
    await post(at_work)
    await at_work.quiet()
    before = at_work.renderings
    async with at_work.turn() as desk:
        for seats in range(20):
            at_work.looks["1"] = f"{seats} seats"
            desk.cards.changed("event", "1")
    await at_work.quiet()
    assert at_work.renderings == before + 1
    assert len(at_work.calls("editMessageText")) == 1
    assert at_work.texts() == ["19 seats in en"]


async def test_changes_of_many_turns_wait_as_one_edit(office: Office) -> None:
    office.looks["1"] = "three seats"
    await post(office)
    for seats in range(5):
        await change(office, f"{seats} seats")
    async with office.turn() as desk:
        lanes = [row.lane for row in await desk.tx.execute(select(outbox.c.lane).order_by(outbox.c.id))]
        assert lanes == ["say", "say"]
    await office.open()
    await office.quiet()
    assert office.texts() == ["4 seats in en"]


async def test_a_card_changed_before_it_is_posted_is_edited_afterwards(office: Office) -> None:
    office.looks["1"] = "three seats"
    async with office.turn() as desk:
        await desk.cards.post("event", "1", office.group, office.chat.id)
        office.looks["1"] = "no seats"
        desk.cards.changed("event", "1")
    await office.open()
    await office.quiet()
    assert office.texts() == ["no seats in en"]


async def test_everybody_reads_their_own_language_in_private(at_work: Office) -> None:
    await post(at_work)
    await post(at_work, chat_id=at_work.owner.id)
    await at_work.quiet()
    await change(at_work, "two seats")
    await at_work.quiet()
    assert at_work.texts() == ["two seats in en"]
    assert at_work.texts(at_work.telegram.private(at_work.owner)) == ["two seats in zh_Hans"]


async def test_a_pinned_card_is_pinned(at_work: Office) -> None:
    await post(at_work, pin=True)
    await at_work.quiet()
    assert [message.text for message in at_work.telegram.pins(at_work.chat)] == ["three seats in en"]


async def test_a_card_of_nothing_cannot_be_posted(at_work: Office) -> None:
    at_work.looks["1"] = None
    with pytest.raises(LookupError):
        await post(at_work)


async def test_a_card_whose_object_is_gone_is_forgotten(at_work: Office) -> None:
    await post(at_work)
    await at_work.quiet()
    await change(at_work, None)
    await at_work.quiet()
    assert len(at_work.calls("editMessageReplyMarkup")) == 1
    assert await where(at_work) == []


async def test_a_forgotten_card_stays_as_it_is(at_work: Office) -> None:
    await post(at_work)
    await at_work.quiet()
    async with at_work.turn() as desk:
        desk.cards.forget("event", "1")
    await change(at_work, "two seats")
    await at_work.quiet()
    assert at_work.texts() == ["three seats in en"]


async def test_a_card_that_was_refused_is_forgotten(at_work: Office) -> None:
    at_work.telegram.faults.add("sendMessage", "400")
    await post(at_work)
    await at_work.quiet()
    async with at_work.turn() as desk:
        assert await count(desk) == 0


async def test_a_card_that_somebody_deleted_is_forgotten(at_work: Office) -> None:
    await post(at_work)
    await at_work.quiet()
    at_work.owner.delete(at_work.chat.live()[-1])
    await change(at_work, "two seats")
    await at_work.quiet()
    assert await where(at_work) == []


async def test_an_edit_that_failed_is_made_up_for_by_the_next(at_work: Office) -> None:
    await post(at_work)
    await at_work.quiet()
    at_work.telegram.faults.add("editMessageText", "400", description="Bad Request: something new")
    await change(at_work, "two seats")
    await at_work.quiet()
    await change(at_work, "two seats")
    await at_work.quiet()
    assert at_work.texts() == ["two seats in en"]


async def test_what_is_rolled_back_was_never_said(at_work: Office) -> None:
    async with at_work.turn() as desk:
        effects, cards = desk.effects.mark(), desk.cards.mark()
        await desk.cards.post("event", "1", at_work.group, at_work.chat.id)
        desk.cards.rollback(cards)
        desk.effects.rollback(effects)
    await at_work.quiet()
    assert at_work.texts() == []
    async with at_work.turn() as desk:
        assert await count(desk) == 0


async def test_posted_and_forgotten_in_one_turn_is_forgotten(at_work: Office) -> None:
    async with at_work.turn() as desk:
        await desk.cards.post("event", "1", at_work.group, at_work.chat.id)
        desk.cards.forget("event", "1")
    await at_work.quiet()
    assert await where(at_work) == []


async def test_in_a_new_supergroup_live_cards_are_posted_anew(at_work: Office) -> None:
    at_work.looks["2"] = "old"
    old = at_work.chat.id
    await post(at_work, pin=True)
    await post(at_work, "2")
    await at_work.quiet()
    new = at_work.telegram.add_group("Hikers", at_work.owner, [])
    at_work.telegram.add_bot_to(new, at_work.account, at_work.owner, administrator=True)
    moved = replace(at_work.group, chat_id=ChatId(new.id))
    at_work.groups[moved.id] = moved
    at_work.looks["2"] = None
    async with at_work.turn() as desk:
        await desk.cards.repost(desk.tx, moved, old, new.id)
    await at_work.quiet()
    assert at_work.texts(new) == ["three seats in en"]
    assert len(at_work.telegram.pins(new)) == 1
    assert [chat for chat, _ in await where(at_work)] == [new.id]
    assert await where(at_work, "2") == []


async def test_of_a_message_that_is_adopted_only_the_buttons_change(at_work: Office) -> None:
    async with at_work.turn() as desk:
        desk.effects.put(fx.SendMessage(at_work.chat.id, "Read this", ((fx.Key("three seats", "ev.join:7:1"),),)))
    await at_work.quiet()
    message = at_work.chat.live()[-1]
    async with at_work.turn() as desk:
        desk.cards.adopt("buttons", "1", at_work.group, at_work.chat.id, MessageId(message.message_id))
    await at_work.quiet()
    assert at_work.calls("editMessageReplyMarkup") == []
    before = at_work.renderings
    async with at_work.turn() as desk:
        for seats in range(20):
            at_work.looks["1"] = f"{seats} seats"
            desk.cards.changed("buttons", "1")
    await at_work.quiet()
    assert at_work.renderings == before + 1
    assert len(at_work.calls("editMessageReplyMarkup")) == 1
    assert (message.text, message.labels()) == ("Read this", ["19 seats"])
    async with at_work.turn() as desk:
        await desk.cards.repost(desk.tx, at_work.group, at_work.chat.id, at_work.chat.id)
    await at_work.quiet()
    assert at_work.texts() == ["Read this"]
    async with at_work.turn() as desk:
        assert await count(desk) == 0


async def test_live_cards_follow_the_language_of_their_group(at_work: Office) -> None:
    at_work.looks["2"] = "all over"
    at_work.live.add("1")
    await post(at_work)
    await post(at_work, "2")
    await at_work.quiet()
    changed = at_work.groups[at_work.group.id] = replace(at_work.group, locale="zh_Hans")
    for _ in range(2):
        async with at_work.turn() as desk:
            await desk.cards.group_changed(changed)
        await at_work.quiet()
    assert at_work.texts() == ["three seats in zh_Hans", "all over in en"]
    assert len(at_work.calls("editMessageText")) == 1


async def test_a_command_that_changes_a_card_costs_few_statements(at_work: Office) -> None:
    await post(at_work)
    await at_work.quiet()
    at_work.looks["1"] = "two seats"
    async with at_work.turn() as desk:
        desk.effects.put(fx.AnswerCallback("1", "Joined"))
        desk.cards.changed("event", "1")
    assert desk.tx.statements <= 4
