"""One writer, many readers, and what a transaction promises.

SQLite: every writing transaction goes through one connection, one after the other, and begins with ``BEGIN IMMEDIATE``;
with the driver's default, two transactions read before either writes and seats are sold twice. PostgreSQL: a pool.

A transaction that met an outage is lost as a whole, whoever may have caught the error on its way: it takes no further
statement, is never committed, and its connection is not used again. Otherwise what follows would run outside of any
transaction, each statement committed for itself.
"""

from __future__ import annotations

import asyncio
import re
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import event, make_url, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.db import sqlite
from bot.db.outages import DRIVER_ERRORS, OutOfReach, is_outage

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Coroutine, Iterable, Sequence

    from sqlalchemy import CursorResult, Executable

    from bot.kernel.ids import GroupId

T = TypeVar("T")
_NUMBERED = re.compile(r"\$(\d+)")
_LOCK_SPACE = 0x71756E67
"""The first half of our advisory locks' key, so that other users of the database do not meet them."""
_LOCK = "SELECT pg_advisory_xact_lock($1, id) FROM unnest($2::int[]) AS id"
"""Row by row in the order given: two transactions that took the same locks in different orders would wait for each other."""
_NUMBER = text("SELECT txid_current()")
_STATUS = text("SELECT txid_status(CAST(:number AS bigint))")
_END = text(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    " WHERE backend_xid = CAST(CAST(CAST(:number AS bigint) & 4294967295 AS text) AS xid)"
)


class Tx:
    """A transaction. Handlers pass it on and never look inside; stores use its methods."""

    __slots__ = ("_after_commit", "_direct", "_waiting", "conn", "dialect", "lost", "memo", "number", "statements")

    def __init__(self, conn: AsyncConnection, direct: sqlite.Connection | None = None) -> None:
        """Take over a connection; ``direct`` is the driver's, where what :meth:`many` is given may wait."""
        self.conn = conn
        self.dialect: str = conn.dialect.name
        self.statements = 0
        self.lost: BaseException | None = None
        """The outage this transaction met: nothing of it will be stored."""
        self.number: int | None = None
        """The server's number of this transaction, once :meth:`take_number` has asked for it."""
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
        self.check()
        try:
            return await self.conn.execute(statement, params)
        except DRIVER_ERRORS as error:
            self.note(error)
            raise

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
            await self._textual(sql, list(rows))

    def note(self, error: BaseException) -> None:
        """Remember an error if it is an outage."""
        if self.lost is None and is_outage(error):
            self.lost = error

    def check(self) -> None:
        """See that the transaction is not lost.

        :raises Exception: the outage it met.
        """
        if self.lost is not None:
            raise self.lost

    async def _textual(self, sql: str, params: Any) -> None:
        self.check()
        try:
            await self.conn.exec_driver_sql(sql, params)
        except DRIVER_ERRORS as error:
            self.note(error)
            raise

    async def _write_waiting(self) -> None:
        if self._direct is None or not self._waiting:
            return
        self.check()
        statements, self._waiting = self._waiting, []
        try:
            if not self.conn.in_transaction():
                await self.conn.begin()
            await self._direct.run(sqlite.write, statements)
        except DRIVER_ERRORS as error:
            self.note(error)
            raise

    async def lock(self, group_ids: Iterable[GroupId]) -> None:
        """Keep other writers of these groups out until the end of the transaction (SQLite has one writer anyway)."""
        if self.dialect != "postgresql":
            return
        wanted = sorted(set(group_ids))
        if wanted:
            await self._textual(_LOCK, (_LOCK_SPACE, wanted))

    async def take_number(self) -> None:
        """Learn the number by which :meth:`Database.was_stored` can ask for this transaction; SQLite has none."""
        if self.dialect == "postgresql":
            self.number = int((await self.execute(_NUMBER)).scalar_one())

    @asynccontextmanager
    async def savepoint(self) -> AsyncIterator[None]:
        """Undo, on an exception, what was written inside, including what was to happen after the commit."""
        mark = len(self._after_commit)
        await self._write_waiting()
        self.check()
        try:
            async with self.conn.begin_nested():
                yield
                await self._write_waiting()
                self.check()
        except BaseException as error:
            self.note(error)
            self._waiting.clear()
            self.memo.clear()
            del self._after_commit[mark:]
            raise

    def after_commit(self, action: Callable[[], None]) -> None:
        """Have ``action`` called once the transaction is committed; caches may change only then."""
        self._after_commit.append(action)

    async def commit(self) -> None:
        """End the transaction; what was to happen after it is left to :meth:`committed`."""
        self.check()
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
        self._going_on: set[asyncio.Task[Any]] = set()
        """Connections being taken or given back for somebody who was cancelled meanwhile."""
        self.dialect: str = writer.dialect.name

    @classmethod
    def open(cls, url: str, busy_seconds: float = sqlite.BUSY_SECONDS) -> Database:
        """Open ``url`` (``sqlite+aiosqlite:///…`` or ``postgresql+asyncpg://…``); nothing is connected yet.

        ``busy_seconds`` is how long SQLite waits for the lock of another program; ``?timeout=`` in the URL says so too.
        """
        if url.startswith("sqlite"):
            busy = _timeout(url, busy_seconds)
            return cls(_sqlite_engine(url, "BEGIN IMMEDIATE", 1, busy), _sqlite_engine(url, "BEGIN", 4, busy))
        engine = create_async_engine(url, pool_size=8, max_overflow=4, pool_pre_ping=True)
        return cls(engine, engine)

    @property
    def locks_groups(self) -> bool:
        """Whether :meth:`Tx.lock` does anything: it need not be told what to lock otherwise."""
        return self.dialect == "postgresql"

    @asynccontextmanager
    async def write(self) -> AsyncIterator[Tx]:
        """Open a writing transaction; it is committed at the end, or rolled back on an exception.

        :raises Exception: of which :func:`~bot.db.outages.is_outage` is true, if the database could not be reached in the
            middle of it, whatever was raised inside. Where that came in the commit itself, nobody knows what is stored.
        """
        if self.dialect != "sqlite":
            async with self._transaction(self._writer) as tx:
                yield tx
            return
        async with self._queue:
            tx = Tx(*await self._hold())
            try:
                yield tx
                await tx.commit()
            except BaseException as error:
                tx.note(error)
                await self._through(self._let_go(broken=tx.lost is not None))
                if tx.lost is not None and tx.lost is not error:
                    raise tx.lost from error
                raise
            tx.committed()

    async def _hold(self) -> tuple[AsyncConnection, sqlite.Connection]:
        """Return SQLite's writer, kept open from one transaction to the next: taking it from the pool costs more than most."""
        if self._held is None:
            conn = await self._connected(self._writer)
            direct = (await conn.get_raw_connection()).driver_connection
            if not isinstance(direct, sqlite.Connection):
                raise TypeError(type(direct))
            self._held = (conn, direct)
        return self._held

    async def _let_go(self, *, broken: bool = False) -> None:
        """Give SQLite's writer back to its pool, which rolls back what it left open; a ``broken`` one is thrown away."""
        held, self._held = self._held, None
        if held is not None:
            await _put_back(held[0], broken=broken)

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Tx]:
        """Open a transaction that only reads.

        :raises Exception: as :meth:`write` does.
        """
        async with self._transaction(self._reader) as tx:
            yield tx

    async def was_stored(self, tx: Tx) -> bool:
        """Say whether a transaction whose commit met an outage was stored; one without a number counts as not stored.

        :raises Exception: of which :func:`~bot.db.outages.is_outage` is true, while the server cannot be asked, or has the
            transaction still open: its connection, at whose other end nobody is, is then told to end.
        """
        if tx.number is None:
            return False
        try:
            async with self.read() as asking:
                status = (await asking.execute(_STATUS, {"number": tx.number})).scalar_one()
                if status == "in progress":
                    await asking.execute(_END, {"number": tx.number})
        except DBAPIError as error:
            if is_outage(error):
                raise
            # A server that took over from another does not know it: it never got there.
            return False
        if status == "in progress":
            raise OutOfReach("a commit is not decided yet")
        return bool(status == "committed")

    @asynccontextmanager
    async def _transaction(self, engine: AsyncEngine) -> AsyncIterator[Tx]:
        conn = await self._connected(engine)
        tx = Tx(conn)
        try:
            async with conn.begin():
                yield tx
                tx.check()
        except BaseException as error:
            tx.note(error)
            if tx.lost is not None and tx.lost is not error:
                raise tx.lost from error
            raise
        finally:
            await self._through(_put_back(conn, broken=tx.lost is not None))
        tx.committed()

    async def _connected(self, engine: AsyncEngine) -> AsyncConnection:
        conn = engine.connect()
        starting = self._track(conn.start())
        try:
            return await asyncio.shield(starting)
        except asyncio.CancelledError:
            self._track(_undo(starting, conn))
            raise
        except Exception as error:  # every driver has errors of its own, and all of them mean the same here
            raise OutOfReach(type(error).__name__) from error

    async def _through(self, work: Coroutine[Any, Any, None]) -> None:
        """See something through to its end even if the caller is cancelled."""
        await asyncio.shield(self._track(work))

    def _track(self, work: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
        task = asyncio.create_task(work)
        self._going_on.add(task)
        task.add_done_callback(self._going_on.discard)
        return task

    @asynccontextmanager
    async def connection(self) -> AsyncIterator[AsyncConnection]:
        """Lend the writer's bare connection, for migrations."""
        async with self._queue:
            await self._let_go()
            async with self._writer.connect() as conn:
                yield conn

    async def close(self) -> None:
        """Give back every connection; what was begun for somebody who was cancelled is waited for."""
        while self._going_on:
            await asyncio.wait(self._going_on)
        await self._let_go()
        await self._writer.dispose()
        if self._reader is not self._writer:
            await self._reader.dispose()


async def _undo(starting: asyncio.Task[AsyncConnection], conn: AsyncConnection) -> None:
    """Give back a connection that nobody waits for any more, as soon as it is there."""
    await asyncio.wait({starting})
    if starting.exception() is None:
        await conn.close()


async def _put_back(conn: AsyncConnection, *, broken: bool) -> None:
    """Give a connection back to its pool; one that met an outage may be in any state and is thrown away."""
    if broken and not conn.closed and not conn.invalidated:
        await conn.invalidate()
    await conn.close()


def _timeout(url: str, otherwise: float) -> float:
    given = make_url(url).query.get("timeout")
    return float(given) if isinstance(given, str) else otherwise


def _sqlite_engine(url: str, begin: str, size: int, busy_seconds: float) -> AsyncEngine:
    path = make_url(url).database or ":memory:"

    async def connect() -> sqlite.Connection:
        connection = sqlite.Connection(path, busy_seconds)
        await connection
        return connection

    engine = create_async_engine(url, pool_size=size, max_overflow=0, async_creator=connect)

    # Where it raises, SQLAlchemy takes the transaction for begun from then on; so the connection must never be used again.
    @event.listens_for(engine.sync_engine, "begin")
    def start(connection: Any) -> None:
        connection.exec_driver_sql(begin)

    return engine
