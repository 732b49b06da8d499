"""A chat to try forms in: real turns on a real database, and a screen that shows what the outbox would have sent."""

# ruff: noqa: ARG002  (what stands in for the parts above keeps their signatures)

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select
from telegram import Update
from telegram.ext import ExtBot

from bot.db.engine import Database, Tx
from bot.i18n import texts_for
from bot.kernel.groups import Group, Purpose
from bot.kernel.ids import ChatId, GroupId, IdSource, UserId
from bot.kernel.roles import ALL_RIGHTS, Right, Role, Standing
from bot.tg import effects as fx
from bot.tg import envelope as env
from bot.tg.application import TurnApplication, make_application
from bot.tg.capability import Access, Capability
from bot.tg.cards import Cards
from bot.tg.context import Context, Scope
from bot.tg.forms import Form, FormEngine, forms_capability
from bot.tg.needs import Answers
from bot.tg.outbox import outbox_store
from bot.tg.outbox.model import Ending, State
from bot.tg.outbox.writer import Effects
from bot.tg.ports import Place, Ports

NOW = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)
"""A Wednesday; 18:00 in Shanghai."""
BOT = 7
ANN, BEN = 101, 102
GROUP_CHAT = -1001
GROUP = Group(GroupId(5), ChatId(GROUP_CHAT), "Hikers", "en", "Asia/Shanghai")
ELSEWHERE = Group(GroupId(6), ChatId(-1002), "Readers", "en", "America/New_York")
ANONYMOUS = {"id": 1087968824, "is_bot": True, "first_name": "Group"}
NAMES = {ANN: "Ann", BEN: "Ben"}

Act = Callable[[Update, Context], Awaitable[Any]]


@dataclass
class TestGroups:
    """Two groups; in private the first is meant, until ``focused`` says otherwise."""

    __test__ = False
    known: list[Group] = field(default_factory=lambda: [GROUP, ELSEWHERE])
    focused: GroupId | None = GROUP.id

    def by_chat(self, chat_id: int) -> Group | None:
        return next((group for group in self.known if group.chat_id == chat_id), None)

    def by_id(self, group_id: int) -> Group | None:
        return next((group for group in self.known if group.id == group_id), None)

    async def admit(self, tx: Tx, chat: env.Chat, now: datetime) -> Group:
        raise NotImplementedError

    def chose_focus(self, tx: Tx, user_id: UserId) -> bool:
        return False

    async def focus(self, tx: Tx, user_id: UserId) -> GroupId | None:
        return self.focused

    async def set_focus(self, tx: Tx, user_id: UserId, group_id: GroupId) -> None:
        self.focused = group_id

    async def groups_of(self, tx: Tx, user_id: UserId) -> Sequence[Group]:
        return self.known

    def managed_from(self, chat_id: int) -> Sequence[Group]:
        return ()

    async def place_for_managers(self, tx: Tx, group: Group, user_id: UserId, purpose: Purpose | None = None) -> Place:
        raise NotImplementedError


class TestPeople:
    """Ann owns every group; the others are members."""

    __test__ = False

    async def standing(self, tx: Tx, group: Group, user_id: UserId) -> Standing:
        if user_id == ANN:
            return Standing(user_id, is_creator=True, roles=frozenset({Role.OWNER}), rights=ALL_RIGHTS)
        return Standing(user_id)

    async def rights_of(self, tx: Tx, user_id: UserId) -> Mapping[GroupId, frozenset[Right]]:
        return {group.id: (await self.standing(tx, group, user_id)).rights for group in (GROUP, ELSEWHERE)}

    async def learn_administrators(self, tx: Tx, group: Group, raw: bytes, now: datetime) -> bool:
        raise NotImplementedError

    def administrators_stale(self, group_id: GroupId, now: datetime) -> bool:
        return False

    async def locale(self, tx: Tx, user_id: UserId, language_code: str | None) -> str:
        return "en"

    async def size(self, tx: Tx, group: Group) -> int:
        raise NotImplementedError


@dataclass
class Shown:
    """A message as it stands on the screen."""

    html: str
    keyboard: fx.Keyboard
    reply_to: int | None = None

    @property
    def labels(self) -> list[str]:
        return [key.text for line in self.keyboard for key in line]


class Talk:
    """People who talk to the bot. ``screen`` holds its messages by chat and id; ``toasts`` the answers to taps."""

    def __init__(self, database: Database, forms: dict[str, Form[Any]], starts: dict[str, str] | None = None) -> None:
        self.database = database
        self.now = NOW
        self.forms = forms
        self.starts = starts or {}
        self.allowed = True
        self.delivering = True
        self.screen: dict[tuple[int, int], Shown] = {}
        self.sent: list[fx.AnyEffect] = []
        self.toasts: list[str] = []
        self.statements = 0
        self.groups = TestGroups()
        self._ids = IdSource()
        self._numbers = 500
        self._update_id = 0
        self._application: TurnApplication = make_application(ExtBot("7:TOKEN"))
        self.restart()

    def restart(self) -> None:
        """Forget everything that is not in the database."""
        self.engine = FormEngine(self.forms, self._check, self.starts)

    @property
    def capability(self) -> Capability:
        return forms_capability(self.engine)

    async def _check(self, context: Context, access: Access) -> bool:
        if not self.allowed:
            context.toast("You may not.")
        elif context.spoken.group is not None:
            people = context.scope.ports.people
            context.spoken.standing = await people.standing(context.tx, context.spoken.group, context.actor.user_id)
        return self.allowed

    # What people do

    async def start(self, form: str, /, who: int = ANN, chat: int | None = None, **preset: Any) -> None:
        """Type the command that opens a form."""

        async def act(_update: Update, context: Context) -> None:
            await self.engine.start(context, form, preset)

        await self.turn(self.message(who, "/start_it", chat), act)

    async def say(self, text: str, who: int = ANN, chat: int | None = None, **more: Any) -> bool:
        """Write a message; say whether a form took it."""
        return bool(await self.turn(self.message(who, text, chat, **more), self.engine.answer))

    async def reply(self, text: str, to: int, who: int = ANN, **more: Any) -> bool:
        """Reply to a message of the bot in the group."""
        return await self.say(text, who, GROUP_CHAT, reply_to_message=self.bot_message(to), **more)

    async def tap(self, label: str, who: int = ANN, chat: int | None = None, message: int | None = None) -> None:
        """Tap the button with this label, under the newest message that has it unless one is named."""
        place = chat if chat is not None else who
        shown = [(at[1], m) for at, m in self.screen.items() if at[0] == place and label in m.labels]
        number, found = next(pair for pair in reversed(shown) if message in {None, pair[0]})
        key = next(key for line in found.keyboard for key in line if key.text == label)
        await self.tap_data(key.data or "", who, place, number)

    async def tap_data(self, data: str, who: int, chat: int, message: int) -> None:
        """Tap a button that carries ``data``, as the dispatcher would route it."""
        code, _, *parts = data.split(":")
        button = next(b for b in self.capability.buttons if b.code.code == code)
        values = button.code.read(parts)

        async def act(update: Update, context: Context) -> None:
            await button.run(update, context, *values)

        await self.turn(self.callback(who, data, chat, message), act)

    async def cancel(self, who: int = ANN, chat: int | None = None) -> None:
        """Type /cancel."""
        await self.turn(self.message(who, "/cancel", chat), self.engine.cancel)

    def wait(self, **span: float) -> None:
        """Let time pass."""
        self.now += timedelta(**span)

    # What is seen

    def last(self, chat: int = ANN) -> Shown:
        """Return the newest message of the bot in a chat."""
        return [shown for at, shown in self.screen.items() if at[0] == chat][-1]

    def last_id(self, chat: int = ANN) -> int:
        """Return the id of the newest message of the bot in a chat."""
        return [at[1] for at in self.screen if at[0] == chat][-1]

    def count(self, chat: int) -> int:
        """Say how many messages the bot has posted in a chat."""
        return sum(1 for at in self.screen if at[0] == chat)

    # Telegram's side

    def message(self, who: int, text: str | None, chat: int | None = None, **more: Any) -> dict[str, Any]:
        """Build the update of a message."""
        self._numbers += 1
        sender = {"id": who, "is_bot": False, "first_name": NAMES.get(who, "Guest")}
        body = {"message_id": self._numbers, "date": int(self.now.timestamp()), "chat": self._chat(chat or who)}
        words = {} if text is None else {"text": text}
        return {"update_id": self._next(), "message": {**body, "from": sender, **words, **more}}

    def callback(self, who: int, data: str, chat: int, message: int) -> dict[str, Any]:
        """Build the update of a tap."""
        sender = {"id": who, "is_bot": False, "first_name": NAMES.get(who, "Guest")}
        query = {"id": "q", "from": sender, "chat_instance": "1", "data": data}
        return {"update_id": self._next(), "callback_query": {**query, "message": self.bot_message(message, chat)}}

    def bot_message(self, number: int, chat: int = GROUP_CHAT) -> dict[str, Any]:
        """Build a message of the bot's own."""
        sender = {"id": BOT, "is_bot": True, "first_name": "Bot"}
        return {"message_id": number, "date": 1, "chat": self._chat(chat), "from": sender, "text": "…"}

    @staticmethod
    def _chat(chat: int) -> dict[str, Any]:
        if chat > 0:
            return {"id": chat, "type": "private", "first_name": NAMES.get(chat, "Guest")}
        return {"id": chat, "type": "supergroup", "title": "Hikers"}

    def _next(self) -> int:
        self._update_id += 1
        return self._update_id

    # Turns

    async def turn(self, raw: dict[str, Any], act: Act) -> Any:
        """Run one update through ``act`` in a transaction of its own, then deliver what it sent."""
        application, data = self._application, json.dumps(raw).encode()
        async with self.database.write() as tx:
            scope = self._scope(tx)
            spoken = application.spoken_of(data, scope)
            spoken.ptb = application.update_of(data)
            group = spoken.group or (self.groups.by_id(self.groups.focused) if self.groups.focused else None)
            spoken.group = group
            spoken.texts = texts_for("en", group.zone if group is not None else "UTC")
            application.spoken, application.forms = spoken, self.engine
            result = await self._undoable(scope, spoken.ptb, Context.from_update(spoken.ptb, application), act)
            await scope.effects.flush(tx)
            self.statements = tx.statements
        if self.delivering:
            await self.deliver()
        return result

    async def _undoable(self, scope: Scope, update: Update, context: Context, act: Act) -> Any:
        mark = scope.effects.mark()
        try:
            async with scope.tx.savepoint():
                return await act(update, context)
        except Exception:
            scope.effects.rollback(mark)
            await scope.effects.flush(scope.tx)
            raise

    def _scope(self, tx: Tx) -> Scope:
        effects = Effects(self._ids, self.now, lambda _rows: None)
        ports = Ports(self.groups, TestPeople())
        return Scope(tx, self.now, effects, Cards({}, effects), ports, Answers(), BOT, "qg_bot")

    async def deliver(self, ending: State = State.SENT) -> None:
        """Send what waits in the outbox, and tell the engine what became of it."""
        table = outbox_store.outbox
        async with self.database.write() as tx:
            waiting = (await tx.execute(select(table).where(table.c.state == "waiting").order_by(table.c.id))).all()
            known = await outbox_store.messages_of(tx, [row.id for row in (await tx.execute(select(table.c.id))).all()])
            for row in waiting:
                number = self._show(fx.decode(row.body), {key: value[1] for key, value in known.items()}, ending)
                if number is not None:
                    known[row.id] = (row.chat_id, number)
                refusal = fx.Refusal.BLOCKED if ending is State.FAILED else None
                end = Ending(ending, number, None, refusal)
                await outbox_store.finish(tx, [(row.id, end)], self.now)
                if row.capability == "forms":
                    result = end.result_for(row.id, row.result_key, row.chat_id)
                    await self.capability.results[0].run(self._scope(tx), result)

    def _show(self, effect: fx.AnyEffect, known: dict[int, int], ending: State) -> int | None:
        self.sent.append(effect)
        if ending is not State.SENT:
            return None
        match effect:
            case fx.SendMessage():
                self._numbers += 1
                reply_to = effect.reply_to if isinstance(effect.reply_to, int) else None
                self.screen[effect.chat_id, self._numbers] = Shown(effect.html, effect.keyboard or (), reply_to)
                return self._numbers
            case fx.EditText():
                shown = self.screen[effect.chat_id, self._target(effect.message, known)]
                shown.html, shown.keyboard = effect.html, effect.keyboard or ()
            case fx.EditButtons():
                self.screen[effect.chat_id, self._target(effect.message, known)].keyboard = effect.keyboard or ()
            case fx.AnswerCallback():
                self.toasts.append(effect.text)
            case fx.SetCommands():
                # Telegram's own menu is no message.
                pass
            case _:
                raise AssertionError(effect)
        return None

    @staticmethod
    def _target(target: fx.Target, known: dict[int, int]) -> int:
        return target if isinstance(target, int) else known[target.effect]
