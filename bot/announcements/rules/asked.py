"""What those are asked who read an announcement, and how often they were reminded of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.kernel.ids import GroupId


@dataclass(frozen=True, slots=True)
class Closed:
    """Nothing is asked (any more)."""


@dataclass(frozen=True, slots=True)
class Over:
    """Its end has come."""

    until: datetime


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of the readers of one announcement since ``opened_at``.

    ``nudges`` are when those are reminded by themselves who have not done it, counted from then. ``nudged`` reminders have gone
    out since, the last at ``nudged_at``. It is ``closed`` when it is asked no more.
    """

    post_id: int
    group_id: GroupId
    opened_at: datetime
    until: datetime | None = None
    nudges: tuple[timedelta, ...] = ()
    nudged: int = 0
    nudged_at: datetime | None = None
    closed: bool = False

    def is_over(self, at: datetime) -> bool:
        """Say whether there is an end and it has come."""
        return self.until is not None and at >= self.until

    def barred(self, _at: datetime) -> Closed | Over | None:
        """Say why nobody can do it any more; None where they can."""
        return Closed() if self.closed else None
