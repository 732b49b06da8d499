"""An event, what an organiser may plan, and what an edit means for those who signed up (R05)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from dataclasses import field as made_by
from enum import Enum, StrEnum
from typing import TYPE_CHECKING, Any, Final

from bot.events.rules.plan import Plan, PlanFlaw, flaw_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from bot.events.rules.plan import Field
    from bot.events.rules.signup import SignUp, Tally
    from bot.kernel.ids import ChatId, GroupId, MessageId, UserId

REASON_LIMIT: Final = 300
TOLD: Final[tuple[Field, ...]] = (
    "title",
    "starts_at",
    "minutes",
    "place",
    "spot",
    "link",
    "kind",
    "price",
    "about",
    "deadline",
    "guests",
    "minimum",
    "questions",
)
"""The fields of which those on an event are told when they change."""
IN_CALENDARS: Final[tuple[Field, ...]] = (
    "title",
    "starts_at",
    "minutes",
    "kind",
    "place",
    "spot",
    "link",
    "price",
    "about",
)
"""The fields that stand in the entry people have in their calendars."""


class State(StrEnum):
    """What the organiser, or the passing of the start, made of an event."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"
    CANCELLED = "cancelled"
    OVER = "over"


class Phase(Enum):
    """What an event is at a given moment. Timers may be late: the times themselves decide, not the stored state."""

    DRAFT = "draft"
    OPEN = "open"
    PAST_DEADLINE = "past deadline"
    CLOSED = "closed"
    CANCELLED = "cancelled"
    OVER = "over"

    @property
    def is_live(self) -> bool:
        """Whether it is still to come: people may leave, the line moves up, the organiser may change it."""
        return self not in {Phase.CANCELLED, Phase.OVER}

    @property
    def is_public(self) -> bool:
        """Whether members may know of it."""
        return self is not Phase.DRAFT


@dataclass(frozen=True, slots=True)
class Message:
    """Where something of an event was posted, and when."""

    chat_id: ChatId
    message_id: MessageId | None
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """An event; ``number`` is its name within the group. ``card`` is the first one posted in the group.

    ``sequence`` counts its changes for calendars (RFC 5545). ``series`` is the series it is a date of.
    """

    id: int
    group_id: GroupId
    number: int
    plan: Plan
    state: State
    created_by: UserId
    created_at: datetime
    reason: str | None = None
    card: Message | None = None
    list: Message | None = None
    sequence: int = 0
    series: int | None = None

    def phase(self, now: datetime) -> Phase:
        """Say what the event is at ``now``."""
        if self.state is State.CANCELLED:
            return Phase.CANCELLED
        if self.state is State.DRAFT:
            return Phase.DRAFT
        if self.state is State.OVER or now >= self.plan.starts_at:
            return Phase.OVER
        if self.state is State.CLOSED:
            return Phase.CLOSED
        if self.plan.deadline is not None and now >= self.plan.deadline:
            return Phase.PAST_DEADLINE
        return Phase.OPEN

    def is_under_way(self, now: datetime) -> bool:
        """Say whether it takes place at ``now``."""
        return self.phase(now) is Phase.OVER and self.plan.starts_at <= now < self.plan.ends_at


# Outcomes of what an organiser does


@dataclass(frozen=True, slots=True)
class NoSuchEvent:
    """The group has no event of that number."""

    number: int


@dataclass(frozen=True, slots=True)
class NotLive:
    """The event is cancelled or over and cannot be changed any more."""

    event: Event
    phase: Phase


@dataclass(frozen=True, slots=True)
class Created:
    """A new event."""

    event: Event


@dataclass(frozen=True, slots=True)
class SameAsBefore:
    """The edit changes nothing."""

    event: Event


@dataclass(frozen=True, slots=True)
class WouldDrop:
    """With so few seats these people, the last in, go to the head of the waiting list: the organiser must agree first.

    ``mark`` stands for just these people.
    """

    event: Event
    seats: int
    losers: tuple[SignUp, ...]
    mark: int


@dataclass(frozen=True, slots=True)
class Edited:
    """The plan is changed. ``moved_up`` and ``moved_back`` changed places; ``told`` says that everybody on it is told.

    ``also`` are the fields that changed with ``field``.
    """

    before: Event
    event: Event
    field: Field
    moved_up: tuple[SignUp, ...] = ()
    moved_back: tuple[SignUp, ...] = ()
    told: bool = False
    also: tuple[Field, ...] = ()


@dataclass(frozen=True, slots=True)
class Cancelled:
    """The event is cancelled; ``people`` are on it and will be told."""

    event: Event
    people: int


@dataclass(frozen=True, slots=True)
class Closed:
    """Sign-up is closed by hand."""

    event: Event


@dataclass(frozen=True, slots=True)
class Reopened:
    """Sign-up is open again, unless its deadline has passed meanwhile (``open_now`` False)."""

    event: Event
    open_now: bool


EditOutcome = Edited | SameAsBefore | WouldDrop | PlanFlaw | NotLive | NoSuchEvent
CancelOutcome = Cancelled | NotLive | NoSuchEvent
CloseOutcome = Closed | SameAsBefore | NotLive | NoSuchEvent
ReopenOutcome = Reopened | SameAsBefore | NotLive | NoSuchEvent


@dataclass(frozen=True, slots=True)
class Change:
    """One field and its new value; ``also`` are others that change with it, as the length with a time."""

    field: Field
    value: Any
    also: Mapping[Field, Any] = made_by(default_factory=dict)

    @property
    def values(self) -> dict[Field, Any]:
        """Every field that changes, with its new value."""
        return {**self.also, self.field: self.value}


def planned(event: Event, change: Change, tally: Tally, now: datetime) -> Plan | PlanFlaw | SameAsBefore | NotLive:
    """Return the plan after a change, or why it cannot be made."""
    phase = event.phase(now)
    if not phase.is_live:
        return NotLive(event, phase)
    plan = replace(event.plan, **change.values)
    if plan == event.plan:
        return SameAsBefore(event)
    return flaw_of(plan, now, changed=frozenset(change.values), largest=tally.largest) or plan


def tells_everybody(before: Plan, after: Plan) -> bool:
    """Say whether those on the event must know: all that concerns them, and not how the organiser handles the list."""
    return any(getattr(before, name) != getattr(after, name) for name in TOLD)


def tells_calendars(before: Plan, after: Plan) -> bool:
    """Say whether the entry in people's calendars must be replaced."""
    return any(getattr(before, name) != getattr(after, name) for name in IN_CALENDARS)
