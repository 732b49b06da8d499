"""Runs every form: asks one question at a time, checks every answer at once, keeps its state in the database.

In private each typed answer gets a new message; in a group the form edits the one message it has, to whose replies it
listens. A tap edits the message it was made under. Only the person who was asked can answer.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from bot.i18n import Html
from bot.tg import albums
from bot.tg import effects as fx
from bot.tg.aside import tell_unreached
from bot.tg.capability import Access, CardView
from bot.tg.forms import display, store, view, walk
from bot.tg.forms import texts as say
from bot.tg.forms.entrance import Entrance
from bot.tg.forms.model import Form, Problem
from bot.tg.forms.moving import move_forms
from bot.tg.forms.reading import reply_of, with_album
from bot.tg.forms.store import OpenForm
from bot.tg.forms.values import clean
from bot.tg.pages import MESSAGE_LIMIT, shorten

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from telegram import Update

    from bot.db.engine import Tx
    from bot.kernel.groups import Group
    from bot.kernel.ids import ChatId
    from bot.tg.context import Context, Scope
    from bot.tg.forms.model import Question, Reply
    from bot.tg.forms.walk import Walk

PATIENCE = timedelta(minutes=30)
"""How long a form waits for the next answer."""

Check = Callable[["Context", Access], Awaitable[bool]]
"""Says whether the speaker may, and leaves their standing in the context; where they may not, they have been told."""


class FormEngine:
    """The forms by name, who may finish them, and how each is started (``starts``: form name to command line).

    The mappings are looked into when a form is used, so they may still grow after the engine is made.
    """

    def __init__(self, forms: Mapping[str, Form[Any]], check: Check, starts: Mapping[str, str] | None = None) -> None:
        self._forms = forms
        self._check = check
        self._entrance = Entrance(forms, starts if starts is not None else {})

    # What capabilities and the dispatcher call

    async def start(self, context: Context, name: str, preset: Mapping[str, Any]) -> None:
        """Open a form with the speaker here, in the place of the one they may have open; presets are not asked.

        :raises KeyError: if there is no such form; a programming error.
        """
        spoken, form = context.spoken, self._forms[name]
        if form.presets is not None:
            preset = {**await form.presets(context), **preset}
        earlier = await store.make_room(context.tx, spoken.actor.user_id, spoken.chat_id, context.now)
        from_command = not spoken.private and spoken.callback_id is None
        row = OpenForm(
            user_id=spoken.actor.user_id,
            chat_id=spoken.chat_id,
            asked=clean(spoken.actor.name),
            name=name,
            created_at=context.now,
            expires_at=context.now + PATIENCE,
            answers=walk.usual(form, preset),
            thread_id=spoken.thread_id,
            group_id=spoken.group.id if spoken.group is not None else None,
            origin_message_id=spoken.message_id if from_command else None,
        )
        here = walk.walk(form, row, context.texts, context.now, spoken.group)
        if here.ends_at_once and spoken.ptb is not None:
            await form.finish(spoken.ptb, context, here.answers())
            return
        row.id = context.effects.new_id()
        self._show(context, here, self._replace(context, earlier), new=True)
        await store.add(context.tx, row)

    async def answer(self, update: Update, context: Context) -> bool:
        """Take a message as the answer to a form; False when it is none.

        In a group that is a reply to the form's message; in private, anything but a command while a form is open.
        """
        message = update.message
        reply = reply_of(message, context.scope.answers) if message is not None else None
        row = await self._entrance.addressed(context, message) if message is not None and reply is not None else None
        if message is None or reply is None or row is None:
            return False
        if context.now >= row.expires_at + store.KEPT:
            return False
        in_album = message.media_group_id is not None and message.media_group_id == row.album
        if in_album and not self._gathers(row):
            return True
        if reply.album is not None and not in_album and not self._gathers(row):
            # The album was a command, or an answer to a form that is over: it answers nothing else.
            if not context.spoken.held and await albums.is_taken(context.tx, *reply.album):
                return True
            await albums.take(context.tx, *reply.album)
        here = await self._entrance.walk(context, row)
        if here is None:
            return True
        if reply.album is not None and here.question is not None and here.question.takes_album:
            if await context.waits_for_album():
                return True
            reply = await with_album(context.tx, reply)
        row.album = message.media_group_id
        if self._gathers(row) and not walk.is_offered(row, reply) and row.user_id == context.actor.user_id:
            await self._gather(context, here, reply, new=context.private and not in_album)
            return True
        await self._take_typed(update, context, here, walk.read_or_none(here, reply))
        return True

    async def is_prompt(self, tx: Tx, chat_id: int, message_id: int) -> bool:
        """Say whether a message is the one a form listens to, or may be (its id is learned just after it is sent)."""
        return await store.is_prompt(tx, chat_id, message_id)

    async def is_open(self, tx: Tx, user_id: int, chat_id: int, now: datetime) -> bool:
        """Say whether a person is in the middle of a form in a chat: another one there would take its place."""
        row = await store.of_person(tx, user_id, chat_id)
        return row is not None and now < row.expires_at

    async def cancel(self, _update: Update, context: Context) -> None:
        """Close the form the speaker has open here (/cancel)."""
        row = await store.make_room(context.tx, context.actor.user_id, context.spoken.chat_id, context.now)
        if row is None or row.expires_at <= context.now:
            context.reply(say.nothing_to_cancel(context.texts))
            return
        said = say.cancelled(context.texts, self._entrance.title(context, row))
        if context.private:
            display.drop_buttons(context.effects, row)
            context.reply(said)
        else:
            display.edit(context.effects, row, CardView(said))

    # Buttons: each carries the form's id and the step at which it was shown

    async def choose(self, update: Update, context: Context, form_id: int, step: int, index: int) -> None:
        """Take one of the choices as the answer."""
        here = await self._entrance.tapped(context, form_id, step)
        if here is None:
            return
        question = here.question
        if question is None or not 0 <= index < len(here.row.offers):
            context.toast(say.answered_already(context.texts))
            return
        await self._take(update, context, here, question, walk.take_offer(here, question, here.row.offers[index]))

    async def skip(self, update: Update, context: Context, form_id: int, step: int) -> None:
        """Take the default as the answer."""
        here = await self._entrance.tapped(context, form_id, step)
        if here is None:
            return
        question = here.question
        if question is None or not question.optional:
            context.toast(say.answered_already(context.texts))
            return
        await self._take(update, context, here, question, question.default)

    async def back(self, _update: Update, context: Context, form_id: int, step: int) -> None:
        """Ask the question before once more."""
        here = await self._entrance.tapped(context, form_id, step)
        if here is not None:
            walk.step_back(here)
            await self._ask(context, here)

    async def stop(self, _update: Update, context: Context, form_id: int, step: int) -> None:
        """Close the form."""
        here = await self._entrance.tapped(context, form_id, step)
        if here is not None:
            await store.remove(context.tx, here.row.id)
            display.edit(
                context.effects,
                here.row,
                CardView(say.cancelled(context.texts, self._entrance.title(context, here.row))),
            )

    async def save(self, update: Update, context: Context, form_id: int, step: int) -> None:
        """Finish a form whose summary was shown."""
        here = await self._entrance.summed_up(context, form_id, step)
        if here is not None:
            await self._finish(update, context, here)

    async def save_beside(self, update: Update, context: Context, form_id: int, step: int) -> None:
        """Finish a form whose summary was shown by the second button."""
        here = await self._entrance.summed_up(context, form_id, step)
        if here is None or here.form.beside is None:
            return
        here.row.answers = {**here.row.answers, here.form.beside[0]: True}
        await self._finish(update, context, walk.again(here), brief=True)

    async def change(self, _update: Update, context: Context, form_id: int, step: int) -> None:
        """Ask which of the answers that were shown shall be given anew."""
        await self._choose_change(context, form_id, step, rare=False)

    async def more(self, _update: Update, context: Context, form_id: int, step: int) -> None:
        """Offer the answers that were not shown, since they are as usual."""
        await self._choose_change(context, form_id, step, rare=True)

    async def _choose_change(self, context: Context, form_id: int, step: int, *, rare: bool) -> None:
        here = await self._entrance.summed_up(context, form_id, step)
        if here is not None:
            row = here.row
            row.step += 1
            row.expires_at = context.now + PATIENCE
            drawn = view.change_view(here, display.asked_of(row), rare=rare)
            display.edit(context.effects, row, CardView(shorten(drawn.html, MESSAGE_LIMIT), drawn.keyboard))
            await store.save(context.tx, row)

    async def ask_again(self, _update: Update, context: Context, form_id: int, step: int, number: int) -> None:
        """Ask one question anew; when it is answered, all answers are shown again."""
        here = await self._entrance.summed_up(context, form_id, step)
        if here is not None:
            walk.ask_again(here, number)
            await self._ask(context, here)

    async def prompt_sent(self, scope: Scope, result: fx.SendResult) -> None:
        """Learn which message a form's question became, or that it never reached anybody."""
        form_id, _, elsewhere = result.key.partition(" ")
        match result:
            case fx.Delivered(message_id=int(message_id)):
                await store.prompt_sent(scope.tx, int(form_id), result.effect_id, message_id)
            case fx.Refused():
                await store.prompt_failed(scope.tx, int(form_id), result.effect_id)
                if elsewhere:
                    await tell_unreached(scope, replace(result, key=elsewhere))
            case _:
                # It may stand in the chat: the form stays open, and the first reply or tap tells us its message.
                pass

    async def moved(self, scope: Scope, group: Group, former: ChatId) -> None:
        """Go on in the supergroup that a group has become; ``former`` is the id its chat had."""
        await move_forms(scope, self._forms, group, former, PATIENCE)

    # Taking an answer

    def _gathers(self, row: OpenForm) -> bool:
        form = self._forms.get(row.name)
        return form is not None and form.gather is not None

    async def _gather(self, context: Context, here: Walk, reply: Reply, *, new: bool) -> None:
        row, gather = here.row, here.form.gather
        if gather is None or not await self._check(context, here.form.access):
            return
        said = await gather(context, here.answers(), reply)
        row.step += 1
        row.expires_at = context.now + PATIENCE
        self._show(context, walk.again(here), [said], new=new)
        await store.save(context.tx, row)

    async def _take_typed(self, update: Update, context: Context, here: Walk, value: Any | Problem) -> None:
        question, row = here.question, here.row
        if question is None:
            await self._ask(context, here, Problem(say.only_buttons(context.texts)), typed=True)
        elif row.user_id == context.actor.user_id or isinstance(value, Problem):
            await self._take(update, context, here, question, value, typed=True)
        else:
            await self._ask(context, here, walk.confirming(here, question, value), typed=True)

    async def _take(
        self,
        update: Update,
        context: Context,
        here: Walk,
        question: Question[Any],
        value: Any | Problem,
        typed: bool = False,
    ) -> None:
        if isinstance(value, Problem):
            await self._ask(context, here, value, typed=typed)
            return
        walk.accept(here, question, value)
        there = walk.again(here)
        if there.ends_at_once:
            await self._finish(update, context, there, typed=typed)
        else:
            await self._ask(context, there, typed=typed)

    async def _ask(self, context: Context, here: Walk, problem: Problem | None = None, *, typed: bool = False) -> None:
        row = here.row
        row.step += 1
        row.expires_at = context.now + PATIENCE
        notes = [say.problem(problem.html)] if problem is not None else []
        self._show(context, walk.again(here), notes, problem, new=typed and context.private)
        await store.save(context.tx, row)

    async def _finish(
        self, update: Update, context: Context, here: Walk, *, typed: bool = False, brief: bool = False
    ) -> None:
        row = here.row
        await store.remove(context.tx, row.id)
        if not await self._check(context, here.form.access):
            display.edit(
                context.effects, row, CardView(say.not_saved(context.texts, self._entrance.title(context, row)))
            )
            return
        if typed and context.private:
            display.drop_buttons(context.effects, row)
        else:
            display.edit(context.effects, row, view.done_view(here, brief=brief))
        await here.form.finish(update, context, here.answers())

    # What is seen

    @staticmethod
    def _show(
        context: Context, here: Walk, notes: Iterable[Html], problem: Problem | None = None, *, new: bool
    ) -> None:
        row, card = here.row, display.draw(here, notes, problem)
        if not new:
            display.edit(context.effects, row, card)
            return
        before, elsewhere = replace(row), context.spoken.take_unreached()
        display.post(context.scope, row, card, elsewhere.key if elsewhere is not None else "")
        if before.prompt_effect:
            display.drop_buttons(context.effects, before)

    def _replace(self, context: Context, earlier: OpenForm | None) -> list[Html]:
        if earlier is None:
            return []
        title = self._entrance.title(context, earlier)
        if context.private:
            display.drop_buttons(context.effects, earlier)
        else:
            display.edit(context.effects, earlier, CardView(say.not_saved(context.texts, title)))
        return [say.replaced(context.texts, title)] if earlier.expires_at > context.now else []
