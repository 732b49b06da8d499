"""The emulated Telegram as one object: a world, the Bot API over HTTP, faults, limits and a journal."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, Self, TypeVar

import msgspec
from aiohttp import web

from bot.kernel.clock import Clock
from bot.sandbox.telegram import managers, membership, polling
from bot.sandbox.telegram.actor import Actor
from bot.sandbox.telegram.errors import Refused
from bot.sandbox.telegram.faults import Faults
from bot.sandbox.telegram.journal import Journal
from bot.sandbox.telegram.limits import Limits
from bot.sandbox.telegram.model import BotAccount, Chat, Member, Message, State
from bot.sandbox.telegram.rights import default_permissions, rights_from
from bot.sandbox.telegram.server import MAX_UPLOAD, BotApi
from bot.sandbox.telegram.views import member_view
from bot.sandbox.telegram.webhooks import Webhooks
from bot.sandbox.telegram.world import World

T = TypeVar("T")
SHOWN = 12  # messages a failed wait tells about, a chat


class Telegram:
    """An emulated Telegram; as an asynchronous context manager it serves HTTP on ``host`` and ``port`` (0: any).

    Before it is started, further routes may be added to ``app``.
    """

    def __init__(self, clock: Clock, *, host: str = "127.0.0.1", port: int = 0) -> None:
        self.clock = clock
        self.world = World(clock)
        self.journal = Journal()
        self.faults = Faults()
        self.limits = Limits()
        self.api = BotApi(self.world, self.journal, self.faults, self.limits)
        self.webhooks = Webhooks(self.world, self.api.obey)
        self.app = web.Application(client_max_size=MAX_UPLOAD)
        self.app.add_routes(self.api.routes())
        self.host, self.port = host, port
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        await self.serve()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    @property
    def url(self) -> str:
        """The server's address, without a slash at its end."""
        return f"http://{self.host}:{self.port}"

    async def serve(self) -> None:
        """Begin to serve."""
        self._runner = web.AppRunner(self.app, handler_cancellation=True, shutdown_timeout=0.1, access_log=None)
        await self._runner.setup()
        site = web.TCPSite(self._runner, self.host, self.port)
        await site.start()
        self.port = int(self._runner.addresses[0][1])
        self.webhooks.start()

    async def close(self) -> None:
        """End serving; calls that still wait are cut off."""
        await self.webhooks.stop()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    # Making the world

    def add_bot(self, username: str, first_name: str = "Bot", *, privacy: bool = True) -> BotAccount:
        """Add a bot; its token is made up."""
        bot = self.world.add_bot(username, first_name, privacy=privacy)
        self.webhooks.serve(bot.id)
        return bot

    def add_user(
        self,
        first_name: str,
        *,
        last_name: str | None = None,
        username: str | None = None,
        language_code: str | None = None,
    ) -> Actor:
        """Add a person."""
        user = self.world.add_user(first_name, last_name=last_name, username=username, language_code=language_code)
        return Actor(self.world, user.id)

    def actor(self, user_id: int) -> Actor:
        """Return the handle of a person.

        :raises Refused: if there is none.
        """
        user = self.world.user(user_id)
        if user is None or user.is_bot:
            raise Refused(f"There is no person {user_id}.")
        return Actor(self.world, user_id)

    def add_group(
        self,
        title: str,
        owner: Actor,
        members: Iterable[Actor] = (),
        *,
        supergroup: bool = True,
        forum: bool = False,
        username: str | None = None,
        permissions: Mapping[str, bool] | None = None,
    ) -> Chat:
        """Add a group or supergroup with its owner and members, without a word about it."""
        world = self.world
        chat = world.add_chat("supergroup" if supergroup else "group", title, username=username)
        chat.is_forum = forum and supergroup
        chat.permissions = default_permissions() | dict(permissions or {})
        membership.install(world, chat, Member(owner.id, "creator"))
        for member in members:
            membership.install(world, chat, Member(member.id, "member"))
        return chat

    def add_channel(self, title: str, owner: Actor, linked: Chat | None = None, *, username: str | None = None) -> Chat:
        """Add a channel; its posts are forwarded to the group it is linked to."""
        chat = self.world.add_chat("channel", title, username=username)
        membership.install(self.world, chat, Member(owner.id, "creator"))
        if linked is not None:
            chat.linked_chat_id, linked.linked_chat_id = linked.id, chat.id
        return chat

    def add_bot_to(
        self,
        chat: Chat,
        bot: BotAccount,
        by: Actor,
        *,
        administrator: bool = False,
        rights: Mapping[str, bool] | None = None,
    ) -> None:
        """Let somebody add a bot to a group, at once as administrator if wanted (then it is told only once)."""
        as_admin = administrator or rights is not None or chat.type == "channel"
        if not as_admin:
            managers.add(self.world, by.id, chat, bot.id)
            return
        managers.promote(self.world, by.id, chat, bot.id, rights)
        if chat.is_group:
            membership.announce(self.world, chat, bot.id, by.id)

    def set_bot_status(
        self, chat: Chat, bot: BotAccount, status: str, rights: Mapping[str, bool] | None = None
    ) -> None:
        """Give a bot another standing as the owner would: administrator, member, left or kicked."""
        owner = next((u for u in chat.admins if chat.members[u].status == "creator"), bot.id)
        world, present = self.world, self.world.member(chat, bot.id).present
        if status in ("left", "kicked"):
            membership.exit_chat(world, chat, bot.id, by=owner, banned=status == "kicked")
            return
        if not present:
            membership.enter(world, chat, bot.id, by=owner)
        given = {} if status == "member" else rights
        granted = rights_from(given, channel=chat.type == "channel") if given is not None else None
        if granted is None:
            managers.promote(world, owner, chat, bot.id)
        else:
            membership.promote(world, chat, bot.id, granted, by=owner)

    def migrate(self, chat: Chat, by: Actor | None = None) -> Chat:
        """Make a supergroup of a group.

        :raises Refused: if it is none.
        """
        if chat.type != "group" or chat.migrated_to is not None:
            raise Refused("Only a basic group becomes a supergroup.")
        owner = by.id if by else next(u for u in chat.admins if chat.members[u].status == "creator")
        return membership.migrate(self.world, chat, owner)

    # Looking at the world

    @property
    def version(self) -> int:
        """Grows with every change."""
        return self.world.version

    async def changed(self, since: int, timeout: float = 30.0) -> int:  # noqa: ASYNC109
        """Wait until the version exceeds ``since`` (or the time is up) and return it."""
        return await self.world.changed(since, timeout)

    def chat(self, chat_id: int, bot: BotAccount | None = None) -> Chat:
        """Find a chat by its id; a private one is named by the person's.

        :raises Refused: if there is none.
        """
        chat = self.world.chat(chat_id, bot.id if bot else None)
        if chat is None:
            raise Refused(f"There is no chat {chat_id}.")
        return chat

    def private(self, user: Actor, bot: BotAccount | None = None) -> Chat:
        """Return the private chat of a person and a bot (without further words: the first)."""
        return self.world.private(bot.id if bot else next(iter(self.world.state.bots)), user.id)

    def messages(self, where: Chat | Actor | int) -> list[Message]:
        """Return the messages of a chat (of a person: their private chat) that are still there, oldest first."""
        if isinstance(where, Actor):
            where = self.private(where)
        return (self.chat(where) if isinstance(where, int) else where).live()

    def pins(self, chat: Chat) -> list[Message]:
        """Return the pinned messages, the newest pin last."""
        return [chat.messages[message_id] for message_id in chat.pins]

    def member(self, chat: Chat, user: Actor | BotAccount | int) -> dict[str, Any]:
        """Return a ``ChatMember``."""
        user_id = user if isinstance(user, int) else user.id
        return member_view(self.world, chat, self.world.member(chat, user_id))

    async def answer_to(self, callback_query_id: str, timeout: float = 5.0) -> dict[str, Any]:  # noqa: ASYNC109
        """Return what the bot answers to a tap: ``text``, ``show_alert``, ``url``.

        :raises TimeoutError: if it does not.
        """
        query = self.world.state.callbacks[callback_query_id]
        await self.until(lambda: query.answer is not None, timeout)
        return dict(query.answer or {})

    async def until(self, predicate: Callable[[], T | None], timeout: float = 10.0) -> T:  # noqa: ASYNC109
        """Wait until something is so, looking again at every change, and return what the predicate returned.

        :raises TimeoutError: with the last messages of every chat.
        """
        loop = asyncio.get_running_loop()
        deadline = loop.time() + timeout
        while not (found := predicate()):
            left = deadline - loop.time()
            if left <= 0:
                raise TimeoutError(f"not so within {timeout:g} s\n{self.describe()}")
            await self.world.changed(self.world.version, left)
        return found

    def describe(self) -> str:
        """Write down the last messages and calls, for people who wonder what happened."""
        state, lines = self.world.state, []
        privates = [chat for chats in state.privates.values() for chat in chats.values()]
        for chat in [*state.chats.values(), *privates]:
            if not chat.messages:
                continue
            lines.append(f"— {chat.title or state.users[chat.id].name} ({chat.id})")
            for message in chat.live()[-SHOWN:]:
                author = state.users[message.author or 0].name if message.author in state.users else "?"
                shown = message.text or ", ".join(key for key in message.body if key != "message_thread_id")
                lines.append(f"  {message.message_id} {author}: {shown!r} {message.labels() or ''}".rstrip())
        for entry in self.journal.since(0, SHOWN):
            params = json.dumps(entry.params, ensure_ascii=False)[:160]
            lines.append(f"  {entry.method} {params} → {entry.description or entry.ok}")
        return "\n".join(lines)

    def take_updates(self, bot: BotAccount) -> list[dict[str, Any]]:
        """Take and confirm all updates a bot waits for, without HTTP."""
        found: list[dict[str, Any]] = json.loads(polling.as_json(bot.queue))
        bot.queue.clear()
        return found

    # Keeping the world

    def save(self, path: Path | str) -> None:
        """Write the world to a file."""
        Path(path).write_text(json.dumps(msgspec.to_builtins(self.world.state, str_keys=True)), encoding="ascii")

    def load(self, path: Path | str) -> None:
        """Read the world from a file."""
        data = json.loads(Path(path).read_text(encoding="ascii"))
        self._adopt(msgspec.convert(data, State, strict=False, str_keys=True))

    def reset(self) -> None:
        """Begin anew with an empty world, no faults and no limits."""
        self.journal.clear()
        self.faults.clear()
        self.limits.disable()
        self._adopt(State())

    def _adopt(self, state: State) -> None:
        self.world.adopt(state)
        for bot_id in state.bots:
            self.webhooks.serve(bot_id)
