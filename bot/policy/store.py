"""The tables of rules and of what was seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    String,
    Table,
    Text,
    case,
    delete,
    func,
    select,
    update,
)

from bot.db.schema import Instant, Serial, metadata
from bot.kernel.ids import GroupId, UserId
from bot.policy.rules.detectors import DETECTORS, What, shared
from bot.policy.rules.findings import Reason
from bot.policy.rules.record import SAMPLES, Record, Tally
from bot.policy.rules.rule import Reaction, Rule, State, When, Whom

if TYPE_CHECKING:
    from datetime import datetime

    from bot.db.engine import Tx

REMOVED = "removed"
"""The state of a rule that is gone; its row stays, so that its code is never given again."""

rules = Table(
    "policy_rules",
    metadata,
    Column("group_id", BigInteger, primary_key=True, autoincrement=False),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("what", String(16), nullable=False),
    Column("parameters", JSON(none_as_null=True), nullable=False),
    Column("title", Text, nullable=False),
    Column("state", String(8), nullable=False),
    Column("reaction", String(8), nullable=False),
    Column("held_when", String(12), nullable=False),
    Column("whom", String(12), nullable=False),
)
seen = Table(
    "policy_seen",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("group_id", BigInteger, nullable=False),
    Column("number", Integer, nullable=False),
    Column("user_id", BigInteger, nullable=False),
    Column("user_name", Text, nullable=False),
    Column("message_id", BigInteger, nullable=False),
    Column("at", Instant, nullable=False),
    Column("reason", String(16), nullable=False),
    Column("detail", Text, nullable=False),
    Column("reaction", String(8), nullable=False),
    Column("observed", Boolean, nullable=False),
    Column("hinted", Boolean, nullable=False),
    Column("sample", Text, nullable=False),
    Index("ix_policy_seen_group_id_number", "group_id", "number"),
    Index("ix_policy_seen_group_id_user_id", "group_id", "user_id"),
)


def _rule(row: Any) -> Rule:
    what = What(row.what)
    detector = shared(msgspec.convert(row.parameters, DETECTORS[what]))
    return Rule(
        row.number,
        what,
        detector,
        row.title,
        State(row.state),
        Reaction(row.reaction),
        When(row.held_when),
        Whom(row.whom),
    )


def _values(rule: Rule) -> dict[str, Any]:
    return {
        "what": rule.what.value,
        "parameters": msgspec.to_builtins(rule.detector),
        "title": rule.title,
        "state": rule.state.value,
        "reaction": rule.reaction.value,
        "held_when": rule.when.value,
        "whom": rule.whom.value,
    }


async def all_rules(tx: Tx) -> dict[GroupId, tuple[Rule, ...]]:
    """Return the rules of every group that are not off."""
    query = select(rules).where(rules.c.state.not_in([REMOVED, State.OFF.value])).order_by(rules.c.number)
    found: dict[GroupId, list[Rule]] = {}
    for row in await tx.execute(query):
        found.setdefault(GroupId(row.group_id), []).append(_rule(row))
    return {group_id: tuple(some) for group_id, some in found.items()}


async def rules_of(tx: Tx, group_id: GroupId) -> list[Rule]:
    """Return a group's rules, also those that are off."""
    query = select(rules).where(rules.c.group_id == group_id, rules.c.state != REMOVED).order_by(rules.c.number)
    return [_rule(row) for row in await tx.execute(query)]


async def next_number(tx: Tx, group_id: GroupId) -> int:
    """Return the number of the next rule: one that none ever had."""
    query = select(func.max(rules.c.number)).where(rules.c.group_id == group_id)
    return int((await tx.execute(query)).scalar_one() or 0) + 1


async def add(tx: Tx, group_id: GroupId, rule: Rule) -> None:
    """Store a new rule."""
    await tx.execute(rules.insert().values(group_id=group_id, number=rule.number, **_values(rule)))


async def save(tx: Tx, group_id: GroupId, rule: Rule) -> None:
    """Store a changed rule."""
    where = (rules.c.group_id == group_id, rules.c.number == rule.number)
    await tx.execute(update(rules).where(*where).values(**_values(rule)))


async def remove(tx: Tx, group_id: GroupId, number: int) -> None:
    """Take a rule away, and what was written against it."""
    where = (rules.c.group_id == group_id, rules.c.number == number)
    await tx.execute(update(rules).where(*where).values(state=REMOVED))
    await tx.execute(_of(update(seen), group_id, number).values(sample=""))


def _of(statement: Any, group_id: GroupId, number: int) -> Any:
    return statement.where(seen.c.group_id == group_id, seen.c.number == number)


# What was seen


async def put(tx: Tx, records: list[Record]) -> None:
    """Store records, and drop the samples of each rule beyond the newest."""
    await tx.execute(
        seen.insert(),
        [
            {
                "group_id": record.group_id,
                "number": record.number,
                "user_id": record.user_id,
                "user_name": record.user_name,
                "message_id": record.message_id,
                "at": record.at,
                "reason": record.reason.value,
                "detail": record.detail,
                "reaction": record.reaction.value,
                "observed": record.observed,
                "hinted": record.hinted,
                "sample": record.sample,
            }
            for record in records
        ],
    )
    for group_id, number in sorted({(record.group_id, record.number) for record in records}):
        newest = _of(select(seen.c.id), group_id, number).where(seen.c.sample != "")
        last = newest.order_by(seen.c.id.desc()).offset(SAMPLES).limit(1).scalar_subquery()
        await tx.execute(_of(update(seen), group_id, number).where(seen.c.id <= last).values(sample=""))


async def hinted_since(tx: Tx, group_id: GroupId, user_id: UserId, since: datetime) -> bool:
    """Say whether somebody was given a hint since then."""
    query = select(seen.c.id).where(
        seen.c.group_id == group_id, seen.c.user_id == user_id, seen.c.hinted, seen.c.at > since
    )
    return (await tx.execute(query.limit(1))).first() is not None


async def was_seen(tx: Tx, group_id: GroupId, number: int, message_id: int) -> bool:
    """Say whether a message is on record under a rule already."""
    query = _of(select(seen.c.id), group_id, number).where(seen.c.message_id == message_id)
    return (await tx.execute(query.limit(1))).first() is not None


async def tallies(tx: Tx, group_id: GroupId, since: datetime) -> dict[tuple[int, bool], Tally]:
    """Return what each rule has seen since then, by its number and whether it only observed."""
    query = (
        select(
            seen.c.number,
            seen.c.observed,
            func.count().label("messages"),
            func.count(func.distinct(seen.c.user_id)).label("people"),
        )
        .where(seen.c.group_id == group_id, seen.c.at > since)
        .group_by(seen.c.number, seen.c.observed)
    )
    return {(row.number, bool(row.observed)): Tally(row.messages, row.people) for row in await tx.execute(query)}


async def samples(tx: Tx, group_id: GroupId, number: int, since: datetime) -> list[Record]:
    """Return what is kept of what a rule has seen, the newest first."""
    query = _of(select(seen), group_id, number).where(seen.c.sample != "", seen.c.at > since)
    found = await tx.execute(query.order_by(seen.c.id.desc()).limit(SAMPLES))
    return [_record(row) for row in found]


def _record(row: Any) -> Record:
    return Record(
        GroupId(row.group_id),
        row.number,
        UserId(row.user_id),
        row.user_name,
        row.message_id,
        row.at,
        Reason(row.reason),
        row.detail,
        Reaction(row.reaction),
        bool(row.observed),
        bool(row.hinted),
        row.sample,
    )


async def forget(tx: Tx, samples_before: datetime, records_before: datetime) -> None:
    """Drop samples, what was only observed, and at last the record itself."""
    old = seen.c.at <= samples_before
    await tx.execute(delete(seen).where(case((seen.c.observed, old), else_=seen.c.at <= records_before)))
    await tx.execute(update(seen).where(old, seen.c.sample != "").values(sample=""))
