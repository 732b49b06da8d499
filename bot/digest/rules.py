"""When a digest is due, about which day, and for whom: pure decisions about a group and a moment."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from bot.kernel.times import local_to_utc

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from bot.kernel.groups import Group
    from bot.kernel.ids import GroupId

LATE: Final = timedelta(hours=6)
"""How long a digest that waits, for quiet hours to end or for its turn in the outbox, is still worth sending."""
REMIND: Final = timedelta(days=7)
"""How often the group is told, at most, that no manager can be reached."""
DEFAULT_HOUR: Final = time(9, 0)
_DAY: Final = timedelta(days=1)


class Where(StrEnum):
    """Who reads the digest."""

    AUTO = "auto"
    """The managers; while none of them can be reached, the group."""
    GROUP = "group"
    MANAGERS = "managers"
    """The managers and nobody else."""
    OFF = "off"


@dataclass(frozen=True, slots=True)
class Settings:
    """When and to whom. ``covered`` is the last day that was told of; ``told_at`` when the group last heard that no
    manager can be reached.
    """

    group_id: GroupId
    hour: time = DEFAULT_HOUR
    where: Where = Where.AUTO
    covered: date | None = None
    told_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Day:
    """A day of a group, as UTC instants; ``until`` is no longer part of it."""

    date: date
    since: datetime
    until: datetime


# When


def next_due(hour: time, tz: ZoneInfo, now: datetime) -> datetime:
    """Return the next instant after ``now`` at which the wall clock shows the hour.

    An hour that comes twice means the first, one that is skipped is moved forward by as much as is skipped.
    """
    return min(at for at in _around(hour, tz, now) if at > now)


def last_due(hour: time, tz: ZoneInfo, now: datetime) -> datetime:
    """Return the latest such instant that is not after ``now``."""
    return max(at for at in _around(hour, tz, now) if at <= now)


def _around(hour: time, tz: ZoneInfo, now: datetime) -> list[datetime]:
    """Return the hour's instants of the days around ``now``: two on either side, as a zone may skip a whole day."""
    today = now.astimezone(tz).date()
    return [local_to_utc(datetime.combine(today + _DAY * ahead, hour), tz).at for ahead in range(-2, 4)]


def day_of(on: date, tz: ZoneInfo) -> Day:
    """Return a day of the zone as instants."""
    since, until = (local_to_utc(datetime.combine(day, time()), tz).at for day in (on, on + _DAY))
    return Day(on, since, until)


def yesterday(group: Group, now: datetime) -> Day:
    """Return the last whole day of the group."""
    return day_of(group.local(now).date() - _DAY, group.tz)


# What is to be done now


@dataclass(frozen=True, slots=True)
class Send:
    """The digest goes out now."""

    day: Day


@dataclass(frozen=True, slots=True)
class Defer:
    """It is quiet: try again when the quiet hours end."""

    until: datetime


@dataclass(frozen=True, slots=True)
class Pass:
    """Not today: it was sent already, or the hour lies elsewhere by now."""


@dataclass(frozen=True, slots=True)
class Silent:
    """There is no digest for this group at all."""


Verdict = Send | Defer | Pass | Silent


def decide(settings: Settings, group: Group, now: datetime, *, deferred: bool) -> Verdict:
    """Say what a timer that has come means; ``deferred``: it is one that waited for the end of quiet hours.

    A late one is worth reading on its own day; what comes before the hour (the timer was set for another hour or zone, or
    has slept over midnight) is left to today's own timer, or the group would get a digest in the middle of its night.
    """
    if not is_on(settings, group):
        return Silent()
    day = yesterday(group, now)
    if settings.covered is not None and settings.covered >= day.date:
        return Pass()
    if not deferred and group.local(now).date() != group.local(last_due(settings.hour, group.tz, now)).date():
        return Pass()
    quiet = group.quiet_until(now)
    return Send(day) if quiet is None or quiet <= now else Defer(quiet)


def is_on(settings: Settings, group: Group) -> bool:
    """Say whether the group has a digest."""
    return group.active and settings.where is not Where.OFF


def covering(settings: Settings, day: Day) -> Settings:
    """Note that a day was told of."""
    return replace(settings, covered=day.date)


def may_tell(told_at: datetime | None, now: datetime) -> bool:
    """Say whether the group is told (again) that no manager can be reached."""
    return told_at is None or now - told_at >= REMIND


# Changes of the settings


@dataclass(frozen=True, slots=True)
class Changed:
    """The settings as they are now, and when the next digest comes (None: none comes)."""

    settings: Settings
    next_at: datetime | None


@dataclass(frozen=True, slots=True)
class Same:
    """It was so already."""

    settings: Settings
    next_at: datetime | None


Change = Changed | Same


def coming(settings: Settings, group: Group, now: datetime) -> datetime | None:
    """Return when the next digest comes, quiet hours considered; None if none comes."""
    if not is_on(settings, group):
        return None
    at = next_due(settings.hour, group.tz, now)
    if settings.covered is not None and settings.covered >= yesterday(group, at).date:
        at = next_due(settings.hour, group.tz, at)
    return group.quiet_until(at) or at


@dataclass(frozen=True, slots=True)
class Readers:
    """Who would get a digest for managers now, by name. With ``chat``, the title of the managers' chat, all are in there."""

    chat: str | None = None
    reached: tuple[str, ...] = ()
    unreached: tuple[str, ...] = ()
