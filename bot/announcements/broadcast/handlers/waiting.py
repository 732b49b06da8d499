"""What waits with its announcement: begun when that is posted, dropped when it is not, and shown on its card."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.announcements.broadcast.handlers import codes
from bot.announcements.broadcast.handlers.choosing import done
from bot.announcements.broadcast.rules.life import Act, State, Unknown
from bot.announcements.broadcast.service import steps, waiting
from bot.announcements.broadcast.texts import page as say_page
from bot.announcements.broadcast.texts import waiting as say
from bot.announcements.broadcast.texts import words
from bot.announcements.handlers import codes as core_codes
from bot.announcements.handlers.desk import by_of
from bot.announcements.rules.announcement import Announcement
from bot.announcements.rules.announcement import State as Post
from bot.announcements.service import find
from bot.tg.access import Declined

if TYPE_CHECKING:
    from collections.abc import Sequence

    from telegram import Update

    from bot.announcements.broadcast.handlers.feeding import Feeder
    from bot.i18n import Html, Texts
    from bot.kernel.groups import Group
    from bot.tg.context import Context, Scope
    from bot.tg.effects import Key

_LOOKED_UP = "what waits with it"


@dataclass(frozen=True, slots=True)
class Waiting:
    """The hooks, with the feeder that sends what begins."""

    feeder: Feeder

    async def ended(self, scope: Scope, group: Group, item: Announcement) -> None:
        """Begin what waits with an announcement that is posted now, or of which somebody has said that it is."""
        await self.feeder.ended(scope, group, item)
        if item.state is not Post.PUBLISHED:
            return
        for broadcast in await waiting.posted(scope.tx, item, scope.now):
            scope.cards.changed(codes.CARD, str(broadcast.id))
            place, _texts = await self.feeder.desk.place_of_manager(scope, group, broadcast.user_id)
            await scope.cards.post(codes.CARD, str(broadcast.id), group, place.chat_id, thread_id=place.thread_id)

    @staticmethod
    async def occurred(scope: Scope, _group: Group, pattern: Announcement, item: Announcement) -> None:
        """Let what goes along with every date wait with the announcement of this one."""
        await waiting.occurred(scope.tx, pattern, item, scope.now)

    @staticmethod
    async def put_away(scope: Scope, _group: Group, item: Announcement) -> None:
        """Drop what waits with an announcement that does not go out."""
        for broadcast in await waiting.put_away(scope.tx, item, scope.now):
            scope.cards.changed(codes.CARD, str(broadcast.id))

    @staticmethod
    async def withdrawn(scope: Scope, group: Group, item: Announcement) -> None:
        """Drop what goes along with the dates of an announcement that was taken back."""
        if item.recurring_id is not None:
            await Waiting.put_away(scope, group, item)

    async def leave(self, _update: Update, context: Context, broadcast_id: int) -> None:
        """Leave the other groups out: whoever may publish here may."""
        found = await steps.find(context.tx, context.group.id, broadcast_id)
        if isinstance(found, Unknown):
            raise Declined(say_page.refused(context.texts, found, Act.DROP))
        dropped = done(context, await steps.step(context.tx, found, Act.DROP, by_of(context), context.now), Act.DROP)
        item = await find(context.tx, context.group.id, dropped.number)
        if isinstance(item, Announcement):
            core_codes.changed(context.scope, item)
        context.scope.cards.changed(codes.CARD, str(dropped.id))
        context.toast(str(say_page.dropped(context.texts, dropped.number).striptags()))


async def lines(scope: Scope, _group: Group, item: Announcement, texts: Texts) -> Sequence[Html]:
    """Say on the managers' card to how many groups it goes as well, or that it does not."""
    found = scope.tx.memo[_LOOKED_UP, item.id] = await waiting.beside(scope.tx, item)
    return [line for broadcast, groups in found if (line := say.beside(texts, item, broadcast, groups)) is not None]


async def keys(scope: Scope, group: Group, item: Announcement, texts: Texts) -> Sequence[Key]:
    """Offer to leave the other groups out; the lines of the same card have looked up what there is."""
    found = scope.tx.memo.pop((_LOOKED_UP, item.id), None)
    if found is None:
        found = await waiting.beside(scope.tx, item)
    return [
        codes.LEAVE.key(texts.label(words.LEAVE), group, broadcast.id)
        for broadcast, _ in found
        if broadcast.state in {State.WAITING, State.EACH}
    ]
