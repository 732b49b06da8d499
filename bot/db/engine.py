"""One writer, many readers, and what a transaction promises.

SQLite: every writing transaction goes through one connection, one after the other, and begins with ``BEGIN IMMEDIATE``;
with the driver's default, two transactions read before either writes and seats are sold twice. PostgreSQL: a pool.
"""

from __future__ import annotations

import asyncio
import re
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from sqlalchemy import event, make_url
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.db import sqlite

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterable, Sequence

    from sqlalchemy import CursorResult, Executable

    from bot.kernel.ids import GroupId

_NUMBERED = re.compile(r"\$(\d+)")
_LOCK_SPACE = 0x71756E67
"""The first half of our advisory locks' key, so that other users of the database do not meet them."""


class Tx:
    """A transaction. Handlers pass it on and never look inside; stores use its methods."""

    __slots__ = ("_after_commit", "_direct", "_waiting", "conn", "dialect", "memo", "statements")

    def __init__(self, conn: AsyncConnection, direct: sqlite.Connection | None = None) -> None:
        """Take over a connection; ``direct`` is the driver's, where what :meth:`many` is given may wait."""
        self.conn = conn
        self.dialect: str = conn.dialect.name
        self.statements = 0
        self.memo: dict[object, Any] = {}
        """What was read in this transaction and may be asked for again; whoever writes it drops it."""
        self._direct = direct
        self._waiting: list[sqlite.Statement] = []
        self._after_commit: list[Callable[[], None]] = []

    async def execute(self, statement: Executable, params: Any = None) -> CursorResult[Any]:
        """Run one Core statement."""
        self.statements += 1
        if self._waiting:
            await self._write_waiting()
        return await self.conn.execute(statement, params)

    async def many(self, sql: str, rows: Sequence[tuple[Any, ...]]) -> None:
        """Run textual SQL with ``$1`` parameters once per row, in one trip to the driver; for hot paths.

        It may run as late as before the next statement, or at the end of the savepoint or the transaction: there an error
        shows. A transaction of nothing else takes one trip in all.
        """
        if not rows:
            return
        self.statements += 1
        if self._direct is not None:
            self._waiting.append((_for_sqlite(sql), list(rows)))
        else:
            await self.conn.exec_driver_sql(sql, list(rows))

    async def _write_waiting(self) -> None:
        if self._direct is None or not self._waiting:
            return
        statements, self._waiting = self._waiting, []
        if not self.conn.in_transaction():
            await self.conn.begin()
        await self._direct.run(sqlite.write, statements)

    async def lock(self, group_ids: Iterable[GroupId]) -> None:
        """Keep other writers of these groups out until the end of the transaction (SQLite has one writer anyway)."""
        if self.dialect != "postgresql":
            return
        for group_id in sorted(set(group_ids)):
            await self.conn.exec_driver_sql("SELECT pg_advisory_xact_lock($1, $2)", (_LOCK_SPACE, group_id))

    @asynccontextmanager
    async def savepoint(self) -> AsyncIterator[None]:
        """Undo, on an exception, what was written inside, including what was to happen after the commit."""
        mark = len(self._after_commit)
        await self._write_waiting()
        try:
            async with self.conn.begin_nested():
                yield
                await self._write_waiting()
        except BaseException:
            self._waiting.clear()
            self.memo.clear()
            del self._after_commit[mark:]
            raise

    def after_commit(self, action: Callable[[], None]) -> None:
        """Have ``action`` called once the transaction is committed; caches may change only then."""
        self._after_commit.append(action)

    async def commit(self) -> None:
        """End the transaction; what was to happen after it is left to :meth:`committed`."""
        if self._direct is not None and self._waiting and not self.conn.in_transaction():
            statements, self._waiting = self._waiting, []
            await self._direct.run(sqlite.write_whole, statements)
            return
        await self._write_waiting()
        await self.conn.commit()

    def committed(self) -> None:
        """Run what was to happen after the commit."""
        for action in self._after_commit:
            action()


def _for_sqlite(sql: str) -> str:
    cached = _SQLITE_TEXT.get(sql)
    if cached is None:
        cached = _SQLITE_TEXT[sql] = _NUMBERED.sub(r"?\1", sql)
    return cached


_SQLITE_TEXT: dict[str, str] = {}


class Database:
    """The two engines (for SQLite one that writes and one that reads) behind ``write`` and ``read``."""

    def __init__(self, writer: AsyncEngine, reader: AsyncEngine) -> None:
        self._writer = writer
        self._reader = reader
        self._queue = asyncio.Lock()
        self._held: tuple[AsyncConnection, sqlite.Connection] | None = None
        self.dialect: str = writer.dialect.name

    @classmethod
    def open(cls, url: str) -> Database:
        """Open ``url`` (``sqlite+aiosqlite:///…`` or ``postgresql+asyncpg://…``); nothing is connected yet."""
        if url.startswith("sqlite"):
            return cls(_sqlite_engine(url, "BEGIN IMMEDIATE", 1), _sqlite_engine(url, "BEGIN", 4))
        engine = create_async_engine(url, pool_size=8, max_overflow=4, pool_pre_ping=True)
        return cls(engine, engine)

    @asynccontextmanager
    async def write(self) -> AsyncIterator[Tx]:
        """Open a writing transaction; it is committed at the end, or rolled back on an exception."""
        if self.dialect == "sqlite":
            async with self._queue:
                tx = Tx(*await self._hold())
                try:
                    yield tx
                    await tx.commit()
                except BaseException:
                    await asyncio.shield(self._let_go())
                    raise
                tx.committed()
        else:
            async with self._transaction(self._writer) as tx:
                yield tx

    async def _hold(self) -> tuple[AsyncConnection, sqlite.Connection]:
        """Return SQLite's writer, kept open from one transaction to the next: taking it from the pool costs more than most."""
        if self._held is None:
            conn = await self._writer.connect()
            direct = (await conn.get_raw_connection()).driver_connection
            if not isinstance(direct, sqlite.Connection):
                raise TypeError(type(direct))
            self._held = (conn, direct)
        return self._held

    async def _let_go(self) -> None:
        """Give SQLite's writer back to its pool, which rolls back what it left open."""
        held, self._held = self._held, None
        if held is not None:
            await held[0].close()

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Tx]:
        """Open a transaction that only reads."""
        async with self._transaction(self._reader) as tx:
            yield tx

    @staticmethod
    @asynccontextmanager
    async def _transaction(engine: AsyncEngine) -> AsyncIterator[Tx]:
        async with engine.begin() as conn:
            tx = Tx(conn)
            yield tx
        tx.committed()

    @asynccontextmanager
    async def connection(self) -> AsyncIterator[AsyncConnection]:
        """Lend the writer's bare connection, for migrations."""
        async with self._queue:
            await self._let_go()
            async with self._writer.connect() as conn:
                yield conn

    async def close(self) -> None:
        """Give back every connection."""
        await self._let_go()
        await self._writer.dispose()
        if self._reader is not self._writer:
            await self._reader.dispose()


def _sqlite_engine(url: str, begin: str, size: int) -> AsyncEngine:
    path = make_url(url).database or ":memory:"

    async def connect() -> sqlite.Connection:
        connection = sqlite.Connection(path)
        await connection
        return connection

    engine = create_async_engine(url, pool_size=size, max_overflow=0, async_creator=connect)

    @event.listens_for(engine.sync_engine, "begin")
    def start(connection: Any) -> None:
        connection.exec_driver_sql(begin)

    return engine
