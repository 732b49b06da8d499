"""The ways in without the organiser: a code that is typed, and a link that a QR code opens."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from bot.kernel.numerals import fold

if TYPE_CHECKING:
    from datetime import datetime

    from bot.events.door.rules.checkin import AlreadyHere, CheckedIn, NotOnList, Shut, WalkedIn
    from bot.events.rules.event import Event

TRIES: Final = 5
TRIES_WITHIN: Final = timedelta(minutes=10)
LEAST_DIGITS, MOST_DIGITS = 4, 6
TOKEN_BYTES: Final = 16
"""128 bits, which nobody guesses; 22 of the 64 characters that a link to a bot may carry."""
_CODE = re.compile(rf"[0-9]{{{LEAST_DIGITS},{MOST_DIGITS}}}")
_TOKEN = re.compile(r"[A-Za-z0-9_-]{16,60}")


def digits_for(people: int) -> int:
    """Return how long a code is: the more people may try, the longer."""
    return LEAST_DIGITS + (people >= 100) + (people >= 1000)


def read_code(text: str) -> str | None:
    """Read a code as it is typed, also with full-width digits or spaces between them; None if it is none."""
    folded = "".join(fold(text).split())
    return folded if _CODE.fullmatch(folded) else None


def read_token(text: str) -> str | None:
    """Read what a link carries; None if it cannot be one of ours."""
    return text if _TOKEN.fullmatch(text) else None


@dataclass(frozen=True, slots=True)
class Door:
    """What the organiser settled about the door of an event.

    ``code`` and ``token`` are made when they are first asked for, and anew on demand. ``walk_ins`` lets people in by code or link
    who are not on the list. ``closed_at`` is when absence was recorded, ``reminded_at`` when those who owe were last reminded.
    """

    event_id: int
    code: str | None = None
    token: str | None = None
    walk_ins: bool = False
    closed_at: datetime | None = None
    reminded_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Tries:
    """How many wrong codes a person typed since when."""

    since: datetime
    wrong: int

    def locked_until(self, now: datetime) -> datetime | None:
        """Return until when the person must wait, or None."""
        until = self.since + TRIES_WITHIN
        return until if self.wrong >= TRIES and now < until else None

    def once_more(self, now: datetime) -> Tries:
        """Return what is known after another wrong code."""
        return Tries(now, 1) if now >= self.since + TRIES_WITHIN else Tries(self.since, self.wrong + 1)

    def left(self, now: datetime) -> int:
        """Return how many tries the person has now."""
        return TRIES if now >= self.since + TRIES_WITHIN else max(TRIES - self.wrong, 0)


# Outcomes


@dataclass(frozen=True, slots=True)
class WrongCode:
    """No event that is open has this code; ``left`` tries remain."""

    left: int


@dataclass(frozen=True, slots=True)
class Locked:
    """There were too many wrong codes; the next try counts at ``until``."""

    until: datetime


@dataclass(frozen=True, slots=True)
class NoDoor:
    """No event of the person's groups takes codes now."""


@dataclass(frozen=True, slots=True)
class NoSuchLink:
    """The link was never made, or a newer one took its place."""


@dataclass(frozen=True, slots=True)
class Stranger:
    """The person is not known in the group of the event."""


@dataclass(frozen=True, slots=True)
class AtDoor:
    """What comes of a right code or link at an event."""

    event: Event
    outcome: CheckedIn | AlreadyHere | WalkedIn | NotOnList | Shut


CodeOutcome = AtDoor | WrongCode | Locked | NoDoor
LinkOutcome = AtDoor | NoSuchLink | Stranger
