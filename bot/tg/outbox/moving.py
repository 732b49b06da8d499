"""A group becomes a supergroup: what waits for it goes where the group went."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from bot.tg import effects as fx
from bot.tg.outbox import outbox_store as store
from bot.tg.outbox.model import dropped

if TYPE_CHECKING:
    from datetime import datetime

    from bot.db.engine import Tx
    from bot.tg.outbox.model import Row


async def migrate_chat(tx: Tx, old: int, new: int, now: datetime) -> None:
    """Turn what waits for the chat ``old`` to ``new``; may be called again for the same pair.

    Message ids do not survive: what is bound to an old message is dropped (the sender tells whoever wanted its result), a
    reply becomes a plain message.
    """
    rows = await store.lock_chat(tx, old)
    kept = [(row.id, _turned(row.effect, new)) for row in rows if not _is_bound(row)]
    await store.redirect(tx, kept, new)
    gone = dropped(fx.Refusal.MESSAGE_GONE, "the group became a supergroup")
    for due in (True, False):
        lost = [(row.id, gone) for row in rows if _is_bound(row) and (row.on_result is not None) == due]
        await store.finish(tx, lost, now, due=due)


def _is_bound(row: Row) -> bool:
    return isinstance(getattr(row.effect, "message", None), int)


def _turned(effect: fx.AnyEffect, new: int) -> fx.AnyEffect:
    fields: dict[str, Any] = {"chat_id": new}
    if isinstance(getattr(effect, "reply_to", None), int):
        fields["reply_to"] = None
    turned: fx.AnyEffect = msgspec.structs.replace(effect, **fields)
    return turned
