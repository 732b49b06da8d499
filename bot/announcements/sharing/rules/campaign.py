"""A campaign, the taps of members, and how it stands."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from bot.announcements.rules.nudging import Enough, Go, Hold, TooEarly, may_remind
from bot.kernel.ids import GroupId

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from bot.announcements.rules.people import Known
    from bot.announcements.sharing.rules.wish import Wish

TWICE: Final = timedelta(seconds=3)
"""A second tap within this time is a finger that trembled."""


@dataclass(frozen=True, slots=True)
class Campaign:
    """What members are asked: to pass an announcement on ``until`` then, with a screenshot if ``proof``.

    ``nudged`` times those were reminded who have not, the last time at ``nudged_at``. It is ``closed`` when it is asked no more.
    """

    post_id: int
    group_id: GroupId
    opened_at: datetime
    until: datetime | None = None
    proof: bool = False
    nudged: int = 0
    nudged_at: datetime | None = None
    closed: bool = False

    def is_over(self, at: datetime) -> bool:
        """Say whether its end has come."""
        return self.until is not None and at >= self.until


@dataclass(frozen=True, slots=True)
class Share:
    """Somebody says that they have passed it on; ``proof`` is Telegram's id of a screenshot."""

    user_id: int
    name: str
    at: datetime
    proof: str | None = None


@dataclass(frozen=True, slots=True)
class Noted:
    """It counts now; ``wants_proof``: a screenshot is asked for."""

    share: Share
    wants_proof: bool = False


@dataclass(frozen=True, slots=True)
class TakenBack:
    """It does not count any more."""


@dataclass(frozen=True, slots=True)
class Twice:
    """It was tapped a moment ago, or proof may still come: it stays."""

    share: Share
    wants_proof: bool = False


@dataclass(frozen=True, slots=True)
class Over:
    """The campaign has ended."""

    until: datetime


@dataclass(frozen=True, slots=True)
class Closed:
    """Nothing is asked (any more)."""


Outcome = Noted | TakenBack | Twice | Over | Closed


def tap(asked: Campaign, earlier: Share | None, user_id: int, name: str, now: datetime) -> Outcome:
    """Say what a tap on the button does (R12). Where proof is wanted, taking back is offered where it is sent."""
    barred = _barred(asked, now)
    if barred is not None:
        return barred
    if earlier is None:
        return Noted(Share(user_id, name, now), asked.proof)
    if asked.proof or now - earlier.at <= TWICE:
        return Twice(earlier, asked.proof)
    return TakenBack()


def prove(asked: Campaign, earlier: Share | None, user_id: int, name: str, proof: str, now: datetime) -> Outcome:
    """Say what a screenshot does: it counts as a tap too."""
    barred = _barred(asked, now)
    if barred is not None:
        return barred
    return Noted(replace(earlier or Share(user_id, name, now), proof=proof))


def take_back(asked: Campaign, now: datetime) -> TakenBack | Over | Closed:
    """Say whether it can be taken back."""
    return _barred(asked, now) or TakenBack()


def _barred(asked: Campaign, now: datetime) -> Over | Closed | None:
    if asked.closed:
        return Closed()
    return Over(asked.until) if asked.until is not None and asked.is_over(now) else None


def begun(post_id: int, group_id: GroupId, wish: Wish, now: datetime) -> Campaign:
    """Begin to ask, when the announcement has been posted."""
    return Campaign(post_id, group_id, now, wish.until, wish.proof)


def changed_to(asked: Campaign, wish: Wish) -> Campaign:
    """Take over what a manager has changed after the posting."""
    return replace(asked, until=wish.until, proof=wish.proof, closed=False)


def may_nudge(
    asked: Campaign, quiet_until: datetime | None, now: datetime
) -> Go | Enough | TooEarly | Hold | Over | Closed:
    """Say whether those may be reminded now who have not passed it on."""
    return _barred(asked, now) or may_remind(asked.nudged, asked.nudged_at, quiet_until, now)


# How it stands


class Answer(StrEnum):
    """What became of one member."""

    PROOF = "proof"
    """Passed on, with a screenshot."""
    SHARED = "shared"
    """Passed on, without one."""
    PENDING = "pending"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table."""

    who: Known
    share: Share | None = None

    @property
    def answer(self) -> Answer:
        """What became of them."""
        if self.share is None:
            return Answer.PENDING
        return Answer.SHARED if self.share.proof is None else Answer.PROOF


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everybody who is known to be in the group, and how many of those who have passed it on have left since."""

    lines: tuple[Line, ...]
    total: int | None = None
    gone: int = 0

    def of(self, *answers: Answer) -> tuple[Line, ...]:
        """Return those with one of these answers."""
        return tuple(line for line in self.lines if line.answer in answers)

    def count(self, *answers: Answer) -> int:
        """Count those with one of these answers."""
        return len(self.of(*answers))


@dataclass(frozen=True, slots=True)
class Department:
    """How one department stands; the name is empty for those without a tag."""

    name: str
    shared: int
    proofs: int
    members: int


_RANK: Final = {answer: place for place, answer in enumerate(Answer)}


def sheet(people: Iterable[Known], shares: Mapping[int, Share], total: int | None = None) -> Sheet:
    """Put together who has passed it on, in the order in which they did, and then who has not, by name."""
    lines = [Line(one, shares.get(one.user_id)) for one in people]
    here = {line.who.user_id for line in lines}
    return Sheet(
        tuple(sorted(lines, key=_order)),
        None if total is None else max(total, len(lines)),
        sum(user_id not in here for user_id in shares),
    )


def _order(line: Line) -> tuple[int, float, str, int]:
    at = 0.0 if line.share is None else line.share.at.timestamp()
    return _RANK[line.answer], at, line.who.name.casefold(), line.who.user_id


def by_department(lines: Sequence[Line]) -> list[Department]:
    """Return how the departments stand, the one with the smallest share first; those without a tag come last."""
    found: dict[str, list[Answer]] = defaultdict(list)
    for line in lines:
        found[line.who.department].append(line.answer)
    departments = [
        Department(name, len(answers) - answers.count(Answer.PENDING), answers.count(Answer.PROOF), len(answers))
        for name, answers in found.items()
    ]
    return sorted(departments, key=lambda one: (not one.name, one.shared / one.members, one.name.casefold()))
