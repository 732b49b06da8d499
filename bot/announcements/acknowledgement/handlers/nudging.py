"""Reminding those who have not read it: by button, and by the plan."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.announcements import service as core
from bot.announcements.acknowledgement import service
from bot.announcements.acknowledgement.handlers import codes
from bot.announcements.acknowledgement.handlers.finding import asked
from bot.announcements.acknowledgement.rules.nudging import Reminded
from bot.announcements.acknowledgement.texts import answers as say
from bot.announcements.acknowledgement.texts import words
from bot.announcements.handlers.desk import by_of
from bot.announcements.handlers.shaping import as_read, time_of
from bot.announcements.rules.announcement import State, link_to
from bot.announcements.rules.nudging import stale_at
from bot.announcements.texts.words import excerpt
from bot.kernel.ids import UserId
from bot.members import service as members
from bot.tg import effects as fx
from bot.tg.buttons import rows

if TYPE_CHECKING:
    from telegram import Update

    from bot.announcements.acknowledgement.service import ReachableOf
    from bot.announcements.rules.announcement import Announcement
    from bot.kernel.groups import Group
    from bot.tg.capability import Due
    from bot.tg.context import Context, Scope


@dataclass(frozen=True, slots=True)
class Nudging:
    """The button and the timer."""

    reachable_of: ReachableOf

    async def remind(self, _update: Update, context: Context, number: int) -> None:
        """Remind them now, if that may be, and say what came of it."""
        item, *_ = await asked(context, number)
        context.toast_empty()
        outcome = await service.nudge(context.tx, context.group, item, self.reachable_of, by_of(context), context.now)
        if isinstance(outcome, Reminded):
            await self._send(context.scope, context.group, item, outcome)
        context.reply(say.nudged(context.texts, outcome))

    async def due(self, scope: Scope, due: Due) -> None:
        """Remind them because the plan, or a manager before the quiet hours, wanted it."""
        item = await core.get(scope.tx, int(due.key))
        group = scope.group(item.group_id) if item is not None else None
        if item is None or group is None or not group.active or item.state is not State.PUBLISHED:
            return
        outcome = await service.nudge(scope.tx, group, item, self.reachable_of, None, scope.now)
        if isinstance(outcome, Reminded):
            await self._send(scope, group, item, outcome)

    @staticmethod
    async def _send(scope: Scope, group: Group, item: Announcement, outcome: Reminded) -> None:
        latest = stale_at(group, scope.now)
        await members.learn_languages(scope.tx, [one.user_id for one in outcome.in_private])
        link, content = link_to(item), await as_read(scope, group, item.content, time_of(item, scope.now))
        for one in outcome.in_private:
            texts = await scope.texts_of(UserId(one.user_id), group)
            opened = fx.Key(say.open_label(texts), url=link) if link is not None else None
            keys = rows((codes.READ.key(words.read_label(texts, 0), group, item.id),), (opened,))
            said = say.in_private(texts, group.title, excerpt(texts, content))
            scope.effects.put(
                fx.SendMessage(one.user_id, str(said), keys, protect=item.content.protected),
                priority=fx.Priority.BROADCAST,
                expires=latest,
                group_id=group.id,
            )
