"""A group becomes a supergroup: learned from an update, or from Telegram's refusal of a call."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.chats.handlers.common import tell_managers
from bot.chats.rules.profile import By
from bot.chats.texts import setup as say
from bot.kernel.ids import ChatId

if TYPE_CHECKING:
    from bot.chats.service import GroupBook
    from bot.kernel.groups import Group
    from bot.tg.context import Scope

Migrated = Callable[["Scope", "Group", ChatId], Awaitable[None]]
"""Called once when a group has become a supergroup, with its profile as it is now and its former chat id."""


@dataclass(frozen=True, slots=True)
class Moves:
    """Moves a group and has everybody told who keeps something of its chat."""

    book: GroupBook
    hooks: Sequence[Migrated] = ()

    async def move(self, scope: Scope, old: ChatId, new: ChatId) -> None:
        """Move a group to its new chat; nothing happens if that has been done before, or if it is not known."""
        newcomer = await self.book.newcomer(scope.tx, old, new)
        group = await self.book.migrate(scope.tx, old, new, By(None, scope.now))
        if group is None:
            return
        for hook in self.hooks:
            await hook(scope, group, old)
        if newcomer is not None:
            await tell_managers(self.book, scope, group, lambda own: say.put_aside(own, group, newcomer.created_at))
