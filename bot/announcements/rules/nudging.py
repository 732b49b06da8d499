"""When those may be reminded who have not done yet what an announcement asks of them (R21)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from bot.announcements.rules.asked import Asked, Closed, Over

if TYPE_CHECKING:
    from bot.kernel.groups import Group

MOST_NUDGES: Final = 3
"""So often are they reminded of what is asked with one announcement; asked anew, it is counted anew."""
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


@dataclass(frozen=True, slots=True)
class Nobody:
    """Everybody who is known has done it."""


@dataclass(frozen=True, slots=True)
class Underway:
    """The last reminder still goes on: ``left`` people are still to be reminded, which takes until ``until``."""

    left: int
    until: datetime


@dataclass(frozen=True, slots=True)
class Reminded:
    """So many people are reminded: in private whom the bot may write to, the others by name in the group."""

    asked: Asked
    in_private: int
    in_group: int


NotNow = Nobody | Underway | Enough | TooEarly | Hold
Outcome = Reminded | NotNow | Closed | Over


def may_nudge(
    asked: Asked, quiet_until: datetime | None, now: datetime
) -> Go | Enough | TooEarly | Hold | Closed | Over:
    """Say whether those may be reminded now who have not done what is asked."""
    barred = asked.barred(now)
    if barred is not None:
        return barred
    if asked.nudged >= MOST_NUDGES:
        return Enough()
    if asked.nudged_at is not None and now < asked.nudged_at + APART:
        return TooEarly(asked.nudged_at + APART)
    return Go() if quiet_until is None else Hold(quiet_until)


def next_nudge(asked: Asked, now: datetime) -> datetime | None:
    """Return when the plan has them reminded next; None if it is done."""
    if asked.barred(now) is not None or asked.nudged >= MOST_NUDGES:
        return None
    coming = (moment_of(asked, after) for after in asked.nudges)
    return min((at for at in coming if at is not None and at > now), default=None)


def moment_of(asked: Asked, after: timedelta) -> datetime | None:
    """Return when a reminder of a plan is due: so long after it was asked, or, with less than nothing, before the end.

    Where there is less time than that before the end, it is halfway; None where there is no end.
    """
    if after > timedelta():
        return asked.opened_at + after
    if asked.until is None:
        return None
    at = asked.until + after
    return at if at > asked.opened_at else asked.opened_at + (asked.until - asked.opened_at) / 2


def stale_at(group: Group, now: datetime, *, urgent: bool = False) -> datetime:
    """Return until when a message to many may still be sent: not in quiet hours that begin meanwhile."""
    latest = now + STALE
    coming = group.coming_quiet(now)
    if coming is None or urgent or group.is_open(now):
        return latest
    return min(latest, coming[0])
