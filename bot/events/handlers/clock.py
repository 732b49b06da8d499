"""What is due for an event is done by name: each part of the capability says which occasions it looks after.

An event belongs to its group, not to who made it: what is due is done as long as the bot is in the group, also when its
organiser has lost the role since.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.events import service
from bot.events.rules.event import Phase

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.events.rules.event import Event
    from bot.events.rules.signup import Tally
    from bot.kernel.groups import Group
    from bot.tg.capability import Due
    from bot.tg.context import Scope


@dataclass(frozen=True, slots=True)
class About:
    """An event of a group the bot is in, as it is when something is due for it."""

    group: Group
    event: Event
    tally: Tally
    phase: Phase


Occasion = Callable[["Scope", About, str], Awaitable[None]]
"""Called with what stands behind the dash of the occasion's name: ``120`` of ``remind-120``, ``place`` of ``changed-place``.

What has changed since the timer was set decides whether there is anything to do.
"""


def together(*tables: Mapping[str, Occasion]) -> Mapping[str, Occasion]:
    """Put tables of occasions together; what several name is done by each of them, in their order."""
    names = dict.fromkeys(name for table in tables for name in table)
    return {name: _each([table[name] for table in tables if name in table]) for name in names}


def _each(some: list[Occasion]) -> Occasion:
    async def run(scope: Scope, about: About, detail: str) -> None:
        for occasion in some:
            await occasion(scope, about, detail)

    return some[0] if len(some) == 1 else run


class Clock:
    """The one kind of timer events have, and who does what when one comes."""

    def __init__(self, occasions: Mapping[str, Occasion]) -> None:
        self._occasions = occasions

    async def run(self, scope: Scope, due: Due) -> None:
        """Do what an event's timer stands for."""
        about = await _about(scope, due)
        name, _, detail = due.key.partition(":")[2].partition("-")
        occasion = self._occasions.get(name)
        if about is not None and occasion is not None and about.phase is not Phase.DRAFT:
            await occasion(scope, about, detail)


async def _about(scope: Scope, due: Due) -> About | None:
    group = scope.group(due.group_id) if due.group_id is not None else None
    if group is None or not group.active:
        return None
    found = await service.get(scope.tx, group.id, int(due.key.partition(":")[0]))
    return None if found is None else About(group, *found, found[0].phase(scope.now))
