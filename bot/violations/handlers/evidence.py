"""What is kept of a message that somebody is warned for: its kind, its words, and Telegram's reference to its file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.kernel.ids import MessageId
from bot.tg.forms.values import clean
from bot.violations.rules.case import Evidence
from bot.violations.rules.ledger import message_link

if TYPE_CHECKING:
    from telegram import Message

_FILES = ("photo", "animation", "video", "document", "audio", "voice", "video_note", "sticker")
"""An animation is a document too, to clients that know no better: what comes first counts."""
_OTHERS = ("poll", "contact", "venue", "location", "story", "dice")


def evidence_of(message: Message, *, basic: bool) -> Evidence:
    """Return what is kept of a message; in a basic group it has no link."""
    kind = next((kind for kind in (*_FILES, *_OTHERS) if getattr(message, kind)), "text")
    message_id = MessageId(message.message_id)
    link = message_link(message.chat.id, message.chat.username, message_id, basic=basic)
    words = "\n".join(line for line in (_words(message), *_buttons(message)) if line)
    return Evidence(kind, clean(words), message_id, link, _file_id(message, kind))


def _file_id(message: Message, kind: str) -> str | None:
    if kind not in _FILES:
        return None
    file = getattr(message, kind)
    # Of a photo Telegram tells every size, the largest last.
    return str(file[-1].file_id if isinstance(file, Sequence) else file.file_id)


def _words(message: Message) -> str:
    """Return what a message says, also where that is no text: the question of a poll, whose contact it is."""
    if message.poll is not None:
        return "\n".join((message.poll.question, *(f"– {option.text}" for option in message.poll.options)))
    if message.contact is not None:
        contact = message.contact
        return " ".join(part for part in (contact.first_name, contact.last_name, contact.phone_number) if part)
    if message.venue is not None:
        return f"{message.venue.title}, {message.venue.address}"
    if message.sticker is not None:
        return message.sticker.emoji or ""
    return message.text or message.caption or ""


def _buttons(message: Message) -> list[str]:
    """Return what the buttons below a message say, and where they lead."""
    rows = () if message.reply_markup is None else message.reply_markup.inline_keyboard
    return [" ".join(part for part in (f"[{key.text}]", key.url) if part) for row in rows for key in row]
