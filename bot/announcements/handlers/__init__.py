"""Announcements, as a capability."""

from bot.announcements.handlers.arrivals import new_zone
from bot.announcements.handlers.capability import capability

__all__ = ["capability", "new_zone"]
