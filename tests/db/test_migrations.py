"""The migrations make just the tables that the stores describe, on both databases, from nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

import bot
from bot.db.engine import Database
from bot.db.migrate import differences, folders, upgrade
from bot.db.schema import metadata
from bot.events import service as events
from bot.events.rules.event import Created
from bot.events.rules.signup import Tally
from tests.db.tables import load_tables
from tests.events.build import GROUP, NOW, OWNER, plan

ROOT = Path(bot.__file__).parent


async def test_the_migrations_are_complete(database_url: str) -> None:
    load_tables()
    url = database_url.replace("sqlite:", "sqlite+aiosqlite:").replace("postgresql:", "postgresql+asyncpg:")
    database = Database.open(url)
    await upgrade(database, folders(ROOT), metadata)
    assert await differences(database, metadata) == []
    await database.close()


async def test_a_second_start_changes_nothing(tmp_path: Path) -> None:
    load_tables()
    database = Database.open(f"sqlite+aiosqlite:///{tmp_path}/bot.db")
    await upgrade(database, folders(ROOT), metadata)
    await upgrade(database, folders(ROOT), metadata)
    async with database.read() as tx:
        assert (await tx.conn.exec_driver_sql("PRAGMA foreign_keys")).scalar() == 1
        assert (await tx.conn.exec_driver_sql("PRAGMA synchronous")).scalar() == 2
    await database.close()


@pytest.mark.parametrize("part", ["series", "talks"])
async def test_a_part_of_events_that_comes_later_finds_what_was_stored(database_url: str, part: str) -> None:
    load_tables()
    url = database_url.replace("sqlite:", "sqlite+aiosqlite:").replace("postgresql:", "postgresql+asyncpg:")
    database = Database.open(url)
    everything = folders(ROOT)
    before = [folder for folder in everything if folder.parent.name != part]
    assert len(before) == len(everything) - 1
    await upgrade(database, before, metadata)
    async with database.write() as tx:
        made = await events.create(tx, GROUP, plan(), OWNER, NOW)
    await upgrade(database, everything, metadata)
    assert await differences(database, metadata) == []
    async with database.read() as tx:
        assert isinstance(made, Created)
        assert await events.numbered(tx, GROUP, made.event.number) == (made.event, Tally())
    await database.close()


def test_tables_begin_with_the_name_of_their_package() -> None:
    load_tables()
    packages = {path.name for path in ROOT.iterdir() if path.is_dir()}
    assert {name.partition("_")[0] for name in metadata.tables} <= packages
