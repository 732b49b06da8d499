"""When those may be reminded who have not done yet what an announcement asks of them (R21)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from bot.kernel.groups import Group

MOST_NUDGES: Final = 3
"""So often are they reminded of one announcement."""
APART: Final = timedelta(minutes=5)
"""So long lie at least between two reminders."""
STALE: Final = timedelta(hours=1)
"""What could not be sent for so long is not sent any more."""


@dataclass(frozen=True, slots=True)
class Go:
    """They are reminded."""


@dataclass(frozen=True, slots=True)
class Enough:
    """They were reminded as often as may be."""


@dataclass(frozen=True, slots=True)
class TooEarly:
    """The last reminder is too short a time ago."""

    until: datetime


@dataclass(frozen=True, slots=True)
class Hold:
    """The group is quiet: they are reminded when that ends."""

    until: datetime


def may_remind(
    nudged: int, nudged_at: datetime | None, quiet_until: datetime | None, now: datetime
) -> Go | Enough | TooEarly | Hold:
    """Say whether they may be reminded now; ``nudged`` times they were, the last time at ``nudged_at``."""
    if nudged >= MOST_NUDGES:
        return Enough()
    if nudged_at is not None and now < nudged_at + APART:
        return TooEarly(nudged_at + APART)
    return Go() if quiet_until is None else Hold(quiet_until)


def stale_at(group: Group, now: datetime, *, urgent: bool = False) -> datetime:
    """Return until when a message to many may still be sent: not in quiet hours that begin meanwhile."""
    latest = now + STALE
    coming = group.coming_quiet(now)
    if coming is None or urgent or group.is_open(now):
        return latest
    return min(latest, coming[0])
