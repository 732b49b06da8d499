"""One page of who is on an event."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import Integer, bindparam, select

from bot.events.rules.signup import SignUpState
from bot.events.store.rows import signup_of
from bot.events.store.tables import signups

if TYPE_CHECKING:
    from sqlalchemy import Select

    from bot.db.engine import Tx
    from bot.events.rules.roster import Slice
    from bot.events.rules.signup import SignUp

_SLICE: Select[Any] = (
    select(signups)
    .where(signups.c.event_id == bindparam("event"), signups.c.state == bindparam("state"))
    .limit(bindparam("most", type_=Integer))
    .offset(bindparam("skip", type_=Integer))
)
_AS_THEY_CAME = _SLICE.order_by(signups.c.turn)
"""In the order of the index: nothing is sorted, and nobody beyond the slice is read."""
_IN_LINE = _SLICE.order_by(signups.c.rank, signups.c.turn)


async def slice_of(tx: Tx, event_id: int, wanted: Slice) -> list[SignUp]:
    """Return a slice of those who stand so, in their order."""
    query = _AS_THEY_CAME if wanted.state is SignUpState.GOING else _IN_LINE
    params = {"event": event_id, "state": wanted.state.value, "most": wanted.most, "skip": wanted.skip}
    return [signup_of(row) for row in (await tx.execute(query, params)).mappings()]
