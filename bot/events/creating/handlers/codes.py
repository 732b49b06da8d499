"""The buttons of drafts, copies and templates; organisers only."""

from __future__ import annotations

from bot.tg.buttons import ButtonCode

COPY = ButtonCode("ev.copy", (int,))
PUBLISH = ButtonCode("ev.publish", (int,))
DISCARD = ButtonCode("ev.discard", (int,))
DISCARD_SURE = ButtonCode("ev.discard.yes", (int,))
KEEP = ButtonCode("ev.template", (int,))
"""Keep an event as a template."""
USE = ButtonCode("ev.template.use", (int,))
DROP = ButtonCode("ev.template.drop", (int,))
DROP_SURE = ButtonCode("ev.template.yes", (int,))
TEMPLATES = ButtonCode("ev.templates")
"""Leads back to the list of templates."""
