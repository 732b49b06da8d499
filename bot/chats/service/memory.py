"""The groups we know, in memory: what stands on the hot path, and shows only what is committed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.chats import store

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from bot.db.engine import Tx
    from bot.kernel.groups import Group
    from bot.kernel.ids import GroupId


class GroupMemory:
    """Every group's profile by its id, its chat and its managers' chat."""

    def __init__(self) -> None:
        self._groups: dict[int, Group] = {}
        self._by_chat: dict[int, Group] = {}
        self._former: dict[int, GroupId] = {}
        self._managed: dict[int, tuple[GroupId, ...]] = {}

    async def load(self, tx: Tx) -> None:
        """Read all groups; once, at start."""
        self._groups = {profile.group.id: profile.group for profile in await store.all_profiles(tx)}
        self._by_chat = {group.chat_id: group for group in self._groups.values()}
        self._former = await store.all_former_ids(tx)
        self._index_managed()

    def by_chat(self, chat_id: int) -> Group | None:
        """Return the group that has this chat id, or had it before it became a supergroup."""
        group = self._by_chat.get(chat_id)
        if group is not None:
            return group
        group_id = self._former.get(chat_id)
        return None if group_id is None else self._groups.get(group_id)

    def by_id(self, group_id: int) -> Group | None:
        """Return a group by our own id."""
        return self._groups.get(group_id)

    def all(self) -> Collection[Group]:
        """Return every group, those without the bot included."""
        return self._groups.values()

    def managed_from(self, chat_id: int) -> Sequence[Group]:
        """Return the active groups whose managers' chat this is, by title."""
        return self._active(self._managed.get(chat_id, ()))

    def _keep(self, group: Group) -> None:
        before = self._groups.get(group.id)
        self._groups[group.id] = group
        self._drop_chat(before)
        self._by_chat[group.chat_id] = group
        if (before and before.managers_chat_id) != group.managers_chat_id:
            self._index_managed()

    def _index_managed(self) -> None:
        managed: dict[int, list[GroupId]] = {}
        for group in self._groups.values():
            if group.managers_chat_id is not None:
                managed.setdefault(group.managers_chat_id, []).append(group.id)
        self._managed = {chat_id: tuple(ids) for chat_id, ids in managed.items()}

    def _forget(self, group_id: GroupId) -> None:
        self._drop_chat(self._groups.pop(group_id, None))

    def _drop_chat(self, gone: Group | None) -> None:
        """Forget which group a chat is, if it is this one."""
        held = None if gone is None else self._by_chat.get(gone.chat_id)
        if gone is not None and held is not None and held.id == gone.id:
            del self._by_chat[gone.chat_id]

    def _active(self, group_ids: Iterable[GroupId]) -> list[Group]:
        known = [group for group_id in set(group_ids) if (group := self._groups.get(group_id)) is not None]
        return sorted((group for group in known if group.active), key=lambda group: (group.title.casefold(), group.id))
