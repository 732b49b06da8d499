"""Questions beforehand: asked, voted for, sorted by the organisers, handed to those who speak."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from bot.events import service as events
from bot.events.handlers import finding
from bot.events.handlers.board import person_of
from bot.events.rules.signup import SignUp, SignUpState
from bot.events.service import clock
from bot.events.talks import rules, service
from bot.events.talks.handlers import codes
from bot.events.talks.handlers.link import is_on
from bot.events.talks.rules import AskFlaw, Standing
from bot.events.talks.texts import part as part_texts
from bot.events.talks.texts import questions as say
from bot.tg import effects as fx
from bot.tg.access import Declined
from bot.tg.aside import step_aside, step_home
from bot.tg.buttons import column, rows
from bot.tg.capability import EVERYONE, CardView
from bot.tg.forms import Form
from bot.tg.forms.questions import ask_one_of, ask_text
from bot.tg.forms.questions import say as prompt
from bot.tg.pages import MESSAGE_LIMIT, paged, visible_length

if TYPE_CHECKING:
    from collections.abc import Callable

    from telegram import Update

    from bot.events.handlers.clock import About
    from bot.events.handlers.finding import Meant
    from bot.events.handlers.telling import Teller
    from bot.events.rules.event import Event
    from bot.events.talks.rules import Question
    from bot.i18n import Html, Texts
    from bot.kernel.groups import Group
    from bot.tg.context import Context, Scope
    from bot.tg.effects import Key, Keyboard

CARD: Final = "questions"
"""The kind of the live list of questions; its key is the event's id."""
ASK_FORM: Final = "event.ask"
_ON_CARD, _PER_PAGE, _VOTES_A_ROW = 10, 5, 5
_SORTED, _SAME = 18, 15
"""How many questions, in a few words each, fit into any message; beside one in full, fewer do."""
_NAMED: Final = ((True, say.WITH_NAME), (False, say.WITHOUT_NAME))


# Asking


async def asked(_update: Update, context: Context) -> None:
    """``/event ask 3 How long is it?``; without the question, a form asks for it (R05)."""
    meant = await finding.named(context, "/event ask", codes.ASK)
    if meant is None:
        return
    if meant.rest:
        await _ask(context, meant.event, meant.rest, with_name=True)
    else:
        await _ask_by_form(context, meant.event)


async def ask_tapped(_update: Update, context: Context, event_id: int) -> None:
    """Ask for the question of somebody who tapped the button."""
    meant = await finding.picked(context, event_id)
    if meant is None:
        return
    if rules.is_closed(meant.event, context.now):
        context.toast(say.ask_flaw(context.texts, AskFlaw.OVER).striptags(), alert=True)
        return
    await _ask_by_form(context, meant.event)


async def _ask_by_form(context: Context, event: Event) -> None:
    """Ask for the question in private; where it can only be in the group, everybody sees who asks anyway."""
    await step_home(context)
    context.toast_empty()
    await context.start_form(ASK_FORM, {"event": event.id} | ({} if context.private else {"named": True}))


async def finish(_update: Update, context: Context, answers: dict[str, Any]) -> None:
    """Take the question of a form."""
    meant = await finding.picked(context, answers["event"])
    if meant is not None:
        await _ask(context, meant.event, answers["question"], with_name=answers["named"])


async def _ask(context: Context, event: Event, text: str, *, with_name: bool) -> None:
    who = person_of(context)
    done = await service.ask(context.tx, event, who, text, context.now, anonymous=not with_name)
    if isinstance(done, AskFlaw):
        raise Declined(say.ask_flaw(context.texts, done))
    context.scope.cards.changed(CARD, str(event.id))
    keys = rows((codes.QUESTIONS.key(context.texts.label(part_texts.QUESTIONS), context.group, event.id),))
    context.reply(say.asked(context.texts, done, event), keys)


# The list


async def render(scope: Scope, group: Group, key: str, texts: Texts) -> CardView | None:
    """Draw the live list of questions: the most wanted first, each with its vote."""
    found = await events.get(scope.tx, group.id, int(key))
    if found is None:
        return None
    every = rules.ranked(await service.questions(scope.tx, found[0].id))
    return CardView(*_list(texts, group, found[0], every, scope))


def _list(texts: Texts, group: Group, event: Event, every: list[Question], scope: Scope) -> tuple[Html, Keyboard]:
    closed = rules.is_closed(event, scope.now)

    def write(some: list[Question]) -> Html:
        return say.questions_view(texts, event, some, len(every) - len(some), closed=closed)

    shown = fitting(every[:_ON_CARD], write)
    votes = [_vote(texts, group, one) for one in shown if one.standing is Standing.OPEN]
    last = (
        None if closed else codes.ASK.key(texts.label(say.ASK), group, event.id),
        codes.ALL.key(texts.label(say.ALL), group, event.id) if len(every) > len(shown) else None,
        codes.SORT.key(texts.label(say.SORT), group, event.id) if every else None,
    )
    return write(shown), (*column(() if closed else votes, _VOTES_A_ROW), *rows(last))


def fitting(found: list[Question], write: Callable[[list[Question]], Html]) -> list[Question]:
    """Return as many of the questions, from the first, as fit into a message."""
    while found and visible_length(write(found)) > MESSAGE_LIMIT:
        found = found[:-1]
    return found


def _vote(texts: Texts, group: Group, question: Question) -> Key:
    return codes.VOTE.key(say.vote_label(texts, question), group, question.id)


async def listed(_update: Update, context: Context) -> None:
    """``/event questions 3``: the live list, where it was asked for."""
    meant = await finding.named(context, "/event questions", codes.QUESTIONS)
    if meant is not None:
        await _post(context, meant)


async def list_tapped(_update: Update, context: Context, event_id: int) -> None:
    """Show the live list of an event chosen by a button."""
    meant = await finding.picked(context, event_id)
    if meant is not None:
        context.toast_empty()
        await _post(context, meant)


async def _post(context: Context, meant: Meant) -> None:
    spoken = context.spoken
    await context.scope.cards.post(
        CARD,
        str(meant.event.id),
        context.group,
        spoken.chat_id,
        thread_id=spoken.thread_id,
        priority=fx.Priority.ANSWER,
    )


async def show_all(_update: Update, context: Context, event_id: int) -> None:
    """Open the pages of all questions beside the live list, which stays for everybody."""
    meant = await finding.picked(context, event_id)
    if meant is not None:
        await step_home(context)
        context.toast_empty()
        context.reply(*await _page(context, meant.event, 1))


async def page(_update: Update, context: Context, event_id: int, number: int) -> None:
    """Turn the pages of all questions."""
    meant = await finding.picked(context, event_id)
    if meant is not None:
        context.edit(*await _page(context, meant.event, number))


async def _page(context: Context, event: Event, number: int) -> tuple[Html, Keyboard]:
    texts, group, closed = context.texts, context.group, rules.is_closed(event, context.now)
    every = rules.ranked(await service.questions(context.tx, event.id))
    title = say.all_title(texts, event) if every else say.questions_view(texts, event, (), 0, closed=closed)
    lines = [say.question_line(texts, one) for one in every]
    html, keys = paged(title, lines, number, _PER_PAGE, codes.PAGE, group, event.id, texts=texts)
    shown = () if closed else _on_page(every, number, _PER_PAGE)
    votes = [_vote(texts, group, one) for one in shown if one.standing is Standing.OPEN]
    return html, (*column(votes, _VOTES_A_ROW), *keys)


def _on_page(found: list[Question], number: int, per_page: int) -> list[Question]:
    """Return what stands on a page; one that does not exist means the nearest."""
    last = max(0, len(found) - 1) // per_page
    start = min(max(number - 1, 0), last) * per_page
    return found[start : start + per_page]


async def vote(_update: Update, context: Context, question_id: int) -> None:
    """Vote for a question, or take the vote back."""
    done = await service.vote(context.tx, context.group.id, question_id, context.actor.user_id, context.now)
    if done is None:
        context.toast(part_texts.gone(context.texts))
        return
    event, outcome = done
    context.toast(say.voted(context.texts, outcome))
    context.scope.cards.changed(CARD, str(event.id))


# Sorting


async def sort(_update: Update, context: Context, event_id: int) -> None:
    """Show organisers all questions, to hide one, mark it or put two together."""
    meant = await finding.picked(context, event_id)
    if meant is not None:
        await step_aside(context)
        context.toast_empty()
        context.reply(*await _sorting(context, meant.event, 1))


async def turn_sorting(_update: Update, context: Context, event_id: int, number: int) -> None:
    """Turn the pages of the questions to be sorted."""
    meant = await finding.picked(context, event_id)
    if meant is not None:
        context.edit(*await _sorting(context, meant.event, number))


async def _sorting(context: Context, event: Event, number: int) -> tuple[Html, Keyboard]:
    texts, group = context.texts, context.group
    every = [one for one in await service.questions(context.tx, event.id) if one.standing is not Standing.MERGED]
    title = say.sort_title(texts, event, empty=not every)
    lines = [say.short_line(texts, one) for one in every]
    html, turning = paged(title, lines, number, _SORTED, codes.SORTED, group, event.id, texts=texts)
    shown = _on_page(every, number, _SORTED)
    keys = [codes.ONE.key(texts.number(one.number), group, one.id) for one in shown]
    return html, (*column(keys, _VOTES_A_ROW), *turning)


async def one(_update: Update, context: Context, question_id: int) -> None:
    """Show what can be done with one question."""
    found = await service.find(context.tx, context.group.id, question_id, context.actor.user_id)
    if found is None:
        context.toast(part_texts.gone(context.texts))
        return
    context.edit(*_one(context, *found))


def _one(context: Context, event: Event, question: Question) -> tuple[Html, Keyboard]:
    texts, group = context.texts, context.group
    is_open = question.standing is Standing.OPEN

    def settle(label: str, standing: Standing) -> Key:
        return codes.SETTLE.key(texts.label(label), group, standing.value, question.id)

    keys = rows(
        (
            settle(say.HIDE, Standing.HIDDEN) if question.standing is not Standing.HIDDEN else None,
            settle(say.SHOW, Standing.OPEN) if question.standing is Standing.HIDDEN else None,
            settle(say.ANSWERED, Standing.ANSWERED) if is_open else None,
            settle(say.OPEN, Standing.OPEN) if question.standing is Standing.ANSWERED else None,
        ),
        (codes.SAME.key(texts.label(say.MERGE), group, question.id, 1) if is_open else None,),
        (codes.SORTED.key(texts.label(part_texts.BACK), group, event.id, 1),),
    )
    return say.question_line(texts, question), keys


async def settle(_update: Update, context: Context, word: str, question_id: int) -> None:
    """Hide a question, show it, mark it as answered or not."""
    standing = Standing(word) if word in set(Standing) else Standing.MERGED
    who = person_of(context)
    done = await service.settle(context.tx, context.group.id, question_id, standing, who, context.now)
    if done is None:
        context.toast(part_texts.gone(context.texts))
        return
    context.scope.cards.changed(CARD, str(done[0].id))
    context.edit(*_one(context, *done))


async def same(_update: Update, context: Context, question_id: int, number: int) -> None:
    """Offer the questions that may mean the same."""
    found = await service.find(context.tx, context.group.id, question_id, context.actor.user_id)
    if found is None:
        context.toast(part_texts.gone(context.texts))
        return
    event, question = found
    texts, group = context.texts, context.group
    others = [other for other in await service.questions(context.tx, event.id) if rules.can_merge(question, other)]
    title = say.same_title(texts, question, alone=not others)
    lines = [say.short_line(texts, one) for one in others]
    html, turning = paged(title, lines, number, _SAME, codes.SAME, group, question.id, texts=texts)
    shown = _on_page(others, number, _SAME)
    keys = [codes.MERGE.key(texts.number(other.number), group, question.id, other.id) for other in shown]
    back = codes.ONE.key(texts.label(part_texts.BACK), group, question.id)
    context.edit(html, (*column(keys, _VOTES_A_ROW), *turning, (back,)))


async def merge(_update: Update, context: Context, question_id: int, into: int) -> None:
    """Put two questions together that mean the same."""
    done = await service.merge(context.tx, context.group.id, question_id, into, person_of(context), context.now)
    if done is None:
        context.toast(part_texts.gone(context.texts))
        return
    context.scope.cards.changed(CARD, str(done[0].id))
    context.edit(*await _sorting(context, done[0], 1))


# Handing over


class HandOver:
    """Gives the questions to those who speak and organise, with what the composition root gave."""

    def __init__(self, teller: Teller) -> None:
        self._teller = teller

    async def run(self, scope: Scope, about: About, _detail: str) -> None:
        """Hand the most wanted questions over an hour before the start; late is better than never while it lasts."""
        if rules.is_closed(about.event, scope.now):
            return
        due = about.event.plan.starts_at - rules.QUESTIONS_AHEAD
        if due > scope.now:
            await clock.set_all(scope.tx, about.event, {service.QUESTIONS: due})
            return
        found = rules.top(await service.questions(scope.tx, about.event.id))
        if not found:
            return
        await self._teller.to_organiser(scope, about, lambda texts: _handed(texts, about.event, found))
        speaking = [
            SignUp(speaker.user_id, speaker.name, SignUpState.GOING, 0, scope.now)
            for speaker in await service.speakers(scope.tx, about.event.id)
            if speaker.user_id is not None and speaker.can_be_told and speaker.user_id != about.event.created_by
        ]

        def write(own: Texts, _one: SignUp) -> Html:
            return _handed(own, about.event, found)

        await self._teller.in_private(scope, about, speaking, write, expires=about.event.plan.ends_at)


def _handed(texts: Texts, event: Event, found: list[Question]) -> Html:
    return say.handed_over(texts, event, fitting(found, lambda some: say.handed_over(texts, event, some)))


async def redraw(scope: Scope, about: About, _detail: str) -> None:
    """Bring the live list up to date: the event is over, or called otherwise."""
    scope.cards.changed(CARD, str(about.event.id))


async def key(scope: Scope, group: Group, event: Event, texts: Texts) -> Key | None:
    """Return the button on the card of an online event."""
    if not is_on(event, scope.now):
        return None
    return codes.QUESTIONS.key(texts.label(part_texts.QUESTIONS), group, event.id)


FORMS: tuple[Form[Any], ...] = (
    Form(
        ASK_FORM,
        say.ASK_TITLE,
        (
            ask_text("question", say.QUESTION, prompt(say.ASK_QUESTION), rules.QUESTION_LIMIT),
            ask_one_of("named", say.NAMED, prompt(say.ASK_NAMED), _NAMED, bool),
        ),
        finish,
        EVERYONE,
    ),
)
