from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.audit import store as audit_store
from bot.db.engine import Database
from bot.violations import store as core_store
from bot.violations.ledger import store

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path


@pytest.fixture
async def database(database: Database) -> Database:
    """The database of the ledger's core, with the table of this part."""
    async with database.write() as tx:
        await tx.conn.run_sync(store.views.create)
    return database


@pytest.fixture
async def on_sqlite(tmp_path: Path) -> AsyncIterator[Database]:
    """A database that says how it will answer whatever is stored: PostgreSQL chooses by that."""
    database = Database.open(f"sqlite+aiosqlite:///{tmp_path}/ledger.db")
    tables = (core_store.cases, core_store.ladders, core_store.settings, core_store.held)
    async with database.write() as tx:
        for table in (audit_store.log, *tables, store.views):
            await tx.conn.run_sync(table.create)
    yield database
    await database.close()
