"""Reminding those who have not done what an announcement asks: in private, else by name in the group; a few at a time."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from bot.announcements.rules.asked import Asked, Closed
from bot.announcements.rules.nudging import (
    APART,
    Go,
    Hold,
    Nobody,
    Outcome,
    Reminded,
    TooEarly,
    Underway,
    may_nudge,
    next_nudge,
)
from bot.announcements.rules.people import MENTIONS
from bot.announcements.rules.roll import Answer
from bot.announcements.rules.run import IN_PRIVATE, Run, State, length_of
from bot.announcements.service.book import NAME
from bot.announcements.service.common import record
from bot.announcements.service.feeding import Feed, Next, Source
from bot.announcements.store import waiting as store
from bot.kernel.ids import GroupId, UserId
from bot.members import service as members
from bot.timers import service as timers

if TYPE_CHECKING:
    from datetime import datetime

    from bot.announcements.rules.announcement import Announcement, By
    from bot.announcements.rules.people import Known
    from bot.announcements.rules.roll import Roll
    from bot.announcements.store.waiting import Kept
    from bot.db.engine import Tx
    from bot.kernel.groups import Group

Done = Callable[["Tx", int, Sequence[int]], Awaitable[Collection[int]]]
"""Says which of these people have done by now what an announcement asks."""
Save = Callable[["Tx", Any], Awaitable[None]]
"""Stores what is asked of an announcement's readers."""

_LOOKED_AT = 2 * IN_PRIVATE
"""So many people are looked at together for those who have not done it; more than are reached at once."""


@dataclass(frozen=True, slots=True)
class Waiting(Source):
    """Those whom a reminder is to reach, kept by name when it begins: first in private, then the others in the group.

    Who can be written to may change meanwhile. Who has ``done`` it, or has left, is passed over.
    """

    tables: Kept
    done: Done

    async def next(self, tx: Tx, run: Run) -> Next:
        """Return those who are next."""
        passed = 0
        while True:
            found = await store.first(tx, self.tables, run.post_id, _LOOKED_AT)
            in_private = bool(found) and found[0][1]
            here = [one for one, private in found if private is in_private]
            ids = [UserId(one.user_id) for one in here]
            over = {*await self.done(tx, run.post_id, ids), *await members.gone_among(tx, GroupId(run.group_id), ids)}
            await store.drop(tx, self.tables, run.post_id, over)
            passed += len(over)
            people = [one for one in here if one.user_id not in over][: IN_PRIVATE if in_private else MENTIONS]
            if people or not found:
                return Next(
                    people, len(found) - len(over) > len(people) or len(found) == _LOOKED_AT, in_private, passed
                )

    async def reached(self, tx: Tx, run: Run, user_id: int | None) -> None:
        """Take off whom the last message named, or the one who got it."""
        if user_id is None:
            await store.drop_named(tx, self.tables, run)
        else:
            await store.drop(tx, self.tables, run.post_id, [user_id])

    async def cut_off(self, tx: Tx, run: Run, user_id: int) -> None:
        """Let somebody be named in the group."""
        await store.name_in_group(tx, self.tables, run.post_id, user_id)

    async def left(self, tx: Tx, run: Run) -> tuple[int, timedelta]:
        """Return how many are still to be reminded, and how long that takes."""
        if run.state is State.DONE:
            return 0, timedelta()
        in_private, in_group = await store.count(tx, self.tables, run.post_id)
        return in_private + in_group, length_of(in_private, IN_PRIVATE) + length_of(in_group)


@dataclass(frozen=True, slots=True)
class Reminders:
    """The reminders of one part: ``timer`` is that of its plan, ``action`` what the audit calls one."""

    tables: Kept
    feeding: str
    timer: str
    action: str
    done: Done
    save: Save

    @property
    def feed(self) -> Feed:
        """What sends them."""
        return Feed(self.tables, self.feeding, Waiting(self.tables, self.done))

    async def remind(
        self,
        tx: Tx,
        group: Group,
        item: Announcement,
        found: tuple[Asked, Roll] | None,
        by: By | None,
        now: datetime,
    ) -> Outcome:
        """Begin a reminder and count it; ``by`` None: the plan wants it. The group must be locked.

        In quiet hours (R21) it is held until they end; what the plan wants too early waits as well, a manager is told. So it is
        while the former one still goes on.
        """
        if found is None:
            return Closed()
        asked, roll = found
        verdict = may_nudge(asked, group.quiet_until(now), now)
        if isinstance(verdict, Hold) or (isinstance(verdict, TooEarly) and by is None):
            await self.hold(tx, item.id, group.id, verdict.until)
        if not isinstance(verdict, Go):
            return verdict
        underway = await self._underway(tx, item.id, now)
        if underway is not None:
            if by is None:
                await self.hold(tx, item.id, group.id, underway.until)
            return underway
        waiting = [(one.who, one.answer is Answer.PENDING) for one in roll.waiting]
        if not waiting:
            return Nobody()
        after = replace(asked, nudged=asked.nudged + 1, nudged_at=now)
        await self.save(tx, after)
        await self.set_clock(tx, after, now)
        await record(tx, item, by, self.action, now, people=str(len(waiting)))
        await self._begin(tx, item, waiting, now)
        in_private = sum(private for _, private in waiting)
        return Reminded(after, in_private, len(waiting) - in_private)

    async def _underway(self, tx: Tx, post_id: int, now: datetime) -> Underway | None:
        run = await self.feed.run_of(tx, post_id)
        if run is None or run.state is not State.RUNNING:
            return None
        left, length = await self.feed.left(tx, run)
        return Underway(left, now + max(length, APART))

    async def _begin(self, tx: Tx, item: Announcement, waiting: Sequence[tuple[Known, bool]], now: datetime) -> None:
        await store.put(tx, self.tables, item.id, waiting)
        await self.feed.begin_again(tx, Run(item.id, item.group_id, known=len(waiting)), now)

    async def hold(self, tx: Tx, post_id: int, group_id: GroupId, until: datetime) -> None:
        """Remind then."""
        await timers.set_timer(tx, NAME, self.timer, str(post_id), until, group_id)

    async def set_clock(self, tx: Tx, asked: Asked, now: datetime) -> None:
        """Set when those are reminded next who have not done it."""
        at = next_nudge(asked, now)
        if at is None:
            await timers.cancel(tx, NAME, self.timer, str(asked.post_id))
        else:
            await self.hold(tx, asked.post_id, asked.group_id, at)

    async def stop(self, tx: Tx, asked: Asked) -> None:
        """Remind nobody any more of what was asked before."""
        await self.feed.stop(tx, asked.post_id, asked.group_id)
