"""Who has read an announcement, of those who are known to be in the group."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from bot.announcements.acknowledgement import store
from bot.announcements.acknowledgement.rules.roll import roll
from bot.announcements.acknowledgement.rules.taps import Mark
from bot.announcements.acknowledgement.service.journal import record
from bot.announcements.service.people import known_people
from bot.kernel.ids import UserId

if TYPE_CHECKING:
    from datetime import datetime

    from bot.announcements.acknowledgement.rules.roll import Roll
    from bot.announcements.acknowledgement.rules.taps import Round
    from bot.announcements.rules.announcement import Announcement, By
    from bot.db.engine import Tx
    from bot.members.rules import Counts

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
    tx: Tx, item: Announcement, marks: Marks, reachable_of: ReachableOf, counts: Counts | None = None
) -> Roll:
    """Return who has read it, and who has not."""
    people = await known_people(tx, item.group_id)
    silent = [UserId(one.user_id) for one in people if one.user_id not in marks]
    reached: set[int] = set()
    for start in range(0, len(silent), _AT_ONCE):
        reached.update(await reachable_of(tx, silent[start : start + _AT_ONCE]))
    total = None if counts is None or counts.total is None else counts.total - counts.bots
    return roll(people, marks, reached, item.author_id, total=total)


async def note_export(tx: Tx, item: Announcement, by: By, people: int, now: datetime) -> None:
    """Write down that a list of names left the bot as a file."""
    await record(tx, item, by, "roll_exported", now, people=str(people))
