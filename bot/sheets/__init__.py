"""Tables as files: a workbook for Excel and its kin, or a CSV file.

What is promised:

- What stands in a cell comes out as what it is: a number as a number, a day as a day, an instant in the reader's zone.
- No text becomes a formula, whatever it begins with.
- Chinese opens as Chinese, in Excel too.
- A table that cannot be written as it is (a row too long, too many rows) is a :class:`ValueError` that says why.
"""

from __future__ import annotations

from bot.sheets.cells import Cell, Table
from bot.sheets.csv_files import csv_file
from bot.sheets.workbooks import workbook

__all__ = ["Cell", "Table", "csv_file", "workbook"]
