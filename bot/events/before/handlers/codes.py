"""The buttons of the time before an event; the one on the card stands with the card's."""

from __future__ import annotations

from bot.tg.buttons import ButtonCode

WEATHER = ButtonCode("ev.sky", (int,))
"""Shows how the list stands, where the button was."""
ASK = ButtonCode("ev.still", (int,))
FREE = ButtonCode("ev.free", (int,))
FREE_NOW = ButtonCode("ev.freed", (int, int))
"""Carries an event, and the mark of the people the organiser saw (:func:`bot.events.rules.queue.mark_of`)."""
