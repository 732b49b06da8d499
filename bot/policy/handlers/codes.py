"""Names that stand in the database and in buttons, and who may do what."""

from __future__ import annotations

from bot.kernel.roles import Right
from bot.tg.buttons import ButtonCode
from bot.tg.capability import Access

FORM = "policy"

LIST = ButtonCode("po.list")
ADD = ButtonCode("po.add")
SHOW = ButtonCode("po.show", (int,))
STATE = ButtonCode("po.state", (int, str))
EDIT = ButtonCode("po.edit", (int,))
SAMPLES = ButtonCode("po.samples", (int,))
REMOVE = ButtonCode("po.remove", (int,))

SETTERS = Access(right=Right.SETTINGS)
EVERYBODY = Access()
