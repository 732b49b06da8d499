"""Work beside the turns: slow things that a message gives cause to, such as looking into a picture."""

from __future__ import annotations

import asyncio
from contextlib import contextmanager
from typing import TYPE_CHECKING

import structlog
from telegram.error import TelegramError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Collection, Iterator, Mapping, Sequence

    from telegram.ext import ExtBot

    from bot.tg.asker import Asker
    from bot.tg.capability import Worker
    from bot.tg.jobs import Job
    from bot.tg.needs import Need, Unanswered

PAUSE = 5.0
"""Seconds."""
_log = structlog.get_logger(__name__)


class Bench:
    """What a worker has: what Telegram says, its files, and turns for what was found out."""

    def __init__(self, bot: ExtBot[None], asker: Asker, submit: Callable[[Sequence[Job]], Awaitable[None]]) -> None:
        self._bot = bot
        self._asker = asker
        self._submit = submit
        self._busy = 0

    @property
    def idle(self) -> bool:
        """Whether nobody is asking anything, or has something found out taken in."""
        return not self._busy

    async def ask(self, needs: Collection[Need]) -> Mapping[Need, bytes | Unanswered]:
        """Return Telegram's answers; :meth:`submit` a job with these needs, and it has them without asking again."""
        with self._working():
            return await self._asker.answers(needs)

    async def rest(self, seconds: float) -> None:
        """Wait between two questions of many: Telegram is not to be asked faster."""
        with self._working():
            await asyncio.sleep(seconds)

    async def fetch(self, file_id: str, most: int) -> bytes | None:
        """Return a file's bytes; None if it is larger than ``most`` bytes, or Telegram does not give it."""
        try:
            file = await self._bot.get_file(file_id)
            if (file.file_size or 0) > most:
                return None
            found = bytes(await file.download_as_bytearray())
        except (TelegramError, TimeoutError) as error:
            _log.info("a file was not given", reason=type(error).__name__)
            return None
        return found if len(found) <= most else None

    async def submit(self, job: Job) -> None:
        """Run a job in a turn of its own; it is committed when this returns."""
        with self._working():
            await self._submit([job])

    @contextmanager
    def _working(self) -> Iterator[None]:
        self._busy += 1
        try:
            yield
        finally:
            self._busy -= 1


async def run(worker: Worker, bench: Bench, pause: float = PAUSE) -> None:
    """Let a worker go on until it is cancelled; after an error, and ``pause`` seconds, it begins anew."""
    while True:
        try:
            await worker.run(bench)
        except Exception:
            _log.exception("a worker failed", worker=worker.name)
        await asyncio.sleep(pause)
