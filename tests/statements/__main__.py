"""``python -m tests.statements``: how many statements each command and each button takes, the dearest first."""

from __future__ import annotations

import asyncio
import logging
import tempfile
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bot import logs
from tests.statements.counting import Counted, tapped, typed
from tests.statements.limits import acts, most
from tests.statements.world import opened

_WIDTH = 150
"""Columns where nobody says how many there are."""


async def count() -> list[Counted]:
    """Count everything."""
    with tempfile.TemporaryDirectory() as folder:
        async with opened(Path(folder)) as world:
            return [*await typed(world), *await tapped(world, depth=3)]


def show(found: list[Counted]) -> None:
    """Print the table."""
    known = acts()
    table = Table("Statements", "At most", "What was typed or tapped", title="Statements", title_justify="left")
    for one in sorted(found, key=lambda one: (-one.statements, str(one))):
        table.add_row(str(one.statements), str(most(one, known)), str(one))
    console = Console()
    if not console.is_terminal:
        console = Console(width=_WIDTH)
    console.print(table)


if __name__ == "__main__":
    logs.set_up("console", (), level=logging.ERROR)
    show(asyncio.run(count()))
