"""Months, spans and kinds of files as people write them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.events.looking.rules import (
    Kind,
    NotUnderstood,
    Span,
    Wanted,
    days_of,
    first_of,
    last_of,
    month_of,
    read_code,
    read_month,
    read_span,
    read_wanted,
    within_reach,
)
from bot.events.rules.plan import Plan

TODAY = date(2027, 3, 10)
days = st.dates(date(1900, 1, 1), date(2199, 12, 31))


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("2027-05", date(2027, 5, 1)),
        ("2027/5", date(2027, 5, 1)),
        ("2027年5月", date(2027, 5, 1)),
        ("5", date(2027, 5, 1)),
        ("3", date(2027, 3, 1)),
        ("2", date(2028, 2, 1)),
        ("5月", date(2027, 5, 1)),
        ("十二月", date(2027, 12, 1)),
        ("May", date(2027, 5, 1)),
        ("january", date(2028, 1, 1)),
        ("Dec 2025", date(2025, 12, 1)),
        ("next", date(2027, 4, 1)),
        ("Last  Month", date(2027, 2, 1)),
        ("下个月", date(2027, 4, 1)),
        ("本月", date(2027, 3, 1)),
        ("２０２７－０５", date(2027, 5, 1)),
    ],
)
def test_a_month_as_people_write_it(typed: str, expected: date) -> None:
    found = read_month(typed, TODAY)
    assert found is not None
    assert first_of(found) == expected


@pytest.mark.parametrize(
    "typed", ["", "0", "13", "2027-13", "2027-00", "0000-01", "9999-01", "Mayday", "5.5", "-1", "🎉"]
)
def test_what_is_no_month(typed: str) -> None:
    assert read_month(typed, TODAY) is None


@given(days)
def test_a_month_has_its_days(day: date) -> None:
    month = month_of(day)
    assert first_of(month) <= day <= last_of(month)
    assert last_of(month) + timedelta(days=1) == first_of(month + 1)


@given(st.integers(), days)
def test_no_month_is_out_of_reach(month: int, today: date) -> None:
    assert abs(within_reach(month, today) - month_of(today)) <= 120


@given(st.one_of(st.none(), days), st.one_of(st.none(), days))
def test_a_span_comes_back_from_its_button(first: date | None, last: date | None) -> None:
    span = Span(first, last)
    assert read_code(span.code()) == span
    assert len(span.code()) <= 17


@given(st.text())
def test_a_forged_span_is_none_or_a_span(code: str) -> None:
    assert isinstance(read_code(code), Span | None)


@pytest.mark.parametrize(
    "code", ["", "-20271301", "20270230-", "18991231-", "2027-2028", "20270101", "20270101-20270102-"]
)
def test_a_span_that_is_none(code: str) -> None:
    assert read_code(code) is None


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("coming", Span(TODAY)),
        ("未来", Span(TODAY)),
        ("past", Span(last=date(2027, 3, 9))),
        ("year", Span(date(2027, 1, 1), date(2027, 12, 31))),
        ("year 2026", Span(date(2026, 1, 1), date(2026, 12, 31))),
        ("2026年", Span(date(2026, 1, 1), date(2026, 12, 31))),
        ("ALL", Span()),
        ("2027-02", Span(date(2027, 2, 1), date(2027, 2, 28))),
        ("next month", Span(date(2027, 4, 1), date(2027, 4, 30))),
        ("2027-01-01 2027-06-30", Span(date(2027, 1, 1), date(2027, 6, 30))),
        ("from 2027-06-30 to 2027-01-01", Span(date(2027, 1, 1), date(2027, 6, 30))),
        ("2027年1月1日至2027年6月30日", Span(date(2027, 1, 1), date(2027, 6, 30))),
        ("2027-02-30 2027-03-01", None),
        ("sometime", None),
    ],
)
def test_a_span_as_people_write_it(typed: str, expected: Span | None) -> None:
    assert read_span(typed, TODAY) == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("", Wanted()),
        ("3", Wanted(number=3)),
        ("#3 csv", Wanted(number=3, kind=Kind.CSV)),
        ("3 .XLSX", Wanted(number=3, kind=Kind.XLSX)),
        ("2027", Wanted(number=2027)),
        ("ics", Wanted(kind=Kind.ICS)),
        ("all 日历", Wanted(span=Span(), kind=Kind.ICS)),
        ("2027-02 csv", Wanted(span=Span(date(2027, 2, 1), date(2027, 2, 28)), kind=Kind.CSV)),
        ("3 pdf", NotUnderstood("3 pdf")),
        ("<b>", NotUnderstood("<b>")),
    ],
)
def test_what_is_wanted_as_a_file(typed: str, expected: Wanted | NotUnderstood) -> None:
    assert read_wanted(typed, TODAY) == expected


@pytest.mark.parametrize(
    ("hours", "minutes", "expected"),
    [
        (9, None, [13]),
        (22, 4 * 60, [13]),
        (22, 9 * 60, [13, 14]),
        (9, 2 * 24 * 60, [13, 14, 15]),
    ],
)
def test_an_event_stands_on_each_of_its_days(hours: int, minutes: int | None, expected: list[int]) -> None:
    """What ends in the small hours belongs to the evening before."""
    zone = ZoneInfo("Asia/Shanghai")
    plan = Plan("Night", datetime(2027, 3, 13, hours, tzinfo=zone).astimezone(UTC), minutes=minutes)
    assert [day.day for day in days_of(plan, zone)] == expected
