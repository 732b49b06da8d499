"""Rights, checked one by one, for the bot and for people."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest
from telegram import ChatPermissions, InlineKeyboardButton, InlineKeyboardMarkup

from bot.sandbox.telegram import Refused
from bot.sandbox.telegram.rights import PERMISSIONS, RIGHTS
from tests.sandbox.telegram.scene import Scene, refused, scene


async def _written(on: Scene) -> int:
    return on.mei.send(on.group, "typed by Mei").message_id


async def _delete(on: Scene) -> object:
    return await on.ptb.delete_message(on.group.id, await _written(on))


async def _pin(on: Scene) -> object:
    return await on.ptb.pin_chat_message(on.group.id, await _written(on))


async def _approve(on: Scene) -> object:
    lin = on.tg.add_user("Lin")
    lin.request_to_join(on.group)
    return await on.ptb.approve_chat_join_request(on.group.id, lin.id)


async def _topic(on: Scene) -> object:
    on.group.is_forum = True
    return await on.ptb.create_forum_topic(on.group.id, "Rules")


RIGHT_NEEDED: dict[str, tuple[str, Callable[[Scene], Awaitable[object]], str]] = {
    "delete": ("can_delete_messages", _delete, "message can't be deleted"),
    "restrict": (
        "can_restrict_members",
        lambda on: on.ptb.restrict_chat_member(on.group.id, on.mei.id, ChatPermissions.no_permissions()),
        "not enough rights to restrict",
    ),
    "ban": (
        "can_restrict_members",
        lambda on: on.ptb.ban_chat_member(on.group.id, on.mei.id),
        "not enough rights to restrict",
    ),
    "unban": (
        "can_restrict_members",
        lambda on: on.ptb.unban_chat_member(on.group.id, on.mei.id),
        "not enough rights to restrict",
    ),
    "permissions": (
        "can_restrict_members",
        lambda on: on.ptb.set_chat_permissions(on.group.id, ChatPermissions.no_permissions()),
        "not enough rights to change chat permissions",
    ),
    "pin": ("can_pin_messages", _pin, "not enough rights to manage pinned messages"),
    "invite": (
        "can_invite_users",
        lambda on: on.ptb.create_chat_invite_link(on.group.id),
        "not enough rights to manage chat invite link",
    ),
    "approve": ("can_invite_users", _approve, "not enough rights"),
    "promote": (
        "can_promote_members",
        lambda on: on.ptb.promote_chat_member(on.group.id, on.mei.id, can_manage_chat=True),
        "not enough rights",
    ),
    "title": (
        "can_change_info",
        lambda on: on.ptb.set_chat_title(on.group.id, "Walkers"),
        "not enough rights to change chat title",
    ),
    "tag": (
        "can_manage_tags",
        lambda on: on.ptb.set_chat_member_tag(on.group.id, on.mei.id, tag="Mei"),
        "not enough rights",
    ),
    "topic": ("can_manage_topics", _topic, "not enough rights to create a topic"),
}


@pytest.mark.parametrize("act", RIGHT_NEEDED)
async def test_each_act_needs_its_right_and_no_other(act: str) -> None:
    right, perform, text = RIGHT_NEEDED[act]
    async with scene(rights=dict.fromkeys(RIGHTS, True) | {right: False}) as on, refused(text):
        await perform(on)
    async with scene(rights={right: True, "can_manage_chat": True}) as on:
        assert await perform(on)


MEDIA = {
    "can_send_messages": lambda on: on.ptb.send_message(on.group.id, "x"),
    "can_send_photos": lambda on: on.ptb.send_photo(on.group.id, b"x"),
    "can_send_videos": lambda on: on.ptb.send_video(on.group.id, b"x"),
    "can_send_documents": lambda on: on.ptb.send_document(on.group.id, b"x"),
    "can_send_audios": lambda on: on.ptb.send_audio(on.group.id, b"x"),
    "can_send_voice_notes": lambda on: on.ptb.send_voice(on.group.id, b"x"),
    "can_send_video_notes": lambda on: on.ptb.send_video_note(on.group.id, b"x"),
    "can_send_other_messages": lambda on: on.ptb.send_sticker(on.group.id, b"x"),
    "can_send_polls": lambda on: on.ptb.send_poll(on.group.id, "q", ["a", "b"]),
}
PEOPLE = {
    "can_send_messages": None,
    "can_send_photos": "photo",
    "can_send_videos": "video",
    "can_send_documents": "document",
    "can_send_audios": "audio",
    "can_send_voice_notes": "voice",
    "can_send_video_notes": "video_note",
    "can_send_other_messages": "sticker",
}


@pytest.mark.parametrize("permission", MEDIA)
async def test_each_kind_of_content_needs_its_permission(permission: str) -> None:
    async with scene(administrator=False) as on:
        on.olga.set_permissions(on.group, dict.fromkeys(PERMISSIONS, True) | {permission: False})
        async with refused("not enough rights to send"):
            await MEDIA[permission](on)
        on.olga.set_permissions(on.group, {permission: True})
        assert await MEDIA[permission](on)
        on.olga.set_permissions(on.group, {})
        on.olga.promote(on.group, on.bot, {"can_manage_chat": True})
        assert await MEDIA[permission](on)


@pytest.mark.parametrize("permission", PEOPLE)
async def test_a_restricted_persons_message_is_refused(on: Scene, permission: str) -> None:
    kind = PEOPLE[permission]

    def speak() -> object:
        return on.mei.send_file(on.group, kind) if kind else on.mei.send(on.group, "x")

    on.olga.restrict(on.group, on.mei, dict.fromkeys(PERMISSIONS, True) | {permission: False}, on.at(600))
    with pytest.raises(Refused, match=r"Mei may not send .* in Hikers \(restricted until"):
        speak()
    on.advance(seconds=601)
    assert speak()


async def test_owner_and_administrators_are_out_of_reach(on: Scene) -> None:
    ptb, group, olga, mei = on.ptb, on.group.id, on.olga.id, on.mei.id
    on.olga.promote(on.group, on.mei)
    for user, text in ((olga, "can't remove chat owner"), (mei, "user is an administrator of the chat")):
        async with refused(text):
            await ptb.restrict_chat_member(group, user, ChatPermissions.no_permissions())
        async with refused(text):
            await ptb.ban_chat_member(group, user)
    async with refused("CHAT_ADMIN_REQUIRED"):
        await ptb.promote_chat_member(group, mei, can_pin_messages=False)
    async with refused("can't restrict self"):
        await ptb.ban_chat_member(group, on.bot.id)
    on.olga.demote(on.group, on.mei)
    assert await ptb.promote_chat_member(group, mei, can_pin_messages=True)
    async with refused("user is an administrator"):
        await ptb.set_chat_member_tag(group, mei, tag="x")
    assert await ptb.ban_chat_member(group, mei)  # its own appointee it may remove


async def test_nobody_grants_what_they_do_not_have() -> None:
    async with scene(rights={"can_promote_members": True, "can_pin_messages": True}) as on:
        async with refused("RIGHT_FORBIDDEN"):
            await on.ptb.promote_chat_member(on.group.id, on.mei.id, can_restrict_members=True)
        assert await on.ptb.promote_chat_member(on.group.id, on.mei.id, can_pin_messages=True)
        on.olga.promote(on.group, on.tom, {"can_promote_members": True})
        with pytest.raises(Refused, match="Nobody can grant"):
            on.tom.promote(on.group, on.tg.actor(_lin(on)), {"can_restrict_members": True})


def _lin(on: Scene) -> int:
    lin = on.tg.add_user("Lin")
    lin.join(on.group)
    return lin.id


async def test_administrators_are_listed_with_the_bot_itself(on: Scene) -> None:
    rival = on.tg.add_bot("another_bot")
    on.tg.add_bot_to(on.group, rival, by=on.olga, administrator=True)
    on.olga.promote(on.group, on.mei, title="Guide")
    listed = await on.ptb.get_chat_administrators(on.group.id)
    assert {m.user.id for m in listed} == {on.olga.id, on.mei.id, on.bot.id}
    assert listed[0].status == "creator"
    everybody = await on.ptb.get_chat_administrators(on.group.id, return_bots=True)
    assert rival.id in {m.user.id for m in everybody}
    on.mei.start(on.bot)
    async with refused("there are no administrators in the private chat"):
        await on.ptb.get_chat_administrators(on.mei.id)


@pytest.mark.parametrize(
    ("seconds", "forever"), [(29, True), (31, False), (365 * 86400, False), (367 * 86400, True), (-10, True)]
)
async def test_until_date_is_for_ever_when_too_near_or_too_far(on: Scene, seconds: int, forever: bool) -> None:
    until = on.at(seconds)
    await on.ptb.restrict_chat_member(on.group.id, on.mei.id, ChatPermissions.no_permissions(), until_date=until)
    assert on.tg.member(on.group, on.mei)["until_date"] == (0 if forever else until)
    await on.ptb.ban_chat_member(on.group.id, on.tom.id, until_date=until)
    assert on.tg.member(on.group, on.tom)["until_date"] == (0 if forever else until)


async def test_bans_and_restrictions_end_by_the_clock(on: Scene) -> None:
    await on.ptb.restrict_chat_member(on.group.id, on.mei.id, ChatPermissions.no_permissions(), until_date=on.at(60))
    await on.ptb.ban_chat_member(on.group.id, on.tom.id, until_date=on.at(60))
    with pytest.raises(Refused, match="banned"):
        on.tom.join(on.group)
    assert (await on.ptb.get_chat_member(on.group.id, on.mei.id)).status == "restricted"
    on.advance(seconds=61)
    assert (await on.ptb.get_chat_member(on.group.id, on.mei.id)).status == "member"
    assert (await on.ptb.get_chat_member(on.group.id, on.tom.id)).status == "left"
    on.tom.join(on.group)


async def test_only_all_permissions_lift_a_restriction(on: Scene) -> None:
    ptb, group, mei = on.ptb, on.group.id, on.mei.id
    await ptb.restrict_chat_member(group, mei, ChatPermissions(can_send_messages=False))
    own = (await ptb.get_chat(group)).permissions
    assert own is not None
    await ptb.restrict_chat_member(group, mei, own, use_independent_chat_permissions=True)
    assert on.tg.member(on.group, on.mei)["status"] == "restricted"
    await ptb.restrict_chat_member(group, mei, ChatPermissions.all_permissions(), use_independent_chat_permissions=True)
    assert on.tg.member(on.group, on.mei)["status"] == "member"


async def test_permissions_imply_others_unless_they_are_independent(on: Scene) -> None:
    polls = ChatPermissions(can_send_polls=True)
    await on.ptb.restrict_chat_member(on.group.id, on.mei.id, polls)
    assert on.tg.member(on.group, on.mei)["can_send_messages"] is True
    await on.ptb.restrict_chat_member(on.group.id, on.mei.id, polls, use_independent_chat_permissions=True)
    assert on.tg.member(on.group, on.mei)["can_send_messages"] is False
    links = ChatPermissions(can_add_web_page_previews=True)
    await on.ptb.restrict_chat_member(on.group.id, on.mei.id, links)
    assert on.tg.member(on.group, on.mei)["can_send_photos"] is True


async def test_who_was_restricted_stays_so_after_leaving_and_coming_back(on: Scene) -> None:
    on.olga.restrict(on.group, on.mei)
    on.mei.leave(on.group)
    assert on.tg.member(on.group, on.mei)["is_member"] is False
    on.mei.join(on.group)
    with pytest.raises(Refused):
        on.mei.send(on.group, "am I free?")


async def test_a_basic_group_knows_neither_restrictions_nor_promotions_by_bots(on: Scene) -> None:
    basic = on.tg.add_group("Small", owner=on.olga, members=[on.mei], supergroup=False)
    on.tg.add_bot_to(basic, on.bot, by=on.olga, administrator=True)
    async with refused("method is available only for supergroups"):
        await on.ptb.restrict_chat_member(basic.id, on.mei.id, ChatPermissions.no_permissions())
    async with refused("method is available for supergroup and channel chats only"):
        await on.ptb.promote_chat_member(basic.id, on.mei.id, can_pin_messages=True)
    async with refused("method is available for supergroup and channel chats only"):
        await on.ptb.unban_chat_member(basic.id, on.mei.id)
    assert await on.ptb.ban_chat_member(basic.id, on.mei.id)
    assert on.tg.member(basic, on.mei)["status"] == "left"


async def test_people_need_rights_too(on: Scene) -> None:
    on.olga.set_permissions(on.group, {"can_send_messages": True, "can_react_to_messages": False})
    message = on.olga.send(on.group, "mine")
    lin = on.tg.add_user("Lin")
    for act in (
        lambda: on.mei.delete(message),
        lambda: on.mei.pin(message),
        lambda: on.mei.kick(on.group, on.tom),
        lambda: on.mei.restrict(on.group, on.tom),
        lambda: on.mei.promote(on.group, on.tom),
        lambda: on.mei.add(on.group, lin),
        lambda: on.mei.set_title(on.group, "Ours"),
        lambda: on.mei.react(message, "👍"),
        lambda: on.mei.edit(message, "yours"),
        lambda: on.mei.send(on.group, "as the group", anonymous=True),
        lambda: on.mei.send_poll(on.group, "q", ["a", "b"]),
        lambda: lin.send(on.group, "from outside"),
        lambda: on.olga.kick(on.group, on.olga),
    ):
        with pytest.raises(Refused):
            act()
    on.olga.promote(on.group, on.mei)
    on.mei.delete(message)
    on.mei.kick(on.group, on.tom)
    with pytest.raises(Refused, match="is not in Hikers"):
        on.tom.send(on.group, "still here?")


async def test_removed_bots_are_told_so(on: Scene) -> None:
    group = on.group.id
    on.olga.kick(on.group, on.bot)
    async with refused("bot was kicked from the supergroup chat"):
        await on.ptb.send_message(group, "x")
    (update,) = [u["my_chat_member"] for u in on.updates() if "my_chat_member" in u]
    assert update["new_chat_member"]["status"] == "kicked"
    on.tg.set_bot_status(on.group, on.bot, "member")
    await on.ptb.leave_chat(group)
    async with refused("bot is not a member of the supergroup chat"):
        await on.ptb.get_chat(group)
    async with refused("chat not found"):
        await on.ptb.get_chat(on.tg.add_group("Elsewhere", owner=on.olga).id)


async def test_channels_that_speak_in_a_group_can_be_banned(on: Scene) -> None:
    channel = on.tg.add_channel("Ads", on.mei)
    with pytest.raises(Refused, match="Only its owner"):
        on.tom.send(on.group, "buy", as_chat=channel)
    message = on.mei.send(on.group, "buy", as_chat=channel)
    update = on.updates()[-1]["message"]
    assert (update["sender_chat"]["id"], update["from"]["username"]) == (channel.id, "Channel_Bot")
    assert message.author == on.mei.id
    assert await on.ptb.ban_chat_sender_chat(on.group.id, channel.id)
    with pytest.raises(Refused, match="Ads is banned"):
        on.mei.send(on.group, "buy", as_chat=channel)
    with pytest.raises(Refused, match="More is banned"):
        on.mei.send(on.group, "buy", as_chat=on.tg.add_channel("More", on.mei))
    on.tom.send(on.group, "news", as_chat=on.tg.add_channel("News", on.tom))
    on.mei.send(on.group, "under my own name")
    assert await on.ptb.unban_chat_sender_chat(on.group.id, channel.id)
    on.mei.send(on.group, "buy", as_chat=channel)


async def test_anonymous_administrators_show_the_group(on: Scene) -> None:
    on.olga.promote(on.group, on.mei, is_anonymous=True, title="Guide")
    on.updates()
    on.mei.send(on.group, "who am I")
    message = on.updates()[-1]["message"]
    assert message["sender_chat"]["id"] == on.group.id
    assert message["from"]["username"] == "GroupAnonymousBot"
    assert message["author_signature"] == "Guide"
    card = await on.ptb.send_message(on.group.id, "x", reply_markup=_button())
    on.mei.tap(card.message_id, "Go", chat=on.group)
    assert on.updates()[-1]["callback_query"]["from"]["id"] == on.mei.id


def _button() -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton("Go", callback_data="go")]])
