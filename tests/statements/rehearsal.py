"""The whole bot whose turns can be tried out: what they do to the database is counted, looked at and taken back.

So every command and every button is counted in the same world, whatever the one before it would have changed.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from bot.app import App
from bot.tg import effects as fx
from bot.tg import turn_store
from bot.tg.access import Declined
from bot.tg.handling import Handling
from bot.tg.outbox import outbox_store
from bot.tg.outbox.limits import UNLIMITED
from bot.tg.turn import Turns
from tests.journeys.stage import Stage

if TYPE_CHECKING:
    from bot.db.engine import Tx
    from bot.sandbox.telegram import Actor
    from bot.sandbox.telegram.model import Chat
    from bot.tg.context import Spoken

_FIRST = 900_000_000
"""Update ids and message ids of what is tried out; Telegram's own are smaller here."""


@dataclass(frozen=True)
class Tried:
    """What one update came to. ``declined`` is what was said where nothing was done."""

    statements: int
    effects: tuple[fx.AnyEffect, ...]
    declined: str
    failed: bool

    @property
    def said(self) -> list[str]:
        """What people would read."""
        found = [effect.html for effect in self.effects if isinstance(effect, fx.SendMessage | fx.EditText)]
        return found + [one.text for one in self.effects if isinstance(one, fx.AnswerCallback) and one.text]

    @property
    def buttons(self) -> dict[str, str]:
        """The labels of the buttons that would be shown, by what they carry."""
        shown = [one for one in self.effects if isinstance(one, fx.SendMessage | fx.EditText | fx.EditButtons)]
        keys = [key for one in shown for row in one.keyboard or () for key in row]
        return {key.data: key.text for key in keys if key.data is not None}


class _TakenBack(Exception):
    """The end of what was tried out."""


class _Noticing(Handling):
    """Notes what was declined."""

    declined = ""

    async def _speak(self, raw: bytes, spoken: Spoken) -> None:
        try:
            await super()._speak(raw, spoken)
        except Declined as refusal:
            self.declined = refusal.text
            raise


class RehearsingTurns(Turns):
    """Turns that can be tried out."""

    async def rehearse(self, *updates: bytes) -> Tried:
        """Take updates in, each in a batch of its own, say what the last came to, and take all of it back."""
        tried: list[Tried] = []
        async with self._one:
            try:
                async with self._database.write() as tx:
                    tried += [await self._try(tx, raw) for raw in updates]
                    raise _TakenBack
            except _TakenBack:
                return tried[-1]

    async def _try(self, tx: Tx, raw: bytes) -> Tried:
        noticing = _Noticing(self._application, self._tables, self._ports, self._asker.forget)
        usual, self._handling = self._handling, noticing
        outbox, failures = outbox_store.outbox, turn_store.quarantine
        last = (await tx.execute(select(func.coalesce(func.max(outbox.c.id), 0)))).scalar_one()
        tx.memo.clear()
        before = tx.statements
        try:
            batch = self._read([raw])
            await self._ask(batch)
            await self._fill(tx, batch, batch.ids())
        finally:
            self._handling = usual
        statements = tx.statements - before
        query = select(outbox.c.body).where(outbox.c.id > last).order_by(outbox.c.id)
        effects = tuple(fx.decode(body) for body in (await tx.execute(query)).scalars())
        failed = (await tx.execute(select(func.count()).select_from(failures))).scalar_one() > 0
        return Tried(statements, effects, noticing.declined, failed)


class RehearsingApp(App):
    """The bot with turns that can be tried out."""

    kind_of_turns = RehearsingTurns


@dataclass
class Rehearsal(Stage):
    """A stage on which lines and taps are tried out."""

    _tried: int = field(default=0, init=False)

    async def start(self) -> None:
        """Start the bot."""
        self.app = RehearsingApp(self.settings(), self.clock, UNLIMITED)
        await self.app.start()

    async def say(self, who: Actor, where: Chat, said: str, **options: Any) -> None:
        """Say something in earnest, and wait for what comes of it."""
        who.send(where, said, **options)
        await self.settled()

    async def rehearse(self, *updates: bytes) -> Tried:
        """Try updates out, one after the other."""
        assert self.app is not None
        assert isinstance(self.app.turns, RehearsingTurns)
        return await self.app.turns.rehearse(*updates)

    def typed(self, who: Actor, where: Chat, words: str, reply_to: dict[str, Any] | None = None) -> bytes:
        """Return the update of a message."""
        message = {"text": words, "from": self._from(who), **self._message(where)}
        if words.startswith("/"):
            length = len(words.split(maxsplit=1)[0])
            message["entities"] = [{"type": "bot_command", "offset": 0, "length": length}]
        if reply_to is not None:
            message["reply_to_message"] = reply_to
        return self._update(message=message)

    def tapped(self, who: Actor, where: Chat, data: str) -> bytes:
        """Return the update of a tap on a button under a message of the bot."""
        bot = {"id": self.bot.id, "is_bot": True, "first_name": "Qunguan"}
        message = {**self._message(where), "from": bot, "text": "…"}
        query = {
            "id": str(self._tried),
            "chat_instance": "1",
            "from": self._from(who),
            "message": message,
            "data": data,
        }
        return self._update(callback_query=query)

    def heard(self, who: Actor, where: Chat, words: str) -> dict[str, Any]:
        """Return a message that can be answered."""
        return {**self._message(where), "from": self._from(who), "text": words}

    def _update(self, **content: Any) -> bytes:
        return json.dumps({"update_id": _FIRST + self._tried, **content}).encode()

    def _message(self, where: Chat) -> dict[str, Any]:
        self._tried += 1
        kind = "private" if where.id > 0 else "supergroup"
        chat = {"id": where.id, "type": kind, **({"title": where.title} if where.id < 0 else {})}
        if where.is_forum:
            chat["is_forum"] = True
        return {"message_id": _FIRST + self._tried, "date": int(self.clock.now().timestamp()), "chat": chat}

    @staticmethod
    def _from(who: Actor) -> dict[str, Any]:
        user = who.user
        return {
            "id": who.id,
            "is_bot": False,
            "first_name": user.first_name,
            "username": user.username,
            "language_code": "en",
        }
