"""What commands, buttons and forms have in common: do it, show what came of it, or say why not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.announcements import service
from bot.announcements.handlers import codes
from bot.announcements.handlers.desk import PURPOSE, by_of
from bot.announcements.handlers.lists import hand_list
from bot.announcements.handlers.reading import whole
from bot.announcements.rules.acts import Act
from bot.announcements.rules.announcement import Announcement, State
from bot.announcements.rules.content import merged
from bot.announcements.rules.outcomes import Done, Quiet, Refused, Unknown
from bot.announcements.rules.typed import split_number
from bot.announcements.texts import card as say_card
from bot.announcements.texts import replies as say
from bot.announcements.texts import reviewing as say_review
from bot.i18n import Html
from bot.kernel.roles import Right
from bot.tg.access import Declined
from bot.tg.aside import step_aside
from bot.tg.buttons import rows

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from bot.announcements.handlers.desk import Desk
    from bot.announcements.handlers.posting import Posting
    from bot.announcements.rules.content import Content
    from bot.tg.albums import Album
    from bot.tg.context import Context


def done(context: Context, outcome: Done | Refused) -> Announcement:
    """Return what was changed.

    :raises Declined: with the reason, where nothing was.
    """
    if isinstance(outcome, Done):
        return outcome.item
    raise Declined(say.refused(context.texts, outcome))


async def number_of(context: Context, sub: str, *, alone: bool = True) -> int | None:
    """Read the number a line begins with; without any, show the list, whose buttons say it.

    :raises Declined: if it is no number, or more is said than the number ``alone``.
    """
    if not context.args_text:
        await hand_list(context, 1)
        return None
    number, rest = split_number(context.args_text)
    if number is None or (rest and alone):
        raise Declined(say.number_wanted(context.texts, sub, context.args_text))
    return number


@dataclass(frozen=True, slots=True)
class Work:
    """The jobs, with the desk on which their results are shown."""

    desk: Desk
    posting: Posting

    async def fitting(self, context: Context, outcome: Done | Refused) -> Announcement:
        """Return what was changed, if Telegram takes it with everything filled in for this group.

        :raises Declined: with the reason, where it does not or nothing was changed.
        """
        item = done(context, outcome)
        problem = await self.posting.fits(context.scope, context.group, item)
        if problem is not None:
            raise Declined(say.refused(context.texts, problem))
        return item

    async def draft(self, context: Context, content: Content, album: Album | None = None) -> None:
        """Keep a draft and show its card; of an ``album`` all that has come, and what will."""
        content = await whole(context.tx, content, album)
        outcome = await service.draft(context.tx, context.group.id, content, by_of(context), context.now)
        await self.desk.hand_out(context, await self.fitting(context, outcome), album)

    async def copy(self, context: Context, number: int) -> None:
        """Keep a draft with the same content, and show its card."""
        outcome = await service.copy(context.tx, context.group.id, number, by_of(context), context.now)
        item = done(context, outcome)
        context.toast(say.copied(context.texts, number, item.number))
        await self.desk.hand_out(context, item)

    async def draft_for(self, context: Context, content: Content, at: datetime, album: Album | None = None) -> None:
        """Keep a draft, set its time and show its card."""
        by, group = by_of(context), context.group
        content = await whole(context.tx, content, album)
        drafted = done(context, await service.draft(context.tx, group.id, content, by, context.now))
        outcome = await service.schedule(context.tx, group.id, drafted.number, at, by, context.now)
        item = await self.fitting(context, outcome)
        context.reply(say.scheduled(context.texts, item, say_card.quiet_note(context.texts, group, at, item)))
        await self.desk.hand_out(context, item)
        if item.state is State.IN_REVIEW:
            await self.ask_reviewers(context, item)

    async def edit(self, context: Context, number: int, content: Content, album: Album | None = None) -> None:
        """Change an announcement; a published one also in the group, once that is approved where it needs to be."""
        content = await whole(context.tx, content, album)
        await self.change(context, number, lambda standing: merged(standing, content), album=album)

    async def change(
        self,
        context: Context,
        number: int,
        make: Callable[[Content], Content],
        action: str = "edited",
        album: Album | None = None,
    ) -> None:
        """Change an announcement to what ``make`` makes of it, as :meth:`edit` does; ``action`` names it in the audit."""
        group = context.group
        outcome = await service.change(context.tx, group.id, number, make, by_of(context), context.now, action)
        item = await self.fitting(context, outcome)
        if item.pending is not None:
            codes.changed(context.scope, item)
            await self.ask_reviewers(context, item)
        elif item.state is State.PUBLISHED:
            await self.posting.edit(context.scope, group, item)
            codes.changed(context.scope, item)
            context.reply(say.edited(context.texts, number))
        else:
            await self.desk.replace(context, item, album)
            if item.state is State.IN_REVIEW:
                await self.ask_reviewers(context, item)

    async def try_again(self, context: Context, number: int) -> None:
        """Have the change made that Telegram would not make; where it would need review by now, it is handed in for that."""
        outcome = await service.try_again(context.tx, context.group.id, number, by_of(context), context.now)
        item = await self.fitting(context, outcome)
        codes.changed(context.scope, item)
        if not item.undone.before:
            await self.ask_reviewers(context, item)
            return
        await self.posting.edit(context.scope, context.group, item)
        context.toast(str(say.edited(context.texts, number)))

    async def ask_reviewers(self, context: Context, item: Announcement) -> None:
        """Show it to those who may review it."""
        shown = await self.desk.show_reviewers(context, item)
        context.reply(say_review.handed_in(context.texts, item, shown))

    async def schedule(self, context: Context, number: int, at: datetime) -> None:
        """Set the time."""
        group = context.group
        before = await service.find(context.tx, group.id, number)
        item = await self.set_time(context, number, at, before)
        context.reply(say.scheduled(context.texts, item, say_card.quiet_note(context.texts, group, at, item)))
        if item.state is State.IN_REVIEW and isinstance(before, Announcement) and before.state is not State.IN_REVIEW:
            await self.ask_reviewers(context, item)

    async def set_time(
        self, context: Context, number: int, at: datetime, before: Announcement | Unknown
    ) -> Announcement:
        """Set the time; where the author may not write any more, whoever does so answers for the words."""
        barred = isinstance(before, Announcement) and await self._is_barred(context, before)
        outcome = await service.schedule(
            context.tx, context.group.id, number, at, by_of(context), context.now, take_over=barred
        )
        item = done(context, outcome)
        codes.changed(context.scope, item)
        if barred and isinstance(before, Announcement):
            await step_aside(context, PURPOSE)
            context.reply(Html.escape(say.answers_for(context.texts, before)))
        return item

    @staticmethod
    async def _is_barred(context: Context, item: Announcement) -> bool:
        """Say whether the author is somebody else who may not write here any more."""
        if item.author_id == context.actor.user_id:
            return False
        standing = await context.scope.ports.people.standing(context.tx, context.group, item.author_id)
        return not standing.may(Right.ANNOUNCE)

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
        item = await self.fitting(context, outcome)
        await self.posting.send_out(context.scope, group, item)
        codes.changed(context.scope, item)
        await self.answer_for(context, item)
        return item

    async def answer_for(self, context: Context, item: Announcement) -> None:
        """Note that whoever sends it out answers for it, and tell them so, where its author may not write any more."""
        if await self._is_barred(context, item):
            await service.answer_for(context.tx, item, by_of(context), context.now)
            await step_aside(context, PURPOSE)
            context.reply(Html.escape(say.answers_for(context.texts, item)))

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
        await self.posting.decided(context.scope, context.group, item)
        context.toast(say.gone(context.texts, item))
