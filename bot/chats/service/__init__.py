"""The use cases: :class:`GroupBook` holds the groups we know, and says where their managers are spoken to."""

from bot.chats.service.book import GroupBook

__all__ = ["GroupBook"]
