"""An event with people on it, and what is done at its door."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.events import service as events
from bot.events.rules.event import Created, Event
from bot.events.rules.signup import Action
from tests.events.build import NOW, OWNER, group, person, plan

if TYPE_CHECKING:
    from bot.db.engine import Tx
    from bot.kernel.groups import Group

GROUP: Group = group()


async def planned(tx: Tx, *going: int, **values: Any) -> Event:
    """Plan the hike, with these people on it in their order."""
    done = await events.create(tx, GROUP.id, plan(**values), OWNER, NOW)
    assert isinstance(done, Created)
    for number in going:
        await events.tap(tx, GROUP, done.event.id, Action.JOIN, person(number), NOW)
    return done.event
