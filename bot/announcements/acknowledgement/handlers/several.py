"""One announcement in several groups: whoever sent it is told and asked once, not once for each group."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.announcements.acknowledgement import service
from bot.announcements.acknowledgement.handlers import codes
from bot.announcements.acknowledgement.handlers.after import show_anew
from bot.announcements.acknowledgement.handlers.finding import words_of
from bot.announcements.acknowledgement.texts import answers as say_answers
from bot.announcements.acknowledgement.texts import several as say
from bot.announcements.handlers.desk import by_of
from bot.announcements.rules.announcement import Announcement, By
from bot.kernel.ids import UserId
from bot.members import service as members
from bot.tg import effects as fx
from bot.tg.access import Declined
from bot.tg.buttons import rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from telegram import Update

    from bot.announcements.handlers.desk import Desk
    from bot.announcements.handlers.posting import Posting
    from bot.i18n import Html, Texts
    from bot.tg.capability import Due
    from bot.tg.context import Context, Scope


@dataclass(frozen=True, slots=True)
class Several:
    """The handlers."""

    desk: Desk
    posting: Posting

    @staticmethod
    async def lines(scope: Scope, broadcast_id: int, texts: Texts) -> Sequence[Html]:
        """Say on the card of all of them how many have acknowledged it."""
        found = await service.sums(scope.tx, broadcast_id)
        return (say.so_far(texts, found, scope.now),) if found.groups else ()

    async def summed(self, scope: Scope, due: Due) -> None:
        """Tell of all groups together that the words have changed, or that the deadline has passed."""
        broadcast, _, what = due.key.partition(":")
        item = await service.one_of(scope.tx, int(broadcast), scope.now)
        group = scope.group(item.group_id) if item is not None else None
        if item is None or group is None:
            return
        found = await service.sums(scope.tx, int(broadcast))
        place, texts = await self.desk.place_for(scope, group, item)
        words = await words_of(scope, group, item, texts)
        if what == service.DEADLINE:
            await self.desk.tell(scope, group, place, say.deadline(texts, words, found))
        elif found.read:
            keys = rows(
                (
                    codes.AGAIN_ALL.key(say_answers.reopen_label(texts), group, int(broadcast)),
                    codes.KEEP_ALL.key(say_answers.keep_label(texts), group, int(broadcast)),
                )
            )
            await self.desk.tell(scope, group, place, say.ask_reopen(texts, words, found), keys)

    async def again(self, _update: Update, context: Context, broadcast_id: int) -> None:
        """Ask anew in all groups."""
        item = await self._own(context, broadcast_id)
        await service.begin_anew(context.tx, item, by_of(context), context.now)
        context.edit(say.reopened(context.texts))

    async def keep(self, _update: Update, context: Context, broadcast_id: int) -> None:
        """Let count what was acknowledged of the former words."""
        await self._own(context, broadcast_id)
        context.edit(say.kept(context.texts))

    async def anew(self, scope: Scope, due: Due) -> None:
        """Ask anew in some of the groups, and come again for the others."""
        broadcast, user, began = (int(part) for part in due.key.split(":"))
        by = By(UserId(user), await members.name_of(scope.tx, user))
        since = datetime.fromtimestamp(began, UTC)
        items = await service.some_anew(scope.tx, broadcast, by, since, scope.now)
        for item in items:
            group = scope.group(item.group_id)
            if group is not None:
                await show_anew(scope, self.posting, group, item, priority=fx.Priority.BROADCAST)
        if items:
            await service.go_on_anew(scope.tx, due.key, items[0].group_id, scope.now)

    @staticmethod
    async def _own(context: Context, broadcast_id: int) -> Announcement:
        """Return a copy of a broadcast that the speaker has sent: others have a say in their own group only.

        :raises Declined: if it is none of theirs.
        """
        item = await service.one_of(context.tx, broadcast_id, context.now)
        if item is None or item.manager_id != context.actor.user_id:
            raise Declined(say.not_yours(context.texts))
        return item
