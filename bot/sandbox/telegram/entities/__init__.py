"""Message entities as Telegram makes them: markup in, offsets in UTF-16 code units out.

An entity is a plain ``dict`` with the fields of the Bot API's ``MessageEntity``. Nothing here knows the world:
``tg://user?id=1`` stays a ``text_link``, whoever knows the people turns it into a text mention.
"""

from __future__ import annotations

from bot.sandbox.telegram.entities.detection import detect
from bot.sandbox.telegram.entities.html import parse_html
from bot.sandbox.telegram.entities.markdown import parse_markdown_v2
from bot.sandbox.telegram.entities.model import Entity, EntityError, checked_link, merge, normalise, trim, utf16_len
from bot.sandbox.telegram.entities.rendering import to_html

__all__ = [
    "Entity",
    "EntityError",
    "checked_link",
    "detect",
    "merge",
    "normalise",
    "parse_html",
    "parse_markdown_v2",
    "to_html",
    "trim",
    "utf16_len",
]
