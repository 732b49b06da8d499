"""What is written into the audit log; single taps are not, their table says as much."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.audit import service as audit

if TYPE_CHECKING:
    from datetime import datetime

    from bot.announcements.rules.announcement import Announcement, By
    from bot.db.engine import Tx


async def record(tx: Tx, item: Announcement, by: By | None, action: str, now: datetime, **details: str) -> None:
    """Write down what was done with an announcement, by whom; None is the bot itself."""
    await audit.record(
        tx,
        group_id=item.group_id,
        actor_id=None if by is None else by.user_id,
        actor_name="" if by is None else by.name,
        action=f"announcement.{action}",
        at=now,
        target=f"#{item.number}",
        details=details,
    )
