"""One person with many groups, all with the bot in them, on an emulated Telegram that counts as strictly as the real one."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from pydantic import SecretStr

from bot.app import App
from bot.config import Settings
from bot.kernel.clock import SystemClock
from bot.sandbox.telegram.journal import MOST_CALLS
from bot.sandbox.telegram.limits import COUNTED, OVERALL
from bot.tg.outbox.limits import UNLIMITED
from tests.journeys.stage import said
from tests.journeys.storm import PATIENCE, Storm

if TYPE_CHECKING:
    from bot.sandbox.telegram import Actor
    from bot.sandbox.telegram.model import Chat, Message

LOOK_EVERY = 0.005


@dataclass
class Sending:
    """What Telegram has seen of one broadcast: when each copy came, and every counted call beside."""

    text: str
    copies: list[float] = field(default_factory=list)
    counted: list[float] = field(default_factory=list)
    seen: int = 0
    """The last call that was looked at."""

    @property
    def share(self) -> float:
        """The part of the permitted rate that the copies took up, from the first to the last."""
        return self._rate(self.copies) / OVERALL.most * OVERALL.seconds

    @property
    def whole_share(self) -> float:
        """The same for all that counts, the card and the answers included."""
        inside = [at for at in self.counted if self.copies[0] <= at <= self.copies[-1]]
        return self._rate(inside) / OVERALL.most * OVERALL.seconds

    @staticmethod
    def _rate(times: list[float]) -> float:
        return (len(times) - 1) / max(times[-1] - times[0], 1e-9)


@dataclass
class Crowd(Storm):
    """The groups are made before the bot's own process starts, without limits: only the broadcast is measured."""

    owner: Actor = field(init=False)
    groups: list[Chat] = field(default_factory=list)
    asker: Actor = field(init=False)

    async def gather(self, count: int) -> None:
        """Make the groups, and let the bot greet them."""
        telegram = self.telegram
        self.owner = telegram.add_user("Anna", language_code="en")
        self.asker = telegram.add_user("Mei", language_code="en")
        for person in (self.owner, self.asker):
            person.start(self.bot)
        for number in range(count):
            group = telegram.add_group(f"Group {number:04}", self.owner, [])
            telegram.add_bot_to(group, self.bot, self.owner, administrator=True)
            self.groups.append(group)
        settings = Settings(
            bot_token=SecretStr(self.bot.token),
            api_base_url=telegram.url,
            database_url=SecretStr(f"sqlite:///{self.database}"),
        )
        app = App(settings, SystemClock(), UNLIMITED)
        await app.start()
        await self.telegram.until(lambda: all(self._greeted(group) for group in self.groups[-5:]), PATIENCE)
        await asyncio.sleep(0.2)
        await app.stop()

    def _greeted(self, group: Chat) -> bool:
        return any(message.author == self.bot.id for message in self.telegram.messages(group))

    async def begin(self, text: str) -> Sending:
        """Have one announcement sent to all groups; return when the tap on Send is made."""
        self.owner.send(self.groups[0], f"/announce to all | {text}")
        page = await self.telegram.until(lambda: self._page(text), PATIENCE)
        seen = max((entry.n for entry in self.telegram.journal), default=0)
        self.owner.tap(page, next(label for label in page.labels() if label.startswith("📡")))
        return Sending(text, seen=seen)

    def _page(self, text: str) -> Message | None:
        found = reversed(self.telegram.messages(self.owner))
        return next((m for m in found if text in said(m) and any("☑️" in label for label in m.labels())), None)

    async def watch(self, sending: Sending, until: int, patience: float = PATIENCE) -> None:
        """Note when each call comes, until so many copies have come."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + patience
        while len(sending.copies) < until:
            assert loop.time() < deadline, f"{len(sending.copies)} of {until}: {self._why()}"
            await asyncio.sleep(LOOK_EVERY)
            self._look(sending, loop.time())

    def _look(self, sending: Sending, now: float) -> None:
        for entry in self.telegram.journal.since(sending.seen, MOST_CALLS):
            if entry.ok is None and entry.method in COUNTED:
                # Under way: it is looked at again.
                return
            sending.seen = entry.n
            if entry.ok and entry.method in COUNTED:
                sending.counted.append(now)
                if entry.method == "sendMessage" and entry.params.get("text") == sending.text:
                    sending.copies.append(now)

    def is_busy(self) -> bool:
        return super().is_busy() or bool(
            self.rows("SELECT 1 FROM announcements_broadcast_sendings WHERE state = 'running' LIMIT 1")
        )

    async def answer_times(self, count: int, pause: float) -> list[float]:
        """Let somebody ask for help in private time and again; return how long each answer took."""
        loop, found = asyncio.get_running_loop(), []
        for _ in range(count):
            begun, asked = loop.time(), self.asker.send(self.bot, "/help")
            await self.telegram.until(partial(self._answered, asked), PATIENCE)
            found.append(loop.time() - begun)
            await asyncio.sleep(pause)
        return found

    def _answered(self, asked: Message) -> bool:
        newest = self.telegram.messages(self.asker)[-1]
        return newest.author == self.bot.id and newest.message_id > asked.message_id

    def refused(self) -> int:
        """Count the calls that were one too many."""
        return sum(entry.error_code == 429 for entry in self.telegram.journal)

    def copies(self, text: str) -> Counter[int]:
        """Count the groups by how many copies they have."""
        return Counter(sum(m.text == text for m in self.telegram.messages(group)) for group in self.groups)

    def uncertain(self) -> set[object]:
        """Return the chats of which the bot itself says that it does not know."""
        query = "SELECT chat_id FROM tg_outbox WHERE state = 'uncertain'"
        return {row[0] for row in self.rows(query)}
