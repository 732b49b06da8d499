"""The kinds of buttons of recurring announcements. Each carries the number of the pattern."""

from __future__ import annotations

from bot.tg.buttons import ButtonCode

LIST = ButtonCode("ar.list", (int,))
"""Carries a page."""
ONE = ButtonCode("ar.one", (int,))
NEW = ButtonCode("ar.new", ())
REPEAT = ButtonCode("ar.rep", (int,))
PAUSE = ButtonCode("ar.pause", (int, int))
"""Carries the number, and 1 to pause, 0 to resume."""
PICK = ButtonCode("ar.pick", (int,))
SKIP = ButtonCode("ar.skip", (int, int))
"""Carries the number, and the day of the date as its ordinal."""
RULE = ButtonCode("ar.rule", (int,))
END = ButtonCode("ar.end", (int, int))
"""Carries the number, and 1 if the manager was asked already."""
