"""Names that stand in the database and in buttons, and who may do what."""

from __future__ import annotations

from bot.kernel.roles import Right
from bot.tg.buttons import ButtonCode
from bot.tg.capability import Access

NAME = "violations"
CARD = "violations.case"
FORM = "warn"
LADDER_FORM = "ladder"
CHOICE_FORM = "ledger"
REMOVAL = "removal"
"""The kind of decision that a removal waits for; its key is the case's id."""
SEVERAL = "several"
"""The kind of decision that steps against several people wait for; its key is the cases' ids."""
RESULT = "act"
"""The kind of result; its key is the case's id, what was asked, and whether somebody is to be told of a refusal."""
OVER = "over"
RETRY_TIMER = "retry"
LEAVE = "leave"
"""The timer of who was asked to leave; its key is the case's id."""

UNDO = ButtonCode("v.undo", (int,))
RETRY = ButtonCode("v.retry", (int,))
AGAIN = ButtonCode("v.again", (int,))
MEANT = ButtonCode("v.many", (int,))
"""Carries what is held until somebody says that they mean it: a step against several people."""
PAGE = ButtonCode("v.page", (int, int))
"""Carries the person and the page."""

OF_OTHERS = ButtonCode("v.others")
SET_LADDER = ButtonCode("v.ladder")
DEFAULT_LADDER = ButtonCode("v.ladder0")
SET_FOR = ButtonCode("v.lfor", (str,))
"""Carries the code of the rule."""
DROP_FOR = ButtonCode("v.lfor0", (str,))
CHOICES = ButtonCode("v.choices")
CHOOSE = ButtonCode("v.choose", (str, str))
"""Carries what is chosen, and "on", "off" or "ask"."""

MODERATORS = Access(right=Right.MODERATE, fresh=True)
REMOVERS = Access(right=Right.REMOVE, fresh=True)
EVERYBODY = Access()
VIEWERS = Access(right=Right.VIEW)
SETTERS = Access(right=Right.SETTINGS)
