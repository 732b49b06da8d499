"""Where announcements come from: written anew, or made like another whose date has come."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.announcements.rules.announcement import Announcement, By, State
from bot.announcements.rules.passing import options_for

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from bot.announcements.rules.content import Content
    from bot.kernel.ids import GroupId, UserId


def drafted(
    group_id: GroupId, content: Content, by: By, now: datetime, options: Mapping[str, str] | None = None
) -> Announcement:
    """Return a draft, which nobody has approved, whosever words they were before."""
    return Announcement(
        id=0,
        group_id=group_id,
        number=0,
        state=State.DRAFT,
        content=content,
        author_id=by.user_id,
        author_name=by.name,
        created_at=now,
        options=options_for(content, options or {}),
        writer_id=by.user_id,
    )


def occurring(
    pattern: Announcement, at: datetime, publisher_id: UserId, publisher_name: str, now: datetime
) -> Announcement:
    """Return another like ``pattern`` that goes out at ``at``.

    An approval holds for exactly what was read, so the pattern's holds for this one too.
    """
    new = Announcement(
        id=0,
        group_id=pattern.group_id,
        number=0,
        state=State.SCHEDULED,
        content=pattern.content,
        author_id=pattern.author_id,
        author_name=pattern.author_name,
        created_at=now,
        due_at=at,
        publisher_id=publisher_id,
        publisher_name=publisher_name,
        urgent=pattern.urgent,
        options=options_for(pattern.content, pattern.options),
        credit=pattern.credit,
        writer_id=pattern.writer_id,
        recurring_id=pattern.recurring_id,
    )
    return replace(new, approval=pattern.approval, reviewer_id=pattern.reviewer_id, reviewer_name=pattern.reviewer_name)
