"""Share campaigns as a part of announcements."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.announcements import service as core
from bot.announcements.handlers import codes as core_codes
from bot.announcements.handlers.desk import Desk
from bot.announcements.handlers.mentioning import Feeder
from bot.announcements.handlers.part import Part
from bot.announcements.handlers.posting import Posting
from bot.announcements.sharing import service
from bot.announcements.sharing.handlers import asking, codes
from bot.announcements.sharing.handlers.asking import Asking
from bot.announcements.sharing.handlers.members import Members
from bot.announcements.sharing.handlers.status import Status
from bot.announcements.sharing.rules.wish import NAME
from bot.announcements.sharing.texts import words
from bot.i18n import N_
from bot.tg.capability import EVERYONE, Button, Capability, Command, ResultKind, TimerKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.announcements.handlers.desk import Places
    from bot.announcements.sharing.handlers.status import Crowd
    from bot.chats.handlers.private import StartHandler


def part(places: Places, posting: Posting, crowd: Crowd) -> Part:
    """Return this part; ``crowd`` counts a group's members."""
    wishes, members, status = Asking(posting), Members(Desk(places), posting), Status(crowd)
    feeder = Feeder(service.FEED, codes.REMINDED, words.reminder, hurries=False)
    offer = Capability(
        name=core.NAME,
        title=words.TITLE,
        commands=_commands(wishes, status),
        buttons=_buttons(wishes, members, status),
        forms=(wishes.form(), members.form()),
        timers=(
            TimerKind(service.END, members.ended),
            TimerKind(service.NUDGE, status.due, rests=True),
            TimerKind(service.FEED_TIMER, feeder.due),
        ),
        results=(ResultKind(codes.REMINDED, feeder.arrived, shows_uncertain=True, shows_refused=True),),
        makers=(codes.PICTURE, codes.TABLE),
        audit=words.PHRASES,
    )
    return Part(
        offer,
        NAME,
        draft_keys=asking.draft_keys,
        desk_keys=asking.desk_keys,
        posted_keys=members.keys,
        lines=members.lines,
        posted=members.posted,
        withdrawn=members.withdrawn,
    )


def links(places: Places) -> Mapping[str, StartHandler]:
    """Return what ``/start share-…`` does."""
    return {codes.LINK: Members(Desk(places), Posting()).by_link}


def _commands(wishes: Asking, status: Status) -> tuple[Command, ...]:
    return (
        Command(
            "announce",
            wishes.command,
            words.HELP_SHARE,
            (N_("/announce share 12 until Fri 18:00 proof"), "/announce share 12 off"),
            sub="share",
            sub_aliases=("转发", "扩散"),
            access=core_codes.AUTHORS,
        ),
        Command(
            "announce",
            status.command,
            words.HELP_SHARES,
            ("/announce shares 12",),
            sub="shares",
            sub_aliases=("转发情况", "扩散情况"),
            access=core_codes.READERS,
        ),
    )


def _buttons(wishes: Asking, members: Members, status: Status) -> tuple[Button, ...]:
    return (
        Button(codes.SHARED, members.tapped, EVERYONE),
        Button(codes.SWITCH, wishes.switch, core_codes.AUTHORS),
        Button(codes.WAYS, wishes.ways, core_codes.AUTHORS),
        Button(codes.ONOFF, wishes.onoff, core_codes.AUTHORS),
        Button(codes.UNTIL, wishes.ask_until, core_codes.AUTHORS),
        Button(codes.NO_UNTIL, wishes.no_until, core_codes.AUTHORS),
        Button(codes.PROOF, wishes.proof, core_codes.AUTHORS),
        Button(codes.STATUS, status.tap, core_codes.READERS),
        Button(codes.LIST, status.list, core_codes.READERS),
        Button(codes.FILE, status.file, core_codes.READERS),
        Button(codes.PROOFS, status.proofs, core_codes.READERS),
        Button(codes.REMIND, status.remind, core_codes.PUBLISHERS),
    )
