"""The common way of everything a bot sends: where to, in answer to what, with which keyboard and which text."""

from __future__ import annotations

from typing import Any

from bot.sandbox.telegram import access
from bot.sandbox.telegram.access import Call
from bot.sandbox.telegram.compose import marked_up
from bot.sandbox.telegram.entities import utf16_len
from bot.sandbox.telegram.errors import bad_request
from bot.sandbox.telegram.files import keep, media_fields
from bot.sandbox.telegram.markup import keyboards
from bot.sandbox.telegram.model import Chat, Message, StoredFile
from bot.sandbox.telegram.params import Upload
from bot.sandbox.telegram.posting import Draft, Sender, as_user, post
from bot.sandbox.telegram.rights import NEEDED
from bot.sandbox.telegram.views import message_view

MAX_TEXT, MAX_CAPTION = 4096, 1024
KINDS = ("animation", *(kind for kind in NEEDED if kind not in ("animation", "text")), "text")

Json = dict[str, Any]


def kind_of(body: Json) -> str:
    """Tell which kind of content a message has; an animation also carries a document, a venue also a location."""
    if "venue" in body:
        return "venue"
    return next((kind for kind in KINDS if kind in body), "text")


def send(call: Call, chat: Chat, body: Json, *, kind: str | None = None) -> Message:
    """Post content to a chat in the bot's name, with the thread, reply and keyboard the call names.

    :raises ApiError: if the bot may not, or thread, reply or keyboard are wrong.
    """
    access.writable(call, chat, kind or kind_of(body))
    thread = access.thread_of(call, chat)
    reply_to, extra = reply_of(call, chat)
    keyboard, prompt = keyboards(call.params)
    draft = Draft(
        body | extra,
        reply_to=reply_to,
        thread_id=thread if thread is not None else _thread_of_reply(call, chat, reply_to),
        keyboard=keyboard,
        prompt=prompt,
        protected=call.params.flag("protect_content"),
    )
    sender = Sender(call.bot.id, None, chat.id) if chat.type == "channel" else as_user(call.bot.id)
    return post(call.world, chat, sender, draft)


def sent(call: Call, chat: Chat, body: Json) -> Json:
    """Post content and return the ``Message``."""
    return message_view(call.world, chat, send(call, chat, body))


def _thread_of_reply(call: Call, chat: Chat, reply_to: int | None) -> int | None:
    original = call.world.find(chat, reply_to)
    return original.thread_id if original is not None and chat.is_forum else None


def reply_of(call: Call, chat: Chat) -> tuple[int | None, Json]:
    """Return the message that is answered, and the fields that tell of a quote or of a reply into another chat.

    :raises ApiError: if it does not exist, unless the bot said it may be missing.
    """
    given = call.params.mapping("reply_parameters")
    if given is None:
        message_id = call.params.integer("reply_to_message_id")
        given = {"message_id": message_id} if message_id else {}
        given["allow_sending_without_reply"] = call.params.flag("allow_sending_without_reply")
    if not given.get("message_id"):
        return None, {}
    elsewhere = given.get("chat_id") not in (None, chat.id, str(chat.id))
    message = None if elsewhere else call.world.find(chat, int(given["message_id"]))
    if message is None:
        if given.get("allow_sending_without_reply"):
            return None, {}
        raise bad_request("message to be replied not found")
    extra: Json = {}
    if quote := given.get("quote"):
        if quote not in message.text:
            raise bad_request("QUOTE_TEXT_INVALID")
        extra["quote"] = {"text": quote, "position": utf16_len(message.text.split(quote)[0]), "is_manual": True}
    return message.message_id, extra


def text_body(call: Call) -> Json:
    """Read the text of a message.

    :raises ApiError: if it is empty, too long or badly marked up.
    """
    raw = call.params.text("text")
    if not raw:
        raise bad_request("message text is empty")
    text, entities = marked_up(
        call.world, call.bot.id, raw, call.params.text("parse_mode"), call.params.objects("entities")
    )
    if not text.strip():
        raise bad_request("text must be non-empty")
    if utf16_len(text) > MAX_TEXT:
        raise bad_request("message is too long")
    body: Json = {"text": text}
    if entities:
        body["entities"] = entities
    options = call.params.mapping("link_preview_options")
    if options is None and call.params.flag("disable_web_page_preview"):
        options = {"is_disabled": True}
    return body | ({"link_preview_options": options} if options else {})


def caption_body(call: Call, given: Json | None = None) -> Json:
    """Read a caption, of the call itself or of one of its media.

    :raises ApiError: if it is too long or badly marked up.
    """
    if given is None:
        params = call.params
        given = {
            "caption": params.text("caption"),
            "parse_mode": params.text("parse_mode"),
            "caption_entities": params.objects("caption_entities"),
            "show_caption_above_media": params.flag("show_caption_above_media"),
            "has_spoiler": params.flag("has_spoiler"),
        }
    text, entities = marked_up(
        call.world, call.bot.id, given.get("caption") or "", given.get("parse_mode"), given.get("caption_entities")
    )
    if utf16_len(text) > MAX_CAPTION:
        raise bad_request("message caption is too long")
    body: Json = {"caption": text} if text else {}
    if entities:
        body["caption_entities"] = entities
    if text and given.get("show_caption_above_media"):
        body["show_caption_above_media"] = True
    if given.get("has_spoiler"):
        body["has_media_spoiler"] = True
    return body


def file_of(call: Call, kind: str, value: Any = None, **shape: Any) -> StoredFile:
    """Find or keep the file of a parameter: uploaded with the call, or known by its id.

    :raises ApiError: if it is missing, unknown, of another kind, or an address (the sandbox reaches no network).
    """
    params = call.params
    if value is None:
        value = params.text(kind)
        if value is None and kind in params.files:
            return _kept(call, kind, params.files[kind], shape)
    if not value:
        raise bad_request(f"there is no {kind.replace('_', ' ')} in the request")
    if value.startswith("attach://"):
        upload = params.files.get(value[9:])
        if upload is None:
            raise bad_request(f"there is no {kind.replace('_', ' ')} in the request")
        return _kept(call, kind, upload, shape)
    if value.startswith(("http://", "https://")):
        raise bad_request("failed to get HTTP URL content")
    return _known(call, kind, value)


def _kept(call: Call, kind: str, upload: Upload, shape: Json) -> StoredFile:
    if not upload.data:
        raise bad_request("file must be non-empty")
    return keep(call.world, kind, upload.data, name=upload.name, mime_type=upload.mime_type, **shape)


def _known(call: Call, kind: str, file_id: str) -> StoredFile:
    stored = call.world.state.files.get(file_id)
    if stored is None:
        raise bad_request("wrong file identifier/HTTP URL specified")
    if stored.kind != kind:
        names = [name.replace("_", " ").title().replace(" ", "") for name in (stored.kind, kind)]
        raise bad_request(f"can't use file of type {names[0]} as {names[1]}")
    return stored


def media_body(call: Call, kind: str, value: Any = None, caption: Json | None = None) -> Json:
    """Read a file with its caption as the content of a message."""
    names = ("duration", "width", "height", "performer", "title", "emoji")
    shape: Json = {}
    for name in names:
        given = call.params.values.get(name) if caption is None else caption.get(name)
        if given is not None:
            shape[name] = int(given) if name in names[:3] else str(given)
    stored = file_of(call, kind, value, **shape)
    body = media_fields(stored, call.world)
    return body if kind in ("sticker", "video_note") else body | caption_body(call, caption)
