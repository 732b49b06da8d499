"""Drafts: listed, published, discarded, where managers read; and copies of earlier events."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.events import service
from bot.events.creating import service as creating
from bot.events.creating import texts as say
from bot.events.creating.handlers import codes
from bot.events.creating.handlers.create import CREATE
from bot.events.creating.rules import NotADraft, taken_over
from bot.events.handlers import board, finding
from bot.events.handlers import codes as core_codes
from bot.events.rules.event import Created, NoSuchEvent, NotLive, SameAsBefore
from bot.events.rules.plan import Flaw, SeatsOutOfRange
from bot.events.texts import coming, fields, organiser
from bot.tg.aside import step_aside
from bot.tg.buttons import column, rows

if TYPE_CHECKING:
    from telegram import Update

    from bot.events.handlers.finding import Meant
    from bot.events.rules.event import Event
    from bot.tg.buttons import ButtonCode
    from bot.tg.context import Context

_COPIED = timedelta(days=180)
"""How old an event may be that is offered to be copied; older ones are named by their number."""


async def drafts(_update: Update, context: Context) -> None:
    """``/event drafts``: a button for each."""
    await step_aside(context)
    await _offer_drafts(context, core_codes.PANEL)


async def _offer_drafts(context: Context, code: ButtonCode) -> None:
    found = await service.drafts(context.tx, context.group.id)
    keys = [code.key(coming.event_label(context.texts, event), context.group, event.id) for event in found]
    context.edit(say.drafts(context.texts, found), column(keys))


async def _named_draft(context: Context, command: str, code: ButtonCode) -> Meant | None:
    if context.args_text:
        return await finding.named(context, command, code)
    await _offer_drafts(context, code)
    return None


async def publish(_update: Update, context: Context) -> None:
    """``/event publish 7``."""
    await step_aside(context)
    meant = await _named_draft(context, "/event publish", codes.PUBLISH)
    if meant is not None:
        await _publish(context, meant.event)


async def publish_picked(_update: Update, context: Context, event_id: int) -> None:
    """Publish the draft whose button was tapped."""
    meant = await finding.picked(context, event_id)
    if meant is not None:
        await _publish(context, meant.event)


async def _publish(context: Context, event: Event) -> None:
    texts, group = context.texts, context.group
    done = await service.publish(context.tx, group.id, event.id, board.person_of(context), context.now)
    match done:
        case Created(event=event):
            await board.post_new(context, event)
            key = core_codes.PANEL.key(texts.label(say.MANAGE), group, event.id)
            context.edit(say.published(texts, event, group.title), rows((key,)))
        case SameAsBefore(event=event):
            context.reply(say.published_already(texts, event))
        case NotLive():
            context.reply(organiser.not_live(texts, done))
        case Flaw() | SeatsOutOfRange():
            key = core_codes.DO.key(texts.label(organiser.EDIT_TITLE), group, "edit", event.id)
            context.reply(say.cannot_publish(texts, event, fields.flaw(texts, done)), rows((key,)))
        case _:
            context.reply(organiser.no_such_event(texts, event.number))


async def discard(_update: Update, context: Context) -> None:
    """``/event discard 7``: asks once more."""
    await step_aside(context)
    meant = await _named_draft(context, "/event discard", codes.DISCARD)
    if meant is not None:
        _ask_discard(context, meant.event)


async def discard_picked(_update: Update, context: Context, event_id: int) -> None:
    """Ask whether the draft whose button was tapped shall really go."""
    meant = await finding.picked(context, event_id)
    if meant is not None:
        _ask_discard(context, meant.event)


def _ask_discard(context: Context, event: Event) -> None:
    texts, group = context.texts, context.group
    if event.phase(context.now).is_public:
        context.edit(say.discarded(texts, NotADraft(event)))
        return
    keys = (
        codes.DISCARD_SURE.key(texts.label(say.YES_DISCARD), group, event.id),
        core_codes.PANEL.key(texts.label(say.NO_KEEP), group, event.id),
    )
    context.edit(say.sure_to_discard(texts, event), column(keys))


async def discard_sure(_update: Update, context: Context, event_id: int) -> None:
    """Throw the draft away."""
    who = board.person_of(context)
    done = await creating.discard(context.tx, context.group.id, event_id, who, context.now)
    if isinstance(done, NoSuchEvent):
        context.toast(coming_stale(context))
    context.edit(say.discarded(context.texts, done))


def coming_stale(context: Context) -> str:
    """Say that the event behind a button is gone."""
    return str(say.discarded(context.texts, NoSuchEvent(0)).striptags())


# Copies


async def copy(_update: Update, context: Context) -> None:
    """``/event copy 3``: the form with everything but the time, also of an event that is over or cancelled."""
    if not context.args_text:
        await _offer_copies(context)
        return
    meant = await finding.named(context, "/event copy", codes.COPY)
    if meant is not None:
        await _copy(context, meant.event)


async def _offer_copies(context: Context) -> None:
    """Offer the events of the past months and those that are coming up, the last first."""
    found = await service.upcoming(context.tx, context.group.id, context.now - _COPIED)
    if found:
        finding.offer_these(context, [event for event, _ in reversed(found)], codes.COPY)
    else:
        await finding.offer(context, codes.COPY)


async def copy_picked(_update: Update, context: Context, event_id: int) -> None:
    """Copy the event whose button was tapped."""
    meant = await finding.picked(context, event_id)
    if meant is not None:
        await _copy(context, meant.event)


async def _copy(context: Context, event: Event) -> None:
    if not event.phase(context.now).is_public:
        await step_aside(context)
    await context.start_form(CREATE, taken_over(event.plan))
