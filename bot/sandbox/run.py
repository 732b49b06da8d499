"""``qunguan sandbox``: the emulated Telegram, the bot against it and the chat page, in one process and without a token."""

from __future__ import annotations

import asyncio
import errno
import json
import os
import signal
import sys
import tempfile
from contextlib import AsyncExitStack, suppress
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import structlog
from pydantic import SecretStr

from bot.app import App, CannotStart
from bot.config import Settings
from bot.kernel.clock import MovableClock
from bot.sandbox.control import add_control
from bot.sandbox.scene import set_scene
from bot.sandbox.telegram import Telegram

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from bot.sandbox.telegram.model import BotAccount

_log = structlog.get_logger(__name__)
WORLD = "world.json"
CLOCK = "clock.json"
DATABASE = "sandbox.db"
"""Not the name a real bot's database has by default: starting over deletes it."""
KEEP_EVERY = 2.0
"""Seconds between two savings of what changed: a process that is killed loses no more than that."""
FAULT = 2
"""The exit code for a port or a folder that cannot be used."""


class CannotOpen(Exception):
    """The sandbox cannot be opened; the text is one line that says why and what to do."""


class Sandbox:
    """The whole sandbox. With a folder that holds an earlier one, it goes on where that ended."""

    def __init__(self, port: int, folder: Path) -> None:
        self._folder = folder
        self.clock = MovableClock()
        self.telegram = Telegram(self.clock, port=port)
        self._stack = AsyncExitStack()
        self._changing = asyncio.Lock()
        self.app: App | None = None

    @property
    def url(self) -> str:
        """The page's address."""
        return self.telegram.url

    async def start(self) -> None:
        """Start Telegram, then the bot.

        :raises CannotOpen: if port or folder cannot be used; nothing is left open.
        """
        try:
            await self._start()
        except BaseException as error:
            await self._stack.aclose()
            if isinstance(error, CannotStart):
                raise CannotOpen(f"The bot cannot start in {self._folder}: {error}") from None
            raise

    async def stop(self) -> None:
        """Stop the bot, then Telegram; the world is kept in the folder."""
        await self._stack.aclose()

    async def start_over(self) -> None:
        """Begin anew with the first scene and a bot that remembers nothing; only the clock stays where it is."""
        async with self._changing:
            await self._stop_bot()
            self.telegram.reset()
            self._forget()
            await self._begin()

    async def _start(self) -> None:
        bot = self._restore()
        add_control(self.telegram.app, self.telegram, self.clock, self._next_timer, self._is_busy, self.start_over)
        await self._serve()
        self._stack.push_async_callback(self.telegram.close)
        self._stack.callback(self._keep)
        self._stack.push_async_callback(self._stop_bot)
        await (self._begin() if bot is None else self._start_bot(bot))
        keeping = asyncio.create_task(self._keep_up())
        self._stack.callback(keeping.cancel)

    async def _serve(self) -> None:
        port = self.telegram.port
        try:
            await self.telegram.serve()
        except (OSError, OverflowError) as error:
            await self.telegram.close()
            taken = isinstance(error, OSError) and error.errno == errno.EADDRINUSE
            reason = "is taken" if taken else "cannot be used"
            raise CannotOpen(f"Port {port} {reason}; choose another with --port (0 takes any that is free).") from None

    async def _begin(self) -> None:
        """Set the scene. The owner presses Start, so that drafts and digests reach her, once the bot has met the group."""
        scene = set_scene(self.telegram)
        await self._start_bot(scene.bot)
        with suppress(TimeoutError):
            await self.telegram.until(lambda: not scene.bot.queue)
        scene.owner.start(scene.bot)

    async def _start_bot(self, bot: BotAccount) -> None:
        app = App(self._settings(bot), self.clock)
        await app.start()
        self.app = app

    async def _stop_bot(self) -> None:
        app, self.app = self.app, None
        if app is not None:
            await app.stop()

    # What is kept

    def _restore(self) -> BotAccount | None:
        world, clock = self._folder / WORLD, self._folder / CLOCK
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            if not world.exists():
                self._forget()
                return None
            if clock.exists():
                self.clock.advance(timedelta(seconds=json.loads(clock.read_text(encoding="ascii"))["offset"]))
            self.telegram.load(world)
            return next(iter(self.telegram.world.state.bots.values()))
        except OSError as error:
            raise CannotOpen(f"{self._folder} cannot be used: {error.strerror}; name another with --data.") from None
        except (ValueError, KeyError, TypeError, StopIteration, msgspec.ValidationError):
            raise CannotOpen(
                f"{self._folder} holds no sandbox that can be read; name another with --data, or delete it to begin anew."
            ) from None

    def _forget(self) -> None:
        """Delete the bot's database: to a bot that remembers another world, this one's messages would be old ones."""
        for ending in ("", "-wal", "-shm"):
            (self._folder / f"{DATABASE}{ending}").unlink(missing_ok=True)

    async def _keep_up(self) -> None:
        kept = -1
        while True:
            if self.telegram.version != kept and self.app is not None:
                kept = self.telegram.version
                self._keep()
            await asyncio.sleep(KEEP_EVERY)

    def _keep(self) -> None:
        try:
            self._write()
        except OSError as error:
            _log.warning("what was done is not kept", folder=str(self._folder), reason=error.strerror)

    def _write(self) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        fresh = self._folder / f"{WORLD}.new"
        self.telegram.save(fresh)
        os.replace(fresh, self._folder / WORLD)
        offset = self.clock.offset.total_seconds()
        (self._folder / CLOCK).write_text(json.dumps({"offset": offset}), encoding="ascii")

    # What the page asks of the bot

    def _settings(self, bot: BotAccount) -> Settings:
        database = self._folder.absolute() / DATABASE
        return Settings(
            bot_token=SecretStr(bot.token),
            api_base_url=self.telegram.url,
            database_url=SecretStr(f"sqlite:///{database}"),
        )

    async def _next_timer(self) -> datetime | None:
        return await self.app.next_timer() if self.app is not None else None

    async def _is_busy(self) -> bool:
        if self.app is None or any(bot.queue for bot in self.telegram.world.state.bots.values()):
            return True
        due = await self._next_timer()
        return (due is not None and due <= self.clock.now()) or not self.app.sender.idle


async def run_sandbox(port: int, data: Path | None, say: Callable[[str], object] = sys.stdout.write) -> int:
    """Run until interrupted; ``data`` None keeps nothing. Return the exit code."""
    stopping = asyncio.Event()
    ends = [signal.SIGTERM, signal.SIGINT]
    if signal.getsignal(signal.SIGHUP) != signal.SIG_IGN:  # nohup wants it to outlive its terminal
        ends.append(signal.SIGHUP)
    for name in ends:
        asyncio.get_running_loop().add_signal_handler(name, stopping.set)
    with tempfile.TemporaryDirectory(prefix="qunguan-") as temporary:
        sandbox = Sandbox(port, data if data is not None else Path(temporary))
        try:
            await sandbox.start()
        except CannotOpen as reason:
            sys.stderr.write(f"{reason}\n")
            return FAULT
        say(f"Open {sandbox.url} in a browser; Ctrl+C ends it.\n")
        say(
            f"All is kept in {data}.\n" if data is not None else "Nothing is kept after the end; --data DIR keeps it.\n"
        )
        sys.stdout.flush()
        await stopping.wait()
        await sandbox.stop()
    return 0
