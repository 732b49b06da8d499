"""``/digest``: the page with its buttons, the hour, who reads it, and the digest itself at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from typing import TYPE_CHECKING, Any

from bot.chats.rules.profile import PlaceKind
from bot.digest import service
from bot.digest import texts as say
from bot.digest.handlers.daily import start_keys
from bot.digest.rules import Where, coming
from bot.kernel.roles import Right
from bot.kernel.times import parse_clock
from bot.tg import effects as fx
from bot.tg import texts as say_tg
from bot.tg.access import Declined
from bot.tg.aside import unreached
from bot.tg.buttons import ButtonCode, column, rows
from bot.tg.capability import Access
from bot.tg.forms import Choice, Form, Question
from bot.tg.forms.parsers import clock_time, show_clock

if TYPE_CHECKING:
    from collections.abc import Sequence

    from telegram import Update

    from bot.digest.handlers.daily import Digest
    from bot.digest.rules import Change, Settings
    from bot.i18n import Html
    from bot.tg.context import Context
    from bot.tg.effects import Keyboard
    from bot.tg.forms import Asking

READERS = Access(right=Right.VIEW)
SETTERS = Access(right=Right.SETTINGS)
TIME = ButtonCode("dg.time", (str,))
"""An hour as four figures (0830)."""
ASK = ButtonCode("dg.ask")
WHERE = ButtonCode("dg.where", (str,))
NOW = ButtonCode("dg.now")
FORM = "digest_time"
_HOURS = (time(7), time(8), time(9), time(12), time(18), time(21))


@dataclass(frozen=True, slots=True)
class Commands:
    """The handlers."""

    digest: Digest

    # The page

    async def page(self, update: Update, context: Context) -> None:
        """``/digest``; an hour behind it is taken for ``/digest time``."""
        typed = context.args_text
        if not typed:
            await self._show(context, await service.get(context.tx, context.group.id))
        elif parse_clock(typed) is not None:
            _must_set(context)
            await self.set_time(update, context)
        else:
            raise Declined(say.not_a_word(context.texts, typed))

    async def _show(self, context: Context, settings: Settings) -> None:
        group, texts = context.group, context.texts
        readers = await self.digest.readers(context.tx, group)
        html = say.page(texts, group, settings, readers, coming(settings, group, context.now))
        context.edit(html, self._keys(context, settings))

    @staticmethod
    def _keys(context: Context, settings: Settings) -> Keyboard:
        group, texts = context.group, context.texts
        now = NOW.key(say.now_label(texts), group)
        if not context.standing.may(Right.SETTINGS):
            return rows((now,))
        hours = [TIME.key(say.time_label(hour, settings.hour), group, f"{hour:%H%M}") for hour in _HOURS]
        places = [WHERE.key(say.where_label(texts, where, settings.where), group, where.value) for where in Where]
        other = ASK.key(say.other_label(texts), group)
        return rows(*column(hours, 3), (other,), *column(places, 2), (now,))

    # The hour

    async def set_time(self, _update: Update, context: Context) -> None:
        """``/digest time 08:30``."""
        hour = parse_clock(context.args_text)
        if hour is None:
            raise Declined(say.not_a_time(context.texts, context.args_text))
        self._confirm(context, await self._set_hour(context, hour))

    async def finish_time(self, _update: Update, context: Context, answers: dict[str, Any]) -> None:
        """Set what the form asked for."""
        self._confirm(context, await self._set_hour(context, answers["time"]))

    async def tap_time(self, _update: Update, context: Context, figures: str) -> None:
        """Set an hour of the page."""
        hour = next((hour for hour in _HOURS if f"{hour:%H%M}" == figures), None)
        if hour is None:
            context.toast(say.stale(context.texts))
            return
        change = await self._set_hour(context, hour)
        await self._show(context, change.settings)

    async def ask_time(self, _update: Update, context: Context) -> None:
        """Ask for another hour."""
        await context.start_form(FORM)

    async def _set_hour(self, context: Context, hour: time) -> Change:
        actor = context.actor
        return await service.set_hour(context.tx, context.group, hour, context.now, by=actor.user_id, name=actor.name)

    # Who reads it

    async def here(self, _update: Update, context: Context) -> None:
        """``/digest here``."""
        self._confirm(context, await self._set_where(context, Where.GROUP))

    async def managers(self, _update: Update, context: Context) -> None:
        """``/digest managers``."""
        await self._confirm_managers(context, await self._set_where(context, Where.MANAGERS))

    async def on(self, _update: Update, context: Context) -> None:
        """``/digest on``; one that is on stays as it is."""
        actor = context.actor
        change = await service.switch_on(context.tx, context.group, context.now, by=actor.user_id, name=actor.name)
        await self._confirm_managers(context, change)

    async def off(self, _update: Update, context: Context) -> None:
        """``/digest off``."""
        self._confirm(context, await self._set_where(context, Where.OFF))

    async def tap_where(self, _update: Update, context: Context, value: str) -> None:
        """Set a choice of the page."""
        if value not in set(Where):
            context.toast(say.stale(context.texts))
            return
        change = await self._set_where(context, Where(value))
        await self._show(context, change.settings)

    async def _set_where(self, context: Context, where: Where) -> Change:
        actor = context.actor
        return await service.set_where(context.tx, context.group, where, context.now, by=actor.user_id, name=actor.name)

    @staticmethod
    def _confirm(context: Context, change: Change) -> None:
        context.reply(say.changed(context.texts, context.group, change))

    async def _confirm_managers(self, context: Context, change: Change) -> None:
        readers = None
        if change.settings.where is not Where.GROUP:
            readers = await self.digest.readers(context.tx, context.group)
        context.reply(say.changed(context.texts, context.group, change, readers))

    # At once

    async def now(self, _update: Update, context: Context) -> None:
        """``/digest now``: where it is asked for, unless others would read there what is for managers."""
        group, scope = context.group, context.scope
        if context.private or context.spoken.chat_id != group.chat_id:
            self._answer(context, await self.digest.written_now(scope, group, context.texts))
            return
        where = (await service.get(context.tx, group.id)).where
        if where is Where.GROUP:
            self._answer(context, await self.digest.written_now(scope, group, context.texts))
            return
        place = await self.digest.groups.place_for_managers(context.tx, group, context.actor.user_id, "digest")
        if place.kind is PlaceKind.GROUP:
            if where is Where.MANAGERS:
                context.reply(say.start_first(context.texts), start_keys(scope, group, context.texts))
                return
            parts = await self.digest.written_now(scope, group, context.texts)
            self._answer(context, [*parts, say.openly(context.texts)])
            return
        texts = await self.digest.groups.texts_at(context.tx, place, group, scope.ports.people)
        in_private = place.kind is PlaceKind.PRIVATE
        told = unreached(context.spoken) if in_private else None
        for html in await self.digest.written_now(scope, group, texts):
            message = fx.SendMessage(place.chat_id, str(html), silent=scope.is_quiet(place.chat_id))
            context.effects.put(message, on_result=told)
            told = None
        context.reply(say.sent_in_private(context.texts) if in_private else say.sent_to_managers(context.texts))

    @staticmethod
    def _answer(context: Context, parts: Sequence[Html]) -> None:
        for html in parts:
            context.reply(html)


def _must_set(context: Context) -> None:
    if not context.standing.may(Right.SETTINGS):
        raise Declined(say_tg.no_right(context.texts, Right.SETTINGS))


def _choices(_asking: Asking) -> Sequence[Choice]:
    return [Choice(say.clock(hour), hour) for hour in _HOURS]


def form(commands: Commands) -> Form[Any]:
    """Return the form behind ``/digest time``."""
    question: Question[time] = Question(
        "time",
        say.TIME_LABEL,
        lambda asking: say.ask_time(asking.texts),
        clock_time(),
        type=time,
        choices=_choices,
        show=show_clock,
    )
    return Form(FORM, say.FORM_TITLE, (question,), commands.finish_time, SETTERS)
