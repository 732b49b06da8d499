"""The daily digest as a capability."""

from bot.digest.handlers.capability import capability

__all__ = ["capability"]
