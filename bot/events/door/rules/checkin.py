"""Who comes, and what becomes of it: pure decisions about one person at the door."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from enum import Enum
from typing import TYPE_CHECKING, Final

from bot.events.rules.event import Phase
from bot.events.rules.schedule import CHECK_IN_AHEAD
from bot.events.rules.signup import Presence, SignUp, SignUpState

if TYPE_CHECKING:
    from datetime import datetime

    from bot.events.rules.event import Event
    from bot.events.rules.plan import Plan
    from bot.events.rules.signup import Person
    from bot.kernel.ids import UserId

OPENS_AHEAD: Final = timedelta(hours=1)
STAYS_OPEN: Final = timedelta(days=1)
"""How long after the end people may still be checked in, and when those who did not come are marked absent."""
LATE_AFTER: Final = timedelta(minutes=15)
PRESENT: Final = frozenset({Presence.CAME, Presence.LATE, Presence.WALKED_IN})


class Hours(Enum):
    """Whether the door of an event is open."""

    HIDDEN = "hidden"
    """A draft has no door."""
    CANCELLED = "cancelled"
    NOT_YET = "not yet"
    OPEN = "open"
    PAST = "past"
    """Organisers may correct the list, nobody can check in."""


def opens_at(plan: Plan) -> datetime:
    """Return when check-in begins."""
    return plan.starts_at - OPENS_AHEAD


def shuts_at(plan: Plan) -> datetime:
    """Return when check-in ends, and absence is recorded."""
    return plan.ends_at + STAYS_OPEN


def hours(event: Event, now: datetime) -> Hours:
    """Say whether the door of an event is open at ``now``."""
    phase = event.phase(now)
    if phase is Phase.DRAFT:
        return Hours.HIDDEN
    if phase is Phase.CANCELLED:
        return Hours.CANCELLED
    if now < opens_at(event.plan):
        return Hours.NOT_YET
    return Hours.OPEN if now < shuts_at(event.plan) else Hours.PAST


def offers_check_in(event: Event, now: datetime) -> bool:
    """Say whether members see a button for the check-in by code, where there is a code: from the day of the event to its end."""
    is_near = event.plan.starts_at - CHECK_IN_AHEAD <= now < event.plan.ends_at
    return is_near and hours(event, now) in {Hours.NOT_YET, Hours.OPEN}


def presence_at(plan: Plan, now: datetime) -> Presence:
    """Say how somebody comes who is checked in now. After the end the clock does not tell any more who was late."""
    late = plan.starts_at + LATE_AFTER <= now < plan.ends_at
    return Presence.LATE if late else Presence.CAME


@dataclass(frozen=True, slots=True)
class Stood:
    """Where somebody stood before they walked in: not on the list, or in this state with so many guests."""

    state: SignUpState | None = None
    guests: int = 0


@dataclass(frozen=True, slots=True)
class Arrival:
    """What is known of somebody who walked in, beside their sign-up."""

    user_id: UserId
    stood: Stood


@dataclass(frozen=True, slots=True)
class Guest:
    """A line of the list at the door."""

    one: SignUp

    @property
    def is_here(self) -> bool:
        """Whether the person is here."""
        return is_here(self.one)

    @property
    def here(self) -> int:
        """How many of the party are here."""
        if not self.is_here:
            return 0
        return 1 + (self.one.guests if self.one.came_with is None else min(self.one.came_with, self.one.guests))


def is_here(one: SignUp) -> bool:
    """Say whether somebody is on the list and has come."""
    return one.state is SignUpState.GOING and one.presence in PRESENT


@dataclass(frozen=True, slots=True)
class Count:
    """The sums at the door: persons ``here`` with their guests, and parties who were late, walked in or stayed away."""

    here: int = 0
    late: int = 0
    walked_in: int = 0
    absent: int = 0
    missing: int = 0
    """Parties on the list who are neither here nor marked absent."""


# Outcomes


@dataclass(frozen=True, slots=True)
class CheckedIn:
    """The person is here, with ``guests``."""

    one: SignUp
    guests: int


@dataclass(frozen=True, slots=True)
class AlreadyHere:
    """The person was checked in before."""

    one: SignUp


@dataclass(frozen=True, slots=True)
class WalkedIn:
    """The person is on the list now and here; ``beyond`` persons on it have no seat."""

    one: SignUp
    beyond: int


@dataclass(frozen=True, slots=True)
class TakenBack:
    """The person is not here after all; ``off`` says that they are off the list again."""

    one: SignUp
    off: bool


@dataclass(frozen=True, slots=True)
class NotHere:
    """There is nothing to take back."""

    name: str


@dataclass(frozen=True, slots=True)
class NotOnList:
    """The person is not going to the event; ``state`` is where they stand, if they ever said a word."""

    state: SignUpState | None


@dataclass(frozen=True, slots=True)
class GuestsCounted:
    """So many of a party are here now."""

    one: SignUp
    here: int


@dataclass(frozen=True, slots=True)
class Namesake:
    """Somebody of the very name that was typed is on the list, and not here yet."""

    one: SignUp


@dataclass(frozen=True, slots=True)
class Shut:
    """Nobody can check in now; ``closed`` says that the organiser has closed the list."""

    hours: Hours
    closed: bool = False


DoorOutcome = CheckedIn | AlreadyHere | WalkedIn | TakenBack | NotHere | NotOnList | GuestsCounted | Namesake


@dataclass(frozen=True, slots=True)
class Step:
    """What comes of a word at the door; ``gone`` says that the arrival is to be forgotten."""

    outcome: DoorOutcome
    change: SignUp | None = None
    arrival: Arrival | None = None
    gone: bool = False


# Decisions


def check_in(plan: Plan, mine: SignUp | None, now: datetime) -> Step:
    """Check in somebody who is going."""
    if mine is None or mine.state is not SignUpState.GOING:
        return Step(NotOnList(None if mine is None else mine.state))
    if is_here(mine):
        return Step(AlreadyHere(mine))
    change = replace(mine, presence=presence_at(plan, now), present_at=now, came_with=mine.guests)
    return Step(CheckedIn(change, change.guests), change)


def walk_in(
    plan: Plan,
    taken: int,
    mine: SignUp | None,
    fresh: SignUp,
    now: datetime,
    guests: int | None = None,
) -> Step:
    """Let somebody in who has no seat: ``fresh`` is their sign-up if they have none. ``guests`` None: as many as they wanted.

    ``taken`` seats are given, their own not counted. Who is going is checked in as everybody else is.
    """
    if mine is not None and mine.state is SignUpState.GOING:
        return check_in(plan, mine, now)
    base = fresh if mine is None else mine
    brought = base.guests if guests is None else guests
    change = replace(
        base,
        state=SignUpState.GOING,
        guests=brought,
        companions=base.companions[:brought],
        since=now,
        until=None,
        notice=None,
        presence=Presence.WALKED_IN,
        present_at=now,
        came_with=brought,
    )
    stood = Stood() if mine is None else Stood(mine.state, mine.guests)
    beyond = 0 if plan.seats is None else max(taken + change.size - plan.seats, 0)
    return Step(WalkedIn(change, beyond), change, Arrival(change.user_id, stood))


def newcomer(who: Person, turn: int, now: datetime, added_by: UserId | None) -> SignUp:
    """Return the sign-up of somebody who was never on the list."""
    return SignUp(who.user_id, who.name, SignUpState.GOING, turn, now, added_by=added_by)


def take_back(mine: SignUp | None, arrival: Arrival | None, *, closed: bool) -> Step:
    """Undo a check-in; who walked in goes back to where they stood. On a ``closed`` list who is not here is absent."""
    if mine is None or not is_here(mine):
        return Step(NotHere("" if mine is None else mine.name))
    stood = arrival.stood if arrival is not None else None
    if stood is None:
        back = replace(mine, presence=Presence.ABSENT if closed else None, present_at=None, came_with=None)
        return Step(TakenBack(back, off=False), back, gone=True)
    back = replace(mine, state=_again(stood), guests=stood.guests, presence=None, present_at=None, came_with=None)
    return Step(TakenBack(back, off=True), back, gone=True)


def _again(stood: Stood) -> SignUpState:
    """Return where somebody stands again. An offered seat was taken by coming: its time is over."""
    if stood.state is SignUpState.OFFERED:
        return SignUpState.LAPSED
    return SignUpState.LEFT if stood.state is None else stood.state


def count_guests(mine: SignUp | None, guests: int) -> Step:
    """Note how many guests came along with somebody who is here."""
    if mine is None or not is_here(mine):
        return Step(NotHere("" if mine is None else mine.name))
    change = replace(mine, came_with=min(max(guests, 0), mine.guests))
    return Step(GuestsCounted(change, Guest(change).here), change)


def absent(going: SignUp) -> SignUp | None:
    """Return the sign-up of somebody who did not come, marked so; None for those who are here or marked already."""
    if going.state is not SignUpState.GOING or going.presence is not None:
        return None
    return replace(going, presence=Presence.ABSENT, present_at=None)


# Closing the list


@dataclass(frozen=True, slots=True)
class WouldMark:
    """These people would be marked absent: the organiser must agree first."""

    event: Event
    missing: tuple[SignUp, ...]


@dataclass(frozen=True, slots=True)
class ListClosed:
    """The list is closed; these people are marked absent."""

    event: Event
    missing: tuple[SignUp, ...]


@dataclass(frozen=True, slots=True)
class ClosedBefore:
    """The list was closed at ``at`` already."""

    event: Event
    at: datetime


@dataclass(frozen=True, slots=True)
class NotBegun:
    """Before the start nobody is absent."""

    event: Event


CloseOutcome = WouldMark | ListClosed | ClosedBefore | NotBegun | Shut
