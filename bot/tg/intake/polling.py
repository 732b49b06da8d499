"""Long polling. The next offset is asked for only after the batch before it is committed: that is the confirmation."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urlencode

import aiohttp
import msgspec
import structlog

from bot.tg import envelope as env
from bot.tg.intake import batches

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

WAIT = 50
"""Seconds Telegram holds an empty poll open."""
PAUSES = (1.0, 2.0, 4.0, 8.0, 15.0, 30.0)
"""Seconds between tries while Telegram is out of reach."""
_FORM = {"Content-Type": "application/x-www-form-urlencoded"}
_log = structlog.get_logger(__name__)


class Wire(Protocol):
    """Our aiohttp request, as far as polling uses it."""

    @property
    def session(self) -> aiohttp.ClientSession:
        """The shared client session."""
        ...


class Unauthorised(RuntimeError):
    """Telegram does not know the token."""


class Polling:
    """Fetches batches and hands them on, one after the other."""

    def __init__(
        self,
        wire: Wire,
        url: str,
        allowed_updates: Sequence[str],
        take: Callable[[Sequence[msgspec.Raw]], Awaitable[None]],
    ) -> None:
        self._wire = wire
        self._url = url
        self._allowed = urlencode({"allowed_updates": json.dumps(list(allowed_updates))})
        self._take = take
        self._offset: int | None = None
        self._stopping = False
        self._asking: asyncio.Task[object] | None = None
        """Who polls, as long as Telegram has not answered: only then may it be interrupted."""

    async def run(self) -> None:
        """Poll until stopped.

        :raises Unauthorised: if the token is refused: no waiting helps.
        """
        failed = 0
        while not self._stopping:
            try:
                await self._once()
                failed = 0
            except asyncio.CancelledError:
                if not self._was_stopped():
                    raise
            except Unauthorised:
                raise
            except _Wait as pause:
                await self._pause(pause.seconds)
            except Exception as error:
                # Whatever went wrong, nothing was confirmed: the same updates come again.
                pause_for = PAUSES[min(failed, len(PAUSES) - 1)]
                failed += 1
                _log.warning("polling failed", error=type(error).__name__, pause=pause_for)
                await self._pause(pause_for)

    async def stop(self) -> None:
        """Stop after the batch under way, and confirm it, so that it does not come again."""
        self._stopping = True
        if self._asking is not None:
            self._asking.cancel()

    def _was_stopped(self) -> bool:
        """Say whether it was :meth:`stop` that interrupted the poll; the task itself then goes on to its end."""
        task = asyncio.current_task()
        if self._stopping and task is not None:
            task.uncancel()
        return self._stopping

    async def confirm(self) -> None:
        """Tell Telegram that everything taken in is done; harmless if it does not arrive."""
        if self._offset is not None:
            try:
                await self._fetch(wait=0, limit=1)
            except (aiohttp.ClientError, TimeoutError, ValueError, _Wait, Unauthorised):
                _log.info("last confirmation did not arrive; update ids are remembered")

    async def _once(self) -> None:
        # In a task of its own the poll would cost two more rounds of the loop.
        self._asking = asyncio.current_task()
        try:
            answer = await self._fetch(WAIT, batches.LIMIT)
        finally:
            self._asking = None
        if not answer.result:
            return
        await self._take(answer.result)
        self._offset = _after(answer.result, self._offset)

    async def _pause(self, seconds: float) -> None:
        step = 0.2
        while seconds > 0 and not self._stopping:
            await asyncio.sleep(min(step, seconds))
            seconds -= step

    async def _fetch(self, wait: int, limit: int) -> batches.Answer:
        # Put together by hand: aiohttp's own form costs as much as reading twenty messages.
        form = f"timeout={wait}&limit={limit}&{self._allowed}"
        if self._offset is not None:
            form += f"&offset={self._offset}"
        timeout = aiohttp.ClientTimeout(total=wait + 15)
        asking = self._wire.session.post(self._url, data=form.encode(), headers=_FORM, timeout=timeout)
        async with asking as response:
            body = await response.read()
        answer = batches.read(body)
        if not answer.ok:
            _refuse(answer)
        return answer


class _Wait(Exception):
    """Telegram asks us to come back later."""

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds)
        self.seconds = seconds


def _refuse(answer: batches.Answer) -> None:
    if answer.error_code in {401, 404}:
        raise Unauthorised("Telegram does not know this bot token")
    if answer.error_code == 409:
        _log.warning("another program polls with the same token, or a webhook is set", reason=answer.description)
    raise _Wait(max(float(answer.parameters.retry_after), 3.0))


def _after(raws: Sequence[msgspec.Raw], before: int | None) -> int | None:
    """Return the offset that confirms these updates; one without a number is confirmed with its neighbours."""
    for raw in reversed(raws):
        try:
            return env.update_id(raw) + 1
        except (msgspec.MsgspecError, UnicodeError):
            continue
    return before
