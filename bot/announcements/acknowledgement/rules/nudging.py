"""When those may be reminded who have not acknowledged, and when it happens by itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from bot.announcements.acknowledgement.rules.taps import Closed, Round
from bot.announcements.acknowledgement.rules.wish import APART, MOST_NUDGES

if TYPE_CHECKING:
    from bot.announcements.rules.people import Known
    from bot.kernel.groups import Group

STALE: Final = timedelta(hours=1)
"""A reminder that could not be sent for so long is not sent any more."""


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
    """Everybody who is known has acknowledged."""


@dataclass(frozen=True, slots=True)
class Reminded:
    """These are reminded: in private whom the bot may write to, the others by name in the group."""

    asked: Round
    in_private: tuple[Known, ...]
    in_group: tuple[Known, ...]


Verdict = Go | Enough | TooEarly | Hold | Closed
Outcome = Reminded | Nobody | Enough | TooEarly | Hold | Closed


def may_nudge(asked: Round, quiet_until: datetime | None, now: datetime) -> Verdict:
    """Say whether those may be reminded now who have not acknowledged (R21: not in quiet hours)."""
    if asked.closed:
        return Closed()
    if asked.nudged >= MOST_NUDGES:
        return Enough()
    if asked.nudged_at is not None and now < asked.nudged_at + APART:
        return TooEarly(asked.nudged_at + APART)
    return Go() if quiet_until is None else Hold(quiet_until)


def next_nudge(asked: Round, now: datetime) -> datetime | None:
    """Return when the plan has them reminded next; None if it is done."""
    if asked.closed or asked.nudged >= MOST_NUDGES:
        return None
    coming = (asked.opened_at + after for after in asked.nudges)
    return next((at for at in sorted(coming) if at > now), None)


def stale_at(group: Group, now: datetime) -> datetime:
    """Return until when a reminder may still be sent: not in quiet hours that begin meanwhile (R21)."""
    latest = now + STALE
    coming = group.coming_quiet(now)
    if coming is None or group.is_open(now):
        return latest
    return min(latest, coming[0])
