"""Series as a part of events: commands, buttons, forms, and the timer that opens the next date."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.events.handlers import codes
from bot.events.handlers.coming import Shortcut
from bot.events.handlers.panel import LIVE, PAST, Entry
from bot.events.handlers.part import Part
from bot.events.series import service
from bot.events.series import texts as say
from bot.events.series.handlers import forms, opening, pages
from bot.events.texts import coming
from bot.i18n import N_
from bot.tg.capability import Button, Command, TimerKind

if TYPE_CHECKING:
    from bot.tg.capability import Access

ACCESS: Final[Access] = codes.ORGANISERS


def part() -> Part:
    """Return the part."""
    return Part(
        shortcuts=(Shortcut(coming.SERIES, "event.series"),),
        commands=_COMMANDS,
        buttons=_BUTTONS,
        forms=forms.FORMS,
        timers=(TimerKind(service.TIMER, opening.open_due),),
        audit=say.AUDIT_PHRASES,
        panel=(
            Entry(say.REPEAT, pages.REPEAT, LIVE | PAST),
            Entry(say.TAKE_OVER, pages.TAKE_OVER, LIVE, when=lambda event: event.series is not None),
        ),
        notes=(opening.note,),
    )


_COMMANDS: Final = (
    Command(
        "event",
        forms.repeat,
        say.HELP_REPEAT,
        ("/event repeat 3", N_("/event repeat 3 weekly"), N_("/event repeat 3 every 2 weeks on Sat")),
        sub="repeat",
        sub_aliases=("重复", "循环", "定期"),
        access=ACCESS,
        title=say.REPEAT_TITLE,
    ),
    Command(
        "event",
        pages.listed,
        say.HELP_SERIES,
        ("/event series", "/event series 1"),
        sub="series",
        sub_aliases=("系列",),
        access=ACCESS,
        title=say.LIST_TITLE,
    ),
    Command(
        "event",
        pages.skip,
        say.HELP_SKIP,
        ("/event skip", "/event skip 1"),
        sub="skip",
        sub_aliases=("跳过",),
        access=ACCESS,
        title=say.SKIP_TITLE,
    ),
)
_BUTTONS: Final = (
    Button(pages.LIST, pages.turn, ACCESS),
    Button(pages.REPEAT, forms.repeat_picked, ACCESS),
    Button(pages.TAKE_OVER, pages.take_over, ACCESS),
    Button(pages.ONE, pages.one, ACCESS),
    Button(pages.PICK, pages.pick, ACCESS),
    Button(pages.DATE, forms.date_picked, ACCESS),
    Button(pages.SETTLE, pages.settle, ACCESS),
    Button(pages.RULE, forms.rule_picked, ACCESS),
    Button(pages.END, pages.end, ACCESS),
)
