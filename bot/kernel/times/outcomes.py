"""What may come of reading a time that somebody typed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Parsed:
    """One instant (aware, UTC), and the piece of text that said it.

    With ``date_only`` no hour was named: ``at`` is the first moment of that day in the zone, which for today has passed
    already; ask for the hour and put it to the day with :func:`bot.kernel.times.complete`. ``part`` then says which part
    of the day was named (``evening``), if one was.
    """

    at: datetime
    date_only: bool
    matched: str
    part: str = ""


@dataclass(frozen=True)
class Ambiguous:
    """Several instants (aware, UTC, in order) fit the text: ask which is meant. Past and too distant ones are left out."""

    text: str
    readings: tuple[datetime, ...]
    date_only: bool = False


@dataclass(frozen=True)
class NotUnderstood:
    """The text names no time."""

    text: str


@dataclass(frozen=True)
class InPast:
    """The time named is over (or is this very moment)."""

    at: datetime


@dataclass(frozen=True)
class DoesNotExist:
    """Clocks are put forward over this local time; ``after`` (aware, UTC) is the first one behind the gap."""

    local: datetime
    after: datetime


@dataclass(frozen=True)
class TooFar:
    """The time named is more than five years ahead."""

    at: datetime


@dataclass(frozen=True)
class NoSuchDay:
    """It is written like a date, but the calendar has no such day (31 Feb, 2月30日)."""

    text: str


@dataclass(frozen=True)
class NoSuchHour:
    """It would be a time, but no clock shows such an hour (25:00, 晚上25点)."""

    text: str


TimeOutcome = Parsed | Ambiguous | NotUnderstood | InPast | DoesNotExist | TooFar | NoSuchDay | NoSuchHour
