"""Setting, moving and cancelling timers, in the transaction of the state they belong to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.timers import store
from bot.timers.rules import Row, next_try

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from bot.db.engine import Tx
    from bot.kernel.ids import GroupId

# Alarms that run in this process. A wake-up too many costs one query; one too few would leave a timer waiting for the
# alarm's longest sleep.
_alarms: list[Callable[[], None]] = []


async def set_timer(
    tx: Tx, capability: str, kind: str, key: str, due_at: datetime, group_id: GroupId | None = None
) -> None:
    """Set the timer named by capability, kind and key, or move it if it is set already."""
    await set_timers(tx, capability, kind, {key: due_at}, group_id)


async def set_timers(
    tx: Tx, capability: str, kind: str, due_at: Mapping[str, datetime], group_id: GroupId | None = None
) -> None:
    """Set or move several timers of one kind, in one statement; ``due_at`` by key."""
    await store.put(tx, [(capability, kind, key, group_id, at) for key, at in due_at.items()])
    tx.after_commit(_wake_alarms)


async def set_kinds(
    tx: Tx, capability: str, due_at: Mapping[tuple[str, str], datetime], group_id: GroupId | None = None
) -> None:
    """Set or move timers of several kinds, in one statement; ``due_at`` by kind and key."""
    await store.put(tx, [(capability, kind, key, group_id, at) for (kind, key), at in due_at.items()])
    tx.after_commit(_wake_alarms)


async def cancel(tx: Tx, capability: str, kind: str, key: str) -> bool:
    """Cancel a timer; False if none was set."""
    return await store.remove(tx, capability, kind, key)


async def cancel_all(tx: Tx, capability: str, kind: str, keys: Sequence[str]) -> None:
    """Cancel several timers of one kind, in one statement."""
    await store.remove_of(tx, capability, kind, keys)


async def pending(tx: Tx, capability: str, kind: str | None = None, group_id: GroupId | None = None) -> list[Row]:
    """Return the timers of a capability (of one kind, of one group), the earliest first."""
    return await store.fetch(tx, capability, kind, group_id)


async def next_due(tx: Tx) -> datetime | None:
    """Return when the earliest of all timers is due."""
    return await store.earliest(tx)


async def due_now(tx: Tx, now: datetime, limit: int) -> list[Row]:
    """Return what is due at ``now``, at most ``limit`` timers, the earliest first."""
    return await store.fetch_due(tx, now, limit)


async def take(tx: Tx, row: Row) -> bool:
    """Take a timer that has come off the schedule; False if it was moved or cancelled since it was read."""
    return await store.remove_unchanged(tx, row)


async def failed(tx: Tx, row: Row, now: datetime) -> datetime:
    """Note that a timer's work failed, and return when it will be tried again."""
    attempts = row.attempts + 1
    again = next_try(attempts, now)
    await store.postpone(tx, row, again, attempts)
    tx.after_commit(_wake_alarms)
    return again


def on_change(wake: Callable[[], None]) -> Callable[[], None]:
    """Have ``wake`` called after each commit that set timers; the function returned ends this."""
    _alarms.append(wake)
    return lambda: _alarms.remove(wake)


def _wake_alarms() -> None:
    for wake in tuple(_alarms):
        wake()
