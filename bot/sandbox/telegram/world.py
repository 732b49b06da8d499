"""The world: its state, its indexes, its numbers and who is told that it changed. It knows nothing of HTTP."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable

from bot.kernel.clock import Clock
from bot.sandbox.telegram.model import (
    ANONYMOUS,
    CHANNEL_BOT,
    TELEGRAM,
    BotAccount,
    Chat,
    Member,
    Message,
    State,
    StoredFile,
    User,
)

FIRST_BOT, FIRST_USER = 100_001, 200_001
FIRST_GROUP, FIRST_CHANNEL = 4_000_001, 1_000_000_001
SUPERGROUP_BASE = -1_000_000_000_000


class World:
    """State plus what is derived from it; every change bumps ``version`` and wakes those who wait."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.state = State()
        self.version = 1
        self.usernames: dict[str, int] = {}  # lower case, to a user's or a chat's id
        self.invites: dict[str, int] = {}  # invite link to chat id
        self.tokens: dict[str, int] = {}  # token to bot id
        self.paths: dict[str, str] = {}  # download path to file id
        self.listeners: dict[int, list[Callable[[], None]]] = {}  # by bot: called when an update is queued
        self._changed: asyncio.Event | None = None
        clock.on_shift(self.touch)
        self.adopt(State())

    @property
    def now(self) -> int:
        """The world's time in Unix seconds."""
        return int(self.clock.now().timestamp())

    def touch(self) -> None:
        """Note that something changed and wake whoever waits for it."""
        self.version += 1
        if self._changed is not None:
            self._changed.set()
            self._changed = None

    async def changed(self, since: int, timeout: float) -> int:  # noqa: ASYNC109
        """Wait until the version exceeds ``since`` or the time is up, and return the version."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + timeout
        while self.version <= since and (left := deadline - loop.time()) > 0:
            if self._changed is None:
                self._changed = asyncio.Event()
            try:
                await asyncio.wait_for(self._changed.wait(), left)
            except TimeoutError:
                break
        return self.version

    def adopt(self, state: State) -> None:
        """Make ``state`` the world's and build the indexes anew."""
        self.state = state
        for user in _staff():
            state.users.setdefault(user.id, user)
        self.usernames = {u.username.lower(): u.id for u in state.users.values() if u.username}
        self.usernames |= {c.username.lower(): c.id for c in state.chats.values() if c.username}
        self.invites = {url: chat.id for chat in state.chats.values() for url in chat.links}
        self.tokens = {account.token: account.id for account in state.bots.values()}
        self.paths = {stored.path: stored.file_id for stored in state.files.values()}
        for bot_id in state.bots:
            self.arrived(bot_id)
        self.touch()

    def arrived(self, bot_id: int) -> None:
        """Tell those who carry a bot's updates that there may be some."""
        for listener in tuple(self.listeners.get(bot_id, ())):
            listener()

    def number(self, name: str, first: int = 1) -> int:
        """Return the next number of a sequence."""
        value = self.state.sequence.get(name, first)
        self.state.sequence[name] = value + 1
        return value

    def user(self, user_id: int) -> User | None:
        """Find a person or bot."""
        return self.state.users.get(user_id)

    def chat(self, chat_id: int, bot_id: int | None = None) -> Chat | None:
        """Find a chat; a private one (named by the person's id) needs the bot, or takes the only one there is."""
        if chat_id < 0:
            return self.state.chats.get(chat_id)
        if bot_id is None:
            bot_id = next((b for b, chats in self.state.privates.items() if chat_id in chats), None)
        return self.state.privates.get(bot_id or 0, {}).get(chat_id)

    def add_user(
        self,
        first_name: str,
        *,
        last_name: str | None = None,
        username: str | None = None,
        language_code: str | None = None,
    ) -> User:
        """Add a person.

        :raises ValueError: if the username is taken.
        """
        self._check_name(username)
        user = User(self.number("user", FIRST_USER), first_name, last_name, username, language_code)
        self._enter(user)
        return user

    def add_bot(self, username: str, first_name: str, *, privacy: bool = True) -> BotAccount:
        """Add a bot with a token of its own.

        :raises ValueError: if the username is taken.
        """
        self._check_name(username)
        bot_id = self.number("bot", FIRST_BOT)
        self._enter(User(bot_id, first_name, username=username, is_bot=True))
        account = BotAccount(bot_id, f"{bot_id}:SANDBOX-{bot_id:08d}-abcdefghijklmnopq", username, privacy)
        self.state.bots[bot_id] = account
        self.tokens[account.token] = bot_id
        self.touch()
        return account

    def _check_name(self, username: str | None) -> None:
        if username and username.lower() in self.usernames:
            raise ValueError(f"@{username} is taken")

    def _enter(self, user: User) -> None:
        self.state.users[user.id] = user
        if user.username:
            self.usernames[user.username.lower()] = user.id
        self.touch()

    def add_chat(self, kind: str, title: str, *, username: str | None = None) -> Chat:
        """Add an empty group, supergroup or channel.

        :raises ValueError: if the username is taken.
        """
        self._check_name(username)
        if kind == "group":
            chat_id = -self.number("group", FIRST_GROUP)
        else:
            chat_id = SUPERGROUP_BASE - self.number("channel", FIRST_CHANNEL)
        chat = Chat(chat_id, kind, title, username)
        self.state.chats[chat_id] = chat
        if username:
            self.usernames[username.lower()] = chat_id
        self.touch()
        return chat

    def private(self, bot_id: int, user_id: int) -> Chat:
        """Return the private chat of a person and a bot, a new one if they never met."""
        chats = self.state.privates.setdefault(bot_id, {})
        if user_id not in chats:
            chats[user_id] = Chat(user_id, "private", bot_id=bot_id)
        return chats[user_id]

    def member(self, chat: Chat, user_id: int) -> Member:
        """Return how a user stands in a chat at this moment: what has run out no longer holds."""
        member = chat.members.get(user_id)
        if member is None:
            return Member(user_id)
        if member.until_date and member.until_date <= self.now:
            member.until_date = 0
            member.permissions = {}
            member.status = "member" if member.status == "restricted" and member.is_member else "left"
        return member

    def permissions(self, chat: Chat, member: Member) -> dict[str, bool]:
        """Return what a member may do: the group's permissions, less what was taken from this one."""
        if member.admin:
            return dict.fromkeys(chat.permissions, True)
        if member.status != "restricted":
            return chat.permissions
        return {name: allowed and member.permissions.get(name, False) for name, allowed in chat.permissions.items()}

    def has_right(self, chat: Chat, user_id: int, right: str) -> bool:
        """Whether a user holds an administrator's right; owners hold all."""
        member = self.member(chat, user_id)
        return member.status == "creator" or (member.status == "administrator" and member.rights.get(right, False))

    def bots_in(self, chat: Chat) -> Iterable[BotAccount]:
        """Yield the bots that are in a chat."""
        return [self.state.bots[bot_id] for bot_id in sorted(chat.bots) if bot_id in self.state.bots]

    def find(self, chat: Chat, message_id: int | None) -> Message | None:
        """Find a message that was not deleted."""
        message = chat.messages.get(message_id or 0)
        return None if message is None or message.deleted else message

    def file_at(self, path: str) -> StoredFile | None:
        """Find a file by its download path."""
        return self.state.files.get(self.paths.get(path, ""))

    def knows(self, bot_id: int, user_id: int) -> bool:
        """Whether a bot has met a user: in private or in a chat both are or were in."""
        if user_id in self.state.privates.get(bot_id, {}) or user_id == bot_id:
            return True
        user = self.state.users.get(user_id)
        chats = self.state.chats
        return user is not None and any(bot_id in chats[c].members for c in user.chats if c in chats)


def _staff() -> list[User]:
    return [
        User(TELEGRAM, "Telegram"),
        User(ANONYMOUS, "Group", username="GroupAnonymousBot", is_bot=True),
        User(CHANNEL_BOT, "Channel", username="Channel_Bot", is_bot=True),
    ]
