"""What every use case does: cleaning what was typed, and the audit log."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from bot.audit import service as audit
from bot.violations import store
from bot.violations.rules.case import Case, Person
from bot.violations.rules.ledger import QUOTE_LIMIT, Ask

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.db.engine import Tx


def cleaned(ask: Ask) -> Ask:
    """Return what was asked for as both databases can keep it."""
    evidence = ask.evidence
    if evidence is not None:
        text = storable(evidence.text)
        evidence = replace(evidence, text=text if len(text) <= QUOTE_LIMIT else f"{text[: QUOTE_LIMIT - 1]}…")
    return replace(
        ask,
        target=replace(ask.target, name=storable(ask.target.name)),
        issuer=replace(ask.issuer, name=storable(ask.issuer.name)),
        reason=storable(ask.reason).strip(),
        evidence=evidence,
    )


def storable(text: str) -> str:
    """Return a text as both databases can keep it."""
    # Neither database takes halves of characters, and PostgreSQL no NUL.
    return text.encode("utf-8", "ignore").decode().replace("\0", "")


async def record(
    tx: Tx,
    case: Case,
    by: Person | None,
    action: str,
    now: datetime,
    *,
    details: dict[str, Any] | None = None,
    **change: str,
) -> None:
    """Note in the audit log what happened to a case."""
    await audit.record(
        tx,
        group_id=case.group_id,
        actor_id=None if by is None else by.user_id,
        actor_name="" if by is None else by.name,
        action=action,
        at=now,
        target=case.target.user_id,
        target_text=case.target.name,
        details={"number": case.number, **(details or {})},
        **change,
    )


async def moved(tx: Tx, before: Sequence[Case], after: Sequence[Case], now: datetime) -> None:
    """Store cases that something else moved on."""
    states = {case.id: case.state.value for case in before}
    for case in after:
        await store.save(tx, case)
        await record(tx, case, None, "case.result", now, before=states[case.id], after=case.state.value)
