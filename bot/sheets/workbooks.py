"""Tables as the sheets of an Excel workbook."""

from __future__ import annotations

import datetime as dt
import io
import math
import re
import unicodedata
from typing import TYPE_CHECKING, Final

import xlsxwriter

from bot.sheets.cells import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from zoneinfo import ZoneInfo

    from bot.sheets.cells import Cell, Table

# Excel's own limits.
_MOST_ROWS: Final = 1_048_576
_MOST_COLUMNS: Final = 16_384
_LONGEST_TEXT: Final = 32_767
_LONGEST_NAME: Final = 31
_LARGEST_EXACT: Final = 10**15
_FIRST_YEAR: Final = 1901
"""Excel counts days from 1900, and takes that year for a leap year."""

_DAY_FORMAT: Final = "yyyy-mm-dd"
_TIME_FORMAT: Final = "yyyy-mm-dd hh:mm"
_NARROWEST, _WIDEST = 6, 60
_MARGIN: Final = 3
"""Room for the button of the filter."""
_NO_NAME: Final = re.compile(r"[\[\]:*?/\\\x00-\x1f]")


def workbook(tables: Sequence[Table], *, tz: ZoneInfo, now: dt.datetime) -> bytes:
    """Write tables as an .xlsx workbook, a sheet each: headings bold and fixed at the top with a filter, columns as wide as needed.

    Instants are written in the zone given. As Excel can hold no more, a text ends in "…" after 32,767 characters, and a whole
    number of more than 15 digits, a number that is not finite and a time before 1901 become text. ``now`` is the time the file
    says that it was made. 50,000 rows of six cells take about 2 s; the rows lie in a temporary file, not in memory.

    :raises ValueError: if there is no table, or one has more rows or columns than a sheet can hold.
    """
    _check(tables)
    out = io.BytesIO()
    # Texts lie in their cells and rows go to the disk at once, else 50,000 rows take 100 MB.
    book = xlsxwriter.Workbook(out, {"constant_memory": True})
    book.set_properties({"created": now.astimezone(dt.UTC).replace(tzinfo=None)})
    formats = _Formats(book)
    for name, table in zip(sheet_names(table.title for table in tables), tables, strict=True):
        _write(book.add_worksheet(name), table, formats, tz)
    book.close()
    return out.getvalue()


def sheet_names(titles: Iterable[str]) -> list[str]:
    """Return names as Excel takes them for sheets: of at most 31 characters, without its signs, no two the same."""
    names: list[str] = []
    taken = {"history"}
    for number, title in enumerate(titles, start=1):
        base = " ".join(_NO_NAME.sub(" ", plain(title)).split()).strip("' ")
        base = _short(base, _LONGEST_NAME) or str(number)
        name, copy = base, 1
        while name.casefold() in taken:
            copy += 1
            ending = f" ({copy})"
            name = _short(base, _LONGEST_NAME - len(ending)) + ending
        taken.add(name.casefold())
        names.append(name)
    return names


class _Formats:
    """How cells look."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self.heading = book.add_format({"bold": True, "bottom": 1, "valign": "top"})
        self.day = book.add_format({"num_format": _DAY_FORMAT, "align": "left"})
        self.time = book.add_format({"num_format": _TIME_FORMAT, "align": "left"})
        self.whole = book.add_format({"num_format": "0"})


def _check(tables: Sequence[Table]) -> None:
    if not tables:
        raise ValueError("a workbook needs at least one table")
    for table in tables:
        if len(table.rows) >= _MOST_ROWS:
            raise ValueError(
                f"{table.title!r} has {len(table.rows)} rows; a sheet holds {_MOST_ROWS - 1} below its headings"
            )
        if len(table.headings) > _MOST_COLUMNS:
            raise ValueError(f"{table.title!r} has {len(table.headings)} columns; a sheet holds {_MOST_COLUMNS}")


def _write(sheet: xlsxwriter.worksheet.Worksheet, table: Table, formats: _Formats, tz: ZoneInfo) -> None:
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(table.rows), len(table.headings) - 1)
    widths = [_NARROWEST] * len(table.headings)
    for column, heading in enumerate(table.headings):
        text = _fitting(plain(heading))
        sheet.write_string(0, column, text, formats.heading)
        widths[column] = max(widths[column], _width(text) + 1)
    for row, cells in enumerate(table.rows, start=1):
        for column, cell in enumerate(cells):
            width = _write_cell(sheet, (row, column), cell, formats, tz)
            widths[column] = max(widths[column], width)
    for column, width in enumerate(widths):
        sheet.set_column(column, column, min(width + _MARGIN, _WIDEST))


def _write_cell(
    sheet: xlsxwriter.worksheet.Worksheet, at: tuple[int, int], cell: Cell, formats: _Formats, tz: ZoneInfo
) -> int:
    """Write a cell, and return how many narrow characters wide it is."""
    if cell is None:
        return 0
    if isinstance(cell, bool):
        sheet.write_boolean(*at, cell)
        return len("FALSE")
    if isinstance(cell, dt.datetime):
        cell = cell.astimezone(tz).replace(tzinfo=None)
        if cell.year >= _FIRST_YEAR:
            sheet.write_datetime(*at, cell, formats.time)
            return len(_TIME_FORMAT)
    elif isinstance(cell, dt.date) and cell.year >= _FIRST_YEAR:
        sheet.write_datetime(*at, cell, formats.day)
        return len(_DAY_FORMAT)
    elif isinstance(cell, int) and abs(cell) < _LARGEST_EXACT:
        sheet.write_number(*at, cell, formats.whole)
        return len(str(cell))
    elif isinstance(cell, float) and math.isfinite(cell):
        sheet.write_number(*at, cell)
        return len(f"{cell:.10g}")
    text = _fitting(plain(cell if isinstance(cell, str) else str(cell)))
    if text:
        sheet.write_string(*at, text)
    return _width(text)


def _fitting(text: str) -> str:
    return text if _units(text) <= _LONGEST_TEXT else _short(text, _LONGEST_TEXT - 1) + "…"


def _short(text: str, most: int) -> str:
    """Return the beginning of a text that has at most so many units of UTF-16, by which Excel counts."""
    kept = text.encode("utf-16-le")[: 2 * most].decode("utf-16-le", "ignore")
    return kept.rstrip("' ") if most <= _LONGEST_NAME else kept


def _units(text: str) -> int:
    return len(text) + sum(char > "\uffff" for char in text)


def _width(text: str) -> int:
    """Return how many narrow characters wide the widest line of a text is; a Chinese character counts as two."""
    return max(sum(_wide(char) for char in line[:_WIDEST]) for line in text.split("\n"))


def _wide(char: str) -> int:
    return 2 if char > "\u10ff" and unicodedata.east_asian_width(char) in "WF" else 1
