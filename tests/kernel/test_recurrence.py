"""Recurrences against a walk over the days, and as people type them."""

from __future__ import annotations

import calendar
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.kernel.recurrence import (
    LAST,
    Fault,
    Freq,
    Read,
    Recurrence,
    Unread,
    from_json,
    next_after,
    parse_recurrence,
    read_recurrence,
    to_json,
    upcoming,
)
from tests.kernel.walking import ZONES, at_wall_clock

if TYPE_CHECKING:
    from collections.abc import Iterator

START = datetime(2026, 11, 25, 14, 0)  # noqa: DTZ001
BERLIN = ZoneInfo("Europe/Berlin")


def fits(rule: Recurrence, day: date) -> bool:
    """Say whether the rule holds on this day, told without rrule."""
    start = rule.start.date()
    months = (day.year - start.year) * 12 + day.month - start.month
    last = calendar.monthrange(day.year, day.month)[1]
    match rule.freq:
        case Freq.DAILY:
            return (day - start).days % rule.interval == 0
        case Freq.WEEKLY:
            mondays = [each - timedelta(days=each.weekday()) for each in (start, day)]
            return (mondays[1] - mondays[0]).days // 7 % rule.interval == 0 and day.weekday() in (
                rule.weekdays or {start.weekday()}
            )
        case Freq.MONTHLY if rule.nth is not None:
            place = LAST if day.day + 7 > last and rule.nth == LAST else (day.day - 1) // 7 + 1
            return months % rule.interval == 0 and {day.weekday()} == rule.weekdays and place == rule.nth
        case Freq.MONTHLY:
            wanted = last if rule.monthday == LAST else rule.monthday or start.day
            return months % rule.interval == 0 and day.day == wanted
        case Freq.YEARLY:
            same = (day.month, day.day) == (start.month, start.day)
            return (day.year - start.year) % rule.interval == 0 and same
        case Freq.CRON:
            raise AssertionError("walked over by the minute")


def walked(rule: Recurrence, after: datetime, days: int) -> Iterator[datetime]:
    """Yield the occurrences behind ``after`` by looking at every day from the start on."""
    tz, seen, latest = ZoneInfo(rule.zone), 0, after
    for day in (rule.start.date() + timedelta(days=count) for count in range(days)):
        if not fits(rule, day) or (rule.until is not None and day > rule.until):
            continue
        seen += 1
        if rule.count is not None and seen > rule.count:
            return
        at = at_wall_clock(datetime.combine(day, rule.start.time()), tz)
        if day not in rule.skip and at > latest:
            latest = at
            yield at


clocks = st.one_of(
    st.builds(time, st.integers(0, 3), st.sampled_from([0, 1, 15, 30, 59])),
    st.builds(time, st.integers(0, 23), st.just(0)),
)
starts = st.builds(datetime.combine, st.dates(date(2010, 1, 1), date(2027, 12, 31)), clocks)


@st.composite
def rules(draw: st.DrawFn) -> Recurrence:
    start, freq = draw(starts), draw(st.sampled_from([freq for freq in Freq if freq is not Freq.CRON]))
    weekdays: frozenset[int] = frozenset()
    monthday: int | None = None
    nth: int | None = None
    if freq is Freq.WEEKLY:
        weekdays = draw(st.frozensets(st.integers(0, 6), max_size=4))
    elif freq is Freq.MONTHLY and draw(st.booleans()):
        monthday = draw(st.one_of(st.none(), st.integers(1, 31), st.just(LAST)))
    elif freq is Freq.MONTHLY:
        weekdays, nth = frozenset({draw(st.integers(0, 6))}), draw(st.sampled_from([LAST, 1, 2, 3, 4, 5]))
    ends = draw(st.sampled_from(["never", "until", "count"]))
    return Recurrence(
        start=start,
        zone=draw(st.sampled_from(ZONES)),
        freq=freq,
        interval=draw(st.integers(1, 5)),
        weekdays=weekdays,
        monthday=monthday,
        nth=nth,
        until=start.date() + timedelta(days=draw(st.integers(0, 700))) if ends == "until" else None,
        count=draw(st.integers(1, 40)) if ends == "count" else None,
        skip=frozenset(start.date() + timedelta(days=days) for days in draw(st.lists(st.integers(0, 60), max_size=5))),
    )


@settings(max_examples=max(400, settings().max_examples))
@given(rule=rules(), since=st.integers(-3 * 24 * 60, 900 * 24 * 60))
def test_the_occurrences_are_those_found_by_walking_over_the_days(rule: Recurrence, since: int) -> None:
    after = rule.start.replace(tzinfo=UTC) + timedelta(minutes=since)
    found = upcoming(rule, after, 6)
    days = (max(after, rule.start.replace(tzinfo=UTC)) - rule.start.replace(tzinfo=UTC)).days + 900
    wanted = list(islice(walked(rule, after, days), 6))
    assert found[: len(wanted)] == wanted
    if len(wanted) < 6:  # the walk ended: whatever else was found lies beyond it
        edge = rule.start.replace(tzinfo=UTC) + timedelta(days=days - 2)
        assert all(at > edge for at in found[len(wanted) :])


@given(rule=rules(), since=st.integers(-1000, 400 * 24 * 60))
def test_going_from_one_to_the_next_meets_the_same(rule: Recurrence, since: int) -> None:
    at = rule.start.replace(tzinfo=UTC) + timedelta(minutes=since)
    listed = upcoming(rule, at, 4)
    for wanted in listed:
        stepped = next_after(rule, at)
        assert stepped == wanted
        at = wanted
    if len(listed) < 4:
        assert next_after(rule, at) is None


@given(rule=rules())
def test_a_rule_survives_being_written_down(rule: Recurrence) -> None:
    assert from_json(to_json(rule)) == rule


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("clock", [time(0), time(1, 30), time(2, 15), time(3), time(9)])
def test_every_day_has_one_over_ten_years_of_changing_clocks(zone: str, clock: time) -> None:
    rule = Recurrence(datetime.combine(date(2017, 1, 1), clock), zone, Freq.DAILY)
    after = datetime(2016, 12, 30, tzinfo=UTC)
    found = upcoming(rule, after, 3650)
    assert found == list(walked(rule, after, 3650))
    assert len(found) == 3650


def test_a_skipped_hour_moves_forward_and_a_double_one_is_the_first() -> None:
    spring = Recurrence(datetime(2027, 3, 27, 2, 30), "Europe/Berlin", Freq.DAILY)  # noqa: DTZ001
    shown = [f"{at.astimezone(BERLIN):%d %H:%M}" for at in upcoming(spring, datetime(2027, 3, 1, tzinfo=UTC), 3)]
    assert shown == ["27 02:30", "28 03:30", "29 02:30"]
    autumn = Recurrence(datetime(2026, 10, 24, 2, 30), "Europe/Berlin", Freq.DAILY)  # noqa: DTZ001
    assert upcoming(autumn, datetime(2026, 10, 1, tzinfo=UTC), 3) == [
        datetime(2026, 10, 24, 0, 30, tzinfo=UTC),
        datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
        datetime(2026, 10, 26, 1, 30, tzinfo=UTC),
    ]


def test_a_day_that_the_zone_left_out_is_not_held_twice() -> None:
    rule = Recurrence(datetime(2011, 12, 28, 9, 0), "Pacific/Apia", Freq.DAILY)  # noqa: DTZ001
    found = upcoming(rule, datetime(2011, 12, 1, tzinfo=UTC), 4)
    assert [f"{at.astimezone(ZoneInfo('Pacific/Apia')):%d %H:%M}" for at in found] == [
        "28 09:00",
        "29 09:00",
        "31 09:00",
        "01 09:00",
    ]


def test_skipped_dates_count_but_do_not_happen() -> None:
    rule = Recurrence(START, "UTC", Freq.DAILY, count=3, skip=frozenset({date(2026, 11, 26)}))
    assert [at.day for at in upcoming(rule, datetime(2026, 1, 1, tzinfo=UTC), 9)] == [25, 27]


@pytest.mark.parametrize(
    "wrong",
    [
        {"interval": 0},
        {"weekdays": frozenset({7}), "freq": Freq.WEEKLY},
        {"weekdays": frozenset({1})},
        {"monthday": 1},
        {"monthday": 32, "freq": Freq.MONTHLY},
        {"monthday": 0, "freq": Freq.MONTHLY},
        {"nth": 1, "freq": Freq.MONTHLY},
        {"nth": 6, "weekdays": frozenset({1}), "freq": Freq.MONTHLY},
        {"nth": 1, "monthday": 1, "weekdays": frozenset({1}), "freq": Freq.MONTHLY},
        {"count": 0},
        {"count": 1, "until": date(2027, 1, 1)},
        {"zone": "Mars/Olympus"},
        {"zone": "../etc/passwd"},
        {"start": START.replace(tzinfo=UTC)},
    ],
)
def test_parts_that_make_no_rule_are_refused(wrong: dict[str, object]) -> None:
    parts: dict[str, object] = {"start": START, "zone": "UTC", "freq": Freq.DAILY, **wrong}
    with pytest.raises(ValueError, match=r"\w"):
        Recurrence(**parts)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text", ["", "{}", "null", "[1]", "\x00", to_json(Recurrence(START, "UTC", Freq.DAILY)).replace("UTC", "Mars")]
)
def test_what_was_not_written_by_us_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a recurrence"):
        from_json(text)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("daily", "25 Nov 14:00, 26 Nov 14:00, 27 Nov 14:00"),
        ("every day at 9am", "26 Nov 09:00, 27 Nov 09:00, 28 Nov 09:00"),
        ("every 2 days", "25 Nov 14:00, 27 Nov 14:00, 29 Nov 14:00"),
        ("every other day", "25 Nov 14:00, 27 Nov 14:00, 29 Nov 14:00"),
        ("weekdays", "25 Nov 14:00, 26 Nov 14:00, 27 Nov 14:00, 30 Nov 14:00"),
        ("every weekday", "25 Nov 14:00, 26 Nov 14:00, 27 Nov 14:00, 30 Nov 14:00"),
        ("weekends 10:00", "28 Nov 10:00, 29 Nov 10:00, 05 Dec 10:00"),
        ("weekly", "25 Nov 14:00, 02 Dec 14:00"),
        ("weekly at 9:00", "02 Dec 09:00, 09 Dec 09:00"),
        ("weekly on Fri", "27 Nov 14:00, 04 Dec 14:00"),
        ("Mondays", "30 Nov 14:00, 07 Dec 14:00"),
        ("every Mon and Wed 9:00", "30 Nov 09:00, 02 Dec 09:00, 07 Dec 09:00"),
        ("Mon-Fri", "25 Nov 14:00, 26 Nov 14:00, 27 Nov 14:00, 30 Nov 14:00"),
        ("every 2 weeks on Mon", "30 Nov 14:00, 14 Dec 14:00"),
        ("every other Friday", "27 Nov 14:00, 11 Dec 14:00"),
        ("biweekly", "25 Nov 14:00, 09 Dec 14:00"),
        ("monthly", "25 Nov 14:00, 25 Dec 14:00"),
        ("monthly on the last Friday", "27 Nov 14:00, 25 Dec 14:00, 29 Jan 14:00"),
        ("first Monday of the month", "07 Dec 14:00, 04 Jan 14:00"),
        ("every month on the 1st", "01 Dec 14:00, 01 Jan 14:00"),
        ("the 31st of every month", "31 Dec 14:00, 31 Jan 14:00, 31 Mar 14:00"),
        ("monthly on the last day", "30 Nov 14:00, 31 Dec 14:00"),
        ("every 3 months", "25 Nov 14:00, 25 Feb 14:00"),
        ("yearly", "25 Nov 14:00, 25 Nov 14:00"),
        ("yearly at 9:00", "25 Nov 09:00, 25 Nov 09:00"),
        ("daily until 27 Nov", "25 Nov 14:00, 26 Nov 14:00, 27 Nov 14:00, end"),
        ("every Monday, 2 times", "30 Nov 14:00, 07 Dec 14:00, end"),
        ("每天", "25 Nov 14:00, 26 Nov 14:00, 27 Nov 14:00"),
        ("每天早上9点", "26 Nov 09:00, 27 Nov 09:00"),
        ("每两天", "25 Nov 14:00, 27 Nov 14:00"),
        ("隔天", "25 Nov 14:00, 27 Nov 14:00"),
        ("每周", "25 Nov 14:00, 02 Dec 14:00"),
        ("每周一", "30 Nov 14:00, 07 Dec 14:00"),
        ("每週一", "30 Nov 14:00, 07 Dec 14:00"),
        ("每周一一点半", "30 Nov 01:30, 07 Dec 01:30"),
        ("每周一三五 18:00", "25 Nov 18:00, 27 Nov 18:00, 30 Nov 18:00"),
        ("每个星期六晚上8点", "28 Nov 20:00, 05 Dec 20:00"),
        ("每两周周一", "30 Nov 14:00, 14 Dec 14:00"),
        ("隔周周三", "25 Nov 14:00, 09 Dec 14:00"),
        ("工作日", "25 Nov 14:00, 26 Nov 14:00, 27 Nov 14:00, 30 Nov 14:00"),
        ("每个工作日9点", "26 Nov 09:00, 27 Nov 09:00, 30 Nov 09:00"),
        ("周末", "28 Nov 14:00, 29 Nov 14:00, 05 Dec 14:00"),
        ("每月", "25 Nov 14:00, 25 Dec 14:00"),
        ("每月1号", "01 Dec 14:00, 01 Jan 14:00"),
        ("每个月十五号 9点", "15 Dec 09:00, 15 Jan 09:00"),
        ("每月最后一个周五", "27 Nov 14:00, 25 Dec 14:00, 29 Jan 14:00"),
        ("每月第二个周二", "08 Dec 14:00, 12 Jan 14:00"),
        ("每月最后一天", "30 Nov 14:00, 31 Dec 14:00"),
        ("每3个月", "25 Nov 14:00, 25 Feb 14:00"),
        ("每年", "25 Nov 14:00, 25 Nov 14:00"),
        ("每年5月1日9点", "01 May 09:00, 01 May 09:00"),
        ("every year on 25 Dec at 8:00", "25 Dec 08:00, 25 Dec 08:00"),
        ("at 9:00 every weekday", "26 Nov 09:00, 27 Nov 09:00, 30 Nov 09:00"),
        ("9:00 Mondays", "30 Nov 09:00, 07 Dec 09:00"),
        ("9:00 工作日", "26 Nov 09:00, 27 Nov 09:00"),
        ("早上9点每个工作日", "26 Nov 09:00, 27 Nov 09:00, 30 Nov 09:00"),
        ("on weekdays at 9:30", "26 Nov 09:30, 27 Nov 09:30, 30 Nov 09:30"),
        ("every month on day 15 at 10:00", "15 Dec 10:00, 15 Jan 10:00"),
        ("每月最后一个周五17点", "27 Nov 17:00, 25 Dec 17:00"),
        ("every morning at 9", "26 Nov 09:00, 27 Nov 09:00"),
        ("每晚10点", "25 Nov 22:00, 26 Nov 22:00"),
        ("quarterly at 9:00", "25 Dec 09:00, 25 Mar 09:00"),
        ("每个季度", "25 Nov 14:00, 25 Feb 14:00"),
        ("从12月1日到12月2日每天9点", "01 Dec 09:00, 02 Dec 09:00, end"),
        ("12月1日起每周一9点", "07 Dec 09:00, 14 Dec 09:00"),
        ("每天9点，周末除外", "26 Nov 09:00, 27 Nov 09:00, 30 Nov 09:00"),
        ("每天9点，发2次就停", "26 Nov 09:00, 27 Nov 09:00, end"),
        ("every day at 9:00 from 1 Dec", "01 Dec 09:00, 02 Dec 09:00"),
        ("从12月1日起每周一9点", "07 Dec 09:00, 14 Dec 09:00"),
        ("每周一9点，从12月1日起，共2次", "07 Dec 09:00, 14 Dec 09:00, end"),
        ("every day at 9:00 except 27 Nov", "26 Nov 09:00, 28 Nov 09:00"),
        ("every day at 9:00 except Sun", "26 Nov 09:00, 27 Nov 09:00, 28 Nov 09:00, 30 Nov 09:00"),
        ("every day at 9:00 except Fri, 27 Nov", "26 Nov 09:00, 28 Nov 09:00, 29 Nov 09:00"),
        ("daily except 26 Nov to 29 Nov", "25 Nov 14:00, 30 Nov 14:00, 01 Dec 14:00"),
        ("daily except 26 Nov and 28 Nov until 29 Nov", "25 Nov 14:00, 27 Nov 14:00, 29 Nov 14:00, end"),
        ("daily until 29 Nov except 26 Nov, 28 Nov", "25 Nov 14:00, 27 Nov 14:00, 29 Nov 14:00, end"),
        ("每天9点，除11月27日外", "26 Nov 09:00, 28 Nov 09:00"),
        ("每天9点除了11月27日、11月28日", "26 Nov 09:00, 29 Nov 09:00"),
        ("每天9点，11月27日到29日除外", "26 Nov 09:00, 30 Nov 09:00"),
        ("除周日外每天9点", "26 Nov 09:00, 27 Nov 09:00, 28 Nov 09:00, 30 Nov 09:00"),
        ("每天9点，周六周日不发", "26 Nov 09:00, 27 Nov 09:00, 30 Nov 09:00"),
        (
            "every Monday until the end of the year",
            "30 Nov 14:00, 07 Dec 14:00, 14 Dec 14:00, 21 Dec 14:00, 28 Dec 14:00, end",
        ),
        ("每周一到年底", "30 Nov 14:00, 07 Dec 14:00, 14 Dec 14:00, 21 Dec 14:00, 28 Dec 14:00, end"),
        ("每周一9点到12月底", "30 Nov 09:00, 07 Dec 09:00, 14 Dec 09:00, 21 Dec 09:00, 28 Dec 09:00, end"),
        ("every month on the 1st until end of February", "01 Dec 14:00, 01 Jan 14:00, 01 Feb 14:00, end"),
        ("每月1号到明年底", "01 Dec 14:00, 01 Jan 14:00"),
        ("每天9点一共2次", "26 Nov 09:00, 27 Nov 09:00, end"),
        ("每天9点，发两次", "26 Nov 09:00, 27 Nov 09:00, end"),
        ("每天9点，十次为止", "26 Nov 09:00, 27 Nov 09:00"),
        ("every day at 9 for 2 times", "26 Nov 09:00, 27 Nov 09:00, end"),
        ("每天到11月26日", "25 Nov 14:00, 26 Nov 14:00, end"),
        ("每周一共2次", "30 Nov 14:00, 07 Dec 14:00, end"),
    ],
)
def test_a_recurrence_as_people_type_it(text: str, wanted: str) -> None:
    rule = parse_recurrence(text, START, "Europe/Berlin")
    assert rule is not None
    shown = wanted.split(", ")
    found = [
        f"{at.astimezone(BERLIN):%d %b %H:%M}" for at in upcoming(rule, datetime(2026, 11, 1, tzinfo=UTC), len(shown))
    ]
    assert [*found, "end"][: len(shown)] == shown


@pytest.mark.parametrize(
    "text", ["every day at 9 except holidays", "每天9点，节假日除外", "除节假日外每天9点", "每天9点 跳过法定节假日"]
)
def test_public_holidays_are_left_out_if_that_is_said(text: str) -> None:
    rule = parse_recurrence(text, START, "Europe/Berlin")
    assert rule is not None
    assert rule.no_holidays
    christmas = {date(2026, 12, 25), date(2026, 12, 26)}
    found = upcoming(rule, datetime(2026, 12, 24, tzinfo=UTC), 3, christmas)
    assert [at.day for at in found] == [24, 27, 28]
    assert next_after(rule, datetime(2026, 12, 24, 12, tzinfo=UTC)) == datetime(2026, 12, 25, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("hello", Unread(Fault.UNKNOWN)),
        ("x" * 600, Unread(Fault.UNKNOWN)),
        ("daily at 25", Unread(Fault.CLOCK, "25")),
        ("每天25点", Unread(Fault.CLOCK, "25点")),
        ("every day at 9 or so", Unread(Fault.CLOCK, "9 or so")),
        ("daily until soon", Unread(Fault.END, "soon")),
        ("daily until yesterday", Unread(Fault.END, "yesterday")),
        ("daily until 31 Feb", Unread(Fault.END, "31 feb")),
        ("daily, 0 times", Unread(Fault.END, "0 times")),
        ("daily until 31 Dec, 10 times", Unread(Fault.TWO_ENDS)),
        ("daily except someday", Unread(Fault.SKIP, "someday")),
        ("daily except 1/2", Unread(Fault.SKIP, "1/2")),
        ("daily except 3 Dec to 1 Dec", Unread(Fault.SKIP, "3 dec to 1 dec")),
        ("每天9点，除13月1日外", Unread(Fault.SKIP, "13月1日")),
        ("every 2 days except Sun", Unread(Fault.SKIP)),
        ("daily from yesterday", Unread(Fault.BEGIN, "yesterday")),
        ("every Monday until 26 Nov", Unread(Fault.OVER)),
        ("every weekday except Mon-Fri", Unread(Fault.SKIP)),
    ],
)
def test_what_is_wrong_with_a_rule_is_named(text: str, wanted: Unread) -> None:
    assert read_recurrence(text, START, "Europe/Berlin") == wanted


@pytest.mark.parametrize(
    ("text", "said"), [("every day", False), ("每天早上9点", True), ("monthly on the 1st 10:00", True)]
)
def test_whether_the_time_of_day_was_said_is_told(text: str, said: bool) -> None:
    read = read_recurrence(text, START, "UTC")
    assert isinstance(read, Read)
    assert read.clock_said is said


@given(
    text=st.text(max_size=60)
    | st.lists(
        st.sampled_from(
            [
                "every",
                "day",
                "每",
                "周一",
                "除",
                "外",
                "到",
                "12月1日",
                "until",
                "except",
                "从",
                "起",
                "9:00",
                "cron",
                "*",
                "5L",
                "共",
                "次",
                "，",
                " ",
            ]
        ),
        max_size=9,
    ).map("".join)
)
def test_no_text_is_too_odd_to_be_answered(text: str) -> None:
    assert isinstance(read_recurrence(text, START, "Europe/Berlin"), Read | Unread)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "hello",
            "every",
            "every 0 days",
            "every second Tuesday",
            "monthly on the 32nd",
            "weekly on",
            "2 weeks",
            "daily at 25",
        ),
        *(
            "daily until",
            "daily until soon",
            "daily until yesterday",
            "0 times",
            "每",
            "每0天",
            "每月32号",
            "每周八",
            "每月第六个周一",
            "每天每天",
        ),
    ],
)
def test_what_is_no_recurrence(text: str) -> None:
    assert parse_recurrence(text, START, "Europe/Berlin") is None
