"""Recurring announcements: when they come, whatever happens to bot, zone and people meanwhile."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.announcements.recurring import rules
from bot.announcements.recurring.rules import Dates, Phase, Recurring
from bot.kernel.ids import GroupId, UserId
from bot.kernel.recurrence import Freq, Recurrence, read_recurrence, upcoming
from bot.kernel.recurrence.outcomes import Read

NOW = datetime(2027, 3, 10, 10, 0, tzinfo=UTC)
START = datetime(2027, 3, 10, 9, 0)  # noqa: DTZ001
DAILY = Recurrence(START, "Europe/Berlin", Freq.DAILY)
ANNA, BEN = UserId(1), UserId(2)


def one(rule: Recurrence = DAILY, now: datetime = NOW) -> Recurring:
    return rules.wound(Recurring(1, GroupId(1), 1, 1, rule, ANNA, "Anna"), now)


def test_the_next_date_is_that_of_the_rule() -> None:
    assert one().next_at == datetime(2027, 3, 11, 8, 0, tzinfo=UTC)
    assert rules.coming(one(), NOW, (), 2) == [
        datetime(2027, 3, 11, 8, 0, tzinfo=UTC),
        datetime(2027, 3, 12, 8, 0, tzinfo=UTC),
    ]


def test_dates_the_bot_was_down_for_become_one() -> None:
    later = NOW + timedelta(days=5)
    assert rules.due(one(), later, ()) == Dates(datetime(2027, 3, 15, 8, 0, tzinfo=UTC), 4)
    years = rules.due(one(), NOW + timedelta(days=1000), ())
    assert years is not None
    assert years.earlier == 999


def test_a_date_that_has_become_a_holiday_does_not_come() -> None:
    rule = replace(DAILY, no_holidays=True)
    at = datetime(2027, 3, 11, 8, 0, tzinfo=UTC)
    assert rules.due(one(rule), at, {date(2027, 3, 11)}) is None
    assert rules.passed(one(rule), at).next_at == at + timedelta(days=1)
    assert rules.due(one(rule), at, ()) == Dates(at, 0)


def test_a_count_is_kept_whatever_is_skipped_and_missed() -> None:
    found = one(replace(DAILY, count=4))
    found = rules.skipped(found, datetime(2027, 3, 11, 8, 0, tzinfo=UTC), NOW)
    assert [at.day for at in rules.coming(found, NOW, ())] == [12, 13]
    dates = rules.due(found, datetime(2027, 3, 20, tzinfo=UTC), ())
    assert dates == Dates(datetime(2027, 3, 13, 8, 0, tzinfo=UTC), 1)
    assert rules.came(found, dates.last, datetime(2027, 3, 20, tzinfo=UTC)).phase is Phase.ENDED


def test_a_paused_one_misses_its_dates_for_good() -> None:
    found = rules.paused(one())
    later = NOW + timedelta(days=5)
    assert rules.due(found, later, ()) is None
    assert rules.coming(found, NOW, ())
    again = rules.resumed(found, BEN, "Ben", later)
    assert (again.next_at, again.manager_name) == (datetime(2027, 3, 16, 8, 0, tzinfo=UTC), "Ben")


def test_no_day_has_two_dates_because_the_zone_is_another() -> None:
    came = rules.came(one(), datetime(2027, 3, 11, 8, 0, tzinfo=UTC), datetime(2027, 3, 11, 8, 0, tzinfo=UTC))
    moved = rules.rezoned(came, "America/New_York", datetime(2027, 3, 11, 9, 0, tzinfo=UTC))
    assert moved.next_at == datetime(2027, 3, 12, 14, 0, tzinfo=UTC)  # nine in New York, but not on the 11th once more


@pytest.mark.parametrize(
    ("text", "often"),
    [
        ("cron * * * * *", True),
        ("cron */10 * * * *", True),
        ("cron 0,5 9 1 1 *", True),
        ("cron */15 * * * *", False),
        ("cron 0 * * * *", False),
        ("every day at 9:00", False),
    ],
)
def test_what_comes_too_often_is_noise(text: str, often: bool) -> None:
    read = read_recurrence(text, START, "UTC")
    assert isinstance(read, Read)
    assert rules.too_often(read.rule, NOW) is often


lines = st.sampled_from(
    [
        "every day at 2:30",
        "every weekday at 9:00",
        "every 2 weeks on Mon at 10:00",
        "every month on the last Fri at 17:00",
        "every month on the 31st at 8:00",
        "every day at 8:00, 20 times",
        "every day at 8:00 until 1 May",
        "every day at 8:00 except Sun",
        "cron 0 9,18 * * 1-5",
        "cron 30 2 * * *",
    ]
)
acts = st.lists(
    st.tuples(st.sampled_from(["wait", "wait", "wait", "pause", "resume", "skip"]), st.integers(1, 200)), max_size=40
)


@given(line=lines, zone=st.sampled_from(["Europe/Berlin", "Australia/Lord_Howe", "America/Santiago"]), acts=acts)
def test_every_date_comes_once_or_is_counted_or_was_left_out(line: str, zone: str, acts: list[tuple[str, int]]) -> None:
    """Whenever the bot looks, each date of the rule since the last look is the one that comes, or counted as earlier."""
    start = datetime(2027, 3, 1, 9, 0)  # noqa: DTZ001
    read = read_recurrence(line, start, zone)
    assert isinstance(read, Read)
    now = datetime(2027, 2, 28, tzinfo=UTC)
    found, left, seen, active_since = one(read.rule, now), set[datetime](), 0, now
    wanted = 0
    for act, hours in acts:
        if act == "skip":
            ahead = rules.coming(found, now, (), 1)
            if ahead and found.phase is Phase.ACTIVE:
                same_day = [at for at in upcoming(found.rule, now, 50) if _day(at, found) == _day(ahead[0], found)]
                left.update(same_day)
                found = rules.skipped(found, ahead[0], now)
        elif act == "pause" and found.phase is Phase.ACTIVE:
            found = rules.paused(found)
        elif act == "resume" and found.phase is Phase.PAUSED:
            found, active_since = rules.resumed(found, BEN, "Ben", now), now
        elif act == "wait":
            now += timedelta(hours=hours)
            if found.phase is Phase.ACTIVE:
                due = [at for at in upcoming(read.rule, active_since, 500) if at <= now and at not in left]
                wanted += len(due)
                dates = rules.due(found, now, ())
                assert (dates is None) is (not due)
                if dates is not None:
                    assert dates.last == due[-1]
                    seen += 1 + dates.earlier
                    found = rules.came(found, dates.last, now)
                active_since = now
        assert found.next_at is None or found.next_at > now
        assert (found.next_at is None) is (found.phase is not Phase.ACTIVE)
    assert seen == wanted


def _day(at: datetime, found: Recurring) -> date:
    return at.astimezone(found.rule.tz).date()


@pytest.mark.parametrize(
    ("line", "rest"),
    [
        ("every day at 9:00 including holidays", "every day at 9:00"),
        ("day, including public holidays, at 9:00", "day , at 9:00"),
        ("every Mon 9:00, holidays included", "every Mon 9:00"),
        ("每天9点，包括节假日", "每天9点"),
        ("每天9点节假日也发", "每天9点"),
        ("每天9点（含法定节假日）", "每天9点（ ）"),
    ],
)
def test_public_holidays_can_be_taken_in_on_a_line(line: str, rest: str) -> None:
    assert rules.with_holidays(line) == (rest, True)


@pytest.mark.parametrize("line", ["every day at 9:00", "every day except holidays 9:00", "每天9点，节假日除外"])
def test_a_line_that_does_not_take_holidays_in_stays_as_it_is(line: str) -> None:
    assert rules.with_holidays(line) == (line, False)
