"""Names that stand in the database and in buttons."""

from __future__ import annotations

from typing import Final

from bot.tg.buttons import ButtonCode

IMPORT_FORM: Final = "policy.import"

CHOICE = ButtonCode("rg.all")
SHOW = ButtonCode("rg.show", (str,))
USE = ButtonCode("rg.use", (str, str, str))
"""Carries the regulation's name, the state its rules begin in, and the mark of what held when the difference was shown."""
IMPORT = ButtonCode("rg.imp", (str,))
UNDO = ButtonCode("rg.undo", (str,))
