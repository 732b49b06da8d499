"""``/events`` and what leads on from it: a month, one's own events, what took place, files."""

from bot.events.looking.handlers.part import part

__all__ = ["part"]
