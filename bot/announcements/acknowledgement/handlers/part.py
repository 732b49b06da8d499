"""Acknowledgement as a part of announcements."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from bot.announcements import service as core
from bot.announcements.acknowledgement import service
from bot.announcements.acknowledgement.handlers import asking, codes
from bot.announcements.acknowledgement.handlers.after import After
from bot.announcements.acknowledgement.handlers.asking import TERMS, Asking
from bot.announcements.acknowledgement.handlers.finding import unasked
from bot.announcements.acknowledgement.handlers.forms import forms
from bot.announcements.acknowledgement.handlers.readers import Readers
from bot.announcements.acknowledgement.handlers.several import Several
from bot.announcements.acknowledgement.handlers.status import Status
from bot.announcements.acknowledgement.rules.wish import NAME
from bot.announcements.acknowledgement.texts import answers, words
from bot.announcements.handlers import codes as core_codes
from bot.announcements.handlers.desk import Desk
from bot.announcements.handlers.mentioning import Feeder, Pace, Private
from bot.announcements.handlers.part import Part
from bot.announcements.handlers.reminding import Reminding
from bot.i18n import N_
from bot.tg.capability import EVERYONE, Button, Capability, Command, ResultKind, TimerKind

if TYPE_CHECKING:
    from bot.announcements.acknowledgement.handlers.after import Ledger
    from bot.announcements.handlers.desk import Places
    from bot.announcements.handlers.posting import Posting
    from bot.announcements.handlers.roll import Crowd, Pages
    from bot.announcements.service.people import Reach


def part(places: Places, posting: Posting, crowd: Crowd, reach: Reach, ledger: Ledger, pace: Pace) -> Part:
    """Return this part.

    ``crowd`` counts a group's members, ``reach`` says whom the bot may write to in private, ``ledger`` opens the cases
    that managers make of silence, ``pace`` is that of everything that mentions people in a group.
    """
    desk = Desk(places)
    readers, wishes = Readers(posting), Asking(TERMS, posting)
    pages = Status(crowd, reach).pages()
    reminding = Reminding(partial(service.nudge, reach=reach), answers.nudged, unasked)
    private = Private(answers.in_private, readers.first_key)
    feeder = Feeder(service.FEED, codes.NAMED, answers.in_group, private, pace=pace, hurries=False)
    after, several = After(desk, posting, reach, ledger), Several(desk, posting)
    offer = Capability(
        name=core.NAME,
        title=words.TITLE,
        commands=_commands(wishes, pages),
        buttons=(*_buttons(readers, wishes, pages, reminding), *_later(after, several)),
        forms=forms(wishes),
        timers=(
            TimerKind(service.REMINDERS.timer, reminding.due, rests=True),
            TimerKind(service.FEED.timer, feeder.due),
            TimerKind(service.DUE, after.due, rests=True),
            TimerKind(service.SUMMED, several.summed, rests=True),
            TimerKind(service.ANEW, several.anew),
        ),
        results=(ResultKind(codes.NAMED, feeder.arrived, shows_uncertain=True, shows_refused=True),),
        audit=words.PHRASES,
    )
    return Part(
        offer,
        NAME,
        draft_keys=asking.draft_keys,
        desk_keys=asking.desk_keys,
        posted_keys=readers.keys,
        lines=readers.lines,
        posted=readers.posted,
        changed=after.changed,
        withdrawn=readers.withdrawn,
        ended=readers.ended,
        broadcast_lines=several.lines,
        digest=readers.digest,
    )


def _commands(wishes: Asking, pages: Pages) -> tuple[Command, ...]:
    return (
        Command(
            "announce",
            wishes.command,
            words.HELP_ACK,
            (
                "/announce ack 12 on",
                N_("/announce ack 12 by Fri 18:00"),
                N_("/announce ack 12 within 48h"),
                N_("/announce ack 12 nudge 1h,24h"),
                "/announce ack 12 violation on",
            ),
            sub="ack",
            sub_aliases=("acknowledge", "receipt", "确认", "已读", "回执"),
            access=core_codes.AUTHORS,
        ),
        Command(
            "announce",
            pages.command,
            words.HELP_STATUS,
            ("/announce status 12",),
            sub="status",
            sub_aliases=("确认情况", "已读情况", "情况"),
            access=core_codes.READERS,
        ),
    )


def _buttons(readers: Readers, wishes: Asking, pages: Pages, reminding: Reminding) -> tuple[Button, ...]:
    return (
        Button(codes.READ, readers.read, EVERYONE),
        Button(codes.SWITCH, wishes.switch, core_codes.AUTHORS),
        Button(codes.WAYS, wishes.ways, core_codes.AUTHORS),
        Button(codes.ONOFF, wishes.onoff, core_codes.AUTHORS),
        Button(codes.BY, wishes.ask_by, core_codes.AUTHORS),
        Button(codes.NO_BY, wishes.no_end, core_codes.AUTHORS),
        Button(codes.PLAN, wishes.choose_plan, core_codes.AUTHORS),
        Button(codes.OWN_PLAN, wishes.ask_nudges, core_codes.AUTHORS),
        Button(codes.PROPOSE, wishes.propose, core_codes.AUTHORS),
        Button(codes.STATUS, pages.tap, core_codes.READERS),
        Button(codes.LIST, pages.list, core_codes.READERS),
        Button(codes.FILE, pages.send_file, core_codes.READERS),
        Button(codes.REMIND, reminding.remind, core_codes.PUBLISHERS),
    )


def _later(after: After, several: Several) -> tuple[Button, ...]:
    return (
        Button(codes.AGAIN, after.again, core_codes.PUBLISHERS),
        Button(codes.KEEP, after.keep, core_codes.PUBLISHERS),
        Button(codes.AGAIN_ALL, several.again, core_codes.PUBLISHERS),
        Button(codes.KEEP_ALL, several.keep, core_codes.PUBLISHERS),
        Button(codes.SILENCE, after.silence, codes.JUDGES),
        Button(codes.RECORD, after.record, codes.JUDGES),
        Button(codes.PASS, after.let_pass, codes.JUDGES),
    )
