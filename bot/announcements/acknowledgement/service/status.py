"""Who has read an announcement, of those who are known to be in the group."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from bot.announcements import service as core
from bot.announcements.acknowledgement import store
from bot.announcements.acknowledgement.rules.taps import Mark
from bot.announcements.rules.plan import LONGEST
from bot.announcements.rules.roll import roll
from bot.announcements.service.common import record
from bot.announcements.service.people import known_people, read_roll

if TYPE_CHECKING:
    from datetime import datetime

    from bot.announcements.acknowledgement.rules.taps import Round
    from bot.announcements.rules.announcement import Announcement, By
    from bot.announcements.rules.roll import Roll
    from bot.announcements.service.people import ReachableOf
    from bot.db.engine import Tx
    from bot.kernel.ids import GroupId

Marks = Mapping[int, Mark]
"""Acknowledgements by person."""


async def marks_of(tx: Tx, post_id: int) -> tuple[Round, Marks] | None:
    """Return what is asked with a posted announcement, and who has acknowledged it; None where nothing ever was asked."""
    return await store.everybody(tx, post_id)


async def roll_of(
    tx: Tx, item: Announcement, marks: Marks, reachable_of: ReachableOf, total: int | None = None
) -> Roll:
    """Return who has read it, and who has not; ``total`` is how many members Telegram counts, bots among them."""
    given = {user_id: mark.given for user_id, mark in marks.items()}
    # The author knows what they wrote.
    return await read_roll(tx, item.group_id, given, reachable_of, spared=item.author_id, total=total)


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
            given = {user_id: mark.given for user_id, mark in there[1].items()}
            found += bool(roll(people, given, (), spared=item.author_id).waiting)
    return found


async def note_export(tx: Tx, item: Announcement, by: By, people: int, now: datetime) -> None:
    """Write down that a list of names left the bot as a file."""
    await record(tx, item, by, "roll_exported", now, people=str(people))
