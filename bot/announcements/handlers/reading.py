"""What of a message becomes an announcement."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from bot.announcements.rules.content import Content, File, with_files
from bot.tg import albums
from bot.tg.reading import answered_by, file_of, written

if TYPE_CHECKING:
    from collections.abc import Mapping

    from telegram import Message

    from bot.db.engine import Tx
    from bot.tg.albums import Album
    from bot.tg.forms.model import Reply

ALBUM: Final = "album"
"""The answer of a form that names the album of which one file was sent."""


def content_of(message: Message, tail: str) -> Content:
    """Read a command's message: its own words (``tail`` is what counts of them) and file, else those it answers."""
    html, media = written(message, tail)
    return Content(html) if media is None else Content(html, *media)


def content_of_reply(reply: Reply) -> Content:
    """Read the answer to a form's question."""
    html = reply.html if reply.text.strip() else ""
    if reply.files:
        return with_files(html, [File(*file) for file in reply.files])
    return Content(html) if reply.media is None else Content(html, *reply.media)


def album_of(message: Message) -> Album | None:
    """Return the album to which the file belongs that :func:`content_of` finds."""
    answered = answered_by(message)
    bearer = answered if answered is not None and file_of(message) is None else message
    return None if bearer.media_group_id is None else (message.chat.id, bearer.media_group_id)


def album_in(answers: Mapping[str, Any]) -> Album | None:
    """Return the album that a form's answers name."""
    found = answers.get(ALBUM)
    return None if found is None else (int(found[0]), str(found[1]))


async def files_in(tx: Tx, album: Album) -> list[File]:
    """Return the files that have come of an album, in its order."""
    return [File(part.kind, part.file_id) for part in await albums.of_album(tx, *album)]


async def whole(tx: Tx, content: Content, album: Album | None) -> Content:
    """Return a content with all files of its album that have come, and with its caption where it has no words of its own."""
    parts = await albums.of_album(tx, *album) if album is not None else []
    if len(parts) < 2:
        return content
    # The caption that is the command itself is no text to be posted.
    caption = next((part.html for part in parts if part.html and not part.html.startswith("/")), "")
    files = tuple(File(part.kind, part.file_id) for part in parts)
    return replace(content, html=content.html or caption, kind=None, file_id=None, files=files)
