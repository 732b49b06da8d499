"""People as announcements name them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.i18n import Html
from bot.kernel.blank import is_blank

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.announcements.rules.people import Known
    from bot.i18n import Texts

_NAME = 64


def mentioned(texts: Texts, people: Sequence[Known]) -> Html:
    """Write some people so that Telegram tells each of them, also those without a @name."""
    return texts.join([_mention(one) for one in people])


def _mention(one: Known) -> Html:
    # Telegram drops a link whose words cannot be seen, and then nobody is told.
    name = f"#{one.user_id}" if is_blank(one.name[:_NAME]) else one.name[:_NAME]
    return Html('<a href="tg://user?id={}">{}</a>').format(one.user_id, name)
