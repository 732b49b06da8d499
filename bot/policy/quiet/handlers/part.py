"""Quiet hours that everybody keeps, as a part: commands, buttons, timers and the guard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.policy.handlers.part import Part
from bot.policy.quiet import service
from bot.policy.quiet import texts as say
from bot.policy.quiet.handlers import codes
from bot.policy.quiet.handlers.closing import Closing
from bot.policy.quiet.handlers.guard import QuietGuard
from bot.policy.quiet.handlers.pages import Pages
from bot.policy.quiet.service import QuietBook
from bot.policy.service.book import NAME
from bot.tg.capability import Button, Capability, Command, Observer, ResultKind, TimerKind

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.chats.service import GroupBook
    from bot.i18n import Html, Texts
    from bot.kernel.groups import Group
    from bot.tg.context import Scope


def part(groups: GroupBook, quiet: QuietBook) -> Part:
    """Return this part; it hears of groups that are quiet at other hours, and of those that come back."""
    groups.on_hours.append(quiet.hours_changed)
    groups.on_found.append(quiet.hours_changed)

    async def lines(scope: Scope, group: Group, texts: Texts) -> Sequence[Html]:
        said = say.rule(texts, group, await quiet.house(scope.tx, group.id), scope.now)
        return () if said is None else (said,)

    offer = _offer(quiet, Pages(groups, quiet), Closing(groups, quiet))
    return Part(offer, lines, _digest, (lambda texts, group: codes.PAGE.key(say.page_label(texts), group),))


def _offer(quiet: QuietBook, pages: Pages, closing: Closing) -> Capability:
    return Capability(
        name=NAME,
        title=say.TITLE,
        commands=(
            Command(
                "quiet",
                pages.mode,
                say.HELP_MODE,
                say.MODE_EXAMPLES,
                sub="mode",
                sub_aliases=("模式", "方式"),
                access=codes.SETTERS,
            ),
            Command(
                "quiet",
                pages.notice,
                say.HELP_NOTICE,
                say.NOTICE_EXAMPLES,
                sub="notice",
                sub_aliases=("提示", "通知"),
                access=codes.SETTERS,
            ),
            Command("open", pages.open, say.HELP_OPEN, say.OPEN_EXAMPLES, access=codes.SETTERS),
        ),
        buttons=(
            Button(codes.PAGE, pages.page, codes.SETTERS),
            Button(codes.MODE, pages.choose, codes.SETTERS),
            Button(codes.NOTICE, pages.choose_notice, codes.SETTERS),
            Button(codes.OPEN, pages.tap_open, codes.SETTERS),
        ),
        timers=(TimerKind(service.TIMER, closing.due, needs=closing.needs),),
        results=(ResultKind(codes.RESULT, closing.answered, shows_uncertain=True, shows_refused=True),),
        observers=(Observer("bot_status", closing.bot_status),),
        guards=(QuietGuard(quiet),),
        audit=say.PHRASES,
    )


async def _digest(scope: Scope, group: Group, since: datetime, until: datetime, texts: Texts) -> Sequence[Html]:
    messages, people = await service.tally(scope.tx, group.id, since, until)
    return (say.digest(texts, messages, people),) if messages else ()
