"""When those may be reminded who have not acknowledged, and when it happens by itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.announcements.acknowledgement.rules.taps import Closed, Round
from bot.announcements.rules.nudging import MOST_NUDGES, Enough, Go, Hold, TooEarly, may_remind

if TYPE_CHECKING:
    from datetime import datetime

    from bot.announcements.rules.people import Known


@dataclass(frozen=True, slots=True)
class Nobody:
    """Everybody who is known has acknowledged."""


@dataclass(frozen=True, slots=True)
class Underway:
    """The last reminder still goes on: ``left`` people are still to be named in the group, which takes until ``until``."""

    left: int
    until: datetime


@dataclass(frozen=True, slots=True)
class Reminded:
    """These are reminded: in private whom the bot may write to, the others by name in the group."""

    asked: Round
    in_private: tuple[Known, ...]
    in_group: tuple[Known, ...]


Verdict = Go | Enough | TooEarly | Hold | Closed
Outcome = Reminded | Nobody | Underway | Enough | TooEarly | Hold | Closed


def may_nudge(asked: Round, quiet_until: datetime | None, now: datetime) -> Verdict:
    """Say whether those may be reminded now who have not acknowledged (R21: not in quiet hours)."""
    if asked.closed:
        return Closed()
    return may_remind(asked.nudged, asked.nudged_at, quiet_until, now)


def next_nudge(asked: Round, now: datetime) -> datetime | None:
    """Return when the plan has them reminded next; None if it is done."""
    if asked.closed or asked.nudged >= MOST_NUDGES:
        return None
    coming = (asked.opened_at + after for after in asked.nudges)
    return next((at for at in sorted(coming) if at > now), None)
