"""The tables of appeals, and of how long a group takes to decide them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    and_,
    case,
    delete,
    func,
    insert,
    select,
    update,
)

from bot.db.schema import Instant, Serial, metadata
from bot.kernel.ids import GroupId, UserId
from bot.violations.appeals.rules import DUE, Appeal, Decision, Phase
from bot.violations.rules.case import Person
from bot.violations.rules.ladder import Rung, Step

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement, Row

    from bot.db.engine import Tx

_ITEM = "violations appeal"
appeals = Table(
    "violations_appeals",
    metadata,
    Column("id", Serial, primary_key=True, autoincrement=True),
    Column("group_id", BigInteger, nullable=False),
    Column("case_id", BigInteger, ForeignKey("violations_cases.id", ondelete="CASCADE"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("round", Integer, nullable=False),
    Column("user_id", BigInteger, nullable=False),
    Column("user_name", String(200), nullable=False),
    Column("text", Text, nullable=False),
    Column("filed_at", Instant, nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("phase", String(16), nullable=False),
    Column("added", Text, nullable=False),
    Column("added_at", Instant, nullable=True),
    Column("decided_by", BigInteger, nullable=True),
    Column("decided_name", String(200), nullable=True),
    Column("decided_at", Instant, nullable=True),
    Column("alone", Boolean, nullable=False),
    Column("remark", Text, nullable=False),
    Column("until", Instant, nullable=True),
    Column("step", JSON(none_as_null=True), nullable=True),
    Column("instead", BigInteger, nullable=True),
    Column("link", Text, nullable=False),
    UniqueConstraint("case_id", "round"),
    Index("ix_violations_appeals_group_id_phase_due_at", "group_id", "phase", "due_at"),
    Index("ix_violations_appeals_instead", "instead"),
)

dues = Table(
    "violations_appeals_dues",
    metadata,
    Column("group_id", BigInteger, primary_key=True, autoincrement=False),
    Column("hours", Integer, nullable=False),
)


async def add(tx: Tx, appeal: Appeal) -> int:
    """Store a new appeal and return its id."""
    values = _values(appeal) | {
        "group_id": appeal.group_id,
        "case_id": appeal.case_id,
        "number": appeal.number,
        "round": appeal.round,
        "user_id": appeal.by.user_id,
        "user_name": appeal.by.name[:200],
        "text": appeal.text,
        "filed_at": appeal.filed_at,
        "due_at": appeal.due_at,
    }
    return int((await tx.execute(insert(appeals).values(values).returning(appeals.c.id))).scalar_one())


async def save(tx: Tx, appeal: Appeal) -> None:
    """Store what can change of an appeal."""
    tx.memo.pop((_ITEM, appeal.id), None)
    await tx.execute(update(appeals).where(appeals.c.id == appeal.id).values(_values(appeal)))


async def by_id(tx: Tx, appeal_id: int) -> Appeal | None:
    """Return an appeal by its id; asked once a transaction, as long as it stays so."""
    known: Appeal | None = tx.memo.get((_ITEM, appeal_id))
    if known is not None:
        return known
    row = (await tx.execute(select(appeals).where(appeals.c.id == appeal_id))).one_or_none()
    return None if row is None else _known(tx, _appeal(row))


async def newest_about(tx: Tx, group_id: GroupId, number: int) -> Appeal | None:
    """Return the newest appeal against a group's case, by the number of the case."""
    about = and_(appeals.c.group_id == group_id, appeals.c.number == number)
    found = await _many(tx, about, 1, appeals.c.id.desc())
    return _known(tx, found[0]) if found else None


async def of_cases(tx: Tx, case_ids: Sequence[int]) -> list[Appeal]:
    """Return the appeals against these cases, the oldest first, and those that put one of them in another's place."""
    if not case_ids:
        return []
    about = appeals.c.case_id.in_(case_ids) | appeals.c.instead.in_(case_ids)
    rows = await tx.execute(select(appeals).where(about).order_by(appeals.c.id))
    return [_appeal(row) for row in rows]


async def open_in(tx: Tx, group_id: GroupId, limit: int) -> list[Appeal]:
    """Return a group's open appeals, those that are due first first."""
    return await _many(tx, _open(group_id), limit, appeals.c.due_at, appeals.c.id)


async def decided_in(tx: Tx, group_id: GroupId, limit: int) -> list[Appeal]:
    """Return a group's latest appeals that are no longer open."""
    closed = and_(appeals.c.group_id == group_id, appeals.c.phase != Phase.OPEN.value)
    return await _many(tx, closed, limit, appeals.c.id.desc())


async def disputed(tx: Tx, group_id: GroupId) -> tuple[frozenset[int], frozenset[int]]:
    """Return the ids of a group's cases against which there is an open appeal, and of those that an appeal made lighter."""
    phases = [Phase.OPEN.value, Phase.REDUCED.value]
    query = select(appeals.c.phase, appeals.c.case_id, appeals.c.instead).where(
        appeals.c.group_id == group_id, appeals.c.phase.in_(phases)
    )
    rows = (await tx.execute(query)).all()
    waiting = frozenset(row.case_id for row in rows if row.phase == Phase.OPEN.value)
    reduced = [row for row in rows if row.phase == Phase.REDUCED.value]
    lighter = {row.case_id for row in reduced} | {row.instead for row in reduced if row.instead is not None}
    return waiting, frozenset(lighter)


async def count_open(tx: Tx, group_id: GroupId, now: datetime) -> tuple[int, int, timedelta]:
    """Count a group's open appeals, and those of them that are overdue; return with them how long it takes to decide."""
    late = func.sum(case((appeals.c.due_at <= now, 1), else_=0))
    hours = select(dues.c.hours).where(dues.c.group_id == group_id).scalar_subquery()
    counts = (func.count().label("waiting"), late.label("late"), hours.label("hours"))
    row = (await tx.execute(select(*counts).select_from(appeals).where(_open(group_id)))).one()
    return int(row.waiting), int(row.late or 0), _due(row.hours)


async def due(tx: Tx, group_id: GroupId) -> timedelta:
    """Return how long a group takes to decide."""
    hours = (await tx.execute(select(dues.c.hours).where(dues.c.group_id == group_id))).scalar_one_or_none()
    return _due(hours)


def _due(hours: int | None) -> timedelta:
    return DUE if hours is None else timedelta(hours=hours)


def _known(tx: Tx, appeal: Appeal) -> Appeal:
    """Remember for this transaction how an appeal is stored."""
    tx.memo[_ITEM, appeal.id] = appeal
    return appeal


async def put_due(tx: Tx, group_id: GroupId, hours: int) -> None:
    """Store how long a group takes to decide."""
    await tx.execute(delete(dues).where(dues.c.group_id == group_id))
    await tx.execute(insert(dues).values(group_id=group_id, hours=hours))


def _open(group_id: GroupId) -> ColumnElement[bool]:
    return and_(appeals.c.group_id == group_id, appeals.c.phase == Phase.OPEN.value)


async def _many(tx: Tx, where: ColumnElement[bool], limit: int, *order: Any) -> list[Appeal]:
    rows = await tx.execute(select(appeals).where(where).order_by(*order).limit(limit))
    return [_appeal(row) for row in rows]


def _values(appeal: Appeal) -> dict[str, Any]:
    decision = appeal.decision
    step = None if decision is None else decision.step
    mute = None if step is None or step.mute is None else int(step.mute.total_seconds())
    return {
        "phase": appeal.phase.value,
        "added": appeal.added,
        "added_at": appeal.added_at,
        "decided_by": None if decision is None else decision.by.user_id,
        "decided_name": None if decision is None else decision.by.name[:200],
        "decided_at": None if decision is None else decision.at,
        "alone": decision is not None and decision.alone,
        "remark": "" if decision is None else decision.remark,
        "until": None if decision is None else decision.until,
        "step": None if step is None else [step.rung.value, mute],
        "instead": None if decision is None else decision.instead,
        "link": appeal.link,
    }


def _appeal(row: Row[Any]) -> Appeal:
    return Appeal(
        id=row.id,
        group_id=GroupId(row.group_id),
        case_id=row.case_id,
        number=row.number,
        round=row.round,
        by=Person(UserId(row.user_id), row.user_name),
        text=row.text,
        filed_at=row.filed_at,
        due_at=row.due_at,
        phase=Phase(row.phase),
        added=row.added,
        added_at=row.added_at,
        decision=_decision(row),
        link=row.link,
    )


def _decision(row: Row[Any]) -> Decision | None:
    if row.decided_at is None:
        return None
    step = None
    if row.step is not None:
        rung, seconds = row.step
        step = Step(Rung(rung), None if seconds is None else timedelta(seconds=seconds))
    by = Person(UserId(row.decided_by), row.decided_name or "")
    return Decision(by, row.decided_at, row.alone, row.remark, row.until, step, row.instead)
