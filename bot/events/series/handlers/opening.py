"""Opening the next date of a series, and what its card says of the series."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from bot.events import service as events
from bot.events.handlers.board import CARD, posted_to
from bot.events.series import rules, service
from bot.events.series import texts as say
from bot.events.series.rules import SeriesState
from bot.timers import service as timers

if TYPE_CHECKING:
    from bot.events.rules.event import Event
    from bot.i18n import Html, Texts
    from bot.kernel.groups import Group
    from bot.tg.capability import Due
    from bot.tg.context import Scope

_LATER: Final = timedelta(days=1)
"""When a group is asked about again that the bot is out of at present."""


async def open_due(scope: Scope, due: Due) -> None:
    """Open the dates of a series that are due, and post their cards."""
    group = scope.group(due.group_id) if due.group_id is not None else None
    if group is None:
        return
    if not group.active:
        await timers.set_timer(scope.tx, events.NAME, service.TIMER, due.key, scope.now + _LATER, group.id)
        return
    for event in await service.open_due(scope.tx, group, int(due.key), scope.now):
        await scope.cards.post(
            CARD,
            str(event.id),
            group,
            group.chat_id,
            thread_id=group.thread_for("events"),
            silent=group.quiet_until(scope.now) is not None,
            on_result=posted_to(group, event),
        )


async def note(scope: Scope, group: Group, event: Event, texts: Texts) -> Html | None:
    """Say on a card that the event comes again, and when next."""
    if event.series is None:
        return None
    found = await service.get(scope.tx, group.id, event.series)
    if found is None or found.state is SeriesState.ENDED:
        return None
    after = max(event.plan.starts_at, scope.now)
    coming = next((slot.starts_at for slot in rules.slots(found, group, after) if slot.event_id != event.id), None)
    return say.on_card(texts, found, coming)
