"""From Telegram's message to the reply a parser reads."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from telegram import MessageEntity, MessageOriginUser

from bot.i18n import Html
from bot.tg import albums
from bot.tg.forms.model import Reply
from bot.tg.forms.values import clean
from bot.tg.needs import FileNeed

if TYPE_CHECKING:
    from telegram import Message

    from bot.db.engine import Tx
    from bot.tg.needs import Answers

_KINDS = ("document", "video", "animation", "audio", "voice", "video_note", "sticker")


def reply_of(message: Message, answers: Answers) -> Reply | None:
    """Return what a message says, or None for a service message and for a command; of a venue its name.

    ``answers`` hold the bytes of a text file, where one was fetched.
    """
    text = message.text or message.caption or (message.venue.title if message.venue is not None else "")
    if text.startswith("/") or not (text or message.effective_attachment is not None):
        return None
    html = message.text_html if message.text else message.caption_html if message.caption else ""
    location, media = message.location, media_of(message)
    fetched = None if media is None else answers.get(FileNeed(media[1]))
    return Reply(
        text=clean(text),
        html=clean(html),
        media=media,
        user_id=_person(message),
        location=(location.latitude, location.longitude) if location is not None else None,
        file=fetched if isinstance(fetched, bytes) else None,
        album=None if message.media_group_id is None else (message.chat.id, message.media_group_id),
    )


async def with_album(tx: Tx, reply: Reply) -> Reply:
    """Return a reply with all that has come of its album, and with its caption, whichever of the files carries it."""
    parts = [] if reply.album is None else await albums.of_album(tx, *reply.album)
    if len(parts) < 2:
        return reply
    html = reply.html or next((part.html for part in parts if part.html), "")
    text = reply.text or clean(Html(html).striptags())
    return replace(reply, text=text, html=html, files=tuple((part.kind, part.file_id) for part in parts))


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
