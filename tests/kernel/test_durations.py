"""Durations as people type them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.kernel.durations import parse_duration
from bot.kernel.numerals import whole_number

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("1h", HOUR),
        ("90 min", 90 * MINUTE),
        ("90m", 90 * MINUTE),
        ("45s", timedelta(seconds=45)),
        ("1h30m", 90 * MINUTE),
        ("1h30", 90 * MINUTE),
        ("1h 30 min", 90 * MINUTE),
        ("1 hour and 30 minutes", 90 * MINUTE),
        ("1.5h", 90 * MINUTE),
        ("an hour", HOUR),
        ("half an hour", 30 * MINUTE),
        ("an hour and a half", 90 * MINUTE),
        ("two days", 2 * DAY),
        ("2 days", 2 * DAY),
        ("2d 3h", 2 * DAY + 3 * HOUR),
        ("1 week", 7 * DAY),
        ("1w", 7 * DAY),
        ("1 month", 30 * DAY),
        ("1 year", 365 * DAY),
        ("0 min", timedelta(0)),
        ("半小时", 30 * MINUTE),
        ("半个小时", 30 * MINUTE),
        ("两小时", 2 * HOUR),
        ("兩個小時", 2 * HOUR),
        ("一个半小时", 90 * MINUTE),
        ("一小时半", 90 * MINUTE),
        ("一小时三十分钟", 90 * MINUTE),
        ("两小时零五分", 125 * MINUTE),
        ("1.5小时", 90 * MINUTE),
        ("一个钟头", HOUR),
        ("一刻钟", 15 * MINUTE),
        ("三十秒", timedelta(seconds=30)),
        ("30分钟", 30 * MINUTE),
        ("３０分鐘", 30 * MINUTE),
        ("1天", DAY),
        ("一天半", 36 * HOUR),
        ("半天", 12 * HOUR),
        ("一周", 7 * DAY),
        ("两个星期", 14 * DAY),
        ("一个月", 30 * DAY),
        ("半个月", 15 * DAY),
        ("一年", 365 * DAY),
        ("一百二十分钟", 120 * MINUTE),
    ],
)
def test_a_duration(text: str, wanted: timedelta) -> None:
    assert parse_duration(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "",
        "30",
        "h",
        "min",
        "1x",
        "1 hour ago",
        "2h 3h",
        "30m 1h",
        "-1h",
        "1e3 h",
        "9999999h",
        "12月",
        "两",
        "小时",
        "1h\x00",
        "1/2 h",
    ],
)
def test_what_is_no_duration(text: str) -> None:
    assert parse_duration(text) is None


def test_a_bare_number_counts_the_unit_that_is_given() -> None:
    assert parse_duration("30", default_unit=MINUTE) == 30 * MINUTE
    assert parse_duration("三十", default_unit=DAY) == 30 * DAY
    assert parse_duration("2h", default_unit=DAY) == 2 * HOUR
    assert parse_duration("999999", default_unit=timedelta.max) is None
    assert parse_duration("十百", default_unit=DAY) is None


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("12", 12),
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("二十一", 21),
        ("一百零五", 105),
        ("一百二十", 120),
        ("两千零二十六", 2026),
        ("二〇二六", 2026),
        ("零五", 5),
        ("twelve", 12),
        ("十百", None),
        ("一一十", None),
        ("many", None),
        ("", None),
    ],
)
def test_whole_numbers(text: str, wanted: int | None) -> None:
    assert whole_number(text) == wanted
