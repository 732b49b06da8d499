"""Templates and drafts (R05)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.events import service as events
from bot.events.creating import store
from bot.events.creating.rules import (
    MOST_TEMPLATES,
    BadName,
    Discarded,
    NotADraft,
    Saved,
    Template,
    TooManyTemplates,
    name_of,
)
from bot.events.rules.event import NoSuchEvent, State
from bot.events.service import journal

if TYPE_CHECKING:
    from datetime import datetime

    from bot.db.engine import Tx
    from bot.events.creating.rules import DiscardOutcome, SaveOutcome
    from bot.events.rules.event import Event
    from bot.events.rules.signup import Person
    from bot.kernel.ids import GroupId

_MOST_ID = 2**63 - 1


async def save_template(tx: Tx, event: Event, typed: str, by: Person, now: datetime) -> SaveOutcome:
    """Keep the plan of an event under a name, in the place of the template that has it."""
    name = name_of(typed)
    if isinstance(name, BadName):
        return name
    await tx.lock((event.group_id,))
    before = await store.by_name(tx, event.group_id, name)
    if before is None and await store.count(tx, event.group_id) >= MOST_TEMPLATES:
        return TooManyTemplates()
    template = await store.put(tx, event.group_id, name, event.plan, by.user_id, now)
    await journal.write(tx, event, by, "template", now, details={"name": name})
    return Saved(template, before is not None)


async def templates_of(tx: Tx, group_id: GroupId) -> list[Template]:
    """Return a group's templates by their names."""
    return await store.of_group(tx, group_id)


async def template_named(tx: Tx, group_id: GroupId, name: str) -> Template | None:
    """Return the template of a name, however it is written."""
    return await store.by_name(tx, group_id, name)


async def template(tx: Tx, group_id: GroupId, template_id: int) -> Template | None:
    """Return a template of the group."""
    return await store.by_id(tx, group_id, template_id) if 0 < template_id <= _MOST_ID else None


async def drop_template(tx: Tx, group_id: GroupId, template_id: int) -> Template | None:
    """Delete a template; None if it is gone already."""
    await tx.lock((group_id,))
    found = await template(tx, group_id, template_id)
    if found is not None:
        await store.remove(tx, found.id)
    return found


async def discard(tx: Tx, group_id: GroupId, event_id: int, by: Person, now: datetime) -> DiscardOutcome:
    """Delete a draft."""
    await tx.lock((group_id,))
    found = await events.get(tx, group_id, event_id)
    if found is None:
        return NoSuchEvent(event_id)
    event = found[0]
    if event.state is not State.DRAFT:
        return NotADraft(event)
    await store.remove_event(tx, event.id)
    await journal.write(tx, event, by, "discarded", now, before=journal.plain(event.plan))
    return Discarded(event)
