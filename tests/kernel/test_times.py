"""Times as people type them, read on Wednesday, 25 November 2026, 10:00 in Shanghai unless a test says otherwise."""

from __future__ import annotations

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest

from bot.kernel.times import (
    Ambiguous,
    DoesNotExist,
    Exists,
    Gap,
    InPast,
    NoSuchDay,
    NoSuchHour,
    NotUnderstood,
    Parsed,
    TooFar,
    Twice,
    complete,
    local_to_utc,
    parse_clock,
    parse_range,
    parse_time,
    parse_weekdays,
    split_time,
    to_local,
)

SHANGHAI = ZoneInfo("Asia/Shanghai")
BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)


def shown(at: datetime, tz: ZoneInfo = SHANGHAI) -> str:
    return f"{to_local(at, tz):%Y-%m-%d %H:%M}"


TIMED = [
    # English: a day and an hour
    ("tomorrow 8pm", "2026-11-26 20:00"),
    ("Tomorrow at 8 PM", "2026-11-26 20:00"),
    ("tomorrow 8", "2026-11-26 08:00"),
    ("tmrw 8:15", "2026-11-26 08:15"),
    ("tomorrow, 8.30pm", "2026-11-26 20:30"),
    ("8pm tomorrow", "2026-11-26 20:00"),
    ("day after tomorrow 7:15", "2026-11-27 07:15"),
    ("today 18:00", "2026-11-25 18:00"),
    ("tonight 8", "2026-11-25 20:00"),
    ("tonight at 12", "2026-11-26 00:00"),
    ("tonight at 1", "2026-11-26 01:00"),
    ("this afternoon at 3", "2026-11-25 15:00"),
    ("tomorrow morning at 9", "2026-11-26 09:00"),
    ("tomorrow evening 8", "2026-11-26 20:00"),
    ("tomorrow at 8 in the evening", "2026-11-26 20:00"),
    ("Friday night 10:30", "2026-11-27 22:30"),
    ("Sat 2pm", "2026-11-28 14:00"),
    ("saturday at 2", "2026-11-28 02:00"),
    ("on Sat. 14:00", "2026-11-28 14:00"),
    ("Thurs 9am", "2026-11-26 09:00"),
    ("Wed 11:00", "2026-11-25 11:00"),
    ("Wednesday 9:00", "2026-12-02 09:00"),
    ("this Friday 18:30", "2026-11-27 18:30"),
    ("next Friday 18:30", "2026-12-04 18:30"),
    ("next week on Friday, 9am", "2026-12-04 09:00"),
    ("Friday next week 9am", "2026-12-04 09:00"),
    ("18:00", "2026-11-25 18:00"),
    ("8:00", "2026-11-26 08:00"),
    ("8pm", "2026-11-25 20:00"),
    ("8 p.m.", "2026-11-25 20:00"),
    ("12am", "2026-11-26 00:00"),
    ("12pm", "2026-11-25 12:00"),
    ("24:00", "2026-11-26 00:00"),
    ("8", "2026-11-26 08:00"),
    ("at eight o'clock", "2026-11-26 08:00"),
    ("half past 8 tomorrow", "2026-11-26 08:30"),
    ("quarter to nine", "2026-11-26 08:45"),
    ("a quarter past 11", "2026-11-25 11:15"),
    ("noon", "2026-11-25 12:00"),
    ("tomorrow at noon", "2026-11-26 12:00"),
    ("midnight", "2026-11-26 00:00"),
    ("tonight midnight", "2026-11-26 00:00"),
    # English: so long from now
    ("in 2 hours", "2026-11-25 12:00"),
    ("in two hours", "2026-11-25 12:00"),
    ("in 30 min", "2026-11-25 10:30"),
    ("in half an hour", "2026-11-25 10:30"),
    ("in an hour and a half", "2026-11-25 11:30"),
    ("in 1h30m", "2026-11-25 11:30"),
    ("in 1h30", "2026-11-25 11:30"),
    ("+45m", "2026-11-25 10:45"),
    ("2 hours from now", "2026-11-25 12:00"),
    ("90 minutes later", "2026-11-25 11:30"),
    ("in 1 day 2 hours", "2026-11-26 12:00"),
    ("in 3 days at 9:00", "2026-11-28 09:00"),
    ("in 2 weeks, 9am", "2026-12-09 09:00"),
    # dates in English
    ("1 Dec 9:00", "2026-12-01 09:00"),
    ("1st of December at 9am", "2026-12-01 09:00"),
    ("Dec 1 at 9am", "2026-12-01 09:00"),
    ("December 1, 2027 9:00", "2027-12-01 09:00"),
    ("1. Dec 2026 21:00", "2026-12-01 21:00"),
    ("1-Dec-2026 21:00", "2026-12-01 21:00"),
    ("2026 Dec 1 21:00", "2026-12-01 21:00"),
    ("Sat 28 Nov 9:00", "2026-11-28 09:00"),
    ("Saturday, November 28th at 9:00", "2026-11-28 09:00"),
    ("May 3 9:00", "2027-05-03 09:00"),
    ("the 15th at 9", "2026-12-15 09:00"),
    ("the 3rd of next month 9:00", "2026-12-03 09:00"),
    ("end of the month 18:00", "2026-11-30 18:00"),
    # figures
    ("2026-12-01 09:30", "2026-12-01 09:30"),
    ("2026/12/1 9:30", "2026-12-01 09:30"),
    ("2026.12.1 9:30", "2026-12-01 09:30"),
    ("2026-12-01T09:30", "2026-12-01 09:30"),
    ("2026-12-01T09:30:00Z", "2026-12-01 17:30"),
    ("2026-12-01T09:30:15.250+08:00", "2026-12-01 09:30"),
    ("2026-12-01 09:30 UTC", "2026-12-01 17:30"),
    ("2026-12-01 09:30 -0500", "2026-12-01 22:30"),
    ("2026-12-01 24:00", "2026-12-02 00:00"),
    ("13/02/2027 9:00", "2027-02-13 09:00"),
    ("02/13/2027 9:00", "2027-02-13 09:00"),
    ("12/25 9:00", "2026-12-25 09:00"),
    ("5/5 9:00", "2027-05-05 09:00"),
    ("Sat 5/12 9:00", "2026-12-05 09:00"),
    # Chinese: a day and an hour
    ("周六14:00", "2026-11-28 14:00"),
    ("周六 14:00", "2026-11-28 14:00"),
    ("周6 14:00", "2026-11-28 14:00"),
    ("星期六下午两点", "2026-11-28 14:00"),
    ("礼拜天早上8点", "2026-11-29 08:00"),
    ("週六 下午兩點", "2026-11-28 14:00"),
    ("下周六 14:00", "2026-12-05 14:00"),
    ("下个星期六14点", "2026-12-05 14:00"),
    ("下下周一 9点", "2026-12-07 09:00"),
    ("本周五 18:30", "2026-11-27 18:30"),
    ("这周五晚上七点半", "2026-11-27 19:30"),
    ("周一一点半", "2026-11-30 01:30"),
    ("周二十点", "2026-12-01 10:00"),
    ("周六晚8点", "2026-11-28 20:00"),
    ("周六早8点", "2026-11-28 08:00"),
    ("周六晚上12点", "2026-11-29 00:00"),
    ("明晚8点", "2026-11-26 20:00"),
    ("明早九点", "2026-11-26 09:00"),
    ("明天上午九点", "2026-11-26 09:00"),
    ("明天20点30分", "2026-11-26 20:30"),
    ("明天凌晨一点", "2026-11-26 01:00"),
    ("明天中午", "2026-11-26 12:00"),
    ("明天中午1点", "2026-11-26 13:00"),
    ("后天下午三点", "2026-11-27 15:00"),
    ("大后天9点", "2026-11-28 09:00"),
    ("今晚八点", "2026-11-25 20:00"),
    ("今天晚上8:30", "2026-11-25 20:30"),
    ("今晚12点", "2026-11-26 00:00"),
    ("今晚凌晨一点", "2026-11-26 01:00"),
    ("今夜十一点", "2026-11-25 23:00"),
    ("下午三点半", "2026-11-25 15:30"),
    ("下午3:30", "2026-11-25 15:30"),
    ("三点一刻", "2026-11-26 03:15"),
    ("三点三刻", "2026-11-26 03:45"),
    ("差一刻九点", "2026-11-26 08:45"),
    ("差五分十二点", "2026-11-25 11:55"),
    ("九点零五分", "2026-11-26 09:05"),
    ("9点05", "2026-11-26 09:05"),
    ("二十一点", "2026-11-25 21:00"),
    ("20時30分", "2026-11-25 20:30"),
    ("十二点整", "2026-11-25 12:00"),
    ("中午", "2026-11-25 12:00"),
    ("半夜", "2026-11-26 00:00"),
    ("凌晨一点", "2026-11-26 01:00"),
    ("半夜一点", "2026-11-26 01:00"),
    ("晚上1点", "2026-11-26 01:00"),
    ("深夜11点", "2026-11-25 23:00"),
    ("傍晚六点", "2026-11-25 18:00"),
    ("２０：００", "2026-11-25 20:00"),
    ("明天　８：００", "2026-11-26 08:00"),
    # Chinese: so long from now
    ("两小时后", "2026-11-25 12:00"),
    ("兩小時後", "2026-11-25 12:00"),
    ("两个小时之后", "2026-11-25 12:00"),
    ("半小时后", "2026-11-25 10:30"),
    ("一个半小时后", "2026-11-25 11:30"),
    ("一小时三十分钟以后", "2026-11-25 11:30"),
    ("30分钟后", "2026-11-25 10:30"),
    ("一刻钟后", "2026-11-25 10:15"),
    ("再过10分钟", "2026-11-25 10:10"),
    ("三天后下午三点", "2026-11-28 15:00"),
    ("两周后 9:00", "2026-12-09 09:00"),
    # dates in Chinese
    ("12月1日 9点", "2026-12-01 09:00"),
    ("12月1号晚上七点", "2026-12-01 19:00"),
    ("2026年12月1日9:30", "2026-12-01 09:30"),
    ("二〇二七年十二月二十一日九点", "2027-12-21 09:00"),
    ("十二月一日一点", "2026-12-01 01:00"),
    ("明年1月1日 0点", "2027-01-01 00:00"),
    ("12月5日（周六）14:00", "2026-12-05 14:00"),
    ("12/1 9点", "2026-12-01 09:00"),
    ("12/1晚上8点", "2026-12-01 20:00"),
    ("1号 9点", "2026-12-01 09:00"),
    ("下个月1号九点", "2026-12-01 09:00"),
    ("月底18点", "2026-11-30 18:00"),
    # both at once
    ("周六 8pm", "2026-11-28 20:00"),
    ("tomorrow 下午3点", "2026-11-26 15:00"),
]

DAYS = [
    ("tomorrow", "2026-11-26"),
    ("today", "2026-11-25"),
    ("tonight", "2026-11-25"),
    ("Monday", "2026-11-30"),
    ("Wed", "2026-12-02"),
    ("next Friday", "2026-12-04"),
    ("Dec 1st", "2026-12-01"),
    ("1 Dec", "2026-12-01"),
    ("25 Nov", "2026-11-25"),
    ("24 Nov", "2027-11-24"),
    ("29 Feb", "2028-02-29"),
    ("2026-12-01", "2026-12-01"),
    ("in 3 days", "2026-11-28"),
    ("in a week", "2026-12-02"),
    ("in 1 month", "2026-12-25"),
    ("in 3 months", "2027-02-25"),
    ("the 31st", "2026-12-31"),
    ("礼拜天", "2026-11-29"),
    ("周三", "2026-12-02"),
    ("下下周一", "2026-12-07"),
    ("本周五", "2026-11-27"),
    ("后天", "2026-11-27"),
    ("大后天", "2026-11-28"),
    ("今晚", "2026-11-25"),
    ("三天后", "2026-11-28"),
    ("一个月后", "2026-12-25"),
    ("十二月一日", "2026-12-01"),
    ("12月1日", "2026-12-01"),
    ("下个月1号", "2026-12-01"),
    ("月底", "2026-11-30"),
    ("下月底", "2026-12-31"),
    ("12月底", "2026-12-31"),
]


@pytest.mark.parametrize(("text", "wanted"), TIMED)
def test_a_time_is_read_as_it_is_meant(text: str, wanted: str) -> None:
    outcome = parse_time(text, NOW, SHANGHAI)
    assert isinstance(outcome, Parsed)
    assert (shown(outcome.at), outcome.date_only) == (wanted, False)
    assert outcome.matched.rstrip(".") == text.rstrip(".")


@pytest.mark.parametrize(("text", "wanted"), DAYS)
def test_a_day_without_an_hour_says_so(text: str, wanted: str) -> None:
    outcome = parse_time(text, NOW, SHANGHAI)
    assert isinstance(outcome, Parsed)
    assert (shown(outcome.at), outcome.date_only) == (f"{wanted} 00:00", True)


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("01/02/2027", ["2027-01-02 00:00", "2027-02-01 00:00"]),
        ("01/02/2027 9:00", ["2027-01-02 09:00", "2027-02-01 09:00"]),
        ("01.02.2027", ["2027-01-02 00:00", "2027-02-01 00:00"]),
        ("01-02-2027", ["2027-01-02 00:00", "2027-02-01 00:00"]),
        ("1/2/27", ["2027-01-02 00:00", "2027-02-01 00:00"]),
        ("12/1", ["2026-12-01 00:00", "2027-01-12 00:00"]),
        ("tomorrow midnight", ["2026-11-26 00:00", "2026-11-27 00:00"]),
        ("周六半夜", ["2026-11-28 00:00", "2026-11-29 00:00"]),
        ("周六半夜一点", ["2026-11-28 01:00", "2026-11-29 01:00"]),
        ("Sun 28 Nov 9:00", ["2026-11-28 09:00", "2026-11-29 09:00"]),
        ("周末 9点", ["2026-11-28 09:00", "2026-11-29 09:00"]),
        ("next weekend", ["2026-12-05 00:00", "2026-12-06 00:00"]),
    ],
)
def test_what_can_be_read_two_ways_comes_back_with_both(text: str, readings: list[str]) -> None:
    outcome = parse_time(text, NOW, SHANGHAI)
    assert isinstance(outcome, Ambiguous)
    assert [shown(at) for at in outcome.readings] == readings


def test_a_habit_settles_an_ambiguous_date() -> None:
    day, month = (parse_time("01/02/2027", NOW, SHANGHAI, day_first=first) for first in (True, False))
    assert isinstance(day, Parsed)
    assert isinstance(month, Parsed)
    assert (shown(day.at), shown(month.at)) == ("2027-02-01 00:00", "2027-01-02 00:00")
    clear = parse_time("12/25/2026", NOW, SHANGHAI, day_first=True)
    assert isinstance(clear, Parsed)


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "hello", "now", "soon", "whenever", "8 o", "8pmm", "8:5", "20261201", "99", "-1", "1 2 3", "8-10"),
        *("tomorrow tomorrow", "Sat Sun", "tomorrow 20 people", "Sat 9:00 bring water", "in", "in 2", "2 hours"),
        *("next week", "hello 25:00", "25:00 hello", "20:00-25:00", "25:00-26:00", "25 seats"),
        *("8am in the evening", "morning", "evening", "at", "Dec", "May I", "sunny", "monthly", "tomorrow 8pm 9pm"),
        *("周", "下周", "周八", "星期零", "两小时", "晚点", "25小时", "上午13点", "凌晨20点", "中午五点"),
        *("一会儿", "明天见", "1号楼", "\x00", "\x00tomorrow", "²", "８月", "½"),
        *("20:00-22:00", "12.5", "٣:٠٠", "2026-12-01T09:30+99:00", "+", "+99"),
    ],
)
def test_what_names_no_time_is_not_understood(text: str) -> None:
    assert parse_time(text, NOW, SHANGHAI) == NotUnderstood(text)


@pytest.mark.parametrize(
    "text",
    [
        *("31 Feb", "31 Feb 9:00", "2026-02-29", "2026-13-01", "32/13", "31/11", "0 Dec", "Dec 32", "Sat 30 Feb 8pm"),
        *("2月30日", "2月30号晚上8点", "十三月一日", "〇月〇日", "下个月32号"),
    ],
)
def test_a_day_that_no_calendar_has_is_named_as_such(text: str) -> None:
    assert parse_time(text, NOW, SHANGHAI) == NoSuchDay(text)


@pytest.mark.parametrize(
    "text",
    [
        *("25:00", "24:01", "12:60", "12:30:61", "0pm", "13am", "25pm", "tomorrow 25:00", "tomorrow at 8:75 pm"),
        *(
            "2026-12-01 25:00",
            "2026-12-01T25:00Z",
            "25点",
            "十百点",
            "三点六十分",
            "下午25点",
            "明天二十五点",
            "２５：００",
        ),
        "31 Feb 25:00",
    ],
)
def test_an_hour_that_no_clock_shows_is_named_as_such(text: str) -> None:
    assert parse_time(text, NOW, SHANGHAI) == NoSuchHour(text)


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("today 9:00", "2026-11-25 09:00"),
        ("today 10:00", "2026-11-25 10:00"),
        ("yesterday", "2026-11-24 00:00"),
        ("昨天", "2026-11-24 00:00"),
        ("今天早上8点", "2026-11-25 08:00"),
        ("本周一", "2026-11-23 00:00"),
        ("last Friday", "2026-11-20 00:00"),
        ("2025-01-01", "2025-01-01 00:00"),
        ("01/02/2020", "2020-02-01 00:00"),
        ("25 Nov 9:00", "2026-11-25 09:00"),
        ("2026-11-25T01:59:59Z", "2026-11-25 09:59"),
        ("in 0 minutes", "2026-11-25 10:00"),
        ("0001-01-01", "0001-01-01 00:00"),
    ],
)
def test_what_is_over_is_refused_as_past(text: str, at: str) -> None:
    outcome = parse_time(text, NOW, ZoneInfo("UTC") if text.startswith("0001") else SHANGHAI)
    assert isinstance(outcome, InPast)
    assert at in {shown(outcome.at), f"{outcome.at:%Y-%m-%d %H:%M}".zfill(16)}


@pytest.mark.parametrize(
    "text", ["2036-01-01", "9999-12-31 23:59", "in 6 years", "in 999999 weeks", "in 999999 hours", "十年后"]
)
def test_what_is_more_than_five_years_ahead_is_too_far(text: str) -> None:
    for tz in (SHANGHAI, ZoneInfo("America/Los_Angeles")):
        assert isinstance(parse_time(text, NOW, tz), TooFar)


def test_the_hour_the_clocks_skip_is_refused_with_what_comes_after() -> None:
    now = datetime(2027, 3, 27, 12, 0, tzinfo=UTC)
    wanted = DoesNotExist(datetime(2027, 3, 28, 2, 30), datetime(2027, 3, 28, 1, 0, tzinfo=UTC))  # noqa: DTZ001
    for text in ("2027-03-28 02:30", "tomorrow 2:30", "明天凌晨两点半", "Sun 2:30", "2:30"):
        assert parse_time(text, now, BERLIN) == wanted


def test_the_hour_that_comes_twice_is_the_first() -> None:
    outcome = parse_time("2026-10-25 02:30", datetime(2026, 10, 24, tzinfo=UTC), BERLIN)
    assert isinstance(outcome, Parsed)
    assert outcome.at == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_a_day_whose_midnight_is_skipped_begins_when_it_begins() -> None:
    outcome = parse_time("2026-04-24", NOW.replace(month=1), ZoneInfo("Africa/Cairo"))
    assert isinstance(outcome, Parsed)
    assert shown(outcome.at, ZoneInfo("Africa/Cairo")) == "2026-04-24 01:00"


def test_so_long_from_now_counts_real_hours_over_the_change_of_clocks() -> None:
    outcome = parse_time("in 2 hours", datetime(2027, 3, 28, 0, 30, tzinfo=UTC), BERLIN)
    assert isinstance(outcome, Parsed)
    assert shown(outcome.at, BERLIN) == "2027-03-28 04:30"


def test_a_saturday_night_is_still_ahead_when_sunday_has_begun() -> None:
    sunday = datetime(2026, 11, 28, 16, 10, tzinfo=UTC)  # 00:10 on Sunday in Shanghai
    outcome = parse_time("周六晚上1点", sunday, SHANGHAI)
    assert isinstance(outcome, Parsed)
    assert shown(outcome.at) == "2026-11-29 01:00"


@pytest.mark.parametrize(
    ("text", "wanted", "rest"),
    [
        ("Sat 09:00 bring water", "2026-11-28 09:00", "bring water"),
        ("Sat 2pm: meet at 3", "2026-11-28 14:00", "meet at 3"),
        ("tomorrow at 8 at the gate", "2026-11-26 08:00", "at the gate"),
        ("tonight 8 dinner", "2026-11-25 20:00", "dinner"),
        ("Sat 9, hike", "2026-11-28 09:00", "hike"),
        ("Sat 9:00 | 20 seats", "2026-11-28 09:00", "20 seats"),
        ("in 2 hours 30 people", "2026-11-25 12:00", "30 people"),
        ("in 2 hours 30 minutes run", "2026-11-25 12:30", "run"),
        ("2026-12-01 09:30 - start", "2026-12-01 09:30", "start"),
        ("1 Dec 9:00\nBring Water", "2026-12-01 09:00", "Bring Water"),
        ("周六14:00 去爬山", "2026-11-28 14:00", "去爬山"),
        ("周六14:00，带水", "2026-11-28 14:00", "带水"),
        ("明晚8点聚餐", "2026-11-26 20:00", "聚餐"),
        ("三点十人", "2026-11-26 03:00", "十人"),
        ("下午三点开会", "2026-11-25 15:00", "开会"),
        ("20:00-22:00 film", "2026-11-25 20:00", "-22:00 film"),
        ("Sat 20 seats", "2026-11-28 00:00", "20 seats"),
        ("Sat evening 20 people", "2026-11-28 00:00", "20 people"),
        ("周六去爬山", "2026-11-28 00:00", "去爬山"),
        ("Sat", "2026-11-28 00:00", ""),
    ],
)
def test_a_line_is_split_behind_its_longest_time(text: str, wanted: str, rest: str) -> None:
    outcome, left = split_time(text, NOW, SHANGHAI)
    assert isinstance(outcome, Parsed)
    assert (shown(outcome.at), left) == (wanted, rest)


@pytest.mark.parametrize(
    "text",
    [
        "hello there",
        "May I ask",
        "1号楼集合",
        "晚点到",
        "",
        "20 seats",
        "sunny day",
        "8 people",
        "50/60 split",
        "25:00 tea",
    ],
)
def test_a_line_that_begins_with_no_time_is_left_whole(text: str) -> None:
    assert split_time(text, NOW, SHANGHAI) == (NotUnderstood(text), text)


def test_a_doubtful_time_is_split_off_too() -> None:
    ambiguous, rest = split_time("01/02/2027 9:00 party", NOW, SHANGHAI)
    assert isinstance(ambiguous, Ambiguous)
    assert rest == "party"
    past, rest = split_time("yesterday 9:00 party", NOW, SHANGHAI)
    assert isinstance(past, InPast)
    assert rest == "party"


@pytest.mark.parametrize(
    ("day", "clock", "wanted"),
    [
        ("tonight", "8", "2026-11-25 20:00"),
        ("今晚", "8点半", "2026-11-25 20:30"),
        ("今晚", "下午6点", "2026-11-25 18:00"),
        ("tomorrow", "9", "2026-11-26 09:00"),
        ("周六", "晚上12点", "2026-11-29 00:00"),
        ("Sat", "9pm", "2026-11-28 21:00"),
        ("明天下午", "3点", "2026-11-26 15:00"),
        ("today", "18:00", "2026-11-25 18:00"),
    ],
)
def test_an_hour_asked_for_later_completes_its_day(day: str, clock: str, wanted: str) -> None:
    dated = parse_time(day, NOW, SHANGHAI)
    assert isinstance(dated, Parsed)
    assert dated.date_only
    outcome = complete(dated, clock, NOW, SHANGHAI)
    assert isinstance(outcome, Parsed)
    assert (shown(outcome.at), outcome.date_only) == (wanted, False)


def test_an_answer_that_is_no_hour_does_not_complete_a_day() -> None:
    dated = parse_time("tomorrow", NOW, SHANGHAI)
    assert isinstance(dated, Parsed)
    assert complete(dated, "Friday", NOW, SHANGHAI) == NotUnderstood("Friday")
    today = parse_time("today", NOW, SHANGHAI)
    assert isinstance(today, Parsed)
    assert isinstance(complete(today, "9:00", NOW, SHANGHAI), InPast)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("9", time(9)),
        ("09:00", time(9)),
        ("9点半", time(9, 30)),
        ("晚上10点", time(22)),
        ("22:30", time(22, 30)),
        ("10pm", time(22)),
        ("10:15 pm", time(22, 15)),
        ("noon", time(12)),
        ("midnight", time(0)),
        ("24:00", time(0)),
        ("０９：００", time(9)),
        ("at 9", time(9)),
        ("25", None),
        ("", None),
        ("tomorrow 9", None),
        ("in 2 hours", None),
        ("evening", None),
        ("nine-ish", None),
    ],
)
def test_a_time_of_day(text: str, wanted: time | None) -> None:
    assert parse_clock(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("22:00-07:30", (time(22), time(7, 30))),
        ("22:00 – 07:30", (time(22), time(7, 30))),
        ("22:00 to 07:30", (time(22), time(7, 30))),
        ("from 10pm until 7am", (time(22), time(7))),
        ("２２：００～０７：３０", (time(22), time(7, 30))),
        ("晚上10点到早上7点半", (time(22), time(7, 30))),
        ("晚上10点至7点", (time(22), time(7))),
        ("从下午2点到5点", (time(14), time(17))),
        ("2-5pm", (time(14), time(17))),
        ("9-5pm", (time(9), time(17))),
        ("9-17", (time(9), time(17))),
        ("noon-2pm", (time(12), time(14))),
        ("9", None),
        ("9-", None),
        ("9-10-11", None),
        ("-", None),
        ("Mon-Fri", None),
    ],
)
def test_a_stretch_of_the_day(text: str, wanted: tuple[time, time] | None) -> None:
    assert parse_range(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Mon-Fri", {0, 1, 2, 3, 4}),
        ("monday to friday", {0, 1, 2, 3, 4}),
        ("Fri-Mon", {4, 5, 6, 0}),
        ("Mon, Wed and Fri", {0, 2, 4}),
        ("mon wed", {0, 2}),
        ("Mon/Wed", {0, 2}),
        ("Tuesdays", {1}),
        ("weekdays", {0, 1, 2, 3, 4}),
        ("weekends", {5, 6}),
        ("every day", {0, 1, 2, 3, 4, 5, 6}),
        ("周一到周五", {0, 1, 2, 3, 4}),
        ("周五至周日", {4, 5, 6}),
        ("週一至五", {0, 1, 2, 3, 4}),
        ("周一三五", {0, 2, 4}),
        ("星期二、四", {1, 3}),
        ("周一、周三和周日", {0, 2, 6}),
        ("礼拜天", {6}),
        ("工作日", {0, 1, 2, 3, 4}),
        ("周末", {5, 6}),
        ("每天", {0, 1, 2, 3, 4, 5, 6}),
        ("", None),
        ("一", None),
        ("Mon-", None),
        ("Monkey", None),
        ("周一 9:00", None),
    ],
)
def test_a_set_of_weekdays(text: str, wanted: set[int] | None) -> None:
    assert parse_weekdays(text) == wanted


def test_what_the_wall_clock_shows_once_twice_or_never() -> None:
    once = local_to_utc(datetime(2026, 7, 1, 12, 0), BERLIN)  # noqa: DTZ001
    assert once == Exists(datetime(2026, 7, 1, 10, 0, tzinfo=UTC))
    twice = local_to_utc(datetime(2026, 10, 25, 2, 30), BERLIN)  # noqa: DTZ001
    assert twice == Twice(datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2026, 10, 25, 1, 30, tzinfo=UTC))
    never = local_to_utc(datetime(2027, 3, 28, 2, 30), BERLIN)  # noqa: DTZ001
    assert never == Gap(datetime(2027, 3, 28, 1, 30, tzinfo=UTC), datetime(2027, 3, 28, 1, 0, tzinfo=UTC))
    half = local_to_utc(datetime(2026, 10, 4, 2, 10), ZoneInfo("Australia/Lord_Howe"))  # noqa: DTZ001
    assert half == Gap(datetime(2026, 10, 3, 15, 40, tzinfo=UTC), datetime(2026, 10, 3, 15, 30, tzinfo=UTC))
