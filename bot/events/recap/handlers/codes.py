"""The buttons of what follows an event."""

from __future__ import annotations

from bot.tg.buttons import ButtonCode

STARS = ButtonCode("ev.fs", (int, int))
"""Carries an event and how many stars."""
AGAIN = ButtonCode("ev.fa", (int, str))
"""Carries an event and whether the person would come again."""
FEEDBACK = ButtonCode("ev.fb", (int,))
HAND_IN = ButtonCode("ev.ch", (int,))
DESK = ButtonCode("ev.cd", (int,))
PAGE = ButtonCode("ev.cp", (int, int))
"""Carries an event and a page of what was handed in for it."""
ITEM = ButtonCode("ev.ci", (int,))
"""Carries something that was handed in."""
SETTLE = ButtonCode("ev.cs", (str, int))
"""Carries what becomes of something, and the thing."""
MOVE = ButtonCode("ev.cm", (int, int))
"""Carries something, and how far it moves: up (-1) or down (1)."""
ACCEPT_ALL = ButtonCode("ev.ca", (int,))
INTRO = ButtonCode("ev.cw", (int,))
PREVIEW = ButtonCode("ev.cv", (int,))
PUBLISH = ButtonCode("ev.cg", (int, int))
"""Carries an event, and the mark of the preview that the organiser saw."""
SHOW = ButtonCode("ev.cr", (int,))
RECAP = ButtonCode("ev.ce", (int,))
"""Does with an event what the command does."""
OWN = ButtonCode("ev.co", (int,))
"""Carries a year (0: the present one)."""
PICTURE = ButtonCode("ev.cb", (int,))
"""Carries a year."""
