"""What others read of the rules: their titles by code, and the digest's line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.policy.service import book as service
from bot.policy.texts import answers as say
from bot.policy.texts import words

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from bot.db.engine import Tx
    from bot.i18n import Html, Texts
    from bot.kernel.groups import Group
    from bot.kernel.ids import GroupId
    from bot.policy.service.book import PolicyBook
    from bot.tg.context import Scope


class RuleNames:
    """Names rules for those who warn by their codes."""

    def __init__(self, book: PolicyBook) -> None:
        self._book = book

    async def titles(self, tx: Tx, group: Group, texts: Texts) -> Mapping[str, str]:
        """Return the titles of a group's rules that are not removed, by their codes."""
        return {rule.code: words.title(texts, rule).unescape() for rule in await self._book.rules(tx, group.id)}

    async def points(self, tx: Tx, group_id: GroupId) -> Mapping[str, int]:
        """Return what a breach of each rule weighs, by their codes."""
        return {rule.code: rule.points for rule in await self._book.rules(tx, group_id)}


async def digest(scope: Scope, group: Group, since: datetime, until: datetime, texts: Texts) -> Html | None:
    """Tell of the rules that were broken in a span."""
    found = await service.breaches_between(scope.tx, group.id, since, until)
    return say.digest(texts, found) if found else None
