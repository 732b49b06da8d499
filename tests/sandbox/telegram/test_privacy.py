"""Which messages reach a bot."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.sandbox.telegram.scene import Scene, scene


@pytest.fixture
async def private() -> AsyncIterator[Scene]:
    """A bot with privacy mode that is no administrator."""
    async with scene(administrator=False) as found:
        yield found


async def test_with_privacy_a_member_bot_gets_only_what_is_meant_for_it(private: Scene) -> None:
    on = private
    mine = await on.ptb.send_message(on.group.id, "I am here")
    other = on.mei.send(on.group, "chatter")
    on.tom.send(on.group, "an answer to Mei", reply_to=other)
    on.tom.send(on.group, "an answer to the bot", reply_to=mine.message_id)
    on.tom.send(on.group, "/help")
    on.tom.send(on.group, "/help@qunguan_bot me")
    on.tom.send(on.group, "/help@another_bot me")
    on.tom.send(on.group, "hey @Qunguan_Bot!")
    on.tom.send(on.group, "hey @qunguan_bots")
    on.tom.send(on.group, f"hey [you](tg://user?id={on.bot.id})")
    on.tom.send(on.bot, "in private")
    assert on.texts() == [
        "an answer to the bot",
        "/help",
        "/help@qunguan_bot me",
        "hey @Qunguan_Bot!",
        "hey you",
        "in private",
    ]


async def test_a_bare_command_is_for_the_bot_that_spoke_last(private: Scene) -> None:
    on = private
    rival = on.tg.add_bot("another_bot", "Another")
    on.tg.add_bot_to(on.group, rival, by=on.olga)
    await on.ptb.send_message(on.group.id, "me last")
    on.updates()
    on.tg.take_updates(rival)
    on.mei.send(on.group, "/help")
    on.mei.send(on.group, "/help@another_bot")
    assert on.texts() == ["/help"]
    assert [u["message"]["text"] for u in on.tg.take_updates(rival)] == ["/help@another_bot"]


async def test_service_messages_always_arrive(private: Scene) -> None:
    on = private
    on.tg.add_user("Lin").join(on.group)
    on.tom.leave(on.group)
    on.olga.set_title(on.group, "Walkers")
    on.olga.pin(on.mei.send(on.group, "pin me"))
    assert on.kinds() == ["message"] * 4


async def test_an_administrator_and_a_bot_without_privacy_get_everything(private: Scene) -> None:
    on = private
    assert (await on.ptb.get_me()).can_read_all_group_messages is False
    on.bot.privacy = False
    assert (await on.ptb.get_me()).can_read_all_group_messages is True
    on.mei.send(on.group, "chatter")
    assert on.texts() == ["chatter"]
    on.bot.privacy = True
    on.olga.promote(on.group, on.bot)
    on.updates()
    on.mei.send(on.group, "chatter")
    assert on.texts() == ["chatter"]


async def test_a_bot_never_gets_its_own_messages_nor_another_bots(on: Scene) -> None:
    rival = on.tg.add_bot("another_bot", "Another")
    on.tg.add_bot_to(on.group, rival, by=on.olga, administrator=True)
    on.updates()
    on.tg.take_updates(rival)
    mine = await on.ptb.send_message(on.group.id, "mine")
    await on.ptb.edit_message_text("mine, edited", on.group.id, mine.message_id)
    assert on.updates() == []
    assert on.tg.take_updates(rival) == []


async def test_a_bot_gets_its_own_pin_title_and_member_service_messages(on: Scene) -> None:
    mine = await on.ptb.send_message(on.group.id, "mine")
    await on.ptb.pin_chat_message(on.group.id, mine.message_id)
    await on.ptb.set_chat_title(on.group.id, "Walkers")
    await on.ptb.ban_chat_member(on.group.id, on.mei.id)
    pin, title, gone = (u["message"] for u in on.updates() if "message" in u)
    assert pin["pinned_message"]["text"] == "mine"
    assert title["new_chat_title"] == "Walkers"
    assert gone["left_chat_member"]["id"] == on.mei.id
    assert {m["from"]["id"] for m in (pin, title, gone)} == {on.bot.id}


async def test_member_updates_go_to_administrators_and_to_whom_they_concern(private: Scene) -> None:
    on = private
    on.olga.restrict(on.group, on.mei)
    assert on.kinds() == []
    on.olga.promote(on.group, on.bot)
    on.olga.kick(on.group, on.mei)
    found = on.updates()
    (mine,) = [u["my_chat_member"] for u in found if "my_chat_member" in u]
    assert (mine["old_chat_member"]["status"], mine["new_chat_member"]["status"]) == ("member", "administrator")
    (hers,) = [u["chat_member"] for u in found if "chat_member" in u]
    assert (hers["old_chat_member"]["status"], hers["new_chat_member"]["status"]) == ("restricted", "kicked")
    assert hers["from"]["id"] == on.olga.id


async def test_a_reply_shows_its_original_but_not_the_originals_original(on: Scene) -> None:
    one = on.mei.send(on.group, "one")
    two = on.tom.send(on.group, "two", reply_to=one)
    on.mei.send(on.group, "three", reply_to=two)
    last = on.updates()[-1]["message"]
    assert last["reply_to_message"]["text"] == "two"
    assert "reply_to_message" not in last["reply_to_message"]
