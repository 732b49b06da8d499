"""Broadcasts as a part of announcements."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.announcements import service as core
from bot.announcements.broadcast.handlers import codes, files, topics, waiting
from bot.announcements.broadcast.handlers.choosing import Choosing
from bot.announcements.broadcast.handlers.commands import Commands
from bot.announcements.broadcast.handlers.feeding import Feeder
from bot.announcements.broadcast.handlers.learning import Learner
from bot.announcements.broadcast.handlers.recalling import Recalling
from bot.announcements.broadcast.handlers.rights import Rights
from bot.announcements.broadcast.handlers.steering import Look, Steering
from bot.announcements.broadcast.handlers.waiting import Waiting
from bot.announcements.broadcast.service import steps
from bot.announcements.broadcast.texts import topics as say_topics
from bot.announcements.broadcast.texts import words
from bot.announcements.handlers.codes import AUTHORS, PUBLISHERS, SENDERS
from bot.announcements.handlers.part import Part
from bot.announcements.handlers.posting import TOPIC
from bot.announcements.handlers.work import Work
from bot.tg.capability import Button, Capability, CardKind, Command, Observer, ResultKind, TimerKind, Worker

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from bot.announcements.handlers.desk import Desk
    from bot.announcements.handlers.posting import Posting
    from bot.announcements.rules.announcement import Announcement
    from bot.db.engine import Tx
    from bot.i18n import Html, Texts
    from bot.kernel.groups import Group
    from bot.tg.context import Scope
    from bot.tg.effects import Key


def part(desk: Desk, posting: Posting, pattern_of: Callable[[Tx, int], Awaitable[int | None]]) -> Part:
    """Return the part; ``pattern_of`` says which announcement, by id, is the pattern of a recurring one."""
    rights = Rights()
    feeder = Feeder(Work(desk, posting), rights)
    choosing, steering, along = Choosing(feeder, pattern_of), Steering(), Waiting(feeder)
    offer = Capability(
        core.NAME,
        words.TITLE,
        commands=_commands(Commands(desk.places, choosing, steering)),
        buttons=_buttons(choosing, steering, along),
        forms=(Recalling().form(),),
        timers=(TimerKind(steps.FEED, feeder.fed), TimerKind(steps.TICK, feeder.ticked)),
        results=(
            ResultKind(codes.CHANGED, feeder.copy_changed, shows_refused=True),
            ResultKind(codes.STRUCK, feeder.struck, shows_refused=True),
            ResultKind(codes.NOTED, feeder.noted),
        ),
        cards=(CardKind(codes.CARD, Look(posting).render),),
        observers=(Observer("topic", topics.learn),),
        guards=(Learner(),),
        makers=(files.TABLE,),
        workers=(Worker("rights in the groups of broadcasts", rights.ask),),
        audit=words.PHRASES,
    )
    return Part(
        offer,
        TOPIC,
        draft_keys=_keys,
        lines=_lines,
        live_keys=waiting.keys,
        desk_keys=_several,
        menu_keys=_menu,
        ended=along.ended,
        occurred=along.occurred,
        decided=along.put_away,
        withdrawn=along.withdrawn,
        recalled=Recalling().command,
    )


def _commands(commands: Commands) -> tuple[Command, ...]:
    return (
        Command(
            "announce",
            commands.to,
            words.HELP_TO,
            words.EXAMPLES,
            sub="to",
            sub_aliases=("到", "发到", "群发"),
            access=PUBLISHERS,
            title=words.BROADCASTS,
            within="announce",
            takes_album=True,
        ),
        Command(
            "announce",
            topics.command,
            say_topics.HELP,
            say_topics.EXAMPLES,
            sub="topic",
            sub_aliases=("话题",),
            access=AUTHORS,
        ),
    )


async def _lines(scope: Scope, group: Group, item: Announcement, texts: Texts) -> Sequence[Html]:
    return [
        *await topics.lines(scope, group, item, texts),
        *await waiting.lines(scope, group, item, texts),
    ]


def _keys(texts: Texts, group: Group, item: Announcement) -> Sequence[Key]:
    return [*_several(texts, group, item), *topics.keys(texts, group, item)]


def _several(texts: Texts, group: Group, item: Announcement) -> Sequence[Key]:
    return [codes.OPEN.key(texts.label(words.SEVERAL), group, item.number)]


def _menu(texts: Texts, group: Group) -> Sequence[Key]:
    return [codes.LIST.key(texts.label(words.BROADCASTS), group, 1)]


def _buttons(choosing: Choosing, steering: Steering, along: Waiting) -> tuple[Button, ...]:
    return (
        Button(codes.OPEN, choosing.open, PUBLISHERS),
        Button(codes.PAGE, choosing.page, PUBLISHERS),
        Button(codes.TICK, choosing.tick, PUBLISHERS),
        Button(codes.ALL, choosing.tick_all, PUBLISHERS),
        Button(codes.LABELS, choosing.labels, PUBLISHERS),
        Button(codes.LABEL, choosing.tick_label, PUBLISHERS),
        Button(codes.START, choosing.start, SENDERS),
        Button(codes.WAIT, choosing.wait, SENDERS),
        Button(codes.DROP, choosing.drop, PUBLISHERS),
        Button(codes.LEAVE, along.leave, PUBLISHERS),
        Button(codes.LIST, steering.list, PUBLISHERS),
        Button(codes.SHOW, steering.show, PUBLISHERS),
        Button(codes.PAUSE, steering.pause, PUBLISHERS),
        Button(codes.RESUME, steering.resume, SENDERS),
        Button(codes.STOP, steering.stop, PUBLISHERS),
        Button(codes.RETRY, steering.retry, SENDERS),
        Button(codes.MISSING, steering.missing, PUBLISHERS),
        Button(codes.MISSING_PAGE, steering.missing_page, PUBLISHERS),
        Button(codes.FILE, files.send_file, PUBLISHERS),
        Button(codes.CHANGE, steering.change, SENDERS),
        Button(codes.TOPICS, topics.open_page, AUTHORS),
        Button(codes.TOPIC, topics.tap, AUTHORS),
        Button(codes.WITHDRAW, Recalling().tap, SENDERS),
    )
