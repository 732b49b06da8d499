"""A database that is locked or goes away: what was begun is lost as a whole, and the next transaction finds a sound connection."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError

from bot.db.engine import Database, Tx
from bot.db.outages import DRIVER_ERRORS, OutOfReach, is_outage

BUSY = 0.1


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Let another program write meanwhile."""
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.execute("ROLLBACK")
        other.close()


async def insert(tx: Tx, note: str) -> None:
    await tx.execute(text("INSERT INTO notes (note) VALUES (:note)"), {"note": note})


async def nested(tx: Tx, *found: str) -> None:
    async with tx.savepoint():
        for note in found:
            await insert(tx, note)


async def writing(database: Database, story: Callable[[Tx], Awaitable[None]]) -> None:
    async with database.write() as tx:
        await story(tx)


async def outage(database: Database, story: Callable[[Tx], Awaitable[None]]) -> BaseException:
    """Tell a story in a writing transaction that meets an outage, and return what is raised at its end."""
    with pytest.raises(DRIVER_ERRORS) as caught:
        await writing(database, story)
    assert is_outage(caught.value)
    return caught.value


async def notes(database: Database) -> list[str]:
    async with database.read() as tx:
        return list((await tx.execute(text("SELECT note FROM notes ORDER BY note"))).scalars())


async def opened(url: str, busy_seconds: float = BUSY) -> Database:
    database = Database.open(
        url.replace("sqlite:", "sqlite+aiosqlite:").replace("postgresql:", "postgresql+asyncpg:"), busy_seconds
    )
    async with database.write() as tx:
        await tx.execute(text("CREATE TABLE notes (note TEXT PRIMARY KEY)"))
    return database


@pytest.fixture
async def lite(tmp_path: Path) -> AsyncIterator[Database]:
    database = await opened(f"sqlite:///{tmp_path}/bot.db")
    yield database
    await database.close()


@pytest.fixture
async def postgres(postgres_url: str) -> AsyncIterator[Database]:
    database = await opened(postgres_url)
    yield database
    await database.close()


# SQLite, locked by another program


async def test_a_lock_is_an_outage_and_the_next_transaction_is_a_whole_one(lite: Database, tmp_path: Path) -> None:
    async def undone(tx: Tx) -> None:
        async with tx.savepoint():
            await insert(tx, "undone")
        raise RuntimeError

    with locked(tmp_path / "bot.db"):
        await outage(lite, lambda tx: insert(tx, "lost"))
    with pytest.raises(RuntimeError):
        await writing(lite, undone)
    await writing(lite, lambda tx: insert(tx, "kept"))

    assert await notes(lite) == ["kept"]


async def test_who_catches_the_outage_cannot_write_on_outside_of_a_transaction(lite: Database, tmp_path: Path) -> None:
    async def story(tx: Tx) -> None:
        with locked(tmp_path / "bot.db"), pytest.raises(DBAPIError):
            await insert(tx, "lost")
        with pytest.raises(DBAPIError):
            await insert(tx, "after the lock is gone")
        with pytest.raises(DBAPIError):
            await nested(tx)

    await outage(lite, story)
    assert await notes(lite) == []


async def test_an_error_that_follows_from_the_outage_counts_as_the_outage(lite: Database, tmp_path: Path) -> None:
    async def story(tx: Tx) -> None:
        try:
            with locked(tmp_path / "bot.db"):
                await insert(tx, "lost")
        except DBAPIError as error:
            raise KeyError("found nothing") from error

    error = await outage(lite, story)
    assert isinstance(error.__cause__, KeyError)


@pytest.mark.parametrize("savepoint", [False, True], ids=["whole", "savepoint"])
async def test_what_waits_for_the_commit_meets_the_lock_as_well(
    lite: Database, tmp_path: Path, savepoint: bool
) -> None:
    told: list[str] = []

    async def story(tx: Tx) -> None:
        tx.after_commit(lambda: told.append("committed"))
        await tx.many("INSERT INTO notes (note) VALUES ($1)", [("lost",)])
        if savepoint:
            await nested(tx)

    with locked(tmp_path / "bot.db"):
        await outage(lite, story)
    assert told == []

    await writing(lite, lambda tx: tx.many("INSERT INTO notes (note) VALUES ($1)", [("kept",)]))
    assert await notes(lite) == ["kept"]


async def test_a_short_lock_is_waited_for(lite: Database, tmp_path: Path) -> None:
    with locked(tmp_path / "bot.db"):
        patient = asyncio.create_task(writing(lite, lambda tx: insert(tx, "patient")))
        await asyncio.sleep(BUSY / 4)
    await patient
    assert await notes(lite) == ["patient"]


async def test_how_long_is_waited_may_stand_in_the_address(tmp_path: Path) -> None:
    database = await opened(f"sqlite:///{tmp_path}/bot.db?timeout=0.05", 30.0)
    async with asyncio.timeout(5):
        with locked(tmp_path / "bot.db"):
            await outage(database, lambda tx: insert(tx, "lost"))
    await database.close()


async def test_readers_shut_out_by_an_exclusive_lock_read_again_afterwards(tmp_path: Path) -> None:
    path = tmp_path / "bot.db"
    database = await opened(f"sqlite:///{path}")
    await database.close()
    with sqlite3.connect(path) as plain:
        plain.execute("PRAGMA journal_mode=DELETE")
    plain.close()
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises((DBAPIError, OutOfReach)) as caught:
        await notes(database)
    other.execute("ROLLBACK")
    other.close()

    assert is_outage(caught.value)
    assert await notes(database) == []
    await database.close()


async def test_a_folder_that_is_not_there_is_out_of_reach(tmp_path: Path) -> None:
    database = Database.open(f"sqlite+aiosqlite:///{tmp_path}/nowhere/bot.db")
    with pytest.raises(OutOfReach):
        await notes(database)
    (tmp_path / "nowhere").mkdir()
    async with database.write() as tx:
        await tx.execute(text("CREATE TABLE notes (note TEXT)"))
    assert await notes(database) == []
    await database.close()


# Mistakes are no outages


async def test_mistakes_of_ours_are_no_outages(database_url: str) -> None:
    database = await opened(database_url)
    async with database.write() as tx:
        await insert(tx, "one")
        for statement in (
            "INSERT INTO notes (note) VALUES ('one')",
            "SELECT * FROM no_such_table",
            "SELEC 1",
            "INSERT INTO notes (nothing) VALUES (1)",
        ):
            with pytest.raises(DBAPIError) as caught:
                async with tx.savepoint():
                    await tx.execute(text(statement))
            assert not is_outage(caught.value), statement
        with pytest.raises((IntegrityError, sqlite3.IntegrityError)) as refused:
            async with tx.savepoint():
                await tx.many("INSERT INTO notes (note) VALUES ($1)", [("one",)])
        assert not is_outage(refused.value)
        await insert(tx, "two")
    assert not is_outage(ValueError("locked"))
    assert await notes(database) == ["one", "two"]
    await database.close()


# PostgreSQL, whose server closes connections

_KILL = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"


async def hang_up(database: Database) -> None:
    """Let the server close every connection but the one that says so."""
    async with database.read() as tx:
        await tx.execute(text(_KILL))


@pytest.mark.postgres
async def test_a_backend_that_ends_in_the_middle_takes_its_transaction_along(postgres: Database) -> None:
    async def story(tx: Tx) -> None:
        await insert(tx, "lost")
        await hang_up(postgres)
        with pytest.raises(DBAPIError):
            await nested(tx, "lost as well")
        with pytest.raises(DBAPIError):
            await insert(tx, "after it")

    await outage(postgres, story)
    await writing(postgres, lambda tx: insert(tx, "kept"))
    assert await notes(postgres) == ["kept"]


@pytest.mark.postgres
async def test_a_backend_that_ends_before_the_commit_is_an_outage(postgres: Database) -> None:
    async def story(tx: Tx) -> None:
        await insert(tx, "lost")
        await hang_up(postgres)

    await outage(postgres, story)
    assert await notes(postgres) == []


@pytest.mark.postgres
async def test_a_transaction_can_be_asked_for_by_its_number(postgres: Database) -> None:
    async with postgres.write() as tx:
        await tx.take_number()
        await insert(tx, "kept")
    assert await postgres.was_stored(tx)

    async def story(lost: Tx) -> None:
        nonlocal tx
        tx = lost
        await tx.take_number()
        await hang_up(postgres)

    await outage(postgres, story)
    assert not await postgres.was_stored(tx)
    tx.number = 1 << 40
    assert not await postgres.was_stored(tx), "a server that has not come that far"


@pytest.mark.postgres
async def test_a_transaction_that_is_still_open_is_ended_before_it_counts_as_not_stored(postgres: Database) -> None:
    async def story(tx: Tx) -> None:
        await tx.take_number()
        await insert(tx, "lost")
        with pytest.raises(OutOfReach):
            await postgres.was_stored(tx)
        for _ in range(100):
            try:
                assert not await postgres.was_stored(tx)
            except OutOfReach:
                await asyncio.sleep(0.02)
            else:
                break
        else:
            raise TimeoutError
        await insert(tx, "too late")

    await outage(postgres, story)
    assert await notes(postgres) == []


async def test_sqlite_numbers_no_transaction(lite: Database) -> None:
    async with lite.write() as tx:
        await tx.take_number()
    assert tx.number is None
    assert not await lite.was_stored(tx)


@pytest.mark.postgres
async def test_idle_connections_that_the_server_closed_are_replaced_unnoticed(postgres: Database) -> None:
    await notes(postgres)
    await hang_up(postgres)
    async with postgres.write() as tx:
        await insert(tx, "kept")
    assert await notes(postgres) == ["kept"]


@pytest.mark.postgres
async def test_a_server_that_is_not_there_is_out_of_reach() -> None:
    database = Database.open("postgresql+asyncpg://me:hush@127.0.0.1:9/bot")
    with pytest.raises(OutOfReach) as caught:
        await notes(database)
    assert "hush" not in str(caught.value)
    await database.close()


@pytest.mark.postgres
async def test_a_database_that_does_not_exist_is_out_of_reach(postgres_url: str) -> None:
    head, _, tail = postgres_url.replace("postgresql:", "postgresql+asyncpg:").partition("?")
    database = Database.open(f"{head}nowhere?{tail}")
    with pytest.raises(OutOfReach):
        await notes(database)
    await database.close()
