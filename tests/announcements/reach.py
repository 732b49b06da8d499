"""Whom the bot may write to in private, as tests say it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.announcements.service.people import ReachableOf
    from bot.db.engine import Tx
    from bot.kernel.ids import UserId


def reachable(*ids: int) -> ReachableOf:
    """Say that the bot may write to these people."""

    async def reachable_of(_tx: Tx, asked: Sequence[UserId]) -> Collection[UserId]:
        return [one for one in asked if one in ids]

    return reachable_of
