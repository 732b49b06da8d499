"""The dates of a series: which come, when each is opened, and what plan an event gets that is one of them (R05)."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from heapq import merge
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from bot.kernel.recurrence import upcoming
from bot.kernel.times import local_to_utc, to_local

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from bot.events.rules.event import Event
    from bot.events.rules.plan import Plan
    from bot.kernel.groups import Group
    from bot.kernel.ids import GroupId, UserId
    from bot.kernel.recurrence import Recurrence

DEFAULT_AHEAD: Final = 6
MOST_AHEAD: Final = 60
_HOUR: Final = time(10, 0)
"""When on its day a date is opened, on the group's clock, unless it is quiet then."""
_AT_LEAST: Final = timedelta(hours=2)
"""How long before its start a date is opened at the latest."""
_TWO_DAYS: Final = timedelta(days=2)
_IN_FOUR_DAYS: Final = 5
_AT_ONCE: Final = 16
_LOOK: Final = 400
"""How many dates are looked at for one that is neither skipped nor a holiday: more than a year of daily ones."""


class SeriesState(StrEnum):
    """Whether dates are still to come."""

    ACTIVE = "active"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Exempt:
    """What became of one date: it was opened as an event, it is skipped, or it is moved to another time.

    ``starts_at`` is when its event begins: people may move an event by hand too. ``cancelled`` says that it does not take place.
    """

    event_id: int | None = None
    skipped: bool = False
    moved_to: datetime | None = None
    starts_at: datetime | None = None
    cancelled: bool = False

    @property
    def is_out(self) -> bool:
        """Whether nothing takes place on this date."""
        return self.skipped or self.cancelled

    @property
    def at(self) -> datetime | None:
        """When it takes place, where that is not what the rule says."""
        return self.moved_to if self.event_id is None else self.starts_at


@dataclass(frozen=True, slots=True)
class Series:
    """A series; ``number`` is its name within the group.

    ``plan`` is the pattern: its start is that of the event the series was made of. ``ahead`` is how many days before a date it
    is opened. ``regulars`` carries those over who came the last time, ``holidays`` leaves out the group's holidays.
    ``dates`` says what became of dates, by the local day on which the rule has them.
    """

    id: int
    group_id: GroupId
    number: int
    plan: Plan
    rule: Recurrence
    created_by: UserId
    creator_name: str
    ahead: int = DEFAULT_AHEAD
    regulars: bool = False
    holidays: bool = True
    state: SeriesState = SeriesState.ACTIVE
    dates: Mapping[date, Exempt] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Slot:
    """A date of a series: the local day on which the rule has it, when it really begins, and the event it is, once opened."""

    day: date
    starts_at: datetime
    event_id: int | None = None
    moved: bool = False


def slots(series: Series, group: Group, now: datetime) -> Iterator[Slot]:
    """Return the dates still to come, the earliest first; those that are skipped or holidays are left out."""
    if series.state is SeriesState.ENDED:
        return iter(())
    apart = _set_apart(series, now)
    taken = {slot.starts_at for slot in apart}
    plain = (
        Slot(day, at)
        for day, at in ((to_local(at, series.rule.tz).date(), at) for at in _by_rule(series.rule, now, group))
        if at not in taken and day not in series.dates and not (series.holidays and day in group.holidays)
    )
    return merge(apart, plain, key=lambda slot: slot.starts_at)


def _by_rule(rule: Recurrence, now: datetime, group: Group) -> Iterator[datetime]:
    """Yield what the rule alone has, a few at a time: mostly the first ones are all that is wanted."""
    after = now
    for _ in range(0, _LOOK, _AT_ONCE):
        found = upcoming(rule, after, _AT_ONCE, group.holidays)
        yield from found
        if len(found) < _AT_ONCE:
            return
        after = found[-1]


def _set_apart(series: Series, now: datetime) -> list[Slot]:
    """Return the dates that are events already, and those that were moved: they keep their time whatever the rule is now."""
    found = (
        Slot(day, exempt.at, exempt.event_id, moved=exempt.moved_to is not None)
        for day, exempt in series.dates.items()
        if exempt.at is not None and exempt.at > now and not exempt.is_out
    )
    return sorted(found, key=lambda slot: slot.starts_at)


def has_day(rule: Recurrence, at: datetime) -> bool:
    """Say whether a rule has the local day of an instant, which may lie behind."""
    day = to_local(at, rule.tz).date()
    return any(to_local(one, rule.tz).date() == day for one in upcoming(rule, at - _TWO_DAYS, _IN_FOUR_DAYS))


def open_events(series: Series, now: datetime) -> list[int]:
    """Return the events of a series that are still to come."""
    found = (one for one in series.dates.values() if one.starts_at is not None and one.starts_at > now)
    return [one.event_id for one in found if one.event_id is not None and not one.is_out]


def last_event(series: Series, slot: Slot) -> int | None:
    """Return the event that took place, or is to, last before a date."""
    before = [
        (one.starts_at, one.event_id)
        for one in series.dates.values()
        if one.event_id is not None and one.starts_at is not None and one.starts_at < slot.starts_at and not one.is_out
    ]
    return max(before)[1] if before else None


def opens_at(series: Series, slot: Slot, group: Group) -> datetime:
    """Return when a date is opened: some days ahead at ten on the group's clock, or when its quiet hours are over.

    Where the quiet lasts until the date itself, over a holiday say, it is opened at ten all the same.
    """
    day = to_local(slot.starts_at, group.tz).date() - timedelta(days=series.ahead)
    at, latest = local_to_utc(datetime.combine(day, _HOUR), group.tz).at, slot.starts_at - _AT_LEAST
    awake = group.quiet_until(at) or at
    return awake if awake <= latest else min(at, latest)


def next_opening(series: Series, group: Group, now: datetime) -> tuple[Slot, datetime] | None:
    """Return the first date that is not open, and when it is to be; a time that lies behind means at once."""
    closed = next((slot for slot in slots(series, group, now) if slot.event_id is None), None)
    return None if closed is None else (closed, opens_at(series, closed, group))


def plan_of(series: Series, slot: Slot, now: datetime) -> Plan:
    """Return the plan of a date: the pattern at its time; the sign-up ends as long before it on the clock as it did there."""
    pattern, zone = series.plan, series.rule.tz
    deadline = None
    if pattern.deadline is not None:
        ahead = to_local(pattern.starts_at, zone) - to_local(pattern.deadline, zone)
        deadline = local_to_utc(to_local(slot.starts_at, zone) - ahead, zone).at.astimezone(UTC)
        deadline = deadline if deadline > now else None
    return replace(pattern, starts_at=slot.starts_at, deadline=deadline)


def skipped(series: Series, day: date) -> Series:
    """Leave a date out."""
    return _with(series, day, lambda exempt: replace(exempt, skipped=True))


def moved(series: Series, day: date, to: datetime) -> Series:
    """Put a date at another time."""

    def put(exempt: Exempt) -> Exempt:
        return replace(exempt, moved_to=to, starts_at=None if exempt.event_id is None else to)

    return _with(series, day, put)


def opened(series: Series, day: date, event_id: int, starts_at: datetime) -> Series:
    """Note that a date is an event now."""
    return _with(series, day, lambda exempt: replace(exempt, event_id=event_id, starts_at=starts_at))


def _with(series: Series, day: date, change: Callable[[Exempt], Exempt]) -> Series:
    return replace(series, dates={**series.dates, day: change(series.dates.get(day, Exempt()))})


def taken_over(series: Series, event: Event) -> Series:
    """Take the plan of one date over for all that are not opened yet; its hour too, but not its day."""
    zone = series.rule.tz
    clock = to_local(event.plan.starts_at, zone).time()
    rule = replace(series.rule, start=datetime.combine(series.rule.start.date(), clock))
    return replace(series, plan=event.plan, rule=rule)


# Outcomes


@dataclass(frozen=True, slots=True)
class NoSuchSeries:
    """The group has no series of that number."""

    number: int


@dataclass(frozen=True, slots=True)
class NoSuchDate:
    """The date is not one of the series, or lies behind, or is skipped already."""

    series: Series


@dataclass(frozen=True, slots=True)
class AlreadyRepeats:
    """The event is a date of a series already."""

    series: Series


@dataclass(frozen=True, slots=True)
class Begun:
    """A new series."""

    series: Series


@dataclass(frozen=True, slots=True)
class Skipped:
    """A date is left out; ``event`` is cancelled, if it was opened."""

    series: Series
    slot: Slot
    event: Event | None


@dataclass(frozen=True, slots=True)
class Moved:
    """A date is at another time; those on ``event`` are told, if it was opened."""

    series: Series
    slot: Slot
    to: datetime
    event: Event | None


class Flaw(StrEnum):
    """Why a date cannot be moved there."""

    IN_PAST = "in past"
    TAKEN = "taken"


@dataclass(frozen=True, slots=True)
class Changed:
    """The series is otherwise now."""

    series: Series


@dataclass(frozen=True, slots=True)
class Ended:
    """No date is opened any more; those that are open stay."""

    series: Series
    open_dates: int
