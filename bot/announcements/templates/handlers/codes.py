"""The buttons and forms of templates."""

from __future__ import annotations

from typing import Final

from bot.tg.buttons import ButtonCode

LIST = ButtonCode("at.list", (int,))
SHOW = ButtonCode("at.show", (int,))
USE = ButtonCode("at.use", (int,))
RENAME = ButtonCode("at.name", (int,))
DELETE = ButtonCode("at.del", (int,))
REALLY = ButtonCode("at.gone", (int,))
SAVE = ButtonCode("at.save", (int,))

FORM_SAVE: Final = "template.save"
FORM_RENAME: Final = "template.rename"
