"""What of a message becomes an announcement."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.announcements.rules.content import Content
from bot.tg.reading import answered_by, written

if TYPE_CHECKING:
    from telegram import Message

    from bot.tg.forms.model import Reply


def content_of(message: Message, tail: str) -> Content:
    """Read a command's message: its own words (``tail`` is what counts of them) and file, else those it answers."""
    html, media = written(message, tail)
    return Content(html) if media is None else Content(html, *media)


def content_of_reply(reply: Reply) -> Content:
    """Read the answer to a form's question."""
    html = reply.html if reply.text.strip() else ""
    return Content(html) if reply.media is None else Content(html, *reply.media)


def is_of_album(message: Message | None) -> bool:
    """Say whether the file comes from an album, of which only this one is taken."""
    if message is None:
        return False
    answered = answered_by(message)
    return message.media_group_id is not None or (answered is not None and answered.media_group_id is not None)
