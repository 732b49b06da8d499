"""Write the next migration of a package from what its tables are and what the migrations make of a database.

``python -m tests.db.write_migration events "price notes"`` writes ``bot/events/migrations/events_0002_price_notes.py``; read
it before committing it. A package's tables begin with its name.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from pathlib import Path
from typing import Any

import bot
from bot.db.engine import Database
from bot.db.migrate import create_revision, differences, folders, upgrade
from bot.db.schema import metadata
from tests.db.tables import load_tables

ROOT = Path(bot.__file__).parent


async def write(package: str, message: str) -> None:
    """Write the revision file."""
    load_tables()
    location = ROOT / package / "migrations"
    location.mkdir(exist_ok=True)
    number = f"{len(list(location.glob('*.py'))) + 1:04d}"
    with tempfile.TemporaryDirectory() as folder:
        database = Database.open(f"sqlite+aiosqlite:///{folder}/empty.db")
        await upgrade(database, folders(ROOT), metadata)
        if not any(name.startswith(f"{package}_") for name in _names(await differences(database, metadata))):
            raise SystemExit(f"{package}: the migrations are complete")
        await create_revision(database, location, metadata, package, number, message)
        await database.close()


def _names(found: list[object]) -> set[str]:
    """Return the tables that differ."""
    names: set[str] = set()
    for item in found:
        step: Any = item[0] if isinstance(item, list) else item
        table = next((part for part in step if hasattr(part, "columns")), None)
        names.add(table.name if table is not None else str(getattr(getattr(step[-1], "table", None), "name", step[2])))
    return names


if __name__ == "__main__":
    asyncio.run(write(sys.argv[1], sys.argv[2]))
