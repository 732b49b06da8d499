"""What did not go out as it should, for managers to look at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, func, not_, or_, select, tuple_

from bot.tg import effects as fx
from bot.tg.outbox.outbox_store import outbox
from bot.tg.outbox.troubles import Trouble

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy import ColumnElement

    from bot.db.engine import Tx


async def troubles(
    tx: Tx, group_id: int, limit: int, offset: int = 0, left_out: Collection[tuple[str, str]] = ()
) -> list[Trouble]:
    """Return what nobody has looked at yet, the newest first: uncertain messages, and refused ones nobody was told of.

    ``left_out`` are the kinds of results (capability, kind) whose capabilities settle their uncertain messages themselves:
    settled here as well, one could be posted twice.
    """
    query = _TROUBLES.where(outbox.c.group_id == group_id, _unseen(left_out)).order_by(outbox.c.id.desc())
    return [_trouble(row) for row in await tx.execute(query.limit(limit).offset(offset))]


async def counts(tx: Tx, group_id: int, left_out: Collection[tuple[str, str]] = ()) -> tuple[int, int]:
    """Return how many messages nobody has looked at yet, and how many effects of the group still wait to be sent."""
    unseen = func.count().filter(outbox.c.chat_id.is_not(None), _unseen(left_out)).label("unseen")
    waiting = func.count().filter(outbox.c.state.in_(["waiting", "claimed"])).label("waiting")
    found = (await tx.execute(select(unseen, waiting).where(outbox.c.group_id == group_id))).one()
    return int(found.unseen), int(found.waiting)


def _unseen(left_out: Collection[tuple[str, str]]) -> ColumnElement[bool]:
    refused = and_(outbox.c.state == "failed", outbox.c.is_send, outbox.c.capability.is_(None))
    theirs = tuple_(outbox.c.capability, outbox.c.result_kind).in_(list(left_out))
    return and_(or_(outbox.c.state == "uncertain", refused), or_(outbox.c.capability.is_(None), not_(theirs)))


async def trouble(tx: Tx, effect_id: int) -> Trouble | None:
    """Return one of them, unless it is settled."""
    unseen = outbox.c.state.in_(["uncertain", "failed"])
    row = (await tx.execute(_TROUBLES.where(outbox.c.id == effect_id, unseen))).one_or_none()
    return None if row is None else _trouble(row)


_TROUBLES = select(
    outbox.c.id,
    outbox.c.chat_id,
    outbox.c.group_id,
    outbox.c.state,
    outbox.c.body,
    outbox.c.error,
    outbox.c.done_at,
).where(outbox.c.chat_id.is_not(None))


def _trouble(row: Any) -> Trouble:
    uncertain = row.state == "uncertain"
    effect = fx.decode(row.body)
    return Trouble(row.id, row.chat_id, row.group_id, uncertain, effect, row.error or "", row.done_at)
