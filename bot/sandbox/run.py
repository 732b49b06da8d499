"""``qunguan sandbox``: the emulated Telegram, the bot against it and the chat page, in one process and without a token."""

from __future__ import annotations

import asyncio
import json
import signal
import sys
import tempfile
from contextlib import AsyncExitStack
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import SecretStr

from bot.app import App
from bot.config import Settings
from bot.kernel.clock import MovableClock
from bot.sandbox.control import add_control
from bot.sandbox.scene import set_scene
from bot.sandbox.telegram import Telegram

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from bot.sandbox.telegram.model import BotAccount

WORLD = "world.json"
CLOCK = "clock.json"
DATABASE = "qunguan.db"


class Sandbox:
    """The whole sandbox. With a folder that holds an earlier one, it goes on where that ended."""

    def __init__(self, port: int, folder: Path) -> None:
        self._folder = folder
        self.clock = MovableClock()
        self.telegram = Telegram(self.clock, port=port)
        self._stack = AsyncExitStack()
        self.app: App | None = None

    @property
    def url(self) -> str:
        """The page's address."""
        return self.telegram.url

    async def start(self) -> None:
        """Start Telegram, then the bot."""
        bot = self._restore()
        add_control(self.telegram.app, self.telegram, self.clock, self._next_timer, self._reset)
        await self.telegram.serve()
        self._stack.push_async_callback(self.telegram.close)
        self.app = App(self._settings(bot), self.clock)
        await self.app.start()
        self._stack.push_async_callback(self.app.stop)
        self._stack.callback(self._keep)

    async def stop(self) -> None:
        """Stop the bot, then Telegram; the world is kept in the folder."""
        await self._stack.aclose()

    def _restore(self) -> BotAccount:
        world, clock = self._folder / WORLD, self._folder / CLOCK
        if clock.exists():
            self.clock.advance(timedelta(seconds=json.loads(clock.read_text(encoding="ascii"))["offset"]))
        if not world.exists():
            return set_scene(self.telegram).bot
        self.telegram.load(world)
        return next(iter(self.telegram.world.state.bots.values()))

    def _reset(self) -> None:
        set_scene(self.telegram)

    def _keep(self) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        self.telegram.save(self._folder / WORLD)
        offset = self.clock.offset.total_seconds()
        (self._folder / CLOCK).write_text(json.dumps({"offset": offset}), encoding="ascii")

    def _settings(self, bot: BotAccount) -> Settings:
        database = self._folder.absolute() / DATABASE
        return Settings(
            bot_token=SecretStr(bot.token),
            api_base_url=self.telegram.url,
            database_url=SecretStr(f"sqlite:///{database}"),
        )

    async def _next_timer(self) -> datetime | None:
        return await self.app.next_timer() if self.app is not None else None


async def run_sandbox(port: int, data: Path | None, say: Callable[[str], object] = sys.stdout.write) -> None:
    """Run until interrupted; ``data`` None keeps nothing."""
    stopping = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stopping.set)
    with tempfile.TemporaryDirectory(prefix="qunguan-") as temporary:
        sandbox = Sandbox(port, data if data is not None else Path(temporary))
        await sandbox.start()
        say(f"Open {sandbox.url} in a browser; Ctrl+C ends it.\n")
        if data is None:
            say("Nothing is kept after the end; --data DIR keeps it.\n")
        sys.stdout.flush()
        await stopping.wait()
        await sandbox.stop()
