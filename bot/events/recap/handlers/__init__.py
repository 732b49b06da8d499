"""What follows an event as a part of events: thanks and feedback, the recap, attendance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.events.handlers import codes as core
from bot.events.handlers.panel import Entry
from bot.events.handlers.part import Part
from bot.events.recap import service
from bot.events.recap.handlers import attendance, codes, desk, handing, publishing, thanks
from bot.events.recap.texts import attendance as attendance_texts
from bot.events.recap.texts import feedback as feedback_texts
from bot.events.recap.texts import recap as say
from bot.events.rules import schedule
from bot.events.rules.event import Phase
from bot.i18n import N_
from bot.tg.capability import EVERYONE, Button, Command, ResultKind
from bot.tg.sections import Section

if TYPE_CHECKING:
    from bot.events.handlers.telling import Teller

_OVER = frozenset({Phase.OVER})


def part(teller: Teller) -> Part:
    """Return the part; ``teller`` tells people."""
    thanking, arrivals = thanks.Thanks(teller), publishing.Arrivals(teller.reachable_of)
    return Part(
        commands=_commands(),
        buttons=_buttons(),
        forms=(handing.FORM, desk.FORM),
        results=(ResultKind(publishing.RESULT, arrivals.run),),
        makers=(thanks.PICTURE, attendance.PICTURE),
        occasions={
            schedule.END: thanking.ended,
            service.THANKS: thanking.thank,
            service.REMIND: desk.Reminder(teller).run,
        },
        audit=say.AUDIT_PHRASES,
        panel=(
            Entry(feedback_texts.FEEDBACK, codes.FEEDBACK, _OVER),
            Entry(say.RECAP, codes.RECAP, _OVER),
        ),
    )


def _commands() -> tuple[Command, ...]:
    return (
        Command(
            "event",
            thanks.feedback,
            feedback_texts.HELP_FEEDBACK,
            ("/event feedback 3",),
            sub="feedback",
            sub_aliases=("反馈", "评价"),
            access=core.ORGANISERS,
        ),
        Command(
            "event",
            desk.recap,
            say.HELP,
            ("/event recap 3", N_("/event recap 3 What a view from the top!")),
            sub="recap",
            sub_aliases=("回顾", "总结"),
        ),
        Command(
            "event",
            attendance.attendance,
            attendance_texts.HELP,
            ("/event attendance", "/event attendance 2026", "/event attendance @mei 2026"),
            sub="attendance",
            sub_aliases=("出勤", "出席"),
            title=attendance_texts.TITLE,
            section=Section.EVENTS,
        ),
    )


def _buttons() -> tuple[Button, ...]:
    return (
        Button(codes.STARS, thanks.stars, EVERYONE),
        Button(codes.AGAIN, thanks.again, EVERYONE),
        Button(codes.FEEDBACK, thanks.tapped, core.ORGANISERS),
        Button(codes.HAND_IN, handing.tapped, EVERYONE),
        Button(codes.RECAP, desk.picked, EVERYONE),
        Button(codes.DESK, desk.show, core.ORGANISERS),
        Button(codes.PAGE, desk.turn, core.ORGANISERS),
        Button(codes.ITEM, desk.one, core.ORGANISERS),
        Button(codes.SETTLE, desk.settle, core.ORGANISERS),
        Button(codes.MOVE, desk.move, core.ORGANISERS),
        Button(codes.ACCEPT_ALL, desk.accept_all, core.ORGANISERS),
        Button(codes.INTRO, desk.introduce, core.ORGANISERS),
        Button(codes.PREVIEW, publishing.preview, core.ORGANISERS),
        Button(codes.PUBLISH, publishing.publish, core.ORGANISERS),
        Button(codes.SHOW, publishing.show_tapped, EVERYONE),
        Button(core.ATTENDANCE, attendance.turn, EVERYONE),
        Button(codes.OWN, attendance.own, EVERYONE),
        Button(codes.PICTURE, attendance.picture, core.ORGANISERS),
    )
