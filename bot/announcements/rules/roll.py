"""A roll: of whom an answer to an announcement is expected, who has given it, who has not, and who cannot be written to."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import datetime

    from bot.announcements.rules.people import Known


class Answer(StrEnum):
    """What became of one person. A part has words for those of them that it knows."""

    PROOF = "proof"
    """Done, and shown."""
    DONE = "done"
    LATE = "late"
    """Done after the deadline."""
    PENDING = "pending"
    UNREACHABLE = "unreachable"
    """Not done, and the bot cannot write to them: they never opened a private chat with it, or have blocked it."""

    @property
    def is_done(self) -> bool:
        """Whether they have done it at all."""
        return self not in WAITING


WAITING = (Answer.PENDING, Answer.UNREACHABLE)
"""Those who have not."""


@dataclass(frozen=True, slots=True)
class Given:
    """What somebody has answered, and when."""

    answer: Answer
    at: datetime


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the roll; ``at`` is when they answered."""

    who: Known
    answer: Answer
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Roll:
    """Everybody of whom an answer is expected: those who have given it first, in the order in which they did.

    ``known`` people are in the group as far as is known. ``total`` is how many Telegram counts, bots left out as far as they
    are known; None if it has not been asked. ``gone`` have answered and left since: they are not counted.
    """

    lines: tuple[Line, ...]
    known: int
    total: int | None = None
    gone: int = 0

    def of(self, *answers: Answer) -> tuple[Line, ...]:
        """Return those with one of these answers."""
        return tuple(line for line in self.lines if line.answer in answers)

    def count(self, *answers: Answer) -> int:
        """Count those with one of these answers."""
        return sum(line.answer in answers for line in self.lines)

    @property
    def done(self) -> int:
        """How many have done it."""
        return len(self.lines) - self.count(*WAITING)

    @property
    def waiting(self) -> tuple[Line, ...]:
        """Those who have not."""
        return self.of(*WAITING)


@dataclass(frozen=True, slots=True)
class Department:
    """How one department stands; the name is empty for those without a tag."""

    name: str
    lines: tuple[Line, ...]

    def count(self, *answers: Answer) -> int:
        """Count those with one of these answers."""
        return sum(line.answer in answers for line in self.lines)

    @property
    def done(self) -> int:
        """How many have done it."""
        return len(self.lines) - self.count(*WAITING)

    @property
    def share(self) -> float:
        """Which part of them has done it."""
        return self.done / len(self.lines)


def roll(
    known: Iterable[Known],
    given: Mapping[int, Given],
    reachable: Collection[int],
    *,
    spared: int | None = None,
    total: int | None = None,
) -> Roll:
    """Put together who has answered; of ``spared`` no answer is expected, they are listed only if they gave one."""
    people = list(known)
    here = {one.user_id for one in people}
    lines = [_line(one, given.get(one.user_id), reachable) for one in people]
    expected = [one for one in lines if one.who.user_id != spared or one.answer.is_done]
    return Roll(
        tuple(sorted(expected, key=_order)),
        len(people),
        None if total is None else max(total, len(people)),
        sum(user_id not in here for user_id in given),
    )


def _line(one: Known, given: Given | None, reachable: Collection[int]) -> Line:
    if given is not None:
        return Line(one, given.answer, given.at)
    return Line(one, Answer.PENDING if one.user_id in reachable else Answer.UNREACHABLE)


_RANK = {answer: place for place, answer in enumerate(Answer)}


def _order(line: Line) -> tuple[int, float, str, int]:
    at = 0.0 if line.at is None else line.at.timestamp()
    return _RANK[line.answer], at, line.who.name.casefold(), line.who.user_id


def by_department(lines: Sequence[Line]) -> list[Department]:
    """Return how the departments stand, the one with the smallest share first; those without a tag come last."""
    found: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        found[line.who.department].append(line)
    departments = [Department(name, tuple(some)) for name, some in found.items()]
    return sorted(departments, key=lambda one: (not one.name, one.share, one.name.casefold()))
