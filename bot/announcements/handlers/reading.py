"""What of a message becomes an announcement."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.announcements.rules import Content
from bot.tg.lines import html_of_tail

if TYPE_CHECKING:
    from telegram import Message

    from bot.tg.forms.model import Reply

# Telegram describes an animation as a document too: the narrower kind comes first.
_FILES = ("animation", "document", "video", "audio", "voice", "video_note", "sticker")


def content_of(message: Message, tail: str) -> Content:
    """Read a command's message: its own words (``tail`` is what counts of them) and file, else those it answers."""
    answered = answered_by(message)
    html = str(html_of_tail(message, tail)) if tail else ""
    media = _file_of(message)
    if answered is not None:
        media = media or _file_of(answered)
        html = html or _html_of(answered)
    return Content(html) if media is None else Content(html, *media)


def content_of_reply(reply: Reply) -> Content:
    """Read the answer to a form's question."""
    html = reply.html if reply.text.strip() else ""
    return Content(html) if reply.media is None else Content(html, *reply.media)


def answered_by(message: Message) -> Message | None:
    """Return the message that is answered. In a topic every message answers the topic's own first one: not that."""
    answered = message.reply_to_message
    if answered is None or answered.forum_topic_created is not None:
        return None
    return answered


def is_of_album(message: Message | None) -> bool:
    """Say whether the file comes from an album, of which only this one is taken."""
    if message is None:
        return False
    answered = answered_by(message)
    return message.media_group_id is not None or (answered is not None and answered.media_group_id is not None)


def _html_of(message: Message) -> str:
    if message.text:
        return message.text_html
    return message.caption_html if message.caption else ""


def _file_of(message: Message) -> tuple[str, str] | None:
    if message.photo:
        return "photo", message.photo[-1].file_id
    found = ((kind, getattr(message, kind)) for kind in _FILES)
    return next(((kind, str(file.file_id)) for kind, file in found if file is not None), None)
