"""Who may decide a proposal, and what comes of trying.

Nobody decides their own proposal, with one exception: the owner may, as long as nobody else in the group could; else a
group with a single manager could never remove anybody. The audit log says when that was so.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Literal

from bot.kernel.ids import GroupId, UserId
from bot.kernel.roles import Right, Standing


class State(StrEnum):
    """What became of a proposal."""

    OPEN = "open"
    APPROVED = "approved"
    DECLINED = "declined"
    LAPSED = "lapsed"
    """Nobody decided in time."""
    WITHDRAWN = "withdrawn"
    """What it was about is no more."""


@dataclass(frozen=True, slots=True)
class Approval:
    """A proposal. ``capability``, ``kind`` and ``key`` name what it is about; ``summary`` is HTML.

    ``not_by`` may not decide, whatever they have the right to (the person it is about, say); the proposer need not be
    listed. ``proposed_by`` None is the bot itself.
    """

    id: int
    group_id: GroupId
    capability: str
    kind: str
    key: str
    summary: str
    proposed_by: UserId | None
    needed: Right
    not_by: frozenset[UserId]
    until: datetime
    state: State = State.OPEN
    decided_by: UserId | None = None
    decided_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class May:
    """The person may decide. ``own``: it is the owner's own proposal, and nobody else could."""

    own: bool = False


@dataclass(frozen=True, slots=True)
class Decided:
    """It is decided, by this very act. ``own`` as in :class:`May`."""

    approval: Approval
    own: bool = False


@dataclass(frozen=True, slots=True)
class AlreadyDecided:
    """Somebody was first, or it was withdrawn."""

    approval: Approval


@dataclass(frozen=True, slots=True)
class NotAllowed:
    """This person may not decide: it is their ``own``, they are ``excluded`` from this one, or they have ``no_right``."""

    reason: Literal["own", "excluded", "no_right"]


@dataclass(frozen=True, slots=True)
class Lapsed:
    """It was not decided in time."""

    approval: Approval


@dataclass(frozen=True, slots=True)
class Gone:
    """There is no such proposal in this group."""


Outcome = Decided | AlreadyDecided | NotAllowed | Lapsed | Gone


def judge(
    approval: Approval, actor: Standing, able: Collection[UserId], now: datetime
) -> May | AlreadyDecided | NotAllowed | Lapsed:
    """Say whether a person may decide at this moment; ``able`` are all who have the needed right."""
    if approval.state is State.LAPSED or (approval.state is State.OPEN and now >= approval.until):
        return Lapsed(approval)
    if approval.state is not State.OPEN:
        return AlreadyDecided(approval)
    if not actor.may(approval.needed):
        return NotAllowed("no_right")
    if actor.user_id in approval.not_by and actor.user_id != approval.proposed_by:
        return NotAllowed("excluded")
    if actor.user_id != approval.proposed_by:
        return May()
    others = set(able) - approval.not_by - {actor.user_id}
    return May(own=True) if actor.is_creator and not others else NotAllowed("own")
