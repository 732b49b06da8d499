from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.events.handlers.reading import start_and_length, with_end
from bot.events.rules import parts
from bot.events.rules.line import (
    FieldOnly,
    NotANumber,
    Twice,
    Unfit,
    UnknownPart,
    read_edit,
    read_line,
    read_parts,
    read_value,
)
from bot.events.rules.parts import End, Part, read_part
from bot.events.rules.plan import FIELDS, Asked, Field, Kind
from bot.kernel.times import Parsed, parse_time

DAY, HOUR = 24 * 60, 60
DIET = Asked("Diet?", ("all", "vegetarian"))
FOOD = Asked("饮食？", ("不限", "素食"))
NOW = datetime(2027, 3, 10, 10, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("2 hours", "minutes", 120),
        ("90 min", "minutes", 90),
        ("lasts 2 hours", "minutes", 120),
        ("3小时", "minutes", 180),
        ("时长半天", "minutes", 12 * HOUR),
        ("时长3小时", "minutes", 180),
        ("一个半小时", "minutes", 90),
        ("online", "kind", Kind.ONLINE),
        ("线下", "kind", Kind.OFFLINE),
        ("online https://meet.example.org/A?b=1", "link", "https://meet.example.org/A?b=1"),
        ("https://meet.example.org", "link", "https://meet.example.org"),
        ("线上 https://meet.example.org", "link", "https://meet.example.org"),
        ("链接：https://meet.example.org", "link", "https://meet.example.org"),
        ("50 yuan each", "price", "50 yuan each"),
        ("price 50, at the door", "price", "50, at the door"),
        ("$5 for members", "price", "$5 for members"),
        ("free", "price", "free"),
        ("每人50元", "price", "每人50元"),
        ("50元/人", "price", "50元/人"),
        ("费用：AA", "price", "AA"),
        ("免费", "price", "免费"),
        ("min 6", "minimum", 6),
        ("at least 6 people", "minimum", 6),
        ("no minimum", "minimum", None),
        ("至少6人", "minimum", 6),
        ("满6人成行", "minimum", 6),
        ("6人成行", "minimum", 6),
        ("remind 1 day, 2 hours", "reminders", (DAY, 2 * HOUR)),
        ("reminders: 2 hours and 1 day ahead", "reminders", (DAY, 2 * HOUR)),
        ("remind whenever", None, None),
        ("no reminders", "reminders", ()),
        ("提醒 1天、2小时", "reminders", (DAY, 2 * HOUR)),
        ("提前1天提醒", "reminders", (DAY,)),
        ("不提醒", "reminders", ()),
        ("promote 3 days, 1 day", "promote", (3 * DAY, DAY)),
        ("宣传 3天、1天", "promote", (3 * DAY, DAY)),
        ("reconfirm", "reconfirm", True),
        ("ask again", "reconfirm", True),
        ("再次确认", "reconfirm", True),
        ("named guests", "named", True),
        ("带人实名", "named", True),
        ("strict order", "strict", True),
        ("严格排队", "strict", True),
        ("no waiting list", "closes", True),
        ("满员即止", "closes", True),
        ("不设候补", "closes", True),
        ("automatic", "automatic", True),
        ("自动递补", "automatic", True),
        ("accept within 1 hour", "offer", HOUR),
        ("1小时内确认", "offer", HOUR),
        ("Diet? all / vegetarian", "questions", (DIET,)),
        ("ask Diet? all / vegetarian", "questions", (DIET,)),
        ("饮食？ 不限 / 素食", "questions", (FOOD,)),
        ("问：饮食？不限／素食", "questions", (FOOD,)),
        ("Where do you get on?", "questions", (Asked("Where do you get on?"),)),
        ("only Sales, IT", "tags", ("Sales", "IT")),
        ("仅限 销售部、技术部", "tags", ("销售部", "技术部")),
        ("about: Bring boots.", "about", "Bring boots."),
        ("说明：带上雨具", "about", "带上雨具"),
        ("until 12:00", "minutes", End("12:00", certain=False)),
        ("到12点", "minutes", End("12点", certain=False)),
        ("ends 12:00", "minutes", End("12:00")),
        ("ends at 5pm", "minutes", End("5pm")),
        ("到12点半结束", "minutes", End("12点半")),
        ("晚上9点结束", "minutes", End("晚上9点")),
        ("sign up until 12:00", "deadline", "12:00"),
        ("until Fri 12:00", "deadline", "Fri 12:00"),
        ("call 15 minutes", "call", 15),
        ("start notice: 1 hour", "call", 60),
        ("提前15分钟开场提醒", "call", 15),
        ("开播提醒 5分钟", "call", 5),
        ("周五20点截止", "deadline", "周五20点"),
        ("at 12 Elm Street", "place", "12 Elm Street"),
        ("在古堡", "place", "古堡"),
    ],
)
def test_every_field_is_read_in_english_and_chinese(text: str, field: str | None, value: object) -> None:
    part = read_part(text)

    assert (field, value) == (None, None) if part is None else (part.field, part.value) == (field, value)


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("price 60 yuan", Part("price", "60 yuan")),
        ("价格 60元", Part("price", "60元")),
        ("价格60元", Part("price", "60元")),
        ("price none", Part("price", None)),
        ("length 3h", Part("minutes", 180)),
        ("时长 3小时", Part("minutes", 180)),
        ("length long", Unfit("minutes", "long")),
        ("kind online", Part("kind", Kind.ONLINE)),
        ("形式 线上", Part("kind", Kind.ONLINE)),
        ("kind moon", Unfit("kind", "moon")),
        ("link https://x.example.org/a", Part("link", "https://x.example.org/a")),
        ("online https://x.example.org/a", Part("link", "https://x.example.org/a")),
        ("map 31.2304, 121.4737", Part("spot", (31.2304, 121.4737))),
        ("地图 31.2304，121.4737", Part("spot", (31.2304, 121.4737))),
        ("map 91, 0", Unfit("spot", "91, 0")),
        ("min 6", Part("minimum", 6)),
        ("最少 6人", Part("minimum", 6)),
        ("min many", NotANumber("minimum", "many")),
        ("reminders 2 hours, 1 day", Part("reminders", (DAY, 2 * HOUR))),
        ("提醒 不用", Part("reminders", ())),
        ("提醒 1天、2小时", Part("reminders", (DAY, 2 * HOUR))),
        ("promote none", Part("promote", ())),
        ("strict yes", Part("strict", True)),
        ("严格排队 否", Part("strict", False)),
        ("automatic no", Part("automatic", False)),
        ("offer 1 hour", Part("offer", 60)),
        ("确认时限 1小时", Part("offer", 60)),
        ("named yes", Part("named", True)),
        ("reconfirm no", Part("reconfirm", False)),
        ("tags Sales, IT", Part("tags", ("Sales", "IT"))),
        ("标签 无", Part("tags", ())),
        ("questions Diet? all / vegetarian\nBus stop?", Part("questions", (DIET, Asked("Bus stop?")))),
        ("报名问题 饮食？ 不限 / 素食", Part("questions", (FOOD,))),
        ("questions none", Part("questions", ())),
        ("about Bring boots.\nAnd water.", Part("about", "Bring boots.\nAnd water.")),
        ("说明：带雨具", Part("about", "带雨具")),
        ("picture", FieldOnly("picture")),
        ("picture of a hill", FieldOnly("picture")),
        ("图片 无", Part("picture", None)),
    ],
)
def test_an_edit_names_any_field(text: str, outcome: object) -> None:
    assert read_edit(text) == outcome


def test_questions_of_a_line_add_up_and_other_parts_do_not() -> None:
    line = read_line("Hike | Sat 9:00 | Diet? all / vegetarian | Bus stop?")

    assert line == read_line("Hike | Sat 9:00 | ask Diet? all / vegetarian | ask Bus stop?")
    assert read_line("Hike | Sat 9:00 | 2 hours | 3 hours") == Twice("minutes", "3 hours")
    assert read_line("Hike | Sat 9:00 | bring boots") == UnknownPart("bring boots")


@given(st.text(max_size=120), st.sampled_from(FIELDS))
def test_no_text_upsets_the_reader_of_a_field(text: str, field: Field) -> None:
    read_part(text)
    read_value(field, text)
    parts.questions(text)


@pytest.mark.parametrize("zone", ["UTC", "Asia/Shanghai"])
@pytest.mark.parametrize(
    ("text", "local", "length"),
    [
        ("Sat 9:00-12:00", "2027-03-13 09:00", 3.0),
        ("Sat 9-12", "2027-03-13 09:00", 3.0),
        ("Sat 2-5 pm", "2027-03-13 14:00", 3.0),
        ("tomorrow 8pm to 10pm", "2027-03-11 20:00", 2.0),
        ("Fri 22:00 - 01:00", "2027-03-12 22:00", 3.0),
        ("2027-03-13 09:00-11:30", "2027-03-13 09:00", 2.5),
        ("周六9点到12点", "2027-03-13 09:00", 3.0),
        ("周六下午2点到5点", "2027-03-13 14:00", 3.0),
        ("明晚8点到10点", "2027-03-11 20:00", 2.0),
        ("周六9:00至11:00", "2027-03-13 09:00", 2.0),
    ],
)
def test_a_start_with_its_end_has_a_length(text: str, local: str, length: float, zone: str) -> None:
    tz = ZoneInfo(zone)
    found = start_and_length(text, NOW, tz)

    assert found is not None
    start = parse_time(found[0], NOW, tz)
    assert isinstance(start, Parsed)
    assert f"{start.at.astimezone(tz):%Y-%m-%d %H:%M}" == local
    assert found[1] == timedelta(hours=length)


@pytest.mark.parametrize(
    ("when", "end", "length"),
    [
        ("Sat 9:00", End("12:00"), 3.0),
        ("周六9点", End("12点半"), 3.5),
        ("Sat 9:00", End("12:00", certain=False), 3.0),
        ("Sat 22:00", End("1:00"), 3.0),
        ("Sat 22:00", End("1:00", certain=False), None),
        ("Sat 9:00-11:00", End("12:00"), None),
        ("Sat", End("12:00"), None),
    ],
)
def test_an_end_goes_with_a_start_or_is_that_of_the_sign_up(when: str, end: End, length: float | None) -> None:
    together = with_end(when, end, NOW, ZoneInfo("UTC"))
    span = None if together is None else start_and_length(together, NOW, ZoneInfo("UTC"))

    assert (None if span is None else span[1] / timedelta(hours=1)) == length


def test_what_may_be_either_end_is_the_one_that_is_not_said() -> None:
    both = read_parts(["2 hours", "until 20:00"])
    assert both == {"minutes": 120, "deadline": "20:00"}
    assert read_parts(["until 20:00", "until Fri 9:00"]) == {
        "minutes": End("20:00", certain=False),
        "deadline": "Fri 9:00",
    }
    assert read_parts(["until 20:00", "until 21:00", "2 hours"]) == Twice("deadline", "until 21:00")


@pytest.mark.parametrize(
    "text",
    ["Sat 9:00", "3-4", "03-13", "May 3-4", "3-4 May", "2027-03-13", "2027-03-13T09:00-11:30", "Sat", "9-12", ""],
)
def test_what_may_be_a_date_is_no_length(text: str) -> None:
    assert start_and_length(text, NOW, ZoneInfo("UTC")) is None


@given(st.text(alphabet="0123456789:-–到 Satpmam周六点", max_size=24))
def test_a_length_is_never_nothing_nor_more_than_a_day(text: str) -> None:
    found = start_and_length(text, NOW, ZoneInfo("UTC"))

    assert found is None or timedelta() < found[1] <= timedelta(days=1)
