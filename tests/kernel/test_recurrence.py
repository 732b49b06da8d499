"""Recurrences against a walk over the days, and as people type them."""

from __future__ import annotations

import calendar
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.kernel.recurrence import LAST, Freq, Recurrence, from_json, next_after, parse_recurrence, to_json, upcoming

if TYPE_CHECKING:
    from collections.abc import Iterator

ZONES = [
    *("Europe/Berlin", "America/New_York", "America/Santiago", "Africa/Cairo", "Asia/Beirut", "Australia/Lord_Howe"),
    *(
        "Pacific/Auckland",
        "Europe/Dublin",
        "America/Havana",
        "Antarctica/Troll",
        "America/St_Johns",
        "Africa/Casablanca",
    ),
    *("Asia/Shanghai", "Asia/Gaza", "Pacific/Apia"),
]
START = datetime(2026, 11, 25, 14, 0)  # noqa: DTZ001
BERLIN = ZoneInfo("Europe/Berlin")


def at_wall_clock(local: datetime, tz: ZoneInfo) -> datetime:
    """The first instant at which the zone's clock shows ``local``; if none does, as far behind the gap as it is in it."""
    around = [
        (local + timedelta(days=days)).replace(tzinfo=UTC).astimezone(tz).utcoffset() or timedelta(0)
        for days in (-2, 2)
    ]
    tried = sorted((local - offset).replace(tzinfo=UTC) for offset in around)
    for instant in tried:
        if instant.astimezone(tz).replace(tzinfo=None) == local:
            return instant
    return (local - around[0]).replace(tzinfo=UTC)


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
    start, freq = draw(starts), draw(st.sampled_from(Freq))
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
