"""When a timer is due again after it failed, when it is late, and how far ahead the alarm may be set."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.kernel.ids import GroupId

RETRIES = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2))
"""The waits after the first, second, third and fourth failure."""
RETRY_LATER = timedelta(days=1)
"""The wait after every further failure: a timer is never given up silently."""
DEFAULT_GRACE = timedelta(minutes=5)
"""How late a timer may run without being called late, where its kind says nothing."""
LONGEST_SLEEP = timedelta(seconds=30)
"""The alarm is never armed further ahead: a machine that slept, or whose clock was set, is noticed within this time."""
SHORTEST_SLEEP = timedelta(milliseconds=10)
"""The alarm is never armed nearer: a clock that stands still just before a due time would make the loop spin."""


@dataclass(frozen=True, slots=True)
class Row:
    """A timer as it is stored.

    ``wanted_at`` is when it was to run, ``due_at`` when it will be tried next: they differ only after a failure.
    """

    capability: str
    kind: str
    key: str
    group_id: GroupId | None
    due_at: datetime
    wanted_at: datetime
    attempts: int


def next_try(attempts: int, now: datetime) -> datetime:
    """Return when to try again after the failure number ``attempts`` (from 1)."""
    return now + (RETRIES[attempts - 1] if attempts <= len(RETRIES) else RETRY_LATER)


def is_late(wanted_at: datetime, grace: timedelta | None, now: datetime) -> bool:
    """Say whether a timer is so late that its kind's rule for late ones holds."""
    return now - wanted_at > (DEFAULT_GRACE if grace is None else grace)


def sleep_until(next_due: datetime | None, now: datetime) -> timedelta:
    """Return how long the alarm may sleep."""
    if next_due is None:
        return LONGEST_SLEEP
    return max(SHORTEST_SLEEP, min(LONGEST_SLEEP, next_due - now))
