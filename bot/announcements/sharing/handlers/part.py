"""Share campaigns as a part of announcements."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from bot.announcements import service as core
from bot.announcements.handlers import codes as core_codes
from bot.announcements.handlers.desk import Desk
from bot.announcements.handlers.mentioning import Feeder, Pace, Private
from bot.announcements.handlers.part import Part
from bot.announcements.handlers.posting import Posting
from bot.announcements.handlers.reminding import Reminding
from bot.announcements.rules.passing import NAME
from bot.announcements.sharing import service
from bot.announcements.sharing.handlers import asking, codes
from bot.announcements.sharing.handlers.asking import TERMS, Asking
from bot.announcements.sharing.handlers.members import Members
from bot.announcements.sharing.handlers.status import Status
from bot.announcements.sharing.texts import words
from bot.i18n import N_
from bot.tg.capability import EVERYONE, Button, Capability, Command, ResultKind, TimerKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.announcements.handlers.desk import Places
    from bot.announcements.handlers.roll import Crowd, Pages
    from bot.announcements.service.people import Reach
    from bot.chats.handlers.private import StartHandler


def part(places: Places, posting: Posting, crowd: Crowd, reach: Reach, pace: Pace) -> Part:
    """Return this part; ``crowd`` counts a group's members, ``reach`` says whom the bot may write to in private.

    ``pace`` is that of everything that mentions people in a group.
    """
    wishes, members, status = Asking(TERMS, posting), Members(posting), Status(crowd, reach, Desk(places), posting)
    reminding = Reminding(partial(service.nudge, reach=reach), words.nudged, status.unasked)
    private = Private(words.in_private, members.first_key)
    feeder = Feeder(service.FEED, codes.REMINDED, words.reminder, private, pace=pace, hurries=False)
    offer = Capability(
        name=core.NAME,
        title=words.TITLE,
        commands=_commands(wishes, status.pages()),
        buttons=_buttons(wishes, members, status, reminding),
        forms=(*wishes.forms(), members.form()),
        timers=(
            TimerKind(service.END, status.ended),
            TimerKind(service.SUMMED, status.summed, rests=True),
            TimerKind(service.REMINDERS.timer, reminding.due, rests=True),
            TimerKind(service.FEED.timer, feeder.due),
        ),
        results=(ResultKind(codes.REMINDED, feeder.arrived, shows_uncertain=True, shows_refused=True),),
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
        ended=members.ended,
        broadcast_lines=status.lines,
    )


def links() -> Mapping[str, StartHandler]:
    """Return what ``/start share-…`` does."""
    return {codes.LINK: Members(Posting()).by_link}


def _commands(wishes: Asking, pages: Pages) -> tuple[Command, ...]:
    return (
        Command(
            "announce",
            wishes.command,
            words.HELP_SHARE,
            (
                N_("/announce share 12 until Fri 18:00 proof"),
                N_("/announce share 12 nudge 1h,24h"),
                "/announce share 12 off",
            ),
            sub="share",
            sub_aliases=("转发", "扩散"),
            access=core_codes.AUTHORS,
        ),
        Command(
            "announce",
            pages.command,
            words.HELP_SHARES,
            ("/announce shares 12",),
            sub="shares",
            sub_aliases=("转发情况", "扩散情况"),
            access=core_codes.READERS,
        ),
    )


def _buttons(wishes: Asking, members: Members, status: Status, reminding: Reminding) -> tuple[Button, ...]:
    pages = status.pages()
    return (
        Button(codes.SHARED, members.tapped, EVERYONE),
        Button(codes.SWITCH, wishes.switch, core_codes.AUTHORS),
        Button(codes.WAYS, wishes.ways, core_codes.AUTHORS),
        Button(codes.ONOFF, wishes.onoff, core_codes.AUTHORS),
        Button(codes.UNTIL, wishes.ask_until, core_codes.AUTHORS),
        Button(codes.NO_UNTIL, wishes.no_end, core_codes.AUTHORS),
        Button(codes.PROOF, wishes.proof, core_codes.AUTHORS),
        Button(codes.PLAN, wishes.choose_plan, core_codes.AUTHORS),
        Button(codes.OWN_PLAN, wishes.ask_nudges, core_codes.AUTHORS),
        Button(codes.STATUS, pages.tap, core_codes.READERS),
        Button(codes.LIST, pages.list, core_codes.READERS),
        Button(codes.FILE, pages.send_file, core_codes.READERS),
        Button(codes.PROOFS, status.proofs, core_codes.READERS),
        Button(codes.REMIND, reminding.remind, core_codes.PUBLISHERS),
    )
