"""Stopped topics as a part: commands, the card, the timer and the guard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.policy.handlers.part import Part
from bot.policy.service.book import NAME
from bot.policy.topic import service
from bot.policy.topic import texts as say
from bot.policy.topic.handlers import codes
from bot.policy.topic.handlers.guard import TopicGuard
from bot.policy.topic.handlers.pages import Pages
from bot.policy.topic.service import TopicBook
from bot.tg.capability import Button, Capability, CardKind, Command, TimerKind

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.i18n import Html, Texts
    from bot.kernel.groups import Group
    from bot.policy.topic.handlers.guard import Steps
    from bot.tg.context import Scope


def part(steps: Steps | None = None) -> Part:
    """Return this part; ``steps`` are who keeps the ladders, without whom later messages are deleted and no more."""
    book = TopicBook()
    pages = Pages(book)

    async def lines(scope: Scope, group: Group, texts: Texts) -> Sequence[Html]:
        on = await book.held(scope.tx, group.id, scope.now)
        return (say.rules(texts, on),) if on else ()

    offer = Capability(
        name=NAME,
        title=say.TITLE,
        commands=_commands(pages),
        buttons=(
            Button(codes.RESUME, pages.tap_resume, codes.MODERATORS),
            Button(codes.LIST, pages.list, codes.MODERATORS),
            Button(codes.STOP, pages.tap_stop, codes.MODERATORS),
            Button(codes.REOPEN, pages.reopen, codes.MODERATORS),
        ),
        forms=(pages.form(),),
        timers=(TimerKind(service.TIMER, pages.over),),
        cards=(CardKind(codes.CARD, pages.render),),
        guards=(TopicGuard(book, steps),),
        audit=say.PHRASES,
    )
    return Part(offer, lines, _digest, (lambda texts, group: codes.LIST.key(say.list_label(texts), group),))


def _commands(pages: Pages) -> tuple[Command, ...]:
    return (
        Command(
            "topic",
            pages.stop,
            say.HELP_STOP,
            say.STOP_EXAMPLES,
            sub="stop",
            sub_aliases=("close", "停止", "停", "叫停"),
            access=codes.MODERATORS,
            title=say.TITLE,
        ),
        Command(
            "topic",
            pages.resume,
            say.HELP_RESUME,
            say.RESUME_EXAMPLES,
            sub="resume",
            sub_aliases=("reopen", "恢复", "重开"),
            access=codes.MODERATORS,
        ),
        Command(
            "topic",
            pages.stopped,
            say.HELP_STOPPED,
            ("/topic stopped",),
            sub="stopped",
            sub_aliases=("已停", "列表"),
            access=codes.EVERYBODY,
        ),
    )


async def _digest(scope: Scope, group: Group, since: datetime, until: datetime, texts: Texts) -> Sequence[Html]:
    messages, people = await service.tally(scope.tx, group.id, since, until)
    return (say.digest(texts, messages, people),) if messages else ()
