"""Two pairs of eyes (R09): an approval holds for exactly what was read, and not for those who wrote it."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Final

import msgspec

from bot.announcements.rules.house import Review

if TYPE_CHECKING:
    from bot.announcements.rules.announcement import Announcement, By
    from bot.announcements.rules.content import Content
    from bot.kernel.ids import UserId

_SHOWN: Final = 8
"""So many characters of a fingerprint stand in a button."""


def fingerprint(content: Content) -> str:
    """Return what stands for everything members read: words, files, buttons, protection.

    What the parts do with it is no part of that: it changes no word, and only who may publish changes it afterwards.
    """
    # An older version put the options into the second place; approvals of what had none go on holding.
    return sha256(msgspec.json.encode((content, {}), order="deterministic")).hexdigest()


def shown(item: Announcement) -> str:
    """Return what a button carries of the fingerprint of what is to be read: of the change that waits, if there is one."""
    return fingerprint(item.content if item.pending is None else item.pending)[:_SHOWN]


def stamp(content: Content, by: By) -> str:
    """Return the approval of what somebody has read."""
    return f"{'owner' if by.is_owner else 'other'}:{fingerprint(content)}"


def writer_of(item: Announcement) -> UserId:
    """Return whose words wait for review: whoever wrote the change of a published one, or last changed what is not sent."""
    wrote = item.writer_id if item.pending is None else item.pending_by
    return item.author_id if wrote is None else wrote


def is_approved(item: Announcement, review: Review) -> bool:
    """Say whether this may go out as it is."""
    if review is Review.NONE:
        return True
    who, _, what = item.approval.partition(":")
    if what != fingerprint(item.content):
        return False
    if review is Review.OWNER:
        return who == "owner"
    return item.reviewer_id not in {item.author_id, item.writer_id}


def is_enough(review: Review, by: By) -> bool:
    """Say whether somebody's own word is enough: where nobody reviews, and the owner's where only the owner does."""
    return review is Review.NONE or (review is Review.OWNER and by.is_owner)


def may_review(item: Announcement, by: By, review: Review) -> bool:
    """Say whether somebody with the right to review may approve this, or turn it down."""
    if review is Review.OWNER:
        return by.is_owner
    return by.user_id not in {item.author_id, writer_of(item)}


def may_set(review: Review, by: By) -> bool:
    """Say whether somebody may have it reviewed in another way: what only the owner approves only the owner lets go."""
    return review is not Review.OWNER or by.is_owner
