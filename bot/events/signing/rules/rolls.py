"""The answer to signing up in words: one message for what is written within some minutes, edited as more is written."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, assert_never

from bot.events.rules.outcomes import (
    AlreadyIn,
    AlreadyWaits,
    Confirmed,
    Declined,
    GuestLimit,
    GuestsChanged,
    In,
    Left,
    NowMaybe,
    Outcome,
    Refused,
    Suspended,
    TooLate,
    TooMany,
    WaitingGuestsChanged,
    Waits,
    WrongTag,
)
from bot.kernel.ids import ChatId, ThreadId, UserId

STAYS: Final = timedelta(minutes=10)
"""How long after it was posted such a message is added to; later it stands too far up to be seen."""
MOST_LINES: Final = 20
"""How many people one such message answers."""


class Stood(StrEnum):
    """What a person's word came to."""

    IN = "in"
    WAITS = "waits"
    MAYBE = "maybe"
    OFF = "off"
    NO_GUESTS = "no guests"
    GUEST_LIMIT = "guest limit"
    NO_SEAT = "no seat"
    FULL = "full"
    CLOSED = "closed"
    BARRED = "barred"
    """The reason is theirs alone, and not told to everybody."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What one person's last word came to; ``number`` is the place in line, or the limit; ``guests`` come with them."""

    user_id: UserId
    name: str
    stood: Stood
    guests: int = 0
    number: int = 0


@dataclass(frozen=True, slots=True)
class Roll:
    """One message and whom it answers, as they wrote."""

    id: int
    event_id: int
    chat_id: ChatId
    thread_id: ThreadId | None
    opened: datetime
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Enrolled:
    """A message with a word added. ``is_new`` says that it is to be posted; ``past`` is an old one to let go."""

    roll: Roll
    is_new: bool
    past: int | None = None


def is_fresh(roll: Roll, now: datetime) -> bool:
    """Say whether a message stands where people still look."""
    return now - roll.opened < STAYS


def takes(roll: Roll, entry: Entry, now: datetime) -> bool:
    """Say whether a message still takes another word."""
    there = any(one.user_id == entry.user_id for one in roll.entries)
    return is_fresh(roll, now) and (there or len(roll.entries) < MOST_LINES)


def added(roll: Roll, entry: Entry) -> Roll:
    """Add a word, as the last; somebody's earlier one is gone."""
    others = tuple(one for one in roll.entries if one.user_id != entry.user_id)
    return replace(roll, entries=(*others, entry))


def entry_of(user_id: UserId, name: str, outcome: Outcome) -> Entry:
    """Return what is said to the group of what a word came to."""
    match outcome:
        case In(guests=guests) | AlreadyIn(guests=guests) | GuestsChanged(guests=guests) | Confirmed(guests=guests):
            return Entry(user_id, name, Stood.IN, guests)
        case (
            Waits(position=place, guests=guests)
            | AlreadyWaits(position=place, guests=guests)
            | WaitingGuestsChanged(position=place, guests=guests)
        ):
            return Entry(user_id, name, Stood.WAITS, guests, place)
        case Left() | Declined():
            return Entry(user_id, name, Stood.OFF)
        case NowMaybe():
            return Entry(user_id, name, Stood.MAYBE)
        case GuestLimit(limit=limit):
            return Entry(user_id, name, Stood.GUEST_LIMIT, number=limit)
        case TooLate():
            return Entry(user_id, name, Stood.CLOSED)
        case WrongTag() | Suspended() | TooMany():
            return Entry(user_id, name, Stood.BARRED)
        case Refused():
            return Entry(user_id, name, _REFUSED[outcome])
        case _:
            assert_never(outcome)


_REFUSED: Final = {
    Refused.NOT_ON_LIST: Stood.OFF,
    Refused.NOT_GOING: Stood.OFF,
    Refused.ALREADY_DECLINED: Stood.OFF,
    Refused.ALREADY_MAYBE: Stood.MAYBE,
    Refused.ALREADY_CONFIRMED: Stood.IN,
    Refused.NO_GUESTS_ALLOWED: Stood.NO_GUESTS,
    Refused.NO_GUEST_TO_REMOVE: Stood.OFF,
    Refused.FULL: Stood.FULL,
    Refused.FULL_FOR_GUEST: Stood.NO_SEAT,
    Refused.LINE_BEFORE_GUEST: Stood.NO_SEAT,
}
