"""The file that puts an event into somebody's calendar, and those that follow when it changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.events.before import service
from bot.events.before import texts as say
from bot.events.handlers import board, finding
from bot.events.handlers import codes as core_codes
from bot.events.rules.calendars import calendar_file
from bot.events.rules.event import Phase
from bot.events.texts.calendars import entry
from bot.tg import effects as fx
from bot.tg.aside import unreached

if TYPE_CHECKING:
    from telegram import Update

    from bot.events.handlers.clock import About
    from bot.events.handlers.telling import Teller
    from bot.events.rules.event import Event
    from bot.i18n import Html, Texts
    from bot.kernel.groups import Group
    from bot.tg.context import Context, Scope


class Calendars:
    """Sends the files, in private."""

    def __init__(self, teller: Teller) -> None:
        self._teller = teller

    async def tap(self, _update: Update, context: Context, event_id: int) -> None:
        """Send the file to whoever taps 📅 on the card; who cannot be written to is told how that can be changed."""
        meant = await finding.picked(context, event_id)
        if meant is None:
            return
        if not await self._reaches(context):
            context.toast(say.not_reachable(context.texts, context.scope.bot_username), alert=True)
            return
        if await self._send(context, meant.event):
            context.toast(context.texts.label(say.FILE_SENT))

    async def command(self, _update: Update, context: Context) -> None:
        """``/event ics 3``: send the file, in private where that is possible."""
        meant = await finding.named(context, "/event ics", core_codes.CALENDAR)
        if meant is None:
            return
        private = await self._reaches(context)
        if await self._send(context, meant.event, here=not private) and private and not context.private:
            context.reply(context.texts.gettext(say.FILE_SENT))

    async def _reaches(self, context: Context) -> bool:
        actor = context.actor.user_id
        return context.private or actor in await self._teller.reachable_of(context.tx, [actor])

    async def _send(self, context: Context, event: Event, *, here: bool = False) -> bool:
        """Send the file to who asks, or ``here``, where everybody reads it; False where there is nothing to send."""
        actor, scope, group = context.actor, context.scope, context.group
        if event.phase(context.now) is Phase.CANCELLED:
            context.reply(say.nothing_to_keep(context.texts, event))
            return False
        own = context.texts
        if not here:
            own = await scope.texts_of(actor.user_id, group, actor.language_code)
        going = not here and await service.is_going(context.tx, event.id, actor.user_id)
        await service.take_calendar(context.tx, event.id, actor.user_id)
        scope.effects.put(
            fx.SendMedia(
                context.spoken.chat_id if here else actor.user_id,
                "document",
                _file(scope, own, group, event, going=going),
                str(say.file_caption(own, event)),
                reply_to=context.spoken.message_id if here else None,
                thread_id=context.spoken.thread_id if here else None,
            ),
            priority=fx.Priority.ANSWER,
            group_id=group.id,
            on_result=None if here or context.private else unreached(context.spoken),
        )
        return True

    async def changed(self, scope: Scope, about: About, _detail: str) -> None:
        """Send the entry anew to whoever has it in their calendar, or out of it when the event is cancelled."""
        group, event = about.group, about.event
        off = about.phase is Phase.CANCELLED
        if not off and not about.phase.is_live:
            return
        takers = dict(await service.calendars_of(scope.tx, event.id))
        reached = await self._teller.reachable_of(scope.tx, list(takers)) if takers else ()
        made: dict[tuple[str, bool], fx.Blob] = {}
        for user_id in (one for one in takers if one in reached):
            own = await scope.texts_of(user_id, group)
            kind = (own.locale, takers[user_id])
            if kind not in made:
                made[kind] = _file(scope, own, group, event, going=takers[user_id])
            html = _news(own, event, group, off=off)
            scope.effects.put(
                fx.SendMedia(user_id, "document", made[kind], str(html)),
                priority=fx.Priority.BROADCAST,
                group_id=group.id,
            )


def _news(texts: Texts, event: Event, group: Group, *, off: bool) -> Html:
    return say.file_cancelled(texts, event, group.title) if off else say.file_changed(texts, event, group.title)


def _file(scope: Scope, texts: Texts, group: Group, event: Event, *, going: bool) -> fx.Blob:
    written = entry(texts, event, group.title, scope.bot_id, board.card_link(group, event), is_going=going)
    return scope.effects.blob(calendar_file([written], scope.now), say.file_name(event))
