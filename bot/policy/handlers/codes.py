"""Names that stand in the database and in buttons, and who may do what."""

from __future__ import annotations

from bot.kernel.roles import Right
from bot.tg.buttons import ButtonCode
from bot.tg.capability import Access

FORM = "policy"
PART_FORM = "policy_part"
KEEP_FORM = "policy_keep"
APPROVE_FORM = "policy_approve"
LINK = "rules"
"""The word with which the link to a group's rules begins."""
DELETED = "deleted"
"""The kind of result that says whether a message could be deleted."""

LIST = ButtonCode("po.list", (int,))
ADD = ButtonCode("po.add")
SHOW = ButtonCode("po.show", (int,))
STATE = ButtonCode("po.state", (int, str))
ENABLE = ButtonCode("po.on", (int,))
EDIT = ButtonCode("po.edit", (int,))
PART = ButtonCode("po.part", (int, str))
FILE = ButtonCode("po.file", (int, str))
SAMPLES = ButtonCode("po.samples", (int, int))
REMOVE = ButtonCode("po.remove", (int,))
RULES = ButtonCode("po.rules", (int,))
KEEP = ButtonCode("po.keep")
APPROVED = ButtonCode("po.spared", (int,))
APPROVE = ButtonCode("po.spare")
UNAPPROVE = ButtonCode("po.unspare", (int,))

SETTERS = Access(right=Right.SETTINGS)
EVERYBODY = Access()
EVERYBODY_ANYWHERE = Access(needs_group=False)
