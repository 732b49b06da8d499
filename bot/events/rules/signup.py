"""Who gets a seat (R05): pure decisions about one person's tap, and about the line behind a freed seat.

Everybody on an event has a ``turn``, given when they come (a person who left and comes back gets a new one). Those who are
going are always the first by turn; everybody behind them waits. That is why nobody is overtaken, why who loses a seat to an
edit stands at the head of the line without being put there, and why a party that does not fit makes those behind it wait.
Somebody who is going can bring a guest only while a seat is free and nobody waits: their own seat is never put at stake.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum, StrEnum
from typing import TYPE_CHECKING, Final

from bot.events.rules.event import Phase

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from bot.events.rules.event import Event, Plan
    from bot.kernel.ids import UserId


class SignUpState(StrEnum):
    """Where a person stands."""

    GOING = "going"
    WAITING = "waiting"
    LEFT = "left"


class Notice(StrEnum):
    """What a person has still to be told."""

    MOVED_UP = "up"
    MOVED_BACK = "back"


@dataclass(frozen=True, slots=True)
class SignUp:
    """A person's last word about an event. ``turn`` orders all who are on it; ``since`` is when they last came or left."""

    user_id: UserId
    name: str
    state: SignUpState
    turn: int
    since: datetime
    guests: int = 0
    notice: Notice | None = None

    @property
    def size(self) -> int:
        """The seats the person and their guests take."""
        return 1 + self.guests


@dataclass(frozen=True, slots=True)
class Tally:
    """The sums over an event's sign-ups; ``ahead`` counts the parties in line before the person who is asked about."""

    parties: int = 0
    taken: int = 0
    waiting: int = 0
    largest: int = 0
    last_turn: int = 0
    ahead: int = 0

    @property
    def people(self) -> int:
        """How many persons are going or waiting, guests left out."""
        return self.parties + self.waiting


class Action(Enum):
    """What a person taps."""

    JOIN = "join"
    LEAVE = "leave"
    MORE = "more"
    FEWER = "fewer"


# Outcomes


@dataclass(frozen=True, slots=True)
class In:
    """The person is going; ``taken`` of ``seats`` are taken now (their own are the last). ``guests`` come along."""

    taken: int
    seats: int | None
    guests: int


@dataclass(frozen=True, slots=True)
class Waits:
    """The person is ``position``-th in line."""

    position: int
    guests: int


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
    """The person, going, brings ``guests`` now."""

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


class Refused(Enum):
    """Nothing changes."""

    NOT_ON_LIST = "not on list"
    NO_GUESTS_ALLOWED = "no guests allowed"
    NO_GUEST_TO_REMOVE = "no guest to remove"
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


Outcome = (
    In | Waits | AlreadyIn | AlreadyWaits | GuestsChanged | WaitingGuestsChanged | Left | GuestLimit | TooLate | Refused
)


@dataclass(frozen=True, slots=True)
class Decision:
    """What comes of a tap: what is said, the person's new sign-up if it changes, and whether the line may move."""

    outcome: Outcome
    change: SignUp | None = None
    frees: bool = False


@dataclass(frozen=True, slots=True)
class Person:
    """Who taps."""

    user_id: UserId
    name: str


_ADDING: Final = frozenset({Action.JOIN, Action.MORE})


def decide(event: Event, tally: Tally, mine: SignUp | None, action: Action, who: Person, now: datetime) -> Decision:
    """Decide one tap. ``mine`` is the person's sign-up so far, if there is one."""
    if mine is not None and mine.state is SignUpState.LEFT:
        mine = None
    phase = event.phase(now)
    if mine is not None and action is Action.JOIN and phase.is_live:
        return Decision(_already(mine, tally))
    if not phase.is_live or (action in _ADDING and phase is not Phase.OPEN):
        return Decision(TooLate(phase, since(event, phase)))
    match action:
        case Action.JOIN | Action.MORE if mine is None:
            guests = 0 if action is Action.JOIN else 1
            return _come(event.plan, tally, who, guests, now)
        case Action.MORE:
            return _more(event.plan, tally, mine)
        case Action.FEWER:
            return _fewer(event.plan, tally, mine)
        case _:
            return _leave(mine, now)


def since(event: Event, phase: Phase) -> datetime | None:
    """Return the time of the plan at which a phase began, where there is one."""
    if phase is Phase.PAST_DEADLINE:
        return event.plan.deadline
    return event.plan.starts_at if phase is Phase.OVER else None


def moving_up(plan: Plan, taken: int, line: Iterable[SignUp]) -> tuple[SignUp, ...]:
    """Return who of the line gets a seat now: from its head, up to the first party that does not fit."""
    moved = []
    for party in line:
        taken += party.size
        if plan.seats is not None and taken > plan.seats:
            break
        moved.append(replace(party, state=SignUpState.GOING, notice=Notice.MOVED_UP))
    return tuple(moved)


def _already(mine: SignUp, tally: Tally) -> Outcome:
    if mine.state is SignUpState.GOING:
        return AlreadyIn(mine.guests)
    return AlreadyWaits(tally.ahead + 1, mine.guests)


def _has_room(plan: Plan, tally: Tally, size: int) -> bool:
    return tally.waiting == 0 and (plan.seats is None or tally.taken + size <= plan.seats)


def _come(plan: Plan, tally: Tally, who: Person, guests: int, now: datetime) -> Decision:
    if guests > plan.guests:
        return Decision(Refused.NO_GUESTS_ALLOWED)
    size = 1 + guests
    room = _has_room(plan, tally, size)
    state = SignUpState.GOING if room else SignUpState.WAITING
    change = SignUp(who.user_id, who.name, state, tally.last_turn + 1, now, guests)
    if room:
        return Decision(In(tally.taken + size, plan.seats, guests), change)
    return Decision(Waits(tally.waiting + 1, guests), change)


def _more(plan: Plan, tally: Tally, mine: SignUp | None) -> Decision:
    if mine is None or plan.guests == 0:
        return Decision(Refused.NO_GUESTS_ALLOWED)
    if mine.guests >= plan.guests:
        return Decision(GuestLimit(plan.guests))
    change = replace(mine, guests=mine.guests + 1)
    if mine.state is SignUpState.WAITING:
        return Decision(WaitingGuestsChanged(change.guests, tally.ahead + 1), change)
    if _has_room(plan, tally, 1):
        return Decision(GuestsChanged(change.guests, tally.taken + 1, plan.seats), change)
    return Decision(Refused.LINE_BEFORE_GUEST if tally.waiting else Refused.FULL_FOR_GUEST)


def _fewer(plan: Plan, tally: Tally, mine: SignUp | None) -> Decision:
    if mine is None:
        return Decision(Refused.NOT_ON_LIST)
    if mine.guests == 0:
        return Decision(Refused.NO_GUEST_TO_REMOVE)
    change = replace(mine, guests=mine.guests - 1)
    if mine.state is SignUpState.WAITING:
        return Decision(WaitingGuestsChanged(change.guests, tally.ahead + 1), change, frees=True)
    return Decision(GuestsChanged(change.guests, tally.taken - 1, plan.seats), change, frees=True)


def _leave(mine: SignUp | None, now: datetime) -> Decision:
    if mine is None:
        return Decision(Refused.NOT_ON_LIST)
    change = replace(mine, state=SignUpState.LEFT, guests=0, since=now, notice=None)
    return Decision(Left(mine.state is SignUpState.GOING), change, frees=True)
