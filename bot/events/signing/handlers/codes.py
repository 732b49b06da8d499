"""The buttons of this part."""

from __future__ import annotations

from bot.tg.buttons import ButtonCode

ADD = ButtonCode("ev.add", (int,))
REMOVE = ButtonCode("ev.remove", (int,))
REMOVE_PAGE = ButtonCode("ev.rmpage", (int, int))
"""Carries an event and a page of those who are on it."""
OFF = ButtonCode("ev.off", (int, int))
"""Carries an event and a person: asks whether they shall be taken off."""
OFF_YES = ButtonCode("ev.offyes", (int, int))
ASK = ButtonCode("ev.quiz", (int,))
"""Starts the questions of an event for whoever taps."""
ANSWERS = ButtonCode("ev.answers", (int,))
ANSWERS_PAGE = ButtonCode("ev.anspage", (int, int))
MINE = ButtonCode("ev.own", (int,))
"""Puts all questions to whoever taps once more."""
PARDON = ButtonCode("ev.pardon", (int,))
"""Carries a person."""
