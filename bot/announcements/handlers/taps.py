"""The buttons of cards, lists and questions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.announcements import service
from bot.announcements.handlers import codes
from bot.announcements.handlers.commands import FORM_EDIT, FORM_WHEN, allowed, to_edit
from bot.announcements.handlers.desk import by_of
from bot.announcements.handlers.lists import list_page
from bot.announcements.handlers.work import done
from bot.announcements.rules.acts import Act
from bot.announcements.rules.announcement import Announcement, State
from bot.announcements.rules.shelves import Shelf
from bot.announcements.texts import card as say_card
from bot.announcements.texts import replies as say
from bot.i18n import Html
from bot.tg.access import Declined
from bot.tg.buttons import rows

if TYPE_CHECKING:
    from telegram import Update

    from bot.announcements.handlers.work import Work
    from bot.tg.context import Context


@dataclass(frozen=True, slots=True)
class Taps:
    """The buttons, with the jobs they start."""

    work: Work

    async def publish(self, _update: Update, context: Context, number: int) -> None:
        """Publish; in quiet hours a question comes first."""
        await self._publish(context, number, Act.PUBLISH, in_quiet=False)

    async def again(self, _update: Update, context: Context, number: int) -> None:
        """Post an uncertain one again; whoever looks into the group at night wants it posted at night."""
        await self._publish(context, number, Act.AGAIN, in_quiet=True)

    async def quiet_now(self, _update: Update, context: Context, number: int) -> None:
        """Publish in spite of the quiet hours."""
        item = await self.work.publish(context, number, in_quiet=True)
        if item is not None:
            context.edit(Html.escape(say.on_its_way(context.texts, number)))

    async def quiet_later(self, _update: Update, context: Context, number: int) -> None:
        """Publish when the quiet hours end; at once, if they have ended meanwhile."""
        group, until = context.group, context.group.quiet_until(context.now)
        if until is None:
            await self.quiet_now(_update, context, number)
            return
        before = await service.find(context.tx, group.id, number)
        item = await self.work.set_time(context, number, until, before)
        context.edit(say.scheduled(context.texts, item, say_card.quiet_note(context.texts, group, until, item)))

    async def when(self, _update: Update, context: Context, number: int) -> None:
        """Ask when."""
        await allowed(context, number, Act.SCHEDULE)
        await context.start_form(FORM_WHEN, {"number": number})

    async def edit(self, _update: Update, context: Context, number: int) -> None:
        """Ask for other words."""
        found = await allowed(context, number, Act.EDIT)
        await context.start_form(FORM_EDIT, to_edit(found))

    async def drop(self, _update: Update, context: Context, number: int) -> None:
        """Cancel, discard or skip."""
        await self.work.cancel(context, number)

    async def restore(self, _update: Update, context: Context, number: int) -> None:
        """Make it a draft again."""
        outcome = await service.restore(context.tx, context.group.id, number, by_of(context), context.now)
        item = done(context, outcome)
        codes.changed(context.scope, item)
        await self.work.posting.decided(context.scope, context.group, item)
        context.toast(say.restored(context.texts, number))

    async def is_there(self, _update: Update, context: Context, number: int) -> None:
        """Take their word that it is in the group."""
        outcome = await service.is_there(context.tx, context.group.id, number, by_of(context), context.now)
        item = done(context, outcome)
        codes.changed(context.scope, item)
        await self.work.posting.ended(context.scope, context.group, item)
        context.toast(say.noted(context.texts))

    async def pin(self, _update: Update, context: Context, number: int) -> None:
        """Pin a published one after Telegram refused."""
        outcome = await service.ask_pin(context.tx, context.group.id, number, by_of(context), context.now)
        item = done(context, outcome)
        if item.message_id is not None:
            self.work.posting.pin(context.scope, context.group, item, item.message_id)
        codes.changed(context.scope, item)

    async def retry(self, _update: Update, context: Context, number: int) -> None:
        """Have a change made that Telegram would not make."""
        await self.work.try_again(context, number)

    async def keep(self, _update: Update, context: Context, number: int) -> None:
        """Leave the words as the group reads them."""
        outcome = await service.leave_as_read(context.tx, context.group.id, number, by_of(context), context.now)
        codes.changed(context.scope, done(context, outcome))
        context.toast(say.left_as_read(context.texts, number))

    async def copy(self, _update: Update, context: Context, number: int) -> None:
        """Draft another with the same content."""
        await self.work.copy(context, number)

    async def urgent(self, _update: Update, context: Context, number: int) -> None:
        """Ask whether the quiet hours shall really not hold it."""
        await allowed(context, number, Act.URGENT)
        texts, group = context.texts, context.group
        keys = rows((codes.URGENT_SURE.key(say.urgent_sure_button(texts), group, number),))
        context.reply(say.ask_urgent(texts, number), keys)

    async def urgent_sure(self, _update: Update, context: Context, number: int) -> None:
        """Mark it as urgent."""
        await self._set_urgent(context, number, urgent=True)
        context.edit(Html.escape(say.is_urgent(context.texts, number)))

    async def not_urgent(self, _update: Update, context: Context, number: int) -> None:
        """Let the quiet hours hold it again."""
        await self._set_urgent(context, number, urgent=False)
        context.toast(say.is_not_urgent(context.texts, number))

    @staticmethod
    async def _set_urgent(context: Context, number: int, *, urgent: bool) -> None:
        outcome = await service.set_urgent(
            context.tx, context.group.id, number, by_of(context), context.now, urgent=urgent
        )
        codes.changed(context.scope, done(context, outcome))

    async def show(self, _update: Update, context: Context, number: int) -> None:
        """Show a card."""
        item = await service.find(context.tx, context.group.id, number)
        if not isinstance(item, Announcement):
            raise Declined(say.refused(context.texts, item))
        await self.work.desk.hand_out(context, item)

    async def list(self, _update: Update, context: Context, page: int) -> None:
        """Turn the list to a page."""
        context.edit(*await list_page(context, page))

    async def shelf(self, _update: Update, context: Context, name: str, page: int) -> None:
        """Show what is in one state."""
        found = next((shelf for shelf in Shelf if shelf == name), None)
        context.edit(*await list_page(context, page, found))

    async def _publish(self, context: Context, number: int, act: Act, *, in_quiet: bool) -> None:
        item = await self.work.publish(context, number, act=act, in_quiet=in_quiet)
        if item is not None and item.state is State.PUBLISHING:
            context.toast(say.on_its_way(context.texts, number))
