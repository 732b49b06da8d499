from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.audit import store as audit_store
from bot.db.engine import Database
from bot.members import store
from bot.members.roles import store as roles_store
from bot.tg import own_menus_store
from bot.timers import store as timers_store

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

TABLES = (
    store.people,
    store.members,
    store.moves,
    roles_store.roles,
    roles_store.ages,
    audit_store.log,
    timers_store.due,
    own_menus_store.menus,
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
