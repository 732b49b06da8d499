"""One's own events, and what took place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.events.handlers import board, codes, finding
from bot.events.handlers.coming import on_page
from bot.events.looking import service
from bot.events.looking.texts import words as say
from bot.events.texts import coming as coming_texts
from bot.i18n import texts_for
from bot.tg import effects as fx
from bot.tg.buttons import NO_GROUP, column, rows
from bot.tg.pages import paged, turning

if TYPE_CHECKING:
    from collections.abc import Sequence

    from telegram import Update

    from bot.events.handlers.coming import KeysBelow
    from bot.events.handlers.telling import ReachableOf
    from bot.events.looking.rules import Page
    from bot.events.looking.texts.words import Mine
    from bot.i18n import Html, Texts
    from bot.kernel.groups import Group
    from bot.tg.context import Context, Scope
    from bot.tg.effects import Keyboard

_PER_PAGE = 8
_BUTTONS = 4


class Own:
    """Somebody's own events: in a group those of the group, in private those of all groups they share with the bot."""

    def __init__(self, reachable_of: ReachableOf, below: KeysBelow) -> None:
        self._reachable_of = reachable_of
        self._below = below

    async def mine(self, _update: Update, context: Context) -> None:
        """``/event mine``."""
        groups = await self._groups(context)
        context.reply(*await self._page(context.scope, context.texts, groups, await self._found(context, groups), 1))

    async def turn(self, _update: Update, context: Context, page: int) -> None:
        """Turn the pages of the list; below a list in the group, the answer is for who taps alone."""
        groups = await self._groups(context)
        found = await self._found(context, groups)
        if context.private:
            context.edit(*await self._page(context.scope, context.texts, groups, found, page))
            return
        by_id = {group.id: group for group in groups}
        timed = [(_by_its_clock(context.texts, by_id[mine[0].group_id]), mine) for mine in found]
        short = say.mine_short(timed) if found else say.mine_none(context.texts).striptags()
        me = context.actor.user_id
        if short is not None:
            context.toast(short, alert=True)
        elif me in await self._reachable_of(context.tx, [me]):
            texts = await context.scope.texts_of(me, context.group, context.actor.language_code)
            html, keys = await self._page(context.scope, texts, groups, found, 1)
            context.effects.put(fx.SendMessage(me, str(html), keys))
            context.toast(say.mine_sent(context.texts))
        else:
            context.toast(say.mine_unreached(context.texts, len(found)), alert=True)

    @staticmethod
    async def _groups(context: Context) -> Sequence[Group]:
        spoken = context.spoken
        if spoken.private:
            return await context.scope.ports.groups.groups_of(context.tx, context.actor.user_id)
        if spoken.group is not None:
            return (spoken.group,)
        return context.scope.ports.groups.managed_from(spoken.chat_id)

    @staticmethod
    async def _found(context: Context, groups: Sequence[Group]) -> list[Mine]:
        ids = [group.id for group in groups]
        return await service.of_one(context.tx, ids, context.actor.user_id, context.now)

    async def _page(
        self, scope: Scope, texts: Texts, groups: Sequence[Group], found: list[Mine], page: int
    ) -> tuple[Html, Keyboard]:
        if not found:
            return say.mine_none(texts), ()
        by_id = {group.id: group for group in groups}
        lines = []
        for mine in found:
            group = by_id[mine[0].group_id]
            name = group.label or group.title if len(groups) > 1 else None
            lines.append(say.mine_line(_by_its_clock(texts, group), mine, name))
        html, keys = paged(say.mine_title(texts), lines, page, _PER_PAGE, codes.MINE, NO_GROUP, texts=texts)
        shown = [(by_id[event.group_id], event) for event, _, _ in on_page(found, page, _PER_PAGE)]
        cards = column((_card_key(group, event.id, event.number) for group, event in shown), _BUTTONS)
        return html, (*cards, *column(await self._below(scope, texts, shown)), *keys)


def _by_its_clock(texts: Texts, group: Group) -> Texts:
    """Return the reader's words with the clock of a group: in private, where groups of several zones may be shown, there is none."""
    return texts_for(texts.locale, group.zone)


def _card_key(group: Group, event_id: int, number: int) -> fx.Key:
    return codes.SHOW.key(f"#{number}", group, event_id)


# What took place


async def history(_update: Update, context: Context) -> None:
    """``/event history``: what took place, the last first, and how many came."""
    await _history_page(context, 1)


async def turn_history(_update: Update, context: Context, page: int) -> None:
    """Turn to another page of what took place."""
    await _history_page(context, page)


async def _history_page(context: Context, wanted: int) -> None:
    group = context.group
    page = await service.history(context.tx, group.id, context.now, wanted)
    links = [board.card_link(group, event) for event, _ in page.events]
    context.edit(say.history(context.texts, page, links), _history_keys(context, page))


def _history_keys(context: Context, page: Page) -> Keyboard:
    """Lead to each event: organisers to their panel with all that can be done with what is over, members to the card."""
    texts, group = context.texts, context.group
    code = codes.MANAGE if finding.may_organise(context) else codes.SHOW
    shown = page.events if context.private else ()
    events = column((code.key(f"#{event.number}", group, event.id) for event, _ in shown), _BUTTONS + 1)
    back = codes.COMING.key(texts.label(coming_texts.LIST_TITLE), group, 1)
    return (*events, *turning(page.number, page.count, codes.PAST, group, texts=texts), *rows((back,)))
