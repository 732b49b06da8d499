"""``/submit list``, ``mine`` and ``show``: the queue of reviewers, one's own list, one submission; and how they are taken."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bot.announcements.handlers.desk import PURPOSE, by_of
from bot.announcements.handlers.shaping import main_effect
from bot.announcements.rules.typed import split_number, split_page
from bot.announcements.submissions import service
from bot.announcements.submissions.handlers import cards, codes
from bot.announcements.submissions.rules import (
    MOST_DAILY,
    OFFERED_DAILY,
    House,
    State,
    Submission,
    Unknown,
    state_named,
)
from bot.announcements.submissions.texts import managers as say
from bot.announcements.submissions.texts import member as say_member
from bot.announcements.submissions.texts import words
from bot.kernel.roles import Right
from bot.tg.access import Declined
from bot.tg.aside import step_aside, step_home
from bot.tg.buttons import column, rows
from bot.tg.pages import paged, turning

if TYPE_CHECKING:
    from telegram import Update

    from bot.announcements.submissions.handlers.telling import Telling
    from bot.i18n import Html
    from bot.tg.context import Context
    from bot.tg.effects import Keyboard

PER_PAGE: Final = 8


@dataclass(frozen=True, slots=True)
class Queue:
    """The handlers of lists and settings."""

    telling: Telling

    # The queue

    async def list(self, _update: Update, context: Context) -> None:
        """``/submit list [state] [page]``."""
        typed = context.args_text or "1"
        found = split_page(typed, state_named)
        if found is None:
            raise Declined(say.state_wanted(context.texts, typed))
        state, page = found
        await step_aside(context, PURPOSE)
        context.reply(*await (self._queue(context, page) if state is None else self._shelf(context, state, page)))

    async def turn(self, _update: Update, context: Context, page: int) -> None:
        """Show a page of the queue where managers read."""
        await step_aside(context, PURPOSE)
        context.edit(*await self._queue(context, page))

    async def shelf(self, _update: Update, context: Context, named: str, page: int) -> None:
        """Show a page of those in a state, after a tap."""
        state = next((one for one in State if one == named), None)
        if state is None:
            raise Declined(say.state_wanted(context.texts, named))
        await step_aside(context, PURPOSE)
        context.edit(*await self._shelf(context, state, page))

    @staticmethod
    async def _shelf(context: Context, state: State, page: int) -> tuple[Html, Keyboard]:
        texts, group = context.texts, context.group
        items, page, pages = await service.in_state(context.tx, group.id, state, page, PER_PAGE)
        lines = [words.line(texts, item, named=True) for item in items]
        keys = [codes.SHOW.key(f"#{item.number}", group, item.number) for item in items]
        turns = turning(page, pages, codes.SHELF, group, state.value, texts=texts)
        back = rows((codes.LIST.key(texts.label(words.QUEUE), group, 1),))
        return say.state_page(texts, group, state, lines), (*column(keys, 4), *turns, *back)

    @staticmethod
    async def _queue(context: Context, page: int) -> tuple[Html, Keyboard]:
        texts, group = context.texts, context.group
        items, house = await service.queue(context.tx, group.id), await service.house(context.tx, group.id)
        may_set = context.standing.may(Right.SETTINGS)
        below = rows((codes.SETTINGS.key(texts.label(words.SETTINGS), group) if may_set else None,))
        if not items:
            return say.queue_empty(texts, group, house), below
        head = say.queue_title(texts, group, sum(item.is_open for item in items), house)
        lines = [words.line(texts, item, named=True) for item in items]
        html, turning = paged(head, lines, page, PER_PAGE, codes.LIST, group, texts=texts)
        keys = [codes.SHOW.key(f"#{item.number}", group, item.number) for item in _on(items, page)]
        return html, (*column(keys, 4), *turning, *below)

    # One's own

    async def mine(self, _update: Update, context: Context) -> None:
        """``/submit mine [page]``."""
        page = _page_of(context, "mine")
        await step_home(context)
        context.reply(*await self._own(context, page))

    async def turn_own(self, _update: Update, context: Context, page: int) -> None:
        """Show a page of what somebody has handed in."""
        await step_home(context)
        context.edit(*await self._own(context, page))

    @staticmethod
    async def _own(context: Context, page: int) -> tuple[Html, Keyboard]:
        texts, group = context.texts, context.group
        items = await service.own(context.tx, group.id, context.actor.user_id)
        below = rows((codes.NEW.key(texts.label(words.NEW), group),))
        if not items:
            return say_member.own_empty(texts, group), below
        lines = [words.line(texts, item, named=False) for item in items]
        head = say_member.own_title(texts, group)
        html, turning = paged(head, lines, page, PER_PAGE, codes.MINE, group, texts=texts)
        keys = [codes.OWN_SHOW.key(f"#{item.number}", group, item.number) for item in _on(items, page)]
        return html, (*column(keys, 4), *turning, *below)

    # One submission

    async def show(self, _update: Update, context: Context) -> None:
        """``/submit show 7``: its card for reviewers, and one's own card for the member; bare the list they stand in."""
        if not context.args_text:
            await (self.list if context.standing.may(Right.REVIEW) else self.mine)(_update, context)
            return
        number, rest = split_number(context.args_text)
        if number is None or rest:
            raise Declined(say.number_wanted(context.texts, "show", context.args_text))
        if context.standing.may(Right.REVIEW):
            await self.tap(_update, context, number)
        else:
            await self.own(_update, context, number)

    async def tap(self, _update: Update, context: Context, number: int) -> None:
        """Show the card of those who decide, after a tap."""
        item = await self._find(context, number)
        await step_aside(context, PURPOSE)
        spoken = context.spoken
        await self.telling.present(context.scope, context.group, item, spoken.chat_id, spoken.thread_id)

    async def own(self, _update: Update, context: Context, number: int) -> None:
        """Show the member their own card."""
        item = await self._find(context, number)
        if item.user_id != context.actor.user_id:
            raise Declined(say_member.refused(context.texts, Unknown(number)))
        await step_home(context)
        spoken = context.spoken
        kind = codes.OWN_CARD if context.private else codes.PUBLIC_CARD
        await self.telling.present(context.scope, context.group, item, spoken.chat_id, spoken.thread_id, kind)

    async def all(self, _update: Update, context: Context, number: int) -> None:
        """Show all that was handed in, the answers with it."""
        item = await self._find(context, number)
        await step_aside(context, PURPOSE)
        spoken = context.spoken
        for content in cards.everything(context.texts, item):
            effect = main_effect(content, spoken.chat_id, spoken.thread_id, ())
            context.effects.put(effect, group_id=context.group.id)

    @staticmethod
    async def _find(context: Context, number: int) -> Submission:
        item = await service.find(context.tx, context.group.id, number)
        if isinstance(item, Submission):
            return item
        raise Declined(say_member.refused(context.texts, item))

    # Settings

    async def limit(self, _update: Update, context: Context) -> None:
        """``/submit limit 5``; alone it shows the settings."""
        typed = context.args_text
        if typed:
            daily, rest = split_number(typed)
            if daily is None or rest or not 1 <= daily <= MOST_DAILY:
                raise Declined(say.bad_limit(context.texts, typed))
            await self._set(context, daily=daily)
        await step_aside(context, PURPOSE)
        context.reply(*await self._settings(context))

    async def on(self, _update: Update, context: Context) -> None:
        """``/submit on``."""
        await self._switch(context, "on", open_=True)

    async def off(self, _update: Update, context: Context) -> None:
        """``/submit off``."""
        await self._switch(context, "off", open_=False)

    async def _switch(self, context: Context, sub: str, *, open_: bool) -> None:
        if context.args_text:
            raise Declined(say.nothing_more(context.texts, sub))
        await self._set(context, open=open_)
        await step_aside(context, PURPOSE)
        context.reply(*await self._settings(context))

    async def settings(self, _update: Update, context: Context) -> None:
        """Show the settings, after a tap."""
        context.edit(*await self._settings(context))

    async def tap_switch(self, _update: Update, context: Context, on: int) -> None:
        """Take submissions, or none."""
        await self._set(context, open=bool(on))
        context.edit(*await self._settings(context))

    async def tap_daily(self, _update: Update, context: Context, daily: int) -> None:
        """Set how many are taken a day."""
        if not 1 <= daily <= MOST_DAILY:
            raise Declined(say.bad_limit(context.texts, str(daily)))
        await self._set(context, daily=daily)
        context.edit(*await self._settings(context))

    @staticmethod
    async def _set(context: Context, **changed: object) -> House:
        return await service.set_house(context.tx, context.group.id, by_of(context), context.now, **changed)

    @staticmethod
    async def _settings(context: Context) -> tuple[Html, Keyboard]:
        texts, group = context.texts, context.group
        house = await service.house(context.tx, group.id)
        counts = [
            codes.DAILY.key(say.daily_label(texts, count, chosen=count == house.daily), group, count)
            for count in OFFERED_DAILY
        ]
        switch = codes.SWITCH.key(say.switch_label(texts, on=house.open), group, int(not house.open))
        queue = codes.LIST.key(texts.label(words.QUEUE), group, 1)
        return say.settings(texts, group, house), (*column(counts, 2), *rows((switch,), (queue,)))


def _page_of(context: Context, sub: str) -> int:
    page, rest = split_number(context.args_text or "1")
    if page is None or rest:
        raise Declined(say.number_wanted(context.texts, sub, context.args_text))
    return page


def _on(items: list[Submission], page: int) -> list[Submission]:
    """Return those on a page; one that does not exist means the nearest."""
    page = min(max(page, 1), -(-len(items) // PER_PAGE))
    return items[(page - 1) * PER_PAGE : page * PER_PAGE]
