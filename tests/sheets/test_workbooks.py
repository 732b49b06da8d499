"""Workbooks, read back with openpyxl."""

from __future__ import annotations

import datetime as dt
import io
import tracemalloc
import zipfile
from itertools import pairwise
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils.escape import unescape

from bot.i18n import Html
from bot.sheets import Cell, Table, workbook
from bot.sheets.cells import plain
from bot.sheets.workbooks import sheet_names

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = dt.datetime(2026, 11, 22, 6, 30, tzinfo=dt.UTC)
MEMBERS = Table("成员", ["姓名", "Came"], [("王小明", 12), ("Ann", 3)])
FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("http://x")', "{=1}", "http://x.example", "＝1"]


def sheet(table: Table) -> Worksheet:
    """Write a table and read it back."""
    return sheets(table)[0]


def sheets(*tables: Table) -> list[Worksheet]:
    return list(openpyxl.load_workbook(io.BytesIO(workbook(tables, tz=SHANGHAI, now=NOW))).worksheets)


def cells(table: Table) -> list[tuple[object, ...]]:
    return list(sheet(table).iter_rows(values_only=True))


def cell(value: Cell) -> object:
    return cells(Table("x", ["a", "b"], [(value, "end")]))[1][0]


def test_a_table_comes_back() -> None:
    read = sheet(MEMBERS)

    assert read.title == "成员"
    assert list(read.iter_rows(values_only=True)) == [("姓名", "Came"), ("王小明", 12), ("Ann", 3)]


def test_headings_are_bold_fixed_and_filtered() -> None:
    read = sheet(MEMBERS)

    assert [bool(heading.font.b) for heading in read[1]] == [True, True]
    assert [bool(value.font.b) for value in read[2]] == [False, False]
    assert read.freeze_panes == "A2"
    assert read.auto_filter.ref == "A1:B3"


@pytest.mark.parametrize(
    "value",
    [0, -5, 12, 3.25, True, False, "text", "汉字", " spaced ", "two\nlines", None, 999_999_999_999_999],
)
def test_a_value_stays_what_it_is(value: Cell) -> None:
    assert cell(value) == value
    assert type(cell(value)) is type(value)


def test_days_and_times_are_dates_in_the_zone_given() -> None:
    read = sheet(Table("x", ["day", "time"], [(dt.date(2026, 11, 28), NOW)]))

    assert read["A2"].value == dt.datetime(2026, 11, 28)  # noqa: DTZ001
    assert read["B2"].value == dt.datetime(2026, 11, 22, 14, 30)  # noqa: DTZ001
    assert (read["A2"].number_format, read["B2"].number_format) == ("yyyy-mm-dd", "yyyy-mm-dd hh:mm")


@pytest.mark.parametrize("text", FORMULAS)
def test_no_text_becomes_a_formula_or_a_link(text: str) -> None:
    read = sheet(Table(text, [text], [(text,)]))

    for found in (read["A1"], read["A2"]):
        assert found.value == plain(text)
        assert found.data_type != "f"
        assert found.hyperlink is None


def test_what_looks_like_an_escape_is_one_itself() -> None:
    assert unescape(str(cell("_x0041_"))) == "_x0041_"


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (10**15, "1000000000000000"),
        (-(10**20), "-100000000000000000000"),
        (float("inf"), "inf"),
        (float("nan"), "nan"),
        (dt.date(1899, 12, 31), "1899-12-31"),
        ("汉" * 40_000, "汉" * 32_766 + "…"),
        ("😀" * 20_000, "😀" * 16_383 + "…"),
        (Html("<b>Tea &amp; cake</b>"), "Tea & cake"),
        ("a\x00b\x1fc\ud800\uffff", "abc\ufffd"),
        ("", None),
    ],
)
def test_what_excel_cannot_hold_becomes_text_it_can(value: Cell, written: str | None) -> None:
    assert cell(value) == written


def test_columns_are_as_wide_as_their_contents() -> None:
    table = Table("x", ["a", "b", "c", "d"], [("汉" * 10, "x" * 10, "x" * 500, ""), ("汉", "x\nyy", "x", None)])
    widths = [sheet(table).column_dimensions[column].width for column in "ABCD"]

    assert widths[0] - widths[1] == pytest.approx(10)
    assert widths[1] > widths[3]
    assert widths[2] == pytest.approx(60, abs=1)


@pytest.mark.parametrize(
    ("titles", "names"),
    [
        (["a/b:c*[d]?\\e"], ["a b c d e"]),
        (["Same", "same", "SAME"], ["Same", "same (2)", "SAME (3)"]),
        (["x" * 40, "x" * 40], ["x" * 31, "x" * 27 + " (2)"]),
        (["", "'", "活动"], ["1", "2", "活动"]),
        (["History", "'quoted'"], ["History (2)", "quoted"]),
        (["😀" * 20], ["😀" * 15]),
    ],
)
def test_sheets_have_names_that_excel_takes(titles: list[str], names: list[str]) -> None:
    assert sheet_names(titles) == names
    assert [read.title for read in sheets(*(Table(title, ["a"], []) for title in titles))] == names


@given(
    titles=st.lists(
        st.text(max_size=50) | st.sampled_from(["a" * 31, "A" * 35, "a" * 27 + " (2)", "History"]), min_size=1
    )
)
def test_names_of_sheets_are_always_valid_and_unique(titles: list[str]) -> None:
    names = sheet_names(titles)

    assert len({name.casefold() for name in names}) == len(titles)
    for name in names:
        assert 1 <= len(name.encode("utf-16-le")) // 2 <= 31
        assert not set(name) & set("[]:*?/\\")
        assert name.strip("'") == name


def midnight(value: Cell) -> object:
    """A day is read back as its midnight."""
    return dt.datetime(value.year, value.month, value.day) if isinstance(value, dt.date) else value  # noqa: DTZ001


TEXT = st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), min_size=1)
CELLS = st.one_of(
    st.none(), st.booleans(), st.integers(-(10**14), 10**14), st.dates(dt.date(1901, 1, 1), dt.date(2200, 1, 1)), TEXT
)


@settings(max_examples=50)
@given(rows=st.lists(st.tuples(CELLS, CELLS), max_size=8))
def test_any_table_comes_back(rows: list[tuple[Cell, Cell]]) -> None:
    read = cells(Table("x", ["a", "b"], rows))[1:]
    expected = [tuple(midnight(value) for value in row) for row in rows]

    # A row without a value is none in the file.
    assert read + [(None, None)] * (len(expected) - len(read)) == expected


@settings(max_examples=25)
@given(text=st.text())
def test_no_text_breaks_a_workbook(text: str) -> None:
    assert cell(text) == (plain(text) or None)


def test_an_empty_table_has_its_headings() -> None:
    assert cells(Table("x", ["a", "b"], [])) == [("a", "b")]


def test_the_same_tables_are_the_same_file_made_at_the_time_given() -> None:
    one, other = (workbook([MEMBERS], tz=SHANGHAI, now=NOW) for _ in range(2))

    assert one == other
    assert b"2026-11-22T06:30:00Z" in zipfile.ZipFile(io.BytesIO(one)).read("docProps/core.xml")


def test_what_cannot_be_written_is_refused_with_its_reason() -> None:
    with pytest.raises(ValueError, match="at least one table"):
        workbook([], tz=SHANGHAI, now=NOW)
    with pytest.raises(ValueError, match="a sheet holds 1048575 below its headings"):
        workbook([Table("x", ["a"], [()] * 1_048_576)], tz=SHANGHAI, now=NOW)
    with pytest.raises(ValueError, match="a sheet holds 16384"):
        workbook([Table("x", ["a"] * 16_385, [])], tz=SHANGHAI, now=NOW)


@pytest.mark.slow
def test_many_rows_take_little_memory() -> None:
    rows: list[tuple[Cell, ...]] = [(f"成员 {n}", n, NOW, "=1+1") for n in range(50_000)]
    table = Table("x", ["a", "b", "c", "d"], rows)
    tracemalloc.start()
    try:
        file = workbook([table], tz=SHANGHAI, now=NOW)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    assert peak < 10 * 2**20
    book = openpyxl.load_workbook(io.BytesIO(file), read_only=True)
    values = [row[1] for row in book.worksheets[0].iter_rows(min_row=2, values_only=True)]
    book.close()
    assert len(values) == 50_000
    assert all(isinstance(a, int) and isinstance(b, int) and b == a + 1 for a, b in pairwise(values))
