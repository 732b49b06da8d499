"""From Telegram's message to the reply a parser reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram import MessageEntity, MessageOriginUser

from bot.tg.forms.model import Reply
from bot.tg.forms.values import clean

if TYPE_CHECKING:
    from telegram import Message

_KINDS = ("document", "video", "animation", "audio", "voice", "video_note", "sticker")


def reply_of(message: Message) -> Reply | None:
    """Return what a message says, or None for a service message and for a command; of a venue its name."""
    text = message.text or message.caption or (message.venue.title if message.venue is not None else "")
    if text.startswith("/") or not (text or message.effective_attachment is not None):
        return None
    html = message.text_html if message.text else message.caption_html if message.caption else ""
    location = message.location
    return Reply(
        text=clean(text),
        html=clean(html),
        media=media_of(message),
        user_id=_person(message),
        location=(location.latitude, location.longitude) if location is not None else None,
    )


def media_of(message: Message) -> tuple[str, str] | None:
    """Return the kind of file a message holds, and its id."""
    if message.photo:
        return "photo", message.photo[-1].file_id
    # Telegram describes an animation as a document too, so the narrower kind is looked for first.
    for kind in ("animation", *_KINDS):
        file = getattr(message, kind)
        if file is not None:
            return kind, file.file_id
    return None


def _person(message: Message) -> int | None:
    for entity in (*message.entities, *message.caption_entities):
        if entity.type == MessageEntity.TEXT_MENTION and entity.user is not None:
            return entity.user.id
    if isinstance(message.forward_origin, MessageOriginUser):
        return message.forward_origin.sender_user.id
    return message.contact.user_id if message.contact is not None else None
