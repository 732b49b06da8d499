"""Who has still to say that they are coming, how the list stands, and what becomes of an event with too few people (R05)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from bot.events.rules.event import Phase
from bot.events.rules.schedule import RECONFIRM_AHEAD, is_to_be_decided
from bot.events.rules.signup import Notice, SignUpState, free_seats

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from bot.events.rules.event import Event
    from bot.events.rules.plan import Plan
    from bot.events.rules.signup import SignUp, Tally
    from bot.kernel.ids import ChatId, MessageId

NO_LONGER_ASKED: Final = timedelta(hours=1)
"""So shortly before the start nobody is asked any more: there is no time to answer."""
ASKED_APART: Final = timedelta(hours=1)
"""How long after they were asked people are left in peace."""
JUST_ASKED: Final = timedelta(minutes=5)
"""How long nobody is called silent who has just been asked."""
STILL_COUNTS: Final = timedelta(hours=24)
"""Who said that they are coming as long as this before they are asked is asked all the same."""


@dataclass(frozen=True, slots=True)
class Asking:
    """When people were asked whether they are still coming to an event that starts at ``starts_at``: first, and last."""

    starts_at: datetime
    first_at: datetime
    last_at: datetime


@dataclass(frozen=True, slots=True)
class Post:
    """A message that calls people in."""

    chat_id: ChatId
    message_id: MessageId


# Whether they are still coming


def asked(asking: Asking | None, plan: Plan) -> Asking | None:
    """Return when people were asked about the time the event is at now, or None if they were not."""
    return asking if asking is not None and asking.starts_at == plan.starts_at else None


def may_ask(plan: Plan, asking: Asking | None, now: datetime, *, by_hand: bool = False) -> bool:
    """Say whether those who are going may be asked now: not too early (unless ``by_hand``), too late or too often."""
    early = plan.starts_at - RECONFIRM_AHEAD
    before = asked(asking, plan)
    rested = before is None or before.last_at + ASKED_APART <= now
    return rested and (by_hand or early <= now) and now < plan.starts_at - NO_LONGER_ASKED


def outdated(going: Iterable[SignUp], before: Asking | None, now: datetime) -> tuple[SignUp, ...]:
    """Return those whose word is too old to count when people are asked for the first time, with the word taken back."""
    if before is not None:
        return ()
    return tuple(
        replace(one, confirmed=None)
        for one in going
        if one.confirmed is not None and one.confirmed <= now - STILL_COUNTS
    )


def unanswered(going: Iterable[SignUp], asking: Asking | None) -> tuple[SignUp, ...]:
    """Return who has still to say that they are coming: who came after people were asked has just said so."""
    return tuple(
        one
        for one in going
        if one.state is SignUpState.GOING
        and one.has_telegram
        and one.confirmed is None
        and (asking is None or one.since <= asking.first_at)
    )


def taken_off(silent: Iterable[SignUp]) -> tuple[SignUp, ...]:
    """Take those off the list who did not answer."""
    return tuple(
        replace(one, state=SignUpState.LEFT, notice=Notice.REMOVED, guests=0, companions=(), confirmed=None)
        for one in silent
    )


# How the list stands


@dataclass(frozen=True, slots=True)
class Answered:
    """What people who are going answered to a question on sign-up: each answer with how many gave it, most first."""

    question: str
    answers: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Weather:
    """How the list of an event stands.

    ``silent`` have not said that they are still coming; ``asking`` says when they were asked, if they were. ``unasked`` have no
    Telegram and cannot be asked.
    """

    at: datetime
    event: Event
    tally: Tally
    asking: Asking | None
    silent: tuple[SignUp, ...]
    unasked: tuple[SignUp, ...]
    answers: tuple[Answered, ...]

    @property
    def guests(self) -> int:
        """How many guests come along."""
        return self.tally.taken - self.tally.parties

    @property
    def just_asked(self) -> bool:
        """Whether people have had no time to answer yet."""
        return self.asking is not None and self.at < self.asking.last_at + JUST_ASKED


def summed(plan: Plan, rows: Iterable[tuple[str, str]]) -> tuple[Answered, ...]:
    """Sum up answers, given as question and answer, in the order of the plan's questions."""
    found: dict[str, Counter[str]] = {one.text: Counter() for one in plan.questions}
    for question, answer in rows:
        if question in found:
            found[question][answer] += 1
    return tuple(
        Answered(question, tuple(sorted(counts.items(), key=lambda one: (-one[1], one[0]))))
        for question, counts in found.items()
        if counts
    )


# Freeing the seats of those who did not answer


@dataclass(frozen=True, slots=True)
class WouldFree:
    """These people would lose their seats: the organiser must agree first. ``mark`` stands for just them."""

    event: Event
    silent: tuple[SignUp, ...]
    mark: int


@dataclass(frozen=True, slots=True)
class Freed:
    """Their seats are free; ``moved`` of the waiting list get them, or are offered them."""

    event: Event
    silent: tuple[SignUp, ...]
    moved: tuple[SignUp, ...]


@dataclass(frozen=True, slots=True)
class NobodyAsked:
    """Nobody was asked about the time the event is at now, so nobody's silence counts."""

    event: Event


@dataclass(frozen=True, slots=True)
class NobodySilent:
    """Everybody has answered."""

    event: Event


# Enough people


@dataclass(frozen=True, slots=True)
class TooFew:
    """So many people are going, guests included, of so many who must be; until ``decided_at``, if that is still to come."""

    going: int
    wanted: int
    decided_at: datetime | None = None

    @property
    def missing(self) -> int:
        """How many more are needed."""
        return self.wanted - self.going


def falls_short(plan: Plan, tally: Tally, decided_at: datetime | None = None) -> TooFew | None:
    """Return by how much an event has too few people, or None if it has enough."""
    if plan.minimum is None or tally.taken >= plan.minimum:
        return None
    return TooFew(tally.taken, plan.minimum, decided_at)


def called_off(event: Event, tally: Tally, now: datetime) -> TooFew | None:
    """Return why an event is cancelled by rule, or None if it is not, or not yet."""
    if not event.phase(now).is_live or event.phase(now) is Phase.DRAFT or not is_to_be_decided(event.plan, now):
        return None
    return falls_short(event.plan, tally)


# Calling people in


def calls_in(event: Event, tally: Tally, now: datetime) -> bool:
    """Say whether people may still be called in: they can sign up, and a seat is free that nobody waits for."""
    free = free_seats(event.plan, tally)
    return event.phase(now) is Phase.OPEN and (free is None or (free > 0 and tally.waiting == 0))
