"""Names that stand in the database and in buttons."""

from __future__ import annotations

from typing import Final

from bot.tg.buttons import ButtonCode

AMEND_FORM: Final = "amend"
WHOSE_FORM: Final = "warns"
WHO_FORM: Final = "ledgerwho"
WHEN_FORM: Final = "ledgerwhen"
FILE_RESULT: Final = "file"
"""The kind of result: whether Telegram sent the file of a case again; its key is the case's number and who asked where."""

CASE = ButtonCode("v.case", (int,))
STORY = ButtonCode("v.story", (int, int))
"""Carries a case and the entry before which its page of the story ends."""
EVIDENCE = ButtonCode("v.evid", (int,))
AMEND = ButtonCode("v.amend", (int,))

LIST = ButtonCode("v.list", (int, int))
"""Carries a kept filter and a page."""
SIDE = ButtonCode("v.side", (int, str))
"""Carries a kept filter and the side that is to be set."""
SET = ButtonCode("v.set", (int, str, str))
"""Carries a kept filter, a side, and what it is set to."""
ASK = ButtonCode("v.ask", (int, str))
"""Carries a kept filter and the side whose value is to be typed."""
SUMMARY = ButtonCode("v.sum", (int, str))
"""Carries a kept filter and what is counted by."""
FILE = ButtonCode("v.file", (int, str, int))
"""Carries a kept filter, a kind of file, and the part."""
