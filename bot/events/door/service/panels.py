"""The panels at the door: what each shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.events import store as core
from bot.events.door import store
from bot.events.door.rules.line import search_key
from bot.events.door.rules.panel import PER_PAGE, Look, Panel, View, nearest, page_count

if TYPE_CHECKING:
    from bot.db.engine import Tx
    from bot.events.door.rules.checkin import Guest
    from bot.events.rules.signup import Tally
    from bot.kernel.ids import ChatId, GroupId


async def open_panel(tx: Tx, group_id: GroupId, event_id: int, chat_id: ChatId) -> tuple[Panel, list[int]]:
    """Open a panel in a chat; also return the ids of those it takes the place of."""
    await tx.lock((group_id,))
    return await store.open_panel(tx, event_id, chat_id)


async def get(tx: Tx, group_id: GroupId, panel_id: int) -> Panel | None:
    """Return a panel about an event of this group."""
    if not 0 < panel_id < 2**31:
        return None
    found = await store.panel(tx, panel_id)
    return found if found is not None and await core.by_id(tx, group_id, found.event_id) is not None else None


async def of_event(tx: Tx, event_id: int) -> list[int]:
    """Return the ids of the panels that are open for an event."""
    return await store.panels_of(tx, event_id)


async def look_at(tx: Tx, panel: Panel, look: Look) -> Panel:
    """Let a panel show something else."""
    return await store.look_at(tx, panel, look)


async def view(tx: Tx, group_id: GroupId, panel_id: int) -> View | None:
    """Return what a panel shows now; None if it is closed."""
    found = await store.panel(tx, panel_id)
    about = await core.by_id(tx, group_id, found.event_id) if found is not None else None
    if found is None or about is None:
        return None
    (event, tally), look = about, found.look
    lines, total = await _lines(tx, event.id, tally, look)
    door, count = await store.door(tx, event.id), await store.count(tx, event.id)
    return View(event, tally, door, count, look, lines, total, nearest(total, look.page), page_count(total))


async def found_by(tx: Tx, event_id: int, search: str) -> int:
    """Return how many people a search finds."""
    return len(await _matching(tx, event_id, Look(search=search)))


async def _lines(tx: Tx, event_id: int, tally: Tally, look: Look) -> tuple[list[Guest], int]:
    """Return the page that is looked at, and how many lines there are; without a search nothing else is read."""
    if look.search is not None:
        matching = await _matching(tx, event_id, look)
        begin = (nearest(len(matching), look.page) - 1) * PER_PAGE
        return matching[begin : begin + PER_PAGE], len(matching)
    total = tally.parties
    if look.others:
        total = len(await store.names(tx, event_id, look.states))
    begin = (nearest(total, look.page) - 1) * PER_PAGE
    return await store.lines(tx, event_id, look.states, begin, PER_PAGE), total


async def _matching(tx: Tx, event_id: int, look: Look) -> list[Guest]:
    """Return whom a search finds, by their own name or by that of a guest they bring."""
    key, parties = search_key(look.search or ""), await store.parties(tx, event_id, look.states)
    who = [user_id for user_id, names in parties if any(key in search_key(name) for name in names)]
    return await store.some(tx, event_id, look.states, who)
