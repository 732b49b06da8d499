"""Who is on an event (R05): pure decisions about one person's word.

Everybody who comes gets a ``turn``; who left and comes back gets a new one. Those who do not fit wait, and the line decides who
is next (:mod:`bot.events.rules.queue`). A newcomer passes nobody who could have the seat: they get one only if no party that
waits would fit into what is free. Somebody who is going can bring a guest on the same terms: their own seat is never at stake.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum, StrEnum
from typing import TYPE_CHECKING, Final

from bot.events.rules.event import Phase
from bot.events.rules.outcomes import (
    AlreadyIn,
    AlreadyWaits,
    Bar,
    Confirmed,
    Declined,
    GuestLimit,
    GuestsChanged,
    In,
    Left,
    NowMaybe,
    Outcome,
    Refused,
    TooLate,
    WaitingGuestsChanged,
    Waits,
)

if TYPE_CHECKING:
    from datetime import datetime

    from bot.events.rules.event import Event
    from bot.events.rules.plan import Plan
    from bot.kernel.ids import UserId


class SignUpState(StrEnum):
    """Where a person stands."""

    GOING = "going"
    OFFERED = "offered"
    """A seat is held for them until they accept, decline or let the time pass."""
    WAITING = "waiting"
    MAYBE = "maybe"
    DECLINED = "declined"
    LAPSED = "lapsed"
    """They did not answer an offer in time, and may come again by their own word."""
    LEFT = "left"
    """They left the group, or were taken off."""

    @property
    def is_on_it(self) -> bool:
        """Whether the person has a seat, or wants one."""
        return self in {SignUpState.GOING, SignUpState.OFFERED, SignUpState.WAITING}

    @property
    def holds_seats(self) -> bool:
        """Whether the party's seats are given to nobody else."""
        return self in {SignUpState.GOING, SignUpState.OFFERED}


class Notice(StrEnum):
    """What a person has still to be told."""

    MOVED_UP = "up"
    OFFERED = "offer"
    LAPSED = "lapse"
    MOVED_BACK = "back"
    ADDED = "added"
    REMOVED = "removed"


class Presence(StrEnum):
    """Whether a person came."""

    CAME = "came"
    LATE = "late"
    WALKED_IN = "walked in"
    ABSENT = "absent"
    EXCUSED = "excused"
    """They did not come, and it is forgiven: it counts for nothing."""


class Paid(StrEnum):
    """What is known of a person's share of the costs."""

    SAID = "said"
    """They say that they have paid."""
    CONFIRMED = "confirmed"
    """The organiser has the money."""
    FREE = "free"
    """The organiser asks nothing of them."""


@dataclass(frozen=True, slots=True)
class SignUp:
    """A person's last word about an event.

    ``turn`` orders all who ever came; ``rank`` comes before it in the line, least first. ``since`` is when they last came or
    left, ``until`` when the seat they are offered passes on, ``confirmed`` when they said that they are still coming.
    ``added_by`` is the organiser who put them on the list. A person without Telegram has a negative ``user_id``, theirs within
    the event only. ``companions`` are the names of their guests, as far as they were told; ``came_with`` is how many of the guests
    were counted at the door.
    """

    user_id: UserId
    name: str
    state: SignUpState
    turn: int
    since: datetime
    guests: int = 0
    notice: Notice | None = None
    rank: int = 0
    until: datetime | None = None
    confirmed: datetime | None = None
    added_by: UserId | None = None
    companions: tuple[str, ...] = ()
    presence: Presence | None = None
    present_at: datetime | None = None
    came_with: int | None = None
    paid: Paid | None = None

    @property
    def size(self) -> int:
        """The seats the person and their guests take."""
        return 1 + self.guests

    @property
    def has_telegram(self) -> bool:
        """Whether the person can be written to at all."""
        return self.user_id > 0


@dataclass(frozen=True, slots=True)
class Tally:
    """The sums over an event's sign-ups.

    ``parties`` and ``taken`` count those who are going and their seats; ``offers`` and ``held`` those a seat is offered to;
    ``smallest`` is the smallest party that waits (0: none), ``largest`` the largest there is. ``ahead`` counts the parties in
    line before the person who is asked about.
    """

    parties: int = 0
    taken: int = 0
    offers: int = 0
    held: int = 0
    waiting: int = 0
    smallest: int = 0
    largest: int = 0
    maybe: int = 0
    declined: int = 0
    confirmed: int = 0
    present: int = 0
    last_turn: int = 0
    ahead: int = 0

    @property
    def people(self) -> int:
        """How many persons are going, offered a seat or waiting, guests left out."""
        return self.parties + self.offers + self.waiting

    @property
    def used(self) -> int:
        """The seats that are given or held."""
        return self.taken + self.held


class Action(Enum):
    """What a person says."""

    JOIN = "join"
    LEAVE = "leave"
    MAYBE = "maybe"
    MORE = "more"
    FEWER = "fewer"
    CONFIRM = "confirm"


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


@dataclass(frozen=True, slots=True)
class Newcomer:
    """What counts for somebody who is not on the list yet: their rank in the line, and whether anything bars them.

    ``ahead`` counts the parties in line that rank no later; None: all that wait. ``added_by`` is the organiser who puts them
    on it, for whom deadline and bars do not count.
    """

    rank: int = 0
    bar: Bar | None = None
    added_by: UserId | None = None
    ahead: int | None = None


_ADDING: Final = frozenset({Action.JOIN, Action.MORE, Action.MAYBE})
ANYBODY: Final = Newcomer()


def decide(
    event: Event,
    tally: Tally,
    mine: SignUp | None,
    action: Action,
    who: Person,
    now: datetime,
    newcomer: Newcomer = ANYBODY,
) -> Decision:
    """Decide one person's word. ``mine`` is their sign-up so far, if there is one."""
    active = mine if mine is not None and mine.state.is_on_it else None
    already = active is not None and action is Action.JOIN and active.state is not SignUpState.OFFERED
    if active is not None and already and event.phase(now).is_live:
        return Decision(_already(active, tally))
    stopped = _stopped(event, active, action, now, newcomer)
    if stopped is not None:
        return Decision(stopped)
    plan = event.plan
    match action:
        case Action.JOIN | Action.MORE if active is None:
            return come(plan, tally, mine, who, 0 if action is Action.JOIN else 1, now, newcomer)
        case Action.JOIN if active is not None:
            return _accept(plan, tally, active, now)
        case Action.CONFIRM if active is not None and active.state is SignUpState.OFFERED:
            return _accept(plan, tally, active, now)
        case Action.MORE if active is not None:
            return _more(plan, tally, active)
        case Action.FEWER:
            return _fewer(plan, tally, active)
        case Action.MAYBE:
            return _maybe(tally, mine, who, now)
        case Action.CONFIRM:
            return _confirm(active, now)
        case _:
            return _leave(tally, mine, who, now)


def _stopped(
    event: Event, active: SignUp | None, action: Action, now: datetime, newcomer: Newcomer
) -> TooLate | Bar | None:
    """Return why nothing can be done at all: the event is not to be changed now, or the person may not come."""
    phase = event.phase(now)
    too_late = TooLate(phase, since(event, phase))
    if not phase.is_live or not phase.is_public:
        return too_late
    if newcomer.added_by is not None:
        return None
    comes_anew = action in _ADDING and active is None
    if (comes_anew or action is Action.MORE) and phase is not Phase.OPEN:
        return too_late
    return newcomer.bar if comes_anew else None


def since(event: Event, phase: Phase) -> datetime | None:
    """Return the time of the plan at which a phase began, where there is one."""
    if phase is Phase.PAST_DEADLINE:
        return event.plan.deadline
    return event.plan.starts_at if phase is Phase.OVER else None


def free_seats(plan: Plan, tally: Tally) -> int | None:
    """Return how many seats are neither given nor held; None where there is no limit. Never negative."""
    return None if plan.seats is None else max(plan.seats - tally.used, 0)


def has_room(plan: Plan, tally: Tally, size: int) -> bool:
    """Say whether a newcoming party gets its seats at once: without passing anybody who could have them."""
    free = free_seats(plan, tally)
    if free is None:
        return True
    if free < size:
        return False
    if tally.waiting == 0:
        return True
    return not plan.strict and tally.smallest > free


def come(
    plan: Plan, tally: Tally, mine: SignUp | None, who: Person, guests: int, now: datetime, newcomer: Newcomer = ANYBODY
) -> Decision:
    """Put a party on the list that is not on it: in, or into the line behind all who rank no later.

    Where seats are free that others may have first, the line decides, the newcomer in it. A list that closes when it is full
    has a line of those only who lost their seats.
    """
    if guests > plan.guests:
        return Decision(Refused.NO_GUESTS_ALLOWED if plan.guests == 0 else GuestLimit(plan.guests))
    size, free = 1 + guests, free_seats(plan, tally)
    room = has_room(plan, tally, size)
    if plan.closes and not room:
        return Decision(Refused.FULL)
    change = SignUp(
        who.user_id,
        who.name,
        SignUpState.GOING if room else SignUpState.WAITING,
        tally.last_turn + 1,
        now,
        guests,
        rank=newcomer.rank,
        added_by=newcomer.added_by,
        paid=None if mine is None else mine.paid,
    )
    if room:
        return Decision(In(tally.taken + size, plan.seats, guests), change)
    ahead = tally.waiting if newcomer.ahead is None else newcomer.ahead
    return Decision(Waits(ahead + 1, guests, free or 0), change, frees=bool(free))


def _already(mine: SignUp, tally: Tally) -> Outcome:
    if mine.state is SignUpState.GOING:
        return AlreadyIn(mine.guests)
    return AlreadyWaits(tally.ahead + 1, mine.guests)


def _accept(plan: Plan, tally: Tally, mine: SignUp, now: datetime) -> Decision:
    """Take the seat that is offered. As long as it has not been passed on, it is never too late to say yes."""
    change = replace(mine, state=SignUpState.GOING, until=None, notice=None, since=now)
    return Decision(In(tally.taken + mine.size, plan.seats, mine.guests), change)


def _more(plan: Plan, tally: Tally, mine: SignUp) -> Decision:
    if plan.guests == 0:
        return Decision(Refused.NO_GUESTS_ALLOWED)
    if mine.guests >= plan.guests:
        return Decision(GuestLimit(plan.guests))
    change = replace(mine, guests=mine.guests + 1)
    if mine.state is SignUpState.WAITING:
        return Decision(WaitingGuestsChanged(change.guests, tally.ahead + 1), change)
    if has_room(plan, tally, 1):
        taken = tally.taken + (mine.state is SignUpState.GOING)
        return Decision(GuestsChanged(change.guests, taken, plan.seats), change)
    return Decision(Refused.LINE_BEFORE_GUEST if tally.waiting else Refused.FULL_FOR_GUEST)


def _fewer(plan: Plan, tally: Tally, mine: SignUp | None) -> Decision:
    if mine is None:
        return Decision(Refused.NOT_ON_LIST)
    if mine.guests == 0:
        return Decision(Refused.NO_GUEST_TO_REMOVE)
    change = replace(mine, guests=mine.guests - 1, companions=mine.companions[: mine.guests - 1])
    if mine.state is SignUpState.WAITING:
        return Decision(WaitingGuestsChanged(change.guests, tally.ahead + 1), change, frees=True)
    taken = tally.taken - (mine.state is SignUpState.GOING)
    return Decision(GuestsChanged(change.guests, taken, plan.seats), change, frees=True)


def _maybe(tally: Tally, mine: SignUp | None, who: Person, now: datetime) -> Decision:
    if mine is not None and mine.state is SignUpState.MAYBE:
        return Decision(Refused.ALREADY_MAYBE)
    gave_up = mine is not None and mine.state.is_on_it
    return Decision(NowMaybe(gave_up), _off(tally, mine, who, SignUpState.MAYBE, now), frees=gave_up)


def _leave(tally: Tally, mine: SignUp | None, who: Person, now: datetime) -> Decision:
    if mine is not None and mine.state is SignUpState.DECLINED:
        return Decision(Refused.ALREADY_DECLINED)
    change = _off(tally, mine, who, SignUpState.DECLINED, now)
    if mine is None or not mine.state.is_on_it:
        return Decision(Declined(), change)
    return Decision(Left(mine.state.holds_seats), change, frees=True)


def _off(tally: Tally, mine: SignUp | None, who: Person, state: SignUpState, now: datetime) -> SignUp:
    turn = tally.last_turn + 1 if mine is None else mine.turn
    paid = None if mine is None else mine.paid
    return SignUp(who.user_id, who.name, state, turn, now, paid=paid)


def _confirm(mine: SignUp | None, now: datetime) -> Decision:
    if mine is None:
        return Decision(Refused.NOT_ON_LIST)
    if mine.state is not SignUpState.GOING:
        return Decision(Refused.NOT_GOING)
    if mine.confirmed is not None:
        return Decision(Refused.ALREADY_CONFIRMED)
    return Decision(Confirmed(mine.guests), replace(mine, confirmed=now))
