"""Putting another reason in the place of a case's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.kernel.blank import is_blank
from bot.violations.rules.ledger import REASON_LIMIT

if TYPE_CHECKING:
    from bot.kernel.ids import UserId
    from bot.violations.rules.case import Case


@dataclass(frozen=True, slots=True)
class Amended:
    """The case has the new reason; ``before`` is what it was."""

    case: Case
    before: str


@dataclass(frozen=True, slots=True)
class SameReason:
    """That is its reason already."""

    case: Case


@dataclass(frozen=True, slots=True)
class NoReason:
    """Nothing was written."""

    case: Case


@dataclass(frozen=True, slots=True)
class TooLong:
    """The reason has more characters than fit."""

    length: int


@dataclass(frozen=True, slots=True)
class AboutOneself:
    """Nobody amends a case against themselves."""

    case: Case


Refusal = SameReason | NoReason | TooLong | AboutOneself


def may_amend(case: Case, reason: str, by: UserId) -> Refusal | None:
    """Say why a case cannot have this reason from this person, or None."""
    if case.target.user_id == by:
        return AboutOneself(case)
    if is_blank(reason):
        return NoReason(case)
    if len(reason) > REASON_LIMIT:
        return TooLong(len(reason))
    return SameReason(case) if reason == case.reason else None
