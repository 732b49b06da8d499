"""A stage for stories over the real wire: an emulated Telegram over HTTP, the whole bot against it, a clock moved by hand.

The story speaks as people do (``anna.send(stage.group, "/warn @mei")``, ``mei.tap(card, "Join")``) and looks at what they
would see. The clock stands still unless :meth:`Stage.advance` moves it.
"""

from __future__ import annotations

import asyncio
import html
import re
import socket
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TypeVar

from pydantic import SecretStr
from sqlalchemy import text

from bot.app import App
from bot.config import Settings
from bot.i18n import texts_for
from bot.kernel.clock import MovableClock
from bot.sandbox.telegram import Actor, Telegram
from bot.sandbox.telegram.model import BotAccount, Chat, Message
from bot.tg.outbox.limits import UNLIMITED, Rates
from tests.databases import migrated_sqlite

START = datetime(2027, 3, 10, 10, 0, tzinfo=UTC)
"""A Wednesday, 10:00 UTC."""
_TAG = re.compile(r"</?[a-z][^>]*>")
T = TypeVar("T")


@dataclass
class Stage:
    """One story's world. ``group`` is a supergroup with the bot as administrator, owned by ``anna``."""

    folder: Path
    telegram: Telegram
    clock: MovableClock
    bot: BotAccount
    database_url: str
    webhook: bool = False
    locale: str = "en"
    zone: str = "UTC"
    app: App | None = None
    rates: Rates = UNLIMITED
    """The emulated Telegram counts nothing either, unless a story tells it to."""
    people: dict[str, Actor] = field(default_factory=dict)
    group: Chat = field(init=False)

    # People

    def person(self, name: str, language: str | None = None, *, started: bool = False) -> Actor:
        """Return the person of that name, made on first use; ``started`` has pressed Start in the bot's private chat."""
        if name not in self.people:
            code = language or ("zh-hans" if self.locale == "zh_Hans" else "en")
            self.people[name] = self.telegram.add_user(name, username=name.lower(), language_code=code)
            if started:
                self.people[name].start(self.bot)
        return self.people[name]

    @property
    def anna(self) -> Actor:
        """The owner."""
        return self.person("Anna")

    @property
    def ben(self) -> Actor:
        """An administrator."""
        return self.person("Ben")

    @property
    def mei(self) -> Actor:
        """A member."""
        return self.person("Mei")

    @property
    def carl(self) -> Actor:
        """Another member."""
        return self.person("Carl")

    def group_of(self, title: str, owner: Actor, *members: Actor, supergroup: bool = True, forum: bool = False) -> Chat:
        """Make a group with the bot in it (administrator in a supergroup)."""
        chat = self.telegram.add_group(title, owner, members, supergroup=supergroup, forum=forum)
        self.telegram.add_bot_to(chat, self.bot, owner, administrator=True)
        return chat

    # The bot's life

    def settings(self) -> Settings:
        """Return the bot's settings for this stage."""
        extra: dict[str, object] = {}
        if self.webhook:
            port = _free_port()
            extra = {
                "webhook_url": f"http://127.0.0.1:{port}/hook",
                "webhook_secret": SecretStr("a-secret-word"),
                "listen": f"127.0.0.1:{port}",
            }
        return Settings(
            bot_token=SecretStr(self.bot.token),
            api_base_url=self.telegram.url,
            database_url=SecretStr(self.database_url),
            default_locale=self.locale,
            default_timezone=self.zone,
            **extra,  # type: ignore[arg-type]
        )

    async def start(self) -> None:
        """Start the bot."""
        self.app = App(self.settings(), self.clock, self.rates)
        await self.app.start()

    async def stop(self) -> None:
        """Stop the bot; its database stays."""
        if self.app is not None:
            await self.app.stop()
            self.app = None

    async def restart(self) -> None:
        """Stop the bot and start it anew on the same database."""
        await self.stop()
        await self.start()

    # Time

    async def advance(self, **by: float) -> None:
        """Move the clock by a ``timedelta(**by)`` and wait until the bot has done what fell due."""
        self.clock.advance(timedelta(**by))
        await self.settled()

    async def settled(self, patience: float = 10.0) -> None:
        """Wait until the bot has taken everything in and sent everything that may be sent now."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + patience
        quiet = 0
        while quiet < 3:
            quiet = quiet + 1 if await self._idle() else 0
            if loop.time() > deadline:
                raise TimeoutError(f"the bot is still busy\n{self.telegram.describe()}")
            await asyncio.sleep(0.004)

    async def _idle(self) -> bool:
        if self.bot.queue or self.app is None:
            return self.app is None
        due = await self.app.next_timer()
        if not (self.app.sender.idle and self.app.bench.idle) or (due is not None and due <= self.clock.now()):
            return False
        query = text(
            "SELECT (SELECT count(*) FROM tg_outbox WHERE (state IN ('waiting', 'claimed') AND (not_before IS NULL OR "
            "not_before <= :now)) OR result_due) + (SELECT count(*) FROM tg_inbox)"
        )
        async with self.app.database.read() as tx:
            now = int(self.clock.now().timestamp() * 1000)
            return int((await tx.execute(query, {"now": now})).scalar_one()) == 0

    # What people see

    def words(self, message: str, /, **values: object) -> str:
        """Return what a sentence of the code reads like in this stage's language, as people see it, without markup."""
        told = texts_for(self.locale, self.zone).gettext(message, **values)
        return html.unescape(_TAG.sub("", told))

    def day(self, month: int, day: int) -> str:
        """Return a day of 2027 as this stage's language writes it."""
        return texts_for(self.locale, self.zone).date(date(2027, month, day))

    async def see(self, where: Chat | Actor, *parts: str, patience: float = 10.0) -> Message:
        """Wait for a message in a chat (of a person: their private chat) whose visible text holds all parts; the newest."""
        return await self.telegram.until(lambda: self.find(where, *parts), patience)

    def find(self, where: Chat | Actor, *parts: str) -> Message | None:
        """Return the newest message of the chat whose visible text holds all parts, or None."""
        for message in reversed(self.telegram.messages(where)):
            if all(part in said(message) for part in parts):
                return message
        return None

    async def tap(self, who: Actor, message: Message, button: str) -> str:
        """Tap a button whose label contains ``button``; return what the bot answers."""
        label = next((label for label in message.labels() if button in label), None)
        assert label is not None, f"no button {button!r} among {message.labels()} under {said(message)!r}"
        answer = await self.telegram.answer_to(who.tap(message, label), 10)
        return str(answer.get("text") or "")

    async def agree(self, who: Actor, line: str, where: Chat | None = None) -> None:
        """Send a line that is shown back before it is saved (in private where no group is named), and tap Save."""
        sent = who.send(where or self.bot, line)

        def shown_back() -> Message | None:
            found = (m for m in self.telegram.messages(where or who) if m.message_id > sent.message_id)
            return next((m for m in found if m.labels() and m.labels()[0].startswith("✓")), None)

        await self.tap(who, await self.until(shown_back), "✓")
        await self.settled()

    async def plan(self, who: Actor, line: str, where: Chat | None = None) -> Message:
        """Plan an event on one line and return its card; in the group where no other one is named."""
        place = where or self.group
        await self.agree(who, line, place)
        return await self.see(place, re.split(r"[|｜]", line.split(maxsplit=2)[2])[0].strip(), "👥")

    async def accept(self, who: Actor, offer: Message) -> str:
        """Accept the seat that a message offers, by the first of its buttons; return what the bot answers."""
        return await self.tap(who, offer, offer.labels()[0])

    async def until(self, predicate: Callable[[], T | None], patience: float = 10.0) -> T:
        """Wait until something is so in Telegram's world."""
        return await self.telegram.until(predicate, patience)


def said(message: Message) -> str:
    """Return a message's visible text or caption."""
    return str(message.text or message.body.get("caption") or "")


async def open_stage(
    folder: Path,
    *,
    database_url: str | None = None,
    webhook: bool = False,
    locale: str = "en",
    zone: str = "UTC",
    start: bool = True,
) -> Stage:
    """Open a stage with a running bot and the usual people: Anna owns, Ben administers, Mei and Carl are members."""
    clock = MovableClock(START)
    telegram = Telegram(clock)
    await telegram.serve()
    url = database_url or migrated_sqlite(folder / "bot.db")
    stage = Stage(folder, telegram, clock, telegram.add_bot("qunguan_bot", "Qunguan"), url, webhook, locale, zone)
    stage.anna.start(stage.bot)
    stage.group = telegram.add_group("Hikers", stage.anna, [stage.ben, stage.mei, stage.carl])
    stage.anna.promote(stage.group, stage.ben)
    telegram.add_bot_to(stage.group, stage.bot, stage.anna, administrator=True)
    if start:
        await stage.start()
        await stage.settled()
    return stage


async def close_stage(stage: Stage) -> None:
    """End the bot and Telegram."""
    await stage.stop()
    await stage.telegram.close()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
