"""Submissions as a part of announcements."""

from __future__ import annotations

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
    from bot.i18n import Html, Texts
    from bot.kernel.groups import Group
    from bot.tg.context import Scope
    from bot.tg.effects import Key

_NAME: Final = "submissions"


def part(places: Book) -> Part:
    """Return the part; ``places`` knows where managers are spoken to and whom the bot may write to."""
    telling = Telling(places)
    handing, deciding, queue = Handing(telling), Deciding(Desk(places), telling), Queue(telling)

    async def posted(scope: Scope, group: Group, item: Announcement) -> None:
        found = await service.posted(scope.tx, item.id) if item.credit else None
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
            CardKind(codes.OWN_CARD, cards.render_own, handing.answered),
            CardKind(codes.PUBLIC_CARD, cards.render_public, handing.answered),
        ),
        audit=words.PHRASES,
        settings=(
            Command(
                "submit",
                queue.limit,
                words.HELP_LIMIT,
                ("/submit limit 3",),
                sub="limit",
                sub_aliases=("上限", "每天"),
                access=codes.SETTERS,
                title=words.SETTINGS,
            ),
        ),
    )
    return Part(offer, _NAME, lines=_lines, posted=posted, menu_keys=_menu, menu_count=_waiting, digest=_digest)


async def _lines(scope: Scope, _group: Group, item: Announcement, texts: Texts) -> Sequence[Html]:
    """Say on the card of an announcement who handed it in."""
    found = await service.of_post(scope.tx, item.id) if item.credit else None
    return [] if found is None else say.on_announcement(texts, found)


def _menu(texts: Texts, group: Group) -> Sequence[Key]:
    return [codes.LIST.key(texts.label(words.QUEUE), group, 1)]


async def _waiting(scope: Scope, group: Group) -> int:
    return await service.count_open(scope.tx, group.id)


async def _digest(scope: Scope, group: Group, _since: datetime, _until: datetime, texts: Texts) -> Sequence[Html]:
    waiting = await service.count_open(scope.tx, group.id)
    return [say.digest(texts, waiting)] if waiting else []


def _commands(handing: Handing, queue: Queue) -> tuple[Command, ...]:
    return (
        Command("submit", handing.command, words.HELP, (words.EXAMPLE, "/submit"), access=EVERYONE, title=words.NEW),
        Command(
            "submit",
            queue.list,
            words.HELP_LIST,
            ("/submit list",),
            sub="list",
            sub_aliases=("列表", "queue"),
            access=codes.REVIEWERS,
            title=words.QUEUE,
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


def _buttons(handing: Handing, deciding: Deciding, queue: Queue) -> tuple[Button, ...]:
    return (
        Button(codes.NEW, handing.tap, EVERYONE),
        Button(codes.MINE, queue.turn_own, EVERYONE),
        Button(codes.OWN_SHOW, queue.own, EVERYONE),
        Button(codes.ANSWER, handing.ask_answer, EVERYONE),
        Button(codes.USE, handing.use, EVERYONE),
        Button(codes.TAKE_BACK, handing.take_back, EVERYONE),
        Button(codes.LIST, queue.turn, codes.REVIEWERS),
        Button(codes.SHOW, queue.tap, codes.REVIEWERS),
        Button(codes.ALL, queue.all, codes.REVIEWERS),
        Button(codes.ACCEPT, deciding.accept, codes.REVIEWERS),
        Button(codes.ASK, deciding.ask, codes.REVIEWERS),
        Button(codes.DECLINE, deciding.decline, codes.REVIEWERS),
        Button(codes.SETTINGS, queue.settings, codes.SETTERS),
        Button(codes.SWITCH, queue.tap_switch, codes.SETTERS),
        Button(codes.DAILY, queue.tap_daily, codes.SETTERS),
    )
