"""What comes again and again, on the wall clock of one zone.

Occurrences are counted in naive local time from a stored start and only then become instants: an hour that the clock shows
twice means the first, one that it skips moves forward by as much as is skipped. So "every day at 9" stays at nine.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import islice
from typing import Final, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec
from dateutil import rrule

from bot.kernel.times import local_to_utc, to_local

LAST: Final = -1
"""The last day of a month, or the last such weekday in it."""

_LONGEST_INTERVAL: Final = 1000
_LONGEST_SHIFT: Final = timedelta(days=2)


class Freq(StrEnum):
    """The unit in which a recurrence steps."""

    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"
    YEARLY = "yearly"


_FREQS: Final[dict[Freq, Literal[0, 1, 2, 3]]] = {
    Freq.DAILY: rrule.DAILY,
    Freq.WEEKLY: rrule.WEEKLY,
    Freq.MONTHLY: rrule.MONTHLY,
    Freq.YEARLY: rrule.YEARLY,
}


@dataclass(frozen=True)
class Recurrence:
    """A rule for dates, anchored at ``start`` (naive, on the wall clock of ``zone``), which also gives the time of day.

    - ``weekdays`` (Monday 0): the days of a weekly rule, those of the start if empty; with ``nth`` (1 to 5, or ``LAST``)
      the one weekday of a monthly rule.
    - ``monthday`` (1 to 31, or ``LAST``): the day of a monthly rule, that of the start if ``None``. A month that has no
      such day is left out.
    - ``until``: the last local date that may occur; ``count``: how many times in all, skipped ones included; not both.
    - ``skip``: local dates left out.

    The start itself occurs only if it fits the rule. Weeks begin on Monday: every second week counts from the start's.

    :raises ValueError: if the parts do not make a rule.
    """

    start: datetime
    zone: str
    freq: Freq
    interval: int = 1
    weekdays: frozenset[int] = frozenset()
    monthday: int | None = None
    nth: int | None = None
    until: date | None = None
    count: int | None = None
    skip: frozenset[date] = frozenset()

    @property
    def tz(self) -> ZoneInfo:
        """The zone on whose clock it is written."""
        return ZoneInfo(self.zone)

    def __post_init__(self) -> None:
        for wrong, says in self._faults():
            if wrong:
                raise ValueError(says)

    def _faults(self) -> Iterator[tuple[bool, str]]:
        monthly = self.freq is Freq.MONTHLY
        yield self.start.tzinfo is not None, "the start of a recurrence is a naive local time"
        yield not 1 <= self.interval <= _LONGEST_INTERVAL, "an interval is between 1 and 1000"
        yield not self.weekdays <= frozenset(range(7)), "a weekday is between 0 and 6"
        yield self.until is not None and self.count is not None, "a recurrence ends by date or by count, not by both"
        yield self.count is not None and self.count < 1, "a recurrence happens at least once"
        yield (
            self.monthday is not None and not (monthly and self.nth is None),
            "a day of the month is for monthly rules",
        )
        yield self.monthday not in {None, LAST, *range(1, 32)}, "a day of the month is between 1 and 31, or the last"
        yield self.nth is not None and not (monthly and len(self.weekdays) == 1), "an nth weekday is one, and monthly"
        yield self.nth not in {None, LAST, *range(1, 6)}, "an nth weekday is the first to fifth, or the last"
        weekly = self.freq is Freq.WEEKLY
        yield bool(self.weekdays) and not weekly and self.nth is None, "weekdays are for weekly rules"
        yield not _is_zone(self.zone), "the zone of a recurrence is unknown"


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def next_after(rule: Recurrence, after: datetime) -> datetime | None:
    """Return the first occurrence (aware, UTC) behind the instant ``after``, or ``None`` if there is none any more."""
    return next(_occurrences(rule, after), None)


def upcoming(rule: Recurrence, after: datetime, n: int) -> list[datetime]:
    """Return at most ``n`` occurrences (aware, UTC) behind the instant ``after``, in order, each once."""
    return list(islice(_occurrences(rule, after), n))


def _occurrences(rule: Recurrence, after: datetime) -> Iterator[datetime]:
    zone = ZoneInfo(rule.zone)
    latest = after
    for local in _local_dates(rule, after, zone):
        at = local_to_utc(local, zone).at
        if at > latest:  # a day the zone skips altogether falls on the next one's
            latest = at
            yield at


def _local_dates(rule: Recurrence, after: datetime, zone: ZoneInfo) -> Iterator[datetime]:
    """Yield the local times worth looking at: those from two days before ``after``, so that no shift of clocks hides one."""
    since = rule.start
    if after > local_to_utc(since, zone).at:
        since = max(since, to_local(after, zone) - _LONGEST_SHIFT)
    for local in _rrule(rule).xafter(since, inc=True):
        if local.date() not in rule.skip:
            yield local


def _rrule(rule: Recurrence) -> rrule.rrule:
    days: list[int] | list[rrule.weekday] | None = sorted(rule.weekdays) or None
    if rule.nth is not None:
        days = [rrule.weekday(day)(rule.nth) for day in rule.weekdays]
    return rrule.rrule(
        _FREQS[rule.freq],
        dtstart=rule.start.replace(microsecond=0),
        interval=rule.interval,
        byweekday=days,
        bymonthday=rule.monthday,
        until=None if rule.until is None else datetime.combine(rule.until, time.max),
        count=rule.count,
        wkst=rrule.MO,
    )


def to_json(rule: Recurrence) -> str:
    """Write the rule down, the same text for the same rule."""
    return msgspec.json.encode(rule, order="deterministic").decode()


def from_json(text: str) -> Recurrence:
    """Read a rule that :func:`to_json` wrote.

    :raises ValueError: if it is none.
    """
    try:
        return msgspec.json.decode(text, type=Recurrence)
    except msgspec.DecodeError as error:
        raise ValueError(f"not a recurrence: {error}") from error
