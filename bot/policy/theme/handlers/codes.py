"""Names that stand in the database and in buttons."""

from __future__ import annotations

from typing import Final

from bot.tg.buttons import ButtonCode

RESULT: Final = "theme.post"
"""Carries the group's id and the post's number."""
WORDS_FORM: Final = "theme.words"
AFTER_FORM: Final = "theme.after"
POST_FORM: Final = "theme.post"

PAGE = ButtonCode("th.page")
SWITCH = ButtonCode("th.on", (str,))
WORDS = ButtonCode("th.words")
AFTER = ButtonCode("th.after", (int,))
"""Carries seconds; 0 shows the choices, -1 asks."""
THEN = ButtonCode("th.then", (str,))
LEARN = ButtonCode("th.learn", (str,))
LEARNED = ButtonCode("th.known")
STRIKE = ButtonCode("th.strike", (str,))
ADD = ButtonCode("th.add")
POSTS = ButtonCode("th.posts", (int,))
POST = ButtonCode("th.post", (int,))
FIRST = ButtonCode("th.first", (int,))
REMOVE = ButtonCode("th.drop", (int,))
SEND = ButtonCode("th.send")
LET_BE = ButtonCode("th.letbe")
