"""When a recurring announcement comes, what is missed, and which rules will not do."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from bot.announcements.rules.announcement import State
from bot.kernel.recurrence import Freq, next_after, upcoming
from bot.kernel.times import local_to_utc, to_local

if TYPE_CHECKING:
    from collections.abc import Collection

    from bot.announcements.rules.announcement import Announcement
    from bot.kernel.ids import GroupId, UserId
    from bot.kernel.recurrence import Recurrence

SHOWN: Final = 5
LEAST_APART: Final = timedelta(minutes=15)
"""Rules that come more often would be noise, and use up what Telegram lets a group be sent."""
_LOOKED_AT: Final = 200
_AT_ONCE: Final = 100
_SECOND: Final = timedelta(seconds=1)
_LAST_MOMENT: Final = time(23, 59, 59)
_HOLIDAYS_TOO: Final = re.compile(
    r"[,;]?\s*\b(?:(?:including|includes|incl\.?|with|even on|also on|and)\s+(?:the\s+)?(?:public\s+|bank\s+|national\s+)?holidays"
    r"|holidays\s+(?:included|too|as well))(?!\w)"
    r"|[，,；;、]?\s*(?:(?:包括|包含|含|连同|连)(?:法定|公共)?(?:节假日|假日|假期)(?:在内)?|(?:法定)?(?:节假日|假日|假期)(?:也发|照发|照常|也要?))",
    re.IGNORECASE,
)
_LOST: Final = frozenset({State.CANCELLED, State.DISCARDED, State.REJECTED, State.WITHDRAWN})

_FIT: Final = frozenset({State.DRAFT, State.IN_REVIEW, State.APPROVED, State.SCHEDULED, State.MISSED, State.FAILED})


class Phase(StrEnum):
    """Whether dates are to come."""

    ACTIVE = "active"
    PAUSED = "paused"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Recurring:
    """A recurring announcement: its pattern, by id and number, and its rule.

    ``manager_id`` is who set the rule, in whose name each date goes out. ``last_day`` is the local day of the last date that
    came; ``next_at`` the date for which the timer is set.
    """

    id: int
    group_id: GroupId
    item_id: int
    number: int
    rule: Recurrence
    manager_id: UserId
    manager_name: str
    phase: Phase = Phase.ACTIVE
    next_at: datetime | None = None
    last_day: date | None = None
    fired: int = 0


# When it comes


def coming(one: Recurring, now: datetime, holidays: Collection[date], n: int = SHOWN) -> list[datetime]:
    """Return the next dates, at most ``n``."""
    return [] if one.phase is Phase.ENDED else upcoming(one.rule, _since(one, now), n, holidays)


def wound(one: Recurring, now: datetime) -> Recurring:
    """Set the next date; without one it is over. Holidays are looked at when it comes: they may be others by then."""
    if one.phase is not Phase.ACTIVE:
        return replace(one, next_at=None)
    found = next_after(one.rule, _since(one, now))
    return replace(one, next_at=found, phase=Phase.ACTIVE if found is not None else Phase.ENDED)


def _since(one: Recurring, now: datetime) -> datetime:
    """Return the instant behind which dates count: no day comes twice, though the clock may be another by now."""
    if one.last_day is None or one.rule.freq is Freq.CRON:
        return now
    return max(now, local_to_utc(datetime.combine(one.last_day, _LAST_MOMENT), one.rule.tz).at)


@dataclass(frozen=True, slots=True)
class Dates:
    """What has come due: the last date, and how many earlier ones have passed with it."""

    last: datetime
    earlier: int


def due(one: Recurring, now: datetime, holidays: Collection[date]) -> Dates | None:
    """Return what has come due since the timer was set; None if nothing has, as on a holiday."""
    if one.phase is not Phase.ACTIVE or one.next_at is None or one.next_at > now:
        return None
    last, count, after = None, 0, one.next_at - _SECOND
    while found := [at for at in upcoming(one.rule, after, _AT_ONCE, holidays) if at <= now]:
        last, count, after = found[-1], count + len(found), found[-1]
    return None if last is None else Dates(last, count - 1)


def came(one: Recurring, at: datetime, now: datetime) -> Recurring:
    """Note that a date came, and set the next."""
    day = to_local(at, one.rule.tz).date()
    return wound(replace(one, last_day=day, fired=one.fired + 1), now)


def passed(one: Recurring, now: datetime) -> Recurring:
    """Go on without a date: the one that was due is a holiday."""
    return wound(one, now)


# What people do


def paused(one: Recurring) -> Recurring:
    """Let no date come until it is resumed."""
    return replace(one, phase=Phase.PAUSED, next_at=None)


def resumed(one: Recurring, manager_id: UserId, manager_name: str, now: datetime) -> Recurring:
    """Let dates come again, in the name of who says so."""
    return wound(replace(one, phase=Phase.ACTIVE, manager_id=manager_id, manager_name=manager_name), now)


def ended(one: Recurring) -> Recurring:
    """Let no date come any more."""
    return replace(one, phase=Phase.ENDED, next_at=None)


def skipped(one: Recurring, at: datetime, now: datetime) -> Recurring:
    """Leave the day of a date out."""
    day = to_local(at, one.rule.tz).date()
    return wound(replace(one, rule=replace(one.rule, skip=one.rule.skip | {day})), now)


def ruled(one: Recurring, rule: Recurrence, manager_id: UserId, manager_name: str, now: datetime) -> Recurring:
    """Let it come by another rule; one that is paused stays so."""
    phase = one.phase if one.phase is Phase.PAUSED else Phase.ACTIVE
    changed = replace(one, rule=rule, phase=phase, manager_id=manager_id, manager_name=manager_name)
    return wound(changed, now)


def rezoned(one: Recurring, zone: str, now: datetime) -> Recurring:
    """Keep the hour on the group's new clock."""
    return wound(replace(one, rule=replace(one.rule, zone=zone)), now)


# What will not do


def is_lost(pattern: Announcement | None) -> bool:
    """Say whether a pattern is none any more."""
    return pattern is None or pattern.state in _LOST


def with_holidays(line: str) -> tuple[str, bool]:
    """Split "every day at 9:00 including holidays" into the rule and whether it comes on public holidays too."""
    rest, found = _HOLIDAYS_TOO.subn(" ", line)
    return " ".join(rest.split()).strip(" ,，、") if found else line, bool(found)


def is_fit(item: Announcement) -> bool:
    """Say whether an announcement can be a pattern itself; of another, a copy can."""
    return item.state in _FIT


def too_often(rule: Recurrence, now: datetime) -> bool:
    """Say whether two dates of a rule come too soon after each other."""
    found = upcoming(rule, now, _LOOKED_AT)
    return any(later - earlier < LEAST_APART for earlier, later in pairwise(found))


# Outcomes


@dataclass(frozen=True, slots=True)
class Set:
    """It is so now."""

    recurring: Recurring


@dataclass(frozen=True, slots=True)
class NoneSuch:
    """The announcement does not recur, or no longer."""

    number: int


@dataclass(frozen=True, slots=True)
class Already:
    """The announcement recurs already."""

    recurring: Recurring


@dataclass(frozen=True, slots=True)
class NoDates:
    """There is no date left that could be skipped, or to which it could be resumed."""

    recurring: Recurring


Outcome = Set | NoneSuch | NoDates
