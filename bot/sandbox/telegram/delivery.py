"""Which bot gets which update, and the queue it waits in."""

from __future__ import annotations

import json
from typing import Any

from bot.sandbox.telegram.model import DEFAULT_UPDATES, BotAccount, Chat, Message, QueuedUpdate
from bot.sandbox.telegram.views import message_view
from bot.sandbox.telegram.world import World

QUIET_WEEK = 7 * 86_400


def deliver(world: World, bot: BotAccount, kind: str, chat_id: int, payload: Any) -> None:
    """Queue an update for a bot, unless it did not ask for this kind."""
    wanted = bot.allowed_updates
    if kind not in (wanted if wanted is not None else DEFAULT_UPDATES):
        return
    update_id = _update_id(world, bot)
    body = json.dumps({"update_id": update_id, kind: payload}, separators=(",", ":"))
    bot.queue.append(QueuedUpdate(update_id, kind, chat_id, world.now, body))
    world.touch()
    world.arrived(bot.id)


def _update_id(world: World, bot: BotAccount) -> int:
    """Number an update: one more than the last, but after a quiet week Telegram goes on from anywhere."""
    now = world.now
    if not bot.queue and bot.last_update_at and now - bot.last_update_at >= QUIET_WEEK:
        bot.next_update_id = (bot.next_update_id * 48_271 + 11) % 900_000_000 + 1
    bot.last_update_at = now
    update_id = bot.next_update_id
    bot.next_update_id += 1
    return update_id


def spread_message(world: World, chat: Chat, message: Message, *, edited: bool = False) -> None:
    """Send a new or edited message to every bot that may see it."""
    kind = "channel_post" if chat.type == "channel" else "message"
    if edited:
        kind = f"edited_{kind}"
    view = None
    for bot in _audience(world, chat):
        if sees(world, bot, chat, message):
            view = view or message_view(world, chat, message)
            deliver(world, bot, kind, chat.id, view)


def _audience(world: World, chat: Chat) -> list[BotAccount]:
    if chat.type == "private":
        return [world.state.bots[chat.bot_id]] if chat.bot_id in world.state.bots else []
    return list(world.bots_in(chat))


def sees(world: World, bot: BotAccount, chat: Chat, message: Message) -> bool:
    """Whether a message reaches a bot: never its own or another bot's, and with privacy only what is meant for it."""
    if message.service:
        return chat.type != "private" or message.author != bot.id or "pinned_message" in message
    if message.author in world.state.bots:
        return False
    if chat.type in ("private", "channel") or not bot.privacy:
        return True
    return world.member(chat, bot.id).admin or _meant_for(world, bot, chat, message)


def _meant_for(world: World, bot: BotAccount, chat: Chat, message: Message) -> bool:
    original = world.find(chat, message.reply_to)
    if original is not None and original.author == bot.id and "forum_topic_created" not in original:
        return True
    me = f"@{bot.username}".lower()
    for word, kind in _addressed(message):
        if kind == "bot_command":
            name = word.lower().partition("@")
            if (not name[1] and chat.last_bot in (None, bot.id)) or name[1] + name[2] == me:
                return True
        elif word.lower() == me:
            return True
    return any(entity.get("user", {}).get("id") == bot.id for entity in message.entities)


def _addressed(message: Message) -> list[tuple[str, str]]:
    found = []
    raw = message.text.encode("utf-16-le", "surrogatepass")
    for entity in message.entities:
        if entity["type"] in ("mention", "bot_command"):
            start = entity["offset"] * 2
            word = raw[start : start + entity["length"] * 2].decode("utf-16-le", "surrogatepass")
            found.append((word, entity["type"]))
    return found
