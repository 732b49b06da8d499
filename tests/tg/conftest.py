"""A bench on SQLite, and one on both databases."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.tg.bench import Bench, opened


@pytest.fixture
async def bench(tmp_path: Path) -> AsyncIterator[Bench]:
    """The bot without its pumps, freshly added to a group; what it says about that is taken already."""
    async with opened(f"sqlite:///{tmp_path / 'bot.db'}") as made:
        await made.take()
        yield made


@pytest.fixture
async def either_bench(database_url: str) -> AsyncIterator[Bench]:
    """The same on SQLite and on PostgreSQL."""
    async with opened(database_url) as made:
        await made.take()
        yield made
