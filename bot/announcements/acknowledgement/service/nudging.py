"""Reminding those who have not acknowledged."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.announcements.acknowledgement import store
from bot.announcements.acknowledgement.rules.nudging import Nobody, Outcome, Reminded, Underway, may_nudge
from bot.announcements.acknowledgement.rules.roll import Answer
from bot.announcements.acknowledgement.rules.taps import Closed
from bot.announcements.acknowledgement.service import naming
from bot.announcements.acknowledgement.service.asking import hold_nudge, set_nudge
from bot.announcements.acknowledgement.service.journal import record
from bot.announcements.acknowledgement.service.status import roll_of
from bot.announcements.rules.nudging import APART, Go, Hold, TooEarly
from bot.announcements.rules.run import State

if TYPE_CHECKING:
    from datetime import datetime

    from bot.announcements.acknowledgement.service.status import ReachableOf
    from bot.announcements.rules.announcement import Announcement, By
    from bot.db.engine import Tx
    from bot.kernel.groups import Group


async def nudge(
    tx: Tx, group: Group, item: Announcement, reachable_of: ReachableOf, by: By | None, now: datetime
) -> Outcome:
    """Count a reminder and say whom it is for; ``by`` None: the plan wants it.

    In quiet hours (R21) it is held until they end; what the plan wants too early waits as well, a manager is told. So it is
    while the former one still names people in the group.
    """
    await tx.lock([group.id])
    there = await store.everybody(tx, item.id)
    if there is None:
        return Closed()
    asked, marks = there
    verdict = may_nudge(asked, group.quiet_until(now), now)
    if isinstance(verdict, Hold) or (isinstance(verdict, TooEarly) and by is None):
        await hold_nudge(tx, asked, verdict.until)
    if not isinstance(verdict, Go):
        return verdict
    run = await naming.FEED.run_of(tx, item.id)
    if run is not None and run.state is State.RUNNING:
        until = now + max(run.time_left, APART)
        if by is None:
            await hold_nudge(tx, asked, until)
        return Underway(run.left, until)
    found = await roll_of(tx, item, marks, reachable_of)
    if not found.waiting:
        return Nobody()
    after = replace(asked, nudged=asked.nudged + 1, nudged_at=now)
    await store.save(tx, after)
    await set_nudge(tx, after, now)
    await record(tx, item, by, "nudged", now, people=str(len(found.waiting)))
    in_group = tuple(one.who for one in found.of(Answer.UNREACHABLE))
    await naming.begin(tx, item, in_group, now)
    return Reminded(after, tuple(one.who for one in found.of(Answer.PENDING)), in_group)
