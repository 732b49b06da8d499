"""Who has read an announcement, of those who are known to be in the group."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from bot.announcements import service as core
from bot.announcements.acknowledgement import store
from bot.announcements.acknowledgement.rules.roll import roll
from bot.announcements.acknowledgement.rules.taps import Mark
from bot.announcements.acknowledgement.rules.wish import LONGEST
from bot.announcements.acknowledgement.service.journal import record
from bot.announcements.service.people import known_and_bots, known_people
from bot.kernel.ids import UserId

if TYPE_CHECKING:
    from datetime import datetime

    from bot.announcements.acknowledgement.rules.roll import Roll
    from bot.announcements.acknowledgement.rules.taps import Round
    from bot.announcements.rules.announcement import Announcement, By
    from bot.db.engine import Tx
    from bot.kernel.ids import GroupId

ReachableOf = Callable[["Tx", Sequence[UserId]], Awaitable[Collection[UserId]]]
"""Says which of these people the bot may write to in private."""
Marks = Mapping[int, Mark]
"""Acknowledgements by person."""
_AT_ONCE: Final = 5_000
"""So many people are asked about in one statement; databases take no more than some tens of thousands of values."""


async def marks_of(tx: Tx, post_id: int) -> tuple[Round, Marks] | None:
    """Return what is asked with a posted announcement, and who has acknowledged it; None where nothing ever was asked."""
    return await store.everybody(tx, post_id)


async def roll_of(
    tx: Tx, item: Announcement, marks: Marks, reachable_of: ReachableOf, total: int | None = None
) -> Roll:
    """Return who has read it, and who has not; ``total`` is how many members Telegram counts, bots among them."""
    people, bots = await known_and_bots(tx, item.group_id)
    silent = [UserId(one.user_id) for one in people if one.user_id not in marks]
    reached: set[int] = set()
    for start in range(0, len(silent), _AT_ONCE):
        reached.update(await reachable_of(tx, silent[start : start + _AT_ONCE]))
    return roll(people, marks, reached, item.author_id, total=None if total is None else total - bots)


async def waiting(tx: Tx, group_id: GroupId, now: datetime) -> int:
    """Count the group's announcements that somebody has still to acknowledge, before their deadline or within a month."""
    open_ones = await store.open_of(tx, group_id, now - LONGEST, now)
    if not open_ones:
        return 0
    people, found = await known_people(tx, group_id), 0
    for post_id, read in open_ones:
        if read < len(people) - 1:
            found += 1
            continue
        # Nearly everybody: who wrote it, and who has left, decides.
        item, there = await core.get(tx, post_id), await store.everybody(tx, post_id)
        if item is not None and there is not None:
            found += bool(roll(people, there[1], (), item.author_id).waiting)
    return found


async def note_export(tx: Tx, item: Announcement, by: By, people: int, now: datetime) -> None:
    """Write down that a list of names left the bot as a file."""
    await record(tx, item, by, "roll_exported", now, people=str(people))
