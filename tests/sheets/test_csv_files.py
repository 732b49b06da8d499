"""CSV files, read back with csv."""

from __future__ import annotations

import csv
import datetime as dt
import io
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.i18n import Html
from bot.sheets import Cell, Table, csv_file
from bot.sheets.cells import plain

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = dt.datetime(2026, 11, 22, 6, 30, tzinfo=dt.UTC)


def read(file: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(file.decode("utf-8-sig"), newline="")))


def cell(value: Cell) -> str:
    return read(csv_file(Table("x", ["a", "b"], [(value, "end")]), SHANGHAI))[1][0]


def test_excel_sees_that_it_is_utf_8_and_lines_end_as_the_rfc_says() -> None:
    file = csv_file(Table("x", ["姓名", "Came"], [("王小明", 12), ('a "b", c', None)]), SHANGHAI)

    assert file == '\ufeff姓名,Came\r\n王小明,12\r\n"a ""b"", c",\r\n'.encode()


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (12, "12"),
        (-5, "-5"),
        (2.5, "2.5"),
        (True, "TRUE"),
        (False, "FALSE"),
        (None, ""),
        (dt.date(2026, 11, 28), "2026-11-28"),
        (NOW, "2026-11-22 14:30:00"),
        (10**20, "1" + "0" * 20),
        ("two\r\nlines", "two\nlines"),
        (Html("<b>Tea &amp; cake</b>"), "Tea & cake"),
        ("a\x00b\ud800", "ab\ufffd"),
    ],
)
def test_a_value_is_written_so_that_a_spreadsheet_knows_it(value: Cell, written: str) -> None:
    assert cell(value) == written


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\n=1", "＝1+1", "＋1", "－1", "＠x"])
def test_no_text_becomes_a_formula(text: str) -> None:
    assert cell(text) == f"'{text}"
    assert read(csv_file(Table("x", [text], []), SHANGHAI)) == [[f"'{text}"]]


@pytest.mark.parametrize("text", ["\r=1", "\x00=1", "\x0b@x"])
def test_what_hides_a_formula_is_taken_away_first(text: str) -> None:
    assert cell(text).startswith("'")


@given(rows=st.lists(st.tuples(st.text(), st.text())))
def test_any_text_comes_back(rows: list[tuple[str, str]]) -> None:
    file = read(csv_file(Table("x", ["a", "b"], rows), SHANGHAI))

    assert [[text.removeprefix("'") for text in row] for row in file[1:]] == [
        [plain(text).removeprefix("'") for text in row] for row in rows
    ]
    assert not any(text.startswith(("=", "+", "-", "@", "\t", "\n")) for row in file for text in row)


def test_a_short_row_ends_with_empty_cells() -> None:
    assert read(csv_file(Table("x", ["a", "b", "c"], [("1",)]), SHANGHAI))[1] == ["1", "", ""]


@pytest.mark.parametrize(
    ("headings", "rows", "reason"),
    [
        ([], [], "at least one heading"),
        (["a"], [("1",), ("1", "2")], "row 2 of 'x' has 2 cells"),
        (["a"], [(dt.datetime(2026, 1, 1),)], "without a zone"),  # noqa: DTZ001
    ],
)
def test_a_table_that_is_none_is_refused_with_its_reason(
    headings: list[str], rows: list[tuple[Cell, ...]], reason: str
) -> None:
    with pytest.raises(ValueError, match=reason):
        Table("x", headings, rows)
