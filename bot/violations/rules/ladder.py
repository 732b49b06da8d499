"""The ladder of a group: what the first, second, third warning brings (R22)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

LONGEST_MUTE = timedelta(days=365)
"""Telegram takes a restriction of more than 366 days as one for ever."""
SHORTEST_MUTE = timedelta(minutes=1)
"""Telegram takes a restriction of less than 30 seconds as one for ever."""
MOST_STEPS = 8


class Rung(StrEnum):
    """What a step says to the person."""

    NOTICE = "notice"
    """A friendly word, on record like every step."""
    WARNING = "warning"
    SERIOUS = "serious"
    MUTE = "mute"
    """A mute and nothing else; it always has a length."""
    RESTRICT = "restrict"
    """Only text may be written for a while; it always has a length."""
    LEAVE = "leave"
    """The person is asked to leave."""
    REMOVAL = "removal"
    """Their removal is proposed to a second manager."""
    KICK = "kick"
    """Removed at once, and free to join again."""
    BAN = "ban"
    """Removed at once and kept out, for a time or for good."""
    UNMUTE = "unmute"
    """May write again, whatever mutes there are. This and what follows is ordered directly: no ladder leads there."""
    UNBAN = "unban"
    """May join again."""


OFF_LADDER = frozenset({Rung.UNMUTE, Rung.UNBAN})
AT_ONCE = frozenset({Rung.KICK, Rung.BAN, *OFF_LADDER})
"""What is ordered and done at once: when it is refused, it soon makes no sense any more."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step, perhaps with a mute (``RESTRICT``: no media, ``BAN``: a ban) of that length.

    A notice, a kick and a proposed removal have none.
    """

    rung: Rung
    mute: timedelta | None = None

    @property
    def is_last(self) -> bool:
        """Whether nothing can come after it."""
        return self.rung is Rung.REMOVAL or (self.rung is Rung.BAN and self.mute is None)


Ladder = tuple[Step, ...]

DEFAULT_LADDER: Ladder = (
    Step(Rung.WARNING),
    Step(Rung.SERIOUS, timedelta(hours=1)),
    Step(Rung.LEAVE, timedelta(hours=24)),
    Step(Rung.REMOVAL),
)


class BadLadder(StrEnum):
    """Why steps make no ladder."""

    EMPTY = "empty"
    TOO_MANY = "too_many"
    MUTE_TOO_SHORT = "mute_too_short"
    MUTE_TOO_LONG = "mute_too_long"
    MUTED_REMOVAL = "muted_removal"
    MUTED_NOTICE = "muted_notice"
    MUTED_KICK = "muted_kick"
    NO_LENGTH = "no_length"
    NO_RESTRICTION = "no_restriction"
    NOT_ON_LADDERS = "not_on_ladders"
    AFTER_REMOVAL = "after_removal"


_UNMUTED = {
    Rung.REMOVAL: BadLadder.MUTED_REMOVAL,
    Rung.NOTICE: BadLadder.MUTED_NOTICE,
    Rung.KICK: BadLadder.MUTED_KICK,
}
_ENDLESS = {Rung.MUTE: BadLadder.NO_LENGTH, Rung.RESTRICT: BadLadder.NO_RESTRICTION}


def fault_of(ladder: Ladder) -> BadLadder | None:
    """Say what is wrong with a ladder, or None."""
    if not ladder:
        return BadLadder.EMPTY
    if len(ladder) > MOST_STEPS:
        return BadLadder.TOO_MANY
    if any(step.is_last for step in ladder[:-1]):
        return BadLadder.AFTER_REMOVAL
    return next((fault for step in ladder if (fault := _fault_of_step(step)) is not None), None)


def _fault_of_step(step: Step) -> BadLadder | None:
    if step.rung in OFF_LADDER:
        return BadLadder.NOT_ON_LADDERS
    if step.mute is None:
        return _ENDLESS.get(step.rung)
    if step.rung in _UNMUTED:
        return _UNMUTED[step.rung]
    if step.mute < SHORTEST_MUTE:
        return BadLadder.MUTE_TOO_SHORT
    return BadLadder.MUTE_TOO_LONG if step.mute > LONGEST_MUTE else None


def step_at(ladder: Ladder, count: int) -> Step:
    """Return what warning number ``count`` (from 1) brings; after the last step it is the last step again."""
    return ladder[min(count, len(ladder)) - 1]


def for_channels(ladder: Ladder) -> Ladder:
    """Return a ladder as a channel goes up it that writes in the group.

    Telegram can only let a channel write or not, for good or until it is undone: the first step that would take a right away
    becomes a ban, and nothing comes after that. Nobody can ask a channel to leave: it is warned in earnest instead.
    """
    steps: list[Step] = []
    for step in ladder:
        steps.append(_for_channels(step))
        if steps[-1].is_last:
            break
    return tuple(steps)


def _for_channels(step: Step) -> Step:
    if step.rung is Rung.REMOVAL:
        return step
    if step.mute is not None or step.rung in _TAKING:
        return Step(Rung.BAN)
    return Step(Rung.SERIOUS) if step.rung is Rung.LEAVE else step


_TAKING = frozenset({Rung.MUTE, Rung.RESTRICT, Rung.KICK, Rung.BAN})
