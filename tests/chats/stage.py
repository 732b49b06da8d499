"""The capability in real turns on a real database; only Telegram's side of the wire and the clock are played."""

from __future__ import annotations

import itertools
import json
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sqlalchemy import select
from telegram.request import BaseRequest, RequestData

from bot.chats import handlers
from bot.chats.service import GroupBook
from bot.db.engine import Database
from bot.kernel.clock import MovableClock
from bot.kernel.ids import ChatId, IdSource
from bot.tg import effects as fx
from bot.tg.application import make_application, make_bot
from bot.tg.asker import Asker
from bot.tg.capability import Command
from bot.tg.context import Scope
from bot.tg.dispatch import Dispatcher
from bot.tg.forms import FormEngine, forms_capability
from bot.tg.outbox import outbox_store
from bot.tg.ports import Ports
from bot.tg.tables import Tables
from bot.tg.turn import Turns
from tests.chats.conftest import NOW, KnownPeople

BOT = 7
OLGA, HEIDI, MEI = 11, 12, 13
NAMES = {OLGA: "Olga", HEIDI: "Heidi", MEI: "Mei"}
HIKERS, HELPERS = -1001, -1002
TITLES = {HIKERS: "Hikers", HELPERS: "Helpers"}
ALL = (
    "can_delete_messages",
    "can_restrict_members",
    "can_pin_messages",
    "can_invite_users",
    "can_manage_tags",
    "can_manage_topics",
)
OTHERS = (
    "can_be_edited",
    "is_anonymous",
    "can_manage_chat",
    "can_manage_video_chats",
    "can_promote_members",
    "can_change_info",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
)


class Wire(BaseRequest):
    """Answers who the bot is and who the administrators are."""

    def __init__(self) -> None:
        self.rights: tuple[str, ...] = ()

    @property
    def read_timeout(self) -> float | None:
        return 5

    async def initialize(self) -> None:
        pass

    async def shutdown(self) -> None:
        pass

    async def do_request(
        self,
        url: str,
        method: str,  # noqa: ARG002
        request_data: RequestData | None = None,  # noqa: ARG002
        *_args: Any,
        **_kwargs: Any,
    ) -> tuple[int, bytes]:
        me = {"id": BOT, "is_bot": True, "first_name": "Qunguan", "username": "qunguan_bot"}
        found: Any = me
        if url.endswith("/getChatAdministrators"):
            found = [{"user": me, "status": "administrator", **{r: r in self.rights for r in (*ALL, *OTHERS)}}]
        return 200, json.dumps({"ok": True, "result": found}).encode()


@dataclass
class Stage:
    """What people do, and what the bot would send."""

    database: Database
    book: GroupBook
    people: KnownPeople
    extra: list[Command] = field(default_factory=list)
    moved: list[tuple[int, int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.clock = MovableClock(NOW)
        self.wire = Wire()
        bot = make_bot("7:AAE", "http://127.0.0.1:1", self.wire, Wire())
        self.application = make_application(bot)
        chats = handlers.capability(self.book, extra_settings=lambda: self.extra, migrated=(self._on_migrated,))
        self.tables = Tables()
        self.forms = FormEngine(self.tables.forms, lambda context, access: self.dispatcher.check(context, access))  # noqa: PLW0108
        self.dispatcher = Dispatcher(self.tables, self.forms, self.application)
        self.tables.add([chats, forms_capability(self.forms)])
        self.application.forms = self.forms
        self.application.add_handlers(self.dispatcher.handlers())
        ports = Ports(self.book, self.people)
        self.asker = Asker(bot)
        ids = IdSource()
        self.turns = Turns(
            self.database, self.clock, self.application, self.tables, ports, self.asker, ids, lambda _rows: None
        )
        self._numbers = itertools.count(1)
        self._seen = 0

    async def _on_migrated(self, _scope: Scope, group: Any, former: ChatId) -> None:
        self.moved.append((former, group.chat_id))

    async def open(self) -> None:
        await self.application.initialize()
        await self.turns.load()

    async def close(self) -> None:
        await self.turns.close()
        await self.asker.close()
        await self.application.shutdown()

    # What people do

    def chat(self, chat_id: int, **fields: Any) -> dict[str, Any]:
        if chat_id > 0:
            return {"id": chat_id, "type": "private", "first_name": NAMES[chat_id]}
        return {"id": chat_id, "type": "supergroup", "title": TITLES.get(chat_id, "Small"), **fields}

    def user(self, user_id: int, language: str = "en") -> dict[str, Any]:
        return {"id": user_id, "is_bot": False, "first_name": NAMES[user_id], "language_code": language}

    async def update(self, **fields: Any) -> list[fx.AnyEffect]:
        """Let an update come, and return what the bot would send."""
        self.clock.advance(timedelta(seconds=1))
        await self.turns.updates([json.dumps({"update_id": next(self._numbers), **fields}).encode()])
        return await self._sent()

    async def say(
        self, who: int, where: int, text: str, *, thread: int | None = None, **chat: Any
    ) -> list[fx.AnyEffect]:
        message = {
            "message_id": next(self._numbers),
            "date": 1_800_000_000,
            "chat": self.chat(where, **chat),
            "from": self.user(who),
            "text": text,
        }
        if text.startswith("/"):
            message["entities"] = [{"type": "bot_command", "offset": 0, "length": len(text.split(maxsplit=1)[0])}]
        if thread is not None:
            message |= {"message_thread_id": thread, "is_topic_message": True}
        return await self.update(message=message)

    async def tap(self, who: int, where: int, data: str, *, thread: int | None = None) -> list[fx.AnyEffect]:
        keys = {"inline_keyboard": [[{"text": "…", "callback_data": data}]]}
        message: dict[str, Any] = {"message_id": 900, "date": 1_800_000_000, "chat": self.chat(where), "text": "…"}
        message["reply_markup"] = keys
        if thread is not None:
            message |= {"message_thread_id": thread, "is_topic_message": True}
        query = {"id": "q", "from": self.user(who), "chat_instance": "1", "message": message, "data": data}
        return await self.update(callback_query=query)

    async def bot_status(
        self,
        before: str,
        after: str,
        rights: tuple[str, ...] = (),
        *,
        by: int = OLGA,
        language: str = "en",
        **chat: Any,
    ) -> list[fx.AnyEffect]:
        me = {"id": BOT, "is_bot": True, "first_name": "Qunguan", "username": "qunguan_bot"}
        change = {
            "chat": self.chat(chat.pop("where", HIKERS), **chat),
            "from": self.user(by, language),
            "date": 1_800_000_000,
            "old_chat_member": {"user": me, "status": before},
            "new_chat_member": {"user": me, "status": after, **{r: r in rights for r in ALL}},
        }
        return await self.update(my_chat_member=change)

    async def service(self, where: int, **fields: Any) -> list[fx.AnyEffect]:
        message = {
            "message_id": next(self._numbers),
            "date": 1_800_000_000,
            "chat": self.chat(where, **fields.pop("chat", {})),
            "from": self.user(OLGA),
            **fields,
        }
        return await self.update(message=message)

    # What the bot would send

    async def _sent(self) -> list[fx.AnyEffect]:
        table = outbox_store.outbox
        query = select(table.c.id, table.c.body).where(table.c.id > self._seen).order_by(table.c.id)
        async with self.database.read() as tx:
            rows = (await tx.execute(query)).all()
        self._seen = rows[-1].id if rows else self._seen
        return [fx.decode(row.body) for row in rows]


def html(effects: list[fx.AnyEffect]) -> str:
    """Return the one text among the effects."""
    texts = [effect.html for effect in effects if isinstance(effect, fx.SendMessage | fx.EditText)]
    assert len(texts) == 1, effects
    return texts[0]


def toast(effects: list[fx.AnyEffect]) -> str:
    """Return the answer to a tap."""
    texts = [effect.text for effect in effects if isinstance(effect, fx.AnswerCallback)]
    assert len(texts) == 1, effects
    return texts[0]


def keys(effects: list[fx.AnyEffect]) -> dict[str, str]:
    """Return the buttons' data by their labels."""
    boards = [e.keyboard for e in effects if isinstance(e, fx.SendMessage | fx.EditText) and e.keyboard]
    return {key.text: key.data or key.url or "" for board in boards for row in board for key in row}
