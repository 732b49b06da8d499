"""Choosing how members are told: of one announcement, and of all that say nothing else."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.announcements.handlers import codes as core_codes
from bot.announcements.handlers.aside import numbered
from bot.announcements.handlers.desk import PURPOSE, by_of
from bot.announcements.handlers.lists import hand_list
from bot.announcements.handlers.work import done
from bot.announcements.rules.announcement import OPEN, Announcement, State
from bot.announcements.rules.typed import split_number
from bot.announcements.telling import service
from bot.announcements.telling import texts as say
from bot.announcements.telling.handlers import codes
from bot.announcements.telling.rules.way import AsGroup, House, Unpin, Way, Wish, is_default, read_said
from bot.announcements.texts.settings import MENU as SETTINGS
from bot.kernel.roles import Right
from bot.tg.access import Declined
from bot.tg.aside import step_aside
from bot.tg.buttons import column, rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from telegram import Update

    from bot.announcements.telling.rules.way import Said
    from bot.i18n import Html, Texts
    from bot.kernel.groups import Group
    from bot.tg.context import Context
    from bot.tg.effects import Key, Keyboard

UNSENT = OPEN - {State.PUBLISHING, State.UNCERTAIN}
"""The states in which it can still be chosen how members are told."""


@dataclass(frozen=True, slots=True)
class Choosing:
    """The handlers."""

    async def command(self, _update: Update, context: Context) -> None:
        """``/announce tell 12 mentions|pin|both|nobody|unpin on``, and ``/announce tell default …``."""
        typed = context.args_text
        if not typed:
            await hand_list(context, 1)
            return
        first, _, after = typed.partition(" ")
        if is_default(first):
            await self._default(context, after.strip())
            return
        number, rest = split_number(typed)
        if number is None:
            raise Declined(say.how(context.texts))
        said = read_said(rest)
        if rest and said is None:
            raise Declined(say.not_understood(context.texts, rest[:60]))
        item = await unsent(context, number)
        if said is not None:
            await self._want(context, number, _wished(service.wish_of(item), said))
        await step_aside(context, PURPOSE)
        context.reply(*await self._page(context, number))

    async def _default(self, context: Context, rest: str) -> None:
        said = read_said(rest)
        if rest and (said is None or isinstance(said, AsGroup)):
            raise Declined(say.not_understood(context.texts, rest[:60]))
        if not context.standing.may(Right.SETTINGS):
            raise Declined(say.only_settings(context.texts))
        if said is not None:
            house = await service.house_of(context.tx, context.group.id)
            await self._set(context, Wish(*_pair(said)).within(house))
        await step_aside(context, PURPOSE)
        context.reply(*await self._default_page(context))

    # One announcement

    async def open(self, _update: Update, context: Context, number: int) -> None:
        """Show the page, below the card."""
        context.toast_empty()
        context.reply(*await self._page(context, number))

    async def way(self, _update: Update, context: Context, number: int, name: str) -> None:
        """Choose a way."""
        way = _way_named(context, name)
        item = await unsent(context, number)
        await self._want(context, number, replace(service.wish_of(item), way=way))
        context.toast(say.chosen(context.texts, way))
        context.edit(*await self._page(context, number))

    async def unpin(self, _update: Update, context: Context, number: int, on: int) -> None:
        """Switch whether the one before is unpinned."""
        item = await unsent(context, number)
        await self._want(context, number, replace(service.wish_of(item), unpin=bool(on)))
        context.toast(say.saved(context.texts))
        context.edit(*await self._page(context, number))

    async def as_group(self, _update: Update, context: Context, number: int) -> None:
        """Do with it as the group does."""
        await unsent(context, number)
        await self._want(context, number, Wish())
        context.toast(say.saved(context.texts))
        context.edit(*await self._page(context, number))

    # The group

    async def house(self, _update: Update, context: Context) -> None:
        """Show what holds in the group."""
        await step_aside(context, PURPOSE)
        context.edit(*await self._default_page(context))

    async def house_way(self, _update: Update, context: Context, name: str) -> None:
        """Choose what holds in the group."""
        way = _way_named(context, name)
        house = await service.house_of(context.tx, context.group.id)
        await self._set(context, replace(house, way=way))
        context.toast(say.chosen(context.texts, way))
        context.edit(*await self._default_page(context))

    async def house_unpin(self, _update: Update, context: Context, on: int) -> None:
        """Switch whether the one before is unpinned in the group."""
        house = await service.house_of(context.tx, context.group.id)
        await self._set(context, replace(house, unpin=bool(on)))
        context.toast(say.saved(context.texts))
        context.edit(*await self._default_page(context))

    # Shared

    @staticmethod
    async def _want(context: Context, number: int, wish: Wish) -> None:
        item = done(
            context, await service.want(context.tx, context.group.id, number, wish, by_of(context), context.now)
        )
        core_codes.changed(context.scope, item)

    @staticmethod
    async def _set(context: Context, house: House) -> None:
        await service.set_house(context.tx, context.group.id, house, by_of(context), context.now)

    @staticmethod
    async def _page(context: Context, number: int) -> tuple[Html, Keyboard]:
        item = await unsent(context, number)
        wish, texts, group = service.wish_of(item), context.texts, context.group
        house = wish.within(await service.house_of(context.tx, group.id))
        ways = [
            codes.WAY.key(say.choice_label(texts, way, chosen=way is house.way), group, number, way.value)
            for way in Way
        ]
        unpin = codes.UNPIN.key(say.unpin_label(texts, on=house.unpin), group, number, int(not house.unpin))
        back = codes.AS_GROUP.key(say.as_group_label(texts), group, number)
        setter = context.standing.may(Right.SETTINGS)
        more = rows(
            (unpin if house.way.pins else None,),
            (back if wish != Wish() else None,),
            (codes.HOUSE.key(texts.label(say.DEFAULT), group) if setter else None,),
        )
        return say.page(texts, number, wish, house), (*column(ways, 2), *more)

    @staticmethod
    async def _default_page(context: Context) -> tuple[Html, Keyboard]:
        texts, group = context.texts, context.group
        house = await service.house_of(context.tx, group.id)
        ways = [
            codes.HOUSE_WAY.key(say.choice_label(texts, way, chosen=way is house.way), group, way.value) for way in Way
        ]
        unpin = codes.HOUSE_UNPIN.key(say.unpin_label(texts, on=house.unpin), group, int(not house.unpin))
        back = core_codes.SETTINGS.key(texts.label(SETTINGS), group)
        below = rows((unpin if house.way.pins else None,), (back,))
        return say.default_page(texts, house), (*column(ways, 2), *below)


def settings_keys(texts: Texts, group: Group) -> Sequence[Key]:
    """Return the button on the page of settings that leads to what holds in the group."""
    return (codes.HOUSE.key(texts.label(say.SETTINGS), group),)


async def unsent(context: Context, number: int) -> Announcement:
    """Return the group's announcement of that number, which does not stand there yet.

    :raises Declined: if there is none, or it does.
    """
    found = await numbered(context, number)
    if found.posted_at is not None or found.state in {State.PUBLISHING, State.UNCERTAIN}:
        raise Declined(say.stands_already(context.texts, number))
    return found


def _way_named(context: Context, name: str) -> Way:
    way = next((one for one in Way if one == name), None)
    if way is None:
        raise Declined(say.not_understood(context.texts, name))
    return way


def _wished(wish: Wish, said: Said) -> Wish:
    if isinstance(said, AsGroup):
        return Wish()
    way, unpin = _pair(said)
    return Wish(wish.way if way is None else way, wish.unpin if unpin is None else unpin)


def _pair(said: Said) -> tuple[Way | None, bool | None]:
    return (said if isinstance(said, Way) else None), (said.on if isinstance(said, Unpin) else None)
