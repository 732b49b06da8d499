"""Long lists in pages, turned by buttons; and how long a text is to Telegram."""

from __future__ import annotations

import html as html_module
import re
from typing import TYPE_CHECKING

from bot.i18n import Html, Texts
from bot.tg.buttons import rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.kernel.groups import Group
    from bot.tg.buttons import ButtonCode
    from bot.tg.effects import Key, Keyboard

MESSAGE_LIMIT = 4096
"""Telegram's limit for a text, in UTF-16 units after the markup is read."""
_TAG = re.compile(r"<[^>]*>")
_ELLIPSIS = "…"


def visible_length(text: str) -> int:
    """Return the length of an HTML text as Telegram counts it: without markup, in UTF-16 units."""
    return _units(_visible(text))


def shorten(text: Html, limit: int) -> Html:
    """Return the text as it is, or, where it is longer than ``limit``, its beginning without formatting."""
    plain = _visible(text)
    if _units(plain) <= limit:
        return text
    kept = plain[:limit]
    while kept and _units(kept) > limit - 1:
        kept = kept[: len(kept) - max(1, (_units(kept) - limit + 1) // 2)]
    return Html.escape(kept.rstrip() + _ELLIPSIS)


def paged(
    title: Html,
    lines: Sequence[Html],
    page: int,
    per_page: int,
    code: ButtonCode,
    group: Group | int,
    *values: int | str,
    texts: Texts,
) -> tuple[Html, Keyboard]:
    """Return one page of a list under its title, with the buttons that turn the pages.

    Pages count from 1; one that does not exist means the nearest. ``code`` carries ``values`` and then the page. A page
    holds at most ``per_page`` lines and what fits into a message; a line too long for any message is cut.
    """
    room = MESSAGE_LIMIT - visible_length(title) - 1
    pages = list(_split(lines, per_page, room)) or [[]]
    page = min(max(page, 1), len(pages))
    text = Html("\n").join([title, *pages[page - 1]])
    return text, turning(page, len(pages), code, group, *values, texts=texts)


def turning(page: int, count: int, code: ButtonCode, group: Group | int, *values: int | str, texts: Texts) -> Keyboard:
    """Return the buttons that turn the pages: to the one before and the next, and of a long list to the first and the last."""
    if count == 1:
        return ()

    def key(text: str, target: int) -> Key:
        return code.key(text, group, *values, target)

    here = texts.label("{page}/{count}", page=texts.number(page), count=texts.number(count))
    return rows(
        (
            key(texts.number(1), 1) if page > 2 else None,
            key("«", page - 1) if page > 1 else None,
            key(here, page),
            key("»", page + 1) if page < count else None,
            key(texts.number(count), count) if page < count - 1 else None,
        )
    )


def _split(lines: Sequence[Html], per_page: int, room: int) -> Iterator[list[Html]]:
    page: list[Html] = []
    used = 0
    for whole in lines:
        line = shorten(whole, room - 1)
        length = visible_length(line) + 1
        if page and (len(page) == per_page or used + length > room):
            yield page
            page, used = [], 0
        page.append(line)
        used += length
    if page:
        yield page


def _visible(text: str) -> str:
    return html_module.unescape(_TAG.sub("", text))


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
