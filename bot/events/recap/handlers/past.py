"""Which event of the past a command means: named by its number, by answering its card, or chosen by a button."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from bot.events import service as events
from bot.events.handlers import finding
from bot.events.handlers.board import CARD
from bot.events.recap.rules import HandFlaw
from bot.events.recap.texts import recap as say
from bot.events.rules.event import Phase
from bot.events.rules.line import read_number
from bot.events.texts import coming as coming_texts
from bot.tg.buttons import column

if TYPE_CHECKING:
    from bot.events.handlers.finding import Meant
    from bot.tg.buttons import ButtonCode
    from bot.tg.context import Context

_LOOKED_BACK: Final = timedelta(days=60)
_OFFERED: Final = 20


async def over(context: Context, event_id: int) -> Meant | None:
    """Find the event a button stands for, if it has begun; None where the tap has been answered."""
    meant = await finding.picked(context, event_id)
    phase = Phase.OVER if meant is None else meant.event.phase(context.now)
    if phase is Phase.OVER:
        return meant
    flaw = HandFlaw.CANCELLED if phase is Phase.CANCELLED else HandFlaw.NOT_BEGUN
    context.toast(say.hand_flaw(context.texts, flaw).striptags(), alert=True)
    return None


async def named(context: Context, command: str, code: ButtonCode) -> Meant | None:
    """Find the event that ``command`` means; None where the person has been answered. ``code`` carries the event alone."""
    typed = context.args_text
    if read_number(typed)[0] is None:
        answered = await _answered(context)
        if answered is not None:
            return answered
        if not typed:
            await _offer(context, code)
            return None
    return await finding.named(context, command, code)


async def _answered(context: Context) -> Meant | None:
    """Return the event whose card the command answers, with the whole line as the rest."""
    message = context.spoken.update.message
    replied = message.reply_to_message if message is not None and context.spoken.callback_id is None else None
    if replied is None:
        return None
    card = await context.scope.cards.shown_by(context.tx, context.spoken.chat_id, replied.message_id)
    if card is None or card.kind != CARD or card.group_id != context.group.id:
        return None
    found = await events.get(context.tx, context.group.id, int(card.key))
    return None if found is None else finding.Meant(*found, context.args_text)


async def _offer(context: Context, code: ButtonCode) -> None:
    """Offer the events that have begun in the last two months as buttons, the last first."""
    group, now = context.group, context.now
    found = await events.upcoming(context.tx, group.id, now - _LOOKED_BACK, now)
    if not found:
        context.reply(say.nothing_past(context.texts))
        return
    newest = [event for event, _ in reversed(found)][:_OFFERED]
    keys = [code.key(coming_texts.event_label(context.texts, event), group, event.id) for event in newest]
    context.reply(coming_texts.which_event(context.texts), column(keys))
