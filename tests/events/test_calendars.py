"""Files for calendars, read back by two libraries."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import vobject  # type: ignore[import-untyped]
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from bot.events.rules.calendars import Entry, calendar_file, uid_of
from bot.events.rules.event import State
from bot.events.rules.plan import Kind
from bot.events.texts import calendars as say
from bot.i18n import texts_for
from bot.kernel.times import local_to_utc
from tests.events.build import NOW, START, event

EN = texts_for("en", "UTC")
BOT = 4711
CARD = "https://t.me/c/100/7"


def entry(**values: Any) -> Entry:
    usual = {
        "uid": uid_of(3, BOT),
        "sequence": 0,
        "starts_at": START,
        "ends_at": START + timedelta(hours=3),
        "title": "Hike",
        "host": "Hikers",
    }
    return Entry(**{**usual, **values})


def read(data: bytes) -> Any:
    (found,) = Calendar.from_ical(data).walk("VEVENT")
    return found


def read_otherwise(data: bytes) -> Any:
    return vobject.readOne(data.decode()).vevent


def one_line(text: str) -> str:
    kept = "".join(c for c in " ".join(text.split()) if c >= " " and c != "\x7f" and not "\ud800" <= c <= "\udfff")
    return kept.replace("\\N", "＼N")


def test_a_file_says_when_where_and_what() -> None:
    data = calendar_file(
        [entry(sequence=4, place="Old Fort", spot=(31.2, 121.45), about="Bring tea;\nand rain gear", url=CARD)], NOW
    )

    assert b"\r\nMETHOD:PUBLISH\r\n" in data
    first = read(data)
    assert (first["uid"], first["sequence"], first["status"]) == ("event-3@4711.qunguan", 4, "CONFIRMED")
    assert (first.decoded("dtstart"), first.decoded("dtend")) == (START, START + timedelta(hours=3))
    assert first.decoded("dtstamp") == NOW
    assert (first["location"], first["description"]) == ("Old Fort", "Bring tea;\nand rain gear")
    assert first["url"] == CARD
    assert first["geo"].to_ical() == "31.2;121.45"
    second = read_otherwise(data)
    assert (second.uid.value, second.sequence.value, second.status.value) == ("event-3@4711.qunguan", "4", "CONFIRMED")
    assert (second.dtstart.value, second.dtend.value) == (START, START + timedelta(hours=3))
    assert (second.location.value, second.description.value) == ("Old Fort", "Bring tea;\nand rain gear")
    assert second.organizer.params["CN"] == ["Hikers"]


def test_what_is_cancelled_takes_its_entry_out() -> None:
    data = calendar_file([entry(sequence=5, is_off=True)], NOW)

    assert b"\r\nMETHOD:CANCEL\r\n" in data
    assert (read(data)["status"], read(data)["uid"]) == ("CANCELLED", uid_of(3, BOT))
    assert read_otherwise(data).status.value == "CANCELLED"


def test_many_events_make_one_calendar_in_which_some_may_be_off() -> None:
    data = calendar_file([entry(), entry(uid=uid_of(4, BOT), is_off=True)], NOW, "Hikers 徒步")

    calendar = Calendar.from_ical(data)
    assert (calendar["method"], calendar["x-wr-calname"]) == ("PUBLISH", "Hikers 徒步")
    assert [found["status"] for found in calendar.walk("VEVENT")] == ["CONFIRMED", "CANCELLED"]
    assert len(vobject.readOne(data.decode()).vevent_list) == 2


TEXT = st.text(st.characters(exclude_categories=()), max_size=300) | st.text(
    st.sampled_from("徒步🎉,;:\\\"'\n\r\t\u2028\x85\x0b\x1cn N=^"), max_size=200
)


@settings(max_examples=200)
@given(title=TEXT, host=TEXT, place=TEXT, about=TEXT)
def test_no_title_breaks_a_file(title: str, host: str, place: str, about: str) -> None:
    data = calendar_file([entry(title=title, host=host, place=place, about=about)], NOW)

    found, other = read(data), read_otherwise(data)
    assert str(found["summary"]) == one_line(title)
    assert other.summary.value == one_line(title)
    wanted = "\n".join(one_line(line) for line in about.splitlines())
    assert str(found.get("description", "")) == wanted
    assert str(found.get("location", "")) == one_line(place)
    assert found.decoded("dtstart") == other.dtstart.value == START


@given(st.text(st.sampled_from("周六徒步去古堡🎉a,;\\"), min_size=60, max_size=400))
def test_long_lines_are_folded_between_characters(title: str) -> None:
    data = calendar_file([entry(title=title)], NOW)

    for line in data.split(b"\r\n"):
        assert len(line) <= 75
        assert line.decode().strip("\r\n") == line.decode()
    assert read_otherwise(data).summary.value == one_line(title)


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York", "Asia/Shanghai", "Australia/Lord_Howe"])
def test_nine_in_the_morning_stays_nine_when_the_clocks_change(zone: str) -> None:
    tz = ZoneInfo(zone)
    for week in range(60):
        local = datetime(2027, 1, 3, 9, 0) + timedelta(weeks=week)  # noqa: DTZ001  (local on purpose)
        starts_at = local_to_utc(local, tz).at
        data = calendar_file([entry(starts_at=starts_at, ends_at=starts_at + timedelta(hours=2))], NOW)
        for found in (read(data).decoded("dtstart"), read_otherwise(data).dtstart.value):
            assert found.astimezone(tz).replace(tzinfo=None) == local


def test_the_hour_that_comes_twice_is_the_one_it_is() -> None:
    first = datetime(2027, 10, 31, 0, 30, tzinfo=UTC)
    for starts_at in (first, first + timedelta(hours=1)):
        data = calendar_file([entry(starts_at=starts_at, ends_at=starts_at + timedelta(hours=1))], NOW)
        assert read(data).decoded("dtstart") == read_otherwise(data).dtstart.value == starts_at
        assert starts_at.astimezone(ZoneInfo("Europe/Berlin")).hour == 2


# An event as an entry


def test_only_who_is_going_is_told_the_link() -> None:
    talk = event(kind=Kind.ONLINE, link="https://meet.example/abc", about="Rust for all", price="50 yuan")

    going = say.entry(EN, talk, "Hikers", BOT, CARD, is_going=True)
    anybody = say.entry(EN, talk, "Hikers", BOT, CARD, is_going=False)
    assert (going.url, anybody.url) == ("https://meet.example/abc", CARD)
    assert "https://meet.example/abc" in going.about
    assert "meet.example" not in anybody.about
    assert anybody.about.splitlines() == ["Rust for all", "Price: 50 yuan", f"Sign-up in Hikers: {CARD}"]
    assert anybody.place == "Online"


def test_a_cancelled_event_is_off_and_keeps_its_name() -> None:
    planned, off = (
        say.entry(EN, event(state), "Hikers", BOT, is_going=True) for state in (State.OPEN, State.CANCELLED)
    )

    assert (planned.is_off, off.is_off) == (False, True)
    assert planned.uid == off.uid
    assert planned.ends_at - planned.starts_at == timedelta(hours=3)


def test_a_point_on_the_map_is_a_place() -> None:
    found = say.entry(EN, event(spot=(31.2, 121.45)), "Hikers", BOT, is_going=False)

    assert (found.place, found.spot) == ("31.200000, 121.450000", (31.2, 121.45))
