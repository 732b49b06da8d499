"""``/start``, ``/group``: the private conversation and which group it means."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.chats.handlers import codes
from bot.chats.handlers.common import private_link
from bot.chats.texts import private as say
from bot.chats.texts import settings as say_settings
from bot.tg import own_menus
from bot.tg.buttons import column, rows
from bot.timers import service as timers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from telegram import Update

    from bot.chats.service import GroupBook
    from bot.kernel.groups import Group
    from bot.tg.context import Context
    from bot.tg.effects import Keyboard

StartHandler = Callable[["Update", "Context", str], Awaitable[None]]
"""Called for ``/start key-rest`` with the rest."""
SHOWN = 30
"""The most groups offered as buttons."""


@dataclass(frozen=True, slots=True)
class Private:
    """What people do in private; ``payloads`` are other capabilities' links, by the word before the first dash."""

    book: GroupBook
    payloads: Mapping[str, StartHandler] = field(default_factory=dict)

    async def start(self, update: Update, context: Context) -> None:
        """``/start``: the person can be written to from now on."""
        if not context.private:
            key = None if context.spoken.group is None else private_link(context.texts, context.scope, context.group)
            context.reply(say.greeting_in_group(context.texts), rows((key,)))
            return
        user_id = context.actor.user_id
        await self.book.mark_reachable(context.tx, user_id)
        await own_menus.came(context.tx, user_id)
        await timers.set_timer(context.tx, own_menus.NAME, own_menus.RENEW, str(user_id), context.now)
        word, _, rest = context.args_text.partition("-")
        if word == "g" and (group := await self._shared(context, rest)) is not None:
            await self.book.set_focus(context.tx, user_id, group.id)
            context.reply(say.greeting(context.texts, (group,), group))
            return
        if word in self.payloads:
            await self.payloads[word](update, context, rest)
            return
        groups = await self.book.groups_of(context.tx, user_id)
        focus = await self._focus(context)
        context.reply(say.greeting(context.texts, groups, focus), _choices(groups, focus))

    async def group(self, _update: Update, context: Context) -> None:
        """``/group``: in the group its profile, in private which group is meant."""
        if not context.private:
            owner = await self.book.owner_name(context.tx, context.group)
            context.reply(say.profile(context.texts, context.group, owner, context.now))
            return
        groups = await self.book.groups_of(context.tx, context.actor.user_id)
        if not groups:
            context.reply(say.none_known(context.texts))
            return
        focus = await self._focus(context)
        context.reply(say.which(context.texts, focus), _choices(groups, focus))

    async def use(self, _update: Update, context: Context) -> None:
        """Let the conversation mean another group."""
        if not context.private:
            context.toast(say_settings.stale(context.texts))
            return
        user_id = context.actor.user_id
        await self.book.set_focus(context.tx, user_id, context.group.id)
        groups = await self.book.groups_of(context.tx, user_id)
        context.edit(say.meaning(context.texts, context.group), _choices(groups, context.group))

    async def _focus(self, context: Context) -> Group | None:
        focus = await self.book.focus(context.tx, context.actor.user_id)
        return None if focus is None else self.book.by_id(focus)

    async def _shared(self, context: Context, number: str) -> Group | None:
        """Return the group a link names, if the person is in it."""
        known = number.isascii() and number.isdigit() and len(number) < 19
        group = self.book.by_id(int(number)) if known else None
        if group is None or not group.active:
            return None
        standing = await context.scope.ports.people.standing(context.tx, group, context.actor.user_id)
        return group if (standing.is_member and standing.is_known) or standing.rights else None


def _choices(groups: Sequence[Group], focus: Group | None) -> Keyboard | None:
    if len(groups) < 2 and focus is not None:
        return None
    keys = [codes.USE.key(say.group_label(one, chosen=one == focus), one) for one in groups[:SHOWN]]
    return column(keys) or None
