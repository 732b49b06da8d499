"""What follows later: changed words, the deadline, and what is made of silence."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final, Protocol

from bot.announcements import service as core
from bot.announcements.acknowledgement import service
from bot.announcements.acknowledgement.handlers import codes
from bot.announcements.acknowledgement.handlers.finding import aside_only, asked, words_of
from bot.announcements.acknowledgement.rules.silence import Decision
from bot.announcements.acknowledgement.texts import answers as say_answers
from bot.announcements.acknowledgement.texts import status as say
from bot.announcements.acknowledgement.texts import words
from bot.announcements.handlers import codes as core_codes
from bot.announcements.handlers.aside import numbered
from bot.announcements.handlers.desk import by_of
from bot.announcements.handlers.posting import thread_of
from bot.announcements.rules.announcement import State
from bot.announcements.texts.roll import nobody
from bot.i18n import Html, texts_for
from bot.kernel.ids import MessageId, UserId
from bot.kernel.offences import Offence
from bot.kernel.roles import Right
from bot.tg import effects as fx
from bot.tg.buttons import rows
from bot.tg.pages import turning

if TYPE_CHECKING:
    from collections.abc import Sequence

    from telegram import Update

    from bot.announcements.acknowledgement.rules.silence import Missed
    from bot.announcements.acknowledgement.rules.taps import Round
    from bot.announcements.handlers.desk import Desk
    from bot.announcements.handlers.posting import Posting
    from bot.announcements.rules.announcement import Announcement
    from bot.announcements.service.people import Reach
    from bot.chats.rules.profile import Place
    from bot.i18n import Texts
    from bot.kernel.groups import Group
    from bot.tg.capability import Due
    from bot.tg.context import Context, Scope
    from bot.tg.effects import Keyboard

PER_PAGE: Final = 5


class Ledger(Protocol):
    """Who opens the case that a manager has decided on."""

    async def recorded(self, scope: Scope, group: Group, offence: Offence, by: tuple[UserId, str]) -> bool:
        """Open it; False for somebody who runs the group or has left."""
        ...


@dataclass(frozen=True, slots=True)
class After:
    """The handlers; ``ledger`` opens the cases."""

    desk: Desk
    posting: Posting
    reach: Reach
    ledger: Ledger

    # Changed words

    async def changed(self, scope: Scope, group: Group, item: Announcement, material: bool) -> None:
        """Ask whoever changed it whether everybody is to read it again, if somebody has and more than the form changed."""
        found = await service.count(scope.tx, item.id) if material else None
        if found is None or found[0].closed or not found[1]:
            return
        if item.broadcast_id is not None:
            await service.collect(scope.tx, item, service.CHANGED, scope.now)
            return
        place, texts = await self._editors_place(scope, group, item)
        keys = rows(
            (
                codes.AGAIN.key(say_answers.reopen_label(texts), group, item.number),
                codes.KEEP.key(say_answers.keep_label(texts), group, item.number),
            )
        )
        await self.desk.tell(scope, group, place, say_answers.ask_reopen(texts, item.number, found[1]), keys)

    async def _editors_place(self, scope: Scope, group: Group, item: Announcement) -> tuple[Place, Texts]:
        """Return where to ask whoever changed the words; whoever published them, where the other may not decide it."""
        if item.writer_id is None or item.writer_id == item.manager_id:
            return await self.desk.place_for(scope, group, item)
        standing = await scope.ports.people.standing(scope.tx, group, item.writer_id)
        return await self.desk.place_for(
            scope, group, replace(item, publisher_id=item.writer_id) if standing.may(Right.PUBLISH) else item
        )

    async def again(self, _update: Update, context: Context, number: int) -> None:
        """Ask everybody again, and say so below the announcement."""
        item, _ = await asked(context, number)
        scope, group = context.scope, context.group
        if await service.ask_anew(context.tx, item, by_of(context), context.now) is None:
            context.toast(say_answers.closed(context.texts), alert=True)
            return
        await show_anew(scope, self.posting, group, item)
        context.edit(say_answers.reopened(context.texts, number))

    async def keep(self, _update: Update, context: Context, number: int) -> None:
        """Let count what was acknowledged of the former words."""
        await asked(context, number)
        context.edit(say_answers.kept(context.texts, number))

    # The deadline

    async def due(self, scope: Scope, due: Due) -> None:
        """Tell whoever is responsible how it stands, and put silence before the managers where that is wanted."""
        item = await core.get(scope.tx, int(due.key))
        group = scope.group(item.group_id) if item is not None else None
        if item is None or group is None or not group.active or item.state is not State.PUBLISHED:
            return
        there = await service.roll_of(scope.tx, item, self.reach)
        if there is None or there[0].closed or not there[0].is_over(scope.now):
            return
        now_asked, found = there
        missed: Sequence[Missed] = ()
        if now_asked.propose:
            missed = await service.put_before_managers(scope.tx, item.id, found)
        if item.broadcast_id is not None:
            await service.collect(scope.tx, item, service.DEADLINE, scope.now)
            return
        place, texts = await self.desk.place_for(scope, group, item)
        open_ones = sum(one.decision is Decision.OPEN for one in missed)
        keys = rows(
            (codes.STATUS.key(words.status_label(texts), group, item.number),),
            (codes.REMIND.key(say.remind_label(texts), group, item.number) if found.waiting else None,),
            (codes.SILENCE.key(say.silence_label(texts, open_ones), group, item.number, 1) if open_ones else None,),
        )
        words_of_it = await words_of(scope, group, item, texts)
        html = say.deadline(texts, item.number, group.label or group.title, words_of_it, now_asked, found)
        await self.desk.tell(scope, group, place, html, keys)

    # Silence

    async def silence(self, _update: Update, context: Context, number: int, page: int) -> None:
        """Show whose silence is to be decided about."""
        item = await numbered(context, number)
        await aside_only(context)
        context.edit(*await self._page(context, item, page))

    async def record(self, _update: Update, context: Context, number: int, user_id: int, page: int) -> None:
        """Make a case of somebody's silence (R22)."""
        item, now_asked = await asked(context, number)
        await aside_only(context)
        one = await self._undecided(context, item, user_id, page)
        if one is None:
            return
        actor, offence = context.actor, await _offence(context.scope, context.group, item, now_asked, one)
        able = await self.ledger.recorded(context.scope, context.group, offence, (actor.user_id, actor.name))
        decision = Decision.RECORDED if able else Decision.WAIVED
        await service.decide(context.tx, item, one, decision, by_of(context), context.now)
        say_done = say.recorded if able else say.cannot_record
        context.toast(say_done(context.texts, one.name), alert=not able)
        context.edit(*await self._page(context, item, page))

    async def let_pass(self, _update: Update, context: Context, number: int, user_id: int, page: int) -> None:
        """Let somebody's silence pass."""
        item = await numbered(context, number)
        await aside_only(context)
        one = await self._undecided(context, item, user_id, page)
        if one is None:
            return
        await service.decide(context.tx, item, one, Decision.WAIVED, by_of(context), context.now)
        context.toast(say.waived(context.texts, one.name))
        context.edit(*await self._page(context, item, page))

    async def _undecided(self, context: Context, item: Announcement, user_id: int, page: int) -> Missed | None:
        """Return the person to decide about; where there is nothing to decide, say so, and show how it stands."""
        one = await service.missed_one(context.tx, item, user_id)
        if one is None:
            context.toast(say.not_proposed(context.texts), alert=True)
        elif one.decision is not Decision.OPEN:
            context.toast(say.decided_before(context.texts, one), alert=True)
        else:
            return one
        context.edit(*await self._page(context, item, page))
        return None

    @staticmethod
    async def _page(context: Context, item: Announcement, page: int) -> tuple[Html, Keyboard]:
        missed, read = await service.missed_of(context.tx, item.id)
        texts, group, number = context.texts, context.group, item.number
        count = max(-(-len(missed) // PER_PAGE), 1)
        page = min(max(page, 1), count)
        here = missed[(page - 1) * PER_PAGE : page * PER_PAGE]
        keys = [
            (
                codes.RECORD.key(say.record_label(texts, one.name), group, number, one.user_id, page),
                codes.PASS.key(say.pass_label(texts, one.name), group, number, one.user_id, page),
            )
            for one in here
            if one.decision is Decision.OPEN
        ]
        lines = [say.missed_line(texts, one, read=one.user_id in read) for one in here] or [nobody(texts)]
        html = Html("\n").join((say.silence(texts, number), *lines))
        back = codes.STATUS.key(words.status_label(texts), group, number)
        return html, (*rows(*keys), *turning(page, count, codes.SILENCE, group, number, texts=texts), (back,))


async def show_anew(scope: Scope, posting: Posting, group: Group, item: Announcement, **options: Any) -> None:
    """Let the button below the announcement begin at nothing, and say so there."""
    await posting.redraw_keys(scope, group, item)
    core_codes.changed(scope, item)
    message = fx.SendMessage(
        group.chat_id,
        str(say_answers.asked_anew(scope.texts(group))),
        reply_to=item.message_id,
        thread_id=thread_of(group, item),
        silent=scope.is_quiet(group.chat_id),
    )
    scope.effects.put(message, group_id=group.id, **options)


async def _offence(scope: Scope, group: Group, item: Announcement, now_asked: Round, one: Missed) -> Offence:
    """Return the breach as the group's ledger has it, with the announcement as its evidence."""
    texts = texts_for(group.locale, group.zone)
    reason = str(say.reason(texts, item.number, now_asked).striptags())
    message_id = item.message_id or MessageId(0)
    words_of_it = await words_of(scope, group, item, texts)
    return Offence("", "", reason, UserId(one.user_id), one.name, message_id, "text", words_of_it)
