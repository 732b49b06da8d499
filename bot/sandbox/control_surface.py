"""What the control surface acts upon, and how an action's body names people, chats and messages."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.kernel.clock import MovableClock
from bot.sandbox.control_body import Body, Wrong
from bot.sandbox.telegram import Actor, Telegram
from bot.sandbox.telegram.model import BotAccount, Chat, Message
from bot.sandbox.telegram.world import World

Json = dict[str, Any]
NextTimer = Callable[[], Awaitable[datetime | None]]
IsBusy = Callable[[], Awaitable[bool]]
StartOver = Callable[[], Awaitable[None]]


@dataclass(frozen=True)
class Surface:
    """What the control surface acts upon."""

    telegram: Telegram
    clock: MovableClock
    next_timer: NextTimer | None = None
    is_busy: IsBusy | None = None
    start_over: StartOver | None = None

    @property
    def world(self) -> World:
        """The emulated world."""
        return self.telegram.world

    def bot(self, bot_id: int | None = None) -> BotAccount:
        """Find a bot, without further words the first.

        :raises Wrong: if there is none.
        """
        bots = self.world.state.bots
        found = next(iter(bots.values()), None) if bot_id is None else bots.get(bot_id)
        if found is None:
            raise Wrong("There is no such bot.", 404)
        return found

    def person(self, user_id: int) -> Actor:
        """Find a person to act as.

        :raises Wrong: if there is none.
        """
        user = self.world.user(user_id)
        if user is None or user.is_bot:
            raise Wrong(f"There is no person {user_id}.", 404)
        return Actor(self.world, user_id)

    def known(self, user_id: int) -> int:
        """Check that there is such a person or bot.

        :raises Wrong: if there is none.
        """
        if self.world.user(user_id) is None:
            raise Wrong(f"There is nobody with the id {user_id}.", 404)
        return user_id

    def chat(self, chat_id: int, bot_id: int | None = None) -> Chat:
        """Find a chat; a private one with a bot nobody spoke in yet is shown empty.

        :raises Wrong: if there is none.
        """
        chat = self.world.chat(chat_id, bot_id)
        if chat is None and chat_id > 0 and self.world.user(chat_id) is not None and self.world.state.bots:
            return Chat(chat_id, "private", bot_id=self.bot(bot_id).id)
        if chat is None:
            raise Wrong(f"There is no chat {chat_id}.", 404)
        return chat

    def calls(self, since: int, limit: int, *, polls: bool = False) -> list[Json]:
        """Write the bot's newest calls; the everlasting getUpdates only if asked for."""
        found = [c for c in self.telegram.journal.since(since, 50_000) if polls or c.method != "getUpdates"]
        return [
            {
                "n": call.n,
                "at": call.at,
                "method": call.method,
                "params": call.params,
                "ok": call.ok,
                "error_code": call.error_code,
                "description": call.description,
                "result": call.result,
                "ms": call.ms,
            }
            for call in found[-max(1, limit) :]
        ]


def actor_of(surface: Surface, body: Body) -> Actor:
    """Find the person who acts.

    :raises Wrong: if there is none.
    """
    return surface.person(body.number("as"))


def chat_of(surface: Surface, body: Body, name: str = "chat_id") -> Chat:
    """Find the chat of an action; one's own id means the private chat with the bot.

    :raises Wrong: if there is none.
    """
    chat_id = body.number(name)
    if chat_id > 0:
        return surface.world.private(surface.bot(body.optional("bot")).id, surface.person(chat_id).id)
    return surface.chat(chat_id)


def group_of(surface: Surface, body: Body) -> Chat:
    """Find the group or channel of an action.

    :raises Wrong: if there is none.
    """
    chat = chat_of(surface, body)
    if chat.type == "private":
        raise Wrong("That works in groups and channels only.")
    return chat


def message_of(surface: Surface, body: Body) -> tuple[Actor, Chat, Message]:
    """Find who acts, the chat and the message.

    :raises Wrong: if there is none.
    """
    chat, message_id = chat_of(surface, body), body.number("message_id")
    message = surface.world.find(chat, message_id)
    if message is None:
        raise Wrong(f"There is no message {message_id}.", 404)
    return actor_of(surface, body), chat, message


def target_of(surface: Surface, body: Body) -> tuple[Actor, Chat, int]:
    """Find who acts, the chat and the one it is done to.

    :raises Wrong: if there is none.
    """
    return actor_of(surface, body), group_of(surface, body), surface.known(body.number("user_id"))
