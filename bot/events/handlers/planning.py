"""What organisers do with an event that is there: edit, cancel, close and reopen it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from bot.events import service
from bot.events.handlers import board, codes, finding, pictures, questions
from bot.events.handlers.reading import (
    TIMES,
    known_time,
    read_deadline,
    read_start,
    read_words,
    start_and_length,
)
from bot.events.rules.event import (
    REASON_LIMIT,
    Cancelled,
    Change,
    Closed,
    Edited,
    Event,
    NoSuchEvent,
    Reopened,
    WouldDrop,
    planned,
)
from bot.events.rules.line import FieldOnly, read_edit
from bot.events.rules.parts import End, Part
from bot.events.rules.plan import Field, Kind, Plan
from bot.events.texts import card as card_texts
from bot.events.texts import organiser as say
from bot.i18n import Html
from bot.kernel.times import to_local
from bot.tg.access import Declined
from bot.tg.aside import step_aside
from bot.tg.buttons import column
from bot.tg.forms import Form, Problem
from bot.tg.forms import texts as say_form

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from telegram import Update

    from bot.events.handlers.finding import Meant
    from bot.events.rules.event import CloseOutcome, ReopenOutcome
    from bot.tg.context import Context
    from bot.tg.effects import Key

EDIT_FORM, CANCEL_FORM = "event.edit", "event.cancel"


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
    if alive is None:
        return None
    if not alive.event.phase(context.now).is_public:
        await step_aside(context)
        if verb != "edit":
            return say.still_a_draft(context.texts, alive.event)
    return await action(context, alive)


# Editing


async def _edit(context: Context, meant: Meant) -> Html | None:
    event = meant.event
    preset = {"event": event.id, "about_event": say.about(context.texts, event)}
    if not meant.rest:
        await context.start_form(EDIT_FORM, preset)
        return None
    part = read_edit(meant.rest)
    if isinstance(part, FieldOnly):
        await context.start_form(EDIT_FORM, {**preset, "field": part.field})
        return None
    if isinstance(part, Part) and isinstance(part.value, End):
        part = _until(context, event, part.value)
    if not isinstance(part, Part):
        return say.edit_unclear(context.texts, event.number, part)
    if part.field in TIMES and isinstance(part.value, str):
        await _edit_time(context, meant, {**preset, "field": part.field}, part.field, part.value)
    else:
        await _apply(context, event.id, _change({"field": part.field, part.field: part.value}))
    return None


def _until(context: Context, event: Event, end: End) -> Part:
    """Return the length of an event that ends at a time of day.

    :raises Declined: if that is no time at which it could end.
    """
    begins = to_local(event.plan.starts_at, context.texts.tz)
    span = start_and_length(f"{begins:%Y-%m-%d %H:%M} - {end.text}", context.now, context.texts.tz)
    if span is None:
        raise Declined(say.no_end(context.texts, end.text))
    return Part("minutes", round(span[1] / timedelta(minutes=1)))


async def _edit_time(context: Context, meant: Meant, preset: dict[str, Any], field: Field, words: str) -> None:
    """Show a time back before it is saved; what is wrong with it, or unclear, is said at once."""
    known = {"starts_at": meant.event.plan.starts_at} if field == "deadline" else {}
    value = read_words(context, read_start if field == "starts_at" else read_deadline, words, known)
    if isinstance(value, Problem) and not value.choices:
        context.reply(value.html)
        return
    times = known_time(field, value, words)
    if field in times:
        plan = planned(meant.event, _change({"field": field, **times}), meant.tally, context.now)
        if not isinstance(plan, Plan):
            raise Declined(say.edited(context.texts, plan))
    await context.start_form(EDIT_FORM, {**preset, **times})


async def finish_edit(_update: Update, context: Context, answers: dict[str, Any]) -> None:
    """Make the change of a form."""
    await _apply(context, answers["event"], _change(answers))


def _change(answers: dict[str, Any]) -> Change:
    """Return the change an answer stands for: a time with its end has a length, a place may be a point on the map."""
    field: Field = answers["field"]
    value = answers.get(field)
    match field:
        case "guests":
            return Change(field, value or 0)
        case "starts_at" if "minutes" in answers:
            return Change(field, value, {"minutes": answers["minutes"]})
        case "place" if "spot" in answers:
            spot = answers["spot"]
            return Change(field, value, {"spot": spot}) if value else Change("spot", spot)
        case "link" if value is not None:
            return Change(field, value, {"kind": Kind.ONLINE})
        case _:
            return Change(field, value)


async def _apply(context: Context, event_id: int, change: Change, agreed: int | None = None) -> None:
    who = board.person_of(context)
    done = await service.edit(context.tx, context.group, event_id, change, who, context.now, agreed)
    if isinstance(done, NoSuchEvent):
        # What it names is the id in a button, which is not a number that people know.
        raise Declined(card_texts.stale(context.texts))
    if isinstance(done, WouldDrop):
        _ask_lower(context, done, first=agreed is None)
        return
    said = say.edited(context.texts, done)
    if not isinstance(done, Edited):
        raise Declined(said)
    context.scope.cards.changed(board.CARD, str(event_id))
    pictures.show_new(context, done)
    context.edit(said) if agreed is not None else context.reply(said)


def _ask_lower(context: Context, done: WouldDrop, *, first: bool) -> None:
    """Name those for whom there would be no seat; asked again where they are others by now."""
    texts, group, event = context.texts, context.group, done.event
    keys = column(
        (
            codes.LOWER.key(say.lower_label(texts, done.seats), group, event.id, done.seats, done.mark),
            codes.KEEP.key(say.keep_label(texts), group, event.id),
        )
    )
    said = say.would_drop(texts, done)
    context.reply(said, keys) if first else context.edit(said, keys)


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
    Form(EDIT_FORM, say.EDIT_TITLE, questions.EDIT, finish_edit, codes.ORGANISERS, confirm=questions.sets_a_time),
    Form(CANCEL_FORM, say.CANCEL_TITLE, questions.CANCEL, finish_cancel, codes.ORGANISERS),
)
