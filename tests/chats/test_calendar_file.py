"""Public holidays in a calendar file: what would be added, what is left out, and files that are none."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chats.rules.calendar_file import MOST_BYTES, Holiday, Offer, Unfit, read_calendar

TODAY = date(2026, 11, 23)
HEAD, TAIL = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//EN\r\n", "END:VCALENDAR\r\n"


def entry(*lines: str) -> str:
    return "".join(f"{line}\r\n" for line in ("BEGIN:VEVENT", "UID:1", *lines, "END:VEVENT"))


def calendar(*entries: str) -> bytes:
    return (HEAD + "".join(entries) + TAIL).encode()


def read(*entries: str, held: frozenset[date] = frozenset()) -> Offer | Unfit:
    return read_calendar(calendar(*entries), TODAY, held)


def found(*lines: str) -> list[str]:
    offer = read(entry(*lines))
    assert isinstance(offer, Offer)
    return [f"{one.first.isoformat()}/{one.last.isoformat()} {one.name}".strip() for one in offer.holidays]


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        (["SUMMARY:Christmas", "DTSTART;VALUE=DATE:20261225"], ["2026-12-25/2026-12-25 Christmas"]),
        (
            ["SUMMARY:国庆节", "DTSTART;VALUE=DATE:20271001", "DTEND;VALUE=DATE:20271008"],
            ["2027-10-01/2027-10-07 国庆节"],
        ),
        (["DTSTART;VALUE=DATE:20271001", "DURATION:P3D"], ["2027-10-01/2027-10-03"]),
        (
            ["DTSTART;TZID=Asia/Shanghai:20271001T000000", "DTEND;TZID=Asia/Shanghai:20271002T000000"],
            ["2027-10-01/2027-10-01"],
        ),
        (
            ["SUMMARY:New Year", "DTSTART;VALUE=DATE:20200101", "RRULE:FREQ=YEARLY"],
            ["2027-01-01/2027-01-01 New Year", "2028-01-01/2028-01-01 New Year"],
        ),
        (
            ["DTSTART;VALUE=DATE:20201126", "RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH"],
            ["2026-11-26/2026-11-26", "2027-11-25/2027-11-25", "2028-11-23/2028-11-23"],
        ),
        (
            ["DTSTART;VALUE=DATE:20200525", "RRULE:FREQ=YEARLY;BYMONTH=5;BYDAY=-1MO;COUNT=8"],
            ["2027-05-31/2027-05-31"],
        ),
        (
            ["DTSTART;VALUE=DATE:20201103", "RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8"],
            ["2027-11-02/2027-11-02", "2028-11-07/2028-11-07"],
        ),
        (["DTSTART;VALUE=DATE:20200229", "RRULE:FREQ=YEARLY"], ["2028-02-29/2028-02-29"]),
        (["DTSTART;VALUE=DATE:20250401", "RRULE:FREQ=YEARLY;INTERVAL=2"], ["2027-04-01/2027-04-01"]),
        (
            ["DTSTART;VALUE=DATE:20200101", "RRULE:FREQ=YEARLY;UNTIL=20270601"],
            ["2027-01-01/2027-01-01"],
        ),
        (
            ["DTSTART;VALUE=DATE:20200101", "RRULE:FREQ=YEARLY", "EXDATE;VALUE=DATE:20270101"],
            ["2028-01-01/2028-01-01"],
        ),
        (["SUMMARY:Day\\, with a comma", "DTSTART;VALUE=DATE:20261225"], ["2026-12-25/2026-12-25 Day, with a comma"]),
        (["SUMMARY:A long\r\n  name", "DTSTART;VALUE=DATE:20261225"], ["2026-12-25/2026-12-25 A long name"]),
    ],
)
def test_whole_days_are_read(lines: list[str], wanted: list[str]) -> None:
    assert found(*lines) == wanted


@pytest.mark.parametrize(
    ("lines", "left"),
    [
        (["DTSTART;VALUE=DATE:20200101"], "past"),
        (["DTSTART;VALUE=DATE:20261225", "STATUS:CANCELLED"], "past"),
        (["DTSTART;VALUE=DATE:20270101"], "past"),  # it is a holiday already
        (["DTSTART:20261225T090000Z", "DTEND:20261225T100000Z"], "timed"),
        (["DTSTART:20261225T000000Z"], "timed"),
        (["SUMMARY:nothing else"], "timed"),
        (["SUMMARY:国庆节补班", "DTSTART;VALUE=DATE:20270926"], "worked"),
        (["SUMMARY:春节（班）", "DTSTART;VALUE=DATE:20270926"], "worked"),
        (["SUMMARY:Substitute working day", "DTSTART;VALUE=DATE:20270926"], "worked"),
        (["DTSTART;VALUE=DATE:20400101"], "distant"),
        (["DTSTART;VALUE=DATE:20260101", "RRULE:FREQ=DAILY"], "odd"),
        (["DTSTART;VALUE=DATE:20260101", "RRULE:FREQ=YEARLY;BYYEARDAY=100"], "odd"),
        (["DTSTART;VALUE=DATE:20261201", "DTEND;VALUE=DATE:20271201"], "odd"),
        (["DTSTART;VALUE=DATE:20261201", "DTEND;VALUE=DATE:20261101"], "odd"),
    ],
)
def test_what_is_left_out_is_counted(lines: list[str], left: str) -> None:
    held = frozenset({date(2027, 1, 1)})
    offer = read(entry(*lines), entry("DTSTART;VALUE=DATE:20261231"), held=held)
    assert isinstance(offer, Offer)
    assert offer.holidays == (Holiday(date(2026, 12, 31), date(2026, 12, 31)),)
    assert {name: getattr(offer, name) for name in ("past", "timed", "worked", "distant", "odd")} == {
        "past": 0,
        "timed": 0,
        "worked": 0,
        "distant": 0,
        "odd": 0,
        left: 1,
    }


def test_a_day_that_is_named_twice_is_added_once() -> None:
    offer = read(entry("DTSTART;VALUE=DATE:20261225"), entry("SUMMARY:Again", "DTSTART;VALUE=DATE:20261225"))
    assert isinstance(offer, Offer)
    assert offer.days == {date(2026, 12, 25)}
    assert len(offer.holidays) == 1


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (None, Unfit.NO_FILE),
        (b"x" * (MOST_BYTES + 1), Unfit.LARGE),
        (b"", Unfit.UNREADABLE),
        (b"hello", Unfit.UNREADABLE),
        (b"\xff\xfe\x00", Unfit.UNREADABLE),
        (b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n", Unfit.UNREADABLE),
        (b"END:VCALENDAR\r\n", Unfit.UNREADABLE),
        (calendar(), Unfit.NOTHING_NEW),
        (calendar(entry("DTSTART;VALUE=DATE:20200101")), Unfit.NOTHING_NEW),
        (calendar(entry("DTSTART;VALUE=DATE:20261399")), Unfit.NOTHING_NEW),
        (calendar(entry("DTSTART:20261225T090000Z")), Unfit.NOTHING_NEW),
    ],
)
def test_files_that_add_nothing(data: bytes | None, why: Unfit) -> None:
    assert read_calendar(data, TODAY, ()) is why


values = st.sampled_from(
    [
        "20261225",
        "20261399",
        "P1D",
        "PT1H",
        "-P9999W",
        "FREQ=YEARLY",
        "FREQ=YEARLY;BYDAY=9XX",
        "FREQ=YEARLY;INTERVAL=0",
        "FREQ=YEARLY;BYMONTH=99;BYMONTHDAY=-400",
        "99991231",
        "00010101",
        "20261225T000000Z",
        "x",
        "",
        "\\",
        "20261225,20261226",
    ]
)
lines = st.builds(
    "{}{}:{}".format,
    st.sampled_from(["DTSTART", "DTEND", "DURATION", "RRULE", "EXDATE", "SUMMARY", "STATUS", "BEGIN", "END", "RDATE"]),
    st.sampled_from(["", ";VALUE=DATE", ";TZID=Mars/Olympus", ";VALUE=PERIOD", ";="]),
    values | st.text(max_size=12),
)


@given(st.lists(st.lists(lines, max_size=6), max_size=4))
def test_no_file_is_too_odd_to_be_answered(entries: list[list[str]]) -> None:
    data = calendar(*(entry(*one) for one in entries)).replace(b"\xed", b"")
    answer = read_calendar(data, TODAY, ())
    assert isinstance(answer, Offer | Unfit)
    if isinstance(answer, Offer):
        assert all(TODAY <= one.last <= TODAY + timedelta(days=3 * 366) for one in answer.holidays)
