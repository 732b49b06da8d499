"""The list of events: those under way, and those that are coming up; below it, where to go from there."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from bot.events import service
from bot.events.handlers import codes
from bot.events.handlers.board import card_link
from bot.events.rules.line import read_number
from bot.events.texts import coming as say
from bot.kernel.roles import Right
from bot.tg.buttons import column, rows
from bot.tg.pages import paged
from bot.tg.panel import RUN

if TYPE_CHECKING:
    from telegram import Update

    from bot.events.rules.event import Event
    from bot.i18n import Html, Texts
    from bot.kernel.groups import Group
    from bot.tg.context import Context, Scope
    from bot.tg.effects import Key, Keyboard

_PER_PAGE = 8
T = TypeVar("T")

KeysBelow = Callable[["Scope", "Texts", Sequence[tuple["Group", "Event"]]], Awaitable[Sequence["Key"]]]
"""Returns the buttons that stand below a list of events, for those of them that have one."""


@dataclass(frozen=True, slots=True)
class Shortcut:
    """A button below the list by which organisers begin a command: an ``N_`` label, its stable name, and the right it asks for.

    One that is not ``open`` is shown only where they alone read.
    """

    label: str
    path: str
    right: Right = Right.EVENTS
    open: bool = False


class Coming:
    """The list, with the shortcuts of the parts and their buttons for single events."""

    def __init__(self, shortcuts: Sequence[Shortcut], below: KeysBelow) -> None:
        # Those that the group sees too come first, so that they stand in the same place everywhere.
        self._shortcuts = sorted(shortcuts, key=lambda one: not one.open)
        self._below = below

    async def bare(self, update: Update, context: Context) -> None:
        """``/event``: what is coming up."""
        typed = context.args_text
        if not typed:
            await self.show(update, context)
        else:
            context.reply(say.not_a_sub(context.texts, typed.split(maxsplit=1)[0]))

    async def show(self, _update: Update, context: Context) -> None:
        """List the events that are under way or coming up (R30)."""
        await self._page(context, 1)

    async def turn(self, _update: Update, context: Context, page: int) -> None:
        """Turn to another page of the list."""
        await self._page(context, page)

    async def _page(self, context: Context, page: int) -> None:
        texts, group = context.texts, context.group
        found = await service.current(context.tx, group.id, context.now)
        if not found:
            may_create = context.standing.may(Right.EVENTS)
            context.edit(say.nothing_coming(texts, may_create=may_create), self._elsewhere(context))
            return
        lines = [say.coming_line(texts, event, tally, card_link(group, event), context.now) for event, tally in found]
        html, keys = paged(say.coming_title(texts), lines, page, _PER_PAGE, codes.COMING, group, texts=texts)
        shown = [event for event, _ in on_page(found, page, _PER_PAGE)]
        opening = _opening(context, shown) if context.private else ()
        below = column(await self._below(context.scope, texts, [(group, event) for event in shown]))
        context.edit(html, (*opening, *below, *keys, *self._elsewhere(context)))

    def _elsewhere(self, context: Context) -> Keyboard:
        """Lead from the list to a month, one's own events, what took place and who came; organisers to what is theirs."""
        texts, group = context.texts, context.group
        aside = context.spoken.chat_id != group.chat_id
        looks = rows(
            (codes.MONTH.key(texts.label(say.MONTH), group, 0), codes.MINE.key(texts.label(say.MINE), group, 1)),
            (
                codes.PAST.key(texts.label(say.PAST), group, 1),
                codes.ATTENDANCE.key(texts.label(say.ATTENDANCE), group, 0, 1),
                codes.EXPORT.key(texts.label(say.EXPORT), group)
                if aside and context.standing.may(Right.EVENTS)
                else None,
            ),
        )
        mine = [one for one in self._shortcuts if context.standing.may(one.right) and (one.open or aside)]
        return (*looks, *column([RUN.key(texts.label(one.label), group, one.path) for one in mine], 2))


def on_page(found: Sequence[T], page: int, size: int) -> Sequence[T]:
    """Return what stands on a page of a list; a page that is not there means the nearest."""
    last = max(0, len(found) - 1) // size
    start = min(max(page - 1, 0), last) * size
    return found[start : start + size]


def _opening(context: Context, shown: Sequence[Event]) -> Keyboard:
    """Let those who talk in private open each card of a page there; in the group they are a tap on the title away."""
    texts, group = context.texts, context.group
    return column(codes.SHOW.key(say.event_label(texts, event), group, event.id) for event in shown)


def is_number(context: Context) -> bool:
    """Say whether a number follows ``/event``."""
    return read_number(context.args_text)[0] is not None


async def new_zone(scope: Scope, group: Group, texts: Texts) -> Html | None:
    """Say at what time the coming events begin now that the group's time zone is another."""
    found = [event for event, _ in await service.upcoming(scope.tx, group.id, scope.now)]
    return say.new_clock(texts, found) if found else None
