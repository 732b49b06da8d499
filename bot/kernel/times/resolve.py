"""From clues to instants: which day is meant, whether it lies ahead, whether the clocks show it."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final, assert_never
from zoneinfo import ZoneInfo

from bot.kernel.times.clues import LAST, Ahead, Clues, Date, Elapsed, Figures, Instant, MonthDay, Weekday, Weekend
from bot.kernel.times.hours import Hour, hours_of
from bot.kernel.times.local import Gap, local_to_utc, to_local
from bot.kernel.times.outcomes import (
    Ambiguous,
    DoesNotExist,
    InPast,
    NoSuchDay,
    NotUnderstood,
    Parsed,
    TimeOutcome,
    TooFar,
)

HORIZON: Final = timedelta(days=5 * 365 + 2)
_YEARS_TO_NEXT: Final = range(9)  # 29 February comes again after 8 years at most
_FAR: Final = date.max


@dataclass(frozen=True)
class _Choice:
    """Days in order, of which the first that lies ahead is meant; a ``fixed`` one is meant wherever it lies."""

    days: tuple[date, ...]
    fixed: bool


@dataclass(frozen=True)
class _Reading:
    """One meaning of the text."""

    local: datetime | None
    at: datetime
    gap_ends: datetime | None = None


@dataclass(frozen=True)
class _Frame:
    """What a text is read against."""

    now: datetime
    tz: ZoneInfo
    day_first: bool | None

    @property
    def today(self) -> date:
        return to_local(self.now, self.tz).date()


def resolve(clues: Clues, matched: str, now: datetime, tz: ZoneInfo, *, day_first: bool | None) -> TimeOutcome:
    """Say what the clues found in ``matched`` mean to somebody in ``tz`` at ``now``."""
    frame = _Frame(now, tz, day_first)
    match clues.exact:
        case Instant(at):
            return _judge([_Reading(None, at)], clues, matched, frame, date_only=False)
        case Elapsed(delta):
            return _judge([_Reading(None, _later(now, delta))], clues, matched, frame, date_only=False)
        case None:
            return _resolve_local(clues, matched, frame)
        case _:
            assert_never(clues.exact)


def _later(now: datetime, delta: timedelta) -> datetime:
    try:
        return now + delta
    except OverflowError:
        return datetime.max.replace(tzinfo=UTC)


def _resolve_local(clues: Clues, matched: str, frame: _Frame) -> TimeOutcome:
    hours = hours_of(clues)
    if hours is None or (not hours and clues.day is None and clues.weekday is None):
        return NotUnderstood(matched)
    readings = list(_readings(clues, hours, frame))
    if not readings:
        # Every day that was named is wanting in the calendar: hours alone always have a reading.
        return NoSuchDay(matched)
    return _judge(readings, clues, matched, frame, date_only=not hours)


def _readings(clues: Clues, hours: tuple[Hour, ...], frame: _Frame) -> Iterator[_Reading]:
    if clues.day is None and clues.weekday is None:
        around = tuple(day for shift in (-1, 0, 1, 2) for day in _moved(frame.today, shift))
        yield _first_ahead([_read(day, hour, frame) for day in around for hour in hours], frame)
        return
    for choice in _choices(clues, bool(hours), frame):
        for hour in hours or (None,):
            readings = [_read(day, hour, frame) for day in choice.days]
            if readings:
                yield readings[0] if choice.fixed else _first_ahead(readings, frame)


def _first_ahead(readings: list[_Reading], frame: _Frame) -> _Reading:
    in_order = sorted(readings, key=lambda reading: reading.at)
    return next((reading for reading in in_order if reading.at > frame.now), in_order[-1])


def _read(day: date, hour: Hour | None, frame: _Frame) -> _Reading:
    shift, clock = hour or (0, time.min)
    local = datetime.combine(next(_moved(day, shift), _FAR), clock)
    outcome = local_to_utc(local, frame.tz)
    if not isinstance(outcome, Gap):
        return _Reading(local, outcome.at)
    return _Reading(local, outcome.after, None if hour is None else outcome.after)


def _judge(readings: list[_Reading], clues: Clues, matched: str, frame: _Frame, *, date_only: bool) -> TimeOutcome:
    """Weigh the readings: those behind us and those too far off count only if there are no others."""
    ahead = [reading for reading in readings if _is_ahead(reading, frame, date_only=date_only)]
    if not ahead:
        return InPast(max(reading.at for reading in readings))
    near = [reading for reading in ahead if reading.at - frame.now <= HORIZON]
    if not near:
        return TooFar(min(reading.at for reading in ahead))
    instants = sorted({reading.at for reading in near})
    if len(instants) > 1:
        return Ambiguous(matched, tuple(instants), date_only)
    only = near[0]
    if only.gap_ends is not None and only.local is not None:
        return DoesNotExist(only.local, only.gap_ends)
    return Parsed(only.at, date_only, matched, clues.part or "")


def _is_ahead(reading: _Reading, frame: _Frame, *, date_only: bool) -> bool:
    """Say whether the reading lies ahead; of a day without an hour, today still does."""
    if date_only and reading.local is not None:
        return reading.local.date() >= frame.today
    return reading.at > frame.now


def _choices(clues: Clues, timed: bool, frame: _Frame) -> list[_Choice]:
    if clues.day is None:
        return [] if clues.weekday is None else [_weekday(clues.weekday, timed, frame)]
    choices = _days(clues, frame)
    wanted = clues.weekday
    if wanted is None or not choices:
        return choices
    agreeing = [choice for choice in choices if choice.days and choice.days[0].weekday() == wanted.day]
    # A weekday that does not fit the date is a slip in one of them: both are offered.
    return agreeing or [*choices, _weekday(Weekday(wanted.day), timed, frame)]


def _weekday(weekday: Weekday, timed: bool, frame: _Frame) -> _Choice:
    if weekday.weeks is not None:
        return _in_week(weekday.day, weekday.weeks, frame)
    # -1: 周六晚12点 belongs to Saturday and may still be ahead when Sunday has begun
    away = (weekday.day - frame.today.weekday() - (0 if timed else 1)) % 7 + (0 if timed else 1)
    shifts = (away - 7, away, away + 7) if timed and away in {0, 6} else (away, away + 7)
    return _Choice(tuple(day for shift in shifts if shift >= -1 for day in _moved(frame.today, shift)), fixed=False)


def _in_week(day: int, weeks: int, frame: _Frame) -> _Choice:
    shift = day - frame.today.weekday() + 7 * weeks
    return _Choice(tuple(_moved(frame.today, shift)), fixed=True)


def _days(clues: Clues, frame: _Frame) -> list[_Choice]:
    match clues.day:
        case Ahead(months, days):
            moved = (_month_later(frame.today, months, frame.today.day, clip=True),) if months else (frame.today,)
            return [_Choice(tuple(day for start in moved if start for day in _moved(start, days)), fixed=True)]
        case Weekend(weeks):
            return [_in_week(5, weeks, frame), _in_week(6, weeks, frame)]
        case Date():
            return _dates(clues.day, frame)
        case Figures():
            return [choice for reading in _figures(clues.day, frame) for choice in _dates(reading, frame)]
        case MonthDay(day, months):
            return _month_days(day, months, frame)
        case None:
            return []
        case _:
            assert_never(clues.day)


def _dates(wanted: Date, frame: _Frame) -> list[_Choice]:
    today = frame.today
    if wanted.year is None and wanted.years is None:
        days = tuple(
            day
            for years in _YEARS_TO_NEXT
            if (day := _date(today.year + years, wanted.month, wanted.day)) is not None and day >= today
        )
        return [_Choice(days, fixed=days[0] == today)] if days else []
    year = wanted.year if wanted.year is not None else today.year + (wanted.years or 0)
    day = _date(year, wanted.month, wanted.day)
    return [] if day is None else [_Choice((day,), fixed=True)]


def _figures(wanted: Figures, frame: _Frame) -> list[Date]:
    month_first = Date(wanted.year, wanted.first, wanted.second)
    day_first = Date(wanted.year, wanted.second, wanted.first)
    valid = [reading for reading in (month_first, day_first) if _dates(reading, frame)]
    if len(valid) < 2 or frame.day_first is None:
        return valid
    return [day_first if frame.day_first else month_first]


def _month_days(day: int, months: int | None, frame: _Frame) -> list[_Choice]:
    ahead = range(4) if months is None else (months,)
    days = tuple(
        found
        for count in ahead
        if (found := _month_later(frame.today, count, day)) and (months is not None or found >= frame.today)
    )
    return [_Choice(days, fixed=months is not None or days[0] == frame.today)] if days else []


def _month_later(start: date, months: int, day: int, *, clip: bool = False) -> date | None:
    years, month = divmod(start.month - 1 + months, 12)
    year = start.year + years
    if year > date.max.year:
        return _FAR
    last = calendar.monthrange(year, month + 1)[1]
    return _date(year, month + 1, min(day, last) if clip else day)


def _date(year: int, month: int, day: int) -> date | None:
    """Return the date, or ``None`` if the calendar has none such."""
    try:
        return date(year, month, calendar.monthrange(year, month)[1] if day == LAST else day)
    except (ValueError, calendar.IllegalMonthError):
        return None


def _moved(day: date, days: int) -> Iterator[date]:
    """Yield the day so many days later, or the last there is; nothing before year 1."""
    try:
        yield day + timedelta(days=days)
    except OverflowError:
        if days > 0:
            yield _FAR
