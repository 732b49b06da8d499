"""What was stored before an announcement had reviews, options and albums is kept, there and back."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest
from alembic import command
from sqlalchemy import text

from bot.app import ROOT
from bot.db.engine import Database
from bot.db.migrate import config_for, folders
from bot.db.schema import metadata

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from sqlalchemy import Connection

_OLD = """
INSERT INTO announcements_posts (group_id, number, state, html, kind, file_id, author_id, author_name, created_at,
  publisher_name, attempt, pin, refusal, problem)
VALUES (1, 7, 'failed', '<b>Hello</b>', 'photo', 'f', 5, 'Anna', 0, 'Ben', 1, 'none', 'other', 'Bad Request')
"""
_NEW = "SELECT html, file_id, state, writer_id, options, extra, approval FROM announcements_posts"


@asynccontextmanager
async def opened(database_url: str) -> AsyncIterator[Database]:
    url = database_url.replace("sqlite:", "sqlite+aiosqlite:").replace("postgresql:", "postgresql+asyncpg:")
    database = Database.open(url)
    yield database
    await database.close()


async def migrate(database: Database, revision: str, *, down: bool = False) -> None:
    def run(sync: Connection) -> None:
        config = config_for(folders(ROOT), metadata, sync)
        (command.downgrade if down else command.upgrade)(config, revision)

    async with database.connection() as conn:
        await conn.run_sync(run)
        await conn.commit()


@pytest.mark.parametrize("state", ["in_review", "withdrawn"])
async def test_what_was_stored_is_kept_there_and_back(database_url: str, state: str) -> None:
    async with opened(database_url) as database:
        await migrate(database, "announcements_0001")
        async with database.write() as tx:
            await tx.execute(text(_OLD))
        await migrate(database, "announcements_0002")
        async with database.write() as tx:
            row = (await tx.execute(text(_NEW))).one()
            assert tuple(row) == ("<b>Hello</b>", "f", "failed", 5, "{}", "{}", "")
            await tx.execute(text("UPDATE announcements_posts SET state = :state").bindparams(state=state))
        await migrate(database, "announcements_0001", down=True)
        async with database.read() as tx:
            row = (await tx.execute(text("SELECT html, file_id, state, problem FROM announcements_posts"))).one()
    former = {"in_review": "draft", "withdrawn": "discarded"}
    assert tuple(row) == ("<b>Hello</b>", "f", former[state], "Bad Request")


_CHANGED = """
UPDATE announcements_posts SET state = 'published', pending = '{}', writer_id = 8, remark = 'No', reviewer_name = 'Rita'
"""
_BESIDE = "SELECT pending_by, writer_id, remark_by, handed, reviewer_name FROM announcements_posts"


async def test_whose_a_waiting_change_is_and_who_remarked_is_kept_there_and_back(database_url: str) -> None:
    async with opened(database_url) as database:
        await migrate(database, "announcements_0001")
        async with database.write() as tx:
            await tx.execute(text(_OLD))
        await migrate(database, "announcements_0004")
        async with database.write() as tx:
            await tx.execute(text(_CHANGED))
        await migrate(database, "announcements_0005")
        async with database.write() as tx:
            assert tuple((await tx.execute(text(_BESIDE))).one()) == (8, 8, "Rita", "", "Rita")
            await tx.execute(text("UPDATE announcements_posts SET writer_id = 5, remark_by = 'Ben'"))
        await migrate(database, "announcements_0004", down=True)
        async with database.read() as tx:
            row = (await tx.execute(text("SELECT writer_id, reviewer_name FROM announcements_posts"))).one()
    assert tuple(row) == (8, "Ben")
