"""How much is measured, and how it is printed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_WIDTH = 150
"""Columns where nobody says how many there are: in a file, in a log of CI."""


@dataclass(frozen=True)
class Scale:
    """How much of everything. A round measures all sides once, one after the other; figures are medians over the rounds."""

    rounds: int = 11
    batches: int = 100
    people: int = 20_000
    groups: int = 10_000
    taps: int = 200
    storm: int = 5_000
    sends: int = 1_000
    timers: int = 100_000
    due: int = 1_000
    words: int = 50_000
    judged: int = 20
    """Batches of messages that are judged in a round."""
    broadcast: int = 1_000
    """Groups of a broadcast."""


FULL = Scale()
QUICK = Scale(rounds=3, batches=40, taps=60, storm=1_000, sends=400, judged=10, broadcast=300)
TINY = Scale(
    rounds=1,
    batches=2,
    people=200,
    groups=20,
    taps=3,
    storm=120,
    sends=20,
    timers=50,
    due=10,
    words=50,
    judged=1,
    broadcast=25,
)


@dataclass(frozen=True)
class Row:
    """One line: what was measured, our figure, the one beside it, how they compare, and what was promised."""

    what: str
    ours: str
    other: str = ""
    ratio: str = ""
    goal: str = ""


def show(rows: Iterable[Row]) -> None:
    """Print the table."""
    table = Table("", "Ours", "Beside it", "Ratio", "Goal", title="What things cost", title_justify="left")
    for row in rows:
        table.add_row(row.what, row.ours, row.other, row.ratio, row.goal)
    console = Console()
    if not console.is_terminal:
        console = Console(width=_WIDTH)
    console.print(table)


def micro(seconds: float) -> str:
    """Return seconds as microseconds."""
    return f"{seconds * 1e6:,.1f} µs"


def milli(seconds: float) -> str:
    """Return seconds as milliseconds."""
    return f"{seconds * 1e3:,.2f} ms"


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value that ``share`` (0 to 1) of all do not exceed."""
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]
