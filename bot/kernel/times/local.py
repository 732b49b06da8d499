"""From a time on a wall clock to an instant, where clocks are put forward and back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

_EARLIEST: Final = datetime.min.replace(tzinfo=UTC)
_LATEST: Final = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Exists:
    """The wall clock shows this time once."""

    at: datetime


@dataclass(frozen=True)
class Twice:
    """The wall clock shows this time twice (clocks are put back): two instants in UTC, ``at`` is the first."""

    at: datetime
    second: datetime


@dataclass(frozen=True)
class Gap:
    """The wall clock skips this time (clocks are put forward).

    ``at`` is the time moved forward by as much as is skipped (02:30 becomes 03:30), ``after`` the first instant behind
    the gap (03:00), both in UTC.
    """

    at: datetime
    after: datetime


LocalOutcome = Exists | Twice | Gap


def local_to_utc(local: datetime, tz: ZoneInfo) -> LocalOutcome:
    """Say when a naive wall-clock time happens; every outcome's ``at`` is the instant to take when nobody can be asked.

    An instant beyond year 1 or 9999 is given as the nearest one there is.
    """
    first, second = _instant(local, tz, 0), _instant(local, tz, 1)
    if first == second:
        return Exists(first)
    if first < second:
        return Twice(first, second)
    return Gap(first, _change_between(second, first, tz))


def to_local(at: datetime, tz: ZoneInfo) -> datetime:
    """Return the naive wall-clock time of an aware instant."""
    return at.astimezone(tz).replace(tzinfo=None)


def _instant(local: datetime, tz: ZoneInfo, fold: int) -> datetime:
    offset = local.replace(tzinfo=tz, fold=fold).utcoffset() or timedelta(0)
    try:
        return local.replace(tzinfo=UTC, fold=0) - offset
    except OverflowError:
        return _LATEST if offset < timedelta(0) else _EARLIEST


def _change_between(before: datetime, later: datetime, tz: ZoneInfo) -> datetime:
    """Return the first whole second of the offset that holds at ``later`` but not at ``before``."""
    old = before.astimezone(tz).utcoffset()
    while later - before > timedelta(seconds=1):
        middle = (before + (later - before) / 2).replace(microsecond=0)
        if middle <= before:
            middle = before + timedelta(seconds=1)
        if middle.astimezone(tz).utcoffset() == old:
            before = middle
        else:
            later = middle
    return later.replace(microsecond=0)
