"""Which event a command means: named by its number, or chosen by a button."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.events import service
from bot.events.rules.event import Event, NoSuchEvent, NotLive
from bot.events.rules.line import read_number
from bot.events.rules.signup import Tally
from bot.events.texts import card as card_texts
from bot.events.texts import coming as coming_texts
from bot.events.texts import organiser as say
from bot.kernel.roles import Right
from bot.tg.buttons import column

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.tg.buttons import ButtonCode
    from bot.tg.context import Context
    from bot.tg.effects import Key

    KeyOf = Callable[[str, Event], Key]
    """Makes a button of a label and the event it stands for."""

_OFFERED = 20


@dataclass(frozen=True, slots=True)
class Meant:
    """The event a command means, and the rest of its line."""

    event: Event
    tally: Tally
    rest: str = ""


async def named(context: Context, command: str, key: ButtonCode | KeyOf) -> Meant | None:
    """Find the event that ``command`` (``/event edit``) names by its number; None where the person has been answered.

    Without a number the coming events are offered as buttons; ``key`` is their code, which carries the event alone, or makes
    them. Drafts are found by organisers only.
    """
    typed = context.args_text
    number, rest = read_number(typed)
    if number is None and typed:
        context.reply(say.number_wanted(context.texts, command, typed))
        return None
    if number is None:
        await offer(context, key)
        return None
    found = await service.numbered(context.tx, context.group.id, number)
    if isinstance(found, NoSuchEvent) or _hidden(context, found[0]):
        context.reply(say.no_such_event(context.texts, number))
        return None
    return Meant(*found, rest)


async def picked(context: Context, event_id: int) -> Meant | None:
    """Find the event a button stands for; None where the tap has been answered, because there is none."""
    found = await service.get(context.tx, context.group.id, event_id)
    if found is None or _hidden(context, found[0]):
        context.toast(card_texts.stale(context.texts))
        return None
    return Meant(*found)


def live(context: Context, meant: Meant | None) -> Meant | None:
    """Let an event pass that is still to come; None where the person has been told that it is not."""
    if meant is None:
        return None
    phase = meant.event.phase(context.now)
    if phase.is_live:
        return meant
    context.reply(say.not_live(context.texts, NotLive(meant.event, phase)))
    return None


def may_organise(context: Context) -> bool:
    """Say whether the speaker runs events here."""
    return context.standing.may(Right.EVENTS)


def _hidden(context: Context, event: Event) -> bool:
    return not event.phase(context.now).is_public and not may_organise(context)


async def offer(context: Context, key: ButtonCode | KeyOf) -> None:
    """Offer the events that are coming up as buttons."""
    ahead = [event for event, _ in await service.upcoming(context.tx, context.group.id, context.now)]
    if ahead:
        offer_these(context, ahead, key)
    else:
        context.reply(coming_texts.nothing_coming(context.texts, may_create=may_organise(context)))


def offer_these(context: Context, found: Sequence[Event], key: ButtonCode | KeyOf) -> None:
    """Offer events as buttons; of more than fit, the others are named by their numbers."""
    texts, group = context.texts, context.group
    keys = [
        key(label, event) if callable(key) else key.key(label, group, event.id)
        for event, label in ((event, coming_texts.event_label(texts, event)) for event in found[:_OFFERED])
    ]
    context.reply(coming_texts.which_event(texts, len(found) - len(keys)), column(keys))
