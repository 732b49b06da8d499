"""What a bot may send, change and take away, and how strict the server is about it."""

from __future__ import annotations

from typing import Any

import pytest
from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaDocument,
    InputMediaPhoto,
    MessageEntity,
    ReplyParameters,
)

from bot.sandbox.telegram import Refused
from tests.sandbox.telegram.scene import Scene, refused


def keyboard(*buttons: InlineKeyboardButton) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[button] for button in buttons])


JOIN = keyboard(InlineKeyboardButton("Join", callback_data="join"))


@pytest.mark.parametrize(
    ("options", "text"),
    [
        ({"text": ""}, "message text is empty"),
        ({"text": "  \n "}, "text must be non-empty"),
        ({"text": "x" * 4097}, "message is too long"),
        ({"text": "😀" * 2049}, "message is too long"),
        ({"text": "<b>x", "parse_mode": "HTML"}, "can't parse entities"),
        ({"text": "<x>y</x>", "parse_mode": "HTML"}, "can't parse entities"),
        ({"text": "a_b", "parse_mode": "MarkdownV2"}, "can't parse entities"),
        ({"text": "x", "parse_mode": "BBCode"}, "unsupported parse_mode"),
        ({"text": "x", "reply_parameters": ReplyParameters(999)}, "message to be replied not found"),
        ({"text": "x", "message_thread_id": 999}, "message thread not found"),
        (
            {"text": "x", "reply_markup": keyboard(InlineKeyboardButton("x" * 9, callback_data="x" * 65))},
            "DATA_INVALID",
        ),
        ({"text": "x", "reply_markup": keyboard(InlineKeyboardButton("x", callback_data="码" * 22))}, "DATA_INVALID"),
        ({"text": "x", "reply_markup": keyboard(InlineKeyboardButton("x", url="not a url"))}, "URL"),
        ({"text": "x", "reply_markup": keyboard(InlineKeyboardButton(" ", callback_data="x"))}, "non-empty"),
        ({"text": "x", "reply_markup": keyboard(InlineKeyboardButton("x"))}, "text buttons are unallowed"),
        ({"text": "x", "reply_markup": keyboard(*[InlineKeyboardButton("x", callback_data="x")] * 101)}, "too long"),
    ],
)
async def test_malformed_messages_are_refused(on: Scene, options: dict[str, Any], text: str) -> None:
    async with refused(text):
        await on.ptb.send_message(on.group.id, **options)


async def test_limits_hold_after_the_markup_is_read(on: Scene) -> None:
    sent = await on.ptb.send_message(on.group.id, "<b>" + "x" * 4096 + "</b>", parse_mode="HTML")
    assert len(sent.text or "") == 4096
    await on.ptb.send_photo(on.group.id, b"x", caption="x" * 1024)
    async with refused("message caption is too long"):
        await on.ptb.send_photo(on.group.id, b"x", caption="x" * 1025)
    await on.ptb.send_message(
        on.group.id, "x", reply_markup=keyboard(InlineKeyboardButton("x", callback_data="x" * 64))
    )


async def test_entities_count_in_utf16_units(on: Scene) -> None:
    sent = await on.ptb.send_message(on.group.id, "😀 <b>群管</b> &lt; /help", parse_mode="HTML")
    assert sent.text == "😀 群管 < /help"
    assert {(e.type, e.offset, e.length) for e in sent.entities} == {("bold", 3, 2), ("bot_command", 8, 5)}
    assert sent.parse_entities() == {sent.entities[0]: "群管", sent.entities[1]: "/help"}
    own = MessageEntity("italic", 0, 2)
    assert (await on.ptb.send_message(on.group.id, "hello", entities=[own])).entities == (own,)
    async with refused("entity beyond the end"):
        await on.ptb.send_message(on.group.id, "hello", entities=[MessageEntity("italic", 3, 9)])


async def test_people_are_mentioned_by_id_where_the_bot_knows_them(on: Scene) -> None:
    stranger = on.tg.add_user("Stranger")
    text = f'<a href="tg://user?id={on.mei.id}">Mei</a> and <a href="tg://user?id={stranger.id}">who</a>'
    sent = await on.ptb.send_message(on.group.id, text, parse_mode="HTML")
    (mention,) = sent.entities
    assert mention.user is not None
    assert (mention.type, mention.user.id, sent.text) == ("text_mention", on.mei.id, "Mei and who")


async def test_a_message_that_would_not_change_is_not_modified(on: Scene) -> None:
    sent = await on.ptb.send_message(on.group.id, "<b>x</b>", parse_mode="HTML", reply_markup=JOIN)
    async with refused("message is not modified"):
        await on.ptb.edit_message_text("<b>x</b>", on.group.id, sent.message_id, parse_mode="HTML", reply_markup=JOIN)
    await on.ptb.edit_message_text("x", on.group.id, sent.message_id, reply_markup=JOIN)
    await on.ptb.edit_message_text("x", on.group.id, sent.message_id)
    async with refused("message is not modified"):
        await on.ptb.edit_message_reply_markup(on.group.id, sent.message_id)
    assert on.tg.messages(on.group)[-1].labels() == []


async def test_only_own_messages_can_be_edited(on: Scene) -> None:
    group = on.group.id
    theirs = on.mei.send(on.group, "hers")
    async with refused("message can't be edited"):
        await on.ptb.edit_message_text("mine", group, theirs.message_id)
    async with refused("message to edit not found"):
        await on.ptb.edit_message_text("mine", group, 999)
    photo = await on.ptb.send_photo(group, b"x")
    async with refused("there is no text in the message to edit"):
        await on.ptb.edit_message_text("mine", group, photo.message_id)
    text = await on.ptb.send_message(group, "x")
    async with refused("there is no caption in the message to edit"):
        await on.ptb.edit_message_caption(group, text.message_id, caption="x")


async def test_deletion_needs_the_right_for_others_and_ends_after_48_hours(on: Scene) -> None:
    group = on.group.id
    mine = await on.ptb.send_message(group, "mine")
    hers, other = on.mei.send(on.group, "hers"), on.mei.send(on.group, "hers too")
    on.advance(hours=47, minutes=59)
    assert await on.ptb.delete_message(group, hers.message_id)
    async with refused("message to delete not found"):
        await on.ptb.delete_message(group, hers.message_id)
    on.advance(minutes=2)
    for message_id in (mine.message_id, other.message_id):
        async with refused("message can't be deleted"):
            await on.ptb.delete_message(group, message_id)
    new = on.mei.send(on.group, "new")
    on.tg.set_bot_status(on.group, on.bot, "administrator", {"can_pin_messages": True})
    async with refused("message can't be deleted"):
        await on.ptb.delete_message(group, new.message_id)
    mine = await on.ptb.send_message(group, "mine")
    assert await on.ptb.delete_messages(group, [mine.message_id, 998, 999])


async def test_pins_and_unpins(on: Scene) -> None:
    group = on.group.id
    one, two = on.mei.send(on.group, "one"), on.mei.send(on.group, "two")
    for message in (one, two):
        await on.ptb.pin_chat_message(group, message.message_id)
    assert [m.text for m in on.tg.pins(on.group)] == ["one", "two"]
    pinned = (await on.ptb.get_chat(group)).pinned_message
    assert pinned is not None
    assert pinned.text == "two"
    before = len(on.group.messages)
    await on.ptb.pin_chat_message(group, two.message_id)
    assert len(on.group.messages) == before
    await on.ptb.unpin_chat_message(group)
    assert [m.text for m in on.tg.pins(on.group)] == ["one"]
    on.mei.delete(one)
    assert on.tg.pins(on.group) == []
    async with refused("message to unpin not found"):
        await on.ptb.unpin_chat_message(group)
    async with refused("message to pin not found"):
        await on.ptb.pin_chat_message(group, one.message_id)


async def test_a_tap_is_answered_once_and_in_time(on: Scene) -> None:
    card = await on.ptb.send_message(on.group.id, "card", reply_markup=JOIN)
    first = on.mei.tap(card.message_id, "Join", chat=on.group)
    (update,) = await on.ask()
    assert update.callback_query is not None
    assert (update.callback_query.data, update.callback_query.from_user.id) == ("join", on.mei.id)
    async with refused("MESSAGE_TOO_LONG"):
        await on.ptb.answer_callback_query(first, "x" * 201)
    await on.ptb.answer_callback_query(first, "x" * 200, show_alert=True)
    assert await on.tg.answer_to(first) == {"text": "x" * 200, "show_alert": True, "url": None}
    async with refused("query is too old"):
        await on.ptb.answer_callback_query(first)
    second = on.mei.tap(card.message_id, "Join", chat=on.group)
    on.advance(seconds=16)
    async with refused("query is too old"):
        await on.ptb.answer_callback_query(second)
    with pytest.raises(TimeoutError):
        await on.tg.answer_to(second, timeout=0.01)


async def test_buttons_are_found_by_label_or_forged_by_data(on: Scene) -> None:
    buttons = keyboard(
        InlineKeyboardButton("Join (3)", callback_data="j"), InlineKeyboardButton("Map", url="https://a.b")
    )
    card = await on.ptb.send_message(on.group.id, "card", reply_markup=buttons)
    for label, text in (("Leave", "no button “Leave”"), ("Map", "asks nothing")):
        with pytest.raises(Refused, match=text):
            on.mei.tap(card.message_id, label, chat=on.group)
    on.mei.tap(card.message_id, "join", chat=on.group)
    on.mei.tap(card.message_id, data="forged", chat=on.group)
    assert [u["callback_query"]["data"] for u in on.updates()] == ["j", "forged"]
    with pytest.raises(Refused, match="is not in"):
        on.tg.add_user("Lin").tap(card.message_id, "join", chat=on.group)


async def test_private_chats_open_from_the_persons_side_only(on: Scene) -> None:
    async with refused("bot can't initiate conversation with a user"):
        await on.ptb.send_message(on.mei.id, "hello")
    async with refused("chat not found"):
        await on.ptb.send_message(on.tg.add_user("Stranger").id, "hello")
    async with refused("chat not found"):
        await on.ptb.send_message(123456789, "hello")
    on.mei.start(on.bot, "payload")
    assert on.texts() == ["/start payload"]
    sent = await on.ptb.send_message(on.mei.id, "hello")
    assert sent.message_id == 2
    on.mei.block(on.bot)
    async with refused("bot was blocked by the user"):
        await on.ptb.send_message(on.mei.id, "hello")
    on.mei.unblock(on.bot)
    statuses = [u["my_chat_member"]["new_chat_member"]["status"] for u in on.updates()]
    assert statuses == ["kicked", "member"]
    await on.ptb.send_message(on.mei.id, "again")
    on.mei.user.deactivated = True
    async with refused("user is deactivated"):
        await on.ptb.send_message(on.mei.id, "gone")


async def test_who_asks_to_join_can_be_written_to(on: Scene) -> None:
    lin = on.tg.add_user("Lin")
    lin.request_to_join(on.group)
    await on.ptb.send_message(lin.id, "Why do you want to join?")
    await on.ptb.decline_chat_join_request(on.group.id, lin.id)
    async with refused("can't initiate"):
        await on.ptb.send_message(lin.id, "Sorry.")


async def test_copies_have_no_origin_and_forwards_do(on: Scene) -> None:
    group = on.group.id
    hers = on.mei.send_file(on.group, "photo", caption="mine #tag")
    copy = await on.ptb.copy_message(group, group, hers.message_id)
    copied = on.group.messages[copy.message_id]
    assert (copied.text, copied["photo"], "forward_origin" in copied) == ("mine #tag", hers["photo"], False)
    forward = await on.ptb.forward_message(group, group, hers.message_id)
    again = await on.ptb.forward_message(group, group, forward.message_id)
    assert again.forward_origin is not None
    assert again.forward_origin.to_dict()["sender_user"]["id"] == on.mei.id
    async with refused("message to copy not found"):
        await on.ptb.copy_message(group, group, 999)
    service = next(m for m in on.group.messages.values() if m.service)
    async with refused("message can't be copied"):
        await on.ptb.copy_message(group, group, service.message_id)
    secret = await on.ptb.send_message(group, "secret", protect_content=True)
    async with refused("message can't be forwarded"):
        await on.ptb.forward_message(group, group, secret.message_id)
    with pytest.raises(Refused):
        on.mei.forward(on.group.messages[secret.message_id], on.group)


async def test_files_by_id_upload_and_never_by_address(on: Scene) -> None:
    sent = await on.ptb.send_document(on.group.id, b"data", filename="a.txt")
    assert sent.document is not None
    again = await on.ptb.send_document(on.group.id, sent.document.file_id)
    assert again.document == sent.document
    async with refused("can't use file of type Document as Photo"):
        await on.ptb.send_photo(on.group.id, sent.document.file_id)
    async with refused("failed to get HTTP URL content"):
        await on.ptb.send_photo(on.group.id, "https://example.org/a.jpg")
    async with refused("wrong file identifier"):
        await on.ptb.send_photo(on.group.id, "AgACnonsense")


async def test_albums(on: Scene) -> None:
    album = await on.ptb.send_media_group(on.group.id, [InputMediaPhoto(b"1", caption="x"), InputMediaPhoto(b"2")])
    assert len({m.media_group_id for m in album}) == 1
    async with refused("wrong number of messages"):
        await on.ptb.send_media_group(on.group.id, [InputMediaPhoto(b"1")])
    async with refused("can't use the media of the specified type"):
        await on.ptb.send_media_group(on.group.id, [InputMediaPhoto(b"1"), InputMediaDocument(b"2")])


async def test_a_failed_reply_may_be_allowed_to_stand_alone(on: Scene) -> None:
    sent = await on.ptb.send_message(
        on.group.id, "x", reply_parameters=ReplyParameters(999, allow_sending_without_reply=True)
    )
    assert sent.reply_to_message is None


async def test_polls_are_voted_on_and_stopped(on: Scene) -> None:
    poll = await on.ptb.send_poll(on.group.id, "When?", ["Sat", "Sun"], is_anonymous=False)
    on.mei.vote(poll.message_id, 1, chat=on.group)
    on.tom.vote(poll.message_id, 1, chat=on.group)
    on.tom.vote(poll.message_id, chat=on.group)
    updates = await on.ask()
    assert [u.poll_answer.option_ids for u in updates if u.poll_answer] == [(1,), (1,), ()]
    with pytest.raises(Refused, match="one answer only"):
        on.mei.vote(poll.message_id, 0, 1, chat=on.group)
    final = await on.ptb.stop_poll(on.group.id, poll.message_id)
    assert (final.is_closed, final.total_voter_count, final.options[1].voter_count) == (True, 1, 1)
    with pytest.raises(Refused, match="closed"):
        on.mei.vote(poll.message_id, 0, chat=on.group)
