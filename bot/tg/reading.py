"""What of a message somebody wants to be posted: its words with their formatting, and its file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.tg.lines import html_of_tail

if TYPE_CHECKING:
    from telegram import Message

File = tuple[str, str]
"""The kind and Telegram's ``file_id``."""
# Telegram describes an animation as a document too: the narrower kind comes first.
_FILES = ("animation", "document", "video", "audio", "voice", "video_note", "sticker")


def written(message: Message, tail: str) -> tuple[str, File | None]:
    """Read a command's message: its own words (``tail`` is what counts of them) and file, else those it answers; as HTML."""
    answered = answered_by(message)
    html = str(html_of_tail(message, tail)) if tail else ""
    media = file_of(message)
    if answered is not None:
        media = media or file_of(answered)
        html = html or _html_of(answered)
    return html, media


def answered_by(message: Message) -> Message | None:
    """Return the message that is answered. In a topic every message answers the topic's own first one: not that."""
    answered = message.reply_to_message
    if answered is None or answered.forum_topic_created is not None:
        return None
    return answered


def file_of(message: Message) -> File | None:
    """Return a message's file, of photos the largest."""
    if message.photo:
        return "photo", message.photo[-1].file_id
    found = ((kind, getattr(message, kind)) for kind in _FILES)
    return next(((kind, str(file.file_id)) for kind, file in found if file is not None), None)


def document_with(message: Message) -> str | None:
    """Return the ``file_id`` of the document that comes with a command, or that the command answers."""
    answered = answered_by(message)
    found = message.document or (answered.document if answered is not None else None)
    return None if found is None else str(found.file_id)


def _html_of(message: Message) -> str:
    if message.text:
        return message.text_html
    return message.caption_html if message.caption else ""
