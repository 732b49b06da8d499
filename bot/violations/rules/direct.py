"""Steps that a moderator takes directly: mute, kick, ban, and the release from them (R22).

Each is a case of its own. It counts towards nothing: the ladder goes on where the warnings stand.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from bot.kernel.durations import scan_span
from bot.kernel.numerals import fold
from bot.violations.rules.case import IN_FORCE, REMOVALS, Case, State, Why
from bot.violations.rules.ladder import LONGEST_MUTE, SHORTEST_MUTE, Rung, Step
from bot.violations.rules.ledger import GUARD, Ask, Ledger
from bot.violations.rules.orders import Order, ends_what
from bot.violations.rules.settings import Settings
from bot.violations.rules.typed import FOR_GOOD

_LEADING: Final = ("for ", "为期", "禁言")


@dataclass(frozen=True, slots=True)
class Taken:
    """The step is a case, and ``ledger`` what it was decided on. ``released`` are the cases that a release ends, as they stand now."""

    case: Case
    order: Order | None
    ledger: Ledger
    released: tuple[Case, ...] = ()


@dataclass(frozen=True, slots=True)
class AlreadyProposed:
    """The person's removal waits for a second manager already."""

    case: Case


@dataclass(frozen=True, slots=True)
class JustTaken:
    """Somebody else took the same step within the last minute; ``hidden`` says that the group does not want moderators named."""

    case: Case
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class BadLength:
    """No mute and no ban lasts so long, or so short."""

    length: timedelta


@dataclass(frozen=True, slots=True)
class NotBanned:
    """No case keeps the channel from writing, so there is nothing to end."""

    name: str


@dataclass(frozen=True, slots=True)
class NotMuted:
    """The person may write: no case mutes them, and Telegram says so as well."""

    name: str


def open_direct(ask: Ask, step: Step, ledger: Ledger, now: datetime) -> Case:
    """Return the case that a step taken directly makes; its ``id`` is given when it is stored.

    Where a second manager has to agree, the length begins when they do.
    """
    refused = ask.basic and step.rung is Rung.MUTE
    asks = takes_two(step.rung, ledger.settings)
    state = State.PROPOSED if asks else State.REFUSED if refused else State.ORDERED
    return Case(
        id=0,
        group_id=ask.group_id,
        number=ledger.next_number,
        target=ask.target,
        issuer=ask.issuer,
        issued_at=now,
        expires_at=now + ledger.settings.expiry,
        reason=ask.reason,
        level=0,
        step=step,
        state=state,
        evidence=ask.evidence,
        mute_until=None if step.mute is None or asks else now + step.mute,
        why=Why.BASIC_GROUP if refused else None,
        rule=ask.rule,
        rule_title=ask.rule_title,
        department=ask.department,
    )


def takes_two(rung: Rung, settings: Settings) -> bool:
    """Say whether a step taken directly waits for a second manager."""
    return settings.second and rung in REMOVALS


def proposed_already(cases: Sequence[Case]) -> Case | None:
    """Return the case in which the person's removal waits for a second manager."""
    return next((case for case in cases if case.is_removal and case.state is State.PROPOSED), None)


def just_taken(ask: Ask, step: Step, cases: Sequence[Case], now: datetime) -> Case | None:
    """Return the case in which somebody else took the same step within the last minute."""
    for case in cases:
        same = case.is_direct and case.undone is None and case.step.rung is step.rung
        if same and now - case.issued_at < GUARD and case.issuer.user_id != ask.issuer.user_id:
            return case
    return None


def is_kept_out(cases: Sequence[Case]) -> bool:
    """Say whether a case keeps somebody out, should do so, or could not be lifted."""
    theirs = ends_what(Rung.UNBAN)
    wanted = {*IN_FORCE, State.REFUSED, State.PAUSED}
    stuck = {State.LIFTING, State.LIFT_REFUSED}
    return any(
        theirs(case) and (case.state in stuck or (case.undone is None and case.state in wanted)) for case in cases
    )


def is_muted(cases: Sequence[Case], now: datetime) -> bool:
    """Say whether a case mutes somebody, should do so, or could not be lifted."""
    theirs = ends_what(Rung.UNMUTE)
    wanted = {*IN_FORCE, State.REFUSED, State.PAUSED}
    stuck = {State.LIFTING, State.LIFT_REFUSED}
    return any(
        case.state in stuck
        or (case.undone is None and case.state in wanted and case.mute_until is not None and now < case.mute_until)
        for case in cases
        if theirs(case)
    )


def released(release: Case, cases: Sequence[Case]) -> list[Case]:
    """Return the earlier cases that a release ends, as they stand once it is ordered.

    What holds is being lifted until Telegram has answered; what was refused or waits for the person is not tried again.
    """
    theirs = ends_what(release.step.rung)
    found: list[Case] = []
    for case in cases:
        if case.number >= release.number or case.undone is not None or not theirs(case):
            continue
        if case.state in IN_FORCE or case.state is State.LIFT_REFUSED:
            found.append(replace(case, state=State.LIFTING, why=None))
        elif case.state in {State.REFUSED, State.PAUSED}:
            found.append(replace(case, state=State.LIFTED, why=None))
    return found


def followed(release: Case, cases: Sequence[Case]) -> list[Case]:
    """Return the cases that a release was to end, after Telegram answered to it."""
    theirs = ends_what(release.step.rung)
    lifting = [
        case
        for case in cases
        if case.number < release.number and case.undone is None and case.state is State.LIFTING and theirs(case)
    ]
    if release.state is State.DONE:
        return [replace(case, state=State.LIFTED) for case in lifting]
    if release.state in {State.REFUSED, State.UNCERTAIN}:
        return [replace(case, state=State.LIFT_REFUSED, why=release.why or Why.OTHER) for case in lifting]
    return []


# As people type it


def fault_of_length(length: timedelta) -> BadLength | None:
    """Say that a length will not do, or None."""
    return None if SHORTEST_MUTE <= length <= LONGEST_MUTE else BadLength(length)


def read_length(text: str) -> tuple[timedelta | None, bool, str]:
    """Read a length at the start of a line: ``2h spam``, ``for 3 days``, 7天 刷屏, ``forever``.

    :return: the length, whether a word says that there is none (for good), and what follows.
    """
    folded = fold(text)
    start = next((len(word) for word in _LEADING if folded.startswith(word)), 0)
    for word in FOR_GOOD:
        for at in {0, start}:
            if folded.startswith(word, at) and _ends_at(folded, at + len(word)):
                return None, True, _after(text, at + len(word))
    scanned = scan_span(folded, start)
    if scanned is None or not _ends_at(folded, scanned[1]):
        return None, False, text
    return scanned[0].as_delta(), False, _after(text, scanned[1])


def _ends_at(folded: str, end: int) -> bool:
    """Say whether a word ends there: Chinese needs no space behind it, English does."""
    return end >= len(folded) or not (folded[end].isascii() and folded[end].isalnum())


def _after(text: str, end: int) -> str:
    return text[end:].lstrip(" ,;:.，。；：、\t\n").rstrip()
