"""What this layer needs from those above it; ``app.py`` hands it in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from bot.db.engine import Tx
    from bot.kernel.groups import Group, Purpose
    from bot.kernel.ids import ChatId, EffectId, GroupId, ThreadId, UserId
    from bot.kernel.roles import Right, Standing
    from bot.tg import envelope as env
    from bot.tg.context import Scope
    from bot.tg.effects import AnyEffect


class Place(Protocol):
    """Where something is said; ``user_id`` is whose private conversation that is, None where several read."""

    @property
    def chat_id(self) -> ChatId:
        """The chat."""
        ...

    @property
    def thread_id(self) -> ThreadId | None:
        """The topic in it."""
        ...

    @property
    def user_id(self) -> UserId | None:
        """The only reader."""
        ...


class Groups(Protocol):
    """The groups we know. ``by_chat`` and ``by_id`` answer from memory: they stand on the hot path."""

    def by_chat(self, chat_id: int) -> Group | None:
        """Return the group that has this chat id now."""
        ...

    def by_id(self, group_id: int) -> Group | None:
        """Return a group by our own id."""
        ...

    async def admit(self, tx: Tx, chat: env.Chat, now: datetime) -> Group:
        """Store a group that is seen for the first time, and return it (in memory only after the commit)."""
        ...

    async def focus(self, tx: Tx, user_id: UserId) -> GroupId | None:
        """Return the group that a person's private conversation means, or None when they must be asked."""
        ...

    def chose_focus(self, tx: Tx, user_id: UserId) -> bool:
        """Say whether the group that :meth:`focus` has just found was chosen among several: answers then name it."""
        ...

    async def set_focus(self, tx: Tx, user_id: UserId, group_id: GroupId) -> None:
        """Remember which group a person's private conversation means from now on."""
        ...

    async def groups_of(self, tx: Tx, user_id: UserId) -> Sequence[Group]:
        """Return the active groups the person is known to be in, by title: what they may choose from."""
        ...

    def managed_from(self, chat_id: int) -> Sequence[Group]:
        """Return the groups whose managers' chat this is; from memory."""
        ...

    async def place_for_managers(self, tx: Tx, group: Group, user_id: UserId, purpose: Purpose | None = None) -> Place:
        """Return where to show something to the manager who asked: in private, among managers, or in the group."""
        ...


class People(Protocol):
    """What is known about persons."""

    async def standing(self, tx: Tx, group: Group, user_id: UserId) -> Standing:
        """Return what the person is and may do in the group, from stored facts."""
        ...

    async def rights_of(self, tx: Tx, user_id: UserId) -> Mapping[GroupId, frozenset[Right]]:
        """Return what the person may do in each group, from stored facts."""
        ...

    async def learn_administrators(self, tx: Tx, group: Group, raw: bytes, now: datetime) -> bool:
        """Store who the administrators are; ``raw`` is the JSON of ``getChatAdministrators``'s result.

        Returns whether it says something new.
        """
        ...

    def administrators_stale(self, group_id: GroupId, now: datetime) -> bool:
        """Say whether the administrators must be asked for before anybody's rights are judged; from memory."""
        ...

    async def locale(self, tx: Tx, user_id: UserId, language_code: str | None) -> str:
        """Return the language in which to speak to the person in private."""
        ...

    async def size(self, tx: Tx, group: Group) -> int:
        """Return how many members a group has, by Telegram's last word; without any, how many are known."""
        ...


class Deliveries(Protocol):
    """Who wants to know when Telegram would not let us act, or may or may not have acted."""

    async def chat_lost(self, scope: Scope, chat_id: ChatId, reason: str) -> None:
        """The bot is no longer in the chat (or the person blocked it); ``reason`` is Telegram's own."""
        ...

    def is_lost(self, chat_id: ChatId) -> bool:
        """Say, from memory, whether a group's chat is taken for lost."""
        ...

    async def chat_found(self, scope: Scope, chat_id: ChatId) -> None:
        """A message arrived in a chat that is, or was to be, taken for lost."""
        ...

    async def migrated(self, scope: Scope, old: ChatId, new: ChatId) -> None:
        """Telegram said, in refusing a call, that a group became a supergroup; may be told more than once."""
        ...

    async def right_lost(self, scope: Scope, chat_id: ChatId, text: str) -> None:
        """Telegram refused an act because the bot lacks a right in the chat; ``text`` is Telegram's own reason."""
        ...

    async def uncertain(
        self, scope: Scope, effect_id: EffectId, group_id: GroupId | None, chat_id: ChatId, effect: AnyEffect
    ) -> None:
        """A message may have been posted, or not: the manager should look, and then send it again or dismiss it."""
        ...


@dataclass(frozen=True, slots=True)
class Ports:
    """Everything from above, in one value."""

    groups: Groups
    people: People
