"""Periods against a walk over days, through changes of clocks; lines as people type them; who has delivered (R09)."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.announcements.quotas.rules.periods import Period, Span, ended, remind_at, span_of
from bot.announcements.quotas.rules.quota import Kind, Known, Quota, Share, Table, behind, debts, tally
from bot.announcements.quotas.rules.typed import (
    Amount,
    Fault,
    clean_name,
    is_everybody,
    read_amount,
    read_period,
    read_subject,
    split_keeper,
)
from bot.kernel.ids import GroupId, UserId

NOW = datetime(2027, 3, 10, 10, 0, tzinfo=UTC)
DAY = timedelta(days=1)
ZONES = (
    "UTC",
    "Asia/Shanghai",
    "Europe/Berlin",
    "America/New_York",
    "America/Sao_Paulo",
    "Australia/Lord_Howe",
    "Asia/Beirut",
    "Africa/Cairo",
    "Asia/Tehran",
    "Pacific/Apia",
    "America/Havana",
)
DAYS = st.dates(date(2005, 1, 1), date(2035, 12, 31))
PERIODS = st.sampled_from(Period)
WEEKDAYS = st.integers(0, 6)


def begins(period: Period, day: date, week_begins: int) -> bool:
    """Say of one day, looking at nothing else, whether a period begins on it."""
    if period is Period.WEEK:
        return day.weekday() == week_begins
    return day.day == 1 and (period is Period.MONTH or day.month in {1, 4, 7, 10})


def walked(period: Period, day: date, week_begins: int) -> Span:
    """Walk day by day to both ends of a period."""
    start = day
    while not begins(period, start, week_begins):
        start -= DAY
    end = day + DAY
    while not begins(period, end, week_begins):
        end += DAY
    return Span(period, start, end)


@given(PERIODS, DAYS, WEEKDAYS)
def test_a_period_is_what_a_walk_over_days_finds(period: Period, day: date, week_begins: int) -> None:
    assert span_of(period, day, week_begins) == walked(period, day, week_begins)


@given(PERIODS, DAYS, WEEKDAYS, st.sampled_from(ZONES), st.integers(0, 86_399))
def test_every_instant_lies_in_the_period_of_its_local_day(
    period: Period, day: date, week_begins: int, zone: str, second: int
) -> None:
    tz = ZoneInfo(zone)
    at = datetime.combine(day, time(), UTC) + timedelta(seconds=second)
    begin, end = span_of(period, at.astimezone(tz).date(), week_begins).bounds(tz)
    assert begin <= at < end
    assert begin.astimezone(tz).date() < end.astimezone(tz).date()
    assert (end - timedelta(seconds=1)).astimezone(tz).date() < end.astimezone(tz).date()


@given(PERIODS, DAYS, WEEKDAYS, st.sampled_from(ZONES), st.integers(0, 200))
def test_all_that_ended_meanwhile_follow_each_other(
    period: Period, day: date, week_begins: int, zone: str, later: int
) -> None:
    tz, first = ZoneInfo(zone), span_of(period, day, week_begins)
    now = datetime.combine(day + timedelta(days=later), time(12), UTC)
    found = list(ended(first, now, tz, week_begins))
    assert all(earlier.end == after.start for earlier, after in pairwise(found))
    assert not found or found[0] == first
    following = first if not found else span_of(period, found[-1].end, week_begins)
    assert following.bounds(tz)[1] > now


@given(PERIODS, DAYS, WEEKDAYS, st.sampled_from(ZONES), st.integers(1, 14))
def test_the_reminder_comes_within_the_period_on_a_morning(
    period: Period, day: date, week_begins: int, zone: str, days: int
) -> None:
    tz, span = ZoneInfo(zone), span_of(period, day, week_begins)
    at = remind_at(span, days, tz)
    begin, end = span.bounds(tz)
    assert begin < at < end
    assert at.astimezone(tz).time() == time(10)
    assert (span.end - at.astimezone(tz).date()).days == min(days, (span.end - span.start).days)


# Lines


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Sales 4 a month", Amount("Sales", 4, Period.MONTH)),
        ("Sales: four per Month", Amount("Sales", 4, Period.MONTH)),
        ("R&D 2 3 every quarter", Amount("R&D 2", 3, Period.QUARTER)),
        ("everybody 1 weekly", Amount("everybody", 1, Period.WEEK)),
        ("4/week", Amount("", 4, Period.WEEK)),
        ("销售部 每月4篇", Amount("销售部", 4, Period.MONTH)),
        ("销售部每月四篇", Amount("销售部", 4, Period.MONTH)),
        ("全体 每个季度 １０", Amount("全体", 10, Period.QUARTER)),
        ("销售部 两篇/周", Amount("销售部", 2, Period.WEEK)),
        ("Sales 0 a month", Fault.COUNT),
        ("Sales 101 a month", Fault.COUNT),
        ("Sales -3 a month", Fault.COUNT),
        ("Sales 1.5 a week", Fault.COUNT),
        ("Sales dozens a month", Fault.COUNT),
        ("Sales 4", Fault.SHAPE),
        ("Sales", Fault.SHAPE),
        ("Sales 4 a year", Fault.SHAPE),
        ("x" * 5000 + " 4 a month", Fault.SHAPE),
        ("", Fault.SHAPE),
    ],
)
def test_lines_as_people_type_them(line: str, expected: Amount | Fault) -> None:
    assert read_amount(line) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Sales", ("Sales", None)),
        ("Sales a month", ("Sales", Period.MONTH)),
        ("销售部 每周", ("销售部", Period.WEEK)),
        ("Film", ("Film", None)),
    ],
)
def test_whose_quota_is_meant(line: str, expected: tuple[str, Period | None]) -> None:
    assert read_subject(line) == expected


def test_names_and_periods() -> None:
    assert [is_everybody(word) for word in ("Everybody", " ALL ", "全体", "Sales")] == [True, True, True, False]
    assert [read_period(word) for word in ("Month", "季度", "每周", "year")] == [
        Period.MONTH,
        Period.QUARTER,
        Period.WEEK,
        None,
    ]
    assert [clean_name(name) for name in ("  R&D \n 2 ", "", "\u200b", "x" * 65)] == [
        "R&D 2",
        Fault.NAME,
        Fault.NAME,
        Fault.NAME,
    ]


@given(st.text(max_size=80))
def test_nothing_that_is_typed_breaks_the_reading(line: str) -> None:
    found = read_amount(line)
    assert isinstance(found, Fault) or 1 <= found.count <= 100


# Who has delivered


def quota(kind: Kind, name: str, user_id: int | None, count: int) -> Quota:
    return Quota(
        1, GroupId(1), kind, name, None if user_id is None else UserId(user_id), count, Period.MONTH, NOW, "Anna"
    )


def test_departments_persons_and_everybody_count_the_same_pieces() -> None:
    mei, carl, ben = UserId(1), UserId(2), UserId(3)
    people = [Known(mei, "Mei", "Sales"), Known(carl, "Carl", "sales"), Known(ben, "Ben")]
    quotas = [
        quota(Kind.EVERYBODY, "", None, 1),
        quota(Kind.PERSON, "Mei", mei, 2),
        quota(Kind.DEPARTMENT, "SALES", None, 4),
        quota(Kind.PERSON, "Dora", 9, 1),
    ]
    shares = tally(quotas, [mei, carl, mei, UserId(9)], people)
    assert shares[0] == Share(Kind.DEPARTMENT, "SALES", None, "SALES", 4, 3)
    assert [(one.kind, one.name, one.delivered) for one in shares[1:]] == [
        (Kind.PERSON, "Dora", 1),
        (Kind.PERSON, "Mei", 2),
        (Kind.EVERYBODY, "Ben", 0),
        (Kind.EVERYBODY, "Carl", 1),
        (Kind.EVERYBODY, "Mei", 2),
    ]
    assert [one.name for one in behind(shares)] == ["SALES", "Ben"]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Sales 4 a month @mei", ("Sales 4 a month", "@mei")),
        ("Sales 4 a month, by @mei", ("Sales 4 a month", "@mei")),
        ("销售部 每月4篇 由＠mei负责", ("销售部 每月4篇", "@mei")),
        ("销售部 每月4篇，@mei", ("销售部 每月4篇", "@mei")),
        ("Sales 4 a month", ("Sales 4 a month", "")),
        ("@mei 2 a week", ("@mei 2 a week", "")),
        ("@mei", ("@mei", "")),
    ],
)
def test_who_answers_for_a_department_stands_at_the_end(line: str, expected: tuple[str, str]) -> None:
    assert split_keeper(line) == expected


def test_each_is_reminded_of_their_own_and_of_the_departments_they_answer_for() -> None:
    mei, carl = UserId(3), UserId(4)
    group = GroupId(1)
    sales = Quota(1, group, Kind.DEPARTMENT, "Sales", None, 2, Period.MONTH, NOW, "Anna", mei, "Mei")
    weekly = Quota(2, group, Kind.DEPARTMENT, "Press", None, 2, Period.WEEK, NOW, "Anna", carl, "Carl")
    behind_all = (
        Share(Kind.DEPARTMENT, "SALES", None, "SALES", 2, 1),
        Share(Kind.DEPARTMENT, "Press", None, "Press", 1, 0),
        Share(Kind.PERSON, "Mei", mei, "Sales", 1, 0),
        Share(Kind.EVERYBODY, "Carl", carl, "", 1, 1),
    )
    found = Table(span_of(Period.MONTH, NOW.date()), behind_all, 0, earlier=False, quotas=(sales, weekly))
    assert debts(found) == {mei: [behind_all[0], behind_all[2]]}
