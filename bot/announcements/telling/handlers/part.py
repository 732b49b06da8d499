"""Telling everybody as a part of announcements."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.announcements import service as core
from bot.announcements.handlers import codes as core_codes
from bot.announcements.handlers.desk import Desk
from bot.announcements.handlers.mentioning import Feeder
from bot.announcements.handlers.part import Part
from bot.announcements.telling import service
from bot.announcements.telling import texts as say
from bot.announcements.telling.handlers import codes
from bot.announcements.telling.handlers.choosing import Choosing, settings_keys
from bot.announcements.telling.handlers.mentions import Mentions
from bot.announcements.telling.rules.way import NAME
from bot.tg.capability import Button, Capability, Command, ResultKind, TimerKind

if TYPE_CHECKING:
    from bot.announcements.handlers.desk import Places
    from bot.announcements.handlers.mentioning import Pace
    from bot.announcements.telling.handlers.mentions import Crowd


def part(places: Places, crowd: Crowd, pace: Pace) -> Part:
    """Return this part; ``crowd`` counts a group's members, ``pace`` is that of everything that mentions people there."""
    choosing, mentions = Choosing(), Mentions(Desk(places), crowd)
    feeder = Feeder(service.FEED, codes.BATCH, say.mention, pace=pace)
    offer = Capability(
        name=core.NAME,
        title=say.TITLE,
        commands=(
            Command(
                "announce",
                choosing.command,
                say.HELP,
                ("/announce tell 12 mentions", "/announce tell 12 unpin on", "/announce tell default both"),
                sub="tell",
                sub_aliases=("通知", "告知", "提醒方式"),
                access=core_codes.AUTHORS,
            ),
        ),
        buttons=(
            Button(codes.OPEN, choosing.open, core_codes.AUTHORS),
            Button(codes.WAY, choosing.way, core_codes.AUTHORS),
            Button(codes.UNPIN, choosing.unpin, core_codes.AUTHORS),
            Button(codes.AS_GROUP, choosing.as_group, core_codes.AUTHORS),
            Button(codes.HOUSE, choosing.house, codes.SETTERS),
            Button(codes.HOUSE_WAY, choosing.house_way, codes.SETTERS),
            Button(codes.HOUSE_UNPIN, choosing.house_unpin, codes.SETTERS),
            Button(codes.STOP, mentions.stop, core_codes.PUBLISHERS),
            Button(codes.GO_ON, mentions.go_on, core_codes.SENDERS),
            Button(codes.UNSURE, mentions.unsure, core_codes.READERS),
        ),
        timers=(TimerKind(service.TIMER, feeder.due),),
        results=(
            ResultKind(codes.BATCH, feeder.arrived, shows_uncertain=True, shows_refused=True),
            ResultKind(codes.UNPINNED, mentions.unpinned, shows_refused=True),
        ),
        audit=say.PHRASES,
    )
    return Part(
        offer,
        NAME,
        live_keys=mentions.keys,
        lines=mentions.lines,
        posted=mentions.posted,
        ended=mentions.ended,
        withdrawn=mentions.withdrawn,
        pinned=mentions.pinned,
        pins=mentions.pins,
        settings_keys=settings_keys,
    )
