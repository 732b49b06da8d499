"""What looking adds to events: commands, buttons, makers of files, and its buttons on the organiser's panel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.events.handlers import codes
from bot.events.handlers.panel import LIVE, PAST, Entry
from bot.events.handlers.part import Part
from bot.events.looking.handlers import export, lists, month
from bot.events.looking.texts import words as say
from bot.i18n import N_
from bot.tg.capability import EVERYONE, NO_GROUP_NEEDED, Button, Command
from bot.tg.sections import Section

if TYPE_CHECKING:
    from bot.events.handlers.coming import KeysBelow
    from bot.events.handlers.telling import ReachableOf


def part(reachable_of: ReachableOf, below: KeysBelow) -> Part:
    """Return the part; ``reachable_of`` says which people the bot may write to in private, ``below`` what events offer in lists."""
    own = lists.Own(reachable_of, below)
    return Part(
        commands=_commands(own),
        buttons=(
            Button(codes.MONTH, month.turn, EVERYONE),
            Button(codes.MINE, own.turn, NO_GROUP_NEEDED),
            Button(codes.PAST, lists.turn_history, EVERYONE),
            Button(codes.EXPORT, export.choose, codes.ORGANISERS),
            Button(codes.FILE, export.choose_one, codes.ORGANISERS),
            Button(export.ONE, export.take_one, codes.ORGANISERS),
            Button(export.SPAN, export.choose_span, codes.ORGANISERS),
            Button(export.MANY, export.take_many, codes.ORGANISERS),
        ),
        makers=(month.PICTURE, export.TABLE, export.CALENDAR),
        panel=(Entry(say.EXPORT_ONE, codes.FILE, LIVE | PAST),),
        audit=say.AUDIT,
    )


def _commands(own: lists.Own) -> tuple[Command, ...]:
    return (
        Command(
            "event",
            month.month,
            say.HELP_MONTH,
            ("/event month", "/event month 2027-05", N_("/event month next")),
            sub="month",
            sub_aliases=("月历", "月"),
            title=say.MONTH_TITLE,
            section=Section.EVENTS,
        ),
        Command(
            "event",
            own.mine,
            say.HELP_MINE,
            ("/event mine",),
            sub="mine",
            sub_aliases=("my", "我的"),
            access=NO_GROUP_NEEDED,
            title=say.MINE_TITLE,
            section=Section.EVENTS,
        ),
        Command(
            "event",
            lists.history,
            say.HELP_HISTORY,
            ("/event history",),
            sub="history",
            sub_aliases=("past", "历史", "往期"),
            title=say.HISTORY_TITLE,
            section=Section.EVENTS,
        ),
        Command(
            "event",
            export.export,
            say.HELP_EXPORT,
            ("/event export 3", "/event export 3 csv", N_("/event export coming"), "/event export 2027-05 ics"),
            sub="export",
            sub_aliases=("导出", "下载"),
            access=codes.ORGANISERS,
            title=say.EXPORT_TITLE,
        ),
    )
