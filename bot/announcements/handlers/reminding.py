"""Reminding those who have not done what an announcement asks: by button, and by the plan."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.announcements import service as core
from bot.announcements.handlers import codes
from bot.announcements.handlers.aside import numbered
from bot.announcements.handlers.desk import by_of
from bot.announcements.rules.announcement import State
from bot.announcements.rules.asked import Closed
from bot.announcements.rules.nudging import Reminded
from bot.announcements.texts import reminding as say
from bot.tg.access import Declined

if TYPE_CHECKING:
    from datetime import datetime

    from telegram import Update

    from bot.announcements.rules.announcement import Announcement, By
    from bot.announcements.rules.asked import Asked
    from bot.announcements.rules.nudging import Outcome
    from bot.announcements.service.feeding import Feed
    from bot.db.engine import Tx
    from bot.i18n import Html, Texts
    from bot.kernel.groups import Group
    from bot.tg.capability import Due
    from bot.tg.context import Context, Scope

Nudge = Callable[["Tx", "Group", "Announcement", "By | None", "datetime"], Awaitable["Outcome"]]
"""Begins a reminder, if that may be; ``by`` None: the plan wants it."""


@dataclass(frozen=True, slots=True)
class Reminding:
    """The button and the timer; ``unasked`` says why nobody is asked with an announcement what they would be reminded of."""

    nudge: Nudge
    say: Callable[[Texts, Outcome], Html]
    unasked: Callable[[Texts, Announcement], Html]

    async def remind(self, _update: Update, context: Context, number: int) -> None:
        """Remind them now, if that may be, and say what came of it.

        :raises Declined: if there is no such announcement, or nothing is asked.
        """
        item = await numbered(context, number)
        outcome = await self._nudge(context.scope, context.group, item, by_of(context))
        if isinstance(outcome, Closed):
            raise Declined(self.unasked(context.texts, item))
        context.toast_empty()
        context.reply(self.say(context.texts, outcome))

    async def due(self, scope: Scope, due: Due) -> None:
        """Remind them because the plan, or a manager before the quiet hours, wanted it."""
        item = await core.get(scope.tx, int(due.key))
        group = scope.group(item.group_id) if item is not None else None
        if item is not None and group is not None and group.active and item.state is State.PUBLISHED:
            await self._nudge(scope, group, item, None)

    async def _nudge(self, scope: Scope, group: Group, item: Announcement, by: By | None) -> Outcome:
        await scope.tx.lock([group.id])
        outcome = await self.nudge(scope.tx, group, item, by, scope.now)
        if isinstance(outcome, Reminded):
            codes.changed(scope, item)
        return outcome


async def run_lines(scope: Scope, feed: Feed, item: Announcement, asked: Asked, texts: Texts) -> list[Html]:
    """Say on the managers' card how far the last reminder is."""
    run = await feed.run_of(scope.tx, item.id) if asked.nudged else None
    return [] if run is None else say.run_lines(texts, run, await feed.left(scope.tx, run), item)
