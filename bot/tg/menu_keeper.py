"""Sets Telegram's command menu of a private conversation; what Telegram shows already is not sent again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING

import msgspec

from bot.kernel.ids import UserId
from bot.tg import effects as fx
from bot.tg import own_menus_store as store
from bot.tg.own_menus import came

if TYPE_CHECKING:
    from bot.i18n import Texts
    from bot.kernel.roles import Right
    from bot.tg.capability import Due
    from bot.tg.context import Context, Scope

Menu = Callable[["Texts", "frozenset[Right]"], tuple[fx.CommandHelp, ...]]
"""Says what stands in the menu of somebody with these rights."""


@dataclass(frozen=True, slots=True)
class MenuKeeper:
    """Sets the menus; ``menu`` says what stands in one."""

    menu: Menu

    async def seen(self, context: Context) -> None:
        """Look after the menu of somebody who asks in private what they can do."""
        if context.private:
            await came(context.tx, context.actor.user_id)
            await self._keep(context.scope, context.actor.user_id, context.actor.language_code)

    async def due(self, scope: Scope, due: Due) -> None:
        """Look after the menu of somebody whose rights or language may be others now."""
        await self._keep(scope, UserId(int(due.key)))

    async def _keep(self, scope: Scope, user_id: UserId, language_code: str | None = None) -> None:
        before = await store.look(scope.tx, user_id)
        if before is None:
            return
        rights = await self._rights(scope, user_id)
        texts = await scope.texts_of(user_id, None, language_code)
        commands = self.menu(texts, rights) if rights else ()
        look = blake2b(msgspec.json.encode(commands), digest_size=16).hexdigest() if commands else ""
        if look == before:
            return
        # Without commands Telegram forgets the menu and shows everybody's.
        effect = fx.SetCommands("chat", "", commands, chat_id=user_id)
        scope.effects.put(effect, coalesce=f"menu:{user_id}")
        await store.set_look(scope.tx, user_id, look)

    @staticmethod
    async def _rights(scope: Scope, user_id: UserId) -> frozenset[Right]:
        """Return what somebody may do in any of their groups."""
        held = await scope.ports.people.rights_of(scope.tx, user_id)
        groups = {group_id: scope.group(group_id) for group_id in held}
        active = [group_id for group_id, group in groups.items() if group is not None and group.active]
        return frozenset().union(*(held[group_id] for group_id in active))
