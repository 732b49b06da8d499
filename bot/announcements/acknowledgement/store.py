"""The tables of acknowledgements: what is asked, who has tapped, and whose silence was put before the managers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    String,
    Table,
    and_,
    bindparam,
    case,
    func,
    or_,
    select,
    update,
)

from bot.announcements.acknowledgement.rules.silence import Decision, Missed
from bot.announcements.acknowledgement.rules.taps import Mark, Round, Sum
from bot.announcements.rules.plan import read_delays, write_delays
from bot.announcements.rules.roll import Answer
from bot.announcements.store.waiting import kept_of
from bot.db.schema import Instant, metadata, to_millis

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import Row

    from bot.db.engine import Tx
    from bot.db.schema import Beside

rounds = Table(
    "announcements_acknowledgement_rounds",
    metadata,
    Column("post_id", BigInteger, primary_key=True, autoincrement=False),
    Column("group_id", BigInteger, nullable=False),
    Column("broadcast_id", BigInteger, nullable=True),
    Column("number", Integer, nullable=False),
    Column("opened_at", Instant, nullable=False),
    Column("until", Instant, nullable=True),
    Column("nudges", String(200), nullable=False),
    Column("propose", Boolean(create_constraint=False), nullable=False),
    Column("nudged", Integer, nullable=False),
    Column("nudged_at", Instant, nullable=True),
    Column("closed", Boolean(create_constraint=False), nullable=False),
    Index("ix_announcements_acknowledgement_rounds_broadcast_id", "broadcast_id"),
)
marks = Table(
    "announcements_acknowledgement_marks",
    metadata,
    Column("post_id", BigInteger, primary_key=True, autoincrement=False),
    Column("round", Integer, primary_key=True, autoincrement=False),
    Column("user_id", BigInteger, primary_key=True, autoincrement=False),
    Column("name", String(200), nullable=False),
    Column("at", Instant, nullable=False),
    Column("late", Boolean(create_constraint=False), nullable=False),
)
missed = Table(
    "announcements_acknowledgement_missed",
    metadata,
    Column("post_id", BigInteger, primary_key=True, autoincrement=False),
    Column("user_id", BigInteger, primary_key=True, autoincrement=False),
    Column("place", Integer, nullable=False),
    Column("name", String(200), nullable=False),
    Column("decision", String(16), nullable=False),
    Column("decided_by", String(200), nullable=False),
    Column("decided_at", Instant, nullable=True),
)
REMINDERS = kept_of("acknowledgement")
_OPEN = """
INSERT INTO announcements_acknowledgement_rounds
(post_id, group_id, broadcast_id, number, opened_at, until, nudges, propose, nudged, nudged_at, closed)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
ON CONFLICT (post_id) DO NOTHING
"""
_MARK = """
INSERT INTO announcements_acknowledgement_marks (post_id, round, user_id, name, at, late) VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (post_id, round, user_id) DO NOTHING
"""
_UNMARK = "DELETE FROM announcements_acknowledgement_marks WHERE post_id = $1 AND round = $2 AND user_id = $3"
_MISS = """
INSERT INTO announcements_acknowledgement_missed (post_id, user_id, place, name, decision, decided_by)
VALUES ($1, $2, $3, $4, 'open', '') ON CONFLICT (post_id, user_id) DO NOTHING
"""
_OF_ROUND = and_(marks.c.post_id == rounds.c.post_id, marks.c.round == rounds.c.number)
# These stand on the way of every tap, so they are put together once.
_FACE = (
    select(*rounds.c, marks.c.user_id, marks.c.name, marks.c.at, marks.c.late)
    .select_from(rounds.outerjoin(marks, and_(_OF_ROUND, marks.c.user_id == bindparam("who"))))
    .where(rounds.c.post_id == bindparam("post"))
)
_ALL = (
    select(*rounds.c, marks.c.user_id, marks.c.name, marks.c.at, marks.c.late)
    .select_from(rounds.outerjoin(marks, _OF_ROUND))
    .where(rounds.c.post_id == bindparam("post"))
)
_COUNT = (
    select(*rounds.c, func.count(marks.c.user_id).label("marks"))
    .select_from(rounds.outerjoin(marks, _OF_ROUND))
    .where(rounds.c.post_id == bindparam("post"))
    .group_by(*rounds.c)
)


async def begin(tx: Tx, asked: Round) -> None:
    """Store what is asked, unless something is asked already."""
    await tx.many(_OPEN, [(asked.post_id, asked.group_id, asked.broadcast_id, *_values(asked))])


async def save(tx: Tx, asked: Round) -> None:
    """Store what is asked now."""
    values = {column.name: getattr(asked, column.name) for column in rounds.c if column.name != "nudges"}
    values["nudges"] = write_delays(asked.nudges)
    await tx.execute(update(rounds).where(rounds.c.post_id == asked.post_id).values(values))


async def asked_of(tx: Tx, post_id: int) -> Round | None:
    """Return what is asked with an announcement; None where nothing ever was."""
    row = (await tx.execute(select(rounds).where(rounds.c.post_id == post_id))).one_or_none()
    return None if row is None else round_of(row)


async def face(tx: Tx, post_id: int, user_id: int) -> tuple[Round, Mark | None] | None:
    """Return what is asked, and what one person has acknowledged of it."""
    row = (await tx.execute(_FACE, {"post": post_id, "who": user_id})).one_or_none()
    if row is None:
        return None
    return round_of(row), None if row.user_id is None else Mark(row.user_id, row.name, row.at, bool(row.late))


async def count(tx: Tx, post_id: int) -> tuple[Round, int] | None:
    """Return what is asked, and how many have acknowledged it."""
    row = (await tx.execute(_COUNT, {"post": post_id})).one_or_none()
    return None if row is None else (round_of(row), row.marks)


async def everybody(tx: Tx, post_id: int) -> tuple[Round, dict[int, Mark]] | None:
    """Return what is asked, and who has acknowledged it, by person."""
    rows = (await tx.execute(_ALL, {"post": post_id})).all()
    if not rows:
        return None
    found = {
        row.user_id: Mark(row.user_id, row.name, row.at, bool(row.late)) for row in rows if row.user_id is not None
    }
    return round_of(rows[0]), found


def asked(post_id: int) -> Beside:
    """Return a query of what is asked with an announcement, and of how many have acknowledged it."""
    given = select(func.count()).select_from(marks).where(_OF_ROUND).scalar_subquery()
    return select(*rounds.c, given.label("given")).where(rounds.c.post_id == post_id).subquery("asked")


def answers(post_id: int) -> Beside:
    """Return a query of who has acknowledged it, to be read beside people."""
    number = select(rounds.c.number).where(rounds.c.post_id == post_id).scalar_subquery()
    answer = case((marks.c.late, Answer.LATE.value), else_=Answer.DONE.value).label("answer")
    query = select(marks.c.user_id, marks.c.at.label("answered_at"), answer)
    return query.where(marks.c.post_id == post_id, marks.c.round == number).subquery("answers")


async def put_mark(tx: Tx, asked: Round, mark: Mark) -> None:
    """Store an acknowledgement."""
    await tx.many(_MARK, [(asked.post_id, asked.number, mark.user_id, mark.name, to_millis(mark.at), mark.late)])


async def drop_mark(tx: Tx, asked: Round, user_id: int) -> None:
    """Take an acknowledgement away."""
    await tx.many(_UNMARK, [(asked.post_id, asked.number, user_id)])


# One announcement in several groups


async def sums(tx: Tx, broadcast_id: int) -> Sum:
    """Return how the copies of a broadcast stand that are still asked to be acknowledged."""
    query = (
        select(
            func.count(rounds.c.post_id.distinct()),
            func.count(marks.c.user_id),
            func.count(marks.c.user_id).filter(marks.c.late),
        )
        .select_from(rounds.outerjoin(marks, _OF_ROUND))
        .where(rounds.c.broadcast_id == broadcast_id, rounds.c.closed.is_(False))
    )
    row: Any = (await tx.execute(query)).one()
    return Sum(int(row[0]), int(row[1]), int(row[2]))


async def copies(tx: Tx, broadcast_id: int, before: datetime, limit: int) -> list[int]:
    """Return some announcements of a broadcast that were asked for the last time before then, and still are."""
    query = select(rounds.c.post_id).where(
        rounds.c.broadcast_id == broadcast_id, rounds.c.closed.is_(False), rounds.c.opened_at < before
    )
    return [row.post_id for row in await tx.execute(query.order_by(rounds.c.post_id).limit(limit))]


async def open_of(tx: Tx, group_id: int, since: datetime, now: datetime) -> list[tuple[int, int]]:
    """Return what a group is asked to acknowledge since then and before a deadline to come, with how many have done so."""
    read = func.count(marks.c.user_id).label("marks")
    query = select(rounds.c.post_id, read).select_from(rounds.outerjoin(marks, _OF_ROUND))
    here = (rounds.c.group_id == group_id, rounds.c.closed.is_(False), rounds.c.opened_at > since)
    open_still = or_(rounds.c.until.is_(None), rounds.c.until > now)
    found = (await tx.execute(query.where(*here, open_still).group_by(rounds.c.post_id))).all()
    return [(row.post_id, row.marks) for row in found]


async def done_among(tx: Tx, post_id: int, user_ids: Sequence[int]) -> list[int]:
    """Return those of these people who have acknowledged it."""
    here = (rounds.c.post_id == post_id, marks.c.user_id.in_(user_ids))
    query = select(marks.c.user_id).select_from(rounds.join(marks, _OF_ROUND)).where(*here)
    return list((await tx.execute(query)).scalars())


# Silence past the deadline


async def put_missed(tx: Tx, post_id: int, found: Sequence[Missed]) -> None:
    """Store whose silence is put before the managers; what was decided already stays."""
    await tx.many(_MISS, [(post_id, one.user_id, place, one.name[:200]) for place, one in enumerate(found)])


async def missed_of(tx: Tx, post_id: int) -> list[Missed]:
    """Return whose silence was put before the managers, in order."""
    query = select(missed).where(missed.c.post_id == post_id).order_by(missed.c.place, missed.c.user_id)
    return [_missed(row) for row in await tx.execute(query)]


async def count_open(tx: Tx, post_id: int) -> int:
    """Count those about whom nothing is decided yet."""
    query = select(func.count()).select_from(missed)
    is_open = (missed.c.post_id == post_id, missed.c.decision == Decision.OPEN.value)
    return int((await tx.execute(query.where(*is_open))).scalar_one())


async def decide(tx: Tx, post_id: int, user_id: int, decision: Decision, by: str, now: datetime) -> None:
    """Store what was decided."""
    here = (missed.c.post_id == post_id, missed.c.user_id == user_id)
    values = {"decision": decision.value, "decided_by": by[:200], "decided_at": now}
    await tx.execute(update(missed).where(*here).values(values))


async def missed_one(tx: Tx, post_id: int, user_id: int) -> Missed | None:
    """Return one of those whose silence was put before the managers."""
    query = select(missed).where(missed.c.post_id == post_id, missed.c.user_id == user_id)
    row = (await tx.execute(query)).one_or_none()
    return None if row is None else _missed(row)


def _values(asked: Round) -> tuple[Any, ...]:
    return (
        asked.number,
        to_millis(asked.opened_at),
        None if asked.until is None else to_millis(asked.until),
        write_delays(asked.nudges),
        asked.propose,
        asked.nudged,
        None if asked.nudged_at is None else to_millis(asked.nudged_at),
        asked.closed,
    )


def round_of(row: Row[Any]) -> Round:
    """Return what is asked, as a row says it."""
    return Round(
        row.post_id,
        row.group_id,
        row.opened_at,
        row.until,
        nudges=read_delays(row.nudges),
        nudged=row.nudged,
        nudged_at=row.nudged_at,
        closed=bool(row.closed),
        number=row.number,
        propose=bool(row.propose),
        broadcast_id=row.broadcast_id,
    )


def _missed(row: Row[Any]) -> Missed:
    return Missed(row.user_id, row.name, Decision(row.decision), row.decided_by)
