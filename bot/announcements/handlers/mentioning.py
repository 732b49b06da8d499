"""Mentioning people below an announcement."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.announcements.rules.nudging import stale_at
from bot.announcements.rules.people import MENTIONS
from bot.tg import effects as fx

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.announcements.rules.announcement import Announcement
    from bot.announcements.rules.people import Known
    from bot.i18n import Html
    from bot.kernel.groups import Group
    from bot.tg.context import Scope


def mention(
    scope: Scope, group: Group, item: Announcement, html: Html, *, told: fx.OnResult | None = None, urgent: bool = False
) -> None:
    """Put a message that mentions people below an announcement into the outbox; answers go before it."""
    message = fx.SendMessage(
        group.chat_id, str(html), reply_to=item.message_id, thread_id=group.thread_for("announcements")
    )
    scope.effects.put(
        message,
        priority=fx.Priority.BROADCAST,
        expires=stale_at(group, scope.now, urgent=urgent),
        on_result=told,
        group_id=group.id,
    )


def mention_all(
    scope: Scope,
    group: Group,
    item: Announcement,
    people: Sequence[Known],
    say: Callable[[Sequence[Known]], Html],
) -> None:
    """Mention people below an announcement, as many in a message as it rings at."""
    for start in range(0, len(people), MENTIONS):
        mention(scope, group, item, say(people[start : start + MENTIONS]))
