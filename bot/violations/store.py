"""The tables of cases, ladders and held warnings."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    and_,
    delete,
    func,
    insert,
    literal,
    or_,
    select,
    update,
)

from bot.db.schema import Instant, Serial, metadata
from bot.kernel.ids import GroupId, MessageId, UserId
from bot.violations.rules.case import EXPIRY, RETRY_FOR, Case, Evidence, Person, State, Undone, Why
from bot.violations.rules.ladder import DEFAULT_LADDER, OFF_LADDER, Ladder, Rung, Step
from bot.violations.rules.ledger import Ask, Ledger

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import ColumnElement, Row, ScalarSelect

    from bot.db.engine import Tx

cases = Table(
    "violations_cases",
    metadata,
    Column("id", Serial, primary_key=True, autoincrement=True),
    Column("group_id", BigInteger, nullable=False),
    Column("number", Integer, nullable=False),
    Column("user_id", BigInteger, nullable=False),
    Column("user_name", String(200), nullable=False),
    Column("issuer_id", BigInteger, nullable=False),
    Column("issuer_name", String(200), nullable=False),
    Column("issued_at", Instant, nullable=False),
    Column("reason", Text, nullable=False),
    Column("level", Integer, nullable=False),
    Column("rung", String(16), nullable=False),
    Column("mute_seconds", Integer, nullable=True),
    Column("mute_until", Instant, nullable=True),
    Column("state", String(16), nullable=False),
    Column("why", String(16), nullable=True),
    Column("evidence", JSON(none_as_null=True), nullable=True),
    Column("undone_at", Instant, nullable=True),
    Column("undone_by", BigInteger, nullable=True),
    Column("undone_name", String(200), nullable=True),
    Column("decided_by", BigInteger, nullable=True),
    Column("decided_name", String(200), nullable=True),
    UniqueConstraint("group_id", "number"),
    Index("ix_violations_cases_group_id_user_id", "group_id", "user_id"),
    Index("ix_violations_cases_group_id_issued_at", "group_id", "issued_at"),
)

ladders = Table(
    "violations_ladders",
    metadata,
    Column("group_id", BigInteger, primary_key=True, autoincrement=False),
    Column("steps", JSON, nullable=False),
)

held = Table(
    "violations_held",
    metadata,
    Column("id", Serial, primary_key=True, autoincrement=True),
    Column("group_id", BigInteger, nullable=False),
    Column("issuer_id", BigInteger, nullable=False),
    Column("held_at", Instant, nullable=False),
    Column("ask", JSON, nullable=False),
)


# Cases


async def ledger(tx: Tx, group_id: GroupId, user_id: UserId, now: datetime) -> Ledger:
    """Return what a warning of somebody is decided on, in one statement."""
    one = select(literal(1).label("one")).subquery()
    theirs = and_(cases.c.group_id == group_id, cases.c.user_id == user_id, _matters(now))
    found = (
        await tx.execute(
            select(_highest(group_id).label("highest"), _steps(group_id).label("steps"), cases)
            .select_from(one.outerjoin(cases, theirs))
            .order_by(cases.c.number)
        )
    ).all()
    own = tuple(_case(row) for row in found if row.id is not None)
    return Ledger(own, _ladder(found[0].steps), (found[0].highest or 0) + 1)


async def dossier(tx: Tx, case_id: int, now: datetime) -> tuple[Case, Ledger] | None:
    """Return a case with its person's ledger, in one statement; None if there is no such case."""
    this = cases.alias("this")
    group = select(this.c.group_id).where(this.c.id == case_id).scalar_subquery()
    person = select(this.c.user_id).where(this.c.id == case_id).scalar_subquery()
    steps = select(ladders.c.steps).where(ladders.c.group_id == group).scalar_subquery()
    found = (
        await tx.execute(
            select(steps.label("steps"), cases)
            .where(cases.c.group_id == group, cases.c.user_id == person, or_(cases.c.id == case_id, _matters(now)))
            .order_by(cases.c.number)
        )
    ).all()
    everything = [_case(row) for row in found]
    wanted = next((case for case in everything if case.id == case_id), None)
    if wanted is None:
        return None
    kept = tuple(
        case for case in everything if case.counts(now) or case.mutes(now) or (case.is_direct and case.undone is None)
    )
    return wanted, Ledger(kept, _ladder(found[0].steps))


async def add(tx: Tx, case: Case) -> int:
    """Store a new case and return its id."""
    values = _values(case) | {
        "group_id": case.group_id,
        "number": case.number,
        "user_id": case.target.user_id,
        "user_name": case.target.name[:200],
        "issuer_id": case.issuer.user_id,
        "issuer_name": case.issuer.name[:200],
        "issued_at": case.issued_at,
        "reason": case.reason,
        "level": case.level,
        "rung": case.step.rung.value,
        "mute_seconds": None if case.step.mute is None else int(case.step.mute.total_seconds()),
        "mute_until": case.mute_until,
        "evidence": _evidence_values(case.evidence),
    }
    result = await tx.execute(insert(cases).values(values).returning(cases.c.id))
    return int(result.scalar_one())


async def save(tx: Tx, case: Case) -> None:
    """Store what can change of a case."""
    await tx.execute(update(cases).where(cases.c.id == case.id).values(_values(case)))


async def by_id(tx: Tx, case_id: int) -> Case | None:
    """Return a case by its id."""
    return await _first(tx, cases.c.id == case_id)


async def by_number(tx: Tx, group_id: GroupId, number: int) -> Case | None:
    """Return a case of a group by its number."""
    return await _first(tx, and_(cases.c.group_id == group_id, cases.c.number == number))


async def of_person(tx: Tx, group_id: GroupId, user_id: UserId, limit: int) -> list[Case]:
    """Return the cases of a person, the newest first."""
    return await _many(tx, and_(cases.c.group_id == group_id, cases.c.user_id == user_id), limit)


async def counting(tx: Tx, group_id: GroupId, now: datetime, limit: int) -> list[Case]:
    """Return the cases of a group that count, the newest first."""
    return await _many(tx, and_(cases.c.group_id == group_id, _counts(now)), limit)


async def between(tx: Tx, group_id: GroupId, since: datetime, until: datetime, limit: int) -> list[Case]:
    """Return the cases opened from ``since`` to before ``until``, the newest first."""
    span = and_(cases.c.group_id == group_id, cases.c.issued_at >= since, cases.c.issued_at < until)
    return await _many(tx, span, limit)


async def count_between(tx: Tx, group_id: GroupId, since: datetime, until: datetime) -> int:
    """Count the cases opened from ``since`` to before ``until``."""
    query = (
        select(func.count())
        .select_from(cases)
        .where(cases.c.group_id == group_id, cases.c.issued_at >= since, cases.c.issued_at < until)
    )
    return int((await tx.execute(query)).scalar_one())


async def refused(tx: Tx, group_id: GroupId, now: datetime, limit: int) -> list[Case]:
    """Return the cases whose mute, still to run, was refused or could not be lifted; likewise what was refused directly."""
    stuck = [State.REFUSED.value, State.LIFT_REFUSED.value]
    direct = and_(cases.c.rung.in_([rung.value for rung in OFF_LADDER]), cases.c.issued_at > now - RETRY_FOR)
    found = and_(cases.c.group_id == group_id, or_(cases.c.mute_until > now, direct), cases.c.state.in_(stuck))
    return await _many(tx, found, limit)


def _matters(now: datetime) -> ColumnElement[bool]:
    kept_out = cases.c.rung.in_([Rung.REMOVAL.value, Rung.BAN.value])
    return or_(cases.c.issued_at > now - EXPIRY, cases.c.mute_until > now, kept_out)


def _counts(now: datetime) -> ColumnElement[bool]:
    return and_(cases.c.level > 0, cases.c.issued_at > now - EXPIRY, cases.c.undone_at.is_(None))


def _highest(group_id: GroupId) -> ScalarSelect[Any]:
    other = cases.alias("other")
    return select(func.max(other.c.number)).where(other.c.group_id == group_id).scalar_subquery()


def _steps(group_id: GroupId) -> ScalarSelect[Any]:
    return select(ladders.c.steps).where(ladders.c.group_id == group_id).scalar_subquery()


async def _first(tx: Tx, where: ColumnElement[bool]) -> Case | None:
    row = (await tx.execute(select(cases).where(where))).one_or_none()
    return None if row is None else _case(row)


async def _many(tx: Tx, where: ColumnElement[bool], limit: int) -> list[Case]:
    rows = await tx.execute(select(cases).where(where).order_by(cases.c.number.desc()).limit(limit))
    return [_case(row) for row in rows]


def _values(case: Case) -> dict[str, Any]:
    undone, decided = case.undone, case.decided_by
    return {
        "state": case.state.value,
        "why": None if case.why is None else case.why.value,
        "undone_at": None if undone is None else undone.at,
        "undone_by": None if undone is None else undone.by.user_id,
        "undone_name": None if undone is None else undone.by.name[:200],
        "decided_by": None if decided is None else decided.user_id,
        "decided_name": None if decided is None else decided.name[:200],
    }


def _evidence_values(evidence: Evidence | None) -> dict[str, Any] | None:
    if evidence is None:
        return None
    return {"kind": evidence.kind, "text": evidence.text, "message": evidence.message_id, "link": evidence.link}


def _evidence(raw: Any) -> Evidence | None:
    return None if raw is None else Evidence(raw["kind"], raw["text"], MessageId(raw["message"]), raw["link"])


def _case(row: Row[Any]) -> Case:
    return Case(
        id=row.id,
        group_id=GroupId(row.group_id),
        number=row.number,
        target=Person(UserId(row.user_id), row.user_name),
        issuer=Person(UserId(row.issuer_id), row.issuer_name),
        issued_at=row.issued_at,
        reason=row.reason,
        level=row.level,
        step=Step(Rung(row.rung), None if row.mute_seconds is None else timedelta(seconds=row.mute_seconds)),
        state=State(row.state),
        evidence=_evidence(row.evidence),
        mute_until=row.mute_until,
        why=None if row.why is None else Why(row.why),
        undone=None if row.undone_at is None else Undone(_person(row.undone_by, row.undone_name), row.undone_at),
        decided_by=None if row.decided_by is None else _person(row.decided_by, row.decided_name),
    )


def _person(user_id: int, name: str | None) -> Person:
    return Person(UserId(user_id), name or "")


# Ladders


async def ladder(tx: Tx, group_id: GroupId) -> Ladder:
    """Return the ladder of a group: its own, or the one every group begins with."""
    return _ladder((await tx.execute(select(_steps(group_id)))).scalar_one())


async def put_ladder(tx: Tx, group_id: GroupId, steps: Ladder) -> None:
    """Store the ladder of a group."""
    plain = [[step.rung.value, None if step.mute is None else int(step.mute.total_seconds())] for step in steps]
    await tx.execute(delete(ladders).where(ladders.c.group_id == group_id))
    await tx.execute(insert(ladders).values(group_id=group_id, steps=plain))


def _ladder(raw: Any) -> Ladder:
    if not raw:
        return DEFAULT_LADDER
    return tuple(Step(Rung(rung), None if mute is None else timedelta(seconds=mute)) for rung, mute in raw)


# Held warnings


async def hold(tx: Tx, ask: Ask, now: datetime) -> int:
    """Keep what somebody asked for, until they say whether they mean it."""
    plain = {
        "target": [ask.target.user_id, ask.target.name],
        "issuer": [ask.issuer.user_id, ask.issuer.name],
        "reason": ask.reason,
        "evidence": _evidence_values(ask.evidence),
        "basic": ask.basic,
    }
    values = {"group_id": ask.group_id, "issuer_id": ask.issuer.user_id, "held_at": now, "ask": plain}
    return int((await tx.execute(insert(held).values(values).returning(held.c.id))).scalar_one())


async def held_ask(tx: Tx, held_id: int) -> tuple[Ask, datetime] | None:
    """Return what is kept, and since when."""
    row = (await tx.execute(select(held).where(held.c.id == held_id))).one_or_none()
    if row is None:
        return None
    plain = row.ask
    ask = Ask(
        GroupId(row.group_id),
        _person(*plain["target"]),
        _person(*plain["issuer"]),
        plain["reason"],
        _evidence(plain["evidence"]),
        plain["basic"],
    )
    return ask, row.held_at


async def drop_held(tx: Tx, held_id: int, older_than: datetime) -> None:
    """Forget what was kept, and whatever else is too old to be used."""
    await tx.execute(delete(held).where(or_(held.c.id == held_id, held.c.held_at < older_than)))
