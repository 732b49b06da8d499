"""Albums: Telegram delivers one as several messages, perhaps in different batches, and a reply names only one of them.

So what comes of each is kept for a while. Whoever is spoken to with one of its files has all of them, and hears of those that
come later; an album counts as one thing said.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from bot.tg import albums_store as store
from bot.tg.albums_store import AlbumPart, close, is_taken, last_at, late, of_album, take

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from telegram import Update

    from bot.db.engine import Tx
    from bot.tg import envelope as env
    from bot.tg.batch import Item

__all__ = [
    "KEPT",
    "Album",
    "AlbumPart",
    "close",
    "forget",
    "is_taken",
    "last_at",
    "late",
    "note",
    "of_album",
    "take",
]

KEPT: Final = timedelta(days=7)
"""So long an album can be named by one of its messages."""
_KINDS: Final = ("video", "document", "audio")
Album = tuple[int, str]
"""The chat, and Telegram's ``media_group_id``."""


async def note(tx: Tx, items: Iterable[Item], update_of: Callable[[bytes], Update], now: datetime) -> list[Album]:
    """Keep what a batch brings of albums, and return which those are; ``update_of`` reads the formatting of captions."""
    found = [
        part
        for item in items
        if (message := item.update.message) is not None
        and message.media_group_id is not None
        and (part := _part(item, message, message.media_group_id, update_of)) is not None
    ]
    if not found:
        return []
    await store.note(tx, found, now)
    return list(dict.fromkeys((part.chat_id, part.album) for part in found))


async def forget(tx: Tx, now: datetime) -> None:
    """Drop what is past its time."""
    await store.forget(tx, now - KEPT)


def _part(item: Item, message: env.Message, album: str, update_of: Callable[[bytes], Update]) -> AlbumPart | None:
    file = _file(message)
    if file is None:
        return None
    html = ""
    if message.caption:
        whole = update_of(bytes(item.raw)).message
        html = whole.caption_html if whole is not None else ""
    return AlbumPart(message.chat.id, message.message_id, album[:64], *file, html)


def _file(message: env.Message) -> tuple[str, str] | None:
    if message.photo:
        return None if (file_id := message.photo[-1].file_id) is None else ("photo", file_id)
    for kind in _KINDS:
        file = getattr(message, kind)
        if file is not None and file.file_id is not None:
            return kind, file.file_id
    return None
