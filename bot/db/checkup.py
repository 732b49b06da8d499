"""Whether a database can be used as it is: opened, of our schema, written to. Nothing is changed by looking."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.script.revision import ResolutionError
from sqlalchemy import text

from bot.db.migrate import config_for

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from sqlalchemy import Connection

    from bot.db.engine import Database


class Unusable(Exception):
    """The database cannot be opened or written to; the text is the driver's reason, without the address.

    ``for_good`` says that only another setting can mend it, and no waiting.
    """

    def __init__(self, reason: str, *, for_good: bool = False) -> None:
        super().__init__(reason)
        self.for_good = for_good


@dataclass(frozen=True, slots=True)
class Condition:
    """What was found: ``behind`` branches want a migration, ``foreign`` is set if a newer program has been here."""

    behind: int
    foreign: bool
    size: int
    """Bytes."""


async def look_at(database: Database, locations: Sequence[Path]) -> Condition:
    """Look at a database; a table is made and taken back, to see that it can be written to.

    :raises Unusable: if that is not possible.
    """
    try:
        return await _look(database, locations)
    except Exception as error:  # every driver has errors of its own, and all of them mean the same here
        reason, for_good = _reason(error), _is_refused(error)
    # Raised outside of the handler: the driver's error could show the address, and a password is part of it.
    raise Unusable(reason, for_good=for_good)


async def _look(database: Database, locations: Sequence[Path]) -> Condition:
    async with database.connection() as conn:
        behind, foreign = await conn.run_sync(lambda sync: _versions(sync, locations))
        await conn.rollback()
        await conn.exec_driver_sql("CREATE TABLE qunguan_probe (a INTEGER)")
        await conn.rollback()
        size = int((await conn.execute(text(_SIZE[database.dialect]))).scalar_one())
        await conn.rollback()
    return Condition(behind, foreign, size)


_SIZE = {
    "sqlite": "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()",
    "postgresql": "SELECT pg_database_size(current_database())",
}


@functools.cache
def _script(locations: tuple[Path, ...]) -> ScriptDirectory:
    """Read the revisions, once: they are files of the program."""
    return ScriptDirectory.from_config(config_for(locations))


def _versions(sync: Connection, locations: Sequence[Path]) -> tuple[int, bool]:
    script = _script(tuple(locations))
    current = set(MigrationContext.configure(sync).get_current_heads())
    foreign = any(not _is_known(script, revision) for revision in current)
    return len(set(script.get_heads()) - _applied(script, current)), foreign


def _applied(script: ScriptDirectory, current: set[str]) -> set[str]:
    """Return every revision that these stand on; Alembic's table names none that another one depends on."""
    found: set[str] = set()
    waiting = [revision for revision in current if _is_known(script, revision)]
    while waiting:
        revision = script.get_revision(waiting.pop())
        found.add(revision.revision)
        waiting += [
            one for one in (*_tuple(revision.down_revision), *_tuple(revision.dependencies)) if one not in found
        ]
    return found


def _tuple(names: str | Sequence[str] | None) -> Sequence[str]:
    return (names,) if isinstance(names, str) else names or ()


def _is_known(script: ScriptDirectory, revision: str) -> bool:
    try:
        return script.revision_map.get_revision(revision) is not None
    except ResolutionError:
        return False


_REFUSED = ("28", "3D")
"""Classes of SQLSTATE: a wrong name or password, a database that is not there."""


def _is_refused(error: Exception) -> bool:
    state = getattr(getattr(error, "orig", None) or error, "sqlstate", None)
    return isinstance(state, str) and state.startswith(_REFUSED)


def _reason(error: Exception) -> str:
    cause = getattr(error, "orig", None) or error
    return (str(cause).strip().splitlines() or [type(cause).__name__])[0][:200]
