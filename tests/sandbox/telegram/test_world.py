"""The world itself: joining, migrating, forums, channels, and keeping it all."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from telegram.error import ChatMigrated

from bot.kernel.clock import MovableClock
from bot.sandbox.telegram import Refused, Telegram
from tests.sandbox.telegram.scene import NOON, Scene, connected, refused


async def test_a_group_that_becomes_a_supergroup_tells_both_ids(on: Scene) -> None:
    small = on.tg.add_group("Small", owner=on.olga, members=[on.mei], supergroup=False)
    on.tg.add_bot_to(small, on.bot, by=on.olga, administrator=True)
    on.mei.send(small, "one")
    on.updates()
    large = on.tg.migrate(small)
    old, new = (u["message"] for u in on.updates())
    assert (old["chat"]["id"], old["migrate_to_chat_id"]) == (small.id, large.id)
    assert (new["chat"]["id"], new["migrate_from_chat_id"]) == (large.id, small.id)
    with pytest.raises(ChatMigrated) as caught:
        await on.ptb.send_message(small.id, "too late")
    assert caught.value.new_chat_id == large.id
    assert (await on.ptb.send_message(large.id, "here")).message_id == 2
    assert on.tg.member(large, on.bot)["status"] == "administrator"
    assert large.member_count == 3
    with pytest.raises(Refused, match="became a supergroup"):
        on.mei.send(small, "anybody?")
    with pytest.raises(Refused, match="Only a basic group"):
        on.tg.migrate(large)


async def test_forum_topics(on: Scene) -> None:
    forum = on.tg.add_group("Forum", owner=on.olga, members=[on.mei], forum=True)
    on.tg.add_bot_to(forum, on.bot, by=on.olga, administrator=True)
    topic = await on.ptb.create_forum_topic(forum.id, "Rules")
    thread = topic.message_thread_id
    on.updates()
    on.mei.send(forum, "in general")
    on.mei.send(forum, "in the topic", thread_id=thread)
    general, inside = (u["message"] for u in on.updates())
    assert "message_thread_id" not in general
    assert (inside["message_thread_id"], inside["is_topic_message"]) == (thread, True)
    assert inside["reply_to_message"]["forum_topic_created"]["name"] == "Rules"
    sent = await on.ptb.send_message(forum.id, "here", message_thread_id=thread)
    assert sent.message_thread_id == thread
    await on.ptb.close_forum_topic(forum.id, thread)
    with pytest.raises(Refused, match="closed"):
        on.mei.send(forum, "too late", thread_id=thread)
    assert (await on.ptb.send_message(forum.id, "I may", message_thread_id=thread)).message_thread_id == thread
    on.tg.set_bot_status(forum, on.bot, "administrator", {"can_delete_messages": True})
    forum.topics[thread].creator = on.olga.id
    async with refused("TOPIC_CLOSED"):
        await on.ptb.send_message(forum.id, "I may not", message_thread_id=thread)
    await on.ptb.delete_forum_topic(forum.id, thread)
    assert [m.text for m in on.tg.messages(forum) if m.text] == ["in general"]
    async with refused("message thread not found"):
        await on.ptb.send_message(forum.id, "gone", message_thread_id=thread)
    async with refused("the chat is not a forum"):
        await on.ptb.create_forum_topic(on.group.id, "Rules")


async def test_join_requests(on: Scene) -> None:
    lin, kim = on.tg.add_user("Lin"), on.tg.add_user("Kim")
    link = await on.ptb.create_chat_invite_link(on.group.id, name="Fair", creates_join_request=True)
    lin.join(on.group, link.invite_link)
    kim.request_to_join(on.group)
    first, second = (u["chat_join_request"] for u in on.updates())
    assert (first["from"]["id"], first["invite_link"]["name"]) == (lin.id, "Fair")
    assert "invite_link" not in second
    assert await on.ptb.approve_chat_join_request(on.group.id, lin.id)
    updates = on.updates()
    (change,) = [u["chat_member"] for u in updates if "chat_member" in u]
    assert change["via_join_request"] is True
    assert change["invite_link"]["name"] == "Fair"
    assert [u["message"]["new_chat_members"][0]["id"] for u in updates if "message" in u] == [lin.id]
    async with refused("USER_ALREADY_PARTICIPANT"):
        await on.ptb.approve_chat_join_request(on.group.id, lin.id)
    assert await on.ptb.decline_chat_join_request(on.group.id, kim.id)
    async with refused("HIDE_REQUESTER_MISSING"):
        await on.ptb.approve_chat_join_request(on.group.id, kim.id)
    on.mei.leave(on.group)
    on.mei.request_to_join(on.group)
    on.olga.decide(on.group, on.mei)
    assert on.tg.member(on.group, on.mei)["status"] == "member"


async def test_invite_links_run_out(on: Scene) -> None:
    link = await on.ptb.create_chat_invite_link(on.group.id, member_limit=1, expire_date=on.at(3600))
    late = await on.ptb.create_chat_invite_link(on.group.id, expire_date=on.at(60))
    people = [on.tg.add_user(name) for name in ("Lin", "Kim", "Ann", "Bo")]
    people[0].join(on.group, link.invite_link)
    assert on.updates()[0]["chat_member"]["invite_link"]["member_limit"] == 1
    with pytest.raises(Refused, match="expired"):
        people[1].join(on.group, link.invite_link)
    on.advance(seconds=61)
    with pytest.raises(Refused, match="expired"):
        people[2].join(on.group, late.invite_link)
    primary = await on.ptb.export_chat_invite_link(on.group.id)
    assert (await on.ptb.get_chat(on.group.id)).invite_link == primary
    await on.ptb.export_chat_invite_link(on.group.id)
    with pytest.raises(Refused, match="expired"):
        people[3].join(on.group, primary)


async def test_people_come_and_go(on: Scene) -> None:
    lin = on.tg.add_user("Lin")
    on.mei.add(on.group, lin)
    change, message = on.updates()
    assert change["chat_member"]["from"]["id"] == on.mei.id
    assert message["message"]["from"]["id"] == on.mei.id
    assert await on.ptb.get_chat_member_count(on.group.id) == 5
    lin.leave(on.group)
    assert on.kinds() == ["message", "chat_member"]
    on.olga.kick(on.group, on.tom)
    with pytest.raises(Refused, match="banned"):
        on.tom.join(on.group)
    with pytest.raises(Refused, match="banned"):
        on.mei.add(on.group, on.tom)
    on.olga.unban(on.group, on.tom)
    on.tom.join(on.group)
    with pytest.raises(Refused, match="already in"):
        on.tom.join(on.group)
    assert on.group.member_count == 4


async def test_a_bot_added_as_administrator_is_told_once(on: Scene) -> None:
    other = on.tg.add_group("Others", owner=on.olga)
    on.tg.add_bot_to(other, on.bot, by=on.olga, administrator=True)
    change, message = on.updates()
    states = change["my_chat_member"]
    assert (states["old_chat_member"]["status"], states["new_chat_member"]["status"]) == ("left", "administrator")
    assert message["message"]["new_chat_members"][0]["id"] == on.bot.id
    on.tg.set_bot_status(other, on.bot, "member")
    assert on.updates()[0]["my_chat_member"]["new_chat_member"]["status"] == "member"


async def test_a_linked_channels_post_comes_into_the_group(on: Scene) -> None:
    channel = on.tg.add_channel("News", on.olga, linked=on.group)
    assert (await on.ptb.get_chat(on.group.id)).linked_chat_id == channel.id
    on.olga.send(channel, "read this")
    message = on.updates()[-1]["message"]
    assert message["is_automatic_forward"] is True
    assert message["from"]["id"] == 777000
    assert message["sender_chat"]["id"] == message["forward_origin"]["chat"]["id"] == channel.id
    on.tg.add_bot_to(channel, on.bot, by=on.olga)
    on.olga.send(channel, "and this")
    assert [k for k in on.kinds() if k != "my_chat_member"] == ["channel_post", "message"]
    assert (await on.ptb.send_message(channel.id, "by the bot")).sender_chat is not None
    with pytest.raises(Refused, match="not in News"):
        on.mei.send(channel, "me too")


async def test_ids_rise_by_chat_and_by_bot(on: Scene) -> None:
    other = on.tg.add_group("Others", owner=on.olga)
    first = other.next_message_id
    assert first == 1
    assert [on.olga.send(other, "x").message_id for _ in range(3)] == [1, 2, 3]
    on.mei.send(on.group, "x")
    on.mei.send(on.group, "y")
    one, two = on.updates()
    assert two["update_id"] == one["update_id"] + 1


async def test_people_type_mentions(on: Scene) -> None:
    message = on.mei.send(on.group, f"😀 /warn@qunguan_bot [Tom S](tg://user?id={on.tom.id}) @olga_h spam #no")
    assert message.text == "😀 /warn@qunguan_bot Tom S @olga_h spam #no"
    entities = on.updates()[0]["message"]["entities"]
    assert [(e["type"], e["offset"], e["length"]) for e in entities] == [
        ("bot_command", 3, 17),
        ("text_mention", 21, 5),
        ("mention", 27, 7),
        ("hashtag", 40, 3),
    ]
    assert entities[1]["user"]["id"] == on.tom.id


async def test_edits_by_people(on: Scene) -> None:
    message = on.mei.send(on.group, "one")
    on.mei.edit(message, "two")
    edited = on.updates()[-1]["edited_message"]
    assert (edited["text"], edited["edit_date"]) == ("two", on.at())
    on.advance(days=3)
    with pytest.raises(Refused, match="48 hours"):
        on.mei.edit(message, "three")


async def test_waiting_for_the_world(on: Scene) -> None:
    async def later() -> None:
        await asyncio.sleep(0.02)
        on.mei.send(on.group, "at last")

    task = asyncio.create_task(later())
    found = await on.tg.until(lambda: [m for m in on.tg.messages(on.group) if m.text == "at last"])
    assert len(found) == 1
    await task
    with pytest.raises(TimeoutError, match=r"Mei: 'at last'"):
        await on.tg.until(lambda: False, timeout=0.01)
    version = on.tg.version
    assert await on.tg.changed(version, 0.01) == version
    on.advance(seconds=1)
    assert await on.tg.changed(version, 1) > version


async def test_a_world_is_saved_loaded_and_reset(on: Scene, tmp_path: Path) -> None:
    on.mei.send(on.group, "remember \ud83d me")
    photo = on.mei.send_file(on.group, "photo", caption="and this")
    await on.ptb.pin_chat_message(on.group.id, photo.message_id)
    on.olga.restrict(on.group, on.tom, {}, on.at(600))
    on.mei.start(on.bot)
    on.tg.save(tmp_path / "world.json")
    async with Telegram(MovableClock(NOON)) as tg:
        tg.load(tmp_path / "world.json")
        assert tg.world.state == on.tg.world.state
        async with connected(tg, tg.world.state.bots[on.bot.id]) as ptb:
            file = await ptb.get_file(photo["photo"][-1]["file_id"])
            assert bytes(await file.download_as_bytearray())[:4] == b"\x89PNG"
            assert len(await ptb.get_updates()) == len(on.bot.queue)
        tg.actor(on.mei.id).send(on.group.id, "on we go")
        assert tg.messages(on.group.id)[-1].text == "on we go"
    on.tg.reset()
    assert on.tg.world.state.chats == {}
    assert on.tg.add_bot("qunguan_bot").token == on.bot.token


async def test_a_small_world_tells_what_is_missing(on: Scene) -> None:
    for find in (lambda: on.tg.actor(1), lambda: on.tg.actor(on.bot.id), lambda: on.tg.chat(-1)):
        with pytest.raises(Refused):
            find()
    with pytest.raises(ValueError, match="taken"):
        on.tg.add_user("Another Tom", username="TOM_S")


async def test_reactions_in_a_channel_are_counted_without_names(on: Scene) -> None:
    channel = on.tg.add_channel("News", on.olga)
    on.tg.add_bot_to(channel, on.bot, by=on.olga)
    post = on.olga.send(channel, "read this")
    on.mei.join(channel)
    on.updates()
    on.mei.react(post, "👍")
    (update,) = await on.ask()
    assert update.message_reaction_count is not None
    assert update.message_reaction_count.reactions[0].total_count == 1
