"""Databases that have every table: copies of one that this process brought up to date, once."""

from __future__ import annotations

import asyncio
import atexit
import functools
import shutil
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import bot
from bot.db.engine import Database
from bot.db.migrate import folders, upgrade
from bot.db.schema import metadata
from tests import postgres

ROOT = Path(bot.__file__).parent
_EMPTY = """
DO $$
DECLARE
    one record;
    filled boolean;
BEGIN
    FOR one IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version' LOOP
        EXECUTE format('SELECT EXISTS (SELECT FROM %I)', one.tablename) INTO filled;
        IF filled THEN
            EXECUTE format('TRUNCATE %I RESTART IDENTITY CASCADE', one.tablename);
        END IF;
    END LOOP;
END $$
"""


def driver_url(url: str) -> str:
    """Return a URL as settings give it with the driver that the engine wants."""
    return url.replace("sqlite:", "sqlite+aiosqlite:").replace("postgresql:", "postgresql+asyncpg:")


def migrated_sqlite(file: Path) -> str:
    """Put a SQLite database with every table at ``file`` and return its URL."""
    shutil.copyfile(_template(), file)
    return f"sqlite:///{file}"


def sqlite_database(file: Path) -> Database:
    """Open a new SQLite database with every table and no row."""
    return Database.open(driver_url(migrated_sqlite(file)))


@functools.cache
def migrated_postgres() -> str:
    """Return the URL of this process's PostgreSQL database with every table; :func:`emptied` makes it fit for another test."""
    url = postgres.postgres_url()
    _bring_up(url)
    return url


async def emptied(database: Database) -> None:
    """Take every row out of a PostgreSQL database; numbers begin again with 1. One of SQLite is a copy, and new."""
    if database.dialect == "sqlite":
        return
    async with database.write() as tx:
        await tx.conn.exec_driver_sql(_EMPTY)


@functools.cache
def _template() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="qunguan-db-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    file = folder / "bot.db"
    _bring_up(f"sqlite:///{file}")
    return file


def _bring_up(url: str) -> None:
    """Migrate in a thread: whoever asks has a loop running already."""

    async def migrate() -> None:
        database = Database.open(driver_url(url))
        await upgrade(database, folders(ROOT), metadata)
        await database.close()

    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, migrate()).result()
