"""Work beside the turns: slow things that a message gives cause to, such as looking into a picture."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import structlog
from telegram.error import TelegramError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from telegram.ext import ExtBot

    from bot.tg.capability import Worker
    from bot.tg.jobs import Job

PAUSE = 5.0
"""Seconds."""
_log = structlog.get_logger(__name__)


class Bench:
    """What a worker has: files of Telegram, and turns for what it found out."""

    def __init__(self, bot: ExtBot[None], submit: Callable[[Sequence[Job]], Awaitable[None]]) -> None:
        self._bot = bot
        self._submit = submit

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
        await self._submit([job])


async def run(worker: Worker, bench: Bench, pause: float = PAUSE) -> None:
    """Let a worker go on until it is cancelled; after an error, and ``pause`` seconds, it begins anew."""
    while True:
        try:
            await worker.run(bench)
        except Exception:
            _log.exception("a worker failed", worker=worker.name)
        await asyncio.sleep(pause)
