"""A table as a CSV file (RFC 4180)."""

from __future__ import annotations

import csv
import datetime as dt
import io
from typing import TYPE_CHECKING, Final

from bot.sheets.cells import plain

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from bot.sheets.cells import Cell, Table

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\n", "＝", "＋", "－", "＠")
"""What a spreadsheet may take for the beginning of a formula; the full-width signs where the system is set to East Asia."""


def csv_file(table: Table, tz: ZoneInfo) -> bytes:
    """Write a table as UTF-8 with a byte order mark, by which Excel knows that it is UTF-8.

    Days are written 2026-11-28, instants 2026-11-28 14:00:00 in the zone given, truth as TRUE and FALSE. A text that a
    spreadsheet would take for a formula gets an apostrophe in front.
    """
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([_written(heading, tz) for heading in table.headings])
    for row in table.rows:
        missing = len(table.headings) - len(row)
        writer.writerow([*(_written(cell, tz) for cell in row), *[""] * missing])
    return out.getvalue().encode("utf-8-sig")


def _written(cell: Cell, tz: ZoneInfo) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, dt.datetime):
        return cell.astimezone(tz).replace(tzinfo=None).isoformat(" ", "seconds")
    if isinstance(cell, str):
        text = plain(cell)
        return f"'{text}" if text.startswith(_FORMULA) else text
    return str(cell)
