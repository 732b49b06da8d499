"""What comes of warning and undoing, for the texts to word and the handlers to follow."""

from __future__ import annotations

from dataclasses import dataclass

from bot.kernel.ids import UserId
from bot.violations.rules.case import IN_FORCE, Case
from bot.violations.rules.ledger import Ledger
from bot.violations.rules.orders import Order


@dataclass(frozen=True, slots=True)
class Warned:
    """A case was opened; ``previous`` is the one before it that counts, whose card no longer tells the next step."""

    case: Case
    ledger: Ledger
    order: Order | None = None
    previous: Case | None = None


@dataclass(frozen=True, slots=True)
class Folded:
    """One more message was counted with a case that the person has today."""

    case: Case


@dataclass(frozen=True, slots=True)
class JustWarned:
    """Somebody warned the person within the last minute; what was asked for is kept as ``held_id``.

    ``hidden`` says that the group does not want moderators named.
    """

    case: Case
    held_id: int
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class ReasonTooLong:
    """The reason has more characters than fit."""

    length: int


WarnOutcome = Warned | JustWarned | ReasonTooLong


@dataclass(frozen=True, slots=True)
class Reverted:
    """A case was undone; ``left`` are the person's cases that still count, the oldest first.

    ``fallen`` are proposed removals that fell with it.
    """

    case: Case
    order: Order | None = None
    left: tuple[Case, ...] = ()
    fallen: tuple[Case, ...] = ()


@dataclass(frozen=True, slots=True)
class Replaced:
    """A lighter case took the place of the one with the number ``of``."""

    case: Case
    of: int
    order: Order | None = None


@dataclass(frozen=True, slots=True)
class AlreadyUndone:
    """It was undone before."""

    case: Case


@dataclass(frozen=True, slots=True)
class NoSuchCase:
    """The group has no case of that number."""

    number: int


@dataclass(frozen=True, slots=True)
class OwnCase:
    """Nobody undoes a case against themselves."""

    case: Case


@dataclass(frozen=True, slots=True)
class NeedsRemover:
    """Only who may remove can let the person back."""

    case: Case


@dataclass(frozen=True, slots=True)
class IsRelease:
    """What let somebody write or join again is not undone: who wants that mutes or bans anew."""

    case: Case


@dataclass(frozen=True, slots=True)
class Answered:
    """Telegram's answer moved a case on; ``freed`` are other cases whose mute has to be lifted because of it.

    ``followers`` are those that a release was about, and that the answer moved on with it.
    """

    case: Case
    freed: tuple[tuple[Case, Order], ...] = ()
    followers: tuple[Case, ...] = ()


UndoOutcome = Reverted | AlreadyUndone | NoSuchCase | OwnCase | NeedsRemover | IsRelease


def may_undo(case: Case, by: UserId, *, may_remove: bool) -> AlreadyUndone | OwnCase | NeedsRemover | IsRelease | None:
    """Say why somebody cannot undo a case, or None."""
    if case.is_release:
        return IsRelease(case)
    if case.undone is not None:
        return AlreadyUndone(case)
    if case.target.user_id == by:
        return OwnCase(case)
    if case.is_removal and not may_remove and (case.is_direct or case.state in IN_FORCE):
        return NeedsRemover(case)
    return None


@dataclass(frozen=True, slots=True)
class Overdue:
    """Somebody who was asked to leave is still there: ``case`` proposes the removal, ``asked`` is what they did not follow."""

    case: Case
    asked: Case
    ledger: Ledger
