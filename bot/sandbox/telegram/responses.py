"""How people respond to messages: taps on buttons, reactions, votes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.sandbox.telegram import polls
from bot.sandbox.telegram.delivery import deliver
from bot.sandbox.telegram.errors import Refused
from bot.sandbox.telegram.model import CallbackQuery, Chat, Message
from bot.sandbox.telegram.people import name_of, present
from bot.sandbox.telegram.views import chat_view, message_view, user_view
from bot.sandbox.telegram.world import World

MOST_CALLBACKS = 20_000

Json = dict[str, Any]


def tap(
    world: World, user_id: int, chat: Chat, message: Message, *, label: str | None = None, data: str | None = None
) -> str:
    """Tap a button, named by its label or its data, and return the id of the callback query.

    :raises Refused: if there is no such button or this person is not in the chat.
    """
    if chat.type != "private":
        present(world, user_id, chat)
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
        member = present(world, user_id, chat)
        if chat.is_group and not world.permissions(chat, member).get("can_react_to_messages", False):
            raise Refused(f"{name_of(world, user_id)} may not react in {chat.title}.")
    old = message.reactions.pop(user_id, [])
    new = [{"type": "emoji", "emoji": sign} for sign in emoji]
    if new:
        message.reactions[user_id] = new
    world.touch()
    event: Json = {"chat": chat_view(world, chat), "message_id": message.message_id, "date": world.now}
    event |= {"user": user_view(world.state.users[user_id]), "old_reaction": old, "new_reaction": new}
    kind = "message_reaction"
    if chat.type == "private":
        deliver(world, world.state.bots[chat.bot_id or 0], kind, chat.id, event)
    if chat.type == "channel":  # where nobody learns who reacted, only how often
        kind, event = "message_reaction_count", _reaction_count(world, chat, message)
    for bot in world.bots_in(chat):
        if world.member(chat, bot.id).admin:
            deliver(world, bot, kind, chat.id, event)


def _reaction_count(world: World, chat: Chat, message: Message) -> Json:
    signs = [reaction["emoji"] for given in message.reactions.values() for reaction in given]
    counts = [
        {"type": {"type": "emoji", "emoji": sign}, "total_count": signs.count(sign)} for sign in dict.fromkeys(signs)
    ]
    return {
        "chat": chat_view(world, chat),
        "message_id": message.message_id,
        "date": world.now,
        "reactions": counts,
    }


def vote(world: World, user_id: int, chat: Chat, message: Message, options: list[int]) -> None:
    """Vote in a poll.

    :raises Refused: if this person is not in the chat or the poll does not take the vote.
    """
    if chat.type != "private":
        present(world, user_id, chat)
    if "poll" not in message:
        raise Refused("This message is no poll.")
    polls.vote(world, chat, message, user_id, options)
