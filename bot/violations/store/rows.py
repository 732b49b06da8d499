"""From rows to values and back."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from bot.kernel.ids import GroupId, MessageId, UserId
from bot.violations.rules.case import Case, Evidence, Person, State, Undone, Why
from bot.violations.rules.ladder import Ladder, Rung, Step
from bot.violations.rules.settings import DEFAULTS, Settings

if TYPE_CHECKING:
    from sqlalchemy import Row


def columns_of(case: Case) -> dict[str, Any]:
    """Return all columns of a case but its id."""
    return changing(case) | {
        "group_id": case.group_id,
        "number": case.number,
        "user_id": case.target.user_id,
        "user_name": case.target.name[:200],
        "issuer_id": case.issuer.user_id,
        "issuer_name": case.issuer.name[:200],
        "issued_at": case.issued_at,
        "expires_at": case.expires_at,
        "reason": case.reason,
        "rule": case.rule,
        "rule_title": case.rule_title[:200],
        "points": case.points,
        "automatic": case.automatic,
        "department": case.department[:64],
        "follows": case.follows,
        "leave_by": case.leave_by,
        "level": case.level,
        "rung": case.step.rung.value,
        "mute_seconds": None if case.step.mute is None else int(case.step.mute.total_seconds()),
        "evidence": evidence_values(case.evidence),
    }


def changing(case: Case) -> dict[str, Any]:
    """Return the columns of what can change of a case."""
    undone, decided = case.undone, case.decided_by
    return {
        "mute_until": case.mute_until,
        "track": case.track,
        "further": case.further,
        "left_at": case.left_at,
        "state": case.state.value,
        "why": None if case.why is None else case.why.value,
        "undone_at": None if undone is None else undone.at,
        "undone_by": None if undone is None else undone.by.user_id,
        "undone_name": None if undone is None else undone.by.name[:200],
        "decided_by": None if decided is None else decided.user_id,
        "decided_name": None if decided is None else decided.name[:200],
    }


def evidence_values(evidence: Evidence | None) -> dict[str, Any] | None:
    """Return evidence as it is stored."""
    if evidence is None:
        return None
    return {
        "kind": evidence.kind,
        "text": evidence.text,
        "message": evidence.message_id,
        "link": evidence.link,
        "file": evidence.file_id,
    }


def evidence_of(raw: Any) -> Evidence | None:
    """Return stored evidence."""
    if raw is None:
        return None
    return Evidence(raw["kind"], raw["text"], MessageId(raw["message"]), raw["link"], raw.get("file"))


def case_of(row: Row[Any]) -> Case:
    """Return a stored case."""
    return Case(
        id=row.id,
        group_id=GroupId(row.group_id),
        number=row.number,
        target=Person(UserId(row.user_id), row.user_name),
        issuer=Person(UserId(row.issuer_id), row.issuer_name),
        issued_at=row.issued_at,
        expires_at=row.expires_at,
        reason=row.reason,
        level=row.level,
        step=Step(Rung(row.rung), None if row.mute_seconds is None else timedelta(seconds=row.mute_seconds)),
        state=State(row.state),
        evidence=evidence_of(row.evidence),
        mute_until=row.mute_until,
        why=None if row.why is None else Why(row.why),
        undone=None if row.undone_at is None else Undone(person_of(row.undone_by, row.undone_name), row.undone_at),
        decided_by=None if row.decided_by is None else person_of(row.decided_by, row.decided_name),
        rule=row.rule,
        rule_title=row.rule_title,
        track=row.track,
        points=row.points,
        automatic=row.automatic,
        department=row.department,
        further=row.further,
        follows=row.follows,
        leave_by=row.leave_by,
        left_at=row.left_at,
    )


def person_of(user_id: int, name: str | None) -> Person:
    """Return a stored person."""
    return Person(UserId(user_id), name or "")


def steps_of(raw: Any) -> Ladder | None:
    """Return a stored ladder; None where there is none."""
    if not raw:
        return None
    return tuple(Step(Rung(rung), None if mute is None else timedelta(seconds=mute)) for rung, mute in raw)


def plain_steps(steps: Ladder) -> list[list[Any]]:
    """Return a ladder as it is stored."""
    return [[step.rung.value, None if step.mute is None else int(step.mute.total_seconds())] for step in steps]


def settings_of(row: Row[Any]) -> Settings:
    """Return the stored settings of a group, or what holds where it chose nothing."""
    if row.expiry_days is None:
        return DEFAULTS
    return Settings(
        expiry=timedelta(days=row.expiry_days),
        clean=None if row.clean_days is None else timedelta(days=row.clean_days),
        daily_cap=row.daily_cap,
        points=row.points_count,
        second=row.second,
        hidden=row.hidden,
        leave_within=None if row.leave_hours is None else timedelta(hours=row.leave_hours),
    )
