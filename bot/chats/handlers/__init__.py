"""Groups and settings, as a capability; and what the check at start asks of it."""

from bot.chats.handlers.capability import capability
from bot.chats.handlers.checks import findings
from bot.chats.handlers.moving import Moves

__all__ = ["Moves", "capability", "findings"]
