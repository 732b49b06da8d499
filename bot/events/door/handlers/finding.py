"""Which event is meant at the door: without a number the one whose door is open."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from bot.events import service as events
from bot.events.door.rules import checkin as rules
from bot.events.door.rules.checkin import Hours
from bot.events.door.texts import answers as say
from bot.events.handlers import finding
from bot.events.handlers.finding import Meant
from bot.events.rules.plan import MOST_MINUTES
from bot.events.texts import coming as coming_texts
from bot.tg.buttons import column

if TYPE_CHECKING:
    from bot.tg.buttons import ButtonCode
    from bot.tg.context import Context

_LONGEST: Final = timedelta(minutes=MOST_MINUTES) + rules.STAYS_OPEN
_OFFERED: Final = 20


async def at_door(context: Context, command: str, code: ButtonCode) -> Meant | None:
    """Find the event a command names, or without a number the one that is under way; None where the person has been answered."""
    if context.args_text:
        return await finding.named(context, command, code)
    texts, group = context.texts, context.group
    around = await events.upcoming(context.tx, group.id, context.now - _LONGEST, context.now + rules.OPENS_AHEAD)
    is_open = [found for found in around if rules.hours(found[0], context.now) is Hours.OPEN]
    if len(is_open) == 1:
        return Meant(*is_open[0])
    if not is_open:
        return await finding.named(context, command, code)
    keys = [
        code.key(coming_texts.event_label(texts, event), group, event.id) for event, _ in reversed(is_open[-_OFFERED:])
    ]
    context.reply(say.which_door(texts), column(keys))
    return None
