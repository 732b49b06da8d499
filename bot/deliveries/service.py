"""Refusals, told in measure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.deliveries import rules, store

if TYPE_CHECKING:
    from datetime import datetime

    from bot.db.engine import Tx
    from bot.kernel.ids import GroupId


async def tell_refusal(tx: Tx, group_id: GroupId, text: str, now: datetime) -> bool:
    """Note a refusal; say whether it is to be told now."""
    what = text[:200]
    if not rules.may_tell(await store.told_at(tx, group_id, what), now):
        return False
    await store.tell(tx, group_id, what, now)
    return True
