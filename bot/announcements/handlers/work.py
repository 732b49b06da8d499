"""What commands, buttons and forms have in common: do it, show what came of it, or say why not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.announcements import service
from bot.announcements.handlers import codes
from bot.announcements.handlers.desk import by_of
from bot.announcements.handlers.reading import is_of_album
from bot.announcements.rules.acts import Act
from bot.announcements.rules.announcement import Announcement, State
from bot.announcements.rules.content import is_material
from bot.announcements.rules.outcomes import Done, Quiet, Refused
from bot.announcements.texts import card as say_card
from bot.announcements.texts import replies as say
from bot.tg.access import Declined
from bot.tg.buttons import rows

if TYPE_CHECKING:
    from datetime import datetime

    from telegram import Message

    from bot.announcements.handlers.desk import Desk
    from bot.announcements.handlers.posting import Posting
    from bot.announcements.rules.content import Content
    from bot.tg.context import Context


def done(context: Context, outcome: Done | Refused) -> Announcement:
    """Return what was changed.

    :raises Declined: with the reason, where nothing was.
    """
    if isinstance(outcome, Done):
        return outcome.item
    raise Declined(say.refused(context.texts, outcome))


@dataclass(frozen=True, slots=True)
class Work:
    """The jobs, with the desk on which their results are shown."""

    desk: Desk
    posting: Posting

    async def draft(self, context: Context, content: Content, message: Message | None = None) -> None:
        """Keep a draft and show its card."""
        item = done(context, await service.draft(context.tx, context.group.id, content, by_of(context), context.now))
        if content.kind is not None and is_of_album(message):
            context.reply(say.one_of_album(context.texts))
        await self.desk.hand_out(context, item)

    async def draft_for(self, context: Context, content: Content, at: datetime) -> None:
        """Keep a draft, set its time and show its card."""
        by, group = by_of(context), context.group
        drafted = done(context, await service.draft(context.tx, group.id, content, by, context.now))
        item = done(context, await service.schedule(context.tx, group.id, drafted.number, at, by, context.now))
        context.reply(say.scheduled(context.texts, item, say_card.quiet_note(context.texts, group, at)))
        await self.desk.hand_out(context, item)

    async def edit(self, context: Context, number: int, content: Content) -> None:
        """Change an announcement; a published one also in the group."""
        group = context.group
        former = await service.find(context.tx, group.id, number)
        item = done(context, await service.edit(context.tx, group.id, number, content, by_of(context), context.now))
        if item.state is State.PUBLISHED:
            material = isinstance(former, Announcement) and is_material(former.content, item.content)
            await self.posting.edit(context.scope, group, item)
            await self.posting.changed(context.scope, group, item, material=material)
            codes.changed(context.scope, item)
            context.reply(say.edited(context.texts, number))
        else:
            await self.desk.replace(context, item)

    async def schedule(self, context: Context, number: int, at: datetime) -> None:
        """Set the time."""
        group = context.group
        item = done(context, await service.schedule(context.tx, group.id, number, at, by_of(context), context.now))
        codes.changed(context.scope, item)
        context.reply(say.scheduled(context.texts, item, say_card.quiet_note(context.texts, group, at)))

    async def publish(
        self, context: Context, number: int, *, act: Act = Act.PUBLISH, in_quiet: bool = False
    ) -> Announcement | None:
        """Publish, or ask whether to disturb the quiet hours; returns what is on its way."""
        group = context.group
        outcome = await service.publish(
            context.tx, group, number, by_of(context), context.now, act=act, in_quiet=in_quiet
        )
        if isinstance(outcome, Quiet):
            self._ask_quiet(context, outcome)
            return None
        item = done(context, outcome)
        await self.posting.send_out(context.scope, group, item)
        codes.changed(context.scope, item)
        return item

    @staticmethod
    def _ask_quiet(context: Context, outcome: Quiet) -> None:
        number, texts = outcome.item.number, context.texts
        keys = rows(
            (
                codes.QUIET_NOW.key(say.quiet_now_button(texts), context.group, number),
                codes.QUIET_LATER.key(say.quiet_later_button(texts, outcome.until), context.group, number),
            )
        )
        context.reply(say.ask_quiet(texts, number, outcome.until), keys)

    async def cancel(self, context: Context, number: int) -> None:
        """Cancel or discard."""
        item = done(context, await service.cancel(context.tx, context.group.id, number, by_of(context), context.now))
        codes.changed(context.scope, item)
        context.toast(say.gone(context.texts, item))
