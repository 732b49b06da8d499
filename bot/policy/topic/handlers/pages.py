"""``/topic stop``, ``/topic resume``, ``/topic stopped``: by line, by form and by the button on the card."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from bot.policy.handlers.common import to_rules
from bot.policy.rules.rule import read_words
from bot.policy.topic import service
from bot.policy.topic import texts as say
from bot.policy.topic.handlers import codes
from bot.policy.topic.rules import LONGEST, SHORTEST, Fault, Later, Stop, fault_of, read_stop
from bot.tg import effects as fx
from bot.tg.access import Declined
from bot.tg.buttons import column, rows
from bot.tg.capability import CardView
from bot.tg.forms import Choice, Form, Problem, Question
from bot.tg.forms.parsers import duration, show_duration
from bot.tg.forms.questions import ask_one_of

if TYPE_CHECKING:
    from telegram import Update

    from bot.i18n import Texts
    from bot.kernel.groups import Group
    from bot.kernel.ids import UserId
    from bot.policy.topic.rules import Stopped
    from bot.policy.topic.service import TopicBook
    from bot.tg.capability import Due
    from bot.tg.context import Context, Scope
    from bot.tg.forms import Asking, Reply

_LENGTHS = (timedelta(hours=1), timedelta(hours=2), timedelta(hours=24))


@dataclass(frozen=True, slots=True)
class Pages:
    """What administrators and moderators do about topics."""

    book: TopicBook

    async def stop(self, _update: Update, context: Context) -> None:
        """``/topic stop election for 2h``; in a thread of a forum the thread; else a form."""
        here = context.spoken.chat_id == context.group.chat_id
        thread = context.spoken.thread_id if here else None
        if not context.args_text and thread is None:
            await context.start_form(codes.FORM)
            return
        found = read_stop(context.args_text, None if thread is None else int(thread))
        if isinstance(found, Fault):
            raise Declined(say.wrong(context.texts, found))
        await self._stop(context, found)

    async def finish(self, _update: Update, context: Context, answers: dict[str, Any]) -> None:
        """Stop what the form asked for."""
        await self._stop(context, Stop(tuple(answers["words"]), None, answers["length"], Later(answers["later"])))

    async def _stop(self, context: Context, stop: Stop) -> None:
        group = context.group
        made = await self.book.stop(context.tx, group.id, stop, _by(context), context.now)
        if isinstance(made, Fault):
            raise Declined(say.wrong(context.texts, made))
        await context.scope.cards.post(
            codes.CARD,
            f"{group.id}:{made.number}",
            group,
            group.chat_id,
            thread_id=stop.thread_id or (context.spoken.thread_id if _is_here(context) else None),
            silent=group.quiet_until(context.now) is not None,
        )
        if not _is_here(context):
            context.reply(say.stopped(context.texts, made))

    async def resume(self, _update: Update, context: Context) -> None:
        """``/topic resume``, ``/topic resume T1``, ``/topic resume election``."""
        typed = context.args_text
        found = await self.book.resume(context.tx, context.group.id, typed, _by(context), context.now)
        if found is None:
            on = await self.book.held(context.tx, context.group.id, context.now)
            raise Declined(say.not_stopped(context.texts, typed, on))
        _card_changed(context.scope, context.group, found)
        context.reply(say.resumed(context.texts, found))

    async def tap_resume(self, _update: Update, context: Context, number: int) -> None:
        """Open a topic again by the button on its card."""
        found = await self.book.resume(context.tx, context.group.id, str(number), _by(context), context.now)
        if found is None:
            context.toast(say.gone(context.texts), alert=True)
            return
        _card_changed(context.scope, context.group, found)

    async def list(self, _update: Update, context: Context) -> None:
        """Show which topics rest, with a button to open each again, and one to stop another."""
        await self._list(context)

    async def _list(self, context: Context, opened: int = 0) -> None:
        """Show the list; ``opened`` is a topic that is no longer stopped once this turn is committed."""
        texts, group = context.texts, context.group
        on = [one for one in await self.book.held(context.tx, group.id, context.now) if one.number != opened]
        again = [codes.REOPEN.key(say.reopen_label(texts, one), group, one.number) for one in on]
        last = rows((codes.STOP.key(texts.label(say.TITLE), group), to_rules(context)))
        context.edit(say.listed(texts, on), (*column(again, 2), *last))

    async def tap_stop(self, _update: Update, context: Context) -> None:
        """Ask which topic shall rest."""
        await context.start_form(codes.FORM)

    async def reopen(self, update: Update, context: Context, number: int) -> None:
        """Open a topic again by the list."""
        await self.tap_resume(update, context, number)
        await self._list(context, number)

    async def stopped(self, _update: Update, context: Context) -> None:
        """``/topic stopped``: which topics rest."""
        if context.args_text:
            raise Declined(say.no_arguments(context.texts))
        on = await self.book.held(context.tx, context.group.id, context.now)
        context.reply(say.listed(context.texts, on))

    # The card

    async def render(self, scope: Scope, group: Group, key: str, texts: Texts) -> CardView | None:
        """Show a stopped topic."""
        found = await service.get(scope.tx, group.id, int(key.partition(":")[2]))
        if found is None:
            return None
        open_again = codes.RESUME.key(say.resume_label(texts), group, found.number)
        over = found.ended is not None
        return CardView(say.card(texts, found), None if over else rows((open_again,)), finished=over)

    async def over(self, scope: Scope, due: Due) -> None:
        """Open a topic again whose time is over, and tell the group."""
        group = None if due.group_id is None else scope.group(due.group_id)
        if group is None:
            return
        found = await self.book.lapse(scope.tx, group.id, int(due.key.partition(":")[2]), scope.now)
        if found is None:
            return
        _card_changed(scope, group, found)
        if group.active:
            html = say.over(scope.texts(group), found)
            said = fx.SendMessage(group.chat_id, str(html), thread_id=found.stop.thread_id, silent=True)
            scope.effects.put(said, not_before=group.quiet_until(scope.now))

    # The form

    def form(self) -> Form[Any]:
        """Return the form."""
        questions: tuple[Question[Any], ...] = (
            Question(
                "words",
                say.WORDS,
                lambda asking: say.ask_words(asking.texts),
                _parse_words,
                tuple[str, ...],
                show=lambda asking, value: say.name(asking.texts, Stop(tuple(value))),
            ),
            Question(
                "length",
                say.LENGTH,
                lambda asking: say.ask_length(asking.texts),
                duration(SHORTEST, LONGEST),
                timedelta,
                choices=lambda asking: [Choice(asking.texts.duration(length), length) for length in _LENGTHS],
                show=show_duration,
            ),
            ask_one_of(
                "later", say.LATER, lambda asking: say.ask_later(asking.texts), tuple(say.LATERS.items()), Later
            ),
        )
        return Form(codes.FORM, say.TITLE, questions, self.finish, codes.MODERATORS, confirm=True)


def _parse_words(asking: Asking, reply: Reply) -> tuple[str, ...] | Problem:
    words = read_words(reply.text)
    fault = fault_of(Stop(words))
    return words if fault is None else Problem(say.wrong(asking.texts, fault))


def _card_changed(scope: Scope, group: Group, one: Stopped) -> None:
    scope.cards.changed(codes.CARD, f"{group.id}:{one.number}")


def _is_here(context: Context) -> bool:
    return context.spoken.chat_id == context.group.chat_id


def _by(context: Context) -> tuple[UserId, str]:
    return context.actor.user_id, context.actor.name
