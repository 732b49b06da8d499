"""An event, what an organiser may plan, and what an edit means for those who signed up (R05)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import Enum, StrEnum
from typing import TYPE_CHECKING, Any, Final, Literal

from bot.kernel.blank import is_blank

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.events.rules.signup import SignUp, Tally
    from bot.kernel.ids import ChatId, GroupId, MessageId, UserId

TITLE_LIMIT: Final = 100
PLACE_LIMIT: Final = 200
REASON_LIMIT: Final = 300
MOST_SEATS: Final = 10_000
MOST_GUESTS: Final = 3
REMINDERS: Final[Mapping[str, timedelta]] = {"24": timedelta(hours=24), "2": timedelta(hours=2)}
"""How long before the start people are reminded, by the name of the reminder."""

Field = Literal["title", "starts_at", "seats", "guests", "deadline", "place"]


class State(StrEnum):
    """What the organiser, or the passing of the start, made of an event."""

    OPEN = "open"
    CLOSED = "closed"
    CANCELLED = "cancelled"
    OVER = "over"


class Phase(Enum):
    """What an event is at a given moment. Timers may be late: the times themselves decide, not the stored state."""

    OPEN = "open"
    PAST_DEADLINE = "past deadline"
    CLOSED = "closed"
    CANCELLED = "cancelled"
    OVER = "over"

    @property
    def is_live(self) -> bool:
        """Whether it is still to come: people may leave, the line moves up, the organiser may change it."""
        return self not in {Phase.CANCELLED, Phase.OVER}


@dataclass(frozen=True, slots=True)
class Plan:
    """What the organiser decides. ``seats`` None has no limit; ``guests`` are allowed for each person; times are aware UTC."""

    title: str
    starts_at: datetime
    seats: int | None = None
    guests: int = 0
    deadline: datetime | None = None
    place: str | None = None


@dataclass(frozen=True, slots=True)
class Message:
    """Where something of an event was posted, and when."""

    chat_id: ChatId
    message_id: MessageId | None
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """An event; ``number`` is its name within the group. ``card`` is the first one posted in the group."""

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

    def phase(self, now: datetime) -> Phase:
        """Say what the event is at ``now``."""
        if self.state is State.CANCELLED:
            return Phase.CANCELLED
        if self.state is State.OVER or now >= self.plan.starts_at:
            return Phase.OVER
        if self.state is State.CLOSED:
            return Phase.CLOSED
        if self.plan.deadline is not None and now >= self.plan.deadline:
            return Phase.PAST_DEADLINE
        return Phase.OPEN


class Flaw(Enum):
    """Why a plan cannot be taken, where the plan itself says all there is to say."""

    NO_TITLE = "no title"
    TITLE_TOO_LONG = "title too long"
    PLACE_TOO_LONG = "place too long"
    STARTS_IN_PAST = "starts in past"
    DEADLINE_IN_PAST = "deadline in past"
    DEADLINE_AFTER_START = "deadline after start"
    GUESTS_OUT_OF_RANGE = "guests out of range"


@dataclass(frozen=True, slots=True)
class SeatsOutOfRange:
    """There must be room for the largest party there may be, or is, and not more than ``most``."""

    least: int
    most: int
    guests: int


PlanFlaw = Flaw | SeatsOutOfRange


def flaw_of(plan: Plan, now: datetime, *, changed: frozenset[str] | None = None, largest: int = 0) -> PlanFlaw | None:
    """Return what is wrong with a plan, or None.

    Only ``changed`` fields are looked at (None: all), so that a passed deadline does not stand in the way of a new title.
    ``largest`` is the largest party signed up: with fewer seats than that it could never move up and would block the line.
    """

    def touched(*names: Field) -> bool:
        return changed is None or not changed.isdisjoint(names)

    if touched("title") and is_blank(plan.title):
        return Flaw.NO_TITLE
    if touched("title") and len(plan.title) > TITLE_LIMIT:
        return Flaw.TITLE_TOO_LONG
    if touched("place") and plan.place is not None and len(plan.place) > PLACE_LIMIT:
        return Flaw.PLACE_TOO_LONG
    if touched("starts_at") and plan.starts_at <= now:
        return Flaw.STARTS_IN_PAST
    if touched("guests") and not 0 <= plan.guests <= MOST_GUESTS:
        return Flaw.GUESTS_OUT_OF_RANGE
    if touched("seats", "guests") and plan.seats is not None:
        least = max(1 + plan.guests, largest)
        if not least <= plan.seats <= MOST_SEATS:
            return SeatsOutOfRange(least, MOST_SEATS, plan.guests)
    if plan.deadline is not None and touched("deadline") and plan.deadline <= now:
        return Flaw.DEADLINE_IN_PAST
    if plan.deadline is not None and touched("deadline", "starts_at") and plan.deadline > plan.starts_at:
        return Flaw.DEADLINE_AFTER_START
    return None


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
    """With so few seats these people, the last in, go to the head of the waiting list: the organiser must agree first."""

    event: Event
    seats: int
    losers: tuple[SignUp, ...]


@dataclass(frozen=True, slots=True)
class Edited:
    """The plan is changed. ``moved_up`` and ``moved_back`` changed places; ``told`` says that everybody on it is told."""

    before: Event
    event: Event
    field: Field
    moved_up: tuple[SignUp, ...] = ()
    moved_back: tuple[SignUp, ...] = ()
    told: bool = False


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
    """One field and its new value."""

    field: Field
    value: Any


def planned(event: Event, change: Change, tally: Tally, now: datetime) -> Plan | PlanFlaw | SameAsBefore | NotLive:
    """Return the plan after a change, or why it cannot be made."""
    phase = event.phase(now)
    if not phase.is_live:
        return NotLive(event, phase)
    plan = replace(event.plan, **{change.field: change.value})
    if plan == event.plan:
        return SameAsBefore(event)
    return flaw_of(plan, now, changed=frozenset({change.field}), largest=tally.largest) or plan


def tells_everybody(before: Plan, after: Plan) -> bool:
    """Say whether those on the event must know: another time or another place."""
    return (before.starts_at, before.place) != (after.starts_at, after.place)


def reminders(plan: Plan, now: datetime) -> dict[str, datetime]:
    """Return when to remind, by name, leaving out what lies behind already."""
    due = {name: plan.starts_at - ahead for name, ahead in REMINDERS.items()}
    return {name: at for name, at in due.items() if at > now}


def is_timely(reminder: str, plan: Plan, now: datetime) -> bool:
    """Say whether a reminder is still worth sending, after the bot was down perhaps.

    It is as long as the event is ahead, unless a later reminder is due as well: of several that are late one will do.
    """
    later = [ahead for ahead in REMINDERS.values() if ahead < REMINDERS[reminder]]
    return now < plan.starts_at and all(now < plan.starts_at - ahead for ahead in later)


def losers_of(going: Sequence[SignUp], seats: int) -> tuple[SignUp, ...]:
    """Return whom fewer seats send back to the waiting list: the last in, as few parties as will do, in their order."""
    left = seats
    for index, party in enumerate(going):
        left -= party.size
        if left < 0:
            return tuple(going[index:])
    return ()
