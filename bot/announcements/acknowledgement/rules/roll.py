"""Who has read an announcement, who has not, and who cannot be written to; by person and by department."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import datetime

    from bot.announcements.acknowledgement.rules.taps import Mark
    from bot.announcements.rules.people import Known


class Answer(StrEnum):
    """What became of one reader."""

    READ = "read"
    LATE = "late"
    """Read after the deadline."""
    PENDING = "pending"
    UNREACHABLE = "unreachable"
    """Not read, and the bot cannot write to them: they never opened a private chat with it, or have blocked it."""

    @property
    def has_read(self) -> bool:
        """Whether they have read it at all."""
        return self in {Answer.READ, Answer.LATE}


@dataclass(frozen=True, slots=True)
class Reader:
    """One line of the roll; ``at`` is when they acknowledged."""

    who: Known
    answer: Answer
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Roll:
    """Everybody of whom an acknowledgement is expected: those who have read first, in the order in which they did.

    ``total`` is how many members Telegram counts, bots left out as far as they are known; None if it has not been asked.
    ``gone`` have acknowledged and left since: they are not counted.
    """

    readers: tuple[Reader, ...]
    known: int
    total: int | None = None
    gone: int = 0

    def of(self, *answers: Answer) -> tuple[Reader, ...]:
        """Return those with one of these answers."""
        return tuple(reader for reader in self.readers if reader.answer in answers)

    def count(self, *answers: Answer) -> int:
        """Count those with one of these answers."""
        return sum(reader.answer in answers for reader in self.readers)

    @property
    def read(self) -> int:
        """How many have read it, in time or late."""
        return self.count(Answer.READ, Answer.LATE)

    @property
    def waiting(self) -> tuple[Reader, ...]:
        """Those who have not."""
        return self.of(Answer.PENDING, Answer.UNREACHABLE)


@dataclass(frozen=True, slots=True)
class Department:
    """How one department stands; the name is empty for those without a tag."""

    name: str
    read: int
    late: int
    members: int

    @property
    def done(self) -> int:
        """How many have read it, in time or late."""
        return self.read + self.late


def roll(
    known: Iterable[Known],
    marks: Mapping[int, Mark],
    reachable: Collection[int],
    author_id: int,
    *,
    total: int | None = None,
) -> Roll:
    """Put together who has read. The author is expected to know what they wrote, and is listed only if they tapped."""
    people = list(known)
    here = {one.user_id for one in people}
    readers = [_reader(one, marks.get(one.user_id), reachable) for one in people]
    expected = [one for one in readers if one.who.user_id != author_id or one.answer.has_read]
    return Roll(
        tuple(sorted(expected, key=_order)),
        len(people),
        None if total is None else max(total, len(people)),
        sum(user_id not in here for user_id in marks),
    )


def _reader(one: Known, mark: Mark | None, reachable: Collection[int]) -> Reader:
    if mark is not None:
        return Reader(one, Answer.LATE if mark.late else Answer.READ, mark.at)
    return Reader(one, Answer.PENDING if one.user_id in reachable else Answer.UNREACHABLE)


_RANK = {answer: place for place, answer in enumerate(Answer)}


def _order(reader: Reader) -> tuple[int, float, str, int]:
    at = 0.0 if reader.at is None else reader.at.timestamp()
    return _RANK[reader.answer], at, reader.who.name.casefold(), reader.who.user_id


def by_department(readers: Sequence[Reader]) -> list[Department]:
    """Return how the departments stand, the one with the smallest share first; those without a tag come last."""
    found: dict[str, list[Answer]] = defaultdict(list)
    for reader in readers:
        found[reader.who.department].append(reader.answer)
    departments = [
        Department(name, answers.count(Answer.READ), answers.count(Answer.LATE), len(answers))
        for name, answers in found.items()
    ]
    return sorted(departments, key=lambda one: (not one.name, one.done / one.members, one.name.casefold()))


# Silence past the deadline


class Decision(StrEnum):
    """What managers have made of somebody's silence."""

    OPEN = "open"
    """Nothing yet."""
    RECORDED = "recorded"
    """It became a case."""
    WAIVED = "waived"
    """It was let pass."""


@dataclass(frozen=True, slots=True)
class Missed:
    """Somebody who had not acknowledged by the deadline, and what was decided by whom."""

    user_id: int
    name: str
    decision: Decision = Decision.OPEN
    decided_by: str = ""


def proposed(found: Roll) -> list[Missed]:
    """Return whose silence is put before the managers: those who run the group are not warned."""
    return [Missed(one.who.user_id, one.who.name) for one in found.waiting if not one.who.runs_it]
