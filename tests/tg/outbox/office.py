"""The outbox at work: an emulated Telegram over HTTP, a database, a turn that is just long enough, and a sender."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import Column, MetaData, Table, Text, insert, select
from telegram.ext import ExtBot

from bot.db.engine import Database
from bot.i18n import Texts, texts_for
from bot.kernel.clock import MovableClock
from bot.kernel.groups import Group
from bot.kernel.ids import ChatId, GroupId, IdSource, UserId
from bot.sandbox.telegram import Actor, Telegram
from bot.sandbox.telegram.model import BotAccount, Chat
from bot.tg import effects as fx
from bot.tg.capability import ButtonsView, CardKind, CardView, Maker, ResultKind
from bot.tg.cards import Cards
from bot.tg.outbox.limits import UNLIMITED, Rates
from bot.tg.outbox.outbox_store import outbox
from bot.tg.outbox.sender import Sender
from bot.tg.outbox.writer import Effects
from bot.tg.request import AiohttpRequest

if TYPE_CHECKING:
    from datetime import datetime

    from bot.db.engine import Tx
    from bot.tg.context import Scope
    from bot.tg.jobs import Job
    from bot.tg.outbox.model import Waiting

GROUP = GroupId(7)
TOLD = Table("tests_told", MetaData(), Column("key", Text, nullable=False))
"""What handlers were told, stored as a handler stores things: with the end itself or not at all."""


def _spoilt(_values: bytes) -> bytes:
    raise ValueError("no such picture")


MAKERS = {maker.name: maker for maker in (Maker("upper", bytes.upper), Maker("broken", _spoilt))}


@dataclass
class Desk:
    """A scope of just what results and cards ask for."""

    tx: Tx
    now: datetime
    effects: Effects
    cards: Cards
    groups: dict[int, Group]

    def group(self, group_id: int) -> Group | None:
        return self.groups.get(group_id)

    def is_quiet(self, chat_id: int) -> bool:
        there = [group for group in self.groups.values() if group.chat_id == chat_id]
        return any(group.quiet_until(self.now) is not None for group in there)

    def texts(self, group: Group) -> Texts:
        return texts_for(group.locale, group.zone)

    async def texts_of(self, _user_id: UserId, _group: Group | None, _code: str | None = None) -> Texts:
        return texts_for("zh_Hans", "UTC")


@dataclass
class Listener:
    """Whoever wants to know when Telegram would not let us act."""

    lost: list[tuple[int, str]] = field(default_factory=list)
    found: list[int] = field(default_factory=list)
    moves: list[tuple[int, int]] = field(default_factory=list)
    rights: list[tuple[int, str]] = field(default_factory=list)
    open: list[int] = field(default_factory=list)

    async def chat_lost(self, _scope: Scope, chat_id: ChatId, reason: str) -> None:
        self.lost.append((chat_id, reason))

    def is_lost(self, _chat_id: ChatId) -> bool:
        return False

    async def chat_found(self, _scope: Scope, chat_id: ChatId) -> None:
        self.found.append(chat_id)

    async def migrated(self, _scope: Scope, old: ChatId, new: ChatId) -> None:
        self.moves.append((old, new))

    async def right_lost(self, _scope: Scope, chat_id: ChatId, text: str) -> None:
        self.rights.append((chat_id, text))

    async def uncertain(
        self, _scope: Scope, effect_id: int, _group: GroupId | None, _chat: ChatId, _effect: fx.AnyEffect
    ) -> None:
        self.open.append(effect_id)


@dataclass
class Office:
    """Everything at hand. ``results`` collects what was told; a key in ``spoilt`` makes its handler fail."""

    telegram: Telegram
    account: BotAccount
    owner: Actor
    chat: Chat
    database: Database
    clock: MovableClock
    bot: ExtBot[None]
    ids: IdSource = field(default_factory=IdSource)
    results: list[fx.SendResult] = field(default_factory=list)
    spoilt: set[str] = field(default_factory=set)
    listener: Listener = field(default_factory=Listener)
    looks: dict[str, str | None] = field(default_factory=dict)
    live: set[str] = field(default_factory=set)
    """The cards that have a button."""
    renderings: int = 0
    sender: Sender | None = None
    groups: dict[int, Group] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.groups[GROUP] = Group(GROUP, ChatId(self.chat.id), "Hikers", "en", "UTC")

    @property
    def group(self) -> Group:
        return self.groups[GROUP]

    # Turns

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[Desk]:
        async with self.database.write() as tx:
            desk = self._desk(tx)
            yield desk
            await self._flush(desk)

    def _desk(self, tx: Tx) -> Desk:
        effects = Effects(self.ids, self.clock.now(), self._added)
        kinds = (CardKind("event", self._render), CardKind("buttons", self._render_buttons))
        cards = Cards({kind.name: kind for kind in kinds}, effects)
        desk = Desk(tx, self.clock.now(), effects, cards, self.groups)
        cards.bind(desk)  # type: ignore[arg-type]
        return desk

    @staticmethod
    async def _flush(desk: Desk) -> None:
        await desk.cards.flush(desk)  # type: ignore[arg-type]
        await desk.effects.flush(desk.tx)

    def _added(self, rows: Sequence[Waiting]) -> None:
        if self.sender is not None:
            self.sender.added(rows)

    async def put(self, *effects: fx.AnyEffect, key: str | None = None, **options: Any) -> list[int]:
        on_result = fx.OnResult("tests", "heard", key) if key is not None else None
        async with self.turn() as desk:
            return [desk.effects.put(effect, on_result=on_result, **options) for effect in effects]

    async def submit(self, jobs: Sequence[Job]) -> None:
        async with self.database.write() as tx:
            desk = self._desk(tx)
            for job in jobs:
                mark = desk.effects.mark()
                try:
                    async with tx.savepoint():
                        await job.run(desk)  # type: ignore[arg-type]
                except LookupError:
                    desk.effects.rollback(mark)
                    if job.failed is not None:
                        await job.failed(tx, "E1")
            await self._flush(desk)

    def lookup(self, on_result: fx.OnResult) -> ResultKind | None:
        return ResultKind("heard", self._hear) if on_result.kind == "heard" else None

    async def _hear(self, scope: Scope, result: fx.SendResult) -> None:
        if result.key in self.spoilt:
            raise LookupError(result.key)
        await scope.tx.execute(insert(TOLD).values(key=result.key))
        self.results.append(result)

    async def _render(self, _scope: Scope, _group: Group, key: str, texts: Texts) -> CardView | None:
        self.renderings += 1
        look = self.looks[key]
        if look is None:
            return None
        keyboard = ((fx.Key("Join", "ev.join:7:1"),),) if key in self.live else None
        return CardView(texts.gettext("{look} in {locale}", look=look, locale=texts.locale), keyboard)

    async def _render_buttons(self, _scope: Scope, _group: Group, key: str, _texts: Texts) -> ButtonsView | None:
        self.renderings += 1
        look = self.looks[key]
        return None if look is None else ButtonsView(((fx.Key(look, "ev.join:7:1"),),))

    # The sender's life

    async def open(self, *, rates: Rates = UNLIMITED, capacity: int = 5000) -> Sender:
        self.sender = Sender(
            self.database,
            self.bot,
            self.clock,
            self.submit,
            self.lookup,
            self.listener,
            rates=rates,
            capacity=capacity,
            makers=MAKERS,
        )
        await self.sender.start()
        return self.sender

    async def crash(self) -> None:
        """Stop at once, as a killed process does: nothing is recorded any more."""
        sender, self.sender = self.sender, None
        if sender is not None:
            await sender.stop(0.0)

    # Looking

    async def until(self, seen: Callable[[], bool], patience: float = 10.0) -> None:
        async with asyncio.timeout(patience):
            while not seen():  # noqa: ASYNC110  (what is looked at belongs to others, who raise no event)
                await asyncio.sleep(0.005)

    async def quiet(self, patience: float = 10.0) -> None:
        """Wait until everything that may be sent is sent and recorded."""
        sender = self.sender
        assert sender is not None
        await self.until(lambda: sender.idle, patience)

    async def states(self) -> dict[int, str]:
        async with self.database.read() as tx:
            return {row.id: row.state for row in await tx.execute(select(outbox.c.id, outbox.c.state))}

    async def told(self) -> list[str]:
        async with self.database.read() as tx:
            return [row.key for row in await tx.execute(select(TOLD.c.key))]

    def texts(self, chat: Chat | None = None) -> list[str]:
        said = (message for message in (chat or self.chat).live() if message.author == self.account.id)
        return [message.text for message in said if message.text]

    def calls(self, *methods: str) -> list[dict[str, Any]]:
        return [entry.params for entry in self.telegram.journal.of(*methods)]


@asynccontextmanager
async def opened(database: Database, clock: MovableClock) -> AsyncIterator[Office]:
    async with Telegram(clock) as telegram:
        account = telegram.add_bot("keeper_bot", "Keeper")
        owner = telegram.add_user("Anna")
        owner.start(account)
        chat = telegram.add_group("Hikers", owner, [])
        telegram.add_bot_to(chat, account, owner, administrator=True)
        request = AiohttpRequest(read_timeout=1.0)
        bot = ExtBot(
            account.token, base_url=f"{telegram.url}/bot", request=request, get_updates_request=AiohttpRequest()
        )
        await bot.initialize()
        office = Office(telegram, account, owner, chat, database, clock, bot)
        try:
            yield office
        finally:
            await office.crash()
            await bot.shutdown()
