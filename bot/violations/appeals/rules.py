"""What an appeal is, who may make one and who may decide it, and what may take the place of a case (R22, R23)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from bot.violations.rules.case import IN_FORCE, Case, Person, State
from bot.violations.rules.ladder import Rung, Step

if TYPE_CHECKING:
    from bot.kernel.ids import GroupId, UserId

TEXT_LIMIT: Final = 1000
REMARK_LIMIT: Final = 500
DUE: Final = timedelta(hours=72)
"""How long those who decide have, where the group has not said otherwise."""
SHORTEST_DUE: Final = timedelta(hours=1)
LONGEST_DUE: Final = timedelta(days=30)
LONGEST_STANDSTILL: Final = timedelta(days=365)
LINK_FOR: Final = timedelta(days=7)
"""How long the link works that brings somebody back."""
_REMIND_AHEAD: Final = timedelta(hours=24)


class Phase(StrEnum):
    """Where an appeal stands."""

    OPEN = "open"
    UPHELD = "upheld"
    """The case stays as it is."""
    REDUCED = "reduced"
    """A lighter case took its place."""
    LIFTED = "lifted"
    MOOT = "moot"
    """The case was undone before anybody decided."""


@dataclass(frozen=True, slots=True)
class Decision:
    """How an appeal was decided. ``alone`` says that who decided had a part in the case, as there was nobody else.

    ``until`` is when a new appeal is possible, ``step`` and ``instead`` are the lighter step and the id of its case.
    """

    by: Person
    at: datetime
    alone: bool = False
    remark: str = ""
    until: datetime | None = None
    step: Step | None = None
    instead: int | None = None


@dataclass(frozen=True, slots=True)
class Appeal:
    """One appeal against a case; ``round`` counts those against the same case from 1.

    ``link`` is the invite link that was made for the person, as long as it is not known to have reached them.
    """

    id: int
    group_id: GroupId
    case_id: int
    number: int
    round: int
    by: Person
    text: str
    filed_at: datetime
    due_at: datetime
    phase: Phase = Phase.OPEN
    added: str = ""
    added_at: datetime | None = None
    decision: Decision | None = None
    link: str = ""

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to decide."""
        return self.phase is Phase.OPEN

    def is_overdue(self, now: datetime) -> bool:
        """Say whether nobody has decided in time."""
        return self.is_open and now >= self.due_at


def remind_at(filed_at: datetime, due_at: datetime) -> datetime:
    """Return when to remind those who decide: a day before the end, of a short time a third."""
    return due_at - min(_REMIND_AHEAD, (due_at - filed_at) / 3)


# Who may appeal, and when


class Why(StrEnum):
    """Why there is nothing to appeal against."""

    UNDONE = "undone"
    RELEASE = "release"
    """It let somebody write or join again."""
    OVER = "over"
    """It no longer counts, and nothing of it is in force."""
    FINAL = "final"
    """It is what an appeal led to."""


@dataclass(frozen=True, slots=True)
class Filed:
    """The appeal is made."""

    appeal: Appeal


@dataclass(frozen=True, slots=True)
class Added:
    """The one addition is made."""

    appeal: Appeal


@dataclass(frozen=True, slots=True)
class SaidTwice:
    """There is an appeal, and the addition was made too."""

    appeal: Appeal


@dataclass(frozen=True, slots=True)
class Stands:
    """The case was upheld, and until when is not over yet."""

    appeal: Appeal
    until: datetime


@dataclass(frozen=True, slots=True)
class Closed:
    """There is nothing to appeal against."""

    case: Case
    why: Why


@dataclass(frozen=True, slots=True)
class NotTheirs:
    """It is no case of this person, or there is none of that number."""


@dataclass(frozen=True, slots=True)
class TooLong:
    """The text has more characters than fit."""

    length: int


@dataclass(frozen=True, slots=True)
class May:
    """A new appeal is possible, the ``round``th; with ``open`` an addition to that one is."""

    round: int = 1
    open: Appeal | None = None


Refusal = SaidTwice | Stands | Closed | NotTheirs
FileOutcome = Filed | Added | TooLong | Refusal


def may_appeal(
    case: Case, by: UserId, earlier: Sequence[Appeal], now: datetime, *, is_result: bool = False
) -> May | Refusal:
    """Say whether somebody may appeal against a case, or add to their appeal.

    ``earlier`` are the appeals against it, the oldest first; ``is_result`` says that an appeal put it in another's place.
    """
    if case.target.user_id != by:
        return NotTheirs()
    last = earlier[-1] if earlier else None
    if last is not None and last.is_open:
        return SaidTwice(last) if last.added else May(last.round, last)
    why = _closed(case, now, is_result=is_result)
    if why is not None:
        return Closed(case, why)
    if last is not None and last.decision is not None and last.decision.until is not None:
        if now < last.decision.until:
            return Stands(last, last.decision.until)
        return May(last.round + 1)
    return May(1 if last is None else last.round + 1)


def _closed(case: Case, now: datetime, *, is_result: bool) -> Why | None:
    if case.is_release:
        return Why.RELEASE
    if case.undone is not None:
        return Why.UNDONE
    if is_result:
        return Why.FINAL
    return None if matters(case, now) else Why.OVER


def matters(case: Case, now: datetime) -> bool:
    """Say whether a case still weighs on the person: it counts or would, its mute runs, or its ban keeps them out."""
    if case.undone is not None or case.is_release:
        return False
    keeps_out = case.is_removal and case.step.rung is not Rung.KICK and case.state in IN_FORCE
    runs = case.mute_until is not None and now < case.mute_until
    return now < case.expires_at or runs or (keeps_out and case.mute_until is None)


# Who decides


@dataclass(frozen=True, slots=True)
class Deciders:
    """Who decides. ``alone`` says that everybody who could had a part in the case, so that the owner does."""

    people: tuple[UserId, ...]
    alone: bool = False


def involved(case: Case) -> frozenset[UserId]:
    """Return who had a part in a case: who opened it, who agreed to its step, and whom it is about."""
    agreed = () if case.decided_by is None else (case.decided_by.user_id,)
    return frozenset((case.issuer.user_id, case.target.user_id, *agreed))


def deciders(case: Case, able: Sequence[UserId], owner: UserId | None) -> Deciders:
    """Return who decides an appeal against a case; ``able`` are all who have the right to, the owner first."""
    parts = involved(case)
    others = tuple(user_id for user_id in able if user_id not in parts)
    if others:
        return Deciders(others)
    left = tuple(user_id for user_id in able if user_id != case.target.user_id)
    return Deciders((owner,) if owner in left else left, alone=True)


@dataclass(frozen=True, slots=True)
class MayDecide:
    """The person may decide; ``alone`` as in :class:`Deciders`."""

    alone: bool = False


@dataclass(frozen=True, slots=True)
class Decided:
    """Somebody was first."""

    appeal: Appeal


@dataclass(frozen=True, slots=True)
class HadPart:
    """The person had a part in the case: somebody else decides."""

    appeal: Appeal


@dataclass(frozen=True, slots=True)
class NoSuchAppeal:
    """There is no such appeal in this group."""


@dataclass(frozen=True, slots=True)
class CaseUndone:
    """The case was undone meanwhile: there is nothing left to decide."""

    appeal: Appeal
    case: Case


@dataclass(frozen=True, slots=True)
class NotLighter:
    """The step is none of those that may take the place of the case."""

    appeal: Appeal


NotDecided = Decided | HadPart | NoSuchAppeal | CaseUndone | NotLighter


def may_decide(appeal: Appeal, case: Case, actor: UserId, who: Deciders) -> MayDecide | Decided | HadPart:
    """Say whether somebody who has the right to decides this appeal; ``who`` are those it falls to."""
    if not appeal.is_open:
        return Decided(appeal)
    if actor not in involved(case):
        return MayDecide()
    return MayDecide(alone=True) if who.alone and actor in who.people else HadPart(appeal)


# What may take the place of a case

_WEIGHT: Final = {rung: weight for weight, rung in enumerate(Rung)}
"""The rungs stand from the lightest to the heaviest."""
_MUTES: Final = (timedelta(hours=1), timedelta(hours=12), timedelta(days=1), timedelta(days=7))
_BANS: Final = (timedelta(days=1), timedelta(days=7), timedelta(days=30))


def lighter(case: Case, now: datetime) -> tuple[Step, ...]:
    """Return the steps that may take the place of a case, the heaviest first; lengths count from when the case was opened."""
    if case.step.rung is Rung.KICK:
        # They may be back already, so no mute would wait for them.
        return _milder(case)
    if case.is_removal:
        return (*_shorter_bans(case, now), *_mutes(Rung.MUTE, case.step.mute or timedelta.max), *_milder(case))
    if case.step.mute is None:
        return _milder(case)
    # Whoever is asked to leave and appeals is not asked once more.
    rung = Rung.MUTE if case.step.rung is Rung.LEAVE else case.step.rung
    without = (Step(rung),) if rung in {Rung.WARNING, Rung.SERIOUS} else ()
    text_only = (Step(Rung.RESTRICT, case.step.mute),) if rung is Rung.MUTE and case.level else ()
    return (*_mutes(rung, case.step.mute), *text_only, *without, *_milder(case))


def _shorter_bans(case: Case, now: datetime) -> tuple[Step, ...]:
    """Return lighter removals: only where the person was removed, since each is decided by two people otherwise."""
    if case.state not in IN_FORCE:
        return ()
    longest = case.step.mute or timedelta.max
    bans = tuple(
        Step(Rung.BAN, length) for length in reversed(_BANS) if length < longest and now < case.issued_at + length
    )
    return (*bans, Step(Rung.KICK))


def _mutes(rung: Rung, longest: timedelta) -> tuple[Step, ...]:
    return tuple(Step(rung, length) for length in reversed(_MUTES) if length < longest)


def _milder(case: Case) -> tuple[Step, ...]:
    """Return the steps without a measure that are lighter; what counts towards nothing becomes no warning either."""
    if not case.level:
        return (Step(Rung.NOTICE),)
    plain = (Rung.SERIOUS, Rung.WARNING, Rung.NOTICE)
    return tuple(Step(rung) for rung in plain if _WEIGHT[rung] < _WEIGHT[case.step.rung])


# Coming back


def comes_back(case: Case, instead: Case | None) -> bool:
    """Say whether a person whom a case removed may come back now that an appeal was decided."""
    kept_out = instead is not None and instead.is_removal and instead.step.rung is not Rung.KICK
    freed = case.state is State.LIFTED or (case.step.rung is Rung.KICK and case.state is State.DONE)
    return case.undone is not None and case.is_removal and freed and not kept_out
