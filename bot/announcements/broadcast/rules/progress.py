"""How far a broadcast is: counted from what became of each group's copy."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from bot.announcements.broadcast.rules.life import LOW, WINDOW, Reason, State, Step, Target
from bot.announcements.rules.announcement import Pin
from bot.announcements.rules.announcement import State as Post

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.announcements.broadcast.rules.life import Broadcast

A_SECOND: Final = 28
"""So many copies go out in a second, when nothing else does."""


class Fate(StrEnum):
    """How a group stands in a broadcast."""

    WAITING = "waiting"
    HELD = "held"
    ON_WAY = "on_way"
    SENT = "sent"
    UNCERTAIN = "uncertain"
    FAILED = "failed"
    REVIEW = "review"
    """It waits there for a reviewer, or for whoever publishes it after the review."""
    TURNED_DOWN = "turned_down"
    """Somebody there decided that it does not go out."""
    LEFT_OUT = "left_out"
    SKIPPED = "skipped"
    WITHDRAWN = "withdrawn"


_OF_POST: Final[dict[Post, Fate]] = {
    Post.DRAFT: Fate.REVIEW,
    Post.IN_REVIEW: Fate.REVIEW,
    Post.APPROVED: Fate.REVIEW,
    Post.SCHEDULED: Fate.REVIEW,
    Post.MISSED: Fate.REVIEW,
    Post.PUBLISHING: Fate.ON_WAY,
    Post.UNCERTAIN: Fate.UNCERTAIN,
    Post.PUBLISHED: Fate.SENT,
    Post.FAILED: Fate.FAILED,
    Post.CANCELLED: Fate.TURNED_DOWN,
    Post.DISCARDED: Fate.TURNED_DOWN,
    Post.REJECTED: Fate.TURNED_DOWN,
    Post.WITHDRAWN: Fate.WITHDRAWN,
}
_OF_STEP: Final = {
    Step.WAITING: Fate.WAITING,
    Step.HELD: Fate.HELD,
    Step.LEFT_OUT: Fate.LEFT_OUT,
    Step.SKIPPED: Fate.SKIPPED,
}
MISSING: Final = (Fate.UNCERTAIN, Fate.FAILED, Fate.LEFT_OUT, Fate.TURNED_DOWN)
"""Who has not got it, or perhaps not, although it was their turn: in the order in which they are listed."""

_CHANGED: Final = frozenset({Fate.SENT, Fate.REVIEW})
_TAKEN_BACK: Final = _CHANGED | {Fate.FAILED}


@dataclass(frozen=True, slots=True)
class Copy:
    """What became of a copy, as its own group's announcement says it: ``refusal`` and ``problem`` are Telegram's."""

    number: int
    state: Post
    pin: Pin = Pin.NONE
    refusal: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A group of a broadcast with its copy, if it has one."""

    target: Target
    copy: Copy | None = None

    @property
    def fate(self) -> Fate:
        """How the group stands."""
        if self.target.step is not Step.MADE:
            return _OF_STEP[self.target.step]
        return Fate.WAITING if self.copy is None else _OF_POST[self.copy.state]


@dataclass(frozen=True, slots=True)
class Tally:
    """The groups of a broadcast, counted.

    ``refusals`` are the kinds of refusals with their numbers, ``reasons`` why groups were left out. ``changing`` counts copies whose
    words, or whose withdrawal, are still to be sent, ``unchanged`` those that could not be changed, and ``unpinned`` those that Telegram
    would not pin. ``next_awake`` is when the first of
    the held ones may go.
    """

    fates: Mapping[Fate, int]
    refusals: Mapping[str, int]
    reasons: Mapping[Reason, int]
    changing: int = 0
    unchanged: int = 0
    unpinned: int = 0
    next_awake: datetime | None = None
    last_awake: datetime | None = None

    def of(self, *fates: Fate) -> int:
        """Count the groups that stand so."""
        return sum(self.fates.get(fate, 0) for fate in fates)

    @property
    def total(self) -> int:
        """All groups."""
        return sum(self.fates.values())

    @property
    def done(self) -> int:
        """Those for which nothing is to be done by itself any more."""
        return self.total - self.of(Fate.WAITING, Fate.HELD, Fate.ON_WAY)

    @property
    def seconds_left(self) -> int:
        """How long it takes until all have got it that are not held back."""
        return -(-(self.of(Fate.WAITING, Fate.ON_WAY) + self.changing) // A_SECOND)


def tally(broadcast: Broadcast, rows: Sequence[Row]) -> Tally:
    """Count the groups."""
    awake = [row.target.until for row in rows if row.fate is Fate.HELD and row.target.until is not None]
    return Tally(
        Counter(row.fate for row in rows),
        Counter(row.copy.refusal for row in rows if row.fate is Fate.FAILED and row.copy is not None),
        Counter(row.target.reason for row in rows if row.fate is Fate.LEFT_OUT),
        sum(row.target.under_way or needs_change(broadcast, row) for row in rows),
        sum(bool(row.target.problem) for row in rows),
        sum(row.copy is not None and row.copy.pin is Pin.REFUSED for row in rows),
        min(awake, default=None),
        max(awake, default=None),
    )


def needs_change(broadcast: Broadcast, row: Row) -> bool:
    """Say whether a copy has earlier words, or is to be taken back; what nobody knows of is left alone."""
    target = row.target
    if target.step is not Step.MADE or target.under_way or target.problem:
        return False
    if broadcast.withdrawn:
        return row.fate in _TAKEN_BACK
    return row.fate in _CHANGED and target.version < broadcast.version


def needs_another_try(row: Row) -> bool:
    """Say whether a group has not got it, or not its change, and nobody doubts that: trying again does no harm."""
    return row.fate in {Fate.FAILED, Fate.LEFT_OUT} or bool(row.target.problem)


def is_over(broadcast: Broadcast, rows: Sequence[Row]) -> bool:
    """Say whether a running broadcast has nothing left to do: what waits for people is no reason to go on."""
    if broadcast.state is not State.RUNNING:
        return False
    open_fates = {Fate.WAITING, Fate.HELD, Fate.ON_WAY}
    return not any(row.fate in open_fates or row.target.under_way or needs_change(broadcast, row) for row in rows)


# What comes next


def outstanding(rows: Sequence[Row]) -> int:
    """Count what is in the outbox and has not come to an end."""
    return sum(row.fate is Fate.ON_WAY or row.target.under_way for row in rows)


def next_up(broadcast: Broadcast, rows: Sequence[Row], now: datetime) -> tuple[int, list[Row]]:
    """Return how many may be put into the outbox now, and the groups whose turn it is, the broadcast's own first."""
    out = outstanding(rows)
    if broadcast.state is not State.RUNNING or out > LOW:
        return 0, []
    due = [row for row in rows if _is_due(broadcast, row, now)]
    return WINDOW - out, sorted(due, key=lambda row: (row.target.group_id != broadcast.group_id, row.target.group_id))


def _is_due(broadcast: Broadcast, row: Row, now: datetime) -> bool:
    target = row.target
    if target.step is Step.HELD:
        return target.until is None or target.until <= now
    return target.step is Step.WAITING or needs_change(broadcast, row)
