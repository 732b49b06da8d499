"""When a group is quiet: its hours, its holidays, and what follows without a break."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.kernel.groups import Group, QuietHours
from bot.kernel.ids import ChatId, GroupId

NIGHT = QuietHours(time(22, 0), time(7, 30))
NOON = QuietHours(time(12, 0), time(14, 0), frozenset({0, 1, 2, 3, 4}))
CHRISTMAS = date(2026, 12, 25)


def group(*quiet: QuietHours, zone: str = "Asia/Shanghai", holidays: tuple[date, ...] = ()) -> Group:
    return Group(GroupId(1), ChatId(-1), "Hikers", "en", zone, quiet=quiet, holidays=frozenset(holidays))


def local(text: str, zone: str = "Asia/Shanghai") -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=group(zone=zone).tz).astimezone(UTC)


@pytest.mark.parametrize(
    ("now", "until"),
    [
        ("2026-11-25 21:59", None),
        ("2026-11-25 22:00", "2026-11-26 07:30"),
        ("2026-11-26 03:00", "2026-11-26 07:30"),
        ("2026-11-26 07:30", None),
        ("2026-11-26 13:00", "2026-11-26 14:00"),
        ("2026-11-28 13:00", None),
        ("2026-12-24 21:00", None),
        ("2026-12-24 23:00", "2026-12-26 07:30"),
        ("2026-12-25 10:00", "2026-12-26 07:30"),
        ("2026-12-26 07:30", None),
    ],
)
def test_a_group_is_quiet_in_its_hours_and_on_its_holidays(now: str, until: str | None) -> None:
    asleep = group(NIGHT, NOON, holidays=(CHRISTMAS,))
    assert asleep.quiet_until(local(now)) == (None if until is None else local(until))


def test_holidays_in_a_row_are_one_quiet() -> None:
    days = tuple(date(2026, 10, day) for day in range(1, 8))
    assert group(holidays=days).quiet_until(local("2026-10-03 12:00")) == local("2026-10-08 00:00")


def test_a_quiet_that_ends_in_a_gap_of_the_clocks_ends_that_much_later() -> None:
    early = group(QuietHours(time(22, 0), time(2, 30)), zone="Europe/Berlin")
    assert early.quiet_until(datetime(2026, 3, 29, 0, 30, tzinfo=UTC)) == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)


def test_a_group_that_is_always_quiet_is_woken_all_the_same() -> None:
    always = group(QuietHours(time(0, 0), time(12, 0)), QuietHours(time(12, 0), time(0, 0)))
    until = always.quiet_until(local("2026-11-25 10:00"))
    assert until is not None
    assert until - local("2026-11-25 10:00") <= timedelta(days=33)


@given(
    st.times(),
    st.times(),
    st.integers(0, 2 * 366 * 24 * 60).map(lambda minutes: local("2026-01-01") + timedelta(minutes=minutes)),
)
def test_the_end_of_a_quiet_lies_ahead_and_outside_of_it(start: time, end: time, now: datetime) -> None:
    asleep = group(QuietHours(start, end))
    until = asleep.quiet_until(now)
    if until is not None and start != end:
        assert until > now
        assert asleep.quiet_until(until) is None
