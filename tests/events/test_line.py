from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.events.rules.line import (
    FieldOnly,
    Line,
    NotAnEdit,
    NotANumber,
    TitleOnly,
    Twice,
    UnknownPart,
    read_edit,
    read_line,
    read_number,
)
from bot.events.rules.parts import Part, read_part
from bot.events.rules.plan import Field


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("20 seats", "seats", 20),
        ("1 seat", "seats", 1),
        ("max 20", "seats", 20),
        ("Seats: 20", "seats", 20),
        ("twelve seats", None, None),
        ("unlimited", "seats", None),
        ("no limit", "seats", None),
        ("20人", "seats", 20),
        ("２０人", "seats", 20),
        ("二十人", "seats", 20),
        ("20个名额", "seats", 20),
        ("20個名額", "seats", 20),
        ("名额：20", "seats", 20),
        ("限20人", "seats", 20),
        ("不限人数", "seats", None),
        ("+1", "guests", 1),
        ("＋2", "guests", 2),
        ("+ 3", "guests", 3),
        ("2 guests", "guests", 2),
        ("no guests", "guests", 0),
        ("可带1人", "guests", 1),
        ("可以带两个朋友", "guests", 2),
        ("每人可带一人", "guests", 1),
        ("不可带人", "guests", 0),
        ("until Fri 20:00", "deadline", "Fri 20:00"),
        ("Sign-up until Friday", "deadline", "Friday"),
        ("截止周五20:00", "deadline", "周五20:00"),
        ("报名截止：周五20:00", "deadline", "周五20:00"),
        ("周五20:00截止", "deadline", "周五20:00"),
        ("at the Town Hall", "place", "the Town Hall"),
        ("place: Café 5", "place", "Café 5"),
        ("@ Café", "place", "Café"),
        ("地点：人民公园", "place", "人民公园"),
        ("在人民公园", "place", "人民公园"),
        ("bring boots", None, None),
        ("20", None, None),
        ("atlas", None, None),
    ],
)
def test_a_part_is_read_in_english_and_chinese(text: str, field: str | None, value: object) -> None:
    part = read_part(text)

    assert (field, value) == (None, None) if part is None else (part.field, part.value) == (field, value)


def test_the_line_of_the_handbook() -> None:
    line = read_line("Saturday hike | Sat 09:00 | 20 seats | +1 | until Fri 20:00")

    assert line == Line("Saturday hike", "Sat 09:00", {"seats": 20, "guests": 1, "deadline": "Fri 20:00"})


@pytest.mark.parametrize(
    "text",
    [
        "周六爬山｜周六9点｜20人｜可带1人｜截止周五20:00｜地点 香山",
        "周六爬山\n周六9点\n地点 香山\n截止周五20:00\n\n可带1人\n20人",
    ],
)
def test_parts_come_in_any_order_and_on_lines_of_their_own(text: str) -> None:
    parts: dict[Field, object] = {"seats": 20, "guests": 1, "deadline": "周五20:00", "place": "香山"}

    assert read_line(text) == Line("周六爬山", "周六9点", parts)


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("", TitleOnly("")),
        (" | ", TitleOnly("")),
        ("Saturday hike", TitleOnly("Saturday hike")),
        ("Hike | Sat 9:00 | bring boots", UnknownPart("bring boots")),
        ("Hike | Sat 9:00 | 20 seats | max 30", Twice("seats", "max 30")),
    ],
)
def test_what_a_line_lacks_is_named(text: str, outcome: object) -> None:
    assert read_line(text) == outcome


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("seats 25", Part("seats", 25)),
        ("25 seats", Part("seats", 25)),
        ("seats 25 seats", Part("seats", 25)),
        ("seats none", Part("seats", None)),
        ("名额 25", Part("seats", 25)),
        ("名额：25人", Part("seats", 25)),
        ("guests +2", Part("guests", 2)),
        ("guests no", Part("guests", 0)),
        ("+1", Part("guests", 1)),
        ("time Sat 10:00", Part("starts_at", "Sat 10:00")),
        ("时间：明晚8点", Part("starts_at", "明晚8点")),
        ("until Fri 18:00", Part("deadline", "Fri 18:00")),
        ("deadline none", Part("deadline", None)),
        ("place Hall 2", Part("place", "Hall 2")),
        ("地点 无", Part("place", None)),
        ("title: A New Hike", Part("title", "A New Hike")),
        ("seats", FieldOnly("seats")),
        ("seats many", NotANumber("seats", "many")),
        ("colour red", NotAnEdit("colour red")),
    ],
)
def test_an_edit_names_a_field_or_writes_a_part(text: str, outcome: object) -> None:
    assert read_edit(text) == outcome


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("3", (3, "")),
        ("#3 seats 5", (3, "seats 5")),
        ("三", (3, "")),
        ("３ 下雨", (3, "下雨")),
        ("hike", (None, "hike")),
        ("-3", (None, "-3")),
        ("99999999", (None, "99999999")),
        ("", (None, "")),
    ],
)
def test_an_event_is_named_by_its_number(text: str, outcome: object) -> None:
    assert read_number(text) == outcome


@given(st.text(alphabet=st.characters(), max_size=80))
def test_no_text_upsets_the_readers(text: str) -> None:
    read_line(text)
    read_edit(text)
    read_number(text)
