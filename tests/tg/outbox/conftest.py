"""Databases with the outbox's tables, a clock that stands still, and an office."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from bot.db.engine import Database
from bot.kernel.clock import MovableClock
from bot.tg import cards_store
from bot.tg.outbox import outbox_store
from tests.tg.outbox.office import TOLD, Office, opened

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

NOW = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
TABLES = [outbox_store.outbox, outbox_store.blobs, cards_store.cards]


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock(frozen_at=NOW)


@pytest.fixture
async def database(database: Database) -> Database:
    """The database, with a table of the tests' own."""
    async with database.write() as tx:
        await tx.conn.run_sync(TOLD.metadata.create_all)
    return database


@pytest.fixture
async def office(database: Database, clock: MovableClock) -> AsyncIterator[Office]:
    async with opened(database, clock) as made:
        yield made
