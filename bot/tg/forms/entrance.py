"""Which form a message or a tap is about, and whether it may go on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from bot.kernel.ids import ANONYMOUS_ADMIN
from bot.tg.capability import CardView
from bot.tg.forms import display, store, walk
from bot.tg.forms import texts as say
from bot.tg.forms.values import Unreadable

if TYPE_CHECKING:
    from telegram import Message

    from bot.i18n import Html
    from bot.tg.context import Context
    from bot.tg.forms.model import Form
    from bot.tg.forms.store import OpenForm
    from bot.tg.forms.walk import Walk


class Entrance:
    """Where everything that is said to a form comes in. ``starts`` are the command lines by the forms' names."""

    def __init__(self, forms: Mapping[str, Form[Any]], starts: Mapping[str, str]) -> None:
        self._forms = forms
        self._starts = starts

    async def addressed(self, context: Context, message: Message) -> OpenForm | None:
        """Return the form that a message answers, or None."""
        spoken = context.spoken
        if spoken.private:
            return await store.of_person(context.tx, spoken.actor.user_id, spoken.chat_id)
        target = message.reply_to_message
        author = target.from_user if target is not None else None
        if target is None or author is None or author.id != context.scope.bot_id:
            return None
        found = await store.of_prompt(context.tx, spoken.chat_id, target.message_id)
        known = [row for row in found if row.prompt_message_id is not None]
        if known and spoken.actor.user_id == ANONYMOUS_ADMIN:
            return known[0]
        return next((row for row in known or found if row.user_id == spoken.actor.user_id), None)

    async def tapped(self, context: Context, form_id: int, step: int) -> Walk | None:
        """Enter the form of a tap, if it is the tapper's and asks what the button was made for; else they are told."""
        spoken = context.spoken
        row = await store.get(context.tx, form_id)
        if row is None or row.chat_id != spoken.chat_id:
            context.toast(say.closed_label(context.texts))
            return None
        if row.user_id != spoken.actor.user_id:
            context.toast(say.not_yours(context.texts))
            return None
        if row.step != step:
            context.toast(say.answered_already(context.texts))
            return None
        if row.prompt_message_id is None and spoken.message_id is not None:
            row.prompt_message_id = spoken.message_id
        return await self.walk(context, row)

    async def summed_up(self, context: Context, form_id: int, step: int) -> Walk | None:
        """Enter a form whose answers are all shown; else the tapper is told."""
        here = await self.tapped(context, form_id, step)
        if here is None or here.question is None:
            return here
        context.toast(say.answered_already(context.texts))
        return None

    async def walk(self, context: Context, row: OpenForm) -> Walk | None:
        """Enter a form; None when it is over, and the person has been told."""
        form = self._forms.get(row.name)
        if context.now >= row.expires_at:
            await self._end(context, row, say.expired(context.texts, self.title(context, row), self._start_line(row)))
            return None
        known = await self._enter(context, row)
        try:
            if form is not None and known:
                return walk.walk(form, row, context.texts, context.now, context.spoken.group)
        except Unreadable:
            pass
        await self._end(context, row, say.closed(context.texts, self._start_line(row)))
        return None

    async def _enter(self, context: Context, row: OpenForm) -> bool:
        """Let the context mean the form's group, which a private conversation may have left since; False if it is gone."""
        spoken = context.spoken
        if row.group_id is None or (spoken.group is not None and spoken.group.id == row.group_id):
            return True
        group = context.scope.group(row.group_id)
        if group is None:
            return False
        spoken.group, spoken.standing = group, None
        if spoken.private:
            spoken.texts = await context.scope.texts_of(spoken.actor.user_id, group, spoken.actor.language_code)
        else:
            spoken.texts = context.scope.texts(group)
        return True

    async def _end(self, context: Context, row: OpenForm, said: Html) -> None:
        await store.remove(context.tx, row.id)
        if context.spoken.callback_id is None:
            display.drop_buttons(context.effects, row)
            context.reply(said)
        else:
            display.edit(context.effects, row, CardView(said))

    def title(self, context: Context, row: OpenForm) -> Html:
        """Return what a form is called."""
        form = self._forms.get(row.name)
        return context.texts.gettext(form.title if form is not None else row.name)

    def _start_line(self, row: OpenForm) -> str | None:
        return self._starts.get(row.name)
