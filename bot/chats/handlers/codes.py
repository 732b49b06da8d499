"""The buttons of this capability: what each carries."""

from __future__ import annotations

from bot.tg.buttons import ButtonCode

SETUP_LANGUAGE = ButtonCode("g.sl", (str,))
SETUP_ZONE = ButtonCode("g.sz", (str,))
SETUP_CHECK = ButtonCode("g.sc")
SETUP_DONE = ButtonCode("g.sd")

PAGE = ButtonCode("g.page", (str,))
"""A page of the settings, by its key."""
FORM = ButtonCode("g.form", (str,))
"""A setting that is typed, by its form's name."""
EXTRA = ButtonCode("g.more", (int,))
"""A setting of another capability, by its place in the list."""
CHECK = ButtonCode("g.check")
LANGUAGE = ButtonCode("g.lang", (str,))
MY_LANGUAGE = ButtonCode("g.my", (str,))
ZONE = ButtonCode("g.zone", (str,))
QUIET = ButtonCode("g.quiet", (str,))
"""Quiet hours as typed, with dots for colons (``22.00-07.30``), or ``off``."""
HOLIDAY = ButtonCode("g.hol", (str, str))
"""The first and the last day of a span that is taken away."""
TOPIC = ButtonCode("g.topic", (str, int))
"""A purpose and the topic set aside for it; 0 takes it back."""
LINK = ButtonCode("g.link", (int, int))
"""A group and whether the chat the button stands in is to be its managers' chat."""
UNLINK = ButtonCode("g.unl")
USE = ButtonCode("g.use")
"""The group a private conversation is to mean."""
