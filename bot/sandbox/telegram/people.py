"""What people write and do to messages, as far as Telegram lets them: send, forward, edit, delete, pin."""

from __future__ import annotations

from typing import Any

from bot.sandbox.telegram import membership, polls, posting
from bot.sandbox.telegram.compose import typed
from bot.sandbox.telegram.delivery import spread_message
from bot.sandbox.telegram.entities import utf16_len
from bot.sandbox.telegram.errors import ApiError, Refused
from bot.sandbox.telegram.files import keep, media_fields
from bot.sandbox.telegram.markup import inline_keyboard
from bot.sandbox.telegram.model import Chat, Member, Message, Topic
from bot.sandbox.telegram.posting import Draft, Sender, as_anonymous, as_channel, as_user
from bot.sandbox.telegram.rights import NEEDED
from bot.sandbox.telegram.sending import kind_of
from bot.sandbox.telegram.world import World

MAX_TEXT, MAX_CAPTION = 4096, 1024
TWO_DAYS = 48 * 3600

Json = dict[str, Any]


def name_of(world: World, user_id: int) -> str:
    """Return a person's name for a sentence."""
    return world.state.users[user_id].name


def send(
    world: World,
    user_id: int,
    chat: Chat,
    content: Json,
    *,
    reply_to: int | None = None,
    thread_id: int | None = None,
    anonymous: bool | None = None,
    sender_chat: int | None = None,
) -> Message:
    """Post what a person wrote; ``content`` holds the Bot API's fields (text and caption still as typed).

    :raises Refused: if this person may not send this here.
    """
    body = _typed_body(world, content)
    keyboard = _keyboard(body)
    if chat.type == "private" and not chat.started:
        chat.started = True
    if chat.type == "private" and chat.blocked:
        raise Refused(f"{name_of(world, user_id)} has blocked the bot.")
    _may_send(world, user_id, chat, kind_of(body))
    thread_id = _thread(world, user_id, chat, reply_to, thread_id)
    if reply_to is not None and world.find(chat, reply_to) is None:
        raise Refused("The message to be answered is gone.")
    sender = _sender(world, user_id, chat, anonymous, sender_chat)
    message = posting.post(world, chat, sender, Draft(body, reply_to, thread_id, keyboard))
    if "poll" in message:
        polls.remember(world, chat, message)
    return message


def _typed_body(world: World, content: Json) -> Json:
    body = dict(content)
    for field, limit, marks in (("text", MAX_TEXT, "entities"), ("caption", MAX_CAPTION, "caption_entities")):
        if field not in body:
            continue
        text, entities = typed(world, body[field], body.pop(marks, None))
        if utf16_len(text) > limit:
            raise Refused(f"The text is longer than {limit} characters.")
        if field == "text" and not text.strip():
            raise Refused("The text is empty.")
        body[field] = text
        if entities:
            body[marks] = entities
    return body


def _keyboard(body: Json) -> Json | None:
    """Take out the buttons that an inline bot has put below what a person sends by it.

    :raises Refused: if Telegram would not take them.
    """
    markup = body.pop("reply_markup", None)
    if markup is None:
        return None
    if "via_bot" not in body:
        raise Refused("Only bots put buttons below messages.")
    try:
        return inline_keyboard(markup)
    except ApiError as error:
        raise Refused(error.description) from error


def media(world: World, kind: str, data: bytes, name: str | None = None, caption: str | None = None) -> Json:
    """Make the content of a message with a file."""
    stored = keep(world, kind, data, name=name)
    return media_fields(stored, world) | ({"caption": caption} if caption else {})


def _may_send(world: World, user_id: int, chat: Chat, kind: str) -> None:
    if chat.type == "private":
        return
    member, name = present(world, user_id, chat), name_of(world, user_id)
    if chat.type == "channel":
        if not world.has_right(chat, user_id, "can_post_messages"):
            raise Refused(f"{name} may not post in the channel.")
        return
    permission, plural = NEEDED[kind]
    if not world.permissions(chat, member).get(permission, False):
        raise Refused(f"{name} may not send {plural} in {chat.title}{_until(member)}.")


def _until(member: Member) -> str:
    if member.status != "restricted":
        return ""
    return f" (restricted until {member.until_date})" if member.until_date else " (restricted)"


def present(world: World, user_id: int, chat: Chat) -> Member:
    """Return how a person stands in a chat they are in.

    :raises Refused: if they are not, or the chat moved.
    """
    if chat.migrated_to is not None:
        raise Refused(f"{chat.title} became a supergroup with the id {chat.migrated_to}.")
    member = world.member(chat, user_id)
    if not member.present:
        raise Refused(f"{name_of(world, user_id)} is not in {chat.title}.")
    return member


def _thread(world: World, user_id: int, chat: Chat, reply_to: int | None, thread_id: int | None) -> int | None:
    if not chat.is_forum:
        return None
    if thread_id is None and (original := world.find(chat, reply_to)) is not None:
        thread_id = original.thread_id
    topic = chat.topics.get(thread_id or 0)
    if thread_id not in (None, 1) and topic is None:
        raise Refused("There is no such topic.")
    closed = topic.closed if topic else chat.general_closed
    if closed and not world.has_right(chat, user_id, "can_manage_topics"):
        raise Refused("The topic is closed.")
    return topic.id if topic else None


def _sender(world: World, user_id: int, chat: Chat, anonymous: bool | None, sender_chat: int | None) -> Sender:
    if chat.type == "channel":
        return Sender(user_id, None, chat.id)
    if sender_chat is not None and sender_chat != chat.id:
        return _as_channel(world, user_id, chat, sender_chat)
    member = world.member(chat, user_id)
    if anonymous is None:
        anonymous = (member.admin and member.is_anonymous) or sender_chat == chat.id
    if not anonymous:
        return as_user(user_id)
    if not member.admin:
        raise Refused("Only administrators can be anonymous.")
    return as_anonymous(user_id, chat)


def _as_channel(world: World, user_id: int, chat: Chat, channel_id: int) -> Sender:
    channel = world.chat(channel_id)
    if channel is None or world.member(channel, user_id).status != "creator":
        raise Refused("Only its owner speaks in a channel's name.")
    if any(_owns(world, user_id, banned) for banned in chat.banned_senders):
        raise Refused(f"{channel.title} is banned in {chat.title}.")
    return as_channel(user_id, channel_id)


def _owns(world: World, user_id: int, channel_id: int) -> bool:
    channel = world.chat(channel_id)
    return channel is not None and world.member(channel, user_id).status == "creator"


def forward(world: World, user_id: int, source: Chat, message: Message, chat: Chat) -> Message:
    """Forward a message into a chat.

    :raises Refused: if its content is protected or this person may not send it there.
    """
    if message.protected or message.service:
        raise Refused("This message cannot be forwarded.")
    body = posting.content_of(message)
    _may_send(world, user_id, chat, kind_of(body))
    body["forward_origin"] = posting.origin_of(world, source, message)
    return posting.post(world, chat, _sender(world, user_id, chat, None, None), Draft(body))


def edit(world: World, user_id: int, chat: Chat, message: Message, text: str) -> Message:
    """Change one's own message.

    :raises Refused: if it is not one's own, too old or of a kind that cannot be edited.
    """
    if message.author != user_id or message.service or "forward_origin" in message:
        raise Refused("People edit their own messages only.")
    if world.now - message.date > TWO_DAYS:
        raise Refused("The message is older than 48 hours.")
    field, marks = ("text", "entities") if "text" in message else ("caption", "caption_entities")
    message.body.pop(marks, None)
    message.body |= _typed_body(world, {field: text})
    message.body["edit_date"] = world.now
    world.touch()
    spread_message(world, chat, message, edited=True)
    return message


def delete(world: World, user_id: int, chat: Chat, message: Message) -> None:
    """Delete one's own message, or with the right anybody's.

    :raises Refused: without the right.
    """
    allowed = chat.type == "private" or (message.author == user_id and not message.service)
    if not allowed and not world.has_right(chat, user_id, "can_delete_messages"):
        raise Refused(f"{name_of(world, user_id)} may not delete this message.")
    posting.delete(world, chat, message)


def pin(world: World, user_id: int, chat: Chat, message: Message) -> None:
    """Pin a message.

    :raises Refused: without the right.
    """
    _may(world, user_id, chat, "can_pin_messages", "pin messages")
    posting.pin(world, chat, message, user_id)


def unpin(world: World, user_id: int, chat: Chat, message: Message) -> None:
    """Unpin a message.

    :raises Refused: without the right, or if it is not pinned.
    """
    _may(world, user_id, chat, "can_pin_messages", "pin messages")
    if message.message_id not in chat.pins:
        raise Refused("The message is not pinned.")
    posting.unpin(world, chat, message.message_id)


def _may(world: World, user_id: int, chat: Chat, right: str, what: str) -> None:
    """Check an administrator's right that a group may also grant to everybody."""
    if chat.type == "private":
        return
    member = present(world, user_id, chat)
    granted = world.has_right(chat, user_id, right) or (
        not member.admin and world.permissions(chat, member).get(right, False)
    )
    if not granted:
        raise Refused(f"{name_of(world, user_id)} may not {what} in {chat.title}.")


def set_title(world: World, user_id: int, chat: Chat, title: str) -> None:
    """Rename a group.

    :raises Refused: without the right.
    """
    _may(world, user_id, chat, "can_change_info", "change the title")
    chat.title = title
    posting.service(world, chat, user_id, new_chat_title=title)


def open_topic(world: World, user_id: int, chat: Chat, name: str) -> Topic:
    """Open a topic in a forum.

    :raises Refused: without the right, or where there are no topics.
    """
    if not chat.is_forum:
        raise Refused(f"{chat.title} has no topics.")
    _may(world, user_id, chat, "can_manage_topics", "open topics")
    return membership.new_topic(world, chat, user_id, name)


def close_topic(world: World, user_id: int, chat: Chat, topic_id: int, *, closed: bool = True) -> None:
    """Close or reopen a topic.

    :raises Refused: without the right.
    """
    topic = chat.topics.get(topic_id)
    if topic is None:
        raise Refused("There is no such topic.")
    if topic.creator != user_id:
        _may(world, user_id, chat, "can_manage_topics", "manage topics")
    topic.closed = closed
    event = "forum_topic_closed" if closed else "forum_topic_reopened"
    posting.service(world, chat, user_id, thread_id=topic_id, **{event: {}})
