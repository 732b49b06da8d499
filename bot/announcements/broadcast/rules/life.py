"""A broadcast, the states it goes through, and what is to be done for each of its groups."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from bot.announcements.rules.content import Content
    from bot.kernel.ids import GroupId, UserId

WINDOW: Final = 45
"""So many copies are in the outbox at most: what a pause cannot stop any more, a second and a half at Telegram's limits."""
LOW: Final = 30
"""With no more than these left in the outbox, others are put in."""


class State(StrEnum):
    """Where a broadcast stands."""

    CHOOSING = "choosing"
    """Somebody ticks groups."""
    WAITING = "waiting"
    """It begins when the announcement is posted in its own group."""
    EACH = "each"
    """For every date of a recurring announcement, what is made for that date goes to these groups as well."""
    RUNNING = "running"
    PAUSED = "paused"
    STOPPED = "stopped"
    """Groups that had not got it will not get it."""
    DONE = "done"
    DROPPED = "dropped"
    """It was never sent: somebody gave it up, or (with ``ended_at``) the announcement it waited for does not go out."""


class Act(StrEnum):
    """What a person does with a broadcast."""

    TICK = "tick"
    START = "start"
    WAIT = "wait"
    """Send it when the announcement is posted in its own group."""
    EACH = "each"
    """Send along what is made for each date."""
    LAPSE = "lapse"
    """Drop it by itself: what it waited for does not go out."""
    DROP = "drop"
    PAUSE = "pause"
    RESUME = "resume"
    STOP = "stop"
    RETRY = "retry"
    """Send again to the groups that refused it."""
    CHANGE = "change"
    """Change the words of every copy."""
    WITHDRAW = "withdraw"
    """Take every copy back."""


_BEGUN: Final = (State.RUNNING, State.PAUSED, State.STOPPED, State.DONE)
UNSENT: Final = (State.CHOOSING, State.WAITING, State.EACH)
"""The states in which groups can be ticked."""
_WITH: Final = (State.WAITING, State.EACH)
_NEXT: Final[dict[Act, dict[State, State]]] = {
    Act.TICK: {state: state for state in UNSENT},
    Act.START: {State.CHOOSING: State.RUNNING, State.WAITING: State.RUNNING},
    Act.WAIT: dict.fromkeys(UNSENT, State.WAITING),
    Act.EACH: dict.fromkeys(UNSENT, State.EACH),
    Act.DROP: dict.fromkeys(UNSENT, State.DROPPED),
    Act.LAPSE: dict.fromkeys(_WITH, State.DROPPED),
    Act.PAUSE: {State.RUNNING: State.PAUSED},
    Act.RESUME: {State.PAUSED: State.RUNNING, State.STOPPED: State.RUNNING},
    Act.STOP: {State.RUNNING: State.STOPPED, State.PAUSED: State.STOPPED},
    Act.RETRY: dict.fromkeys(_BEGUN, State.RUNNING),
    # Who changes a paused one has not said that it shall go on.
    Act.CHANGE: dict.fromkeys(_BEGUN, State.RUNNING) | {State.PAUSED: State.PAUSED},
    Act.WITHDRAW: dict.fromkeys(_BEGUN, State.RUNNING),
}
_WHEN_WITHDRAWN: Final = frozenset({Act.PAUSE, Act.RESUME})


class Step(StrEnum):
    """What has been done for a group."""

    WAITING = "waiting"
    """Nothing yet."""
    HELD = "held"
    """Its quiet hours hold it back."""
    MADE = "made"
    """It has an announcement of its own; that says how it fares."""
    LEFT_OUT = "left_out"
    """It cannot get one, see :class:`Reason`."""
    SKIPPED = "skipped"
    """The broadcast was stopped or withdrawn before its turn."""


class Reason(StrEnum):
    """Why a group is left out."""

    NONE = ""
    NO_RIGHT = "no_right"
    """Whoever sends it may not publish there any more."""
    LOST = "lost"
    """The bot is not in the group."""
    TOO_LONG = "too_long"
    """With the group's own words in it, the text is longer than Telegram takes."""
    SILENT = "silent"
    """Telegram was asked several times who administers it, and did not say."""
    BROKEN = "broken"
    """Something that was not foreseen."""


class Hitch(StrEnum):
    """Why a copy could not be changed, where Telegram was not even asked."""

    UNKNOWN = "unknown"
    """Somebody has seen it in the group; which message it is the bot does not know."""
    REFUSED = "refused"
    """Its group does not let this be done now."""
    SILENT = "silent"
    """Telegram did not say who administers the group."""
    BROKEN = "broken"
    """Something that was not foreseen."""


@dataclass(frozen=True, slots=True)
class Broadcast:
    """One announcement for several groups. ``group_id`` and ``number`` name the one it was made from.

    ``version`` counts the texts: a copy with an earlier one is to be changed. Quiet hours hold back what is not ``urgent``.
    """

    id: int
    group_id: GroupId
    number: int
    state: State
    content: Content
    user_id: UserId
    user_name: str
    created_at: datetime
    options: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    urgent: bool = False
    version: int = 1
    withdrawn: bool = False
    why: str = ""
    """For what reason all copies were taken back."""
    begun_at: datetime | None = None
    ended_at: datetime | None = None

    @property
    def has_lapsed(self) -> bool:
        """Whether what it waited for does not go out."""
        return self.state is State.DROPPED and self.ended_at is not None


@dataclass(frozen=True, slots=True)
class Target:
    """A group of a broadcast. ``number`` is its copy's, once it has one; ``version`` the text that copy has.

    ``under_way``: a change of the copy is on its way to Telegram. ``problem`` is why the last one was refused.
    """

    group_id: GroupId
    step: Step = Step.WAITING
    reason: Reason = Reason.NONE
    until: datetime | None = None
    number: int | None = None
    version: int = 0
    under_way: bool = False
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """What is asked of the announcement a broadcast is made from; ``at`` is the time it waits for in its own group."""

    id: int
    at: datetime | None = None
    is_posted: bool = False
    recurring_id: int | None = None
    is_pattern: bool = False
    """It is the pattern of others, and has not been posted itself."""


@dataclass(frozen=True, slots=True)
class Reach:
    """Where an announcement is: the groups that ``had`` it before (its own where it stands there), not counting what was taken back.

    ``choosing`` is the broadcast whose groups can still be changed, with whoever chose them, and ``ticked`` are those groups.
    ``source`` is the announcement itself.
    """

    had: frozenset[GroupId]
    choosing: tuple[int, UserId] | None
    ticked: frozenset[GroupId]
    source: Source


# Outcomes


@dataclass(frozen=True, slots=True)
class Done:
    """It is done."""

    broadcast: Broadcast


@dataclass(frozen=True, slots=True)
class Unknown:
    """There is no such broadcast."""


@dataclass(frozen=True, slots=True)
class NotNow:
    """In its present state this cannot be done with it."""

    broadcast: Broadcast
    act: Act


@dataclass(frozen=True, slots=True)
class NotYours:
    """Somebody else sends it, and the person may not publish in the group it was made in."""


@dataclass(frozen=True, slots=True)
class Nobody:
    """No group is ticked, or none is left that needs anything."""


Refused = Unknown | NotNow | NotYours | Nobody


def decide(broadcast: Broadcast, act: Act) -> State | NotNow:
    """Return the state that follows, or why it cannot be done; what is withdrawn stays withdrawn."""
    after = _NEXT[act].get(broadcast.state)
    if after is None or (broadcast.withdrawn and act not in _WHEN_WITHDRAWN):
        return NotNow(broadcast, act)
    return after


def after(broadcast: Broadcast, act: Act, state: State, now: datetime) -> Broadcast:
    """Return the broadcast as it is after an act that :func:`decide` allowed."""
    changed = replace(broadcast, state=state)
    match act:
        case Act.START:
            return replace(changed, begun_at=now)
        case Act.CHANGE:
            return replace(changed, version=broadcast.version + 1, ended_at=None)
        case Act.WITHDRAW:
            return replace(changed, withdrawn=True, ended_at=None)
        case Act.RESUME | Act.RETRY:
            return replace(changed, ended_at=None)
        case Act.STOP | Act.LAPSE:
            return replace(changed, ended_at=now)
        case _:
            return changed
