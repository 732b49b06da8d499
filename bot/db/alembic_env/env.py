"""Alembic's entry: runs on the connection that :mod:`bot.db.migrate` lends it."""

from __future__ import annotations

from typing import Literal

from alembic import context

from bot.db.schema import Instant

_label = context.config.attributes.get("label")


def _ours(_thing: object, name: str | None, kind: str, _reflected: bool, _other: object) -> bool:
    """Keep a new revision to the tables of its own package: their names begin with the package's name."""
    return _label is None or kind != "table" or (name or "").startswith(f"{_label}_")


def _spelt(kind: str, thing: object, _context: object) -> str | Literal[False]:
    """Write a revision in SQLAlchemy's own words: it must mean the same when our types have changed."""
    return "sa.BigInteger()" if kind == "type" and isinstance(thing, Instant) else False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=context.config.attributes["metadata"],
    render_as_batch=True,
    compare_type=True,
    include_object=_ours,
    render_item=_spelt,
)
with context.begin_transaction():
    context.run_migrations()
