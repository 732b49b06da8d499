"""What reading a recurrence may come to."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.kernel.recurrence.rule import Recurrence


class Fault(StrEnum):
    """What of a text makes no rule."""

    UNKNOWN = "unknown"
    """It says nothing that comes again."""
    CLOCK = "clock"
    """The piece behind the days is no time of day."""
    CRON = "cron"
    """The fields of cron are wrong; the piece names which, as :class:`CronFault` does."""
    BEGIN = "begin"
    """The piece is no day on which it could begin."""
    END = "end"
    """The piece is no day or number with which it could end."""
    TWO_ENDS = "two ends"
    """It says both a last day and how many times."""
    SKIP = "skip"
    """The piece is no day that could be left out."""
    OVER = "over"
    """It never comes: it ends before it begins, or everything is left out."""


@dataclass(frozen=True)
class Unread:
    """The text is not understood; ``piece`` is what of it."""

    fault: Fault
    piece: str = ""


@dataclass(frozen=True)
class Read:
    """The rule that a text says, and whether it names the time of day."""

    rule: Recurrence
    clock_said: bool
