"""An emulated Telegram: a world of people, groups and messages, and the Bot API over HTTP as strict as the real one.

It knows nothing of the bot it serves. People act through :class:`Actor`; bots come over the wire.
"""

from __future__ import annotations

from bot.sandbox.telegram.actor import Actor
from bot.sandbox.telegram.errors import ApiError, Refused
from bot.sandbox.telegram.model import BotAccount, Chat, Member, Message, User
from bot.sandbox.telegram.telegram import Telegram
from bot.sandbox.telegram.world import World

__all__ = ["Actor", "ApiError", "BotAccount", "Chat", "Member", "Message", "Refused", "Telegram", "User", "World"]
