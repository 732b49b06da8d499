"""Messages come into the world here: numbered, kept and passed on to the bots that may see them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bot.sandbox.telegram.delivery import spread_message
from bot.sandbox.telegram.model import ANONYMOUS, CHANNEL_BOT, TELEGRAM, Chat, Message
from bot.sandbox.telegram.views import chat_view, user_view
from bot.sandbox.telegram.world import World


@dataclass(frozen=True)
class Draft:
    """A message about to be posted; ``body`` holds the Bot API's fields of its content."""

    body: dict[str, Any]
    reply_to: int | None = None
    thread_id: int | None = None
    keyboard: dict[str, Any] | None = None
    prompt: dict[str, Any] | None = None
    protected: bool = False
    service: bool = False


@dataclass(frozen=True)
class Sender:
    """Who posts: the one behind it, and whom the message shows."""

    author: int | None
    shown_from: int | None
    sender_chat: int | None = None
    signature: str | None = None


def as_user(user_id: int) -> Sender:
    """Post under one's own name."""
    return Sender(user_id, user_id)


def as_anonymous(user_id: int, chat: Chat) -> Sender:
    """Post as an anonymous administrator: in the group's name, signed with the custom title."""
    member = chat.members.get(user_id)
    return Sender(user_id, ANONYMOUS, chat.id, member.custom_title if member else None)


def as_channel(user_id: int, channel_id: int) -> Sender:
    """Post in a group in a channel's name."""
    return Sender(user_id, CHANNEL_BOT, channel_id)


def post(world: World, chat: Chat, sender: Sender, draft: Draft) -> Message:
    """Add a message to a chat and send it to the bots; a channel's post also goes to its linked group."""
    message = _enter(world, chat, sender, draft)
    world.touch()
    spread_message(world, chat, message)
    if chat.type == "channel" and chat.linked_chat_id and not draft.service:
        _forward_to_linked(world, chat, message)
    return message


def _enter(world: World, chat: Chat, sender: Sender, draft: Draft) -> Message:
    body = dict(draft.body)
    if sender.signature:
        body["author_signature"] = sender.signature
    if draft.protected:
        body["has_protected_content"] = True
    if draft.thread_id is not None:
        body |= {"message_thread_id": draft.thread_id, "is_topic_message": True}
    member = chat.members.get(sender.author or 0)
    if member is not None and member.tag and sender.shown_from == member.user_id and not draft.service:
        body["sender_tag"] = member.tag
    message = Message(
        chat_id=chat.id,
        message_id=chat.next_message_id,
        date=world.now,
        author=sender.author,
        body=body,
        shown_from=sender.shown_from,
        sender_chat=sender.sender_chat,
        # In a topic every message that answers no other counts as an answer to the one that opened the topic.
        reply_to=draft.reply_to if draft.reply_to is not None else _opener(chat, draft.thread_id),
        keyboard=draft.keyboard,
        prompt=draft.prompt,
        service=draft.service,
        protected=draft.protected,
    )
    chat.messages[message.message_id] = message
    chat.next_message_id += 1
    if sender.author in world.state.bots and not draft.service:
        chat.last_bot = sender.author
    return message


def _opener(chat: Chat, thread_id: int | None) -> int | None:
    return None if thread_id == chat.next_message_id else thread_id


def album_id(world: World) -> str:
    """Return the id of a new album."""
    return str(13_000_000_000_000_000 + world.number("album"))


def service(world: World, chat: Chat, author: int | None, *, thread_id: int | None = None, **body: Any) -> Message:
    """Post a service message; in a channel it comes from the channel itself."""
    if chat.type == "channel":
        sender = Sender(author, None, chat.id)
    else:
        sender = Sender(author, author)
    return post(world, chat, sender, Draft(body, thread_id=thread_id, service=True))


def origin_of(world: World, chat: Chat, message: Message) -> dict[str, Any]:
    """Write the ``MessageOrigin`` of a forwarded message; a forward of a forward keeps the first."""
    if "forward_origin" in message:
        return dict(message["forward_origin"])
    origin: dict[str, Any] = {"date": message.date}
    if chat.type == "channel":
        origin |= {"type": "channel", "chat": chat_view(world, chat), "message_id": message.message_id}
    elif message.sender_chat is not None and (sender := world.chat(message.sender_chat)) is not None:
        origin |= {"type": "chat", "sender_chat": chat_view(world, sender)}
    else:
        origin |= {"type": "user", "sender_user": user_view(world.state.users[message.shown_from or TELEGRAM])}
    if signature := message.get("author_signature"):
        origin["author_signature"] = signature
    return origin


KEPT = (
    "text", "entities", "link_preview_options", "caption", "caption_entities", "show_caption_above_media",
    "has_media_spoiler", "photo", "video", "animation", "audio", "voice", "video_note", "document", "sticker", "dice",
    "poll", "location", "venue", "contact",
)  # fmt: skip
"""What a copy or forward takes along."""


def content_of(message: Message) -> dict[str, Any]:
    """Return the content that a copy or forward takes along."""
    return {name: message.body[name] for name in KEPT if name in message.body}


def _forward_to_linked(world: World, channel: Chat, message: Message) -> None:
    group = world.chat(channel.linked_chat_id or 0)
    if group is None:
        return
    body = content_of(message) | {"forward_origin": origin_of(world, channel, message), "is_automatic_forward": True}
    sender = Sender(TELEGRAM, TELEGRAM, channel.id)
    forward = post(world, group, sender, Draft(body, keyboard=message.keyboard))
    group.pins.append(forward.message_id)


def delete(world: World, chat: Chat, message: Message) -> None:
    """Take a message away for everybody; no bot is told."""
    message.deleted = True
    if message.message_id in chat.pins:
        chat.pins.remove(message.message_id)
    world.touch()


def pin(world: World, chat: Chat, message: Message, by: int) -> None:
    """Pin a message, with the service message that says so; one already on top stays as it is."""
    if chat.pins and chat.pins[-1] == message.message_id:
        return
    if message.message_id in chat.pins:
        chat.pins.remove(message.message_id)
    chat.pins.append(message.message_id)
    service(world, chat, by, thread_id=message.thread_id, pinned_message={"message_id": message.message_id})


def unpin(world: World, chat: Chat, message_id: int) -> None:
    """Unpin a message; Telegram writes no service message about it."""
    chat.pins.remove(message_id)
    world.touch()
