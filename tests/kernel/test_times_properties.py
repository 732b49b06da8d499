"""What holds for every text, every zone and every moment."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.kernel.durations import parse_duration
from bot.kernel.numerals import fold
from bot.kernel.recurrence import parse_recurrence
from bot.kernel.times import (
    HORIZON,
    Ambiguous,
    DoesNotExist,
    Gap,
    InPast,
    NoSuchDay,
    NoSuchHour,
    NotUnderstood,
    Parsed,
    TooFar,
    local_to_utc,
    parse_clock,
    parse_range,
    parse_time,
    parse_weekdays,
    split_time,
    to_local,
)

ZONES = [
    *("Asia/Shanghai", "Europe/Berlin", "America/New_York", "America/Santiago", "Africa/Cairo", "Asia/Beirut", "UTC"),
    *(
        "Australia/Lord_Howe",
        "Pacific/Auckland",
        "Europe/Dublin",
        "America/Havana",
        "Antarctica/Troll",
        "Asia/Kathmandu",
    ),
    *("America/St_Johns", "Africa/Casablanca", "Asia/Gaza", "Pacific/Kiritimati", "Pacific/Pago_Pago"),
]
WORDS = [
    *(
        "tomorrow",
        "today",
        "tonight",
        "Sat",
        "next",
        "Friday",
        "week",
        "in",
        "2",
        "12",
        "31",
        "half",
        "hours",
        "min",
        "days",
    ),
    *(
        "at",
        "8pm",
        "18:00",
        "24:00",
        "25:61",
        "Dec",
        "1st",
        "Feb",
        "29",
        "2027",
        "99999",
        "noon",
        "midnight",
        "-",
        "/",
        ".",
    ),
    *(
        "01/02/2027",
        "2026-12-01",
        "T09:30Z",
        "+08:00",
        "morning",
        "evening",
        "of",
        "month",
        "end",
        "the",
        ",",
        " ",
        "  ",
        "\n",
    ),
    *(
        "周",
        "六",
        "下",
        "下周六",
        "星期",
        "今",
        "明",
        "晚",
        "天",
        "后",
        "大后天",
        "点",
        "半",
        "刻",
        "一",
        "十",
        "百",
        "千",
        "零",
        "两",
    ),
    *(
        "小时",
        "分钟",
        "个",
        "月",
        "日",
        "号",
        "底",
        "年",
        "凌晨",
        "半夜",
        "下午",
        "中午",
        "差",
        "过",
        "週",
        "兩",
        "８",
        "：",
        "（",
        "）",
    ),
    *("every", "weekly", "on", "last", "until", "times", "每", "隔", "最后", "第", "到", "次", "共", "工作日", "周末"),
]

anything = st.one_of(
    st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=60),
    st.text(alphabet=st.characters(categories=["Cc", "Cf", "Zs", "Nd", "No", "Po"]), max_size=20),
    st.lists(st.sampled_from(WORDS), max_size=8).map("".join),
    st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join),
)
zones = st.sampled_from(ZONES).map(ZoneInfo)
moments = st.datetimes(datetime(1995, 1, 1), datetime(2060, 1, 1)).map(lambda at: at.replace(tzinfo=UTC))  # noqa: DTZ001
minutes = st.datetimes(datetime(2000, 1, 1), datetime(2040, 1, 1)).map(lambda at: at.replace(second=0, microsecond=0))  # noqa: DTZ001


@given(text=anything, now=moments, tz=zones, day_first=st.sampled_from([None, True, False]))
def test_no_text_raises_and_what_is_read_lies_ahead(
    text: str, now: datetime, tz: ZoneInfo, day_first: bool | None
) -> None:
    outcome = parse_time(text, now, tz, day_first=day_first)
    match outcome:
        case Parsed(at, date_only, matched):
            today = date_only and to_local(at, tz).date() == to_local(now, tz).date()
            assert at > now or today
            assert at - now <= HORIZON
            assert at.tzinfo is UTC
            assert matched in text
        case Ambiguous(_, readings):
            assert len(set(readings)) > 1
            assert list(readings) == sorted(readings)
        case InPast(at):
            assert at <= now
        case TooFar(at):
            assert at > now
        case DoesNotExist(local, after):
            assert isinstance(local_to_utc(local, tz), Gap)
            assert to_local(after, tz) > local
        case NotUnderstood(said) | NoSuchDay(said) | NoSuchHour(said):
            assert said == text


@given(text=anything, now=moments, tz=zones)
def test_a_split_loses_no_word(text: str, now: datetime, tz: ZoneInfo) -> None:
    outcome, rest = split_time(text, now, tz)
    assert text.endswith(rest) or text.strip().endswith(rest)
    if isinstance(outcome, NotUnderstood):
        assert rest == text


@given(text=anything)
def test_nothing_else_that_reads_text_raises(text: str) -> None:
    assert len(fold(text)) == len(text)
    clock, stretch, days = parse_clock(text), parse_range(text), parse_weekdays(text)
    assert clock is None or clock.tzinfo is None
    assert stretch is None or len(stretch) == 2
    assert days is None or days <= frozenset(range(7))
    length = parse_duration(text, default_unit=timedelta(minutes=1))
    assert length is None or length >= timedelta(0)


@given(text=anything, start=minutes, zone=st.sampled_from(ZONES))
def test_no_recurrence_raises_and_none_begins_before_its_start(text: str, start: datetime, zone: str) -> None:
    rule = parse_recurrence(text, start, zone)
    assert rule is None or rule.start.date() >= start.date()


@given(local=minutes, tz=zones)
def test_a_time_in_figures_is_read_back_in_any_zone(local: datetime, tz: ZoneInfo) -> None:
    wanted = local_to_utc(local, tz)
    outcome = parse_time(f"{local:%Y-%m-%d %H:%M}", wanted.at - timedelta(days=30), tz)
    if isinstance(wanted, Gap):
        assert outcome == DoesNotExist(local, wanted.after)
    else:
        assert isinstance(outcome, Parsed)
        assert outcome.at == wanted.at


@pytest.mark.parametrize(
    "form", ["{0:%A} {0:%H:%M}", "{0:%a} {0:%I:%M%p}", "{0:%d %b %Y %H:%M}", "{0:%b} {0.day}, {0.year} at {0:%H:%M}"]
)
@given(now=moments, ahead=st.integers(2, 7 * 24 * 60 - 120), tz=zones)
def test_what_we_would_write_is_read_back(form: str, now: datetime, ahead: int, tz: ZoneInfo) -> None:
    at = (now + timedelta(minutes=ahead)).replace(second=0, microsecond=0)
    local = to_local(at, tz)
    if local_to_utc(local, tz).at != at:
        return  # the second time the clock shows this hour
    outcome = parse_time(form.format(local), now, tz)
    assert isinstance(outcome, Parsed)
    assert outcome.at == at


@pytest.mark.parametrize(
    "form", ["{0.year}年{0.month}月{0.day}日{0:%H:%M}", "{0.month}月{0.day}号{0.hour}点{0.minute}分"]
)
@given(now=moments, ahead=st.integers(2, 300 * 24 * 60), tz=zones)
def test_what_we_would_write_in_chinese_is_read_back(form: str, now: datetime, ahead: int, tz: ZoneInfo) -> None:
    at = (now + timedelta(minutes=ahead)).replace(second=0, microsecond=0)
    local = to_local(at, tz)
    if local_to_utc(local, tz).at != at:
        return
    outcome = parse_time(form.format(local), now, tz)
    assert isinstance(outcome, Parsed)
    assert outcome.at == at


@given(local=minutes, tz=zones)
def test_a_local_time_is_found_where_the_zone_shows_it(local: datetime, tz: ZoneInfo) -> None:
    outcome = local_to_utc(local, tz)
    if isinstance(outcome, Gap):
        assert to_local(outcome.at, tz) > local
        assert to_local(outcome.after - timedelta(seconds=1), tz) < local < to_local(outcome.at, tz)
        assert outcome.after <= outcome.at
    else:
        assert to_local(outcome.at, tz) == local


@pytest.mark.parametrize(
    "text", ["1" * 4000, " " * 2000 + "1", "1" + " " * 4000 + "-2", "每" * 4000, "周一" * 2000, "half an " * 500]
)
def test_an_over_long_text_costs_no_time(text: str) -> None:
    now, tz = datetime(2026, 11, 25, tzinfo=UTC), ZoneInfo("UTC")
    began = time.thread_time()
    for _ in range(3):
        parse_time(text, now, tz)
        split_time(text, now, tz)
        parse_range(text)
        parse_weekdays(text)
        parse_duration(text)
        parse_recurrence(text, datetime(2026, 11, 25), "UTC")  # noqa: DTZ001
    assert time.thread_time() - began < 0.3
