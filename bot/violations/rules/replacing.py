"""A lighter case in the place of another (R22).

What was ordered for the old case and what is ordered for the new one are answered by Telegram each at its time, so they are two
cases: the old is undone, the new counts where it counted, from the same day to the same day. The count of those that count
does not change, and with it neither does the step that comes next.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.violations.rules.case import AHEAD, IN_FORCE, Case, State, Why
from bot.violations.rules.ladder import Rung, Step

if TYPE_CHECKING:
    from datetime import datetime


def in_place_of(case: Case, step: Step, number: int, now: datetime, *, basic: bool) -> Case:
    """Return the case that takes the place of another with a lighter step; its ``id`` is given when it is stored.

    A length counts from when the old case was opened. ``basic`` says that nobody can be muted in this group.
    """
    until = None if step.mute is None else case.issued_at + step.mute
    state, why = _first_state(case, step, until, now, basic=basic)
    return replace(
        case,
        id=0,
        number=number,
        step=step,
        state=state,
        why=why,
        mute_until=None if state is State.NONE else until,
        follows=0,
        leave_by=None,
        left_at=None,
    )


def _first_state(
    case: Case, step: Step, until: datetime | None, now: datetime, *, basic: bool
) -> tuple[State, Why | None]:
    held = case.state in IN_FORCE
    if step.rung is Rung.KICK:
        return (State.DONE if held else State.NONE), None
    if until is None:
        return State.NONE, None
    if until - now < AHEAD:
        return (State.DONE if held else State.NONE), None
    if case.state is State.PAUSED or (case.is_removal and held and step.rung is not Rung.BAN):
        # Telegram keeps no mute for who is not there: it is imposed when they come back.
        return State.PAUSED, None
    return (State.REFUSED, Why.BASIC_GROUP) if basic and step.rung is not Rung.BAN else (State.ORDERED, None)
