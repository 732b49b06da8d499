"""When something is due for an event: each occasion has a name, under which its timer is kept (R05)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from datetime import datetime

    from bot.events.rules.plan import Plan

START, END, DEADLINE = "start", "end", "deadline"
RECONFIRM, MINIMUM = "reconfirm", "minimum"
REMIND, PROMOTE = "remind", "promote"
RECONFIRM_AHEAD: Final = timedelta(hours=24)
"""How long before the start those who are going are asked whether they still are."""
MINIMUM_AHEAD: Final = timedelta(hours=24)
"""When it is decided whether an event has people enough that has no end of sign-up, before the start."""


def occasions(plan: Plan, now: datetime) -> dict[str, datetime]:
    """Return what is still to come of an event, by name: ``remind-120`` is the reminder two hours ahead."""
    due = {START: plan.starts_at, END: plan.ends_at}
    if plan.deadline is not None:
        due[DEADLINE] = plan.deadline
    if plan.reconfirm:
        due[RECONFIRM] = plan.starts_at - RECONFIRM_AHEAD
    if plan.minimum is not None:
        due[MINIMUM] = decided_at(plan)
    due |= {f"{REMIND}-{minutes}": plan.starts_at - timedelta(minutes=minutes) for minutes in plan.reminders}
    due |= {f"{PROMOTE}-{minutes}": plan.sign_up_ends - timedelta(minutes=minutes) for minutes in plan.promote}
    return {name: at for name, at in due.items() if at > now}


def decided_at(plan: Plan) -> datetime:
    """Return when it is decided whether an event has people enough: at the end of its sign-up, else a day ahead."""
    return plan.deadline or plan.starts_at - MINIMUM_AHEAD


def read_occasion(name: str) -> tuple[str, int | None]:
    """Take the name of an occasion apart: its kind, and how many minutes ahead it is."""
    kind, _, minutes = name.partition("-")
    return kind, int(minutes) if minutes.isdigit() else None


def is_timely(plan: Plan, minutes: int, now: datetime) -> bool:
    """Say whether a reminder is still worth sending, after the bot was down perhaps.

    It is as long as the event is ahead, unless a later reminder is due as well: of several that are late one will do.
    """
    later = [timedelta(minutes=ahead) for ahead in plan.reminders if ahead < minutes]
    return minutes in plan.reminders and now < plan.starts_at and all(now < plan.starts_at - ahead for ahead in later)
