"""Announcements, as a capability."""

from bot.announcements.handlers.capability import capability

__all__ = ["capability"]
