"""The kinds of buttons, files and forms, and who may use what."""

from __future__ import annotations

from typing import Final

from bot.announcements.quotas.texts import looks
from bot.kernel.roles import Right
from bot.tg.buttons import ButtonCode
from bot.tg.capability import Access, Maker

FORM: Final = "quota"
FORM_KEEPER: Final = "quota.keeper"
TOLD: Final = "quota_told"
"""The result of reminding somebody in private."""

PAGE = ButtonCode("aq.page", (str, int, int))
"""Carries the period, how many periods back, and the page."""
PICTURE = ButtonCode("aq.pic", (str, int))
FILE = ButtonCode("aq.file", (str, int, str))
NEW = ButtonCode("aq.new")
OPEN = ButtonCode("aq.open")
LIST = ButtonCode("aq.list", (int,))
DROP = ButtonCode("aq.drop", (int,))
"""Carries the quota's id."""
KEEPER = ButtonCode("aq.who", (int,))
"""Carries the quota's id too."""
SETTINGS = ButtonCode("aq.set")
REMIND = ButtonCode("aq.remind", (int,))
WEEK = ButtonCode("aq.week", (int,))

READERS = Access(right=Right.VIEW)
SETTERS = Access(right=Right.SETTINGS)

DRAWN = Maker("announcements.quotas.picture", looks.picture)
TABLE = Maker("announcements.quotas.table", looks.table)
