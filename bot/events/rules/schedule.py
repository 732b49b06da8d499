"""When something is due for an event: each occasion has a name, under which its timer is kept (R05)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from bot.events.rules.plan import Kind

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from bot.events.rules.plan import Plan

START, END, DEADLINE = "start", "end", "deadline"
RECONFIRM, MINIMUM = "reconfirm", "minimum"
CHECK_IN = "check_in"
"""The card begins to offer the check-in by code."""
CALL = "call"
"""People are called to the start of an online event."""
REMIND, PROMOTE, WEATHER = "remind", "promote", "weather"
AGAIN, WARNING = "again", "warning"
"""What follows the dash of ``reconfirm-again`` and ``minimum-warning``."""
CHECK_IN_AHEAD: Final = timedelta(hours=12)
"""How long before the start members are offered the check-in by code: for most events on the day itself."""
RECONFIRM_AHEAD: Final = timedelta(hours=24)
"""How long before the start those who are going are asked whether they still are."""
WEATHER_AHEAD: Final = (24 * 60, 3 * 60)
"""How many minutes before the start the organiser is told how things stand."""
MINIMUM_AHEAD: Final = (timedelta(hours=24), timedelta(hours=2), timedelta(minutes=30))
"""When it is decided whether an event has people enough that has no end of sign-up, before the start: the first still to come."""
WARNED_AHEAD: Final = timedelta(hours=24)
"""How long before that decision people are warned at most."""
_DAY, _LAST_REMINDER = 24 * 60, 2 * 60


def occasions(plan: Plan, now: datetime) -> dict[str, datetime]:
    """Return what is still to come of an event, by name: ``remind-120`` is the reminder two hours ahead."""
    due = {START: plan.starts_at, END: plan.ends_at, CHECK_IN: plan.starts_at - CHECK_IN_AHEAD}
    if plan.deadline is not None:
        due[DEADLINE] = plan.deadline
    if plan.kind is Kind.ONLINE:
        due[CALL] = plan.starts_at - timedelta(minutes=plan.call)
    if plan.reconfirm:
        due |= {RECONFIRM: plan.starts_at - RECONFIRM_AHEAD, f"{RECONFIRM}-{AGAIN}": asked_again_at(plan)}
    if plan.minimum is not None:
        decided = decided_at(plan, now)
        due |= {MINIMUM: decided, f"{MINIMUM}-{WARNING}": decided - min(WARNED_AHEAD, (decided - now) / 2)}
    due |= {f"{WEATHER}-{minutes}": plan.starts_at - timedelta(minutes=minutes) for minutes in WEATHER_AHEAD}
    due |= {f"{REMIND}-{minutes}": plan.starts_at - timedelta(minutes=minutes) for minutes in plan.reminders}
    due |= {f"{PROMOTE}-{minutes}": plan.sign_up_ends - timedelta(minutes=minutes) for minutes in plan.promote}
    return {name: at for name, at in due.items() if at > now}


def decided_at(plan: Plan, now: datetime) -> datetime:
    """Return when it is decided whether an event has people enough: at the end of its sign-up, else some time ahead."""
    ahead = (plan.starts_at - before for before in MINIMUM_AHEAD)
    return _deadline(plan) or next((at for at in ahead if at > now), plan.starts_at)


def is_to_be_decided(plan: Plan, now: datetime) -> bool:
    """Say whether it may be decided now that an event has too few people: its sign-up is over, or its start is near."""
    since = _deadline(plan) or plan.starts_at - MINIMUM_AHEAD[0]
    return plan.minimum is not None and since <= now < plan.starts_at


def _deadline(plan: Plan) -> datetime | None:
    """Return the end of the sign-up, if there is one before the start."""
    return plan.deadline if plan.deadline is not None and plan.deadline < plan.starts_at else None


def asked_again_at(plan: Plan) -> datetime:
    """Return when those who did not say that they are still coming are asked once more: half-way to the last reminder."""
    last = min((minutes for minutes in plan.reminders if minutes < _DAY), default=_LAST_REMINDER)
    return plan.starts_at - timedelta(minutes=(_DAY + last) // 2)


def read_occasion(name: str) -> tuple[str, int | None]:
    """Take the name of an occasion apart: its kind, and how many minutes ahead it is."""
    kind, _, minutes = name.partition("-")
    return kind, int(minutes) if minutes.isdigit() else None


def first_reminder(plan: Plan, created_at: datetime) -> int | None:
    """Return which of the reminders is the first that was still ahead when the event was created; None if none was."""
    ahead = (plan.starts_at - created_at) / timedelta(minutes=1)
    return max((minutes for minutes in plan.reminders if minutes < ahead), default=None)


def is_timely(plan: Plan, minutes: int, now: datetime) -> bool:
    """Say whether a reminder is due and still worth sending, after the bot was down or the group asleep perhaps.

    It is as long as the event is ahead, unless a later reminder is due as well: of several that are late one will do.
    """
    return _is_latest(plan.reminders, minutes, plan.starts_at, now)


def is_promoted_now(plan: Plan, minutes: int, now: datetime) -> bool:
    """Say the same of a post that calls people in: as long as they may sign up."""
    return _is_latest(plan.promote, minutes, plan.sign_up_ends, now)


def is_told_now(plan: Plan, minutes: int, now: datetime) -> bool:
    """Say the same of the organiser being told how things stand."""
    return _is_latest(WEATHER_AHEAD, minutes, plan.starts_at, now)


def _is_latest(wanted: Collection[int], minutes: int, end: datetime, now: datetime) -> bool:
    due = [one for one in wanted if end - timedelta(minutes=one) <= now < end]
    return minutes in due and minutes == min(due)
