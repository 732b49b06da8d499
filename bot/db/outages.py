"""Which errors say that the database is out of reach, rather than that a statement is wrong.

Nothing that was asked of the database can be blamed for an outage: it is to be asked again, later, as it was.
"""

from __future__ import annotations

import sqlite3

from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as NoConnectionLeft

DRIVER_ERRORS = (SQLAlchemyError, sqlite3.Error, OSError)
"""What a statement may raise, whatever the reason."""

_SQLITE = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_PROTOCOL,
    }
)
_STATES = ("08", "53", "57P", "58")
"""Classes of SQLSTATE: connection lost, no room left, the server stops or starts, its disk fails.

A statement that was cancelled for its length (57014) is not among them: it would be as long the next time.
"""
_PASSING = frozenset({"40001", "40P01", "55P03", "25006"})
"""Lost against another transaction, or sent to a server that only reads for now: the same again may well succeed."""


class OutOfReach(Exception):
    """No connection can be had; the text is the kind of error the driver gave, without the address."""


def is_outage(error: BaseException) -> bool:
    """Say whether an error means that the database is out of reach, locked or full, and nothing about what it was asked."""
    match error:
        case OutOfReach() | ConnectionError() | NoConnectionLeft():
            return True
        case DBAPIError():
            return error.connection_invalidated or _is_drivers(error.orig)
        case sqlite3.Error():
            return _is_drivers(error)
        case _:
            return False


def _is_drivers(error: BaseException | None) -> bool:
    if isinstance(error, sqlite3.Error):
        # The second byte and beyond say more precisely what happened.
        return getattr(error, "sqlite_errorcode", 0) & 0xFF in _SQLITE
    state = getattr(error, "sqlstate", None)
    return isinstance(state, str) and (state.startswith(_STATES) or state in _PASSING)
