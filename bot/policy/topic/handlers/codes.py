"""Names that stand in the database and in buttons, and who may do what."""

from __future__ import annotations

from bot.kernel.roles import Right
from bot.tg.buttons import ButtonCode
from bot.tg.capability import Access

FORM = "topic.stop"
CARD = "topic"
RESUME = ButtonCode("tp.resume", (int,))
"""Carries the number of a topic."""
LIST = ButtonCode("tp.list")
STOP = ButtonCode("tp.stop")
REOPEN = ButtonCode("tp.open", (int,))
"""Carries the number of a topic; the list stays."""
MODERATORS = Access(right=Right.MODERATE)
EVERYBODY = Access()
