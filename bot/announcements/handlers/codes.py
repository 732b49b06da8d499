"""The kinds of buttons and cards, and who may use what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.kernel.roles import Right
from bot.tg.buttons import ButtonCode
from bot.tg.capability import Access

if TYPE_CHECKING:
    from bot.announcements.rules.announcement import Announcement
    from bot.tg.context import Scope

CARD = "announcement"
"""The card of those who may publish."""
AUTHOR_CARD = "announcement.own"
"""The card of an author who may not: it has no button that publishes."""
BUTTONS = "announcement.buttons"
"""The buttons of the parts below an announcement in its group."""

PUBLISH = ButtonCode("an.pub", (int,))
QUIET_NOW = ButtonCode("an.now", (int,))
QUIET_LATER = ButtonCode("an.later", (int,))
WHEN = ButtonCode("an.when", (int,))
EDIT = ButtonCode("an.edit", (int,))
DROP = ButtonCode("an.drop", (int,))
RESTORE = ButtonCode("an.back", (int,))
IS_THERE = ButtonCode("an.there", (int,))
AGAIN = ButtonCode("an.again", (int,))
PIN = ButtonCode("an.pin", (int,))
SHOW = ButtonCode("an.show", (int,))
LIST = ButtonCode("an.list", (int,))

AUTHORS = Access(right=Right.ANNOUNCE)
PUBLISHERS = Access(right=Right.PUBLISH)
SENDERS = Access(right=Right.PUBLISH, fresh=True)
"""What rings at everybody is a heavy act: Telegram is asked who the administrators are."""
READERS = Access(right=Right.VIEW)


def changed(scope: Scope, item: Announcement) -> None:
    """Have every card of an announcement show what it is now."""
    changed_by_id(scope, item.id)


def changed_by_id(scope: Scope, item_id: int) -> None:
    """Have every card of the announcement with this id show what it is now."""
    for kind in (CARD, AUTHOR_CARD):
        scope.cards.changed(kind, str(item_id))
