"""Rules by cron against a walk over the minutes, around the change of clocks in many zones."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.kernel.recurrence import (
    CronFault,
    Fault,
    Freq,
    Read,
    Recurrence,
    Unread,
    from_json,
    next_after,
    read_recurrence,
    to_json,
    upcoming,
)
from bot.kernel.recurrence.cron import plain_cron
from tests.kernel.walking import ZONES, at_wall_clock

if TYPE_CHECKING:
    from collections.abc import Iterator

START = datetime(2026, 11, 25, 14, 0)  # noqa: DTZ001
NAMES = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"]


@dataclass(frozen=True)
class Field:
    """One field of cron as it is written, and the numbers it stands for; ``free`` is a star."""

    written: str
    means: frozenset[int]
    free: bool = False


@dataclass(frozen=True)
class Line:
    """Five fields."""

    minute: Field
    hour: Field
    day: Field
    month: Field
    weekday: Field

    @property
    def written(self) -> str:
        """The line as it stands in a crontab."""
        return " ".join(part.written for part in (self.minute, self.hour, self.day, self.month, self.weekday))

    def has(self, local: datetime) -> bool:
        """Say whether the line holds at this minute: of two restricted kinds of days either will do."""
        in_month, in_week = local.day in self.day.means, local.isoweekday() % 7 in self.weekday.means
        both = self.day.free or self.weekday.free
        day = in_month and in_week if both else in_month or in_week
        return day and local.month in self.month.means and self.on_clock(local)

    def on_clock(self, local: datetime) -> bool:
        """Say whether the line names this time of day."""
        return local.minute in self.minute.means and local.hour in self.hour.means


@st.composite
def fields(draw: st.DrawFn, low: int, high: int) -> Field:
    """A star, a star with a step, a list of numbers, or a range with a step."""
    kind = draw(st.sampled_from(["star", "star", "step", "list", "range"]))
    if kind == "star":
        return Field("*", frozenset(range(low, high + 1)), free=True)
    if kind == "step":
        step = draw(st.integers(1, 20))
        return Field(f"*/{step}", frozenset(range(low, high + 1, step)), free=True)
    if kind == "list":
        numbers = draw(st.lists(st.integers(low, high), min_size=1, max_size=4))
        return Field(",".join(map(str, numbers)), frozenset(numbers))
    first, last = sorted(draw(st.tuples(st.integers(low, high), st.integers(low, high))))
    step = draw(st.integers(1, 5))
    return Field(f"{first}-{last}/{step}", frozenset(range(first, last + 1, step)))


@st.composite
def weekdays(draw: st.DrawFn) -> Field:
    """Days of the week, of which 0 and 7 are Sunday; by their names too."""
    plain = draw(fields(0, 7))
    means = frozenset(day % 7 for day in plain.means)
    if plain.free or draw(st.booleans()) or "-" in plain.written:
        return Field(plain.written, means, plain.free)
    return Field(",".join(NAMES[day % 7].lower() for day in sorted(plain.means)), means)


lines = st.builds(Line, fields(0, 59), fields(0, 23), fields(1, 31), fields(1, 12), weekdays()).filter(
    lambda line: isinstance(read_recurrence(f"cron {line.written}", START, "UTC"), Read)
)


@cache
def changes(zone: str) -> tuple[date, ...]:
    """Days of ten years on which the clocks of a zone are changed; any day where they never are."""
    tz, found = ZoneInfo(zone), []
    for day in (date(2011, 1, 1) + timedelta(days=count) for count in range(16 * 366)):
        morning = datetime(day.year, day.month, day.day, tzinfo=UTC)
        if morning.astimezone(tz).utcoffset() != (morning + timedelta(days=1)).astimezone(tz).utcoffset():
            found.append(day)
    return tuple(found) or (date(2020, 3, 8),)


@st.composite
def windows(draw: st.DrawFn) -> tuple[str, datetime]:
    """A zone, and a naive start up to three days before its clocks are changed."""
    zone = draw(st.sampled_from(ZONES))
    day = draw(st.sampled_from(changes(zone)))
    minutes = draw(st.integers(-3 * 24 * 60, 24 * 60))
    return zone, datetime(day.year, day.month, day.day) + timedelta(minutes=minutes)  # noqa: DTZ001


def walked(line: Line, rule: Recurrence, after: datetime, days: int) -> Iterator[datetime]:
    """Yield what comes behind ``after``, each instant once and in order, by looking at every minute."""
    tz, seen, found = ZoneInfo(rule.zone), 0, set[datetime]()
    clocks = [minute for minute in range(24 * 60) if line.on_clock(datetime(2024, 1, 1, minute // 60, minute % 60))]  # noqa: DTZ001
    first = rule.start.date()
    for day in (first + timedelta(days=count) for count in range(days)):
        for clock in clocks:
            local = datetime(day.year, day.month, day.day, clock // 60, clock % 60)  # noqa: DTZ001
            if local < rule.start or not line.has(local) or (rule.until is not None and day > rule.until):
                continue
            seen += 1
            if (rule.count is None or seen <= rule.count) and day not in rule.skip:
                found.add(at_wall_clock(local, tz))
    return iter(sorted(at for at in found if at > after))


@settings(max_examples=80)
@given(
    line=lines,
    window=windows(),
    since=st.integers(-60, 5 * 24 * 60),
    count=st.one_of(st.none(), st.integers(1, 300)),
    skipped=st.sets(st.integers(0, 6), max_size=2),
)
def test_cron_comes_when_a_walk_over_the_minutes_says(
    line: Line, window: tuple[str, datetime], since: int, count: int | None, skipped: set[int]
) -> None:
    zone, start = window
    skip = frozenset(start.date() + timedelta(days=days) for days in skipped)
    rule = Recurrence(start, zone, Freq.CRON, cron=plain_cron(line.written), count=count, skip=skip)
    after = start.replace(tzinfo=UTC) + timedelta(minutes=since)
    wanted = [at for at in walked(line, rule, after, 12) if at < start.replace(tzinfo=UTC) + timedelta(days=9)][:200]
    found = upcoming(rule, after, len(wanted))
    assert found == wanted
    at = after
    for one in wanted[:8]:  # from one to the next it is the same
        assert next_after(rule, at) == one
        at = one


@given(line=lines, window=windows())
def test_a_rule_by_cron_survives_being_written_down(line: Line, window: tuple[str, datetime]) -> None:
    rule = Recurrence(window[1], window[0], Freq.CRON, cron=plain_cron(line.written), no_holidays=True)
    assert from_json(to_json(rule)) == rule


def test_half_an_hour_that_the_clock_skips_is_not_overtaken_by_what_comes_behind_it() -> None:
    """On Lord Howe the clocks go from 02:00 to 02:30: 02:10 becomes 02:40, and 02:35 comes before it."""
    rule = Recurrence(datetime(2026, 10, 4), "Australia/Lord_Howe", Freq.CRON, cron="10,35 2 * * *")  # noqa: DTZ001
    shown = [
        f"{at.astimezone(ZoneInfo('Australia/Lord_Howe')):%d %H:%M}"
        for at in upcoming(rule, datetime(2026, 10, 1, tzinfo=UTC), 4)
    ]
    assert shown == ["04 02:35", "04 02:40", "05 02:10", "05 02:35"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("cron 30 9 * * 1-5", "26 09:30, 27 09:30, 30 09:30"),
        ("30 9 * * 1-5", "26 09:30, 27 09:30, 30 09:30"),
        ("cron 0 9 * * mon-fri", "26 09:00, 27 09:00, 30 09:00"),
        ("CRON 0 9 * * 0", "29 09:00, 06 09:00"),
        ("cron 0 9 * * 7", "29 09:00, 06 09:00"),
        ("cron 0 9,18 * * *", "25 18:00, 26 09:00, 26 18:00"),
        ("cron 0 9 1,15 * *", "01 09:00, 15 09:00"),
        ("cron 0 9 13 * 5", "27 09:00, 04 09:00, 11 09:00, 13 09:00"),
        ("cron 0 17 * * 5L", "27 17:00, 25 17:00"),
        ("cron 0 17 * * 1#1", "07 17:00, 04 17:00"),
        ("cron 0 9 L * *", "30 09:00, 31 09:00"),
        ("@daily", "26 00:00, 27 00:00"),
        ("cron @weekly", "29 00:00, 06 00:00"),
        ("cron 0 9 * * 1-5，节假日除外", "26 09:00, 27 09:00, 30 09:00"),
        ("cron 0 9 * * 1,3，11月30日除外", "02 09:00, 07 09:00"),
        ("cron: 0 9 * * mon,wed except 30 Nov", "02 09:00, 07 09:00"),
        ("crontab = 1-1/2 9 1 * *", "01 09:01, 01 09:01"),
        ("every hour", "25 15:00, 25 16:00"),
        ("每两小时", "25 16:00, 25 18:00"),
        ("every month on the last working day at 17:00", "30 17:00, 31 17:00, 29 17:00, 26 17:00"),
        ("每月最后一个工作日17点", "30 17:00, 31 17:00, 29 17:00, 26 17:00"),
        ("cron 0 9 * * * until 27 Nov", "26 09:00, 27 09:00, end"),
        ("cron 0 9 * * *，共2次", "26 09:00, 27 09:00, end"),
        ("cron 0 9 * * * 除11月27日", "26 09:00, 28 09:00"),
        ("cron 0 9 * * * from 1 Dec", "01 09:00, 02 09:00"),
    ],
)
def test_cron_as_people_write_it(text: str, wanted: str) -> None:
    read = read_recurrence(text, START, "Europe/Berlin")
    assert isinstance(read, Read)
    assert read.clock_said
    shown = wanted.split(", ")
    found = [
        f"{at.astimezone(ZoneInfo('Europe/Berlin')):%d %H:%M}"
        for at in upcoming(read.rule, datetime(2026, 11, 25, 13, tzinfo=UTC), len(shown))
    ]
    assert [*found, "end"][: len(shown)] == shown


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("cron", CronFault.FIELDS),
        ("cron 9 * *", CronFault.FIELDS),
        ("cron 0 30 9 * * 1", CronFault.FIELDS),
        ("cron 60 9 * * *", CronFault.MINUTE),
        ("cron x 9 * * *", CronFault.MINUTE),
        ("cron 0 24 * * *", CronFault.HOUR),
        ("cron 0 9 32 * *", CronFault.DAY),
        ("cron 0 9 30 2 *", CronFault.DAY),
        ("cron 0 9 1 13 *", CronFault.MONTH),
        ("cron 0 9 * * 8", CronFault.WEEKDAY),
        ("cron 0 9 * * 6-1", CronFault.WEEKDAY),
        ("cron 0 9 */20 2 1L", CronFault.NEVER),
    ],
)
def test_fields_that_make_no_rule_are_named(text: str, fault: CronFault) -> None:
    assert read_recurrence(text, START, "UTC") == Unread(Fault.CRON, fault.value)


def test_a_month_has_the_days_the_calendar_says() -> None:
    """The 29th of February is one of them every fourth year."""
    rule = Recurrence(START, "UTC", Freq.CRON, cron="0 9 29 2 *")
    found = list(islice((at.year for at in upcoming(rule, START.replace(tzinfo=UTC), 3)), 3))
    assert all(calendar.isleap(year) for year in found)
    assert found == [2028, 2032, 2036]
