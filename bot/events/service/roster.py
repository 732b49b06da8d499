"""Reading who is on an event page by page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.events.rules import roster as rules
from bot.events.store import roster as store

if TYPE_CHECKING:
    from bot.db.engine import Tx
    from bot.events.rules.roster import Slice
    from bot.events.rules.signup import SignUp, Tally


async def page_of(tx: Tx, event_id: int, tally: Tally, page: int) -> list[tuple[Slice, list[SignUp]]]:
    """Return a page of the list, in its slices; a page that is not there means the nearest."""
    return [(one, await store.slice_of(tx, event_id, one)) for one in rules.slices(tally, page)]
