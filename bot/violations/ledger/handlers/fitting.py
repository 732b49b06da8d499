"""A head and what stands below it, made to fit into one message."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.i18n import Html
from bot.tg.pages import MESSAGE_LIMIT, shorten, visible_length

if TYPE_CHECKING:
    from collections.abc import Sequence


def fitted(head: Html, lines: Sequence[Html]) -> Html:
    """Join them; where they would be too long together, each line that takes more than its part is cut at its end."""
    whole = Html("\n").join((head, *lines))
    if not lines or visible_length(whole) <= MESSAGE_LIMIT:
        return whole
    room = (MESSAGE_LIMIT - visible_length(head)) // len(lines) - 1
    return Html("\n").join((head, *(shorten(line, room) for line in lines)))
