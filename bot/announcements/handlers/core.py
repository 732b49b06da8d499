"""The core's tables of commands, buttons, forms, timers, results and cards."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.announcements import service
from bot.announcements.handlers import codes
from bot.announcements.handlers.arrivals import Arrivals, digest
from bot.announcements.handlers.cards import Looks
from bot.announcements.handlers.commands import FORM, FORM_AT, Commands
from bot.announcements.handlers.desk import Desk
from bot.announcements.handlers.forms import forms
from bot.announcements.handlers.gathering import Gatherer
from bot.announcements.handlers.posting import BELOW
from bot.announcements.handlers.reviewing import Reviewing
from bot.announcements.handlers.roll import PICTURE, TABLE
from bot.announcements.handlers.settings import Settings
from bot.announcements.handlers.taps import Taps
from bot.announcements.handlers.withdrawing import RESULT, STRUCK, Withdrawing
from bot.announcements.handlers.work import Work
from bot.announcements.texts import settings as say_settings
from bot.announcements.texts import words
from bot.i18n import N_
from bot.tg.capability import (
    Access,
    Button,
    Capability,
    CardKind,
    Command,
    DigestSection,
    Handler,
    Late,
    ResultKind,
    TimerKind,
)
from bot.tg.sections import Section

if TYPE_CHECKING:
    from bot.announcements.handlers.desk import Places
    from bot.announcements.handlers.posting import Posting

ORDER = 50
"""Where the section stands in the digest."""
_WORDS = {
    "at": ("定时发", "预约"),
    "list": ("列表",),
    "show": ("查看",),
    "edit": ("修改", "编辑"),
    "schedule": ("定时",),
    "publish": ("发布",),
    "submit": ("送审", "提交"),
    "approve": ("通过", "审核通过", "批准"),
    "return": ("退回", "打回"),
    "reject": ("不通过", "驳回", "拒绝"),
    "settings": ("setting", "设置"),
    "cancel": ("取消",),
    "copy": ("复制",),
    "withdraw": ("撤回",),
}


def core(places: Places, posting: Posting) -> Capability:
    """Return the core; ``places`` knows where managers are spoken to."""
    board, looks, settings = Desk(places), Looks(posting), Settings(posting)
    work = Work(board, posting)
    reviewing = Reviewing(work)
    withdrawing = Withdrawing(work)
    withdraw = Button(codes.WITHDRAW, withdrawing.tap, codes.SENDERS)
    arrivals = Arrivals(board, posting)
    posting.hear(arrivals.unfit)
    gathering = Gatherer(board)
    return Capability(
        service.NAME,
        words.TITLE,
        Section.ANNOUNCEMENTS,
        commands=(*_commands(Commands(work)), *_more_commands(Commands(work), reviewing, withdrawing)),
        buttons=(*_buttons(Taps(work)), *_review_buttons(reviewing), *settings.buttons(), withdraw),
        forms=(*forms(work), *reviewing.forms(), settings.form(), withdrawing.form()),
        # How late is too late is the group's own to say.
        timers=(
            TimerKind(service.TIMER, arrivals.due, Late.RUN, needs=arrivals.needs),
            TimerKind(service.ALBUM, gathering.due),
        ),
        growing=(gathering.grown,),
        results=_results(arrivals, posting, board, withdrawing),
        cards=(
            *looks.kinds(),
            CardKind(codes.BUTTONS, posting.render_keys),
            CardKind(codes.OFFER, arrivals.render_offer),
        ),
        digest=DigestSection(ORDER, digest),
        makers=(PICTURE, TABLE),
        audit=words.PHRASES,
        settings=(
            _sub(
                "settings",
                settings.command,
                codes.SETTERS,
                N_("/announce settings review other"),
                N_("/announce settings late 2 hours"),
                title=say_settings.TITLE,
                within="announce",
            ),
        ),
    )


def _results(arrivals: Arrivals, posting: Posting, board: Desk, withdrawing: Withdrawing) -> tuple[ResultKind, ...]:
    return (
        ResultKind("posted", arrivals.posted, shows_uncertain=True, shows_refused=True),
        ResultKind("pinned", arrivals.pinned, shows_refused=True),
        ResultKind("edited", arrivals.edited, shows_refused=True),
        ResultKind(BELOW, posting.below_posted),
        ResultKind("shown", board.shown),
        ResultKind(RESULT, withdrawing.deleted, shows_refused=True),
        ResultKind(STRUCK, withdrawing.struck, shows_refused=True),
    )


def _commands(commands: Commands) -> tuple[Command, ...]:
    return (
        Command(
            "announce",
            commands.announce,
            words.HELP[""],
            usage=(N_("/announce Hello, everybody!"), "/announce", "/announce list"),
            access=codes.AUTHORS,
            form=FORM,
            title=words.MENU,
        ),
        _sub(
            "at",
            commands.at,
            codes.PUBLISHERS,
            N_("/announce at Sat 9:00 | We meet at the gate."),
            form=FORM_AT,
        ),
        _sub(
            "list",
            commands.list,
            codes.READERS,
            N_("/announce list scheduled"),
            title=words.MENU_LIST,
            within="announce",
        ),
        _sub("show", commands.show, codes.READERS, "/announce show 12"),
        _sub("edit", commands.edit, codes.AUTHORS, N_("/announce edit 12 We meet at ten.")),
        _sub("schedule", commands.schedule, codes.PUBLISHERS, N_("/announce schedule 12 Sat 9:00")),
        _sub("publish", commands.publish, codes.SENDERS, "/announce publish 12"),
        _sub("cancel", commands.cancel, codes.AUTHORS, "/announce cancel 12"),
    )


def _more_commands(commands: Commands, reviewing: Reviewing, withdrawing: Withdrawing) -> tuple[Command, ...]:
    return (
        _sub("submit", reviewing.command, codes.AUTHORS, "/announce submit 12"),
        _sub("approve", reviewing.approve_line, codes.REVIEWERS, "/announce approve 12"),
        _sub("return", reviewing.return_line, codes.REVIEWERS, N_("/announce return 12 Which gate?")),
        _sub("reject", reviewing.reject_line, codes.REVIEWERS, N_("/announce reject 12 No advertising, please")),
        _sub("copy", commands.copy, codes.AUTHORS, "/announce copy 12"),
        _sub(
            "withdraw",
            withdrawing.command,
            codes.SENDERS,
            N_("/announce withdraw 12 wrong date"),
            N_("/announce withdraw everywhere 12"),
        ),
    )


def _sub(word: str, run: Handler, access: Access, *usage: str, **options: Any) -> Command:
    return Command(
        "announce",
        run,
        words.HELP[word],
        usage=usage,
        sub=word,
        sub_aliases=_WORDS[word],
        access=access,
        **options,
    )


def _buttons(taps: Taps) -> tuple[Button, ...]:
    return (
        Button(codes.PUBLISH, taps.publish, codes.SENDERS),
        Button(codes.QUIET_NOW, taps.quiet_now, codes.SENDERS),
        Button(codes.QUIET_LATER, taps.quiet_later, codes.PUBLISHERS),
        Button(codes.WHEN, taps.when, codes.PUBLISHERS),
        Button(codes.EDIT, taps.edit, codes.AUTHORS),
        Button(codes.DROP, taps.drop, codes.AUTHORS),
        Button(codes.RESTORE, taps.restore, codes.AUTHORS),
        Button(codes.IS_THERE, taps.is_there, codes.PUBLISHERS),
        Button(codes.AGAIN, taps.again, codes.SENDERS),
        Button(codes.PIN, taps.pin, codes.PUBLISHERS),
        Button(codes.RETRY, taps.retry, codes.PUBLISHERS),
        Button(codes.KEEP, taps.keep, codes.PUBLISHERS),
        Button(codes.COPY, taps.copy, codes.AUTHORS),
        Button(codes.URGENT, taps.urgent, codes.PUBLISHERS),
        Button(codes.URGENT_SURE, taps.urgent_sure, codes.PUBLISHERS),
        Button(codes.NOT_URGENT, taps.not_urgent, codes.PUBLISHERS),
        Button(codes.SHOW, taps.show, codes.READERS),
        Button(codes.LIST, taps.list, codes.READERS),
        Button(codes.SHELF, taps.shelf, codes.READERS),
    )


def _review_buttons(reviewing: Reviewing) -> tuple[Button, ...]:
    return (
        Button(codes.SUBMIT, reviewing.submit, codes.AUTHORS),
        Button(codes.APPROVE, reviewing.approve, codes.REVIEWERS),
        Button(codes.SEND_BACK, reviewing.ask_back, codes.REVIEWERS),
        Button(codes.REJECT, reviewing.ask_reject, codes.REVIEWERS),
    )
