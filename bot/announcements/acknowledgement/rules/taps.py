"""What a tap on the button does: it counts, it is taken back, or it is locked."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from bot.announcements.acknowledgement.rules.wish import Wish
from bot.announcements.rules.asked import Asked, Closed
from bot.announcements.rules.plan import PLAN
from bot.announcements.rules.roll import Answer, Given
from bot.kernel.ids import GroupId

UNDO: Final = timedelta(minutes=5)
"""So long may an acknowledgement be taken back with the same button."""
TWICE: Final = timedelta(seconds=3)
"""A second tap within this time is a finger that trembled: nobody takes back so fast what they have read."""


@dataclass(frozen=True, slots=True)
class Round(Asked):
    """What is asked of the readers of one announcement at present.

    ``number`` counts how often it was asked: a changed text asks anew, and what was acknowledged before counts no more.
    ``propose``: silence past the deadline is put before the managers. ``broadcast_id`` says that the same announcement stands in
    other groups too.
    """

    nudges: tuple[timedelta, ...] = PLAN
    number: int = 1
    propose: bool = False
    broadcast_id: int | None = None

    def is_late(self, at: datetime) -> bool:
        """Say whether what is acknowledged then is late."""
        return self.until is not None and at > self.until


@dataclass(frozen=True, slots=True)
class Mark:
    """Somebody's acknowledgement. ``name`` is what they were called then."""

    user_id: int
    name: str
    at: datetime
    late: bool = False

    @property
    def given(self) -> Given:
        """It as the roll has it."""
        return Given(Answer.LATE if self.late else Answer.DONE, self.at)


@dataclass(frozen=True, slots=True)
class Noted:
    """It counts now."""

    mark: Mark
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class TakenBack:
    """It does not count any more."""


@dataclass(frozen=True, slots=True)
class Twice:
    """It was tapped a moment ago and stays."""

    mark: Mark


@dataclass(frozen=True, slots=True)
class Locked:
    """It cannot be taken back any more."""

    mark: Mark


Outcome = Noted | TakenBack | Twice | Locked | Closed


def tap(asked: Round, earlier: Mark | None, user_id: int, name: str, now: datetime) -> Outcome:
    """Say what a tap does (R02)."""
    if asked.closed:
        return Closed()
    if earlier is None:
        return Noted(Mark(user_id, name, now, asked.is_late(now)), asked.until)
    since = now - earlier.at
    if since <= TWICE:
        return Twice(earlier)
    return TakenBack() if since <= UNDO else Locked(earlier)


def begun(post_id: int, group_id: GroupId, wish: Wish, now: datetime, broadcast_id: int | None = None) -> Round:
    """Begin to ask, when the announcement has been posted."""
    until = wish.deadline(now)
    return Round(post_id, group_id, now, until, nudges=wish.nudges, propose=wish.propose, broadcast_id=broadcast_id)


def asked_anew(asked: Round, now: datetime) -> Round:
    """Ask everybody again; a deadline that has passed holds no more, and reminders are counted anew."""
    until = asked.until if asked.until is not None and asked.until > now else None
    return replace(asked, number=asked.number + 1, opened_at=now, until=until, nudged=0, closed=False)


def changed_to(asked: Round, wish: Wish) -> Round:
    """Take over what a manager has changed after the posting; what was late or in time stays what it was."""
    until = asked.opened_at + wish.until if isinstance(wish.until, timedelta) else wish.until
    if until is not None and until <= asked.opened_at:
        until = None
    return replace(asked, until=until, nudges=wish.nudges, propose=wish.propose, closed=False)


@dataclass(frozen=True, slots=True)
class Sum:
    """How one announcement stands in several groups: in how many it is asked, how many have acknowledged it, how many late."""

    groups: int
    read: int
    late: int
