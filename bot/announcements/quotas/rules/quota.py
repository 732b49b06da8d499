"""What is owed by whom, and how far those who owe it have come (R09)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from bot.announcements.quotas.rules.periods import REMIND_DAYS, Period, Span
from bot.kernel.ids import GroupId, UserId

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

MOST: Final = 100
"""Nobody owes more in a period."""
MOST_QUOTAS: Final = 100
"""So many quotas a group can have."""
NAME_LIMIT: Final = 64


class Kind(StrEnum):
    """Whose quota it is."""

    DEPARTMENT = "department"
    """Of all with one tag together (R15)."""
    PERSON = "person"
    EVERYBODY = "everybody"
    """Of every member."""


@dataclass(frozen=True, slots=True)
class Quota:
    """``count`` announcements in each ``period``. ``name`` is the department's, or the person's as last seen.

    ``keeper_id`` answers for a department and is reminded of it; ``keeper`` is their name as last seen.
    """

    id: int
    group_id: GroupId
    kind: Kind
    name: str
    user_id: UserId | None
    count: int
    period: Period
    set_at: datetime
    set_by: str
    keeper_id: UserId | None = None
    keeper: str = ""

    def is_of(self, kind: Kind, name: str, user_id: UserId | None) -> bool:
        """Say whether it is theirs."""
        if kind is not self.kind:
            return False
        return kind is Kind.EVERYBODY or (
            self.user_id == user_id if kind is Kind.PERSON else self.name.casefold() == name.casefold()
        )


@dataclass(frozen=True, slots=True)
class House:
    """How many days before a period's end those who are behind are reminded (0: never), and on which weekday weeks begin, Monday 0."""

    remind: int = REMIND_DAYS
    week_begins: int = 0


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody who is known to be in the group. A department is their member tag, or an administrator's title (R15)."""

    user_id: UserId
    name: str
    department: str = ""


@dataclass(frozen=True, slots=True)
class Share:
    """What one department or person owed in a period, and what they have delivered. ``name`` is the department's or theirs."""

    kind: Kind
    name: str
    user_id: UserId | None
    department: str
    owed: int
    delivered: int

    @property
    def is_done(self) -> bool:
        """Whether all of it is delivered."""
        return self.delivered >= self.owed


@dataclass(frozen=True, slots=True)
class Table:
    """Who has delivered in a period. ``earlier`` and ``later`` say whether there are others to turn to."""

    span: Span
    shares: tuple[Share, ...]
    back: int
    earlier: bool
    quotas: tuple[Quota, ...] = ()


def tally(quotas: Iterable[Quota], delivered: Sequence[UserId], people: Sequence[Known]) -> list[Share]:
    """Return how far everybody has come. ``delivered`` names for each announcement that counts whose it is.

    Departments come first, then persons, then every member; those who are behind come before those who are not.
    """
    known = {one.user_id: one for one in people}
    by_person = Counter(delivered)
    by_department = Counter(known[user_id].department.casefold() for user_id in delivered if user_id in known)
    found: list[Share] = []
    for quota in quotas:
        match quota.kind:
            case Kind.DEPARTMENT:
                done = by_department[quota.name.casefold()]
                found.append(Share(quota.kind, quota.name, None, quota.name, quota.count, done))
            case Kind.PERSON if quota.user_id is not None:
                who = known.get(quota.user_id) or Known(quota.user_id, quota.name)
                found.append(_of(quota, who, by_person))
            case _:
                found += [_of(quota, who, by_person) for who in people]
    return sorted(found, key=_order)


def _of(quota: Quota, who: Known, by_person: Counter[UserId]) -> Share:
    return Share(quota.kind, who.name, who.user_id, who.department, quota.count, by_person[who.user_id])


_RANK: Final = {kind: rank for rank, kind in enumerate(Kind)}


def _order(share: Share) -> tuple[int, bool, float, str, str]:
    return (
        _RANK[share.kind],
        share.is_done,
        share.delivered / max(1, share.owed),
        share.department.casefold(),
        share.name.casefold(),
    )


def debts(found: Table) -> dict[UserId, list[Share]]:
    """Return who is reminded of which shares that are not delivered: a person of theirs, who answers for a department of its."""
    keepers = {
        one.name.casefold(): one.keeper_id for one in found.quotas if one.period is found.span.period and one.keeper_id
    }
    owed: dict[UserId, list[Share]] = {}
    for share in behind(found.shares):
        who = keepers.get(share.name.casefold()) if share.kind is Kind.DEPARTMENT else share.user_id
        if who is not None:
            owed.setdefault(who, []).append(share)
    return owed


def behind(shares: Iterable[Share]) -> list[Share]:
    """Return those who have not delivered all they owe."""
    return [share for share in shares if not share.is_done]
