"""The bot is killed between closing a group for the night and opening it again: members have afterwards what they had before."""

from __future__ import annotations

import asyncio
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from bot.kernel.clock import SystemClock
from bot.sandbox.telegram import Actor, Telegram
from bot.sandbox.telegram.model import BotAccount, Chat

PATIENCE = 40.0
OWN = {"can_send_polls": False, "can_pin_messages": True}
"""What this group grants and withholds of its own."""


@dataclass
class Night:
    """The bot as a process of its own, and one group that closes by its own quiet hours."""

    folder: Path
    telegram: Telegram
    bot: BotAccount
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        environment = {
            **os.environ,
            "QUNGUAN_BOT_TOKEN": self.bot.token,
            "QUNGUAN_API_BASE_URL": self.telegram.url,
            "QUNGUAN_DATABASE_URL": f"sqlite:///{self.folder / 'bot.db'}",
        }
        with (self.folder / "bot.log").open("ab") as log:
            command = [sys.executable, "-m", "bot", "run"]
            self.process = subprocess.Popen(command, env=environment, cwd=Path.cwd(), stdout=log, stderr=log)

    async def kill(self) -> None:
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        await asyncio.to_thread(self.process.wait, PATIENCE)

    def do(self, statement: str) -> None:
        """Change the database of a bot that is not running: what else only the time would do."""
        connection = sqlite3.connect(self.folder / "bot.db", timeout=10)
        with connection:
            assert connection.execute(statement).rowcount > 0
        connection.close()


@pytest.fixture
async def night(tmp_path: Path) -> AsyncIterator[Night]:
    telegram = Telegram(SystemClock())
    await telegram.serve()
    made = Night(tmp_path, telegram, telegram.add_bot("qunguan_bot", "Qunguan"))
    yield made
    if made.process is not None and made.process.poll() is None:
        await made.kill()
    await telegram.close()


def prepare(night: Night) -> tuple[Chat, Actor]:
    owner = night.telegram.add_user("Owner", language_code="en")
    owner.start(night.bot)
    hall = night.telegram.add_group("Hall", owner, [night.telegram.add_user("Mei")])
    night.telegram.add_bot_to(hall, night.bot, owner, administrator=True)
    owner.set_permissions(hall, {**hall.permissions, **OWN})
    return hall, owner


@pytest.mark.slow
@pytest.mark.parametrize("fault", ["timeout_after", None])
async def test_a_bot_that_is_killed_in_the_night_gives_back_what_it_took(night: Night, fault: str | None) -> None:
    hall, owner = prepare(night)
    before = dict(hall.permissions)
    night.start()
    await night.telegram.until(
        lambda: any("Done" in " ".join(m.labels()) for m in night.telegram.messages(hall)), PATIENCE
    )
    now = SystemClock().now()
    start, end = (f"{now + timedelta(hours=hours):%H:%M}" for hours in (-1, 6))
    owner.send(hall, f"/quiet {start}-{end}")
    await night.telegram.until(lambda: "Quiet hours of" in str(night.telegram.messages(hall)[-1].text), PATIENCE)
    if fault is not None:
        night.telegram.faults.add("setChatPermissions", fault)
    owner.send(hall, "/quiet mode restrict")
    await night.telegram.until(lambda: night.telegram.journal.of("setChatPermissions"), PATIENCE)
    await night.kill()

    night.do("UPDATE chats_groups SET quiet = '[]'")
    night.do("UPDATE timers_due SET due_at = 0 WHERE kind = 'quiet'")
    night.start()
    await night.telegram.until(
        lambda: len(night.telegram.journal.of("getChat")) >= 2 and dict(hall.permissions) == before, PATIENCE
    )
    await asyncio.sleep(1)
    assert dict(hall.permissions) == before
