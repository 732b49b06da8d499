"""What is written down about events in the audit log (R05)."""

from __future__ import annotations

from dataclasses import fields, replace
from enum import Enum
from typing import TYPE_CHECKING, Any

from bot.audit import service as audit
from bot.events.rules.plan import FIELDS, site_of
from bot.events.rules.signup import SignUpState

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from bot.db.engine import Tx
    from bot.events.rules.event import Event
    from bot.events.rules.house import House
    from bot.events.rules.plan import Plan
    from bot.events.rules.signup import Person, SignUp
    from bot.kernel.ids import GroupId


async def write(
    tx: Tx,
    event: Event,
    by: Person | None,
    act: str,
    now: datetime,
    *,
    before: Any = None,
    after: Any = None,
    details: dict[str, Any] | None = None,
) -> None:
    """Write down what somebody, or the bot by itself (None), did with an event."""
    await audit.record(
        tx,
        group_id=event.group_id,
        actor_id=None if by is None else by.user_id,
        actor_name="" if by is None else by.name,
        action=f"event.{act}",
        at=now,
        target=f"#{event.number}",
        before=before,
        after=after,
        details={"title": event.plan.title, **(details or {})},
    )


async def write_moved(tx: Tx, event: Event, moved: Iterable[SignUp], now: datetime) -> None:
    """Write down whom the line gave a seat, and whom it was only offered."""
    people = list(moved)
    for act, state in (("seated", SignUpState.GOING), ("offered", SignUpState.OFFERED)):
        names = [one.name for one in people if one.state is state]
        if names:
            await write(tx, event, None, act, now, details={"people": names})


async def write_house(tx: Tx, group_id: GroupId, by: Person, now: datetime, before: House, after: House) -> None:
    """Write down what somebody changed of the group's settings for events."""
    changed = [field.name for field in fields(after) if getattr(before, field.name) != getattr(after, field.name)]
    await audit.record(
        tx,
        group_id=group_id,
        actor_id=by.user_id,
        actor_name=by.name,
        action="event.settings",
        at=now,
        before={name: _plain(getattr(before, name)) for name in changed},
        after={name: _plain(getattr(after, name)) for name in changed},
    )


def plain(plan: Plan, *names: str) -> dict[str, Any]:
    """Return fields of a plan, all or some, as the log keeps them: of the link, which more people read, only the site."""
    shown = plan if plan.link is None else replace(plan, link=site_of(plan.link))
    return {name: _plain(getattr(shown, name)) for name in names or FIELDS}


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, Enum):
        return value.value
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return value.text if hasattr(value, "text") else value
