"""The webhook: Telegram gets its 200 when the update is committed, 503 when we are full, so that it tries again."""

from __future__ import annotations

import asyncio
import hmac
from typing import TYPE_CHECKING

import msgspec
import structlog
from aiohttp import web

from bot.tg.intake import batches

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  (the header's name)
BODY_LIMIT = 1 << 20
"""Bytes; Telegram's updates are far smaller."""
QUEUE_LIMIT = 1000
"""Updates that may wait for their turn."""
_log = structlog.get_logger(__name__)

_Waiting = tuple[bytes, "asyncio.Future[None]"]


class Webhook:
    """Collects what is posted and hands it on in batches."""

    def __init__(
        self, secret: str, take: Callable[[Sequence[bytes | msgspec.Raw]], Awaitable[None]], limit: int = QUEUE_LIMIT
    ) -> None:
        self._secret = secret.encode()
        self._take = take
        self._queue: asyncio.Queue[_Waiting] = asyncio.Queue(limit)
        self._closed = False

    def routes(self, path: str) -> list[web.RouteDef]:
        """Return the route to serve at ``path``."""
        return [web.post(path, self.receive)]

    async def receive(self, request: web.Request) -> web.Response:
        """Take one update in and answer when it is committed."""
        # Bytes that are no UTF-8 come as surrogates.
        given = request.headers.get(SECRET_HEADER, "").encode(errors="surrogateescape")
        if not hmac.compare_digest(given, self._secret):
            return web.Response(status=403, text="wrong secret token")
        if request.content_length is not None and request.content_length > BODY_LIMIT:
            return web.Response(status=413, text="too large")
        body = await request.content.read(BODY_LIMIT + 1)
        while len(body) <= BODY_LIMIT and not request.content.at_eof():
            body += await request.content.read(BODY_LIMIT + 1 - len(body))
        if len(body) > BODY_LIMIT:
            return web.Response(status=413, text="too large")
        return await self._wait_for_turn(body)

    async def _wait_for_turn(self, body: bytes) -> web.Response:
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        if self._closed:
            return web.Response(status=503, text="stopping")
        try:
            self._queue.put_nowait((body, done))
        except asyncio.QueueFull:
            return web.Response(status=503, text="full", headers={"Retry-After": "1"})
        try:
            await done
        except Exception as error:
            _log.warning("batch not committed", error=type(error).__name__)
            return web.Response(status=503, text="try again")
        return web.Response(status=200)

    async def run(self) -> None:
        """Hand batches on until cancelled."""
        while True:
            batch = [await self._queue.get()]
            while len(batch) < batches.LIMIT and not self._queue.empty():
                batch.append(self._queue.get_nowait())
            await self._hand_on(batch)

    async def close(self) -> None:
        """Take nothing more in, and wait until what was taken in is committed."""
        self._closed = True
        await self._queue.join()

    async def _hand_on(self, batch: list[_Waiting]) -> None:
        failure: RuntimeError | None = None
        try:
            await self._take([body for body, _ in batch])
        except Exception as error:
            failure = RuntimeError(type(error).__name__)
        for _, done in batch:
            self._queue.task_done()
            if done.done():
                continue
            if failure is not None:
                done.set_exception(failure)
            else:
                done.set_result(None)
