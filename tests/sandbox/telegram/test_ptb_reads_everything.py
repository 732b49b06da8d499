"""Every answer and update is read by PTB's own classes with nothing left over."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest
from telegram import (
    BotCommand,
    BotCommandScopeChat,
    ChatAdministratorRights,
    ChatPermissions,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaDocument,
    InputMediaPhoto,
    MenuButtonCommands,
    ReplyKeyboardMarkup,
    ReplyParameters,
)

from tests.sandbox.telegram.scene import Scene, leftovers

KEYBOARD = InlineKeyboardMarkup(
    [[InlineKeyboardButton("Join", callback_data="j:1"), InlineKeyboardButton("Map", url="https://example.org")]]
)


async def link(on: Scene) -> str:
    return (await on.ptb.create_chat_invite_link(on.group.id, name="Fair", member_limit=3)).invite_link


async def first(on: Scene) -> int:
    return (await on.ptb.send_message(on.group.id, "hello", reply_markup=KEYBOARD)).message_id


async def picture(on: Scene) -> int:
    return (await on.ptb.send_photo(on.group.id, b"one", caption="a picture")).message_id


async def poll(on: Scene) -> int:
    sent = await on.ptb.send_poll(on.group.id, "When?", ["Sat", "Sun"], is_anonymous=False)
    assert leftovers(sent) == []
    return sent.message_id


async def written(on: Scene) -> int:
    return on.mei.send(on.group, "typed by Mei").message_id


async def _reply(on: Scene) -> object:
    return await on.ptb.send_message(
        on.group.id, "indeed", reply_parameters=ReplyParameters(await written(on), quote="typed")
    )


async def _copy(on: Scene) -> object:
    return await on.ptb.copy_message(on.group.id, on.group.id, await picture(on), caption="again")


async def _copies(on: Scene) -> object:
    return await on.ptb.copy_messages(on.group.id, on.group.id, [await first(on), await written(on)])


async def _forward(on: Scene) -> object:
    return await on.ptb.forward_message(on.group.id, on.group.id, await written(on))


async def _forwards(on: Scene) -> object:
    return await on.ptb.forward_messages(on.group.id, on.group.id, [await first(on), await written(on)])


async def _edit_text(on: Scene) -> object:
    return await on.ptb.edit_message_text("bye", on.group.id, await first(on))


async def _edit_caption(on: Scene) -> object:
    return await on.ptb.edit_message_caption(on.group.id, await picture(on), caption="new")


async def _edit_media(on: Scene) -> object:
    return await on.ptb.edit_message_media(InputMediaPhoto(b"other", caption="y"), on.group.id, await picture(on))


async def _edit_markup(on: Scene) -> object:
    return await on.ptb.edit_message_reply_markup(on.group.id, await first(on))


async def _stop_poll(on: Scene) -> object:
    return await on.ptb.stop_poll(on.group.id, await poll(on))


async def _delete(on: Scene) -> object:
    return await on.ptb.delete_message(on.group.id, await written(on))


async def _react(on: Scene) -> object:
    return await on.ptb.set_message_reaction(on.group.id, await written(on), "👍")


async def _pin(on: Scene) -> object:
    return await on.ptb.pin_chat_message(on.group.id, await written(on))


async def _get_chat(on: Scene) -> object:
    await on.ptb.pin_chat_message(on.group.id, await first(on))
    await on.ptb.export_chat_invite_link(on.group.id)
    return await on.ptb.get_chat(on.group.id)


async def _get_private(on: Scene) -> object:
    on.mei.start(on.bot)
    return await on.ptb.get_chat(on.mei.id)


async def _restricted(on: Scene) -> object:
    await on.ptb.restrict_chat_member(on.group.id, on.mei.id, ChatPermissions.no_permissions(), until_date=on.at(3600))
    return await on.ptb.get_chat_member(on.group.id, on.mei.id)


async def _kicked(on: Scene) -> object:
    await on.ptb.ban_chat_member(on.group.id, on.mei.id)
    return await on.ptb.get_chat_member(on.group.id, on.mei.id)


async def _custom_title(on: Scene) -> object:
    await on.ptb.promote_chat_member(on.group.id, on.mei.id, can_pin_messages=True)
    await on.ptb.set_chat_administrator_custom_title(on.group.id, on.mei.id, "Guide")
    return await on.ptb.get_chat_member(on.group.id, on.mei.id)


async def _edit_link(on: Scene) -> object:
    return await on.ptb.edit_chat_invite_link(on.group.id, await link(on), name="Later", expire_date=on.at(60))


async def _revoke_link(on: Scene) -> object:
    return await on.ptb.revoke_chat_invite_link(on.group.id, await link(on))


async def _file(on: Scene) -> object:
    sent = await on.ptb.send_document(on.group.id, b"contents", filename="a.txt")
    assert sent.document is not None
    file = await sent.document.get_file()
    assert bytes(await file.download_as_bytearray()) == b"contents"
    return file


CALLS: dict[str, Callable[[Scene], Awaitable[object]]] = {
    "getMe": lambda on: on.ptb.get_me(),
    "logOut": lambda on: on.ptb.log_out(),
    "close": lambda on: on.ptb.close(),
    "sendMessage": lambda on: on.ptb.send_message(on.group.id, "<b>hi</b>", parse_mode="HTML", reply_markup=KEYBOARD),
    "sendPhoto": lambda on: on.ptb.send_photo(on.group.id, b"data", caption="*hi*", parse_mode="MarkdownV2"),
    "sendDocument": lambda on: on.ptb.send_document(on.group.id, b"data", filename="a.txt"),
    "sendVideo": lambda on: on.ptb.send_video(on.group.id, b"data", duration=3),
    "sendAnimation": lambda on: on.ptb.send_animation(on.group.id, b"data"),
    "sendAudio": lambda on: on.ptb.send_audio(on.group.id, b"data", performer="Li", title="Song"),
    "sendVoice": lambda on: on.ptb.send_voice(on.group.id, b"data"),
    "sendVideoNote": lambda on: on.ptb.send_video_note(on.group.id, b"data"),
    "sendSticker": lambda on: on.ptb.send_sticker(on.group.id, b"data"),
    "sendMediaGroup": lambda on: on.ptb.send_media_group(
        on.group.id, [InputMediaPhoto(b"1", caption="x"), InputMediaPhoto(b"2")]
    ),
    "sendMediaGroup of documents": lambda on: on.ptb.send_media_group(
        on.group.id, [InputMediaDocument(b"1"), InputMediaDocument(b"2")]
    ),
    "sendPoll": poll,
    "sendLocation": lambda on: on.ptb.send_location(on.group.id, 1.5, 2.5),
    "sendVenue": lambda on: on.ptb.send_venue(on.group.id, 1.5, 2.5, "Hut", "Hill 1"),
    "sendContact": lambda on: on.ptb.send_contact(on.group.id, "+861", "Li"),
    "sendDice": lambda on: on.ptb.send_dice(on.group.id),
    "sendChatAction": lambda on: on.ptb.send_chat_action(on.group.id, "typing"),
    "reply keyboard": lambda on: on.ptb.send_message(
        on.group.id, "choose", reply_markup=ReplyKeyboardMarkup([["yes", "no"]], one_time_keyboard=True)
    ),
    "reply with quote": _reply,
    "copyMessage": _copy,
    "copyMessages": _copies,
    "forwardMessage": _forward,
    "forwardMessages": _forwards,
    "editMessageText": _edit_text,
    "editMessageCaption": _edit_caption,
    "editMessageMedia": _edit_media,
    "editMessageReplyMarkup": _edit_markup,
    "stopPoll": _stop_poll,
    "deleteMessage": _delete,
    "setMessageReaction": _react,
    "pinChatMessage": _pin,
    "unpinAllChatMessages": lambda on: on.ptb.unpin_all_chat_messages(on.group.id),
    "getChat": _get_chat,
    "getChat private": _get_private,
    "getChatMember": lambda on: on.ptb.get_chat_member(on.group.id, on.mei.id),
    "getChatMember owner": lambda on: on.ptb.get_chat_member(on.group.id, on.olga.id),
    "getChatMember restricted": _restricted,
    "getChatMember kicked": _kicked,
    "getChatMemberCount": lambda on: on.ptb.get_chat_member_count(on.group.id),
    "getChatAdministrators": lambda on: on.ptb.get_chat_administrators(on.group.id),
    "unbanChatMember": lambda on: on.ptb.unban_chat_member(on.group.id, on.mei.id, only_if_banned=True),
    "promoteChatMember": lambda on: on.ptb.promote_chat_member(on.group.id, on.mei.id, can_pin_messages=True),
    "setChatAdministratorCustomTitle": _custom_title,
    "setChatMemberTag": lambda on: on.ptb.set_chat_member_tag(on.group.id, on.mei.id, tag="Sales-Mei"),
    "setChatPermissions": lambda on: on.ptb.set_chat_permissions(on.group.id, ChatPermissions.no_permissions()),
    "exportChatInviteLink": lambda on: on.ptb.export_chat_invite_link(on.group.id),
    "createChatInviteLink": lambda on: on.ptb.create_chat_invite_link(on.group.id, creates_join_request=True),
    "editChatInviteLink": _edit_link,
    "revokeChatInviteLink": _revoke_link,
    "setChatTitle": lambda on: on.ptb.set_chat_title(on.group.id, "Walkers"),
    "setChatDescription": lambda on: on.ptb.set_chat_description(on.group.id, "We walk."),
    "leaveChat": lambda on: on.ptb.leave_chat(on.group.id),
    "setMyCommands": lambda on: on.ptb.set_my_commands(
        [BotCommand("warn", "Warn")], scope=BotCommandScopeChat(on.group.id), language_code="zh"
    ),
    "getMyCommands": lambda on: on.ptb.get_my_commands(),
    "deleteMyCommands": lambda on: on.ptb.delete_my_commands(),
    "setMyName": lambda on: on.ptb.set_my_name("Keeper"),
    "getMyName": lambda on: on.ptb.get_my_name(),
    "getMyDescription": lambda on: on.ptb.get_my_description(),
    "getMyShortDescription": lambda on: on.ptb.get_my_short_description(),
    "setMyDefaultAdministratorRights": lambda on: on.ptb.set_my_default_administrator_rights(
        ChatAdministratorRights.all_rights()
    ),
    "getMyDefaultAdministratorRights": lambda on: on.ptb.get_my_default_administrator_rights(),
    "setChatMenuButton": lambda on: on.ptb.set_chat_menu_button(menu_button=MenuButtonCommands()),
    "getChatMenuButton": lambda on: on.ptb.get_chat_menu_button(),
    "getUserProfilePhotos": lambda on: on.ptb.get_user_profile_photos(on.mei.id),
    "getWebhookInfo": lambda on: on.ptb.get_webhook_info(),
    "getFile": _file,
}


@pytest.mark.parametrize("name", CALLS)
async def test_ptb_reads_the_answer(on: Scene, name: str) -> None:
    answer = await CALLS[name](on)
    assert answer is not None
    assert leftovers(answer) == []
    await on.ask()


async def test_ptb_reads_what_people_do(on: Scene) -> None:
    tg, olga, mei, tom, group = on.tg, on.olga, on.mei, on.tom, on.group
    channel = tg.add_channel("News", olga, linked=group)
    tg.add_bot_to(channel, on.bot, by=olga)
    olga.send(channel, "read this https://example.org #news")
    asked = mei.send(group, f"hello [Tom](tg://user?id={tom.id}) @tom_s /warn")
    tom.send(group, "yes", reply_to=asked)
    for kind in ("photo", "document", "video", "animation", "audio", "voice", "video_note", "sticker"):
        mei.send_file(group, kind, caption="see" if kind not in ("video_note", "sticker") else None)
    mei.send(group, contact={"phone_number": "+861", "first_name": "Li", "user_id": tom.id})
    mei.send(group, location={"latitude": 1.0, "longitude": 2.0})
    mei.edit(asked, "hello all")
    mei.react(asked, "👍")
    olga.send(group, "as the group", anonymous=True)
    olga.send(group, "as the channel", as_chat=channel)
    mei.forward(asked, group)
    question = await on.ptb.send_poll(group.id, "When?", ["Sat", "Sun"], is_anonymous=False)
    mei.vote(question.message_id, 1, chat=group)
    mei.send_poll(group, "Where?", ["Here", "There"])
    card = await on.ptb.send_message(group.id, "card", reply_markup=KEYBOARD)
    mei.tap(card.message_id, "Join", chat=group)
    olga.pin(asked)
    olga.set_title(group, "Walkers")
    olga.promote(group, mei, title="Guide")
    olga.demote(group, mei)
    olga.restrict(group, mei, {"can_send_messages": True}, on.at(3600))
    olga.set_tag(group, tom, "Sales-Tom")
    tom.send(group, "tagged")
    mei.leave(group)
    asking = await on.ptb.create_chat_invite_link(group.id, creates_join_request=True)
    lin = tg.add_user("Lin")
    lin.user.bio = "walks"
    lin.join(group, asking.invite_link)
    await on.ptb.approve_chat_join_request(group.id, lin.id)
    olga.kick(group, tom)
    olga.start(on.bot, "payload")
    olga.block(on.bot)
    olga.unblock(on.bot)
    found = await on.ask()
    kinds = {kind for update in found for kind in update.to_dict() if kind != "update_id"}
    assert kinds == {
        "message", "edited_message", "channel_post", "callback_query", "poll", "poll_answer", "my_chat_member",
        "chat_member", "chat_join_request", "message_reaction",
    }  # fmt: skip


async def test_ptb_reads_a_forum_and_a_migration(on: Scene) -> None:
    tg, olga = on.tg, on.olga
    forum = tg.add_group("Forum", owner=olga, forum=True)
    tg.add_bot_to(forum, on.bot, by=olga, administrator=True)
    topic = await on.ptb.create_forum_topic(forum.id, "Rules")
    assert leftovers(topic) == []
    olga.send(forum, "in the topic", thread_id=topic.message_thread_id)
    await on.ptb.edit_forum_topic(forum.id, topic.message_thread_id, name="The rules")
    await on.ptb.close_forum_topic(forum.id, topic.message_thread_id)
    await on.ptb.reopen_forum_topic(forum.id, topic.message_thread_id)
    basic = tg.add_group("Small", owner=olga, supergroup=False)
    tg.add_bot_to(basic, on.bot, by=olga, administrator=True)
    tg.migrate(basic)
    assert len(await on.ask()) >= 8
