"""Open fates and refusals: looked up, settled, told in measure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.deliveries import rules, store
from bot.tg.outbox import outbox_store, troubles_store

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.db.engine import Tx
    from bot.kernel.ids import GroupId
    from bot.tg.outbox.troubles_store import Trouble

LIST_LIMIT = 50
"""Troubles shown at once; the count of the rest is said."""


async def tell_refusal(tx: Tx, group_id: GroupId, text: str, now: datetime) -> bool:
    """Note a refusal; say whether it is to be told now."""
    what = text[:200]
    if not rules.may_tell(await store.told_at(tx, group_id, what), now):
        return False
    await store.tell(tx, group_id, what, now)
    return True


async def overview(tx: Tx, group_id: GroupId) -> tuple[Sequence[Trouble], int]:
    """Return what nobody has settled yet, and how many effects still wait."""
    return await troubles_store.troubles(tx, group_id, LIST_LIMIT), await troubles_store.waiting(tx, group_id)


async def settle(tx: Tx, effect_id: int, group_id: int | None, chat_id: int, now: datetime) -> Trouble | None:
    """A manager has looked: return what it was about.

    None if somebody was quicker, or if it belongs to another group (without a group: to another private chat).
    """
    found = await troubles_store.trouble(tx, effect_id)
    if found is None or (found.chat_id != chat_id if group_id is None else found.group_id != group_id):
        return None
    return found if await outbox_store.dismiss(tx, effect_id, now) else None
