"""Names that stand in the database and in buttons, and who may do what."""

from __future__ import annotations

from bot.kernel.roles import Right
from bot.tg.buttons import ButtonCode
from bot.tg.capability import Access

RESULT = "quiet"

PAGE = ButtonCode("qt.page")
MODE = ButtonCode("qt.mode", (str,))
NOTICE = ButtonCode("qt.note", (int,))
"""1 has the group told, 0 not."""
OPEN = ButtonCode("qt.open", (int,))
"""1 opens the group for the night, 0 takes that back."""

SETTERS = Access(right=Right.SETTINGS)
