"""Whoever is cancelled in the middle of the database's work leaves no connection, and no thread, behind."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path

import pytest

from bot.db.engine import Database


async def _write(database: Database) -> None:
    async with database.write() as tx:
        await tx.conn.exec_driver_sql("CREATE TABLE IF NOT EXISTS words (word TEXT)")
        await asyncio.sleep(0.01)


async def _read(database: Database) -> None:
    async with database.read() as tx:
        await tx.conn.exec_driver_sql("SELECT 1")
        await asyncio.sleep(0.01)


@pytest.mark.parametrize("loops", range(0, 40, 4))
async def test_closing_waits_for_what_goes_on_for_the_cancelled(tmp_path: Path, loops: int) -> None:
    before = set(threading.enumerate())
    database = Database.open(f"sqlite+aiosqlite:///{tmp_path}/bot.db")
    tasks = [asyncio.create_task(work(database)) for work in (_write, _read, _write, _read)]
    for _ in range(loops):
        await asyncio.sleep(0)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    await asyncio.wait_for(database.close(), 5)
    left = set(threading.enumerate()) - before
    for thread in left:
        await asyncio.to_thread(thread.join, 2)
    assert [thread for thread in left if thread.is_alive() and "asyncio" not in thread.name] == []
