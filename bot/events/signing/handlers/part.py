"""Signing up in words, on behalf of others, questions and forgiveness, as a part of events."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.events.handlers import codes as core
from bot.events.handlers import panel
from bot.events.handlers.coming import Shortcut
from bot.events.handlers.part import Part
from bot.events.rules import schedule
from bot.events.signing.handlers import codes, naming, others, pardon, questions, words
from bot.events.signing.handlers.asking import Questions
from bot.events.signing.texts import asking as say_asking
from bot.events.signing.texts import others as say_others
from bot.events.signing.texts import pardon as say_pardon
from bot.events.texts import coming
from bot.i18n import N_
from bot.tg.capability import EVERYONE, Button, CardKind, Command

if TYPE_CHECKING:
    from bot.events.handlers.telling import Teller


def part(teller: Teller) -> Part:
    """Return this part; ``teller`` writes to people in private."""
    asking = Questions(teller)
    adding = others.Adding(asking)
    return Part(
        commands=_commands(asking, adding),
        buttons=_buttons(asking, adding),
        forms=(
            questions.form(asking.finish),
            naming.add_form(adding.finish_add),
            naming.who_form(adding.finish_who),
        ),
        cards=(CardKind(words.ROLL, words.render),),
        occasions={schedule.REMIND: asking.remind, "changed": asking.changed},
        audit=say_pardon.AUDIT,
        panel=(*others.PANEL, panel.Entry(say_asking.ANSWERS, codes.ANSWERS, panel.LIVE | panel.PAST)),
        shortcuts=(Shortcut(coming.MISSED, "event.pardon"),),
        after=asking.after,
        answered=words.Words(teller, asking).answered,
    )


def _commands(asking: Questions, adding: others.Adding) -> tuple[Command, ...]:
    return (
        Command(
            "event",
            adding.add,
            say_others.HELP_ADD,
            (N_("/event add 3 @mei"), N_("/event add 3 Grandma Wang +1, Uncle Li")),
            sub="add",
            sub_aliases=("添加", "加人", "代报名"),
            access=core.ORGANISERS,
        ),
        Command(
            "event",
            others.remove,
            say_others.HELP_REMOVE,
            ("/event remove 3", N_("/event remove 3 @mei")),
            sub="remove",
            sub_aliases=("移除", "移出", "代取消"),
            access=core.ORGANISERS,
        ),
        Command(
            "event",
            asking.command,
            say_asking.HELP,
            ("/event answers 3",),
            sub="answers",
            sub_aliases=("answer", "回答", "答案"),
        ),
        Command(
            "event",
            pardon.command,
            say_pardon.HELP,
            (N_("/event pardon @mei"), "/event pardon"),
            sub="pardon",
            sub_aliases=("forgive", "原谅", "恢复报名"),
            access=core.ORGANISERS,
        ),
    )


def _buttons(asking: Questions, adding: others.Adding) -> tuple[Button, ...]:
    return (
        Button(codes.ADD, adding.add_picked, core.ORGANISERS),
        Button(codes.REMOVE, others.remove_picked, core.ORGANISERS),
        Button(codes.REMOVE_PAGE, others.remove_page, core.ORGANISERS),
        Button(codes.OFF, others.ask_off, core.ORGANISERS),
        Button(codes.OFF_YES, others.off, core.ORGANISERS),
        Button(codes.ASK, asking.ask, EVERYONE),
        Button(codes.ANSWERS, asking.picked, EVERYONE),
        Button(codes.ANSWERS_PAGE, asking.turn, core.ORGANISERS),
        Button(codes.MINE, asking.mine, EVERYONE),
        Button(codes.PARDON, pardon.picked, core.ORGANISERS),
    )
