"""A month as a picture, turned by its buttons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram import Message

from bot.events.handlers import codes
from bot.events.handlers.board import card_link
from bot.events.looking import rules, service
from bot.events.looking.texts import pictures
from bot.events.looking.texts import words as say
from bot.events.rules.event import Phase
from bot.events.texts import coming as coming_texts
from bot.pictures import shown_days
from bot.tg import effects as fx
from bot.tg.buttons import rows
from bot.tg.capability import Maker

if TYPE_CHECKING:
    from datetime import date

    from telegram import Update

    from bot.tg.context import Context
    from bot.tg.effects import Keyboard

PICTURE = Maker("events.month", pictures.picture)


async def month(_update: Update, context: Context) -> None:
    """``/event month [2027-05]``: the present month, or the one that is named."""
    today, typed = _today(context), context.args_text
    wanted = rules.read_month(typed, today) if typed else rules.month_of(today)
    if wanted is None:
        context.reply(say.month_unclear(context.texts, typed))
    elif rules.within_reach(wanted, today) != wanted:
        context.reply(say.month_too_far(context.texts))
    else:
        await _show(context, wanted)


async def turn(_update: Update, context: Context, wanted: int) -> None:
    """Turn to another month (0: the present one); below a list, post the picture, once."""
    today = _today(context)
    await _show(context, rules.within_reach(wanted, today) if wanted else rules.month_of(today))
    _take_button_away(context)


async def _show(context: Context, wanted: int) -> None:
    texts, group = context.texts, context.group
    days = shown_days(rules.first_of(wanted), texts.locale)
    found = [
        event
        for event in await service.between(context.tx, group, *days)
        if event.phase(context.now) is not Phase.DRAFT
    ]
    first, last = rules.first_of(wanted), rules.last_of(wanted)
    inside = [
        (event, card_link(group, event))
        for event in found
        if any(first <= day <= last for day in rules.days_of(event.plan, texts.tz))
    ]
    made_of = pictures.gather(texts, wanted, found, context.now, group.label or group.title)
    name = f"{first:%Y-%m}.png"
    photo = context.effects.recipe(PICTURE.name, made_of, name)
    context.edit_photo(photo, say.month_caption(texts, wanted, inside), _keys(context, wanted))


def _keys(context: Context, wanted: int) -> Keyboard:
    texts, group, today = context.texts, context.group, _today(context)
    before, after = wanted - 1, wanted + 1
    return rows(
        (
            codes.MONTH.key(say.month_label(texts, before, later=False), group, before)
            if rules.within_reach(before, today) == before
            else None,
            codes.MONTH.key(say.month_label(texts, after, later=True), group, after)
            if rules.within_reach(after, today) == after
            else None,
        ),
        (codes.COMING.key(texts.label(coming_texts.LIST_TITLE), group, 1),),
    )


def _take_button_away(context: Context) -> None:
    """Take the button off a list in the group: whoever taps next turns the picture that is there (R13)."""
    spoken = context.spoken
    query = spoken.ptb.callback_query if spoken.ptb is not None else None
    there = query.message if query is not None else None
    if spoken.private or spoken.message_id is None or not isinstance(there, Message) or there.text is None:
        return
    markup = there.reply_markup.inline_keyboard if there.reply_markup is not None else ()
    kept = tuple(
        tuple(
            fx.Key(key.text, key.callback_data if isinstance(key.callback_data, str) else None, key.url) for key in row
        )
        for row in (tuple(key for key in line if key.callback_data != query.data) for line in markup)  # type: ignore[union-attr]
        if row
    )
    context.effects.put(fx.EditButtons(spoken.chat_id, spoken.message_id, kept))


def _today(context: Context) -> date:
    return context.now.astimezone(context.texts.tz).date()
