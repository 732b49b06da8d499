"""What every store's tables share: one metadata, column types that mean the same on both databases."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, FromClause, Integer, MetaData
from sqlalchemy.types import TypeDecorator

if TYPE_CHECKING:
    from sqlalchemy.engine import Dialect

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

Serial = BigInteger().with_variant(Integer(), "sqlite")
"""A key that the database counts up (SQLite does so for INTEGER only)."""

Beside = FromClause
"""A table, or a query, that another store reads in the same statement as its own: each says what its columns mean."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)


def to_millis(at: datetime) -> int:
    """Return whole milliseconds since the epoch; ``at`` must be aware."""
    return (at - _EPOCH) // _MILLISECOND


def from_millis(value: int) -> datetime:
    """Return the aware UTC instant ``value`` milliseconds after the epoch."""
    return _EPOCH + value * _MILLISECOND


class Instant(TypeDecorator[datetime]):
    """An aware instant, stored as whole milliseconds since the epoch, read back in UTC."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:  # noqa: ARG002
        """Turn an aware datetime into milliseconds."""
        return None if value is None else to_millis(value)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Turn milliseconds into an aware datetime."""
        return None if value is None else from_millis(value)
