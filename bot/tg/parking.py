"""The chats whose updates wait for an answer of Telegram: each is one lane, taken up in its order."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import structlog

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Collection, Coroutine, Iterator

    from bot.tg.needs import Need

PAUSES = (0.5, 1.0, 2.0, 4.0, 8.0, 15.0, 30.0)
"""Seconds between tries to take up a lane while that fails."""
_log = structlog.get_logger(__name__)


class Parking:
    """A task a lane. A lane ends when it is empty, never by an error: whatever comes to it later would wait for ever.

    ``take`` handles what is ready in a lane and returns the needs that are still open, or None when it found nothing left and
    has called :meth:`clear`. ``settled`` waits until needs are answered.
    """

    def __init__(
        self,
        take: Callable[[int], Awaitable[Collection[Need] | None]],
        settled: Callable[[Collection[Need]], Coroutine[Any, Any, None]],
    ) -> None:
        self._take = take
        self._settled = settled
        self._lanes: dict[int, asyncio.Task[None]] = {}
        self._closing = asyncio.Event()

    def __bool__(self) -> bool:
        return bool(self._lanes)

    def __iter__(self) -> Iterator[int]:
        return iter(self._lanes)

    def take_up(self, lane: int, needs: Collection[Need]) -> None:
        """Take a lane up as soon as these needs are answered, unless that is under way."""
        if lane not in self._lanes:
            self._lanes[lane] = asyncio.create_task(self._run(lane, needs))

    def clear(self, lane: int) -> None:
        """Say that a lane is empty; while no update can be parked in it."""
        self._lanes.pop(lane, None)

    async def close(self) -> None:
        """Take nothing more up, and let what is under way finish; what waits stays in its inbox.

        No lane is cancelled: torn off in the middle of a statement it would leave its connection astray.
        """
        self._closing.set()
        await asyncio.gather(*self._lanes.values(), return_exceptions=True)

    async def _run(self, lane: int, needs: Collection[Need]) -> None:
        failed = 0
        still_open: Collection[Need] | None = needs
        await self._unless_closing(self._settled(needs))
        while still_open is not None and not self._closing.is_set():
            try:
                still_open = await self._take(lane)
                failed = 0
            except Exception as error:  # a lane that died would hold its chat's updates for ever
                pause = PAUSES[min(failed, len(PAUSES) - 1)]
                failed += 1
                _log.warning("parked updates not taken up", lane=lane, error=repr(error), pause=pause)
                await self._unless_closing(asyncio.sleep(pause))
            else:
                await self._unless_closing(self._settled(still_open or ()))

    async def _unless_closing(self, waiting: Coroutine[Any, Any, None]) -> None:
        """Wait for something, or until we close."""
        waits = [asyncio.create_task(waiting), asyncio.create_task(self._closing.wait())]
        await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        for wait in waits:
            wait.cancel()
        await asyncio.gather(*waits, return_exceptions=True)
