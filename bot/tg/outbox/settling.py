"""What did not go out as it should: looked up, and settled by a manager who has looked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.tg.outbox import outbox_store, troubles_store

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from bot.db.engine import Tx
    from bot.kernel.ids import GroupId
    from bot.tg.outbox.troubles import Trouble


@dataclass(frozen=True, slots=True)
class Overview:
    """One page of what nobody has settled yet; ``count`` is all of it, ``waiting`` how many effects still wait."""

    found: Sequence[Trouble]
    page: int
    pages: int
    count: int
    waiting: int


async def overview(
    tx: Tx, group_id: GroupId, page: int, per_page: int, left_out: Collection[tuple[str, str]]
) -> Overview:
    """Return a page of what nobody has settled yet, but for the kinds of results left out; the nearest that exists."""
    count, waiting = await troubles_store.counts(tx, group_id, left_out)
    pages = max(1, -(-count // per_page))
    page = min(max(page, 1), pages)
    found = await troubles_store.troubles(tx, group_id, per_page, (page - 1) * per_page, left_out) if count else ()
    return Overview(found, page, pages, count, waiting)


async def settle(tx: Tx, effect_id: int, group_id: int | None, chat_id: int, now: datetime) -> Trouble | None:
    """Settle one: return what it was about.

    None if somebody was quicker, or if it belongs to another group. What belongs to none (it is private, or was said before
    the group was known) is told by its chat.
    """
    found = await troubles_store.trouble(tx, effect_id)
    if found is None or (found.chat_id != chat_id if found.group_id is None else found.group_id != group_id):
        return None
    return found if await outbox_store.dismiss(tx, effect_id, now) else None
