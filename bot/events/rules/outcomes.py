"""What comes of a person's word about an event (R05): values that texts turn into sentences."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from bot.events.rules.event import Phase


@dataclass(frozen=True, slots=True)
class In:
    """The person is going; ``taken`` of ``seats`` are taken now (their own are the last). ``guests`` come along."""

    taken: int
    seats: int | None
    guests: int


@dataclass(frozen=True, slots=True)
class Waits:
    """The person is ``position``-th in line. ``free`` seats are not given because others come first, or the party is larger."""

    position: int
    guests: int
    free: int = 0


@dataclass(frozen=True, slots=True)
class AlreadyIn:
    """They were going before."""

    guests: int


@dataclass(frozen=True, slots=True)
class AlreadyWaits:
    """They were waiting before."""

    position: int
    guests: int


@dataclass(frozen=True, slots=True)
class GuestsChanged:
    """The person, who has a seat or is offered one, brings ``guests`` now."""

    guests: int
    taken: int
    seats: int | None


@dataclass(frozen=True, slots=True)
class WaitingGuestsChanged:
    """The person, waiting, wants to bring ``guests`` now."""

    guests: int
    position: int


@dataclass(frozen=True, slots=True)
class Left:
    """The person is off the list."""

    was_going: bool


@dataclass(frozen=True, slots=True)
class Declined:
    """The person, who was not on the list, says that they are not coming."""


@dataclass(frozen=True, slots=True)
class NowMaybe:
    """The person may come; ``gave_up`` says that they had a seat or a place in line, which passes on."""

    gave_up: bool


@dataclass(frozen=True, slots=True)
class Confirmed:
    """The person is still coming."""

    guests: int


class Refused(Enum):
    """Nothing changes."""

    NOT_ON_LIST = "not on list"
    NOT_GOING = "not going"
    ALREADY_DECLINED = "already declined"
    ALREADY_MAYBE = "already maybe"
    ALREADY_CONFIRMED = "already confirmed"
    NO_GUESTS_ALLOWED = "no guests allowed"
    NO_GUEST_TO_REMOVE = "no guest to remove"
    FULL = "full"
    FULL_FOR_GUEST = "full for guest"
    LINE_BEFORE_GUEST = "line before guest"


@dataclass(frozen=True, slots=True)
class GuestLimit:
    """More guests are not allowed."""

    limit: int


@dataclass(frozen=True, slots=True)
class TooLate:
    """Signing up, or changing anything, is over; ``since`` is when that came about, where it is a time of the plan."""

    phase: Phase
    since: datetime | None


@dataclass(frozen=True, slots=True)
class WrongTag:
    """Only people with one of these member tags may come."""

    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Suspended:
    """The person stayed away from ``missed`` events unexcused, and may sign up again at ``until``."""

    missed: int
    until: datetime


@dataclass(frozen=True, slots=True)
class TooMany:
    """The person is on ``most`` coming events already, as many as the group allows."""

    most: int


Bar = WrongTag | Suspended | TooMany
"""Why a person may not sign up, whatever the state of the list."""

Outcome = (
    In
    | Waits
    | AlreadyIn
    | AlreadyWaits
    | GuestsChanged
    | WaitingGuestsChanged
    | Left
    | Declined
    | NowMaybe
    | Confirmed
    | GuestLimit
    | TooLate
    | Bar
    | Refused
)
