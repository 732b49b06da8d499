"""Private conversations, and where managers are spoken to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from bot.chats import store
from bot.chats.rules.profile import Place, PlaceKind, Private
from bot.chats.service.memory import GroupMemory
from bot.i18n import Texts, texts_for
from bot.kernel.ids import ChatId, GroupId, UserId
from bot.kernel.roles import Right

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from bot.db.engine import Tx
    from bot.db.schema import Beside
    from bot.kernel.groups import Group, Purpose


class Directory(Protocol):
    """Who is in which group and who runs it: known to ``members``, handed in by ``app.py``."""

    async def groups_of(self, tx: Tx, user_id: UserId) -> Sequence[GroupId]:
        """Return the groups the person is known to be in."""
        ...

    async def groups_with(self, tx: Tx, user_id: UserId, right: Right) -> Sequence[GroupId]:
        """Return the groups in which the person has a right."""
        ...

    async def managers_of(self, tx: Tx, group: Group, right: Right) -> Sequence[UserId]:
        """Return those who have a right in the group, the owner first."""
        ...

    async def name_of(self, tx: Tx, user_id: UserId) -> str:
        """Return a person's name."""
        ...

    async def choose_locale(self, tx: Tx, user_id: UserId, locale: str | None, now: datetime) -> None:
        """Keep the language a person chose for their private conversation."""
        ...


class Readers(Protocol):
    """Who reads which language in private."""

    async def locale(self, tx: Tx, user_id: UserId, language_code: str | None) -> str:
        """Return the language in which to speak to the person."""
        ...


class Places(GroupMemory):
    """Who can be reached where. ``directory`` must be set before the first turn."""

    directory: Directory

    # Private conversations

    async def private(self, tx: Tx, user_id: UserId) -> Private:
        """Return what is known of a person's private conversation."""
        return await store.get_private(tx, user_id)

    async def reachable(self, tx: Tx, user_id: UserId) -> bool:
        """Say whether the bot may write to the person in private."""
        return (await store.get_private(tx, user_id)).reachable

    async def reachable_of(self, tx: Tx, user_ids: Sequence[UserId]) -> Collection[UserId]:
        """Return those of these people the bot may write to in private."""
        found = await store.reachable_of(tx, [int(user_id) for user_id in user_ids]) if user_ids else ()
        return [UserId(user_id) for user_id in found]

    def reach(self) -> Beside:
        """Return ``user_id`` and ``reachable`` of everybody, to be read beside people."""
        return store.reach()

    async def mark_reachable(self, tx: Tx, user_id: UserId) -> None:
        """Note that the person opened the private conversation."""
        await store.set_private(tx, user_id, {"reachable": True})

    async def mark_unreachable(self, tx: Tx, user_id: UserId) -> None:
        """Note that the person blocked the bot or never started it."""
        await store.set_private(tx, user_id, {"reachable": False})

    async def set_person_locale(self, tx: Tx, user_id: UserId, locale: str, now: datetime) -> None:
        """Set the language in which to speak to the person in private."""
        await self.directory.choose_locale(tx, user_id, locale, now)

    async def focus(self, tx: Tx, user_id: UserId) -> GroupId | None:
        """Return the group a private conversation means: the one chosen, or the only one there is."""
        chosen = (await store.get_private(tx, user_id)).focus
        group = self._groups.get(chosen) if chosen is not None else None
        if group is not None and group.active:
            tx.memo["focus chosen", user_id] = True
            return group.id
        known = await self.groups_of(tx, user_id)
        return known[0].id if len(known) == 1 else None

    def chose_focus(self, tx: Tx, user_id: UserId) -> bool:
        """Say whether the group that :meth:`focus` has just found was chosen among several."""
        return ("focus chosen", user_id) in tx.memo

    async def set_focus(self, tx: Tx, user_id: UserId, group_id: GroupId) -> None:
        """Remember which group a person's private conversation means from now on."""
        await store.set_private(tx, user_id, {"focus_group_id": group_id})

    async def groups_of(self, tx: Tx, user_id: UserId) -> Sequence[Group]:
        """Return the active groups the person is known to be in, by title."""
        return self._active(await self.directory.groups_of(tx, user_id))

    async def groups_with(self, tx: Tx, user_id: UserId, right: Right) -> Sequence[Group]:
        """Return the active groups in which the person has a right, by title."""
        return self._active(await self.directory.groups_with(tx, user_id, right))

    async def managed_by(self, tx: Tx, user_id: UserId) -> Sequence[Group]:
        """Return the active groups whose settings the person may change, by title."""
        known = await self.groups_of(tx, user_id)
        return [g for g in known if user_id in await self.directory.managers_of(tx, g, Right.SETTINGS)]

    # Where managers are spoken to

    async def place_for_managers(self, tx: Tx, group: Group, user_id: UserId, purpose: Purpose | None = None) -> Place:
        """Return where to show something to the manager who works on it.

        In private, else among managers, else in the group (the topic of ``purpose``), where the text says why it is public.
        """
        if await self.reachable(tx, user_id):
            return Place(ChatId(user_id), None, PlaceKind.PRIVATE, user_id)
        return self._managers_chat(group) or _in_group(group, purpose)

    async def place_to_tell(self, tx: Tx, group: Group, purpose: Purpose | None = None) -> Place:
        """Return where to tell the managers something nobody asked for.

        Their chat, else the owner or another manager who can be reached in private, else the group.
        """
        shared = self._managers_chat(group)
        if shared is not None:
            return shared
        managers = await self.directory.managers_of(tx, group, Right.SETTINGS)
        reached = await store.reachable_of(tx, [int(user_id) for user_id in managers]) if managers else frozenset()
        first = next((user_id for user_id in managers if user_id in reached), None)
        if first is not None:
            return Place(ChatId(first), None, PlaceKind.PRIVATE, first)
        return _in_group(group, purpose)

    async def places_of_those(self, tx: Tx, group: Group, right: Right) -> list[Place]:
        """Return where to show something to all who have a right: the managers' chat, else each one's private chat.

        Those who cannot be reached are left out.
        """
        shared = self._managers_chat(group)
        if shared is not None:
            return [shared]
        able = await self.directory.managers_of(tx, group, right)
        reached = await store.reachable_of(tx, [int(user_id) for user_id in able]) if able else frozenset()
        return [Place(ChatId(user), None, PlaceKind.PRIVATE, user) for user in able if user in reached]

    def _managers_chat(self, group: Group) -> Place | None:
        if group.managers_chat_id is None:
            return None
        chat = self.by_chat(group.managers_chat_id)
        if chat is not None and not chat.active:
            return None
        return Place(group.managers_chat_id, None, PlaceKind.MANAGERS)

    async def texts_at(self, tx: Tx, place: Place, group: Group, people: Readers) -> Texts:
        """Return the language of those who read there, with the group's zone."""
        locale = group.locale
        if place.user_id is not None:
            locale = await people.locale(tx, place.user_id, None)
        elif place.kind is PlaceKind.MANAGERS and (chat := self.by_chat(place.chat_id)) is not None:
            locale = chat.locale
        return texts_for(locale, group.zone)


def _in_group(group: Group, purpose: Purpose | None) -> Place:
    return Place(group.chat_id, group.thread_for(purpose) if purpose else None, PlaceKind.GROUP)
