"""The questions put to those who sign up: in private where the bot can write, else in the group, addressed to the person."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from bot.events import service
from bot.events.handlers import finding
from bot.events.handlers.quiet import put_off
from bot.events.handlers.telling import MENTIONS, batches
from bot.events.rules import schedule
from bot.events.rules.answers import Open, asks
from bot.events.rules.outcomes import GuestsChanged, In, WaitingGuestsChanged, Waits
from bot.events.service import answers as kept
from bot.events.signing.handlers import codes
from bot.events.signing.handlers.questions import FORM, asked_of
from bot.events.signing.texts import asking as say
from bot.i18n import Html
from bot.kernel.ids import ChatId
from bot.tg.aside import step_aside, unreached
from bot.tg.buttons import rows
from bot.tg.pages import paged

if TYPE_CHECKING:
    from telegram import Update

    from bot.events.handlers.clock import About
    from bot.events.handlers.telling import Teller
    from bot.events.rules.event import Event
    from bot.events.rules.signup import SignUp
    from bot.events.service import Tapped
    from bot.i18n import Texts
    from bot.tg.context import Context, Scope
    from bot.tg.effects import Keyboard

_PER_PAGE: Final = 20


class Questions:
    """Asks, keeps and shows what people answer."""

    def __init__(self, teller: Teller) -> None:
        self._teller = teller

    # Asking

    async def after(self, context: Context, done: Tapped) -> str | None:
        """Ask somebody who has just signed up, or brings another guest; return what is added to the answer."""
        brings = isinstance(done.outcome, GuestsChanged | WaitingGuestsChanged)
        if not brings and not isinstance(done.outcome, In | Waits):
            return None
        found = await kept.open_of(context.tx, done.event, done.mine)
        if brings:
            found = Open((), found.guests)
        return await self._ask(context, done.event, found, done.mine) if found and done.mine is not None else None

    async def invite(self, context: Context, event: Event, mine: SignUp | None) -> None:
        """Ask somebody in private whom an organiser put on the list; who cannot be reached is asked with the reminder."""
        found = await kept.open_of(context.tx, event, mine)
        if mine is None or not found or mine.user_id not in await self._teller.reachable_of(context.tx, [mine.user_id]):
            return
        own = await context.scope.texts_of(mine.user_id, context.group)
        html = say.has_questions(own, event, context.group.title)
        context.scope.send(mine.user_id, html, _key(own, context, event.id))

    async def ask(self, _update: Update, context: Context, event_id: int) -> None:
        """Ask whoever taps what is still open."""
        meant = await finding.picked(context, event_id)
        if meant is None:
            return
        mine = await service.standing_of(context.tx, event_id, context.actor.user_id)
        found = await kept.open_of(context.tx, meant.event, mine)
        if mine is None or not found or not meant.event.phase(context.now).is_live:
            context.toast(say.all_answered(context.texts), alert=True)
            return
        said = await self._ask(context, meant.event, found, mine)
        if said is not None:
            context.toast(said)

    async def _ask(self, context: Context, event: Event, found: Open, mine: SignUp) -> str | None:
        """Start the form where the person can answer; return what leads them there, where that is elsewhere."""
        had = await kept.given_by(context.tx, event.id, mine.user_id)
        preset = {
            "event": event.id,
            "about": say.heading(event),
            "asked": [{"text": one.text, "choices": list(one.choices)} for one in found.questions],
            "had": {one.text: had[one.text] for one in found.questions if one.text in had},
            "guests": found.guests,
            "named": list(mine.companions)[: mine.guests - found.guests],
        }
        if context.private:
            await context.start_form(FORM, preset)
            return None
        texts, group, who = context.texts, context.group, context.actor.user_id
        reached = who in await self._teller.reachable_of(context.tx, [who])
        chat = ChatId(who) if reached else context.spoken.chat_id
        if await context.forms.is_open(context.tx, who, chat, context.now):
            # What they are in the middle of must not be lost: they answer when they like.
            own = await context.scope.texts_of(who, group, context.actor.language_code) if reached else texts
            html = say.has_questions(own, event, group.title) if reached else say.still_open(texts, event, [mine])
            context.scope.send(chat, html, _key(own, context, event.id), thread_id=_thread(context, reached))
        elif reached:
            await self._start_in_private(context, preset)
        else:
            await context.start_form(FORM, preset)
        return say.in_private(texts) if reached else say.right_here(texts)

    async def _start_in_private(self, context: Context, preset: dict[str, Any]) -> None:
        spoken, actor = context.spoken, context.actor
        context.spoken = replace(
            spoken,
            chat_id=ChatId(actor.user_id),
            private=True,
            message_id=None,
            thread_id=None,
            callback_id=None,
            texts=await context.scope.texts_of(actor.user_id, context.group, actor.language_code),
            names_group=False,
            unreached=unreached(spoken),
        )
        try:
            await context.start_form(FORM, preset)
        finally:
            context.spoken = spoken

    async def finish(self, _update: Update, context: Context, answers: dict[str, Any]) -> None:
        """Keep what was answered."""
        texts, group, who = context.texts, context.group, context.actor.user_id
        meant = await finding.picked(context, int(answers["event"]))
        if meant is None:
            return
        event = meant.event
        if not event.phase(context.now).is_live:
            context.reply(say.too_late(texts, event))
            return
        said = {
            one.text: str(answers[f"a{slot}"]) for slot, one in enumerate(asked_of(answers)) if answers.get(f"a{slot}")
        }
        if not await kept.keep(context.tx, group.id, event, who, said):
            context.reply(say.not_on_it(texts, event))
            return
        names = [str(answers[f"g{slot}"]) for slot in range(int(answers["guests"])) if answers.get(f"g{slot}")]
        if names:
            await service.name_guests(context.tx, group, event.id, who, [*answers["named"], *names])
        if context.private:
            context.reply(say.thanks(texts, say.heading(event)))

    # Once more

    async def remind(self, scope: Scope, about: About, detail: str) -> None:
        """Ask those who have not answered once more, with the first reminder there is."""
        event, minutes = about.event, int(detail)
        if not about.phase.is_live or not schedule.is_timely(event.plan, minutes, scope.now):
            return
        if minutes != schedule.first_reminder(event.plan, event.created_at):
            return
        if not await put_off(scope, about, f"{schedule.REMIND}-{detail}", event.plan.starts_at):
            await self._ask_open(scope, about)

    async def changed(self, scope: Scope, about: About, detail: str) -> None:
        """Ask those who are on an event what is asked anew."""
        if about.phase.is_live and detail == "questions":
            await self._ask_open(scope, about)

    async def _ask_open(self, scope: Scope, about: About) -> None:
        people = await kept.unanswered(scope.tx, about.event)

        def write(own: Texts, _one: SignUp) -> Html:
            return say.has_questions(own, about.event, about.group.title)

        def keys(own: Texts, _one: SignUp) -> Keyboard:
            return rows((codes.ASK.key(own.label(say.ANSWER_NOW), about.group, about.event.id),))

        missed = await self._teller.in_private(scope, about, people, write, keys)
        texts = scope.texts(about.group)
        for some in batches([one for one in people if one.user_id in missed], MENTIONS):
            html = say.still_open(texts, about.event, some)
            await self._teller.in_group(scope, about, html, keys(texts, some[0]))

    # Reading

    async def command(self, _update: Update, context: Context) -> None:
        """``/event answers 3``: who answered what, for organisers; one's own answers anew, for everybody else."""
        meant = await finding.named(context, "/event answers", codes.ANSWERS)
        if meant is not None:
            await self._open(context, meant.event)

    async def picked(self, _update: Update, context: Context, event_id: int) -> None:
        """Show the answers of an event that was chosen by a button."""
        meant = await finding.picked(context, event_id)
        if meant is not None:
            await self._open(context, meant.event)

    async def _open(self, context: Context, event: Event) -> None:
        if not asks(event.plan):
            context.reply(say.nothing_asked(context.texts, event))
        elif finding.may_organise(context):
            await step_aside(context)
            context.reply(*await self._table(context, event, 1))
        else:
            await self._anew(context, event)

    async def turn(self, _update: Update, context: Context, event_id: int, page: int) -> None:
        """Turn to another page of the answers."""
        meant = await finding.picked(context, event_id)
        if meant is not None:
            context.edit(*await self._table(context, meant.event, page))

    async def mine(self, _update: Update, context: Context, event_id: int) -> None:
        """Put all questions once more to whoever taps."""
        meant = await finding.picked(context, event_id)
        if meant is not None:
            await self._anew(context, meant.event)

    async def _anew(self, context: Context, event: Event) -> None:
        mine = await service.standing_of(context.tx, event.id, context.actor.user_id)
        if mine is None or not mine.state.is_on_it:
            context.reply(say.not_on_it(context.texts, event))
        elif not event.phase(context.now).is_live:
            context.reply(say.too_late(context.texts, event))
        else:
            all_of_it = Open(event.plan.questions, mine.guests if event.plan.named else 0)
            said = await self._ask(context, event, all_of_it, mine) if all_of_it else None
            if said is not None:
                context.toast(said)

    async def _table(self, context: Context, event: Event, page: int) -> tuple[Html, Keyboard]:
        texts, group, questions = context.texts, context.group, event.plan.questions
        people = await service.everybody(context.tx, event.id)
        given = await kept.given(context.tx, event.id)
        title = say.table_title(texts, event, await kept.counted(context.tx, event))
        lines = say.table_lines(texts, questions, people, {int(user_id): said for user_id, said in given.items()})
        html, keys = paged(title, lines, page, _PER_PAGE, codes.ANSWERS_PAGE, group, event.id, texts=texts)
        if any(one.user_id == context.actor.user_id for one in people):
            keys = (*keys, (codes.MINE.key(texts.label(say.MINE), group, event.id),))
        return html, keys


def _key(texts: Texts, context: Context, event_id: int) -> Keyboard:
    return rows((codes.ASK.key(texts.label(say.ANSWER_NOW), context.group, event_id),))


def _thread(context: Context, reached: bool) -> int | None:
    return None if reached else context.spoken.thread_id
