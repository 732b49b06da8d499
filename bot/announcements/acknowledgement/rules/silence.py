"""Silence past the deadline, and what managers make of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.announcements.rules.roll import Roll


class Decision(StrEnum):
    """What managers have made of somebody's silence."""

    OPEN = "open"
    """Nothing yet."""
    RECORDED = "recorded"
    """It became a case."""
    WAIVED = "waived"
    """It was let pass."""


@dataclass(frozen=True, slots=True)
class Missed:
    """Somebody who had not acknowledged by the deadline, and what was decided by whom."""

    user_id: int
    name: str
    decision: Decision = Decision.OPEN
    decided_by: str = ""


def proposed(found: Roll) -> list[Missed]:
    """Return whose silence is put before the managers: those who run the group are not warned."""
    return [Missed(one.who.user_id, one.who.name) for one in found.waiting if not one.who.runs_it]
