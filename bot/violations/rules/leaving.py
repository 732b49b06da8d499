"""Who is asked to leave, and what follows when they do not (R22)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.violations.rules.case import Case, State
from bot.violations.rules.ladder import Rung, Step
from bot.violations.rules.ledger import Ledger, removal_is_open


def asked(cases: Sequence[Case], now: datetime) -> list[Case]:
    """Return the cases whose time to leave still runs."""
    return [case for case in cases if case.undone is None and case.leave_by is not None and now < case.leave_by]


def went(cases: Sequence[Case], now: datetime) -> list[Case]:
    """Return the cases that are done with because the person left."""
    return [replace(case, left_at=now) for case in asked(cases, now) if case.left_at is None]


def returned(cases: Sequence[Case], now: datetime) -> list[Case]:
    """Return the cases whose time goes on running because the person came back before its end."""
    return [replace(case, left_at=None) for case in asked(cases, now) if case.left_at is not None]


def is_over(case: Case, cases: Sequence[Case], now: datetime) -> bool:
    """Say whether the person did not leave in time, and nothing else has come of it since."""
    waits = case.leave_by is not None and case.leave_by <= now and case.left_at is None and case.undone is None
    return waits and not removal_is_open(cases) and not _was_decided(case, cases)


def _was_decided(case: Case, cases: Sequence[Case]) -> bool:
    """Say whether a removal was proposed or ordered after the person was asked to leave, whatever came of it."""
    return any(other.is_removal and other.number > case.number and other.undone is None for other in cases)


def removal_after(case: Case, ledger: Ledger, now: datetime) -> Case:
    """Return the case that proposes the removal of somebody who did not leave; it counts towards nothing."""
    return replace(
        case,
        id=0,
        number=ledger.next_number,
        issued_at=now,
        expires_at=now + ledger.settings.expiry,
        level=0,
        step=Step(Rung.REMOVAL),
        state=State.PROPOSED,
        mute_until=None,
        why=None,
        decided_by=None,
        further=0,
        follows=case.number,
        leave_by=None,
        left_at=None,
        lapses_at=None,
    )


def taken_back_with(case: Case, cases: Sequence[Case]) -> list[Case]:
    """Return the removals that nobody has decided about yet, and that fall with the case whose time ran out."""
    return [
        other
        for other in cases
        if other.follows == case.number and other.state is State.PROPOSED and other.undone is None
    ]
