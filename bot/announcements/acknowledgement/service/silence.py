"""Silence past the deadline, put before the managers one person at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.announcements.acknowledgement import store
from bot.announcements.acknowledgement.rules.silence import Decision, proposed
from bot.announcements.service.common import record

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from bot.announcements.acknowledgement.rules.silence import Missed
    from bot.announcements.rules.announcement import Announcement, By
    from bot.announcements.rules.roll import Roll
    from bot.db.engine import Tx


async def put_before_managers(tx: Tx, post_id: int, found: Roll) -> list[Missed]:
    """Keep whose silence is to be decided about, and return them."""
    await store.put_missed(tx, post_id, proposed(found))
    return await store.missed_of(tx, post_id)


async def missed_of(tx: Tx, post_id: int) -> tuple[list[Missed], Collection[int]]:
    """Return whose silence was put before the managers, in order, and who has acknowledged it since."""
    missed = await store.missed_of(tx, post_id)
    return missed, await store.done_among(tx, post_id, [one.user_id for one in missed])


async def undecided(tx: Tx, post_id: int) -> int:
    """Return about how many of them nothing is decided yet."""
    return await store.count_open(tx, post_id)


async def missed_one(tx: Tx, item: Announcement, user_id: int) -> Missed | None:
    """Return one of them, about whom nobody else decides until the end of the transaction; None if they are not among them."""
    await tx.lock([item.group_id])
    return await store.missed_one(tx, item.id, user_id)


async def decide(tx: Tx, item: Announcement, one: Missed, decision: Decision, by: By, now: datetime) -> None:
    """Note what was decided about somebody of whom :func:`missed_one` says that nothing is decided yet."""
    await store.decide(tx, item.id, one.user_id, decision, by.name, now)
    if decision is Decision.WAIVED:
        await record(tx, item, by, "silence_waived", now, name=one.name)
