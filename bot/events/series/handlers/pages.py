"""The list of series, and one of them with its buttons: skip, move, settle, end."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING, Final

from bot.events.handlers.board import CARD, person_of
from bot.events.rules.line import read_number
from bot.events.series import rules, service
from bot.events.series import texts as say
from bot.events.series.rules import SeriesState
from bot.events.series.service import Wishes
from bot.tg.aside import step_aside
from bot.tg.buttons import ButtonCode, column, rows
from bot.tg.pages import turning

if TYPE_CHECKING:
    from collections.abc import Sequence

    from telegram import Update

    from bot.events.series.rules import Series, Slot
    from bot.i18n import Html
    from bot.tg.context import Context
    from bot.tg.effects import Keyboard

REPEAT = ButtonCode("ev.rp", (int,))
"""Carries an event."""
TAKE_OVER = ButtonCode("ev.rt", (int,))
ONE = ButtonCode("ev.se", (int,))
"""Carries a series."""
PICK = ButtonCode("ev.sp", (str, int))
"""Carries what is to be done with a date (skip, move), and the series."""
DATE = ButtonCode("ev.sd", (str, int, int))
"""Carries what is to be done, the series, and the day of the date as its ordinal."""
SETTLE = ButtonCode("ev.st", (str, int))
"""Carries what is switched (regulars, holidays, ahead), and the series."""
RULE = ButtonCode("ev.sr", (int,))
LIST = ButtonCode("ev.sl", (int,))
"""Carries a page of all series."""
END = ButtonCode("ev.sn", (int, int))
"""Carries a series, and 1 if the organiser was asked already."""
VERBS: Final = frozenset({"skip", "move"})
_OFFERED: Final = 8
"""How many dates are offered as buttons."""
_PER_PAGE: Final = 8
_AHEAD: Final = (1, 3, 6, 13, 20)
"""How many days ahead a tap leads to, one after the other."""


async def listed(_update: Update, context: Context) -> None:
    """``/event series``: all that go on; ``/event series 2``: one of them."""
    meant = await _meant(context)
    if meant is None:
        return
    await step_aside(context)
    if isinstance(meant, list):
        _all(context, meant, 1)
    else:
        context.reply(*view(context, meant))


async def turn(_update: Update, context: Context, page: int) -> None:
    """Turn to another page of the series."""
    _all(context, await service.active(context.tx, context.group.id), page)


async def skip(_update: Update, context: Context) -> None:
    """``/event skip 2``: offer the next dates of a series to leave one out; without a number, of the only one."""
    meant = await _meant(context)
    if meant is None:
        return
    await step_aside(context)
    if isinstance(meant, list) and len(meant) != 1:
        _all(context, meant, 1)
        return
    found = meant[0] if isinstance(meant, list) else meant
    if found.state is SeriesState.ENDED:
        context.reply(*view(context, found))
    else:
        context.reply(*_dates(context, found, "skip"))


async def _meant(context: Context) -> Series | list[Series] | None:
    """Return the series whose number was typed, or all that go on; None where the person has been answered."""
    typed = context.args_text
    number, rest = read_number(typed)
    if not typed:
        return await service.active(context.tx, context.group.id)
    if number is None or rest:
        context.reply(say.not_a_number(context.texts, typed))
        return None
    found = await service.find(context.tx, context.group.id, number)
    if found is None:
        context.reply(say.unknown(context.texts, number))
    return found


def _all(context: Context, found: Sequence[Series], page: int) -> None:
    texts, group = context.texts, context.group
    if not found:
        context.edit(say.none_yet(texts))
        return
    last = (len(found) - 1) // _PER_PAGE
    start = min(max(page - 1, 0), last) * _PER_PAGE
    shown = found[start : start + _PER_PAGE]
    lines = [say.listed(texts, one, next(rules.slots(one, group, context.now), None)) for one in shown]
    keys = column(ONE.key(say.label(texts, one), group, one.id) for one in shown)
    turning_keys = turning(start // _PER_PAGE + 1, last + 1, LIST, group, texts=texts)
    context.edit(say.all_of(texts, lines), (*keys, *turning_keys))


def view(context: Context, series: Series, note: Html | None = None) -> tuple[Html, Keyboard]:
    """Return a series with its next dates and its buttons."""
    texts, group = context.texts, context.group
    found = coming(context, series)
    if series.state is SeriesState.ENDED:
        return say.view(texts, series, found, note), ()
    keys = rows(
        (
            PICK.key(texts.label(say.SKIP), group, "skip", series.id) if found else None,
            PICK.key(texts.label(say.MOVE), group, "move", series.id) if found else None,
        ),
        (
            RULE.key(texts.label(say.RULE), group, series.id),
            SETTLE.key(say.opened_label(texts, series.ahead), group, "ahead", series.id),
        ),
        (SETTLE.key(_switch(context, say.REGULARS, on=series.regulars), group, "regulars", series.id),),
        (SETTLE.key(_switch(context, say.HOLIDAYS_OUT_LABEL, on=series.holidays), group, "holidays", series.id),),
        (END.key(texts.label(say.END), group, series.id, 0),),
    )
    return say.view(texts, series, found, note), keys


def _switch(context: Context, label: str, *, on: bool) -> str:
    return f"{'✅' if on else '⬜'} {context.texts.label(label)}"


def coming(context: Context, series: Series) -> list[Slot]:
    """Return the next dates of a series."""
    return list(islice(rules.slots(series, context.group, context.now), _OFFERED))


async def found_or_told(context: Context, series_id: int) -> Series | None:
    """Find the series of a button; None where the tap is answered, because there is none any more."""
    found = await service.get(context.tx, context.group.id, series_id)
    if found is None or found.state is SeriesState.ENDED:
        context.toast(say.gone(context.texts))
        return None
    return found


async def one(_update: Update, context: Context, series_id: int) -> None:
    """Show a series."""
    found = await found_or_told(context, series_id)
    if found is not None:
        context.edit(*view(context, found))


async def pick(_update: Update, context: Context, verb: str, series_id: int) -> None:
    """Offer the next dates, to skip one or to move it."""
    found = await found_or_told(context, series_id)
    if found is None:
        return
    if verb not in VERBS:
        context.toast(say.gone(context.texts))
        return
    context.edit(*_dates(context, found, verb))


def _dates(context: Context, found: Series, verb: str) -> tuple[Html, Keyboard]:
    """Return the next dates as buttons."""
    texts, group = context.texts, context.group
    keys = [
        DATE.key(texts.when(slot.starts_at), group, verb, found.id, slot.day.toordinal())
        for slot in coming(context, found)
    ]
    back = ONE.key(texts.label(say.BACK), group, found.id)
    asked = say.which_date(texts, found) if keys else say.no_date(texts, found)
    return asked, (*column(keys), (back,))


def redraw(context: Context, series: Series) -> None:
    """Bring the cards up to date that say when the series comes next."""
    for event_id in rules.open_events(series, context.now):
        context.scope.cards.changed(CARD, str(event_id))


def day_of(ordinal: int) -> date | None:
    """Read a day that a button carries; None where it is forged."""
    return date.fromordinal(ordinal) if 0 < ordinal <= date.max.toordinal() else None


async def settle(_update: Update, context: Context, what: str, series_id: int) -> None:
    """Switch how dates are opened."""
    found = await found_or_told(context, series_id)
    if found is None:
        return
    wishes = _wishes(Wishes(found.ahead, found.regulars, found.holidays), what)
    if wishes is None:
        context.toast(say.gone(context.texts))
        return
    done = await service.settle(context.tx, context.group, series_id, wishes, person_of(context), context.now)
    if done is not None:
        redraw(context, done.series)
        context.edit(*view(context, done.series))


def _wishes(now: Wishes, what: str) -> Wishes | None:
    match what:
        case "regulars":
            return replace(now, regulars=not now.regulars)
        case "holidays":
            return replace(now, holidays=not now.holidays)
        case "ahead":
            return replace(now, ahead=next((days for days in _AHEAD if days > now.ahead), _AHEAD[0]))
        case _:
            return None


async def take_over(_update: Update, context: Context, event_id: int) -> None:
    """Use what one date is like now for all that are not open yet."""
    done = await service.take_over(context.tx, context.group, event_id, person_of(context), context.now)
    if done is None:
        context.toast(say.gone(context.texts))
        return
    redraw(context, done.series)
    context.edit(*view(context, done.series, say.taken_over(context.texts, done.series)))


async def end(_update: Update, context: Context, series_id: int, sure: int) -> None:
    """End a series, after asking once."""
    found = await found_or_told(context, series_id)
    if found is None:
        return
    texts, group = context.texts, context.group
    if not sure:
        keys = (
            END.key(texts.label(say.YES_END), group, series_id, 1),
            ONE.key(texts.label(say.NO_KEEP), group, series_id),
        )
        context.edit(say.sure_end(texts, found), column(keys))
        return
    done = await service.end(context.tx, group, series_id, person_of(context), context.now)
    if done is not None:
        redraw(context, done.series)
        context.edit(say.ended(texts, done))
