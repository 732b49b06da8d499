"""The list of announcements: what is to be done first, and by state in pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.announcements import service
from bot.announcements.handlers import codes
from bot.announcements.handlers.desk import PURPOSE
from bot.announcements.handlers.shaping import as_told
from bot.announcements.rules.shelves import ON, Shelf
from bot.announcements.texts import lists as say
from bot.tg.aside import step_aside
from bot.tg.buttons import column
from bot.tg.pages import paged, turning

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.announcements.rules.announcement import Announcement
    from bot.i18n import Html, Texts
    from bot.kernel.groups import Group
    from bot.tg import effects as fx
    from bot.tg.context import Context

PER_PAGE = 8


async def hand_list(context: Context, page: int, shelf: Shelf | None = None) -> None:
    """Show the list where managers read."""
    await step_aside(context, PURPOSE)
    context.reply(*await list_page(context, page, shelf))


async def list_page(context: Context, page: int, shelf: Shelf | None = None) -> tuple[Html, fx.Keyboard]:
    """Return a page of the list, with a button for each announcement on it and one for each state there is."""
    counts = await service.shelves(context.tx, context.group.id)
    if not counts:
        return say.list_empty(context.texts, context.group), ()
    if shelf is None:
        return await _board_page(context, page, counts)
    return await _shelf_page(context, page, shelf, counts)


async def _board_page(context: Context, page: int, counts: Mapping[Shelf, int]) -> tuple[Html, fx.Keyboard]:
    group, texts = context.group, context.texts
    items = await service.board(context.tx, group.id)
    if not items:
        return say.nothing_open(texts, group), _shelves(texts, group, counts, None, every=True)
    page = min(max(page, 1), -(-len(items) // PER_PAGE))
    lines = [say.list_line(texts, await as_told(context.scope, group, item)) for item in items]
    html, turns = paged(say.list_title(texts, group), lines, page, PER_PAGE, codes.LIST, group, texts=texts)
    here = items[(page - 1) * PER_PAGE : page * PER_PAGE]
    return html, (*_numbers(group, here), *turns, *_shelves(texts, group, counts, None))


async def _shelf_page(
    context: Context, page: int, shelf: Shelf, counts: Mapping[Shelf, int]
) -> tuple[Html, fx.Keyboard]:
    group, texts = context.group, context.texts
    others = _shelves(texts, group, counts, shelf)
    pages = -(-counts.get(shelf, 0) // PER_PAGE)
    if not pages:
        return say.shelf_empty(texts, group, shelf), others
    page = min(max(page, 1), pages)
    items = await service.on_shelf(context.tx, group.id, shelf, page, PER_PAGE)
    lines = [say.list_line(texts, await as_told(context.scope, group, item)) for item in items]
    html, _ = paged(say.shelf_title(texts, group, shelf), lines, 1, PER_PAGE, codes.LIST, group, texts=texts)
    turns = turning(page, pages, codes.SHELF, group, shelf.value, texts=texts)
    return html, (*_numbers(group, items), *turns, *others)


def _numbers(group: Group, items: Sequence[Announcement]) -> fx.Keyboard:
    return column([codes.SHOW.key(f"#{item.number}", group, item.number) for item in items], 4)


def _shelves(
    texts: Texts, group: Group, counts: Mapping[Shelf, int], here: Shelf | None, *, every: bool = False
) -> fx.Keyboard:
    """Return a button for each state of which there is something; with only one, all of it on the page, there is none to choose."""
    if len(counts) < 2 and here is None and not every:
        return ()
    keys = [
        codes.SHELF.key(say.shelf_label(texts, shelf, counts[shelf]), group, shelf.value, 1)
        for shelf in ON
        if shelf in counts and shelf is not here
    ]
    back = [codes.LIST.key(say.all_label(texts), group, 1)] if here is not None else []
    return column([*back, *keys], 2)
