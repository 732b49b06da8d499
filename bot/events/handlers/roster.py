"""Who is on an event: a short list in the answer to the tap, a long one as a message whose pages are turned by buttons."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from bot.events import service
from bot.events.handlers import codes, finding
from bot.events.rules import roster as rules
from bot.events.service import roster
from bot.events.texts import roster as say
from bot.tg import effects as fx
from bot.tg.buttons import rows
from bot.tg.pages import turning

if TYPE_CHECKING:
    from telegram import Update

    from bot.events.rules.event import Event
    from bot.events.rules.signup import Tally
    from bot.events.texts.roster import Sliced
    from bot.i18n import Html
    from bot.tg.context import Context
    from bot.tg.effects import Keyboard

LIST_STAYS: Final = timedelta(hours=1)
"""How long the list in the group is brought up to date where it stands; an older one is posted anew, where people look."""
_TOAST: Final = 200


async def show_list(_update: Update, context: Context, event_id: int) -> None:
    """Show who is on an event."""
    meant = await finding.picked(context, event_id)
    if meant is None:
        return
    event, tally = meant.event, meant.tally
    sliced = await roster.page_of(context.tx, event_id, tally, 1)
    if rules.page_count(tally) == 1:
        short = say.toast(context.texts, sliced)
        if len(short.encode("utf-16-le")) // 2 <= _TOAST:
            context.toast(short, alert=True)
            return
    html, keys = _page(context, event, tally, sliced, 1)
    if context.spoken.chat_id != context.group.chat_id:
        context.toast_empty()
        context.reply(html, keys)
    else:
        await _in_group(context, event, html, keys)


async def _in_group(context: Context, event: Event, html: Html, keys: Keyboard) -> None:
    """Post the list, unless it was posted a short while ago: then it is brought up to date where it stands."""
    chat_id, before = context.group.chat_id, event.list
    if before is not None and before.chat_id == chat_id and before.at is not None:
        if context.now - before.at < LIST_STAYS:
            if before.message_id is not None:
                context.effects.put(fx.EditText(chat_id, before.message_id, str(html), keys))
            context.toast(say.stands_here(context.texts), alert=True)
            return
        if before.message_id is not None:
            context.effects.put(fx.DeleteMessage(chat_id, before.message_id))
    context.toast_empty()
    told = fx.OnResult(service.NAME, "list", str(event.id))
    message = fx.SendMessage(
        chat_id,
        str(html),
        keys,
        reply_to=context.spoken.message_id,
        thread_id=context.spoken.thread_id,
        silent=True,
    )
    context.effects.put(message, on_result=told, priority=fx.Priority.ANSWER)
    await service.list_asked(context.tx, event.id, chat_id, context.now)


async def turn_list(_update: Update, context: Context, event_id: int, page: int) -> None:
    """Turn to another page of who is on an event."""
    meant = await finding.picked(context, event_id)
    if meant is None:
        return
    sliced = await roster.page_of(context.tx, event_id, meant.tally, page)
    context.edit(*_page(context, meant.event, meant.tally, sliced, page))


def _page(context: Context, event: Event, tally: Tally, sliced: Sliced, page: int) -> tuple[Html, Keyboard]:
    """Write a page with the buttons that turn it, and the one by which an organiser has the whole list as a file."""
    texts, group = context.texts, context.group
    here, count = rules.nearest(tally, page), rules.page_count(tally)
    keys = turning(here, count, codes.PAGE, group, event.id, texts=texts)
    file = codes.FILE.key(texts.label(say.AS_FILE), group, event.id) if count > 1 else None
    return say.page(texts, event, tally, sliced), (*keys, *rows((file,)))
