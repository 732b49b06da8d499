"""Time that passes in the sandbox: the clock stops at each of the bot's timers on its way and waits until that is done.

To jump a day at once would be to let the bot sleep through it, and what comes hours late is another thing than what comes
in time: the digest of the morning, for one, would not come at all.
"""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

from bot.sandbox.control_surface import Surface

PATIENCE = 10.0
"""Seconds of real time a whole journey may wait for the bot; then the clock goes straight to its end."""
_LOOK = 0.02
_QUIET = 2
"""A bot that is idle at one look may be between two acts."""


async def next_timer(surface: Surface) -> datetime | None:
    """Return when the bot's earliest timer is due."""
    return None if surface.next_timer is None else await surface.next_timer()


async def pass_time(surface: Surface, until: datetime) -> None:
    """Move the clock forward to ``until``, by way of every timer that is due before."""
    loop = asyncio.get_running_loop()
    deadline = loop.time() + PATIENCE
    await _done(surface, deadline)
    while loop.time() < deadline:
        due = await next_timer(surface)
        now = surface.clock.now()
        if due is None or not now < due < until:
            break
        surface.clock.advance(due - now)
        await _done(surface, deadline)
    surface.clock.advance(max(until - surface.clock.now(), timedelta(0)))
    await _done(surface, deadline)


async def _done(surface: Surface, deadline: float) -> None:
    """Wait until the bot has done what is due."""
    if surface.is_busy is None:
        return
    loop = asyncio.get_running_loop()
    quiet = 0
    while quiet < _QUIET and loop.time() < deadline:
        quiet = 0 if await surface.is_busy() else quiet + 1
        if quiet < _QUIET:
            await asyncio.sleep(_LOOK)
