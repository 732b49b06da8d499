"""The time before an event as a part: its commands, buttons and occasions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.events.before import texts as say
from bot.events.before.handlers import asking, calendars, codes, people, weather
from bot.events.handlers import codes as core_codes
from bot.events.handlers.panel import LIVE, Entry
from bot.events.handlers.part import Part
from bot.events.rules.schedule import MINIMUM, PROMOTE, RECONFIRM, WEATHER
from bot.tg.capability import EVERYONE, Button, Command, ResultKind

if TYPE_CHECKING:
    from bot.events.handlers.telling import Teller


def part(teller: Teller) -> Part:
    """Return what happens before an event."""
    files = calendars.Calendars(teller)
    asks, enough = asking.Asking(teller), people.Enough(teller)
    return Part(
        commands=(
            Command(
                "event",
                weather.command,
                say.HELP_WEATHER,
                ("/event weather 3",),
                sub="weather",
                sub_aliases=("概况", "情况"),
                access=core_codes.ORGANISERS,
            ),
            Command(
                "event",
                files.command,
                say.HELP_CALENDAR,
                ("/event ics 3",),
                sub="ics",
                sub_aliases=("calendar", "日历"),
            ),
        ),
        buttons=(
            Button(core_codes.CALENDAR, files.tap, EVERYONE),
            Button(codes.WEATHER, weather.picked, core_codes.ORGANISERS),
            Button(codes.ASK, asks.by_hand, core_codes.ORGANISERS),
            Button(codes.FREE, asks.free, core_codes.ORGANISERS),
            Button(codes.FREE_NOW, asks.free_now, core_codes.ORGANISERS),
        ),
        results=(ResultKind(people.POSTED, people.posted), ResultKind(people.PICTURED, people.pictured)),
        occasions={
            RECONFIRM: asks.due,
            WEATHER: weather.Forecast(teller).due,
            PROMOTE: enough.promote,
            MINIMUM: enough.minimum,
            "calendars": files.changed,
        },
        audit=say.AUDIT_PHRASES,
        panel=(Entry(say.WEATHER, codes.WEATHER, LIVE),),
    )
