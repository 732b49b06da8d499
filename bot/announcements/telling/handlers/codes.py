"""The kinds of buttons, and who may set what holds in the group."""

from __future__ import annotations

from typing import Final

from bot.kernel.roles import Right
from bot.tg.buttons import ButtonCode
from bot.tg.capability import Access

# They carry the announcement's number within its group.
OPEN = ButtonCode("am.open", (int,))
WAY = ButtonCode("am.way", (int, str))
UNPIN = ButtonCode("am.unpin", (int, int))
AS_GROUP = ButtonCode("am.own", (int,))
STOP = ButtonCode("am.stop", (int,))
GO_ON = ButtonCode("am.go", (int,))
UNSURE = ButtonCode("am.unsure", (int, int))
"""Carries a page."""
HOUSE = ButtonCode("am.house")
HOUSE_WAY = ButtonCode("am.hway", (str,))
HOUSE_UNPIN = ButtonCode("am.hunpin", (int,))

SETTERS = Access(right=Right.SETTINGS)
BATCH: Final = "told"
UNPINNED: Final = "unpinned"
