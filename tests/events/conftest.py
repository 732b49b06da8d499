from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import bot.events.capability  # noqa: F401  (knows the tables of every part)
from bot.db.engine import Database
from bot.db.schema import metadata

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """A database with every table that events know, once SQLite and once PostgreSQL."""
    url = database_url.replace("sqlite:", "sqlite+aiosqlite:").replace("postgresql:", "postgresql+asyncpg:")
    database = Database.open(url)
    async with database.write() as tx:
        await tx.conn.run_sync(metadata.create_all)
    yield database
    await database.close()
