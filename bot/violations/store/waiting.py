"""Warnings that were held back, and steps against several people that somebody has yet to confirm."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, or_, select

from bot.kernel.ids import GroupId
from bot.violations.rules.ladder import Rung, Step
from bot.violations.rules.ledger import Ask
from bot.violations.rules.many import Several
from bot.violations.store.rows import evidence_of, evidence_values, person_of
from bot.violations.store.tables import held

if TYPE_CHECKING:
    from datetime import datetime

    from bot.db.engine import Tx


async def hold(tx: Tx, ask: Ask, now: datetime) -> int:
    """Keep what somebody asked for, until they say whether they mean it."""
    plain = {
        "target": [ask.target.user_id, ask.target.name],
        "issuer": [ask.issuer.user_id, ask.issuer.name],
        "reason": ask.reason,
        "evidence": evidence_values(ask.evidence),
        "basic": ask.basic,
        "rule": [ask.rule, ask.rule_title, ask.points],
        "department": ask.department,
        "may_remove": ask.may_remove,
    }
    values = {"group_id": ask.group_id, "issuer_id": ask.issuer.user_id, "held_at": now, "ask": plain}
    return int((await tx.execute(insert(held).values(values).returning(held.c.id))).scalar_one())


async def held_ask(tx: Tx, held_id: int) -> tuple[Ask, datetime] | None:
    """Return what is kept, and since when."""
    row = (await tx.execute(select(held).where(held.c.id == held_id))).one_or_none()
    if row is None or "target" not in row.ask:
        return None
    plain = row.ask
    rule, title, points = plain.get("rule", ("", "", 1))
    ask = Ask(
        GroupId(row.group_id),
        person_of(*plain["target"]),
        person_of(*plain["issuer"]),
        plain["reason"],
        evidence_of(plain["evidence"]),
        plain["basic"],
        rule=rule,
        rule_title=title,
        points=points,
        department=plain.get("department", ""),
        may_remove=plain.get("may_remove", False),
    )
    return ask, row.held_at


async def hold_several(tx: Tx, several: Several, now: datetime) -> int:
    """Keep what somebody wants to do with several people, until they say whether they mean it."""
    step = several.step
    plain = {
        "targets": [[person.user_id, person.name] for person in several.targets],
        "issuer": [several.issuer.user_id, several.issuer.name],
        "step": [step.rung.value, None if step.mute is None else int(step.mute.total_seconds())],
        "reason": several.reason,
        "basic": several.basic,
        "rule": [several.rule, several.rule_title],
    }
    values = {"group_id": several.group_id, "issuer_id": several.issuer.user_id, "held_at": now, "ask": plain}
    return int((await tx.execute(insert(held).values(values).returning(held.c.id))).scalar_one())


async def held_several(tx: Tx, held_id: int) -> tuple[Several, datetime] | None:
    """Return what is kept of a step against several people, and since when."""
    row = (await tx.execute(select(held).where(held.c.id == held_id))).one_or_none()
    if row is None or "targets" not in row.ask:
        return None
    plain = row.ask
    rung, seconds = plain["step"]
    several = Several(
        GroupId(row.group_id),
        tuple(person_of(*target) for target in plain["targets"]),
        person_of(*plain["issuer"]),
        Step(Rung(rung), None if seconds is None else timedelta(seconds=seconds)),
        plain["reason"],
        plain["basic"],
        *plain.get("rule", ("", "")),
    )
    return several, row.held_at


async def drop_held(tx: Tx, held_id: int, older_than: datetime) -> None:
    """Forget what was kept, and whatever else is too old to be used."""
    await tx.execute(delete(held).where(or_(held.c.id == held_id, held.c.held_at < older_than)))
