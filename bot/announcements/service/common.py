"""What all steps have in common: nobody else changes an announcement meanwhile, and every change is in the audit."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from bot.announcements import store
from bot.announcements.rules.announcement import Announcement, By, Pin, State
from bot.announcements.rules.life import decide
from bot.announcements.rules.outcomes import Done, NotAllowed, NotNow, Unknown
from bot.audit import service as audit

if TYPE_CHECKING:
    from datetime import datetime

    from bot.announcements.rules.acts import Act
    from bot.announcements.rules.content import Content
    from bot.db.engine import Tx
    from bot.kernel.ids import GroupId


async def enter(
    tx: Tx, group_id: GroupId, number: int, act: Act, by: By
) -> Announcement | Unknown | NotNow | NotAllowed:
    """Return an announcement that nobody else changes until the end of the transaction, or why this cannot be done."""
    await tx.lock([group_id])
    item = await store.by_number(tx, group_id, number)
    if item is None:
        return Unknown(number)
    after = decide(item, act, by)
    return item if isinstance(after, State) else after


async def send(tx: Tx, item: Announcement, now: datetime, by: By | None) -> Done:
    """Note that it is on its way; ``by`` None: its time has come."""
    sent = replace(
        item,
        state=State.PUBLISHING,
        attempt=item.attempt + 1,
        refusal="",
        problem="",
        posted_at=None,
        chat_id=None,
        message_id=None,
        pin=Pin.NONE,
    )
    if by is not None:
        sent = replace(sent, publisher_id=by.user_id, publisher_name=by.name)
    after = await store.save(tx, sent)
    await record(tx, item, by, "published", now)
    return Done(after, item.state)


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
    return {"html": content.html} if content.kind is None else {"html": content.html, "file": content.kind}


def utc(at: datetime) -> str:
    """Return a time as the audit shows it."""
    return f"{at:%Y-%m-%d %H:%M} UTC"
