"""A table of plain values, and what holds for them in every kind of file."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bot.i18n import Html

if TYPE_CHECKING:
    from collections.abc import Sequence

Cell = str | int | float | bool | dt.date | dt.datetime | None
"""What a cell may hold. An instant is aware; None is an empty cell."""

_UNWRITABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_SURROGATE: Final = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True)
class Table:
    """A table with a title. Each row has a cell for each heading, or fewer: what is missing at its end is empty.

    :raises ValueError: if there is no heading, a row has more cells than there are headings, or an instant has no zone.
    """

    title: str
    headings: Sequence[str]
    rows: Sequence[Sequence[Cell]]

    def __post_init__(self) -> None:
        if not self.headings:
            raise ValueError(f"the table {self.title!r} needs at least one heading")
        for number, row in enumerate(self.rows, start=1):
            if len(row) > len(self.headings):
                raise ValueError(
                    f"row {number} of {self.title!r} has {len(row)} cells, but there are {len(self.headings)} headings"
                )
            for cell in row:
                if isinstance(cell, dt.datetime) and cell.tzinfo is None:
                    raise ValueError(f"row {number} of {self.title!r} has a time without a zone: {cell}")


def plain(text: str) -> str:
    """Return a text as a cell can hold it: without tags, control characters and broken halves of characters.

    Every kind of line end becomes a line feed; tabs stay.
    """
    text = text.striptags() if isinstance(text, Html) else text
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _SURROGATE.sub("\ufffd", _UNWRITABLE.sub("", text))
