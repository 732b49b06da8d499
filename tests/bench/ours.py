"""The whole bot as the other side: the real composition root on a SQLite file, by long polling."""

from __future__ import annotations

import asyncio
import logging
import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
from pydantic import SecretStr

from bot import logs
from bot.app import ROOT, App, spare_collector
from bot.config import Settings
from bot.db.engine import Database
from bot.db.migrate import folders, upgrade
from bot.db.schema import metadata
from bot.events.handlers import codes
from bot.kernel.clock import SystemClock
from bot.tg import effects as fx
from bot.tg import envelope as env
from bot.tg.buttons import NO_GROUP
from bot.tg.capability import Capability, TimerKind
from bot.tg.forms.view import SAVE
from bot.tg.jobs import Job
from bot.tg.outbox.limits import TELEGRAM, UNLIMITED
from bot.timers import service as timers
from tests.bench.process import Meter, serve, steer_inside
from tests.bench.updates import chat

if TYPE_CHECKING:
    from bot.tg.capability import Due
    from bot.tg.context import Scope

BENCH = "bench"


class Ours:
    """The bot, its database in a folder of its own, with ``groups`` groups that it knows already."""

    def __init__(self, base: str, token: str, folder: str, groups: int, *, limited: bool = True) -> None:
        self._base = base
        self._token = token
        self._groups = groups
        self._url = f"sqlite:///{Path(folder).absolute()}/bot.db"
        settings = Settings(bot_token=SecretStr(token), api_base_url=base, database_url=SecretStr(self._url))
        self._settings = settings
        self.app = App(settings, SystemClock(), TELEGRAM if limited else UNLIMITED)
        self._lags: list[float] = []

    async def run(self) -> None:
        """Start, and do what the bench asks for."""
        await self._prepare()
        await serve(
            {
                "start": self.start,
                "go": self.go,
                "watchers": self.watchers,
                "taps": self.taps,
                "storm": self.storm,
                "event": self.event,
                "send": self.send,
                "timers": self.timers,
                "lags": self.lags,
            }
        )
        await self.app.stop()

    async def _prepare(self) -> None:
        database = Database.open(self._settings.sqlalchemy_url)
        await upgrade(database, folders(ROOT), metadata)
        async with database.write() as tx:
            for group in range(self._groups):
                known = msgspec.convert(chat(group), env.Chat)
                await self.app.groups.admit(tx, known, SystemClock().now())
        await database.close()

    async def start(self) -> dict[str, Any]:
        """Start the bot; returns what that took."""
        self.app.tables.add([Capability(BENCH, "Bench", timers=(TimerKind("ring", self._ring),))])
        meter = Meter()
        await self.app.start()
        spent = meter.read()
        spare_collector()
        return spent

    async def watchers(self) -> dict[str, Any]:
        """Say who reads every message."""
        return {"names": [watcher.name for watcher in self.app.tables.watchers]}

    # Messages and taps

    async def go(self, updates: int) -> dict[str, Any]:
        """Take in everything that is prepared, until Telegram has the confirmation."""
        meter = Meter()
        await steer_inside(self._base, "go", token=self._token)
        return {**meter.read(), "updates": updates}

    async def event(self, seats: int) -> dict[str, Any]:
        """Have the owner open an event and save what is shown back; returns what its Join button carries."""
        group = self.app.groups.by_chat(chat(0)["id"])
        assert group is not None
        line = f"/event create Hike | in 48 hours | {seats} seats"
        await steer_inside(self._base, "say", token=self._token, text=line)
        async with self.app.database.read() as tx:
            form = (await tx.conn.exec_driver_sql("SELECT max(id) FROM tg_forms")).scalar_one()
        await steer_inside(self._base, "press", token=self._token, data=SAVE.data(NO_GROUP, form, 0))
        return {"data": codes.JOIN.data(group, 1)}

    async def taps(self, count: int, data: str) -> dict[str, Any]:
        """Take taps, one after the other."""
        meter = Meter()
        times = await steer_inside(self._base, "taps", token=self._token, count=count, data=data)
        return {**meter.read(), **times}

    async def storm(self, count: int, data: str) -> dict[str, Any]:
        """Take many taps at once."""
        meter = Meter()
        times = await steer_inside(self._base, "storm", token=self._token, count=count, data=data)
        return {**meter.read(), **times}

    # Sends

    async def send(self, messages: int, chats: list[int], at_once: int) -> dict[str, Any]:
        """Put messages into the outbox in one turn, and wait until all ends are stored."""

        async def put(scope: Scope) -> None:
            for number in range(messages):
                scope.effects.put(fx.SendMessage(chats[number % len(chats)], f"Message {number}"))

        meter = Meter()
        await self.app.turns.jobs([Job("sends", put)])
        while not self.app.sender.idle:  # noqa: ASYNC110  (it is the measured one that must not be burdened)
            await asyncio.sleep(0.005)
        return {**meter.read(), "at_once": at_once}

    # Timers

    async def timers(self, rows: int, due: int, ahead: float) -> dict[str, Any]:
        """Store timers before the start: ``due`` of them in ``ahead`` seconds, all at once, the others much later."""
        now = self.app.clock.now()
        at = now + timedelta(seconds=ahead)
        async with self.app.database.write() as tx:
            later = {f"later-{n}": at + timedelta(days=1, seconds=n) for n in range(rows - due)}
            await timers.set_timers(tx, BENCH, "ring", {**later, **{f"soon-{n}": at for n in range(due)}})
        return {"at": at.isoformat()}

    async def _ring(self, scope: Scope, due: Due) -> None:
        # After the commit: a timer is done when it is off the schedule for good.
        scope.tx.after_commit(lambda: self._lags.append(self._since(due.due_at)))

    def _since(self, at: datetime) -> float:
        return (self.app.clock.now() - at).total_seconds()

    async def lags(self, due: int) -> dict[str, Any]:
        """Wait until so many timers came; seconds between the due time and the commit."""
        meter = Meter()
        while len(self._lags) < due:  # noqa: ASYNC110
            await asyncio.sleep(0.02)
        return {**meter.read(), "first": min(self._lags), "last": max(self._lags)}


if __name__ == "__main__":
    logs.set_up("console", (), level=logging.WARNING)
    asyncio.run(
        Ours(sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4]), limited="unlimited" not in sys.argv).run()
    )
