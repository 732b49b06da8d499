"""What is posted: the words, the files, the buttons with links; and what Telegram does not take."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

TEXT_LIMIT: Final = 4096
CAPTION_LIMIT: Final = 1024
KINDS: Final = ("photo", "document", "video", "animation", "audio", "voice", "video_note", "sticker")
ALBUM: Final = 10
"""So many files Telegram takes as one album, and at least two."""
_TOGETHER: Final = ({"photo", "video"}, {"document"}, {"audio"})
"""The kinds of files that stand in an album together."""
_WORDLESS: Final = frozenset({"video_note", "sticker"})
_TAG: Final = re.compile("<[^>]*>")
_ADDRESS: Final = re.compile(r"<a href=|\b[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}\b|https?://", re.IGNORECASE)
"""What Telegram takes for an address; what only looks like one does no harm."""


@dataclass(frozen=True, slots=True)
class File:
    """A file that Telegram has already."""

    kind: str
    file_id: str


@dataclass(frozen=True, slots=True)
class Link:
    """A button under an announcement that opens an address."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Content:
    """What is posted: HTML, and one file or the ``files`` of an album.

    ``links`` are rows of buttons. What is ``protected`` cannot be forwarded or saved (R10).
    """

    html: str
    kind: str | None = None
    file_id: str | None = None
    files: tuple[File, ...] = ()
    links: tuple[tuple[Link, ...], ...] = ()
    protected: bool = False


@dataclass(frozen=True, slots=True)
class Empty:
    """There is nothing to post, or nothing that the bot can post."""


@dataclass(frozen=True, slots=True)
class TooLong:
    """The text has more characters than Telegram takes; ``with_file`` lowers the limit."""

    length: int
    limit: int
    with_file: bool


@dataclass(frozen=True, slots=True)
class NoCaption:
    """A sticker or a round video cannot carry a text."""


@dataclass(frozen=True, slots=True)
class NoAlbum:
    """Files that Telegram does not show together: ``kinds`` as they come, or too many of them."""

    kinds: tuple[str, ...]


ContentProblem = Empty | TooLong | NoCaption | NoAlbum


def check_content(content: Content, length: int) -> ContentProblem | None:
    """Say what is wrong with a content whose visible text has ``length`` UTF-16 units; it is never cut."""
    with_file = content.kind is not None or bool(content.files)
    if not with_file and not length:
        return Empty()
    if content.files and not is_album([file.kind for file in content.files]):
        return NoAlbum(tuple(file.kind for file in content.files))
    if content.kind in _WORDLESS and length:
        return NoCaption()
    limit = CAPTION_LIMIT if with_file else TEXT_LIMIT
    return TooLong(length, limit, with_file) if length > limit else None


def is_album(kinds: Sequence[str]) -> bool:
    """Say whether Telegram takes these files together."""
    return 2 <= len(kinds) <= ALBUM and any(set(kinds) <= some for some in _TOGETHER)


def with_files(html: str, files: Sequence[File]) -> Content:
    """Return words with no file, one, or an album."""
    if len(files) == 1:
        return Content(html, files[0].kind, files[0].file_id)
    return Content(html, files=tuple(files))


def has_files(content: Content) -> bool:
    """Say whether there is a file, or an album."""
    return content.kind is not None or bool(content.files)


def files_of(content: Content) -> tuple[File, ...]:
    """Return the file, or those of the album."""
    if content.kind is not None and content.file_id is not None:
        return (File(content.kind, content.file_id),)
    return content.files


def merged(old: Content, new: Content) -> Content:
    """Put new words to old files, or new files to old words."""
    changed = replace(old, html=new.html) if new.html else old
    return replace(changed, kind=new.kind, file_id=new.file_id, files=new.files) if has_files(new) else changed


def marked(content: Content, mark: str) -> Content:
    """Return a content with a line above its words; a sticker or a round video can carry none."""
    if content.kind in _WORDLESS:
        return content
    return replace(content, html=f"{mark}\n\n{content.html}" if content.html else mark)


def shows_page(content: Content) -> bool:
    """Say whether Telegram may show below the words what a page in them looks like."""
    return not has_files(content) and _ADDRESS.search(content.html) is not None


def is_material(old: Content, new: Content) -> bool:
    """Say whether more than the form has changed: another word or number, another file, another address."""

    def said(content: Content) -> object:
        words = "".join(char for char in _TAG.sub("", content.html) if char.isalnum()).casefold()
        return words, content.kind, content.file_id, content.files, content.links

    return said(old) != said(new)


def can_carry_words(content: Content) -> bool:
    """Say whether words can stand with it: under a sticker or a round video Telegram shows none."""
    return content.kind not in _WORDLESS
