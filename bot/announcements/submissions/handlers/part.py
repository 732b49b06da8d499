"""Submissions as a part of announcements."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Final

from bot.announcements import service as core
from bot.announcements.handlers.desk import Desk
from bot.announcements.handlers.part import Part
from bot.announcements.submissions import service
from bot.announcements.submissions.handlers import cards, codes
from bot.announcements.submissions.handlers.deciding import Deciding
from bot.announcements.submissions.handlers.handing import Handing
from bot.announcements.submissions.handlers.queue import Queue
from bot.announcements.submissions.handlers.telling import Telling
from bot.announcements.submissions.texts import managers as say
from bot.announcements.submissions.texts import words
from bot.tg.capability import EVERYONE, Button, Capability, CardKind, Command, ResultKind

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.announcements.rules.announcement import Announcement
    from bot.announcements.submissions.handlers.telling import Book
    from bot.db.engine import Tx
    from bot.i18n import Html, Texts
    from bot.kernel.groups import Group
    from bot.tg.context import Scope
    from bot.tg.effects import Key

_NAME: Final = "submissions"


PatternOf = Callable[["Tx", int], Awaitable["int | None"]]
"""Returns the announcement, by id, whose words go out on each date of a recurring one."""


def part(places: Book, pattern_of: PatternOf) -> Part:
    """Return the part; ``places`` knows where managers are spoken to and whom the bot may write to."""
    telling = Telling(places)
    handing, deciding, queue = Handing(telling), Deciding(Desk(places), telling), Queue(telling)

    async def follow(scope: Scope, group: Group, item: Announcement) -> None:
        """Tell the member what has become of the announcement that was their submission."""
        if not item.credit:
            return
        pattern = None if item.recurring_id is None else await pattern_of(scope.tx, item.recurring_id)
        found = await service.follow(scope.tx, item, pattern or item.id)
        if found is not None:
            await telling.tell(scope, group, found)

    offer = Capability(
        core.NAME,
        words.TITLE,
        commands=_commands(handing, queue),
        buttons=_buttons(handing, deciding, queue),
        forms=(*handing.forms(), *deciding.forms()),
        results=(ResultKind(codes.TOLD, telling.told),),
        cards=(
            CardKind(codes.CARD, cards.render),
            CardKind(codes.OWN_CARD, cards.render_own, handing.answered, takes_album=True),
            CardKind(codes.PUBLIC_CARD, cards.render_public, handing.answered, takes_album=True),
        ),
        heard=(handing.heard,),
        audit=words.PHRASES,
        settings=(_limit(queue),),
    )
    return Part(
        offer,
        _NAME,
        lines=_lines,
        ended=follow,
        withdrawn=follow,
        decided=follow,
        menu_keys=_menu,
        menu_count=_waiting,
        settings_keys=_settings,
        digest=_digest,
    )


def hand_in_key(texts: Texts, group: Group) -> Key:
    """Return the button by which a member hands something in."""
    return codes.NEW.key(texts.label(words.NEW), group)


async def _lines(scope: Scope, _group: Group, item: Announcement, texts: Texts) -> Sequence[Html]:
    """Say on the card of an announcement who handed it in."""
    found = await service.of_post(scope.tx, item.id) if item.credit else None
    return [] if found is None else say.on_announcement(texts, found)


def _menu(texts: Texts, group: Group) -> Sequence[Key]:
    return [codes.LIST.key(texts.label(words.QUEUE), group, 1), codes.NEW.key(texts.label(words.NEW), group)]


def _settings(texts: Texts, group: Group) -> Sequence[Key]:
    return [codes.SETTINGS.key(texts.label(words.SETTINGS), group)]


async def _waiting(scope: Scope, group: Group) -> int:
    return await service.count_open(scope.tx, group.id)


async def _digest(scope: Scope, group: Group, _since: datetime, _until: datetime, texts: Texts) -> Sequence[Html]:
    waiting = await service.count_open(scope.tx, group.id)
    return [say.digest(texts, waiting)] if waiting else []


def _commands(handing: Handing, queue: Queue) -> tuple[Command, ...]:
    return (
        Command(
            "submit",
            handing.command,
            words.HELP,
            (words.EXAMPLE, "/submit"),
            access=EVERYONE,
            title=words.NEW,
            within="announce",
            takes_album=True,
        ),
        Command(
            "submit",
            queue.list,
            words.HELP_LIST,
            ("/submit list", words.EXAMPLE_LIST),
            sub="list",
            sub_aliases=("列表", "queue"),
            access=codes.REVIEWERS,
            title=words.QUEUE,
            within="announce",
        ),
        Command(
            "submit",
            queue.mine,
            words.HELP_MINE,
            ("/submit mine",),
            sub="mine",
            sub_aliases=("我的", "my"),
            access=EVERYONE,
        ),
        Command("submit", queue.show, words.HELP_SHOW, ("/submit show 7",), sub="show", sub_aliases=("查看",)),
        *_switches(queue),
    )


def _switches(queue: Queue) -> tuple[Command, ...]:
    return (
        Command(
            "submit",
            queue.on,
            words.HELP_ON,
            ("/submit on",),
            sub="on",
            sub_aliases=("开", "开启", "打开"),
            access=codes.SETTERS,
        ),
        Command(
            "submit",
            queue.off,
            words.HELP_OFF,
            ("/submit off",),
            sub="off",
            sub_aliases=("关", "关闭"),
            access=codes.SETTERS,
        ),
    )


def _limit(queue: Queue) -> Command:
    return Command(
        "submit",
        queue.limit,
        words.HELP_LIMIT,
        ("/submit limit 3",),
        sub="limit",
        sub_aliases=("上限", "每天"),
        access=codes.SETTERS,
        title=words.SETTINGS,
        within="announce",
    )


def _buttons(handing: Handing, deciding: Deciding, queue: Queue) -> tuple[Button, ...]:
    return (
        Button(codes.NEW, handing.tap, EVERYONE),
        Button(codes.MINE, queue.turn_own, EVERYONE),
        Button(codes.OWN_SHOW, queue.own, EVERYONE),
        Button(codes.ANSWER, handing.ask_answer, EVERYONE),
        Button(codes.USE, handing.use, EVERYONE),
        Button(codes.TAKE_BACK, handing.take_back, EVERYONE),
        Button(codes.LIST, queue.turn, codes.REVIEWERS),
        Button(codes.SHELF, queue.shelf, codes.REVIEWERS),
        Button(codes.SHOW, queue.tap, codes.REVIEWERS),
        Button(codes.ALL, queue.all, codes.REVIEWERS),
        Button(codes.ACCEPT, deciding.accept, codes.REVIEWERS),
        Button(codes.ASK, deciding.ask, codes.REVIEWERS),
        Button(codes.DECLINE, deciding.decline, codes.REVIEWERS),
        Button(codes.DELETE, deciding.delete, codes.REVIEWERS),
        Button(codes.SETTINGS, queue.settings, codes.SETTERS),
        Button(codes.SWITCH, queue.tap_switch, codes.SETTERS),
        Button(codes.DAILY, queue.tap_daily, codes.SETTERS),
    )
