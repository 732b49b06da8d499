"""What people do, as far as Telegram lets them: write, tap, react, delete, pin, vote, come and go."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.sandbox.telegram import membership, polls, posting
from bot.sandbox.telegram.compose import typed
from bot.sandbox.telegram.delivery import deliver, spread_message
from bot.sandbox.telegram.entities import utf16_len
from bot.sandbox.telegram.errors import Refused
from bot.sandbox.telegram.files import keep, media_fields
from bot.sandbox.telegram.model import CallbackQuery, Chat, InviteLink, Member, Message, Topic
from bot.sandbox.telegram.posting import Draft, Sender, as_anonymous, as_channel, as_user
from bot.sandbox.telegram.rights import NEEDED
from bot.sandbox.telegram.sending import kind_of
from bot.sandbox.telegram.views import chat_view, message_view, user_view
from bot.sandbox.telegram.world import World

MOST_CALLBACKS = 20_000
MAX_TEXT, MAX_CAPTION = 4096, 1024
TWO_DAYS = 48 * 3600

Json = dict[str, Any]


def name_of(world: World, user_id: int) -> str:
    """Return a person's name for a sentence."""
    return world.state.users[user_id].name


def start(world: World, user_id: int, bot_id: int, payload: str | None = None) -> Message:
    """Press Start in the private chat with a bot."""
    chat = world.private(bot_id, user_id)
    if chat.blocked:
        unblock(world, user_id, bot_id)
    chat.started = True
    return send(world, user_id, chat, {"text": f"/start {payload}" if payload else "/start"})


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
    if chat.type == "private" and not chat.started:
        chat.started = True
    if chat.type == "private" and chat.blocked:
        raise Refused(f"{name_of(world, user_id)} has blocked the bot.")
    _may_send(world, user_id, chat, kind_of(body))
    thread_id = _thread(world, user_id, chat, reply_to, thread_id)
    if reply_to is not None and world.find(chat, reply_to) is None:
        raise Refused("The message to be answered is gone.")
    sender = _sender(world, user_id, chat, anonymous, sender_chat)
    message = posting.post(world, chat, sender, Draft(body, reply_to=reply_to, thread_id=thread_id))
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


def media(world: World, kind: str, data: bytes, name: str | None = None, caption: str | None = None) -> Json:
    """Make the content of a message with a file."""
    stored = keep(world, kind, data, name=name)
    return media_fields(stored, world) | ({"caption": caption} if caption else {})


def _may_send(world: World, user_id: int, chat: Chat, kind: str) -> None:
    if chat.type == "private":
        return
    member, name = _present(world, user_id, chat), name_of(world, user_id)
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


def _present(world: World, user_id: int, chat: Chat) -> Member:
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
    if channel_id in chat.banned_senders:
        raise Refused(f"{channel.title} is banned in {chat.title}.")
    return as_channel(user_id, channel_id)


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
    member = _present(world, user_id, chat)
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


def tap(
    world: World, user_id: int, chat: Chat, message: Message, *, label: str | None = None, data: str | None = None
) -> str:
    """Tap a button, named by its label or its data, and return the id of the callback query.

    :raises Refused: if there is no such button or this person is not in the chat.
    """
    if chat.type != "private":
        _present(world, user_id, chat)
    if message.deleted:
        raise Refused("The message is gone.")
    if message.author not in world.state.bots:
        raise Refused("Only bots' messages have buttons.")
    data = _button_data(message, label, data)
    query = CallbackQuery(
        id=str(4_000_000_000_000_000_000 + world.number("callback")),
        bot_id=message.author,
        user_id=user_id,
        chat_id=chat.id,
        message_id=message.message_id,
        data=data,
        date=world.now,
    )
    return _ask(world, chat, message, query)


def _button_data(message: Message, label: str | None, data: str | None) -> str:
    """Find a button; data that no button carries is what a forger would send."""
    if label is None:
        return data or ""
    for exact in (True, False):
        for button in message.buttons():
            if button["text"] == label or (not exact and label.casefold() in button["text"].casefold()):
                if "callback_data" not in button:
                    raise Refused(f"The button “{button['text']}” asks nothing of the bot.")
                return str(button["callback_data"])
    raise Refused(f"There is no button “{label}”; there are {message.labels()}.")


def _ask(world: World, chat: Chat, message: Message, query: CallbackQuery) -> str:
    callbacks = world.state.callbacks
    callbacks[query.id] = query
    if len(callbacks) > MOST_CALLBACKS:
        del callbacks[next(iter(callbacks))]
    payload = {
        "id": query.id,
        "from": user_view(world.state.users[query.user_id]),
        "message": message_view(world, chat, message),
        "chat_instance": str(chat.id * 31 + query.bot_id),
        "data": query.data,
    }
    world.touch()
    deliver(world, world.state.bots[query.bot_id], "callback_query", chat.id, payload)
    return query.id


def react(world: World, user_id: int, chat: Chat, message: Message, emoji: Sequence[str]) -> None:
    """React to a message; no emoji takes the reaction back. Administrators among the bots are told.

    :raises Refused: without the permission.
    """
    if chat.type != "private":
        member = _present(world, user_id, chat)
        if chat.is_group and not world.permissions(chat, member).get("can_react_to_messages", False):
            raise Refused(f"{name_of(world, user_id)} may not react in {chat.title}.")
    old = message.reactions.pop(user_id, [])
    new = [{"type": "emoji", "emoji": sign} for sign in emoji]
    if new:
        message.reactions[user_id] = new
    world.touch()
    event: Json = {"chat": chat_view(world, chat), "message_id": message.message_id, "date": world.now}
    event |= {"user": user_view(world.state.users[user_id]), "old_reaction": old, "new_reaction": new}
    if chat.type == "private":
        deliver(world, world.state.bots[chat.bot_id or 0], "message_reaction", chat.id, event)
    for bot in world.bots_in(chat):
        if world.member(chat, bot.id).admin:
            deliver(world, bot, "message_reaction", chat.id, event)


def vote(world: World, user_id: int, chat: Chat, message: Message, options: list[int]) -> None:
    """Vote in a poll.

    :raises Refused: if this person is not in the chat or the poll does not take the vote.
    """
    if chat.type != "private":
        _present(world, user_id, chat)
    if "poll" not in message:
        raise Refused("This message is no poll.")
    polls.vote(world, chat, message, user_id, options)


def join(world: World, user_id: int, chat: Chat, link: str | None = None) -> None:
    """Come into a group, by an invite link or as if by its public name.

    :raises Refused: if banned, or if the link no longer works.
    """
    _may_enter(world, user_id, chat)
    invite = _usable(world, chat, link) if link else None
    if invite is not None and invite.creates_join_request:
        membership.ask_to_join(world, chat, user_id, invite)
        return
    membership.enter(world, chat, user_id, link=invite)


def request_to_join(world: World, user_id: int, chat: Chat, link: str | None = None) -> None:
    """Ask to be let in.

    :raises Refused: if banned, already in, or if the link no longer works.
    """
    _may_enter(world, user_id, chat)
    invite = _usable(world, chat, link) if link else None
    membership.ask_to_join(world, chat, user_id, invite)


def _may_enter(world: World, user_id: int, chat: Chat) -> None:
    member, name = world.member(chat, user_id), name_of(world, user_id)
    if member.present:
        raise Refused(f"{name} is already in {chat.title}.")
    if member.status == "kicked":
        raise Refused(f"{name} is banned from {chat.title}.")


def _usable(world: World, chat: Chat, url: str) -> InviteLink:
    link = chat.links.get(url)
    gone = link is None or link.is_revoked or bool(link.expire_date and link.expire_date <= world.now)
    if link is None or gone or (link.member_limit is not None and link.uses >= link.member_limit):
        raise Refused("The invite link has expired.")
    return link


def leave(world: World, user_id: int, chat: Chat) -> None:
    """Leave a chat.

    :raises Refused: if not in it.
    """
    _present(world, user_id, chat)
    membership.exit_chat(world, chat, user_id, by=user_id)


def block(world: World, user_id: int, bot_id: int) -> None:
    """Block a bot: it is told, and can no longer write."""
    _set_blocked(world, user_id, bot_id, blocked=True)


def unblock(world: World, user_id: int, bot_id: int) -> None:
    """Unblock a bot."""
    _set_blocked(world, user_id, bot_id, blocked=False)


def _set_blocked(world: World, user_id: int, bot_id: int, *, blocked: bool) -> None:
    chat = world.private(bot_id, user_id)
    if chat.blocked == blocked:
        return
    chat.blocked = blocked
    me = user_view(world.state.users[bot_id])
    standing = [{"status": "member", "user": me}, {"status": "kicked", "user": me, "until_date": 0}]
    old, new = standing if blocked else reversed(standing)
    event: Json = {"chat": chat_view(world, chat), "date": world.now, "from": user_view(world.state.users[user_id])}
    event |= {"old_chat_member": old, "new_chat_member": new}
    world.touch()
    deliver(world, world.state.bots[bot_id], "my_chat_member", chat.id, event)
