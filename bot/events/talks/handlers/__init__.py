"""Talks as a part of events: speakers, the link and the call to the start, questions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.events.handlers import codes as core
from bot.events.handlers.panel import LIVE, Entry
from bot.events.handlers.part import Part
from bot.events.rules import schedule
from bot.events.talks import service
from bot.events.talks.handlers import asking, codes, link, speakers
from bot.events.talks.texts import part as say
from bot.i18n import N_
from bot.tg.capability import EVERYONE, Button, CardKind, Command, Observer

if TYPE_CHECKING:
    from bot.events.handlers.telling import Teller


def part(teller: Teller) -> Part:
    """Return the part; ``teller`` tells people."""
    who, links, hand_over = speakers.Speakers(teller), link.Links(teller), asking.HandOver(teller)
    return Part(
        commands=_commands(who, links),
        buttons=_buttons(who, links),
        forms=(*who.forms(), *asking.FORMS),
        cards=(CardKind(asking.CARD, asking.render),),
        observers=(Observer("member", who.gone), Observer("left", who.gone)),
        occasions={
            service.SPEAKER: who.missing,
            service.QUESTIONS: hand_over.run,
            schedule.CALL: links.call,
            schedule.END: asking.redraw,
            "calendars": who.changed,
        },
        audit=say.AUDIT_PHRASES,
        panel=(Entry(say.SPEAKERS, codes.SPEAKERS, LIVE), Entry(say.QUESTIONS, codes.QUESTIONS, LIVE)),
        notes=(speakers.note,),
        keys=(link.key, asking.key),
    )


def _commands(who: speakers.Speakers, links: link.Links) -> tuple[Command, ...]:
    return (
        Command(
            "event",
            who.named,
            say.HELP_SPEAKER,
            ("/event speaker 3", "/event speaker 3 @mei", N_("/event speaker 3 Professor Li")),
            sub="speaker",
            sub_aliases=("speakers", "嘉宾", "讲者", "主讲"),
            access=core.ORGANISERS,
        ),
        Command(
            "event",
            asking.asked,
            say.HELP_ASK,
            ("/event ask 3", N_("/event ask 3 How long is the way?")),
            sub="ask",
            sub_aliases=("提问", "问"),
        ),
        Command(
            "event",
            asking.listed,
            say.HELP_QUESTIONS,
            ("/event questions 3",),
            sub="questions",
            sub_aliases=("问题", "提问列表"),
        ),
        Command("event", links.asked, say.HELP_LINK, ("/event link 3",), sub="link", sub_aliases=("链接", "会议链接")),
    )


def _buttons(who: speakers.Speakers, links: link.Links) -> tuple[Button, ...]:
    return (
        Button(codes.LINK, links.tapped, EVERYONE),
        Button(codes.SPEAKERS, who.show, core.ORGANISERS),
        Button(codes.ADD, who.add, core.ORGANISERS),
        Button(codes.DROP, who.drop, core.ORGANISERS),
        Button(codes.YES, who.agree, EVERYONE),
        Button(codes.NO, who.refuse, EVERYONE),
        Button(codes.ASK, asking.ask_tapped, EVERYONE),
        Button(codes.QUESTIONS, asking.list_tapped, EVERYONE),
        Button(codes.VOTE, asking.vote, EVERYONE),
        Button(codes.PAGE, asking.page, EVERYONE),
        Button(codes.ALL, asking.show_all, EVERYONE),
        Button(codes.SORT, asking.sort, core.ORGANISERS),
        Button(codes.SORTED, asking.turn_sorting, core.ORGANISERS),
        Button(codes.SAME, asking.same, core.ORGANISERS),
        Button(codes.ONE, asking.one, core.ORGANISERS),
        Button(codes.SETTLE, asking.settle, core.ORGANISERS),
        Button(codes.MERGE, asking.merge, core.ORGANISERS),
    )
