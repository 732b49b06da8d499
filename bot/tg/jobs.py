"""Work that comes from inside: timers that are due, results of effects. It runs in a turn like an update does."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.db.engine import Tx
    from bot.kernel.ids import GroupId
    from bot.tg.context import Scope
    from bot.tg.needs import Need


@dataclass(frozen=True, slots=True)
class Job:
    """One piece of inside work.

    ``run`` stands in a savepoint of its own. If it raises, its changes and effects are rolled back, the error is kept in
    quarantine under an error id, and ``failed`` records in the same transaction what becomes of the work (try again when).
    ``group_id`` is the group it writes, locked before the turn begins on PostgreSQL. ``label`` is for the log.
    """

    label: str
    run: Callable[[Scope], Awaitable[None]]
    failed: Callable[[Tx, str], Awaitable[None]] | None = None
    group_id: GroupId | None = None
    needs: tuple[Need, ...] = ()
    """What must be asked of Telegram first; the answers are in ``scope.answers``."""
