"""What did not go out as it should: looked up, and settled by a manager who has looked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.tg.outbox import outbox_store, troubles_store

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from bot.db.engine import Tx
    from bot.kernel.ids import GroupId
    from bot.tg.outbox.troubles import Trouble


async def overview(
    tx: Tx, group_id: GroupId, limit: int, left_out: Collection[tuple[str, str]]
) -> tuple[Sequence[Trouble], int]:
    """Return what nobody has settled yet, but for the kinds of results left out, and how many effects still wait."""
    found = await troubles_store.troubles(tx, group_id, limit, left_out)
    return found, await troubles_store.waiting(tx, group_id)


async def settle(tx: Tx, effect_id: int, group_id: int | None, chat_id: int, now: datetime) -> Trouble | None:
    """Settle one: return what it was about.

    None if somebody was quicker, or if it belongs to another group. What belongs to none (it is private, or was said before
    the group was known) is told by its chat.
    """
    found = await troubles_store.trouble(tx, effect_id)
    if found is None or (found.chat_id != chat_id if found.group_id is None else found.group_id != group_id):
        return None
    return found if await outbox_store.dismiss(tx, effect_id, now) else None
