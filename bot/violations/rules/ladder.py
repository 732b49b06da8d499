"""The ladder of a group: what the first, second, third warning brings (R22)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

LONGEST_MUTE = timedelta(days=365)
"""Telegram takes a restriction of more than 366 days as one for ever."""
SHORTEST_MUTE = timedelta(minutes=1)
"""Telegram takes a restriction of less than 30 seconds as one for ever."""
MOST_STEPS = 10


class Rung(StrEnum):
    """What a step says to the person."""

    WARNING = "warning"
    SERIOUS = "serious"
    LEAVE = "leave"
    """The person is asked to leave."""
    REMOVAL = "removal"
    """Their removal is proposed to a second manager."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step, perhaps with a mute of that length; a removal has none."""

    rung: Rung
    mute: timedelta | None = None


Ladder = tuple[Step, ...]

DEFAULT_LADDER: Ladder = (
    Step(Rung.WARNING),
    Step(Rung.SERIOUS, timedelta(hours=1)),
    Step(Rung.LEAVE, timedelta(hours=24)),
    Step(Rung.REMOVAL),
)


class BadLadder(StrEnum):
    """Why steps make no ladder."""

    EMPTY = "empty"
    TOO_MANY = "too_many"
    MUTE_TOO_SHORT = "mute_too_short"
    MUTE_TOO_LONG = "mute_too_long"
    MUTED_REMOVAL = "muted_removal"


def fault_of(ladder: Ladder) -> BadLadder | None:
    """Say what is wrong with a ladder, or None."""
    if not ladder:
        return BadLadder.EMPTY
    if len(ladder) > MOST_STEPS:
        return BadLadder.TOO_MANY
    for step in ladder:
        if step.mute is not None and step.rung is Rung.REMOVAL:
            return BadLadder.MUTED_REMOVAL
        if step.mute is not None and step.mute < SHORTEST_MUTE:
            return BadLadder.MUTE_TOO_SHORT
        if step.mute is not None and step.mute > LONGEST_MUTE:
            return BadLadder.MUTE_TOO_LONG
    return None


def step_at(ladder: Ladder, count: int) -> Step:
    """Return what warning number ``count`` (from 1) brings; after the last step it is the last step again."""
    return ladder[min(count, len(ladder)) - 1]
