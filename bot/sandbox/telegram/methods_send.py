"""Methods that send: text, media, albums, polls, places, and copies and forwards of what there is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.sandbox.telegram import access, polls
from bot.sandbox.telegram.access import Call
from bot.sandbox.telegram.errors import ApiError, bad_request
from bot.sandbox.telegram.markup import keyboards
from bot.sandbox.telegram.model import Chat, Message
from bot.sandbox.telegram.posting import Draft, Sender, album_id, as_user, content_of, origin_of, post
from bot.sandbox.telegram.sending import caption_body, kind_of, media_body, reply_of, send, sent, text_body
from bot.sandbox.telegram.views import message_view

Json = dict[str, Any]
MAX_ALBUM = 10
ACTIONS = frozenset(
    {
        "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice", "upload_document",
        "choose_sticker", "find_location", "record_video_note", "upload_video_note", "record_audio", "upload_audio",
    }
)  # fmt: skip


def send_message(call: Call) -> Json:
    """Send a text."""
    chat = access.chat_of(call)
    return sent(call, chat, text_body(call))


def sender_of(kind: str) -> Callable[[Call], Json]:
    """Make the method that sends one kind of media."""

    def send_media(call: Call) -> Json:
        chat = access.chat_of(call)
        return sent(call, chat, media_body(call, kind))

    return send_media


def send_media_group(call: Call) -> list[Json]:
    """Send an album."""
    chat = access.chat_of(call)
    items = call.params.objects("media")
    if not items:
        raise bad_request("there are no messages to send")
    if not 2 <= len(items) <= MAX_ALBUM:
        raise bad_request("wrong number of messages in the album")
    kinds = {item.get("type") for item in items}
    if not (kinds <= {"photo", "video"} or kinds in ({"document"}, {"audio"})):
        raise bad_request("can't use the media of the specified type in the album")
    bodies = [media_body(call, item["type"], item.get("media"), item) for item in items]
    album = album_id(call.world)
    posted = [send(call, chat, body | {"media_group_id": album}) for body in bodies]
    return [message_view(call.world, chat, message) for message in posted]


def send_location(call: Call) -> Json:
    """Send a point on the map."""
    chat = access.chat_of(call)
    return sent(call, chat, {"location": _location(call)})


def _location(call: Call) -> Json:
    found: Json = {}
    for name in ("latitude", "longitude"):
        value = call.params.number(name)
        if value is None:
            raise bad_request(f"{name} is empty")
        found[name] = value
    if (accuracy := call.params.number("horizontal_accuracy")) is not None:
        found["horizontal_accuracy"] = accuracy
    return found


def send_venue(call: Call) -> Json:
    """Send a place with a name."""
    chat = access.chat_of(call)
    location = _location(call)
    venue = {"location": location, "title": call.params.text("title") or "", "address": call.params.text("address")}
    if not venue["title"] or not venue["address"]:
        raise bad_request("venue title and address must be non-empty")
    return sent(call, chat, {"venue": venue, "location": location})


def send_contact(call: Call) -> Json:
    """Send a telephone number with a name."""
    chat = access.chat_of(call)
    contact = {name: call.params.text(name) for name in ("phone_number", "first_name", "last_name", "vcard")}
    if not contact["phone_number"] or not contact["first_name"]:
        raise bad_request("contact phone number and first name must be non-empty")
    return sent(call, chat, {"contact": {name: value for name, value in contact.items() if value}})


def send_dice(call: Call) -> Json:
    """Roll a die; the sandbox's dice fall in turn."""
    chat = access.chat_of(call)
    value = call.world.number("dice") * 5 % 6 + 1
    return sent(call, chat, {"dice": {"emoji": call.params.text("emoji") or "🎲", "value": value}})


def send_poll(call: Call) -> Json:
    """Send a poll."""
    chat = access.chat_of(call)
    poll = polls.new_poll(call.world, call.params)
    message = send(call, chat, {"poll": poll})
    polls.remember(call.world, chat, message)
    return message_view(call.world, chat, message)


def send_chat_action(call: Call) -> bool:
    """Show that the bot is busy."""
    chat = access.chat_of(call)
    access.writable(call, chat)
    if call.params.text("action") not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    return True


def _source(call: Call, message_id: int, purpose: str) -> tuple[Chat, Message]:
    chat = access.chat_of(call, "from_chat_id")
    message = call.world.find(chat, message_id)
    if message is None:
        raise bad_request(f"message to {purpose} not found")
    if message.service or (message.protected and (purpose == "forward" or message.author != call.bot.id)):
        done = {"copy": "copied", "forward": "forwarded"}[purpose]
        raise bad_request(f"message can't be {done}")
    return chat, message


def _repeat(call: Call, chat: Chat, message_id: int, purpose: str) -> Message:
    """Copy or forward one message into a chat."""
    source, message = _source(call, message_id, purpose)
    body = content_of(message)
    if purpose == "forward":
        body["forward_origin"] = origin_of(call.world, source, message)
    elif call.params.flag("remove_caption") or "caption" in call.params:
        body = {name: value for name, value in body.items() if name not in ("caption", "caption_entities")}
        body |= caption_body(call)
    access.writable(call, chat, kind_of(body))
    keyboard, prompt = keyboards(call.params)
    reply_to, extra = reply_of(call, chat)
    draft = Draft(
        body | extra,
        reply_to=reply_to,
        thread_id=access.thread_of(call, chat),
        keyboard=keyboard,
        prompt=prompt,
        protected=call.params.flag("protect_content"),
    )
    sender = Sender(call.bot.id, None, chat.id) if chat.type == "channel" else as_user(call.bot.id)
    return post(call.world, chat, sender, draft)


def copy_message(call: Call) -> Json:
    """Send the content of a message anew."""
    chat = access.chat_of(call)
    if "message_id" not in call.params:
        raise bad_request("message identifier is not specified")
    return {"message_id": _repeat(call, chat, call.params.integer("message_id"), "copy").message_id}


def forward_message(call: Call) -> Json:
    """Send a message on, with word of where it came from."""
    chat = access.chat_of(call)
    if "message_id" not in call.params:
        raise bad_request("message identifier is not specified")
    return message_view(call.world, chat, _repeat(call, chat, call.params.integer("message_id"), "forward"))


def repeater(purpose: str) -> Callable[[Call], list[Json]]:
    """Make the method that copies or forwards several messages; those it cannot are left out."""

    def repeat_messages(call: Call) -> list[Json]:
        chat = access.chat_of(call)
        ids = call.params.integers("message_ids")
        if ids != sorted(set(ids)):
            raise bad_request("message identifiers must be in a strictly increasing order")
        access.chat_of(call, "from_chat_id")
        done = []
        for message_id in ids:
            try:
                _source(call, message_id, purpose)
            except ApiError:
                continue
            done.append({"message_id": _repeat(call, chat, message_id, purpose).message_id})
        if not done:
            raise bad_request(f"there are no messages to {purpose}")
        return done

    return repeat_messages


METHODS: dict[str, Callable[[Call], Any]] = {
    "sendMessage": send_message,
    "sendPhoto": sender_of("photo"),
    "sendDocument": sender_of("document"),
    "sendVideo": sender_of("video"),
    "sendAnimation": sender_of("animation"),
    "sendAudio": sender_of("audio"),
    "sendVoice": sender_of("voice"),
    "sendVideoNote": sender_of("video_note"),
    "sendSticker": sender_of("sticker"),
    "sendMediaGroup": send_media_group,
    "sendLocation": send_location,
    "sendVenue": send_venue,
    "sendContact": send_contact,
    "sendDice": send_dice,
    "sendPoll": send_poll,
    "sendChatAction": send_chat_action,
    "copyMessage": copy_message,
    "copyMessages": repeater("copy"),
    "forwardMessage": forward_message,
    "forwardMessages": repeater("forward"),
}
