"""Events as files for those who run them: tables of who is on them, and calendars."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from bot.events import service as core
from bot.events.handlers import finding
from bot.events.handlers.aside import aside_only
from bot.events.handlers.board import card_link, person_of
from bot.events.looking import rules, service
from bot.events.looking.rules import Kind, NotUnderstood, Span
from bot.events.looking.texts import tables
from bot.events.looking.texts import words as say
from bot.events.rules.event import NoSuchEvent
from bot.events.texts import calendars
from bot.events.texts import card as card_texts
from bot.events.texts import organiser as organiser_texts
from bot.i18n import Html
from bot.tg.buttons import ButtonCode, column
from bot.tg.capability import Maker

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from telegram import Update

    from bot.events.rules.event import Event
    from bot.events.rules.signup import Tally
    from bot.i18n import Texts
    from bot.tg.context import Context
    from bot.tg.effects import Keyboard

TABLE, CALENDAR = Maker("events.table", tables.table), Maker("events.calendar", tables.calendar)
ONE = ButtonCode("ev.take", (str, int))
"""Carries a kind of file and an event."""
SPAN = ButtonCode("ev.span", (str,))
"""Carries a span, whose kind of file is still to be asked."""
MANY = ButtonCode("ev.takes", (str, str))
"""Carries a kind of file and a span."""
_NAME: Final = re.compile(r"[^\w\-]+")
_LONGEST_NAME: Final = 40


async def export(_update: Update, context: Context) -> None:
    """``/event export [3 | coming | 2027-05 | …] [xlsx | csv | ics]``: what is not said is asked by buttons."""
    wanted = rules.read_wanted(context.args_text, _today(context))
    if isinstance(wanted, NotUnderstood):
        context.reply(say.wanted_unclear(context.texts, wanted.typed))
        return
    found = await core.numbered(context.tx, context.group.id, wanted.number) if wanted.number is not None else None
    if isinstance(found, NoSuchEvent):
        context.reply(organiser_texts.no_such_event(context.texts, found.number))
        return
    await aside_only(context)
    if found is not None:
        await _one(context, *found, wanted.kind)
    elif wanted.span is not None:
        await _many(context, wanted.span, wanted.kind)
    elif wanted.kind is Kind.ICS:
        await _many(context, rules.coming(_today(context)), Kind.ICS)
    else:
        context.reply(say.ask_what(context.texts), _spans(context))


async def choose(_update: Update, context: Context) -> None:
    """Ask which events are wanted, after a tap."""
    await aside_only(context)
    context.toast_empty()
    context.reply(say.ask_what(context.texts), _spans(context))


async def choose_one(_update: Update, context: Context, event_id: int) -> None:
    """Ask in which kind of file the list of an event is wanted."""
    await _take_one(context, event_id, None)


async def take_one(_update: Update, context: Context, kind: str, event_id: int) -> None:
    """Send the list of an event as a file."""
    chosen = rules.kind_of(kind)
    if chosen is None:
        context.toast(card_texts.stale(context.texts))
    else:
        await _take_one(context, event_id, chosen)


async def _take_one(context: Context, event_id: int, kind: Kind | None) -> None:
    meant = await finding.picked(context, event_id)
    if meant is not None:
        await aside_only(context)
        context.toast_empty()
        await _one(context, meant.event, meant.tally, kind)


async def choose_span(_update: Update, context: Context, code: str) -> None:
    """Ask in which kind of file the events of a span are wanted."""
    await _take_many(context, code, None)


async def take_many(_update: Update, context: Context, kind: str, code: str) -> None:
    """Send the events of a span as a file."""
    await _take_many(context, code, rules.kind_of(kind))


async def _take_many(context: Context, code: str, kind: Kind | None) -> None:
    span = rules.read_code(code)
    if span is None:
        context.toast(card_texts.stale(context.texts))
        return
    await aside_only(context)
    context.toast_empty()
    await _many(context, span, kind)


# One event, many events


async def _one(context: Context, event: Event, tally: Tally, kind: Kind | None) -> None:
    texts, group = context.texts, context.group
    what = card_texts.name_of(event)
    if kind is None:
        keys = [ONE.key(_label(texts, one), group, one.value, event.id) for one in Kind]
        context.reply(say.ask_kind(texts, what), column(keys, len(keys)))
        return
    name = _file_name(f"{event.number}-{event.plan.title}", kind)
    if kind is Kind.ICS:
        _send_calendar(context, [event], what, name)
        return
    lists = await service.lists_of(context.tx, group.id, [(event, tally)])
    made_of = tables.gather(texts, lists, context.now, kind, one=True)
    await _note(context, f"#{event.number}", len(lists.people))
    _send(context, TABLE, made_of, name, say.file_caption(texts, what, len(lists.people)))


async def _many(context: Context, span: Span, kind: Kind | None) -> None:
    texts, group = context.texts, context.group
    what = say.span_named(texts, *(None if day is None else texts.date(day) for day in (span.first, span.last)))
    if kind is None:
        keys = [MANY.key(_label(texts, one), group, one.value, span.code()) for one in Kind]
        context.reply(say.ask_kind(texts, what), column(keys, len(keys)))
        return
    found = await service.in_span(context.tx, group, span)
    if not found:
        context.reply(say.nothing_there(texts))
        return
    stem = "-".join(part for part in ("events", *(f"{day}" for day in (span.first, span.last) if day is not None)))
    if kind is Kind.ICS:
        _send_calendar(context, [event for event, _ in found], what, _file_name(stem, kind))
        return
    lists = await service.lists_of(context.tx, group.id, found)
    await _note(context, what, len(lists.people))
    caption = say.file_caption(texts, what, len(lists.people))
    names = {0: stem} if kind is Kind.XLSX else {0: stem, 1: f"{stem}-people"}
    for only, name in names.items():
        made_of = tables.gather(texts, lists, context.now, kind, one=False, only=only)
        _send(context, TABLE, made_of, _file_name(name, kind), caption if only == 0 else Html(""))


def _send_calendar(context: Context, events: Sequence[Event], what: Html, name: str) -> None:
    texts, group = context.texts, context.group
    title = group.label or group.title
    entries = [
        calendars.entry(texts, event, title, context.scope.bot_id, card_link(group, event), is_going=False)
        for event in events
    ]
    _send(context, CALENDAR, tables.gather_calendar(entries, context.now, title), name, what)


def _send(context: Context, maker: Maker, made_of: bytes, name: str, caption: Html) -> None:
    context.reply_with("document", context.effects.recipe(maker.name, made_of, name), caption)


async def _note(context: Context, what: str, people: int) -> None:
    plain = Html(what).striptags()
    await service.note_export(context.tx, context.group.id, person_of(context), plain, people, context.now)


# Buttons and names


def _spans(context: Context) -> Keyboard:
    texts, group, today = context.texts, context.group, _today(context)
    spans = (
        (say.COMING, rules.coming),
        (say.PAST, rules.past),
        (say.YEAR, rules.this_year),
        (say.ALL, rules.everything),
    )
    keys = [SPAN.key(texts.label(label), group, span(today).code()) for label, span in spans]
    return column(keys, 2)


def _label(texts: Texts, kind: Kind) -> str:
    return texts.label(say.CALENDAR) if kind is Kind.ICS else f".{kind.value}"


def _file_name(stem: str, kind: Kind) -> str:
    """Return a name that every system takes for a file's."""
    return f"{_NAME.sub('-', stem).strip('-')[:_LONGEST_NAME]}.{kind.value}"


def _today(context: Context) -> date:
    return context.now.astimezone(context.texts.tz).date()
