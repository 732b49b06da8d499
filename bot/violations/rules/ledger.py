"""What is decided about a person's cases: whom one can warn, what a warning brings, what undoing takes back (R22, R23)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.kernel.ids import GroupId, MessageId
from bot.violations.rules.case import REMOVALS, Case, Evidence, Person, State, Why
from bot.violations.rules.ladder import Ladder, Rung, Step, step_at
from bot.violations.rules.settings import DEFAULTS, Settings

GUARD = timedelta(seconds=60)
"""Two warnings of one person within this time are likely to be for the same thing."""
REASON_LIMIT = 500
QUOTE_LIMIT = 3500
"""How much of a message is kept as evidence, in characters: as much as fits into one message with what is said about it."""


class Unwarnable(StrEnum):
    """Why somebody cannot be warned."""

    OWNER = "owner"
    ADMIN = "admin"
    ONESELF = "oneself"
    THE_BOT = "the_bot"
    OTHER_BOT = "other_bot"
    GONE = "gone"
    ANONYMOUS = "anonymous"
    CHANNEL = "channel"


@dataclass(frozen=True, slots=True)
class Ask:
    """What a moderator asks for, or (``automatic``) what the bot saw itself.

    ``basic`` says that the group is a basic one, in which nobody can be muted. ``rule`` is the code of the rule that was
    breached, ``points`` what it weighs where points count. ``may_remove`` says whether whoever asks may remove members.
    """

    group_id: GroupId
    target: Person
    issuer: Person
    reason: str = ""
    evidence: Evidence | None = None
    basic: bool = False
    rule: str = ""
    rule_title: str = ""
    points: int = 1
    automatic: bool = False
    department: str = ""
    may_remove: bool = True


@dataclass(frozen=True, slots=True)
class Ledger:
    """A person's cases that count or mute, the oldest first; a ladder; the number the next case will have.

    ``track`` says whose ladder it is: a rule's own, or (empty) the group's. Only cases of that track count on it.
    """

    cases: tuple[Case, ...]
    ladder: Ladder
    next_number: int = 1
    track: str = ""
    settings: Settings = DEFAULTS


def active(cases: Sequence[Case], now: datetime) -> list[Case]:
    """Return the cases that count, on whichever ladder."""
    return [case for case in cases if case.counts(now)]


def active_count(cases: Sequence[Case], now: datetime) -> int:
    """Count the warnings that count, on whichever ladder."""
    return sum(case.counts(now) for case in cases)


def on_track(ledger: Ledger, now: datetime) -> list[Case]:
    """Return the cases that count on the ledger's ladder."""
    return [case for case in ledger.cases if case.track == ledger.track and case.counts(now)]


def weight(points: int, settings: Settings) -> int:
    """Return how many places of a ladder a case takes."""
    return points if settings.points else 1


def level(ledger: Ledger, now: datetime) -> int:
    """Return how many places of the ledger's ladder are taken."""
    return sum(weight(case.points, ledger.settings) for case in on_track(ledger, now))


def next_step(ledger: Ledger, now: datetime, points: int = 1) -> Step:
    """Return what a further warning of that weight would bring now."""
    return step_at(ledger.ladder, level(ledger, now) + weight(points, ledger.settings))


def next_step_holds_until(ledger: Ledger, now: datetime, points: int = 1) -> datetime | None:
    """Return until when :func:`next_step` stays true if nothing happens; None when no warning counts.

    Where the next step is the same with one warning fewer, it holds until the first expiry that changes it.
    """
    ends = sorted({case.ends_at for case in on_track(ledger, now)})
    step = next_step(ledger, now, points)
    return next((end for end in ends if next_step(ledger, end, points) != step), ends[-1] if ends else None)


def lapsing(cases: Sequence[Case], clean: timedelta | None) -> tuple[Case, ...]:
    """Return the cases, the oldest first, with the moment at which the clean period ends their counting.

    A case goes on counting while no stretch of that length without a case follows it; a case that was undone breaks none.
    """
    if clean is None:
        return tuple(cases)
    found: list[Case] = []
    following: Case | None = None
    for case in sorted(cases, key=_given, reverse=True):
        if case.level == 0 or case.undone is not None:
            found.append(case)
            continue
        unbroken = following is not None and following.issued_at - case.issued_at < clean
        lapses_at = following.lapses_at if following is not None and unbroken else case.issued_at + clean
        following = replace(case, lapses_at=lapses_at)
        found.append(following)
    return tuple(sorted(found, key=lambda case: case.number))


def _given(case: Case) -> tuple[datetime, int]:
    """Sort by when cases were given: one that took another's place counts from that one's day, whatever its number."""
    return case.issued_at, case.number


def just_warned(cases: Sequence[Case], now: datetime) -> Case | None:
    """Return the case of a warning that somebody gave within the last minute."""
    recent = [case for case in cases if case.level > 0 and case.undone is None and now - case.issued_at < GUARD]
    return max(recent, key=lambda case: case.number, default=None)


def fold_into(ask: Ask, ledger: Ledger, day_began: datetime, now: datetime) -> Case | None:
    """Return the case that takes in what the bot saw of somebody, so that one evening of flood is one step.

    That is the case of the same message, one of the same ladder from the last minute, or, where the day's steps are taken, the
    newest of today's that the bot opened.
    """
    standing = [case for case in ledger.cases if case.level > 0 and case.undone is None]
    for case in reversed(standing):
        if _is_of_message(case, ask) or (case.track == ledger.track and now - case.issued_at < GUARD):
            return case
    today = [case for case in standing if case.automatic and case.track == ledger.track and case.issued_at >= day_began]
    cap = ledger.settings.daily_cap
    return today[-1] if cap is not None and today and len(today) >= cap else None


def folded(into: Case, ask: Ask) -> Case:
    """Return the case with one more message; the one that it is about is not counted twice, whatever rules it breaks."""
    return into if _is_of_message(into, ask) else replace(into, further=into.further + 1)


def _is_of_message(case: Case, ask: Ask) -> bool:
    kept, seen = case.evidence, ask.evidence
    return kept is not None and seen is not None and kept.message_id == seen.message_id


def is_settled(case: Case, cases: Sequence[Case], now: datetime) -> bool:
    """Say whether a case is done with: its measure is over, and a later warning or none at all tells what comes next."""
    later = any(other.number > case.number and other.track == case.track and other.counts(now) for other in cases)
    runs = case.mute_until is not None and now < case.mute_until
    asked = case.leave_by is not None and now < case.leave_by and case.undone is None
    moving = case.state in {State.PROPOSED, State.ORDERED, State.LIFTING, State.LIFT_REFUSED}
    return not ((case.counts(now) and not later) or runs or asked or moving)


def removal_is_open(cases: Sequence[Case]) -> bool:
    """Say whether a removal is proposed or on its way: as long as it is, no further step is to be told."""
    return any(case.is_removal and case.state in {State.PROPOSED, State.ORDERED} for case in cases)


def open_case(ask: Ask, ledger: Ledger, now: datetime) -> Case:
    """Return the case that a warning makes; its ``id`` is given when it is stored."""
    settings = ledger.settings
    place = level(ledger, now) + weight(ask.points, settings)
    step = step_at(ledger.ladder, place)
    state, why = _first_state(step, ask, ledger)
    asked = step.rung is Rung.LEAVE and settings.leave_within is not None
    return Case(
        id=0,
        group_id=ask.group_id,
        number=ledger.next_number,
        target=ask.target,
        issuer=ask.issuer,
        issued_at=now,
        expires_at=now + settings.expiry,
        reason=ask.reason,
        level=place,
        step=step,
        state=state,
        evidence=ask.evidence,
        mute_until=None if step.mute is None or state in {State.NONE, State.PROPOSED} else now + step.mute,
        why=why,
        rule=ask.rule,
        rule_title=ask.rule_title,
        track=ledger.track,
        points=ask.points,
        automatic=ask.automatic,
        department=ask.department,
        leave_by=now + settings.leave_within if asked and settings.leave_within is not None else None,
    )


def _first_state(step: Step, ask: Ask, ledger: Ledger) -> tuple[State, Why | None]:
    if step.rung in REMOVALS:
        if removal_is_open(ledger.cases):
            return State.NONE, None
        alone = step.rung is not Rung.REMOVAL and ask.may_remove and not ledger.settings.second
        return (State.ORDERED if alone else State.PROPOSED), None
    if step.mute is None:
        return State.NONE, None
    return (State.REFUSED, Why.BASIC_GROUP) if ask.basic else (State.ORDERED, None)


def message_link(chat_id: int, username: str | None, message_id: MessageId, *, basic: bool) -> str | None:
    """Return the link that opens a message; messages of basic groups have none."""
    if basic:
        return None
    place = username or f"c/{str(chat_id).removeprefix('-100')}"
    return f"https://t.me/{place}/{int(message_id)}"
