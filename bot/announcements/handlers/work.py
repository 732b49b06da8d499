"""What commands, buttons and forms have in common: do it, show what came of it, or say why not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.announcements import service
from bot.announcements.handlers import codes
from bot.announcements.handlers.desk import as_effect, by_of
from bot.announcements.handlers.reading import is_of_album
from bot.announcements.rules import Act, Announcement, Done, Quiet, Refused, State
from bot.announcements.texts import card as say_card
from bot.announcements.texts import replies as say
from bot.tg import effects as fx
from bot.tg.access import Declined
from bot.tg.buttons import rows

if TYPE_CHECKING:
    from datetime import datetime

    from telegram import Message

    from bot.announcements.handlers.desk import Desk
    from bot.announcements.rules import Content
    from bot.kernel.groups import Group
    from bot.tg.context import Context, Scope


def done(context: Context, outcome: Done | Refused) -> Announcement:
    """Return what was changed.

    :raises Declined: with the reason, where nothing was.
    """
    if isinstance(outcome, Done):
        return outcome.item
    raise Declined(say.refused(context.texts, outcome))


def send_out(scope: Scope, group: Group, item: Announcement, priority: fx.Priority = fx.Priority.NORMAL) -> None:
    """Post an announcement and pin it, so that every member is told (R02)."""
    told = fx.OnResult(service.NAME, "posted", service.result_key(item))
    message = as_effect(item, group.chat_id, group.thread_for("announcements"))
    posted = scope.effects.put(message, priority=priority, on_result=told, group_id=group.id)
    send_pin(scope, group, item, fx.Ref(posted))


def send_pin(scope: Scope, group: Group, item: Announcement, message: fx.Target) -> None:
    """Pin an announcement, not silently."""
    told = fx.OnResult(service.NAME, "pinned", service.result_key(item))
    scope.effects.put(fx.PinMessage(group.chat_id, message), on_result=told, group_id=group.id)


@dataclass(frozen=True, slots=True)
class Work:
    """The jobs, with the desk on which their results are shown."""

    desk: Desk

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
        item = done(context, await service.edit(context.tx, group.id, number, content, by_of(context), context.now))
        if item.state is State.PUBLISHED:
            self._edit_posted(context, item)
            codes.changed(context.scope, item)
            context.reply(say.edited(context.texts, number))
        else:
            await self.desk.replace(context, item)

    @staticmethod
    def _edit_posted(context: Context, item: Announcement) -> None:
        if item.chat_id is None or item.message_id is None:
            return
        effect: fx.EditText | fx.EditCaption
        if item.content.kind is None:
            effect = fx.EditText(item.chat_id, item.message_id, item.content.html, preview=True)
        else:
            effect = fx.EditCaption(item.chat_id, item.message_id, item.content.html)
        told = fx.OnResult(service.NAME, "edited", service.result_key(item))
        context.effects.put(effect, on_result=told, group_id=item.group_id)

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
        send_out(context.scope, group, item)
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
