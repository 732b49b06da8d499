"""Methods that change messages: edit, delete, pin, react, stop a poll, answer a tap."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.sandbox.telegram import access, posting
from bot.sandbox.telegram.access import Call
from bot.sandbox.telegram.entities import utf16_len
from bot.sandbox.telegram.errors import ApiError, bad_request
from bot.sandbox.telegram.markup import keyboards
from bot.sandbox.telegram.model import Answer, Chat, Message
from bot.sandbox.telegram.sending import caption_body, media_body, text_body
from bot.sandbox.telegram.views import message_view

Json = dict[str, Any]
TWO_DAYS = 48 * 3600
CALLBACK_LIFE = 15
MAX_ANSWER = 200
MEDIA = frozenset({"photo", "video", "animation", "audio", "voice", "document", "video_note", "sticker"})
UNCHANGED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current "
    "content and reply markup of the message"
)
TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


def _own(call: Call) -> tuple[Chat, Message]:
    """Find a message of the bot's own.

    :raises ApiError: if there is none or somebody else wrote it.
    """
    if "inline_message_id" in call.params:
        raise bad_request("MESSAGE_ID_INVALID")
    chat = access.chat_of(call)
    message = access.message_of(call, chat, "edit")
    if message.author != call.bot.id or message.service or "forward_origin" in message:
        raise bad_request("message can't be edited")
    if chat.type == "private" and chat.blocked:
        raise ApiError(403, "Forbidden: bot was blocked by the user")
    return chat, message


def _replace(call: Call, chat: Chat, message: Message, dropped: frozenset[str], body: Json) -> Json:
    """Give a message new content and the call's keyboard.

    :raises ApiError: if nothing would change.
    """
    keyboard, _ = keyboards(call.params)
    kept = {name: value for name, value in message.body.items() if name not in dropped}
    new = kept | body
    if new == message.body and keyboard == message.keyboard:
        raise bad_request(UNCHANGED)
    message.keyboard = keyboard
    message.body = new | {"edit_date": call.now}
    call.world.touch()
    return message_view(call.world, chat, message)


def edit_message_text(call: Call) -> Json:
    """Write another text."""
    chat, message = _own(call)
    body = text_body(call)
    if "text" not in message:
        raise bad_request("there is no text in the message to edit")
    return _replace(call, chat, message, frozenset({"text", "entities", "link_preview_options"}), body)


def edit_message_caption(call: Call) -> Json:
    """Write another caption."""
    chat, message = _own(call)
    if not any(kind in message for kind in MEDIA):
        raise bad_request("there is no caption in the message to edit")
    body = caption_body(call)
    dropped = frozenset({"caption", "caption_entities", "show_caption_above_media"})
    return _replace(call, chat, message, dropped, body)


def edit_message_media(call: Call) -> Json:
    """Put another file in the message."""
    chat, message = _own(call)
    given = call.params.mapping("media") or {}
    if given.get("type") not in MEDIA:
        raise bad_request("can't parse InputMedia: Media type expected")
    if "text" in message:
        raise bad_request("there is no media in the message to edit")
    body = media_body(call, given["type"], given.get("media"), given)
    dropped = MEDIA | {"caption", "caption_entities", "show_caption_above_media", "has_media_spoiler"}
    return _replace(call, chat, message, frozenset(dropped), body)


def edit_message_reply_markup(call: Call) -> Json:
    """Change or take away the keyboard alone."""
    chat, message = _own(call)
    return _replace(call, chat, message, frozenset(), {})


def stop_poll(call: Call) -> Json:
    """Close a poll the bot sent."""
    _, message = _own(call)
    if "poll" not in message:
        raise bad_request("message with poll to stop not found")
    if message["poll"]["is_closed"]:
        raise bad_request("poll has already been closed")
    message["poll"]["is_closed"] = True
    message.keyboard = keyboards(call.params)[0]
    call.world.touch()
    return dict(message["poll"])


def delete_message(call: Call) -> bool:
    """Take a message away."""
    chat = access.chat_of(call)
    message = access.message_of(call, chat, "delete")
    if not _deletable(call, chat, message):
        raise bad_request("message can't be deleted")
    posting.delete(call.world, chat, message)
    return True


def delete_messages(call: Call) -> bool:
    """Take several messages away; those that are gone are passed over."""
    chat = access.chat_of(call)
    found = [m for i in call.params.integers("message_ids") if (m := call.world.find(chat, i)) is not None]
    if not all(_deletable(call, chat, message) for message in found):
        raise bad_request("message can't be deleted")
    for message in found:
        posting.delete(call.world, chat, message)
    return True


def _deletable(call: Call, chat: Chat, message: Message) -> bool:
    """Whether the bot may delete a message: never one older than 48 hours, others' only with the right."""
    if call.now - message.date > TWO_DAYS or "supergroup_chat_created" in message or "forum_topic_created" in message:
        return False
    if chat.type == "private" or message.author == call.bot.id:
        return True
    return call.world.has_right(chat, call.bot.id, "can_delete_messages")


def _may_pin(call: Call, chat: Chat) -> None:
    if chat.type == "private":
        return
    world, right = call.world, "can_edit_messages" if chat.type == "channel" else "can_pin_messages"
    member = world.member(chat, call.bot.id)
    everybody = not member.admin and chat.is_group and world.permissions(chat, member).get("can_pin_messages", False)
    if not everybody:
        access.need(call, chat, right, "not enough rights to manage pinned messages in the chat")


def pin_chat_message(call: Call) -> bool:
    """Pin a message on top of the chat."""
    chat = access.chat_of(call)
    message = access.message_of(call, chat, "pin")
    _may_pin(call, chat)
    if message.service:
        raise bad_request("message can't be pinned")
    posting.pin(call.world, chat, message, call.bot.id)
    return True


def unpin_chat_message(call: Call) -> bool:
    """Unpin a message, without an id the newest pinned one."""
    chat = access.chat_of(call)
    _may_pin(call, chat)
    message_id = call.params.integer("message_id") or (chat.pins[-1] if chat.pins else 0)
    if message_id not in chat.pins:
        raise bad_request("message to unpin not found")
    posting.unpin(call.world, chat, message_id)
    return True


def unpin_all_chat_messages(call: Call) -> bool:
    """Unpin everything."""
    chat = access.chat_of(call)
    _may_pin(call, chat)
    chat.pins.clear()
    call.world.touch()
    return True


def unpin_all_topic_messages(call: Call) -> bool:
    """Unpin everything in one topic."""
    chat = access.chat_of(call)
    _may_pin(call, chat)
    thread = call.params.integer("message_thread_id") or None
    chat.pins[:] = [pinned for pinned in chat.pins if chat.messages[pinned].thread_id != thread]
    call.world.touch()
    return True


def set_message_reaction(call: Call) -> bool:
    """React to a message, with one emoji at most."""
    chat = access.chat_of(call)
    message = access.message_of(call, chat, "react")
    given = call.params.objects("reaction") or []
    if len(given) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    if any(item.get("type") != "emoji" or not item.get("emoji") for item in given):
        raise bad_request("REACTION_INVALID")
    if message.service:
        raise bad_request("message can't be reacted")
    message.reactions.pop(call.bot.id, None)
    if given:
        message.reactions[call.bot.id] = [{"type": "emoji", "emoji": item["emoji"]} for item in given]
    call.world.touch()
    return True


def answer_callback_query(call: Call) -> bool:
    """Answer a tap: once, and while the person's app still waits for it."""
    state = call.world.state
    query = state.callbacks.get(call.params.text("callback_query_id") or "")
    if query is None or query.bot_id != call.bot.id or query.answer or call.now - query.date > CALLBACK_LIFE:
        raise bad_request(TOO_OLD)
    text = call.params.text("text") or ""
    if utf16_len(text) > MAX_ANSWER:
        raise bad_request("MESSAGE_TOO_LONG")
    alert, url = call.params.flag("show_alert"), call.params.text("url")
    query.answer = {"text": text, "show_alert": alert, "url": url}
    answer = Answer(
        call.world.number("answer"), query.id, query.user_id, query.chat_id, query.message_id, text, alert, url
    )
    state.answers.append(answer)
    call.world.touch()
    return True


METHODS: dict[str, Callable[[Call], Any]] = {
    "editMessageText": edit_message_text,
    "editMessageCaption": edit_message_caption,
    "editMessageMedia": edit_message_media,
    "editMessageReplyMarkup": edit_message_reply_markup,
    "stopPoll": stop_poll,
    "deleteMessage": delete_message,
    "deleteMessages": delete_messages,
    "pinChatMessage": pin_chat_message,
    "unpinChatMessage": unpin_chat_message,
    "unpinAllChatMessages": unpin_all_chat_messages,
    "unpinAllForumTopicMessages": unpin_all_topic_messages,
    "unpinAllGeneralForumTopicMessages": unpin_all_topic_messages,
    "setMessageReaction": set_message_reaction,
    "answerCallbackQuery": answer_callback_query,
}
