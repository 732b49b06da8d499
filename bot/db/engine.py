"""One writer, many readers, and what a transaction promises.

SQLite: every writing transaction goes through one connection, one after the other, and begins with ``BEGIN IMMEDIATE``;
with the driver's default, two transactions read before either writes and seats are sold twice. PostgreSQL: a pool.
"""

from __future__ import annotations

import asyncio
import re
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterable, Sequence

    from sqlalchemy import CursorResult, Executable

    from bot.kernel.ids import GroupId

_NUMBERED = re.compile(r"\$(\d+)")
_LOCK_SPACE = 0x71756E67
"""The first half of our advisory locks' key, so that other users of the database do not meet them."""


class Tx:
    """A transaction. Handlers pass it on and never look inside; stores use its methods."""

    __slots__ = ("_after_commit", "conn", "dialect", "statements")

    def __init__(self, conn: AsyncConnection) -> None:
        self.conn = conn
        self.dialect: str = conn.dialect.name
        self.statements = 0
        self._after_commit: list[Callable[[], None]] = []

    async def execute(self, statement: Executable, params: Any = None) -> CursorResult[Any]:
        """Run one Core statement."""
        self.statements += 1
        return await self.conn.execute(statement, params)

    async def many(self, sql: str, rows: Sequence[tuple[Any, ...]]) -> None:
        """Run textual SQL with ``$1`` parameters once per row, in one trip to the driver; for hot paths."""
        if not rows:
            return
        self.statements += 1
        text = sql if self.dialect == "postgresql" else _for_sqlite(sql)
        await self.conn.exec_driver_sql(text, list(rows))

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
        try:
            async with self.conn.begin_nested():
                yield
        except BaseException:
            del self._after_commit[mark:]
            raise

    def after_commit(self, action: Callable[[], None]) -> None:
        """Have ``action`` called once the transaction is committed; caches may change only then."""
        self._after_commit.append(action)

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
            async with self._queue, self._transaction(self._writer) as tx:
                yield tx
        else:
            async with self._transaction(self._writer) as tx:
                yield tx

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
        async with self._queue, self._writer.connect() as conn:
            yield conn

    async def close(self) -> None:
        """Give back every connection."""
        await self._writer.dispose()
        if self._reader is not self._writer:
            await self._reader.dispose()


def _sqlite_engine(url: str, begin: str, size: int) -> AsyncEngine:
    engine = create_async_engine(
        url, pool_size=size, max_overflow=0, connect_args={"isolation_level": None, "timeout": 30}
    )

    @event.listens_for(engine.sync_engine, "connect")
    def prepare(connection: Any, _record: object) -> None:
        cursor = connection.cursor()
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=30000"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def start(connection: Any) -> None:
        connection.exec_driver_sql(begin)

    return engine
