"""What organisers do: create, edit, cancel, close and reopen events."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.events import service
from bot.events.handlers import board, codes, finding, questions
from bot.events.rules.event import (
    REASON_LIMIT,
    Cancelled,
    Change,
    Closed,
    Created,
    Edited,
    Event,
    NoSuchEvent,
    Reopened,
    WouldDrop,
    planned,
)
from bot.events.rules.line import (
    FieldOnly,
    Line,
    Part,
    TitleOnly,
    Twice,
    UnknownPart,
    read_edit,
    read_line,
)
from bot.events.rules.plan import Field, Plan, flaw_of
from bot.events.texts import card as card_texts
from bot.events.texts import fields
from bot.events.texts import organiser as say
from bot.kernel.times import HORIZON
from bot.tg.access import Declined
from bot.tg.buttons import column
from bot.tg.forms import Asking, Form, Problem, Reply
from bot.tg.forms import texts as say_form

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import datetime

    from telegram import Update

    from bot.events.handlers.finding import Meant
    from bot.events.rules.event import CloseOutcome, ReopenOutcome
    from bot.i18n import Html
    from bot.tg.context import Context
    from bot.tg.effects import Key

CREATE_FORM, EDIT_FORM, CANCEL_FORM = "event.create", "event.edit", "event.cancel"


# Creating


async def create(_update: Update, context: Context) -> None:
    """``/event create title | time | …``: show the event as it will be, or ask for what is missing or unclear (R05)."""
    line = read_line(context.args_text)
    match line:
        case TitleOnly(title=title):
            await context.start_form(CREATE_FORM, {"title": title} if title and not _too_long(context, title) else {})
        case UnknownPart() | Twice():
            context.reply(say.unknown_part(context.texts, line))
        case Line():
            await _from_line(context, line)


def _too_long(context: Context, title: str) -> bool:
    flaw = flaw_of(Plan(title, context.now + HORIZON), context.now)
    if flaw is not None:
        raise Declined(fields.flaw(context.texts, flaw))
    return False


async def _from_line(context: Context, line: Line) -> None:
    asked = Asking(context.texts, context.now, context.group, {})
    starts_at = questions.read_start(asked, Reply(line.when))
    known = {} if isinstance(starts_at, Problem) else {"starts_at": starts_at}
    deadline: datetime | Problem | None = None
    if line.deadline is not None:
        with_start = Asking(context.texts, context.now, context.group, known)
        deadline = questions.read_deadline(with_start, Reply(line.deadline))
    for problem in (starts_at, deadline):
        if isinstance(problem, Problem) and not problem.choices:
            wrong = problem.html if problem is starts_at else say.no_deadline_time(context.texts, problem.html)
            context.reply(say.time_part(context.texts, wrong))
            return
    preset: dict[str, Any] = {"title": line.title, "seats": line.seats, "guests": line.guests, "place": line.place}
    preset |= _time("starts_at", starts_at, line.when) | _time("deadline", deadline, line.deadline)
    _check(context, preset)
    await context.start_form(CREATE_FORM, preset)


def _time(field: Field, found: datetime | Problem | None, words: str | None) -> dict[str, Any]:
    return {questions.said(field): words} if isinstance(found, Problem) else {field: found}


def _check(context: Context, known: dict[str, Any]) -> None:
    """Refuse what is wrong in a line before anything of it is shown back."""
    plan = _plan({"starts_at": context.now + HORIZON, **known})
    flaw = flaw_of(plan, context.now, changed=frozenset(known))
    if flaw is not None:
        raise Declined(fields.flaw(context.texts, flaw))


def _plan(answers: dict[str, Any]) -> Plan:
    return Plan(
        answers["title"],
        answers["starts_at"],
        answers.get("seats"),
        answers.get("guests") or 0,
        answers.get("deadline"),
        answers.get("place"),
    )


async def finish_create(_update: Update, context: Context, answers: dict[str, Any]) -> None:
    """Create the event of a form."""
    await _create(context, _plan(answers))


async def _create(context: Context, plan: Plan) -> None:
    group, spoken = context.group, context.spoken
    done = await service.create(context.tx, group.id, plan, board.person_of(context), context.now)
    if not isinstance(done, Created):
        raise Declined(fields.flaw(context.texts, done))
    await board.post_new(context, done.event)
    thread = group.thread_for("events")
    if spoken.chat_id != group.chat_id or (thread is not None and thread != spoken.thread_id):
        context.reply(say.created_elsewhere(context.texts, done.event, group.title))


# Changing an event that is there


async def edit(_update: Update, context: Context) -> None:
    """``/event edit 3 seats 25``; without the change, a form asks for it."""
    await _run(context, "edit")


async def cancel(_update: Update, context: Context) -> None:
    """``/event cancel 3 [reason]``: asks once more, then tells everybody on it."""
    await _run(context, "cancel")


async def close(_update: Update, context: Context) -> None:
    """``/event close 3``."""
    await _run(context, "close")


async def reopen(_update: Update, context: Context) -> None:
    """``/event reopen 3``."""
    await _run(context, "reopen")


async def _run(context: Context, verb: str) -> None:
    def key(label: str, event: Event) -> Key:
        return codes.DO.key(label, context.group, verb, event.id)

    meant = await finding.named(context, f"/event {verb}", key)
    said = await do(context, verb, meant) if meant is not None else None
    if said is not None:
        context.reply(said)


async def do(context: Context, verb: str, meant: Meant) -> Html | None:
    """Do what a word means with an event; return what is to be said, if it is not said already."""
    action = _ACTIONS.get(verb)
    if action is None:
        context.toast(card_texts.stale(context.texts))
        return None
    alive = finding.live(context, meant)
    return None if alive is None else await action(context, alive)


# Editing


async def _edit(context: Context, meant: Meant) -> Html | None:
    event = meant.event
    preset = {"event": event.id, "about": say.about(context.texts, event)}
    if not meant.rest:
        await context.start_form(EDIT_FORM, preset)
        return None
    part = read_edit(meant.rest)
    if isinstance(part, FieldOnly):
        await context.start_form(EDIT_FORM, {**preset, "field": part.field})
        return None
    if not isinstance(part, Part):
        return say.edit_unclear(context.texts, event.number, part)
    if part.field in questions.TIMES and isinstance(part.value, str):
        await _edit_time(context, meant, {**preset, "field": part.field}, part.field, part.value)
    else:
        await _apply(context, event.id, Change(part.field, part.value))
    return None


async def _edit_time(context: Context, meant: Meant, preset: dict[str, Any], field: Field, words: str) -> None:
    """Show a time back before it is saved; what is wrong with it, or unclear, is said at once."""
    read = questions.read_start if field == "starts_at" else questions.read_deadline
    known = {"starts_at": meant.event.plan.starts_at} if field == "deadline" else {}
    value = read(Asking(context.texts, context.now, context.group, known), Reply(words))
    if isinstance(value, Problem) and not value.choices:
        context.reply(value.html)
        return
    if not isinstance(value, Problem):
        plan = planned(meant.event, Change(field, value), meant.tally, context.now)
        if not isinstance(plan, Plan):
            raise Declined(say.edited(context.texts, plan))
    await context.start_form(EDIT_FORM, {**preset, **_time(field, value, words)})


async def finish_edit(_update: Update, context: Context, answers: dict[str, Any]) -> None:
    """Make the change of a form."""
    field: Field = answers["field"]
    value = answers[field] if field != "guests" else answers[field] or 0
    await _apply(context, answers["event"], Change(field, value))


async def _apply(context: Context, event_id: int, change: Change, agreed: int | None = None) -> None:
    who = board.person_of(context)
    done = await service.edit(context.tx, context.group, event_id, change, who, context.now, agreed)
    if isinstance(done, NoSuchEvent):
        # What it names is the id in a button, which is not a number that people know.
        raise Declined(card_texts.stale(context.texts))
    said = say.edited(context.texts, done)
    if isinstance(done, WouldDrop):
        keys = (
            codes.LOWER.key(say.lower_label(context.texts, done.seats), context.group, event_id, done.seats, done.mark),
            codes.KEEP.key(say.keep_label(context.texts), context.group, event_id),
        )
        context.edit(said, column(keys)) if agreed is not None else context.reply(said, column(keys))
    elif isinstance(done, Edited):
        context.scope.cards.changed(board.CARD, str(event_id))
        context.edit(said) if agreed is not None else context.reply(said)
    else:
        raise Declined(said)


async def lower(_update: Update, context: Context, event_id: int, seats: int, mark: int) -> None:
    """Lower the seats after the organiser saw who goes back to the waiting list."""
    await _apply(context, event_id, Change("seats", seats), agreed=mark)


async def keep(_update: Update, context: Context, event_id: int) -> None:
    """Leave the seats as they are."""
    found = await service.get(context.tx, context.group.id, event_id)
    if found is None:
        context.toast(card_texts.stale(context.texts))
        return
    context.edit(say.kept(context.texts, found[0]))


# Cancelling, closing, reopening


async def _ask_cancel(context: Context, meant: Meant) -> Html | None:
    preset: dict[str, Any] = {
        "event": meant.event.id,
        "about": say.about(context.texts, meant.event),
        "people": meant.tally.people,
    }
    if meant.rest:
        preset["reason"] = reason = " ".join(meant.rest.split())
        if len(reason) > REASON_LIMIT:
            raise Declined(say_form.too_long(context.texts, len(reason), REASON_LIMIT))
    await context.start_form(CANCEL_FORM, preset)
    return None


async def finish_cancel(_update: Update, context: Context, answers: dict[str, Any]) -> None:
    """Cancel the event, if the organiser was sure."""
    event_id = answers["event"]
    if not answers["sure"]:
        found = await service.get(context.tx, context.group.id, event_id)
        if found is not None:
            context.reply(say.kept(context.texts, found[0]))
        return
    who = board.person_of(context)
    done = await service.cancel(context.tx, context.group.id, event_id, answers.get("reason"), who, context.now)
    if isinstance(done, Cancelled):
        context.scope.cards.changed(board.CARD, str(event_id))
    context.reply(say.cancelled(context.texts, done))


async def _close(context: Context, meant: Meant) -> Html:
    done: CloseOutcome = await service.close(
        context.tx, context.group.id, meant.event.id, board.person_of(context), context.now
    )
    if isinstance(done, Closed):
        context.scope.cards.changed(board.CARD, str(meant.event.id))
    return say.closed(context.texts, done)


async def _reopen(context: Context, meant: Meant) -> Html:
    done: ReopenOutcome = await service.reopen(
        context.tx, context.group.id, meant.event.id, board.person_of(context), context.now
    )
    if isinstance(done, Reopened):
        context.scope.cards.changed(board.CARD, str(meant.event.id))
    return say.reopened(context.texts, done)


_ACTIONS: dict[str, Callable[[Context, Meant], Awaitable[Html | None]]] = {
    "edit": _edit,
    "cancel": _ask_cancel,
    "close": _close,
    "reopen": _reopen,
}

FORMS: tuple[Form[Any], ...] = (
    Form(CREATE_FORM, say.CREATE_TITLE, tuple(questions.PLAN.values()), finish_create, codes.ORGANISERS, confirm=True),
    Form(EDIT_FORM, say.EDIT_TITLE, questions.EDIT, finish_edit, codes.ORGANISERS, confirm=questions.sets_a_time),
    Form(CANCEL_FORM, say.CANCEL_TITLE, questions.CANCEL, finish_cancel, codes.ORGANISERS),
)
