"""Names that stand in the database and in buttons, and who may do what."""

from __future__ import annotations

from bot.kernel.roles import Right
from bot.tg.buttons import ButtonCode
from bot.tg.capability import NO_GROUP_NEEDED, Access

CARD = "violations.appeal"
FORM = "appeal"
DECIDING_FORM = "appeals"
LINK = "appeal"
"""The word with which a link begins that leads to an appeal: ``/start appeal-12``, with the id of the case."""
LINK_MADE = "appeal_link"
TOLD = "appeal_told"
LINK_TOLD = "appeal_link_told"

MAKE = ButtonCode("v.appeal", (int,))
"""Carries a case, and no group: who was removed is no member of any."""
DECIDE = ButtonCode("v.judge", (str, int))
"""Carries what is to become of the case, and the appeal."""
SHOW = ButtonCode("v.appeals", (int,))
PAGE = ButtonCode("v.appealp", (int,))
LET_IN = ButtonCode("v.letin", (int,))
"""Makes the link for somebody who may come back once more."""

ANYBODY = NO_GROUP_NEEDED
DECIDERS = Access(right=Right.REMOVE, fresh=True)
VIEWERS = Access(right=Right.VIEW)
SETTERS = Access(right=Right.SETTINGS)
