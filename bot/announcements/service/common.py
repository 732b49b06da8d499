"""What all steps have in common: nobody else changes an announcement meanwhile, and every change is in the audit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.announcements import store
from bot.announcements.rules.announcement import Announcement, By
from bot.announcements.rules.content import files_of
from bot.announcements.rules.outcomes import Unknown
from bot.announcements.service.book import NAME, TIMER
from bot.audit import service as audit
from bot.timers import service as timers

if TYPE_CHECKING:
    from datetime import datetime

    from bot.announcements.rules.content import Content
    from bot.announcements.rules.house import House
    from bot.db.engine import Tx
    from bot.kernel.ids import GroupId


async def enter(tx: Tx, group_id: GroupId, number: int) -> tuple[Announcement, House] | Unknown:
    """Return an announcement that nobody else changes until the end of the transaction, with the group's settings."""
    await tx.lock([group_id])
    return await store.kept_by_number(tx, group_id, number) or Unknown(number)


async def drop_timer(tx: Tx, item: Announcement) -> None:
    """Let the time that was set pass."""
    if item.due_at is not None:
        await timers.cancel(tx, NAME, TIMER, str(item.id))


async def record(
    tx: Tx,
    item: Announcement,
    by: By | None,
    action: str,
    now: datetime,
    *,
    before: Any = None,
    after: Any = None,
    **details: str,
) -> None:
    """Write down in the audit what was done."""
    await audit.record(
        tx,
        group_id=item.group_id,
        actor_id=None if by is None else by.user_id,
        actor_name="" if by is None else by.name,
        action=f"announcement.{action}",
        at=now,
        target=f"#{item.number}",
        before=before,
        after=after,
        details=details,
    )


def plain(content: Content) -> dict[str, str]:
    """Return a content as the audit shows it."""
    kinds = ", ".join(file.kind for file in files_of(content))
    return {"html": content.html, "file": kinds} if kinds else {"html": content.html}


def utc(at: datetime) -> str:
    """Return a time as the audit shows it."""
    return f"{at:%Y-%m-%d %H:%M} UTC"
