"""QR codes in pictures: what they say is judged as if it were written (R06). Read only where a decoder is installed."""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import structlog

from bot.pictures.reading import codes_in

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.policy.service.judging import Heard
    from bot.tg import envelope as env

MOST_BYTES: Final = 2_000_000
"""Larger pictures are not looked into."""
MOST_WAITING: Final = 100
"""Pictures that wait to be looked into, of all groups together; of more, the oldest are left out."""
_ENDINGS: Final = (".png", ".jpg", ".jpeg", ".webp")
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture to be looked into."""

    heard: Heard
    file_id: str


def picture_in(message: env.Message) -> str | None:
    """Return by which name a message's picture is fetched; None if it has none, or one that is too large."""
    if message.photo:
        return message.photo[-1].file_id
    document = message.document
    if document is None or (document.file_size or 0) > MOST_BYTES:
        return None
    return document.file_id if (document.file_name or "").lower().endswith(_ENDINGS) else None


class Waiting:
    """The pictures that wait, the oldest first."""

    def __init__(self) -> None:
        self._pictures: deque[Picture] = deque()
        self._come = asyncio.Event()
        self._left_out = 0

    def put(self, picture: Picture) -> None:
        """Add a picture; where too many wait, the oldest is left out."""
        if len(self._pictures) >= MOST_WAITING:
            self._pictures.popleft()
            self._left_out += 1
            if self._left_out % MOST_WAITING == 1:
                _log.warning("pictures are not looked into: too many at once", left_out=self._left_out)
        self._pictures.append(picture)
        self._come.set()

    async def next(self) -> Picture:
        """Wait for a picture, and take it."""
        while not self._pictures:
            self._come.clear()
            await self._come.wait()
        return self._pictures.popleft()


async def look(picture: Picture, fetch: Callable[[str, int], Awaitable[bytes | None]]) -> tuple[str, ...]:
    """Fetch a picture, and return what its codes say; it is read in a thread."""
    data = await fetch(picture.file_id, MOST_BYTES)
    return () if data is None else await asyncio.to_thread(codes_in, data)
