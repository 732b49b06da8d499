from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.audit import store as audit_store
from bot.db.engine import Database
from bot.digest import store
from bot.digest.activity import store as activity_store
from bot.digest.questions import store as questions_store
from bot.timers import store as timers_store

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

TABLES = (
    store.settings,
    activity_store.activity,
    activity_store.heard,
    questions_store.questions,
    timers_store.due,
    audit_store.log,
)


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """A database with the tables of this package, once SQLite and once PostgreSQL."""
    url = database_url.replace("sqlite:", "sqlite+aiosqlite:").replace("postgresql:", "postgresql+asyncpg:")
    database = Database.open(url)
    async with database.write() as tx:
        for table in TABLES:
            await tx.conn.run_sync(table.create)
    yield database
    await database.close()
