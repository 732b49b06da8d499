"""The section of the digest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.violations import service
from bot.violations.texts import lists

if TYPE_CHECKING:
    from datetime import datetime

    from bot.i18n import Html, Texts
    from bot.kernel.groups import Group
    from bot.tg.context import Scope

_IN_DIGEST = 10


async def digest(scope: Scope, group: Group, since: datetime, until: datetime, texts: Texts) -> Html | None:
    """Tell of the cases that were opened in a span."""
    cases, total = await service.opened_between(scope.tx, group.id, since, until, _IN_DIGEST)
    return lists.digest(texts, cases, total) if cases else None
