"""A case: one warning or one step taken directly, what it ordered, how far that went, and whether it still counts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from bot.violations.rules.ladder import AT_ONCE, Rung, Step

if TYPE_CHECKING:
    from bot.kernel.ids import GroupId, MessageId, UserId

AHEAD = timedelta(seconds=45)
"""A mute with less than this to run is not ordered any more: what reaches Telegram less than 30 seconds before its end is
taken as a mute for ever."""
RETRY_EVERY = timedelta(minutes=15)
RETRY_FOR = timedelta(days=1)
"""A kick, a ban or a release that was refused is tried again unasked for so long; after that somebody has to want it."""


class State(StrEnum):
    """How far the mute or the removal of a case has gone."""

    NONE = "none"
    """The case has none."""
    PROPOSED = "proposed"
    """A second manager has to decide (removals only)."""
    DECLINED = "declined"
    LAPSED = "lapsed"
    """Nobody decided in time."""
    WITHDRAWN = "withdrawn"
    """The case was undone before anybody decided."""
    ORDERED = "ordered"
    """On its way to Telegram."""
    DONE = "done"
    REFUSED = "refused"
    """Telegram would not."""
    UNCERTAIN = "uncertain"
    """It may be in force, or not."""
    PAUSED = "paused"
    """The person was removed, and with that the mute is gone; it is imposed again if they come back before its end."""
    LIFTING = "lifting"
    """The order to take it back is on its way."""
    LIFTED = "lifted"
    LIFT_REFUSED = "lift_refused"
    """Telegram would not take it back."""


REMOVALS = frozenset({Rung.REMOVAL, Rung.KICK, Rung.BAN})
RELEASES = frozenset({Rung.UNMUTE, Rung.UNBAN})
IN_FORCE = frozenset({State.ORDERED, State.DONE, State.UNCERTAIN})
"""States in which the mute or removal must be taken to hold."""


class Why(StrEnum):
    """Why what was ordered did not happen; the values are those of the outbox's refusals, and one of our own."""

    NO_RIGHT = "no_right"
    TARGET_ADMIN = "target_admin"
    TARGET_GONE = "target_gone"
    BASIC_GROUP = "basic_group"
    CHAT_GONE = "chat_gone"
    TOO_LATE = "too_late"
    NOT_ALLOWED = "not_allowed"
    """Who ordered it has lost the right to, so it is not tried again."""
    OTHER = "other"


def is_channel(user_id: UserId) -> bool:
    """Say whether an id is that of a channel instead of a person."""
    return user_id < 0


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody as the ledger names them, also long after they left; of a channel that writes in the group its id and title."""

    user_id: UserId
    name: str

    @property
    def is_channel(self) -> bool:
        """Whether it is a channel: Telegram numbers chats below zero."""
        return is_channel(self.user_id)


@dataclass(frozen=True, slots=True)
class Evidence:
    """The message somebody was warned for. ``kind`` is "text" or a kind of media; ``link`` opens it, in a supergroup.

    ``file_id`` is Telegram's reference to the media.
    """

    kind: str
    text: str
    message_id: MessageId
    link: str | None = None
    file_id: str | None = None


@dataclass(frozen=True, slots=True)
class Undone:
    """Who took a case back, and when."""

    by: Person
    at: datetime


@dataclass(frozen=True, slots=True)
class Case:
    """One warning, or one step that a moderator took directly.

    ``number`` counts from 1 in its group. ``level`` is the warning's place on its ladder: the points that counted when it was
    given, its own among them; what was not given as a warning has none: it is 0, and counts towards nothing. ``mute_until`` is
    also the end of a ban. ``decided_by`` is who decided about a proposed removal.

    ``rule`` is the code of the rule that was breached and ``rule_title`` what it was called then; both are empty where no
    rule was named. ``track`` is the ladder the case counts on: a rule's own, or (empty) the group's. ``automatic`` cases were
    opened by the bot, which saw the breach itself; ``further`` counts later messages that were folded into the case.
    ``department`` is the person's member tag at the time.

    Who is asked to leave has time until ``leave_by``; ``left_at`` says that they did. ``follows`` is the number of the case
    whose time to leave ran out, where this one proposes the removal. ``lapses_at`` is when the case stops counting because of
    the group's clean period, as the person's cases stand; it is worked out, not stored.
    """

    id: int
    group_id: GroupId
    number: int
    target: Person
    issuer: Person
    issued_at: datetime
    expires_at: datetime
    reason: str
    level: int
    step: Step
    state: State
    evidence: Evidence | None = None
    mute_until: datetime | None = None
    why: Why | None = None
    undone: Undone | None = None
    decided_by: Person | None = None
    rule: str = ""
    rule_title: str = ""
    track: str = ""
    points: int = 1
    automatic: bool = False
    department: str = ""
    further: int = 0
    follows: int = 0
    leave_by: datetime | None = None
    left_at: datetime | None = None
    lapses_at: datetime | None = None

    @property
    def ends_at(self) -> datetime:
        """When the case stops counting, if nothing else happens."""
        return self.expires_at if self.lapses_at is None else min(self.expires_at, self.lapses_at)

    @property
    def is_removal(self) -> bool:
        """Whether its step takes the person out of the group."""
        return self.step.rung in REMOVALS

    @property
    def is_direct(self) -> bool:
        """Whether a moderator took the step directly, without a warning."""
        return self.level == 0 and not self.follows

    @property
    def is_release(self) -> bool:
        """Whether it ends what other cases ordered."""
        return self.step.rung in RELEASES

    def counts(self, now: datetime) -> bool:
        """Say whether it counts towards the next step."""
        return self.level > 0 and self.undone is None and now < self.ends_at

    @property
    def is_text_only(self) -> bool:
        """Whether it leaves the person text to write."""
        return self.step.rung is Rung.RESTRICT

    def mutes(self, now: datetime) -> bool:
        """Say whether its mute, or its restriction to text, must be taken to hold."""
        if self.is_removal or self.undone is not None or self.mute_until is None:
            return False
        return now < self.mute_until and self.state in IN_FORCE


# What Telegram said


class Act(StrEnum):
    """What was asked of Telegram: to impose the mute or removal of a case, or to take it back."""

    IMPOSE = "impose"
    LIFT = "lift"


@dataclass(frozen=True, slots=True)
class Did:
    """Telegram did it."""


@dataclass(frozen=True, slots=True)
class DidNot:
    """Telegram would not."""

    why: Why


@dataclass(frozen=True, slots=True)
class Unknown:
    """The answer was lost."""


Reply = Did | DidNot | Unknown


def settle(case: Case, act: Act, reply: Reply) -> Case:
    """Return the case after Telegram's answer; an answer that the case does not wait for changes nothing.

    A mute that was refused after its case was undone never held: there is nothing left to lift.
    """
    if act is Act.IMPOSE:
        return _imposed(case, reply)
    if case.state is not State.LIFTING:
        return case
    match reply:
        case Did():
            return replace(case, state=State.LIFTED, why=None)
        case DidNot(why):
            return replace(case, state=State.LIFT_REFUSED, why=why)
        case Unknown():
            return replace(case, state=State.LIFT_REFUSED, why=Why.OTHER)


def _imposed(case: Case, reply: Reply) -> Case:
    if isinstance(reply, DidNot) and case.state is State.LIFTING and case.undone is None:
        return replace(case, state=State.LIFTED)
    if isinstance(reply, DidNot) and case.state in {State.ORDERED, State.LIFTING}:
        return replace(case, state=State.REFUSED, why=reply.why)
    if case.state is not State.ORDERED:
        return case
    return replace(case, state=State.DONE if isinstance(reply, Did) else State.UNCERTAIN, why=None)


# Trying again

OF_ITSELF = frozenset({Why.NO_RIGHT, Why.BASIC_GROUP})
"""Refusals that may end without anybody looking at the case: these are tried again unasked."""


def act_to_retry(case: Case, now: datetime) -> Act | None:
    """Return what may be ordered once more, or None when it is in order, over, or no longer wanted."""
    if case.mute_until is None and not (case.is_removal or case.is_release):
        return None
    if case.mute_until is not None and case.mute_until - now < AHEAD:
        return None
    if case.state is State.LIFT_REFUSED:
        return Act.LIFT
    if case.undone is None and case.state in {State.REFUSED, State.UNCERTAIN}:
        return Act.IMPOSE
    return None


def retried(case: Case, act: Act) -> Case:
    """Return the case with the order given once more."""
    return replace(case, state=State.ORDERED if act is Act.IMPOSE else State.LIFTING, why=None)


def next_retry(case: Case, now: datetime) -> datetime | None:
    """Return when to try again unasked; None when that makes no sense. A removal by the ladder waits for somebody to ask."""
    again = now + RETRY_EVERY
    if case.step.rung is Rung.REMOVAL or case.why not in OF_ITSELF or act_to_retry(case, now) is None:
        return None
    if case.step.rung in AT_ONCE and again - case.issued_at > RETRY_FOR:
        return None
    return again if act_to_retry(case, again) is not None else None
