"""Who has read an announcement, of those who are known to be in the group."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.announcements import service as core
from bot.announcements.acknowledgement import store
from bot.announcements.rules.plan import LONGEST
from bot.announcements.rules.roll import roll
from bot.announcements.service.common import record
from bot.announcements.service.people import known_people, read_roll

if TYPE_CHECKING:
    from datetime import datetime

    from bot.announcements.acknowledgement.rules.taps import Round
    from bot.announcements.rules.announcement import Announcement, By
    from bot.announcements.rules.roll import Roll
    from bot.announcements.service.people import Reach
    from bot.db.engine import Tx
    from bot.kernel.ids import GroupId


async def roll_of(tx: Tx, item: Announcement, reach: Reach, total: int | None = None) -> tuple[Round, Roll] | None:
    """Return what is asked with an announcement, and who has read it and who has not; None where nothing ever was asked.

    ``total`` is how many members Telegram counts, bots among them. The author knows what they wrote.
    """
    asked, answers = store.asked(item.id), store.answers(item.id)
    found = await read_roll(tx, asked, answers, reach, spared=item.author_id, total=total)
    return None if found is None else (store.round_of(found[0]), found[1])


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
