"""What is due in a group's quiet hours waits for their end (R21): it is decided anew then, by how things stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.events import service

if TYPE_CHECKING:
    from datetime import datetime

    from bot.events.handlers.clock import About
    from bot.tg.context import Scope


async def put_off(scope: Scope, about: About, what: str, limit: datetime) -> bool:
    """Put off an occasion to the end of the quiet hours, if that is before ``limit``; True if it was put off."""
    awake = about.group.quiet_until(scope.now)
    if awake is None or awake >= limit:
        return False
    await service.put_off(scope.tx, about.event, what, awake)
    return True
