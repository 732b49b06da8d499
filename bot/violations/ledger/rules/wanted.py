"""Which cases of a ledger are wanted, what they are counted by, and what a page and a summary hold."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from bot.kernel.ids import GroupId, UserId
from bot.violations.ledger.rules.buckets import Unit
from bot.violations.ledger.rules.periods import ALWAYS, Span
from bot.violations.ledger.rules.statuses import Status

if TYPE_CHECKING:
    from bot.audit.rules import Entry
    from bot.violations.rules.case import Case


class By(StrEnum):
    """What cases are filtered by, and but for how they stand counted by; the values travel in buttons."""

    RULE = "r"
    MEMBER = "u"
    DEPARTMENT = "d"
    MODERATOR = "b"
    PERIOD = "p"
    STATUS = "s"


COUNTED: Final = tuple(by for by in By if by is not By.STATUS)
"""What cases are counted by: each has one of these, but may stand in several ways at once."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A filter: None leaves a side open. An empty rule or department means cases that have none."""

    rule: str | None = None
    member: UserId | None = None
    department: str | None = None
    moderator: UserId | None = None
    span: Span = ALWAYS
    status: Status | None = None

    def packed(self) -> str:
        """Return the filter as it is kept, the same text for the same filter."""
        days = [None if day is None else day.isoformat() for day in (self.span.first, self.span.last)]
        values: dict[str, Any] = {
            "r": self.rule,
            "u": self.member,
            "d": self.department,
            "b": self.moderator,
            "p": days if any(days) else None,
            "s": self.status,
        }
        kept = {key: value for key, value in values.items() if value is not None}
        return json.dumps(kept, ensure_ascii=False, separators=(",", ":"))

    def without(self, by: By) -> Wanted:
        """Return the filter with one side left open."""
        match by:
            case By.RULE:
                return replace(self, rule=None)
            case By.MEMBER:
                return replace(self, member=None)
            case By.DEPARTMENT:
                return replace(self, department=None)
            case By.MODERATOR:
                return replace(self, moderator=None)
            case By.PERIOD:
                return replace(self, span=ALWAYS)
            case By.STATUS:
                return replace(self, status=None)

    def people(self) -> tuple[UserId, ...]:
        """Return the people it names."""
        return tuple(one for one in (self.member, self.moderator) if one is not None)


def unpacked(text: str) -> Wanted:
    """Read a filter as it was kept."""
    values = json.loads(text)
    days = [None if day is None else date.fromisoformat(day) for day in values.get("p", (None, None))]
    status = None if "s" not in values else Status(values["s"])
    return Wanted(values.get("r"), values.get("u"), values.get("d"), values.get("b"), Span(*days), status)


@dataclass(frozen=True, slots=True)
class Selection:
    """A filter with the instants at which its days begin and end, as the group's clock has them.

    Where cases are wanted that stand in some way, it is as of ``now``; ``clean`` is the group's clean period, and ``ids`` are
    the cases that stand so because of an appeal.
    """

    group_id: GroupId
    wanted: Wanted
    since: datetime | None = None
    until: datetime | None = None
    now: datetime | None = None
    clean: timedelta | None = None
    ids: frozenset[int] | None = None


@dataclass(frozen=True, slots=True)
class View:
    """A filter as it is kept for the buttons of a list."""

    id: int
    wanted: Wanted


@dataclass(frozen=True, slots=True)
class Page:
    """A page of cases, the newest first; pages count from 1."""

    cases: Sequence[Case]
    number: int
    count: int
    total: int


@dataclass(frozen=True, slots=True)
class Record:
    """A page of a person's cases, and how many of all of them count, have expired, and were undone."""

    page: Page
    counting: int
    expired: int
    undone: int
    name: str = ""


@dataclass(frozen=True, slots=True)
class Story:
    """A case, and what was done about it since it was opened, the newest first; ``older_than`` leads on, None ends it."""

    case: Case
    entries: Sequence[Entry]
    older_than: int | None = None


@dataclass(frozen=True, slots=True)
class Share:
    """So many cases of one rule, person, department or stretch of days; ``key`` is its code, id, name or first day."""

    key: str | int | date
    count: int
    name: str = ""


@dataclass(frozen=True, slots=True)
class Summary:
    """How many cases there are by what. ``others`` are in shares beyond those listed, ``other_shares`` is how many of these.

    What was undone and what let somebody write or join again is left out: that is ``left_out``. ``unit`` is how long each
    stretch of days is.
    """

    by: By
    shares: Sequence[Share]
    total: int
    left_out: int = 0
    others: int = 0
    other_shares: int = 0
    unit: Unit = Unit.DAY


@dataclass(frozen=True, slots=True)
class Choices:
    """What one side of a filter can be set to, with how many cases each; ``more`` is how many are not listed."""

    shares: Sequence[Share] = ()
    more: int = 0


@dataclass(frozen=True, slots=True)
class Known:
    """What a group's rules and departments are called, for reading a line: codes and names as they are written."""

    rules: Mapping[str, str] = field(default_factory=dict)
    departments: Sequence[str] = ()


SHARES: Final = 29
"""Shares that a summary lists; a picture has room for one bar more, the sum of the others."""
