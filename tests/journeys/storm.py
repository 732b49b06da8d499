"""The bot as a process of its own, which can be killed, against an emulated Telegram in this one."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import socket
import sqlite3
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.sandbox.telegram import Actor, Telegram
    from bot.sandbox.telegram.model import BotAccount, Chat, Message

PATIENCE = 40.0


@dataclass
class Storm:
    """The bot as a process of its own against an emulated Telegram in this one."""

    folder: Path
    telegram: Telegram
    bot: BotAccount
    chance: random.Random
    port: int | None = None
    """Where the bot listens for its webhook; None if it polls."""
    process: subprocess.Popen[bytes] | None = None
    clubs: list[tuple[Chat, Actor]] = field(default_factory=list)

    @property
    def database(self) -> Path:
        return self.folder / "bot.db"

    def start(self) -> None:
        environment = {
            **os.environ,
            "QUNGUAN_BOT_TOKEN": self.bot.token,
            "QUNGUAN_API_BASE_URL": self.telegram.url,
            "QUNGUAN_DATABASE_URL": f"sqlite:///{self.database}",
        }
        if self.port is not None:
            environment |= {
                "QUNGUAN_WEBHOOK_URL": f"http://127.0.0.1:{self.port}/hook",
                "QUNGUAN_WEBHOOK_SECRET": "a-secret-word",
                "QUNGUAN_LISTEN": f"127.0.0.1:{self.port}",
            }
        with (self.folder / "bot.log").open("ab") as log:
            command = [sys.executable, "-m", "bot", "run"]
            self.process = subprocess.Popen(command, env=environment, cwd=Path.cwd(), stdout=log, stderr=log)

    async def end(self, name: signal.Signals) -> None:
        """End the bot; whoever is asked to stop must do so in time and in order."""
        assert self.process is not None
        self.process.send_signal(name)
        # Telegram lives in this process and must go on meanwhile.
        code = await asyncio.to_thread(self.process.wait, PATIENCE)
        # One that is still starting has begun nothing and may end at once.
        assert code == -name or (name is signal.SIGTERM and code == 0), self._why()

    def rows(self, query: str, *values: object) -> list[tuple[object, ...]]:
        if not self.database.exists():
            return []
        connection = sqlite3.connect(f"file:{self.database}?mode=ro", uri=True, timeout=10)
        try:
            return connection.execute(query, values).fetchall()
        finally:
            connection.close()

    async def settled(self, patience: float = PATIENCE) -> None:
        """Wait until nothing is left to take in or to send."""
        loop = asyncio.get_running_loop()
        deadline, quiet = loop.time() + patience, 0
        while quiet < 3:
            quiet = 0 if self.is_busy() else quiet + 1
            assert loop.time() < deadline, self._why()
            assert self.process is not None
            assert self.process.poll() is None, self._why()
            await asyncio.sleep(0.1)

    def is_busy(self) -> bool:
        """Say whether anything is left to take in or to send."""
        left = "SELECT 1 FROM tg_outbox WHERE state IN ('waiting', 'claimed') OR result_due LIMIT 1"
        return bool(self.bot.queue or self.rows(left))

    def _why(self) -> str:
        log = (self.folder / "bot.log").read_text(errors="replace")[-3000:]
        return f"not settled: {len(self.bot.queue)} updates\n{log}\n{self.telegram.describe()[-3000:]}"

    async def see(self, where: Chat | Actor, part: str) -> Message:
        def newest() -> Message | None:
            found = [m for m in self.telegram.messages(where) if part in str(m.text or "") and m.author == self.bot.id]
            return found[-1] if found else None

        return await self.telegram.until(newest, PATIENCE)

    async def card(self, where: Chat) -> Message:
        """Wait for the event's card."""

        def posted() -> Message | None:
            return next((m for m in self.telegram.messages(where) if any("Join" in one for one in m.labels())), None)

        return await self.telegram.until(posted, PATIENCE)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
