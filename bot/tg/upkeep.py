"""Once a day: throw away what is past its time."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING

import structlog

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.kernel.clock import Clock

EVERY = timedelta(days=1)
AGAIN = timedelta(minutes=10)
"""After a time that failed."""
_log = structlog.get_logger(__name__)


class Upkeep:
    """Calls ``tidy`` a day after the start, and each day from then on."""

    def __init__(self, clock: Clock, tidy: Callable[[], Awaitable[None]]) -> None:
        self._clock = clock
        self._tidy = tidy
        self._due = clock.now() + EVERY
        self._shifted = asyncio.Event()
        clock.on_shift(self._shifted.set)

    async def run(self) -> None:
        """Go on until cancelled."""
        while True:
            self._shifted.clear()
            if (now := self._clock.now()) >= self._due:
                self._due = now + (EVERY if await self._done() else AGAIN)
            await self._wait((self._due - self._clock.now()).total_seconds())

    async def _done(self) -> bool:
        try:
            await self._tidy()
        except Exception as error:  # the database is out of reach: what was to go may stay a while
            _log.warning("not tidied", error=type(error).__name__)
            return False
        return True

    async def _wait(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(max(0.0, seconds)):
                await self._shifted.wait()
        except TimeoutError:
            pass
