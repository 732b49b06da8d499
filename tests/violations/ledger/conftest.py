from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.db.engine import Database
from tests.databases import driver_url, migrated_sqlite

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path


@pytest.fixture
async def on_sqlite(tmp_path: Path) -> AsyncIterator[Database]:
    """A database that says how it will answer whatever is stored: PostgreSQL chooses by that."""
    database = Database.open(driver_url(migrated_sqlite(tmp_path / "ledger.db")))
    yield database
    await database.close()
