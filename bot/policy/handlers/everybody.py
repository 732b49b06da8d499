"""``/rules``: what everybody reads, in the group, in private, and by the link below a hint."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.i18n import Html
from bot.kernel.ids import GroupId
from bot.policy.handlers import codes
from bot.policy.rules.rule import State
from bot.policy.texts import members as say
from bot.tg.access import Declined, standing_of
from bot.tg.capability import EVERYONE
from bot.tg.effects import Key
from bot.tg.pages import paged

if TYPE_CHECKING:
    from collections.abc import Sequence

    from telegram import Update

    from bot.i18n import Texts
    from bot.kernel.groups import Group
    from bot.policy.handlers.part import Lines
    from bot.policy.service.book import PolicyBook
    from bot.tg.context import Context, Scope
    from bot.tg.effects import Keyboard

_A_PAGE = 12


class Everybody:
    """What members see of the rules."""

    def __init__(self, book: PolicyBook, more: Sequence[Lines] = ()) -> None:
        self._book = book
        self._more = more

    async def rules(self, _update: Update, context: Context) -> None:
        """``/rules``: those that are on, in words, for everybody."""
        if context.args_text:
            raise Declined(say.no_arguments(context.texts))
        context.reply(*await self._page(context, context.group, context.texts, 1))

    async def page(self, _update: Update, context: Context, page: int) -> None:
        """Turn to another page of the rules."""
        context.edit(*await self._page(context, context.group, context.texts, page))

    async def by_link(self, _update: Update, context: Context, rest: str) -> None:
        """``/start rules-7``: the rules of a group, to somebody who is in it."""
        group = context.scope.group(int(rest)) if rest.isascii() and rest.isdigit() and len(rest) < 19 else None
        standing = None if group is None else await standing_of(context.scope, group, context.actor.user_id, EVERYONE)
        if group is None or standing is None or not (standing.is_member and standing.is_known):
            context.reply(say.link_is_old(context.texts))
            return
        texts = await context.scope.texts_of(context.actor.user_id, group, context.actor.language_code)
        context.reply(*await self._page(context, group, texts, 1))

    async def _page(self, context: Context, group: Group, texts: Texts, page: int) -> tuple[Html, Keyboard]:
        found = [rule for rule in await self._book.rules(context.tx, group.id) if rule.state is State.ON]
        more = [line for lines in self._more for line in await lines(context.scope, group, texts)]
        if not found and not more:
            return say.none(texts), ()
        lines = say.rules(texts, found, (await self._book.settings(context.tx, group.id)).keeping, more)
        return paged(say.heading(texts), lines, page, _A_PAGE, codes.RULES, group, texts=texts)


def link_to(scope: Scope, group_id: GroupId, texts: Texts) -> Keyboard:
    """Return the button below a hint: it leads to the rules in private."""
    url = f"https://t.me/{scope.bot_username}?start={codes.LINK}-{group_id}"
    return ((Key(say.rules_label(texts), url=url),),)
