"""What people do to announcements."""

from __future__ import annotations

from enum import StrEnum


class Act(StrEnum):
    """What a person does to an announcement."""

    EDIT = "edit"
    SCHEDULE = "schedule"
    PUBLISH = "publish"
    CANCEL = "cancel"
    RESTORE = "restore"
    IS_THERE = "is_there"
    """They looked: the uncertain message stands in the group."""
    AGAIN = "again"
    """They looked: it does not, so it is posted again."""
    PIN = "pin"
