"""The kinds of buttons and cards, and who may use what."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from bot.i18n import N_
from bot.kernel.roles import Right
from bot.tg.buttons import ButtonCode
from bot.tg.capability import Access

if TYPE_CHECKING:
    from bot.announcements.rules.announcement import Announcement
    from bot.tg.context import Scope

BUTTONS = "announcement.buttons"
"""The buttons of the parts below an announcement in its group."""


OFFER = "announcement.offer"
"""The question whether one that missed its time is to go out; answered, it says what was decided and by whom."""


class Reader(StrEnum):
    """Who reads a card, and so which buttons it has; each is a kind of card."""

    PUBLISHER = "announcement"
    """Those who may publish; among managers all who read there."""
    AUTHOR = "announcement.own"
    """Somebody who may not publish: no button does."""
    WRITER = "announcement.writer"
    """Somebody who may publish and has written it: others review it."""
    OWNER = "announcement.owner"
    OWNING_WRITER = "announcement.owning"
    """The owner, who has written it."""


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
SUBMIT = ButtonCode("an.sub", (int,))
APPROVE = ButtonCode("an.ok", (int, str))
"""Carries the number and what of the fingerprint of the words stood on the card."""
SEND_BACK = ButtonCode("an.re", (int,))
REJECT = ButtonCode("an.no", (int,))
URGENT = ButtonCode("an.urg", (int,))
URGENT_SURE = ButtonCode("an.urgy", (int,))
NOT_URGENT = ButtonCode("an.nurg", (int,))
WITHDRAW = ButtonCode("an.wd", (int,))
COPY = ButtonCode("an.copy", (int,))
RETRY = ButtonCode("an.redo", (int,))
KEEP = ButtonCode("an.keep", (int,))
SETTINGS = ButtonCode("an.set")
REVIEW = ButtonCode("an.rev", (str,))
"""Carries the way of reviewing that is chosen."""
LATE = ButtonCode("an.late", (int,))
"""Carries minutes."""
LATE_ASK = ButtonCode("an.latea")
SHOW = ButtonCode("an.show", (int,))
LIST = ButtonCode("an.list", (int,))
SHELF = ButtonCode("an.shelf", (str, int))
"""Carries a part of the list and its page."""

AUTHORS = Access(right=Right.ANNOUNCE, instead=N_("You can hand in a text with /submit."))
PUBLISHERS = Access(right=Right.PUBLISH)
SENDERS = Access(right=Right.PUBLISH, fresh=True)
"""What rings at everybody is a heavy act: Telegram is asked who the administrators are."""
REVIEWERS = Access(right=Right.REVIEW, fresh=True)
SETTERS = Access(right=Right.SETTINGS)
READERS = Access(right=Right.VIEW)


def changed(scope: Scope, item: Announcement) -> None:
    """Have every card of an announcement show what it is now."""
    changed_by_id(scope, item.id)


def changed_by_id(scope: Scope, item_id: int) -> None:
    """Have every card of the announcement with this id show what it is now."""
    for reader in Reader:
        scope.cards.changed(reader, str(item_id))
    scope.cards.changed(OFFER, str(item_id))
