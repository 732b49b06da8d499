"""``/open`` as people type it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.kernel.groups import Group, QuietHours
from bot.kernel.ids import ChatId, GroupId
from bot.policy.quiet.rules.modes import Mode, read_mode, read_switch
from bot.policy.quiet.rules.opening import CannotOpen, Fault, Open, is_off, read_open

GROUP = Group(GroupId(1), ChatId(-1), "Hikers", "en", "UTC", quiet=(QuietHours(time(22), time(7, 30)),))
EVENING, NIGHT = datetime(2027, 3, 10, 20, 0, tzinfo=UTC), datetime(2027, 3, 10, 22, 30, tzinfo=UTC)
START, END = datetime(2027, 3, 10, 22, 0, tzinfo=UTC), datetime(2027, 3, 11, 7, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "typed", ["until 23:00", "till 11pm", "23:00", "到23:00", "开放到23点", "到晚上11点为止", "２３：００"]
)
def test_an_hour_is_the_next_such_hour(typed: str) -> None:
    assert read_open(typed, GROUP, EVENING) == Open(datetime(2027, 3, 10, 23, 0, tzinfo=UTC))
    assert read_open("until 1:00", GROUP, NIGHT) == Open(datetime(2027, 3, 11, 1, 0, tzinfo=UTC))


@pytest.mark.parametrize("typed", ["2h", "for 2 hours", "2小时", "两个小时"])
def test_a_length_counts_from_now(typed: str) -> None:
    assert read_open(typed, GROUP, NIGHT) == Open(NIGHT + timedelta(hours=2))


def test_alone_it_opens_the_whole_night() -> None:
    assert read_open("", GROUP, NIGHT) == Open(END, whole=True)
    assert read_open("until 7:30", GROUP, EVENING) == Open(END, whole=True)


@pytest.mark.parametrize(
    ("typed", "now", "wanted"),
    [
        ("2h", EVENING, CannotOpen(Fault.TOO_EARLY, START)),
        ("until 8:00", NIGHT, CannotOpen(Fault.TOO_LATE, END)),
        ("12h", NIGHT, CannotOpen(Fault.TOO_LATE, END)),
        ("9999h", NIGHT, CannotOpen(Fault.TOO_LATE, END)),
        ("until 22:15", NIGHT, CannotOpen(Fault.TOO_LATE, END)),
        ("0 min", NIGHT, CannotOpen(Fault.NO_TIME)),
        ("until whenever", NIGHT, CannotOpen(Fault.NO_TIME)),
        ("25:00", NIGHT, CannotOpen(Fault.NO_TIME)),
    ],
)
def test_what_cannot_be_is_said(typed: str, now: datetime, wanted: CannotOpen) -> None:
    assert read_open(typed, GROUP, now) == wanted


def test_a_group_that_is_never_quiet_cannot_be_opened() -> None:
    assert read_open("2h", replace(GROUP, quiet=()), NIGHT) == CannotOpen(Fault.NEVER_QUIET)
    weekly = replace(GROUP, quiet=(QuietHours(time(22), time(7), frozenset({0})),))
    assert read_open("", weekly, NIGHT) == CannotOpen(Fault.NEVER_QUIET)


@given(st.text(max_size=40), st.sampled_from([EVENING, NIGHT]))
def test_nothing_typed_breaks_it(typed: str, now: datetime) -> None:
    found = read_open(typed, GROUP, now)
    assert isinstance(found, CannotOpen) or START < found.until <= END


def test_modes_and_switches_are_read_in_both_languages() -> None:
    assert [read_mode(word) for word in ("Restrict", "提醒", "记录", "关闭", "loud")] == [
        Mode.RESTRICT,
        Mode.REMIND,
        Mode.RECORD,
        Mode.OFF,
        None,
    ]
    assert [read_switch(word) for word in ("on", "开", "off", "关闭", "maybe")] == [True, True, False, False, None]
    assert is_off("取消")


def test_the_clock_knows_when_it_changes_next() -> None:
    assert GROUP.next_change(EVENING) == START
    assert GROUP.next_change(NIGHT) == END
    opened = replace(GROUP, open_until=datetime(2027, 3, 10, 23, 0, tzinfo=UTC))
    assert opened.quiet_until(NIGHT) is None
    assert opened.next_change(NIGHT) == opened.open_until
    assert opened.quiet_until(opened.open_until or NIGHT) == END
    holiday = replace(GROUP, quiet=(), holidays=frozenset({date(2027, 12, 25)}))
    assert holiday.coming_quiet(NIGHT) == (
        datetime(2027, 12, 25, tzinfo=UTC),
        datetime(2027, 12, 26, tzinfo=UTC),
    )
    assert replace(GROUP, quiet=()).next_change(NIGHT) is None


@given(
    st.lists(st.tuples(st.times(), st.times(), st.frozensets(st.integers(0, 6))), max_size=4),
    st.sampled_from(["UTC", "Asia/Shanghai", "Asia/Kolkata"]),
    st.integers(0, 300 * 24 * 60),
    st.integers(0, 20 * 60),
)
def test_between_two_changes_the_clock_says_the_same(
    hours: list[tuple[time, time, frozenset[int]]], zone: str, at: int, minutes: int
) -> None:
    quiet = tuple(QuietHours(start.replace(second=0, microsecond=0), end, days) for start, end, days in hours)
    group, now = replace(GROUP, quiet=quiet, zone=zone), EVENING + timedelta(minutes=at)
    change = group.next_change(now)
    later = now + timedelta(minutes=minutes)
    if change is None or later < change:
        assert (group.quiet_until(later) is None) == (group.quiet_until(now) is None)
