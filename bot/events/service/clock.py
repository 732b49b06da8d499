"""The timers of an event: one kind, so that all of an event's are set in one statement."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.events.rules.schedule import occasions
from bot.timers import service as timers

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from bot.db.engine import Tx
    from bot.events.rules.event import Event

NAME = "events"
CLOCK = "clock"
"""The kind of timer; keys are ``12:start``, by event and occasion.

The occasions are those of :mod:`bot.events.rules.schedule`; ``seats`` and ``lapse``, when the line may move and when the next
offer lapses; and what people have still to be told, due at once: ``changed-place``, ``cancelled``, ``line``, ``calendars``.
Telling runs in a turn of its own: however many are to be told, the command that caused it stays short, and what several taps
of one turn cause is told in one message.
"""


async def set_all(tx: Tx, event: Event, due: Mapping[str, datetime]) -> None:
    """Set timers by occasion, in one statement."""
    if due:
        keyed = {f"{event.id}:{what}": at for what, at in due.items()}
        await timers.set_timers(tx, NAME, CLOCK, keyed, event.group_id)


async def tell(tx: Tx, event: Event, now: datetime, *what: str) -> None:
    """Have people told of something, at once."""
    await set_all(tx, event, dict.fromkeys(what, now))


async def put_off(tx: Tx, event: Event, what: str, until: datetime) -> None:
    """Do later what is due now."""
    await set_all(tx, event, {what: until})


async def due_at(tx: Tx, event: Event, what: str) -> datetime | None:
    """Return when something is due for an event, or None if it is not (any more)."""
    rows = await timers.pending(tx, NAME, CLOCK, event.group_id)
    return next((row.due_at for row in rows if row.key == f"{event.id}:{what}"), None)


async def start(tx: Tx, event: Event, now: datetime) -> None:
    """Set the timers of an event that members may see from now on."""
    await set_all(tx, event, occasions(event.plan, now))


async def retime(tx: Tx, before: Event, event: Event, tell_of: Iterable[str], now: datetime) -> None:
    """Move the timers after an edit, and set those that tell people of it."""
    due = dict.fromkeys(tell_of, now)
    old, new = occasions(before.plan, now), occasions(event.plan, now)
    if old != new:
        due |= {what: at for what, at in new.items() if old.get(what) != at}
    await set_all(tx, event, due)
    gone = [f"{event.id}:{what}" for what in old if what not in new]
    if gone:
        await timers.cancel_all(tx, NAME, CLOCK, gone)
