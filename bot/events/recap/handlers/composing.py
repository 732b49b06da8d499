"""The messages of a recap: its paragraphs and files shared out by what Telegram takes (R05)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.events.recap.rules import Post, accepted, albums
from bot.events.recap.texts import recap as say
from bot.i18n import Html
from bot.tg.pages import MESSAGE_LIMIT, shorten, visible_length

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.events.recap.rules import Desk
    from bot.events.rules.event import Event
    from bot.i18n import Texts

CAPTION: Final = 1024
"""Telegram's limit for the text of a file or an album."""


def compose(texts: Texts, event: Event, desk: Desk) -> list[Post]:
    """Write the recap: one album with its text where that is short enough, else the text and then the albums."""
    chosen = accepted(desk.items)
    lines = list(say.lines(texts, event, desk.recap.intro, chosen))
    files, whole = albums(chosen), Html("\n\n").join(lines)
    if len(files) == 1 and visible_length(whole) <= CAPTION:
        return [Post(str(whole), files[0])]
    return [*(Post(str(text)) for text in _packed(lines)), *(Post("", some) for some in files)]


def _packed(lines: Sequence[Html]) -> Iterator[Html]:
    """Put paragraphs together into as few messages as hold them."""
    page: list[Html] = []
    used = 0
    for whole in lines:
        line = shorten(whole, MESSAGE_LIMIT)
        length = visible_length(line) + 2
        if page and used + length > MESSAGE_LIMIT:
            yield Html("\n\n").join(page)
            page, used = [], 0
        page.append(line)
        used += length
    yield Html("\n\n").join(page)
