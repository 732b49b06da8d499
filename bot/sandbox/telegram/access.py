"""What a bot may reach: chats by id or name, users, messages, and the rights each act needs."""

from __future__ import annotations

from dataclasses import dataclass

from bot.sandbox.telegram.errors import ApiError, bad_request, forbidden, migrated
from bot.sandbox.telegram.model import BotAccount, Chat, Member, Message, User
from bot.sandbox.telegram.params import Params
from bot.sandbox.telegram.rights import NEEDED
from bot.sandbox.telegram.world import World


@dataclass(frozen=True)
class Call:
    """One method call of one bot."""

    world: World
    bot: BotAccount
    params: Params

    @property
    def now(self) -> int:
        """The world's time in Unix seconds."""
        return self.world.now


def chat_of(call: Call, name: str = "chat_id") -> Chat:
    """Find a chat the bot is in, as a parameter names it.

    :raises ApiError: 400 for one it cannot know, 403 for one it was removed from, with ids for one that moved.
    """
    raw = call.params.values.get(name)
    if raw is None or raw == "":
        raise bad_request(f"{name} is empty")
    world, bot = call.world, call.bot
    chat_id = _chat_id(world, str(raw))
    if chat_id > 0:
        return _private(call, chat_id)
    chat = world.state.chats.get(chat_id)
    if chat is None or (bot.id not in chat.members and not chat.username):
        raise bad_request("chat not found")
    if chat.migrated_to is not None:
        raise migrated(chat.migrated_to)
    _still_in(world, bot, chat)
    return chat


def _chat_id(world: World, raw: str) -> int:
    if raw.startswith("@"):
        found = world.usernames.get(raw[1:].lower(), 0)
        if found >= 0:  # a person's or bot's @name names no chat
            raise bad_request("chat not found")
        return found
    try:
        return int(raw)
    except ValueError as error:
        raise bad_request("chat not found") from error


def _private(call: Call, user_id: int) -> Chat:
    world = call.world
    user = world.user(user_id)
    if user is None or not world.knows(call.bot.id, user_id):
        raise bad_request("chat not found")
    if user.is_bot:
        raise forbidden("bots can't send messages to bots")
    if user.deactivated:
        raise forbidden("user is deactivated")
    return world.private(call.bot.id, user_id)


def _still_in(world: World, bot: BotAccount, chat: Chat) -> None:
    member = world.member(chat, bot.id)
    if member.present:
        return
    kind = f"{chat.type} chat"
    if member.status == "kicked":
        raise forbidden(f"bot was kicked from the {kind}")
    raise forbidden(f"bot is not a member of the {kind}")


def group_of(call: Call, *, supergroup: bool = False) -> Chat:
    """Find a group the bot is in; some methods work in supergroups (and channels) only.

    :raises ApiError: for another kind of chat.
    """
    chat = chat_of(call)
    if chat.type == "private":
        raise bad_request("method is available only for groups and supergroups")
    if supergroup and chat.type == "group":
        raise bad_request("method is available only for supergroups")
    return chat


def writable(call: Call, chat: Chat, kind: str = "text") -> None:
    """Check that the bot may send this kind of content here.

    :raises ApiError: 403 in private where nobody pressed Start, 400 in a group that withholds the permission.
    """
    world, bot = call.world, call.bot
    if chat.type == "private":
        if chat.blocked:
            raise forbidden("bot was blocked by the user")
        if not chat.started and not _asks_to_join(world, bot.id, chat.id):
            raise forbidden("bot can't initiate conversation with a user")
        return
    member = world.member(chat, bot.id)
    if chat.type == "channel":
        if not world.has_right(chat, bot.id, "can_post_messages"):
            raise bad_request("need administrator rights in the channel chat")
        return
    permission, plural = NEEDED[kind]
    if not world.permissions(chat, member).get(permission, False):
        raise bad_request(f"not enough rights to send {plural} to the chat")


def _asks_to_join(world: World, bot_id: int, user_id: int) -> bool:
    """Whether a person waits to be let in where the bot is administrator: to them it may write first."""
    chats = (world.state.chats[chat_id] for chat_id in world.state.users[bot_id].chats)
    return any(user_id in chat.requests and bot_id in chat.admins for chat in chats)


def thread_of(call: Call, chat: Chat) -> int | None:
    """Return the forum topic a message goes to.

    :raises ApiError: if it does not exist or is closed for the bot.
    """
    thread = call.params.integer("message_thread_id") or None
    may_manage = call.world.has_right(chat, call.bot.id, "can_manage_topics")
    if thread is None or (thread == 1 and chat.is_forum):
        if chat.is_forum and chat.general_closed and not may_manage:
            raise bad_request("TOPIC_CLOSED")
        return None
    if not chat.is_forum:
        raise bad_request("message thread not found")
    topic = chat.topics.get(thread)
    if topic is None:
        raise bad_request("message thread not found")
    if topic.closed and not may_manage:
        raise bad_request("TOPIC_CLOSED")
    return thread


def message_of(call: Call, chat: Chat, purpose: str, name: str = "message_id") -> Message:
    """Find a message; ``purpose`` completes Telegram's "message to … not found".

    :raises ApiError: if there is none.
    """
    if name not in call.params:
        raise bad_request("message identifier is not specified")
    message = call.world.find(chat, call.params.integer(name))
    if message is None:
        raise bad_request(f"message to {purpose} not found")
    return message


def user_of(call: Call, name: str = "user_id") -> User:
    """Find a user the bot has met.

    :raises ApiError: if there is none.
    """
    user_id = call.params.integer(name)
    if user_id <= 0:
        raise bad_request("invalid user_id specified")
    user = call.world.user(user_id)
    if user is None or not call.world.knows(call.bot.id, user_id):
        raise bad_request("user not found")
    return user


def need(call: Call, chat: Chat, right: str, refusal: str = "not enough rights") -> Member:
    """Check that the bot is an administrator with a right.

    :raises ApiError: if it is not.
    """
    if not call.world.has_right(chat, call.bot.id, right):
        raise bad_request(refusal)
    return call.world.member(chat, call.bot.id)


def not_found() -> ApiError:
    """Build the answer to a method or token nobody knows."""
    return ApiError(404, "Not Found")
