"""A tap on the button: few statements, for many come at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.announcements import service as core
from bot.announcements.acknowledgement import store
from bot.announcements.acknowledgement.rules import taps as rules
from bot.announcements.acknowledgement.rules.taps import Noted, TakenBack
from bot.announcements.acknowledgement.service.asking import begin
from bot.announcements.rules.announcement import State
from bot.announcements.rules.asked import Closed
from bot.announcements.store.runs import clean

if TYPE_CHECKING:
    from datetime import datetime

    from bot.announcements.acknowledgement.rules.taps import Mark, Outcome, Round
    from bot.db.engine import Tx
    from bot.kernel.ids import GroupId

_STANDS: Final = frozenset({State.PUBLISHING, State.UNCERTAIN, State.PUBLISHED})
"""Whoever taps the button sees it, whatever Telegram has told the bot so far."""


async def tap(tx: Tx, group_id: GroupId, post_id: int, user_id: int, name: str, now: datetime) -> Outcome:
    """Note that somebody has read an announcement, or take that back."""
    found = await store.face(tx, post_id, user_id) or await _begun(tx, post_id, now)
    if found is None or found[0].group_id != group_id:
        return Closed()
    asked, earlier = found
    outcome = rules.tap(asked, earlier, user_id, clean(name), now)
    if isinstance(outcome, Noted):
        await store.put_mark(tx, asked, outcome.mark)
    elif isinstance(outcome, TakenBack):
        await store.drop_mark(tx, asked, user_id)
    return outcome


async def _begun(tx: Tx, post_id: int, now: datetime) -> tuple[Round, Mark | None] | None:
    """Begin to ask where somebody was faster than Telegram's word that it is posted."""
    item = await core.get(tx, post_id)
    asked = await begin(tx, item, now) if item is not None and item.state in _STANDS else None
    return None if asked is None else (asked, None)
