"""Mentioning everybody who is known, a few at a time: one message is on its way, or none."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from bot.announcements.rules.people import MENTIONS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

PACE: Final = timedelta(seconds=4)
"""So long lie between two messages: of the twenty that Telegram lets a group have in a minute, five are left for answers."""

IN_PRIVATE: Final = 40
"""So many people are written to in private at once: ten a second, a third of what Telegram lets a bot send."""


class State(StrEnum):
    """Where it stands."""

    RUNNING = "running"
    STOPPED = "stopped"
    """A manager has stopped it, or the announcement was taken back."""
    REFUSED = "refused"
    """Telegram did not take a message."""
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Run:
    """How far it is. People are gone through by their ids.

    Everybody up to ``cursor`` was named in a message; ``before`` is where it stood before the last one, number ``batch``. Of
    ``size`` people in it nothing is known yet, and ``last`` says that nobody was left after it; where people are written to in
    private, a batch is a message to each of them. ``told`` and ``unsure`` count people. ``known`` and ``total``
    are how many there were at the beginning, ``total`` None where Telegram was never asked. ``waits_until`` is the end of the
    quiet hours in which it waits.
    """

    post_id: int
    group_id: int
    state: State = State.RUNNING
    known: int = 0
    total: int | None = None
    cursor: int = 0
    before: int = 0
    batch: int = 0
    size: int = 0
    on_way: bool = False
    last: bool = False
    told: int = 0
    unsure: int = 0
    waits_until: datetime | None = None
    refusal: str = ""
    problem: str = ""

    @property
    def left(self) -> int:
        """How many are still to be mentioned, as far as was known at the beginning."""
        return max(self.known - self.told - self.unsure, 0)

    @property
    def time_left(self) -> timedelta:
        """How long that takes."""
        return length_of(self.left)


def length_of(people: int, at_once: int = MENTIONS) -> timedelta:
    """Return how long it takes to reach so many people."""
    return -(-people // at_once) * PACE


@dataclass(frozen=True, slots=True)
class Go:
    """The next message is put into the outbox."""


@dataclass(frozen=True, slots=True)
class Wait:
    """The group is quiet (R21)."""

    until: datetime


@dataclass(frozen=True, slots=True)
class Rest:
    """There is nothing to do now."""


def next_step(run: Run, quiet_until: datetime | None) -> Go | Wait | Rest:
    """Say what is to be done; ``quiet_until`` None: nobody is disturbed, or it is urgent."""
    if run.state is not State.RUNNING or run.on_way:
        return Rest()
    return Go() if quiet_until is None else Wait(quiet_until)


def put(run: Run, user_ids: Sequence[int], *, more: bool) -> Run:
    """Return it with a message to these people on its way; without any people it is done."""
    if not user_ids:
        return replace(run, state=State.DONE, waits_until=None)
    return replace(
        run,
        before=run.cursor,
        cursor=user_ids[-1],
        batch=run.batch + 1,
        size=len(user_ids),
        on_way=True,
        last=not more,
        waits_until=None,
    )


def delivered(run: Run, batch: int, people: int | None = None) -> Run | None:
    """Return it with a message that has arrived; None if it is not the one that was on its way.

    ``people`` are how many it was for; all of its batch, unless they are written to in private.
    """
    if not run.on_way or run.batch != batch:
        return None
    count = run.size if people is None else people
    return _ended(replace(run, told=run.told + count), count)


def lost(run: Run, batch: int, people: int | None = None) -> Run | None:
    """Return it with a message of which nobody knows whether it arrived: it is not repeated."""
    if not run.on_way or run.batch != batch:
        return None
    count = run.size if people is None else people
    return _ended(replace(run, unsure=run.unsure + count), count)


def _ended(run: Run, people: int) -> Run:
    left = run.size - people
    if left > 0:
        return replace(run, size=left)
    return replace(run, size=0, on_way=False, state=State.DONE if run.last else run.state)


def refused(run: Run, batch: int, refusal: str, problem: str, *, again: bool) -> Run | None:
    """Return it with a message that surely did not arrive: those named in it are still to be mentioned.

    ``again``: its time has only run out, so it goes on by itself.
    """
    if not run.on_way or run.batch != batch:
        return None
    state = run.state if again or run.state is not State.RUNNING else State.REFUSED
    after = replace(run, size=0, on_way=False, last=False, cursor=run.before, state=state)
    return after if again else replace(after, refusal=refusal, problem=problem)


def cut_off(run: Run, batch: int) -> Run | None:
    """Return it with a private message that surely did not arrive: that person is still to be reached."""
    return _ended(replace(run, last=False), 1) if run.on_way and run.batch == batch else None


def stopped(run: Run) -> Run | None:
    """Return it stopped; None if it does not run."""
    return replace(run, state=State.STOPPED, waits_until=None) if run.state is State.RUNNING else None


def resumed(run: Run) -> Run | None:
    """Return it running again; None if it runs, or is done."""
    if run.state not in {State.STOPPED, State.REFUSED}:
        return None
    return replace(run, state=State.RUNNING, refusal="", problem="")
