"""The whole bot without its pumps: no polling, no sending, no alarm. A test hands updates to the turns and looks at what is stored.

Updates come from the emulated Telegram's queue, which is asked over HTTP for what a turn must know; its answers can be held.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from aiohttp import web
from pydantic import SecretStr
from sqlalchemy import select, text

from bot.app import ROOT, App
from bot.config import Settings
from bot.db.migrate import folders, upgrade
from bot.db.schema import metadata
from bot.kernel.clock import MovableClock
from bot.sandbox.telegram import Actor, Telegram
from bot.sandbox.telegram.model import BotAccount, Chat
from bot.tg import effects as fx
from bot.tg import menus, turn_store
from bot.tg.buttons import ButtonCode
from bot.tg.capability import NO_GROUP_NEEDED, Button, Capability, Command
from bot.tg.outbox import outbox_store

if TYPE_CHECKING:
    from telegram import Update

    from bot.db.engine import Tx
    from bot.kernel.groups import Group
    from bot.tg import envelope as env
    from bot.tg.context import Context

NOON = datetime(2027, 3, 10, 12, 0, tzinfo=UTC)


class Holding:
    """Holds the answers to a method of the Bot API until it is let go."""

    def __init__(self) -> None:
        self._gates: dict[tuple[str, str], asyncio.Event] = {}

    def hold(self, method: str, chat: Chat) -> Callable[[], None]:
        """Hold the calls of a method in a chat; what is returned lets them go."""
        gate = self._gates[method.lower(), str(chat.id)] = asyncio.Event()
        return gate.set

    @web.middleware
    async def middleware(
        self, request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
    ) -> web.StreamResponse:
        """Stand between Telegram and the wire."""
        if self._gates:
            form = await request.post()
            gate = self._gates.get((request.path.rpartition("/")[2].lower(), str(form.get("chat_id"))))
            if gate is not None:
                await gate.wait()
        return await handler(request)


class Words:
    """A watcher that stores every word said; "spoil" cannot be stored."""

    name = "words"
    early = False

    def __init__(self) -> None:
        self.known: list[str] = []

    def see(self, _update: env.Update, message: env.Message, _group: Group) -> str | None:
        return message.words or None

    async def flush(self, tx: Tx, deltas: Sequence[str], _now: datetime) -> None:
        if "spoil" in deltas:
            raise ValueError("this cannot be stored")
        await tx.many("INSERT INTO words (word) VALUES ($1)", [(word,) for word in deltas])

    def committed(self, deltas: Sequence[str]) -> None:
        self.known.extend(deltas)


class Counter:
    """A watcher that stores nothing: it notes how many statements the transaction of a message in the group came to."""

    name = "counter"
    early = False

    def __init__(self) -> None:
        self.counts: list[int] = []

    def see(self, _update: env.Update, _message: env.Message, _group: Group) -> bool:
        return True

    async def flush(self, tx: Tx, _deltas: Sequence[bool], _now: datetime) -> None:
        tx.after_commit(lambda: self.counts.append(tx.statements))

    def committed(self, deltas: Sequence[bool]) -> None:
        pass


class Scratch:
    """A capability for tests: ``/note x`` stores, ``/boom x`` stores and fails."""

    def __init__(self) -> None:
        self.words = Words()
        self.counter = Counter()
        self.remembered: list[str] = []

    async def _note(self, context: Context) -> None:
        note = context.args_text
        await context.tx.execute(text("INSERT INTO notes (note) VALUES (:note)"), {"note": note})
        context.tx.after_commit(lambda: self.remembered.append(note))
        context.reply(context.texts.gettext("Noted: {note}", note=note))

    async def note(self, _update: Update, context: Context) -> None:
        await self._note(context)

    async def boom(self, _update: Update, context: Context) -> None:
        await self._note(context)
        raise RuntimeError("boom")

    def capability(self) -> Capability:
        return Capability(
            "scratch",
            "Scratch",
            commands=(
                Command("note", self.note, "Note", access=NO_GROUP_NEEDED, listed=False),
                Command("boom", self.boom, "Boom", access=NO_GROUP_NEEDED, listed=False),
            ),
            buttons=(Button(ButtonCode("s.boom"), self.boom),),
            watchers=(self.words, self.counter),
        )


class Bench:
    """Olga owns the Hikers, Heidi administers them, Mei is a member; the bot is an administrator."""

    def __init__(self, telegram: Telegram, clock: MovableClock, holding: Holding, url: str) -> None:
        self.telegram, self.clock, self.holding, self.url = telegram, clock, holding, url
        self.bot: BotAccount = telegram.add_bot("qunguan_bot", "Qunguan")
        self.olga, self.heidi, self.mei = (
            telegram.add_user(name, username=name.lower(), language_code="en") for name in ("Olga", "Heidi", "Mei")
        )
        self.hikers = self.group_of("Hikers", self.olga, self.heidi, self.mei)
        self.olga.promote(self.hikers, self.heidi)
        self.scratch = Scratch()
        self.app = self._app()
        self._seen_effects = 0
        self._number = 1

    def _app(self, *more: Capability) -> App:
        settings = Settings(
            bot_token=SecretStr(self.bot.token),
            api_base_url=self.telegram.url,
            database_url=SecretStr(self.url),
        )
        app = App(settings, self.clock)
        app.tables.add([self.scratch.capability(), *more])
        self.bot.allowed_updates = menus.allowed_updates(app.tables.capabilities)
        return app

    def group_of(self, title: str, owner: Actor, *members: Actor) -> Chat:
        """Make a supergroup with the bot as administrator."""
        chat = self.telegram.add_group(title, owner, members)
        self.telegram.add_bot_to(chat, self.bot, owner, administrator=True)
        return chat

    # The bot's life

    async def open(self) -> None:
        """Bring up the database and the turns."""
        await upgrade(self.app.database, folders(ROOT), metadata)
        async with self.app.database.write() as tx:
            for table in (
                "CREATE TABLE IF NOT EXISTS notes (note TEXT)",
                "CREATE TABLE IF NOT EXISTS words (word TEXT)",
            ):
                await tx.execute(text(table))
        await self.app.application.initialize()
        async with self.app.database.read() as tx:
            await self.app.groups.load(tx)
            self.app.ids.raise_to(await outbox_store.highest_id(tx))
        await self.app.turns.load()

    async def close(self) -> None:
        """Put everything away; the database stays."""
        await self.app.turns.close()
        await self.app.asker.close()
        await self.app.application.shutdown()
        await self.app.database.close()

    async def restart(self) -> None:
        """Forget everything that is only in memory."""
        await self.close()
        self.scratch = Scratch()
        self.app = self._app()
        await self.open()

    # What comes in

    def queued(self) -> list[bytes]:
        """Take what Telegram has for the bot, as raw updates."""
        return [json.dumps(update).encode() for update in self.telegram.take_updates(self.bot)]

    async def take(self) -> list[fx.AnyEffect]:
        """Run one turn with all that Telegram has for the bot, and return what it would send."""
        await self.app.turns.updates(self.queued())
        return await self.sent()

    async def take_raw(self, *raws: bytes) -> list[fx.AnyEffect]:
        """Run one turn with these updates."""
        await self.app.turns.updates(raws)
        return await self.sent()

    def said(self, update_id: int, words: str, who: Actor | None = None, where: Chat | None = None) -> bytes:
        """Return a raw update with a number of one's own: a message in the group."""
        speaker, chat = who or self.olga, where or self.hikers
        self._number += 1
        message = {
            "message_id": 1000 + self._number,
            "date": int(self.clock.now().timestamp()),
            "chat": {"id": chat.id, "type": "supergroup", "title": chat.title},
            "from": {"id": speaker.id, "is_bot": False, "first_name": speaker.name, "language_code": "en"},
            "text": words,
        }
        if words.startswith("/"):
            command = words.split(maxsplit=1)[0]
            message["entities"] = [{"type": "bot_command", "offset": 0, "length": len(command)}]
        return json.dumps({"update_id": update_id, "message": message}).encode()

    # What is stored

    async def sent(self) -> list[fx.AnyEffect]:
        """Return what was put into the outbox since the last look."""
        table = outbox_store.outbox
        query = select(table.c.id, table.c.body).where(table.c.id > self._seen_effects).order_by(table.c.id)
        async with self.app.database.read() as tx:
            rows = (await tx.execute(query)).all()
        self._seen_effects = rows[-1].id if rows else self._seen_effects
        return [fx.decode(row.body) for row in rows]

    async def column(self, query: str) -> list[Any]:
        """Return the first column of a query."""
        async with self.app.database.read() as tx:
            return list((await tx.execute(text(query))).scalars())

    async def notes(self) -> list[str]:
        """Return what ``/note`` stored."""
        return await self.column("SELECT note FROM notes")

    async def statements(self, who: Actor, line: str) -> int:
        """Say something in the group, and return how many statements that came to."""
        who.send(self.hikers, line)
        await self.app.turns.updates(self.queued())
        return self.scratch.counter.counts[-1] - 1  # one is the test's own watcher's

    async def words(self) -> list[str]:
        """Return what the watcher stored."""
        return await self.column("SELECT word FROM words")

    async def failures(self) -> list[turn_store.Failure]:
        """Return the quarantine."""
        async with self.app.database.read() as tx:
            return await turn_store.failures(tx)


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[Bench]:
    """Set up a bench on an empty database."""
    clock, holding = MovableClock(NOON), Holding()
    telegram = Telegram(clock)
    telegram.app.middlewares.append(holding.middleware)
    async with telegram:
        bench = Bench(telegram, clock, holding, url)
        try:
            await bench.open()
            yield bench
        finally:
            await bench.close()


def texts(effects: Iterable[fx.AnyEffect]) -> list[str]:
    """Return what would be said, in messages and in answers to taps."""
    found = []
    for effect in effects:
        if isinstance(effect, fx.SendMessage | fx.EditText):
            found.append(effect.html)
        elif isinstance(effect, fx.AnswerCallback) and effect.text:
            found.append(effect.text)
    return found


def key_data(effects: Iterable[fx.AnyEffect], label: str) -> str:
    """Return what the one button with this in its label carries."""
    boards = [e.keyboard for e in effects if isinstance(e, fx.SendMessage | fx.EditText) and e.keyboard]
    found = [key.data for board in boards for row in board for key in row if label in key.text]
    assert len(found) == 1, f"{label!r}: {found}"
    assert found[0] is not None
    return found[0]
