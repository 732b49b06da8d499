"""When a rule comes, as instants.

Occurrences are counted in naive local time from a stored start and only then become instants: an hour that the clock shows
twice means the first, one that it skips moves forward by as much as is skipped. So "every day at 9" stays at nine.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, datetime, time, timedelta
from heapq import heappop, heappush
from itertools import islice, takewhile
from typing import Final, Literal
from zoneinfo import ZoneInfo

from cronsim import CronSim
from dateutil import rrule

from bot.kernel.recurrence.rule import Freq, Recurrence
from bot.kernel.times import Gap, local_to_utc, to_local

_LONGEST_SHIFT: Final = timedelta(days=2)
_SECOND: Final = timedelta(seconds=1)
_FREQS: Final[dict[Freq, Literal[0, 1, 2, 3]]] = {
    Freq.DAILY: rrule.DAILY,
    Freq.WEEKLY: rrule.WEEKLY,
    Freq.MONTHLY: rrule.MONTHLY,
    Freq.YEARLY: rrule.YEARLY,
}


def next_after(rule: Recurrence, after: datetime, holidays: Collection[date] = ()) -> datetime | None:
    """Return the first occurrence (aware, UTC) behind the instant ``after``, or ``None`` if there is none any more."""
    return next(_occurrences(rule, after, holidays), None)


def upcoming(rule: Recurrence, after: datetime, n: int, holidays: Collection[date] = ()) -> list[datetime]:
    """Return at most ``n`` occurrences (aware, UTC) behind the instant ``after``, in order, each once."""
    return list(islice(_occurrences(rule, after, holidays), n))


def _occurrences(rule: Recurrence, after: datetime, holidays: Collection[date]) -> Iterator[datetime]:
    """Yield the instants; what falls into a skipped hour waits until nothing that comes later can overtake it."""
    zone, latest, waiting = rule.tz, after, list[datetime]()
    for local in _local_dates(rule, after, zone, holidays):
        outcome = local_to_utc(local, zone)
        heappush(waiting, outcome.at)
        settled = outcome.after if isinstance(outcome, Gap) else outcome.at
        while waiting and waiting[0] <= settled:
            at = heappop(waiting)
            if at > latest:  # a day the zone skips altogether falls on the next one's
                latest = at
                yield at
    yield from (at for at in sorted(set(waiting)) if at > latest)


def _local_dates(rule: Recurrence, after: datetime, zone: ZoneInfo, holidays: Collection[date]) -> Iterator[datetime]:
    """Yield the local times worth looking at: those from two days before ``after``, so that no shift of clocks hides one."""
    since = rule.start
    if after > local_to_utc(since, zone).at:
        since = max(since, to_local(after, zone) - _LONGEST_SHIFT)
    out = set(rule.skip) | set(holidays if rule.no_holidays else ())
    found = _by_cron(rule, rule.cron, since) if rule.cron is not None else _rrule(rule).xafter(since, inc=True)
    return (local for local in found if local.date() not in out)


def _by_cron(rule: Recurrence, fields: str, since: datetime) -> Iterator[datetime]:
    """Walk over naive times, so that the change of clocks is left to us; what is counted is counted from the start."""
    begins = since if rule.count is None else rule.start
    found: Iterator[datetime] = islice(CronSim(fields, begins.replace(tzinfo=None) - _SECOND), rule.count)
    if rule.until is not None:
        last = rule.until
        found = takewhile(lambda local: local.date() <= last, found)
    return (local for local in found if local >= since)


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
