"""SQLite behind SQLAlchemy, with one trip to its thread for each statement.

aiosqlite asks its thread four times for a statement (cursor, execute, fetch, close); each time costs about as much as the
statement itself. Here the thread is asked once, fetches everything and lets go of the cursor; and a transaction whose
statements are all known beforehand is one trip as a whole.
"""

from __future__ import annotations

import asyncio
import sqlite3
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

import aiosqlite
from aiosqlite.core import _STOP_RUNNING_SENTINEL

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Self

P = ParamSpec("P")
T = TypeVar("T")
Statement = tuple[str, "Sequence[tuple[Any, ...]]"]
"""Textual SQL and its parameters, once per run."""

BUSY_SECONDS = 30.0
"""How long to wait for the lock of another program."""
_PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON")


def _open(path: str, busy_seconds: float) -> sqlite3.Connection:
    # Without an isolation level the driver begins nothing on its own: BEGIN is ours.
    connection = sqlite3.connect(path, timeout=busy_seconds, isolation_level=None)
    try:
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}").close()
    except sqlite3.Error:
        connection.close()
        raise
    return connection


class Connection(aiosqlite.Connection):
    """A connection of aiosqlite as far as SQLAlchemy uses it; await it to open it."""

    def __init__(self, path: str, busy_seconds: float = BUSY_SECONDS) -> None:
        super().__init__(lambda: _open(path, busy_seconds), iter_chunk_size=64)
        # Whoever ends without closing must not hang at the interpreter's exit.
        self._thread.daemon = True
        self._unsure = False

    def stop(self) -> None:
        """Close the connection and end its thread, without waiting for it.

        The loop is not told: nobody waits for a connection that could not be opened or is thrown away, and to tell a loop
        that is closed by then raises in the thread.
        """
        self._running = False
        self._tx.put_nowait((None, self._close_and_stop))

    def _close_and_stop(self) -> object:
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        return _STOP_RUNNING_SENTINEL

    async def run(
        self, action: Callable[Concatenate[sqlite3.Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Call ``action`` with the driver's connection, in its thread."""
        try:
            result: T = await self._execute(action, self._conn, *args, **kwargs)  # type: ignore[no-untyped-call]
        except asyncio.CancelledError:
            # The thread goes on: what it is doing may yet begin a transaction.
            self._unsure = True
            raise
        return result

    def cursor(self) -> Cursor:  # type: ignore[override]  # SQLAlchemy enters it, and aiosqlite's is entered the same way
        """Return a cursor; that alone asks nothing of the thread."""
        return Cursor(self)

    async def commit(self) -> None:
        """Commit, if there is anything to commit."""
        if self._unsure or self.in_transaction:
            await super().commit()

    async def rollback(self) -> None:
        """Roll back, if there is anything to roll back."""
        if self._unsure or self.in_transaction:
            await super().rollback()
            self._unsure = False


class Cursor:
    """One statement and everything it returned."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._rows: list[Any] = []
        self.description: Any = None
        self.rowcount = -1
        self.lastrowid: int | None = None
        self.arraysize = 1

    async def __aenter__(self) -> Self:
        return self

    async def execute(self, sql: str, parameters: Any = ()) -> Cursor:
        """Run a statement and fetch what it returns."""
        await self._connection.run(self._execute, sql, parameters)
        return self

    async def executemany(self, sql: str, rows: Any) -> Cursor:
        """Run a statement once per row of parameters."""
        await self._connection.run(self._executemany, sql, rows)
        return self

    async def fetchall(self) -> list[Any]:
        """Hand over all rows."""
        rows, self._rows = self._rows, []
        return rows

    async def close(self) -> None:
        """Let go of the rows; the thread has closed its own cursor already."""
        self._rows = []

    def _execute(self, connection: sqlite3.Connection, sql: str, parameters: Any) -> None:
        cursor = connection.execute(sql, parameters)
        self._rows = cursor.fetchall() if cursor.description is not None else []
        self._keep(cursor)

    def _executemany(self, connection: sqlite3.Connection, sql: str, rows: Any) -> None:
        self._keep(connection.executemany(sql, rows))

    def _keep(self, cursor: sqlite3.Cursor) -> None:
        self.description, self.rowcount, self.lastrowid = cursor.description, cursor.rowcount, cursor.lastrowid
        cursor.close()


def write(connection: sqlite3.Connection, statements: Sequence[Statement]) -> None:
    """Run statements inside the transaction that is open."""
    for sql, rows in statements:
        connection.executemany(sql, rows)


def write_whole(connection: sqlite3.Connection, statements: Sequence[Statement]) -> None:
    """Run statements as a transaction of their own; all or nothing."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        write(connection, statements)
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
