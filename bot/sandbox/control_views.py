"""The world as the chat page and the tests read it: the Bot API's objects plus what a person would see."""

from __future__ import annotations

import json
from collections.abc import Iterable
from itertools import islice
from typing import Any

from bot.sandbox.telegram.entities import to_html
from bot.sandbox.telegram.model import BotAccount, Chat, Member, Message, User
from bot.sandbox.telegram.rights import CHANNEL_RIGHTS, RIGHTS
from bot.sandbox.telegram.views import message_view, permissions_view, user_view
from bot.sandbox.telegram.world import World

Json = dict[str, Any]

_PROMPT_SEARCH = 200
"""How far back a reply keyboard is looked for; Telegram's own apps forget older ones too."""


def user_row(user: User) -> Json:
    """Write a person or bot."""
    row = user_view(user)
    return {"last_name": None, "username": None, "language_code": None, **row}


def all_users(world: World) -> list[Json]:
    """Write everybody but Telegram's own accounts."""
    staff = {"GroupAnonymousBot", "Channel_Bot"}
    return [user_row(u) for u in world.state.users.values() if u.username not in staff and u.first_name != "Telegram"]


def all_chats(world: World) -> list[Json]:
    """Write every group and channel, and every private chat with a bot."""
    privates = [chat for chats in world.state.privates.values() for chat in chats.values()]
    return [chat_row(world, chat) for chat in [*world.state.chats.values(), *privates]]


def chat_row(world: World, chat: Chat) -> Json:
    """Write a chat."""
    private = chat.type == "private"
    row: Json = {
        "id": chat.id,
        "type": chat.type,
        "title": world.state.users[chat.id].name if private else chat.title,
        "is_forum": chat.is_forum,
        "member_count": 2 if private else chat.member_count,
        "permissions": permissions_view(chat.permissions) if chat.is_group else None,
        "migrated_to": chat.migrated_to,
        "linked_chat_id": chat.linked_chat_id,
        "topics": [{"id": t.id, "name": t.name, "closed": t.closed} for t in chat.topics.values()],
        "last": _last(world, chat),
    }
    return row | ({"bot": chat.bot_id} if private else {})


def _last(world: World, chat: Chat) -> Json | None:
    message = next((m for m in reversed(chat.messages.values()) if not m.deleted and not m.service), None)
    if message is None:
        return None
    row = {"id": message.message_id, "text": message.text, "date": message.date, "from": _sender(world, message)}
    kind = next((kind for kind in _KINDS if kind in message), None)
    return row if kind is None else row | {"kind": kind}


_KINDS = ("photo", "video", "document", "audio", "voice", "sticker", "poll", "contact", "location", "story")


def _sender(world: World, message: Message) -> str:
    if message.sender_chat is not None and (chat := world.chat(message.sender_chat)) is not None:
        return chat.title or ""
    user = world.user(message.shown_from or 0)
    return user.first_name if user else ""


def member_row(world: World, chat: Chat, member: Member) -> Json:
    """Write how somebody stands in a chat."""
    names = CHANNEL_RIGHTS if chat.type == "channel" else RIGHTS
    owner = member.status == "creator"
    return {
        "user": user_row(world.state.users[member.user_id]),
        "status": member.status,
        "is_member": member.present,
        "rights": {name: owner or member.rights.get(name, False) for name in names} if member.admin else {},
        "permissions": permissions_view(world.permissions(chat, member)) if chat.is_group else {},
        "until_date": member.until_date,
        "tag": member.tag,
        "custom_title": member.custom_title,
        "is_anonymous": member.is_anonymous,
    }


def message_row(world: World, chat: Chat, message: Message) -> Json:
    """Write a message with what a person sees of it."""
    return {
        **message_view(world, chat, message),
        "html": to_html(message.text, message.entities),
        "deleted": message.deleted,
        "edited": message.edited,
        "buttons": message.rows,
        "pinned": message.message_id in chat.pins,
        "reactions": _reactions(message),
        "author": message.author,
    }


def _reactions(message: Message) -> list[Json]:
    counts: dict[str, int] = {}
    for given in message.reactions.values():
        for reaction in given:
            shown = str(reaction.get("emoji", "★"))
            counts[shown] = counts.get(shown, 0) + 1
    return [{"emoji": emoji, "count": count} for emoji, count in counts.items()]


def conversation(world: World, chat: Chat, viewer: int | None, *, limit: int = 200, before: int | None = None) -> Json:
    """Write a chat as one person sees it: members, messages (also deleted ones), pins, commands, keyboard."""
    found = (m for m in reversed(chat.messages.values()) if before is None or m.message_id < before)
    messages = [message_row(world, chat, m) for m in islice(found, limit)][::-1]
    you = None if viewer is None or chat.type == "private" else world.member(chat, viewer)
    view = {
        "chat": chat_row(world, chat),
        "members": [member_row(world, chat, world.member(chat, user_id)) for user_id in tuple(chat.members)],
        "messages": messages,
        "pins": list(chat.pins),
        "you": None if you is None else member_row(world, chat, you),
        "commands": [] if viewer is None else commands_for(world, chat, viewer),
        "prompt": None if viewer is None else prompt_for(world, chat, viewer),
    }
    return view | ({"started": chat.started, "blocked": chat.blocked} if chat.type == "private" else {})


# --- the keyboard under the composer ----------------------------------------------------------------------------


def prompt_for(world: World, chat: Chat, viewer: int) -> Json | None:
    """Return the reply keyboard or forced reply that stands open for one person, with its ``message_id``.

    A forced reply and a one-time keyboard are used up by whatever this person sends next.
    """
    spoke = False
    for message in islice(reversed(chat.messages.values()), _PROMPT_SEARCH):
        if message.deleted:
            continue
        prompt = message.prompt
        if prompt is not None and (not prompt.get("selective") or _addressed(world, chat, message, viewer)):
            used_up = spoke and (prompt.get("force_reply") or prompt.get("one_time_keyboard"))
            if prompt.get("remove_keyboard") or used_up:
                return None
            return {**prompt, "message_id": message.message_id}
        spoke = spoke or (message.author == viewer and not message.service)
    return None


def _addressed(world: World, chat: Chat, message: Message, viewer: int) -> bool:
    """Whether a selective keyboard is meant for this person: named in the text, or answered by the message."""
    original = chat.messages.get(message.reply_to or 0)
    if chat.type == "private" or (original is not None and original.author == viewer):
        return True
    if any(entity.get("user", {}).get("id") == viewer for entity in message.entities):
        return True
    user = world.user(viewer)
    name = f"@{user.username}".lower() if user and user.username else None
    units = message.text.encode("utf-16-le", "surrogatepass")
    spans = [(e["offset"], e["offset"] + e["length"]) for e in message.entities if e["type"] == "mention"]
    return any(units[2 * a : 2 * b].decode("utf-16-le", "replace").lower() == name for a, b in spans)


# --- the command menu -------------------------------------------------------------------------------------------


def commands_for(world: World, chat: Chat, viewer: int) -> list[Json]:
    """Return the commands Telegram would offer one person here: the narrowest scope that has any, in their language."""
    user = world.user(viewer)
    language = (user.language_code or "").partition("-")[0] if user else ""
    offered: list[Json] = []
    for account in _bots_of(world, chat):
        name = world.state.users[account.id].username
        menu = _menu(account, _scopes(world, chat, viewer), language)
        offered += [{**command, "bot": name} for command in menu]
    return offered


def _bots_of(world: World, chat: Chat) -> Iterable[BotAccount]:
    if chat.type == "private":
        return [world.state.bots[chat.bot_id]] if chat.bot_id in world.state.bots else []
    return world.bots_in(chat)


def _scopes(world: World, chat: Chat, viewer: int) -> list[list[str]]:
    """Name the scopes that apply, narrowest first."""
    here = str(chat.id)
    if chat.type == "private":
        return [["chat", here], ["all_private_chats"], ["default"]]
    admin = world.member(chat, viewer).admin
    scopes = [["chat_member", here, str(viewer)]]
    scopes += [["chat_administrators", here]] if admin else []
    scopes += [["chat", here]]
    scopes += [["all_chat_administrators"]] if admin else []
    return [*scopes, ["all_group_chats"], ["default"]]


def _menu(account: BotAccount, scopes: list[list[str]], language: str) -> list[Json]:
    for scope in scopes:
        for spoken in dict.fromkeys((language, "")):
            found = account.commands.get(json.dumps([*scope, spoken]))
            if found:
                return found
    return []
