"""Whom the bot may write to in private, as tests say it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import literal, select, true, union_all

if TYPE_CHECKING:
    from bot.announcements.service.people import Reach
    from bot.db.schema import Beside


def reachable(*ids: int) -> Reach:
    """Say that the bot may write to these people."""

    def reach() -> Beside:
        rows = [select(literal(one).label("user_id"), true().label("reachable")) for one in ids or (0,)]
        return union_all(*rows).subquery("reach")

    return reach
