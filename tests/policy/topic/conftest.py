from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.audit import store as audit_store
from bot.db.engine import Database
from bot.policy.topic import store
from bot.timers import store as timers_store

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """A database with the tables of stopped topics, once SQLite and once PostgreSQL."""
    url = database_url.replace("sqlite:", "sqlite+aiosqlite:").replace("postgresql:", "postgresql+asyncpg:")
    database = Database.open(url)
    async with database.write() as tx:
        for table in (audit_store.log, timers_store.due, store.stopped, store.written):
            await tx.conn.run_sync(table.create)
    yield database
    await database.close()
