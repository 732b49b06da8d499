"""The weather of the list: how an event stands, told to its organiser ahead of it and whenever they ask."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.events.before import rules, service
from bot.events.before import texts as say
from bot.events.before.handlers import codes
from bot.events.handlers import codes as core_codes
from bot.events.handlers import finding
from bot.events.handlers.quiet import put_off
from bot.events.rules.schedule import WEATHER, is_told_now
from bot.events.texts import panel as panel_texts
from bot.i18n import Html
from bot.tg.aside import step_aside
from bot.tg.buttons import rows

if TYPE_CHECKING:
    from telegram import Update

    from bot.events.before.rules import Weather
    from bot.events.handlers.clock import About
    from bot.events.handlers.finding import Meant
    from bot.events.handlers.telling import Teller
    from bot.i18n import Texts
    from bot.kernel.groups import Group
    from bot.tg.context import Context, Scope
    from bot.tg.effects import Keyboard


class Forecast:
    """Tells the organiser by itself."""

    def __init__(self, teller: Teller) -> None:
        self._teller = teller

    async def due(self, scope: Scope, about: About, detail: str) -> None:
        """Tell the organiser a day and three hours ahead."""
        event = about.event
        if not about.phase.is_live or not detail.isdigit() or not is_told_now(event.plan, int(detail), scope.now):
            return
        if await put_off(scope, about, f"{WEATHER}-{detail}", event.plan.starts_at):
            return
        stands = await service.weather(scope.tx, event, about.tally, scope.now)
        await self._teller.to_organiser(
            scope,
            about,
            lambda own: say.weather(own, stands),
            lambda own: _keys(own, about.group, stands),
        )


async def command(_update: Update, context: Context) -> None:
    """``/event weather 3``: tell how the list stands, where managers read."""
    meant = finding.live(context, await finding.named(context, "/event weather", codes.WEATHER))
    if meant is not None:
        await step_aside(context)
        await show(context, meant)


async def picked(_update: Update, context: Context, event_id: int) -> None:
    """Tell how the list stands in the place of what has the button."""
    meant = finding.live(context, await finding.picked(context, event_id))
    if meant is not None:
        await step_aside(context)
        await show(context, meant)


async def show(context: Context, meant: Meant, note: Html | None = None) -> None:
    """Show how the list stands, headed by what was just done."""
    stands = await service.weather(context.tx, meant.event, meant.tally, context.now)
    html = say.weather(context.texts, stands)
    whole = html if note is None else Html("\n\n").join((note, html))
    context.toast_empty()
    context.edit(whole, _keys(context.texts, context.group, stands))


def _keys(texts: Texts, group: Group, stands: Weather) -> Keyboard:
    event = stands.event
    may_ask = bool(stands.silent) and rules.may_ask(event.plan, stands.asking, stands.at, by_hand=True)
    label = say.ASK if stands.asking is None else say.AGAIN
    silent = stands.asking is not None and bool(stands.silent) and not stands.just_asked
    return rows(
        (codes.ASK.key(texts.label(label), group, event.id) if may_ask else None,),
        (codes.FREE.key(texts.label(say.FREE), group, event.id) if silent else None,),
        (
            codes.WEATHER.key(texts.label(say.REFRESH), group, event.id),
            core_codes.PANEL.key(texts.label(panel_texts.BACK), group, event.id),
        ),
    )
