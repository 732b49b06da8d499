"""Events as a capability: the core and its parts put together."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

from bot.events import service
from bot.events.before.handlers.part import part as before
from bot.events.creating import handlers as creating
from bot.events.door import handlers as door
from bot.events.handlers import board, codes, leaving, notices, offers, pictures, planning, roster
from bot.events.handlers.clock import Clock, together
from bot.events.handlers.coming import Coming, new_zone
from bot.events.handlers.panel import Panel
from bot.events.handlers.taps import Taps
from bot.events.handlers.telling import Teller
from bot.events.looking import handlers as looking
from bot.events.recap import handlers as recap
from bot.events.series import handlers as series
from bot.events.settings import handlers as settings
from bot.events.signing.handlers import part as signing
from bot.events.talks import handlers as talks
from bot.events.texts import coming as coming_texts
from bot.events.texts import organiser as say
from bot.events.texts.notices import AUDIT_PHRASES
from bot.i18n import N_
from bot.tg.capability import (
    EVERYONE,
    Button,
    Capability,
    CardKind,
    Command,
    DigestSection,
    Observer,
    ResultKind,
    TimerKind,
)
from bot.tg.sections import Section

if TYPE_CHECKING:
    from bot.events.handlers.part import Part
    from bot.events.handlers.telling import ReachableOf

__all__ = ["LINKS", "capability", "new_zone"]

DIGEST_ORDER = 40
LINKS = door.LINKS
"""What ``/start word-rest`` does, by word."""


def capability(reachable_of: ReachableOf) -> Capability:
    """Return events; ``reachable_of`` says which people the bot may write to in private."""
    teller = Teller(reachable_of)
    parts = _parts(teller)
    answered = next((part.answered for part in parts if part.answered is not None), None)
    face = board.Face(
        tuple(chain.from_iterable(part.notes for part in parts)),
        tuple(chain.from_iterable(part.keys for part in parts)),
    )
    coming = Coming(tuple(chain.from_iterable(part.shortcuts for part in parts)), door.keys_below)
    news, panel = notices.Notices(teller), Panel(coming, tuple(chain.from_iterable(part.panel for part in parts)))
    clock = Clock(together(news.occasions(), *(part.occasions for part in parts)))
    core = Capability(
        name=service.NAME,
        title=say.TITLE,
        section=Section.ORGANISING,
        commands=_commands(coming, panel),
        buttons=_buttons(coming, panel, Taps([part.after for part in parts if part.after is not None])),
        forms=planning.FORMS,
        timers=(TimerKind(service.CLOCK, clock.run),),
        results=(
            ResultKind("card", news.card_result),
            ResultKind(pictures.RESULT, news.picture_result),
            ResultKind("list", notices.list_result),
        ),
        cards=(CardKind(board.CARD, face.render, answered), CardKind(offers.OFFER, offers.render)),
        observers=(Observer("member", leaving.member_gone), Observer("left", leaving.member_gone)),
        digest=DigestSection(DIGEST_ORDER, notices.digest),
        audit=AUDIT_PHRASES,
    )
    return _with_parts(core, parts)


def _parts(teller: Teller) -> tuple[Part, ...]:
    """Return the parts, one a line; in the order in which help and the panel show them."""
    return (
        creating.part(),
        before(teller),
        looking.part(teller.reachable_of, door.keys_below),
        signing.part(teller),
        settings.part(),
        door.part(teller),
        series.part(),
        talks.part(teller),
        recap.part(teller),
    )


def _with_parts(core: Capability, parts: tuple[Part, ...]) -> Capability:
    return replace(
        core,
        commands=(*core.commands, *chain.from_iterable(part.commands for part in parts), *_changing()),
        buttons=(*core.buttons, *chain.from_iterable(part.buttons for part in parts)),
        forms=(*core.forms, *chain.from_iterable(part.forms for part in parts)),
        timers=(*core.timers, *chain.from_iterable(part.timers for part in parts)),
        results=(*core.results, *chain.from_iterable(part.results for part in parts)),
        cards=(*core.cards, *chain.from_iterable(part.cards for part in parts)),
        makers=(*core.makers, *chain.from_iterable(part.makers for part in parts)),
        observers=(*core.observers, *chain.from_iterable(part.observers for part in parts)),
        watchers=(*core.watchers, *chain.from_iterable(part.watchers for part in parts)),
        heard=(*core.heard, *chain.from_iterable(part.heard for part in parts)),
        settings=(*core.settings, *chain.from_iterable(part.settings for part in parts)),
        audit=dict(chain(core.audit.items(), *(part.audit.items() for part in parts))),
    )


def _commands(coming: Coming, panel: Panel) -> tuple[Command, ...]:
    return (
        Command("event", panel.bare, say.HELP_BARE, ("/event", "/event 3"), listed=False),
        Command(
            "event",
            coming.show,
            say.HELP_LIST,
            ("/event list",),
            sub="list",
            sub_aliases=("列表", "清单"),
            title=coming_texts.LIST_TITLE,
            section=Section.EVENTS,
        ),
        Command("events", coming.show, say.HELP_EVENTS, ("/events",)),
        Command("event", panel.show, say.HELP_SHOW, ("/event show 3",), sub="show", sub_aliases=("查看", "显示")),
    )


def _changing() -> tuple[Command, ...]:
    return (
        Command(
            "event",
            planning.edit,
            say.HELP_EDIT,
            ("/event edit 3", N_("/event edit 3 seats 25"), N_("/event edit 3 time Sat 10:00")),
            sub="edit",
            sub_aliases=("change", "编辑", "修改"),
            access=codes.ORGANISERS,
            title=say.EDIT_TITLE,
        ),
        Command(
            "event",
            planning.cancel,
            say.HELP_CANCEL,
            ("/event cancel 3", N_("/event cancel 3 heavy rain")),
            sub="cancel",
            sub_aliases=("取消",),
            access=codes.ORGANISERS,
            title=say.CANCEL_TITLE,
        ),
        Command(
            "event",
            planning.close,
            say.HELP_CLOSE,
            ("/event close 3",),
            sub="close",
            sub_aliases=("关闭", "截止"),
            access=codes.ORGANISERS,
        ),
        Command(
            "event",
            planning.reopen,
            say.HELP_REOPEN,
            ("/event reopen 3",),
            sub="reopen",
            sub_aliases=("重开", "重新开放"),
            access=codes.ORGANISERS,
        ),
    )


def _buttons(coming: Coming, panel: Panel, taps: Taps) -> tuple[Button, ...]:
    return (
        Button(codes.JOIN, taps.join, EVERYONE),
        Button(codes.LEAVE, taps.leave, EVERYONE),
        Button(codes.MAYBE, taps.maybe, EVERYONE),
        Button(codes.CONFIRM, taps.confirm, EVERYONE),
        Button(codes.ACCEPT, taps.accept, EVERYONE),
        Button(codes.DECLINE, taps.decline, EVERYONE),
        Button(codes.MORE, taps.more, EVERYONE),
        Button(codes.FEWER, taps.fewer, EVERYONE),
        Button(codes.LIST, roster.show_list, EVERYONE),
        Button(codes.PAGE, roster.turn_list, EVERYONE),
        Button(codes.COMING, coming.turn, EVERYONE),
        Button(codes.SHOW, panel.show_picked, EVERYONE),
        Button(codes.MANAGE, panel.manage, codes.ORGANISERS),
        Button(codes.PANEL, panel.back, codes.ORGANISERS),
        Button(codes.DO, panel.do, codes.ORGANISERS),
        Button(codes.LOWER, planning.lower, codes.ORGANISERS),
        Button(codes.KEEP, planning.keep, codes.ORGANISERS),
    )
