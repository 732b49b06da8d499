"""The dates of a series (R05)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.events.series import rules
from bot.events.series.rules import Exempt, SeriesState, Slot
from bot.kernel.groups import Group, QuietHours
from bot.kernel.ids import ChatId
from bot.kernel.recurrence import Freq
from bot.kernel.times import to_local
from tests.events.build import GROUP, NOW, START, event, group, plan
from tests.events.series.build import GROUP_AWAKE, series, weekly

ZONES = (
    "Europe/Berlin",
    "America/New_York",
    "Asia/Shanghai",
    "Australia/Lord_Howe",
    "America/Sao_Paulo",
    "Africa/Cairo",
)


def group_in(zone: str) -> Group:
    return Group(GROUP, ChatId(-1007), "Hikers", "en", zone)


def first(one: rules.Series, n: int = 4, now: datetime = NOW) -> list[Slot]:
    return list(islice(rules.slots(one, GROUP_AWAKE, now), n))


def test_a_weekly_series_has_a_date_every_week() -> None:
    assert [slot.starts_at for slot in first(series())] == [START + timedelta(weeks=week) for week in range(4)]


@given(
    zone=st.sampled_from(ZONES),
    day=st.dates(date(2025, 1, 1), date(2028, 12, 31)),
    later=st.integers(min_value=0, max_value=800),
)
def test_nine_stays_nine_when_the_clocks_change(zone: str, day: date, later: int) -> None:
    at_nine = datetime.combine(day, time(9), ZoneInfo(zone)).astimezone(UTC)
    one = series(rule=weekly(zone, at_nine), plan=plan(starts_at=at_nine, deadline=None))
    now = at_nine + timedelta(days=later)
    for slot in islice(rules.slots(one, group_in(zone), now), 60):
        assert to_local(slot.starts_at, ZoneInfo(zone)).time() == time(9)
        assert to_local(slot.starts_at, ZoneInfo(zone)).weekday() == day.weekday()


def test_weekly_at_an_hour_that_is_skipped_moves_forward_and_comes_back() -> None:
    start = datetime(2027, 3, 21, 1, 30, tzinfo=UTC)  # 02:30 in Berlin; the clocks go forward a week later
    found = first(series(rule=weekly(start=start), plan=plan(starts_at=start, deadline=None)), 3)
    local = [to_local(slot.starts_at, ZoneInfo("Europe/Berlin")) for slot in found]
    assert [at.time() for at in local] == [time(2, 30), time(3, 30), time(2, 30)]


def test_skipped_dates_and_holidays_are_left_out_and_moved_ones_stand_where_they_are() -> None:
    days = [slot.day for slot in first(series(), 5)]
    to = START + timedelta(days=8)
    one = rules.moved(rules.skipped(series(), days[0]), days[1], to)
    off = group(holidays=frozenset({days[2]}))
    found = list(islice(rules.slots(one, off, NOW), 2))
    assert [slot.day for slot in found] == [days[1], days[3]]
    assert (found[0].starts_at, found[0].moved) == (to, True)
    kept = list(islice(rules.slots(series(holidays=False), off, NOW), 3))
    assert kept[2].day == days[2]


def test_an_open_date_on_a_holiday_stays_a_date() -> None:
    day = first(series())[0].day
    one = rules.opened(series(), day, 12, START)
    assert next(rules.slots(one, group(holidays=frozenset({day})), NOW)).event_id == 12


def test_an_open_date_stands_when_its_event_begins_whatever_the_rule_is_now() -> None:
    day = first(series())[0].day
    one = rules.opened(series(rule=weekly(start=START + timedelta(days=1))), day, 12, START + timedelta(hours=5))
    found = first(one, 2)
    assert [(slot.day, slot.event_id) for slot in found] == [(day, 12), (day + timedelta(days=1), None)]
    assert found[0].starts_at == START + timedelta(hours=5)
    assert rules.open_events(one, NOW) == [12]
    assert rules.open_events(one, START + timedelta(hours=5)) == []


def test_a_date_whose_event_was_cancelled_is_out_and_is_not_opened_again() -> None:
    day = first(series())[0].day
    one = series(dates={day: Exempt(12, starts_at=START, cancelled=True)})
    assert first(one, 1)[0].day == day + timedelta(weeks=1)
    assert rules.open_events(one, NOW) == []
    assert rules.last_event(one, first(one, 1)[0]) is None


def test_regulars_are_those_of_the_last_event_that_is_not_off() -> None:
    days = [slot.day for slot in first(series(), 3)]
    one = rules.opened(series(), days[0], 7, START)
    one = rules.skipped(rules.opened(one, days[1], 8, START + timedelta(weeks=1)), days[1])
    third = next(slot for slot in first(one, 2) if slot.day == days[2])
    assert rules.last_event(one, third) == 7


def test_a_new_rule_never_puts_two_dates_at_one_time() -> None:
    day = first(series())[1].day
    one = rules.moved(series(), day, START + timedelta(days=8))
    sundays = replace(one, rule=weekly(start=START + timedelta(days=1)))
    starts = [slot.starts_at for slot in first(sundays, 6)]
    assert len(starts) == len(set(starts))


def test_where_the_quiet_lasts_until_the_date_it_is_opened_at_ten_all_the_same() -> None:
    slot = first(series(ahead=1))[0]
    off = group(holidays=frozenset({slot.day - timedelta(days=1), slot.day}))
    assert to_local(rules.opens_at(series(ahead=1), slot, off), off.tz) == datetime.combine(
        slot.day - timedelta(days=1), time(10)
    )


@given(zone=st.sampled_from(ZONES), later=st.integers(min_value=0, max_value=800))
def test_a_group_that_moves_to_another_zone_keeps_the_moments_of_its_dates(zone: str, later: int) -> None:
    now = NOW + timedelta(days=later)
    here = [slot.starts_at for slot in islice(rules.slots(series(), GROUP_AWAKE, now), 5)]
    assert [slot.starts_at for slot in islice(rules.slots(series(), group_in(zone), now), 5)] == here


def test_a_moved_date_may_come_after_its_day_has_passed() -> None:
    day = first(series())[0].day
    one = rules.moved(series(), day, START + timedelta(days=3))
    found = list(islice(rules.slots(one, GROUP_AWAKE, START + timedelta(days=1)), 2))
    assert [slot.day for slot in found] == [day, day + timedelta(weeks=1)]


def test_an_ended_series_has_no_dates() -> None:
    assert first(series(state=SeriesState.ENDED)) == []


def test_a_date_is_opened_days_ahead_at_ten_but_not_at_night() -> None:
    slot = first(series(ahead=3))[0]
    opens = rules.opens_at(series(ahead=3), slot, GROUP_AWAKE)
    assert to_local(opens, ZoneInfo("Europe/Berlin")) == datetime.combine(date(2026, 11, 25), time(10))
    quiet = group(quiet=(QuietHours(time(9), time(11, 30)),))
    assert to_local(rules.opens_at(series(ahead=3), slot, quiet), quiet.tz) == datetime.combine(
        date(2026, 11, 25), time(11, 30)
    )


@given(ahead=st.integers(min_value=0, max_value=rules.MOST_AHEAD), hour=st.integers(0, 23))
def test_a_date_is_opened_before_it_begins(ahead: int, hour: int) -> None:
    start = datetime.combine(START.date(), time(hour), UTC)
    one = series(ahead=ahead, rule=weekly(start=start))
    for slot in first(one, 3):
        assert rules.opens_at(one, slot, GROUP_AWAKE) <= slot.starts_at - timedelta(hours=2)


def test_the_next_opening_is_the_first_date_that_is_not_open() -> None:
    days = [slot.day for slot in first(series())]
    found = rules.next_opening(rules.opened(series(), days[0], 1, START), GROUP_AWAKE, NOW)
    assert found is not None
    assert found[0].day == days[1]
    assert rules.next_opening(series(state=SeriesState.ENDED), GROUP_AWAKE, NOW) is None


def test_the_sign_up_ends_as_long_before_on_the_clock() -> None:
    """Sunday 13:00 with an end on Saturday at 13:00; in the night between them the clocks go forward."""
    sunday = START + timedelta(days=1)
    one = series(rule=weekly(start=sunday), plan=plan(starts_at=sunday, deadline=START))
    slot = next(slot for slot in rules.slots(one, GROUP_AWAKE, NOW) if slot.day == date(2027, 3, 28))
    made = rules.plan_of(one, slot, NOW)
    assert made.starts_at == slot.starts_at
    assert made.deadline is not None
    zone = ZoneInfo("Europe/Berlin")
    assert to_local(slot.starts_at, zone) - to_local(made.deadline, zone) == timedelta(days=1)
    assert made.starts_at - made.deadline == timedelta(hours=23)


def test_an_end_of_the_sign_up_that_has_passed_is_left_out() -> None:
    slot = first(series())[0]
    assert rules.plan_of(series(), slot, START - timedelta(hours=1)).deadline is None


def test_taking_a_date_over_takes_its_hour_but_not_its_day() -> None:
    later = event(starts_at=START + timedelta(days=1, hours=2), title="Long hike", deadline=None)
    one = rules.taken_over(series(), later)
    slot = first(one)[0]
    assert slot.day.weekday() == 5
    assert slot.starts_at == START + timedelta(hours=2)
    assert rules.plan_of(one, slot, NOW).title == "Long hike"


@pytest.mark.parametrize("freq", [Freq.DAILY, Freq.MONTHLY])
def test_more_than_a_year_of_skipped_dates_ends_in_none_rather_than_in_a_loop(freq: Freq) -> None:
    rule = weekly(freq=freq, weekdays=frozenset(), count=10)
    one = series(rule=rule, dates={})
    for slot in list(rules.slots(one, GROUP_AWAKE, NOW)):
        one = rules.skipped(one, slot.day)
    assert rules.next_opening(one, GROUP_AWAKE, NOW) is None
    assert all(exempt == Exempt(skipped=True) for exempt in one.dates.values())
