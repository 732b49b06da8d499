"""What people do to announcements."""

from __future__ import annotations

from enum import StrEnum


class Act(StrEnum):
    """What a person does to an announcement."""

    EDIT = "edit"
    SUBMIT = "submit"
    """They hand it in for review."""
    APPROVE = "approve"
    SEND_BACK = "send_back"
    REJECT = "reject"
    SCHEDULE = "schedule"
    PUBLISH = "publish"
    CANCEL = "cancel"
    RESTORE = "restore"
    IS_THERE = "is_there"
    """They looked: the uncertain message stands in the group."""
    AGAIN = "again"
    """They looked: it does not, so it is posted again."""
    PIN = "pin"
    URGENT = "urgent"
    """Quiet hours do not hold it, or do again."""
    WITHDRAW = "withdraw"
    RETRY = "retry"
    """They have a change made that Telegram would not make."""
    KEEP = "keep"
    """They leave the words as the group reads them."""
    COPY = "copy"
