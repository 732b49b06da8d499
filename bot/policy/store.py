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
    literal,
    select,
    tuple_,
    type_coerce,
    update,
)

from bot.db.schema import Instant, Serial, metadata, to_millis
from bot.kernel.groups import QuietHours
from bot.kernel.ids import GroupId, UserId
from bot.kernel.roles import Role
from bot.policy.rules.detectors import DETECTORS, What, shared
from bot.policy.rules.findings import Reason
from bot.policy.rules.record import COUNTED, Approved, Keeping, Record, Settings, Tally
from bot.policy.rules.rule import EVERY_ROLE, Reaction, Rule, Sanction, State, When

if TYPE_CHECKING:
    from datetime import datetime

    from bot.db.engine import Tx

REMOVED = "removed"
"""The state of a rule that is gone; its row stays, so that its code is never given again."""
AT_ONCE = 100
"""So many rules are read at once when those of all groups are: what larger slices take is not given back afterwards."""

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
    Column("hours", JSON(none_as_null=True)),
    Column("new_days", Integer, nullable=False),
    Column("spares_approved", Boolean, nullable=False),
    Column("spared_roles", JSON(none_as_null=True)),
    Column("sanction", String(8), nullable=False),
    Column("points", Integer, nullable=False),
    Column("at_once", Boolean, nullable=False),
    Column("hint", Text, nullable=False),
)
approved = Table(
    "policy_approved",
    metadata,
    Column("group_id", BigInteger, primary_key=True, autoincrement=False),
    Column("user_id", BigInteger, primary_key=True, autoincrement=False),
    Column("user_name", Text, nullable=False),
    Column("by_name", Text, nullable=False),
    Column("at", Instant, nullable=False),
)
settings = Table(
    "policy_settings",
    metadata,
    Column("group_id", BigInteger, primary_key=True, autoincrement=False),
    Column("samples", Integer, nullable=False),
    Column("days", Integer, nullable=False),
    Column("blocked", Instant),
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
    Column("sample_until", Instant),
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
        State.OFF if row.state == REMOVED else State(row.state),
        Reaction(row.reaction),
        When(row.held_when),
        None if row.hours is None else msgspec.convert(row.hours, QuietHours),
        row.new_days,
        bool(row.spares_approved),
        EVERY_ROLE if row.spared_roles is None else frozenset(map(Role, row.spared_roles)),
        Sanction(row.sanction),
        row.points,
        bool(row.at_once),
        row.hint,
    )


def _values(rule: Rule) -> dict[str, Any]:
    return {
        "what": rule.what.value,
        "parameters": msgspec.to_builtins(rule.detector),
        "title": rule.title,
        "state": rule.state.value,
        "reaction": rule.reaction.value,
        "held_when": rule.when.value,
        "hours": None if rule.hours is None else msgspec.to_builtins(rule.hours),
        "new_days": rule.new_days,
        "spares_approved": rule.spares_approved,
        # Nothing stands for all of them, those of a later version too.
        "spared_roles": None if rule.spared_roles == EVERY_ROLE else sorted(rule.spared_roles),
        "sanction": rule.sanction.value,
        "points": rule.points,
        "at_once": rule.at_once,
        "hint": rule.hint,
    }


async def all_rules(tx: Tx) -> dict[GroupId, tuple[Rule, ...]]:
    """Return the rules of every group that are not off."""
    found: dict[GroupId, list[Rule]] = {}
    key = (rules.c.group_id, rules.c.number)
    query = select(rules).where(rules.c.state.not_in([REMOVED, State.OFF.value])).order_by(*key).limit(AT_ONCE)
    rows = (await tx.execute(query)).all()
    while rows:
        for row in rows:
            found.setdefault(GroupId(row.group_id), []).append(_rule(row))
        last = rows[-1]
        after = query.where(tuple_(*key) > tuple_(last.group_id, last.number))
        rows = (await tx.execute(after)).all() if len(rows) == AT_ONCE else []
    return {group_id: tuple(some) for group_id, some in found.items()}


async def rules_of(tx: Tx, group_id: GroupId, *, removed: bool = False) -> list[Rule]:
    """Return a group's rules, also those that are off; with ``removed`` those that are gone too, as if they were off."""
    query = select(rules).where(rules.c.group_id == group_id).order_by(rules.c.number)
    if not removed:
        query = query.where(rules.c.state != REMOVED)
    return [_rule(row) for row in await tx.execute(query)]


async def rules_and_next(tx: Tx, group_id: GroupId) -> tuple[list[Rule], int]:
    """Return a group's rules, also those that are off, and the number of the next: one that none ever had."""
    rows = (await tx.execute(select(rules).where(rules.c.group_id == group_id).order_by(rules.c.number))).all()
    held = [_rule(row) for row in rows if row.state != REMOVED]
    return held, (rows[-1].number if rows else 0) + 1


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


async def put(tx: Tx, records: list[Record], samples_kept: int) -> None:
    """Store records of a group, and drop the samples of each rule beyond the newest."""
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
                "sample_until": record.sample_until,
            }
            for record in records
        ],
    )
    for group_id, number in sorted({(record.group_id, record.number) for record in records}):
        newest = _of(select(seen.c.id), group_id, number).where(seen.c.sample != "")
        last = newest.order_by(seen.c.id.desc()).offset(samples_kept).limit(1).scalar_subquery()
        await tx.execute(_of(update(seen), group_id, number).where(seen.c.id <= last).values(sample=""))


async def hinted_since(tx: Tx, group_id: GroupId, user_id: UserId, since: datetime, number: int | None = None) -> bool:
    """Say whether somebody was given a hint since then; with a ``number``, for breaking that rule."""
    query = select(seen.c.id).where(
        seen.c.group_id == group_id, seen.c.user_id == user_id, seen.c.hinted, seen.c.at > since
    )
    if number is not None:
        query = query.where(seen.c.number == number)
    return (await tx.execute(query.limit(1))).first() is not None


async def seen_under(tx: Tx, group_id: GroupId, message_id: int, numbers: list[int]) -> set[int]:
    """Return under which of some rules a message is on record already."""
    query = select(seen.c.number).where(
        seen.c.group_id == group_id, seen.c.number.in_(numbers), seen.c.message_id == message_id
    )
    return {row.number for row in await tx.execute(query)}


async def tallies(
    tx: Tx, group_id: GroupId, since: datetime, until: datetime | None = None
) -> dict[tuple[int, bool], Tally]:
    """Return what each rule has seen in a span, by its number and whether it only observed."""
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
    if until is not None:
        query = query.where(seen.c.at <= until)
    return {(row.number, bool(row.observed)): Tally(row.messages, row.people) for row in await tx.execute(query)}


async def moments(tx: Tx, group_id: GroupId, number: int, since: datetime) -> list[tuple[datetime, UserId]]:
    """Return when somebody broke a rule since then, and who, by their ids; the oldest first."""
    query = _of(select(seen.c.at, seen.c.user_id), group_id, number).where(seen.c.at > since).order_by(seen.c.id)
    return [(row.at, UserId(row.user_id)) for row in await tx.execute(query)]


async def samples(tx: Tx, group_id: GroupId, number: int, now: datetime) -> list[Record]:
    """Return what is kept of what a rule has seen, the newest first."""
    query = _of(select(seen), group_id, number).where(seen.c.sample != "", seen.c.sample_until > now)
    return [_record(row) for row in await tx.execute(query.order_by(seen.c.id.desc()))]


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
        row.sample_until,
    )


async def forget(tx: Tx, now: datetime, records_before: datetime) -> None:
    """Drop samples whose time is over, what was only observed, and at last the record itself."""
    over = (seen.c.sample == "") | (seen.c.sample_until <= now)
    observed = (seen.c.at <= now - COUNTED) & over
    await tx.execute(delete(seen).where(case((seen.c.observed, observed), else_=seen.c.at <= records_before)))
    await tx.execute(update(seen).where(seen.c.sample != "", seen.c.sample_until <= now).values(sample=""))


async def shorten(tx: Tx, group_id: GroupId, keeping: Keeping) -> None:
    """Let samples go after a shorter time, and those that are too many at once; no sample is kept longer than was said."""
    length = int(keeping.span.total_seconds() * 1000)
    where = (seen.c.group_id == group_id, seen.c.sample != "")
    earlier = seen.c.at + literal(length, BigInteger)
    await tx.execute(
        update(seen).where(*where, type_coerce(seen.c.sample_until, BigInteger) > earlier).values(sample_until=earlier)
    )
    place = func.row_number().over(partition_by=seen.c.number, order_by=seen.c.id.desc()).label("place")
    placed = select(seen.c.id, place).where(*where).subquery()
    too_many = select(placed.c.id).where(placed.c.place > keeping.samples)
    await tx.execute(update(seen).where(seen.c.id.in_(too_many)).values(sample=""))


# Settings, and those whom rules spare


async def all_settings(tx: Tx) -> dict[GroupId, Settings]:
    """Return the settings of every group that has its own."""
    return {
        GroupId(row.group_id): Settings(Keeping(row.samples, row.days), row.blocked)
        for row in await tx.execute(select(settings))
    }


async def put_settings(tx: Tx, group_id: GroupId, held: Settings) -> None:
    """Store a group's settings."""
    blocked = None if held.blocked is None else to_millis(held.blocked)
    await tx.many(_PUT_SETTINGS, [(group_id, held.keeping.samples, held.keeping.days, blocked)])


_PUT_SETTINGS = """
INSERT INTO policy_settings (group_id, samples, days, blocked) VALUES ($1, $2, $3, $4)
ON CONFLICT (group_id) DO UPDATE SET samples = excluded.samples, days = excluded.days, blocked = excluded.blocked
"""


async def all_approved(tx: Tx) -> dict[GroupId, frozenset[UserId]]:
    """Return who is approved, by group."""
    found: dict[GroupId, set[UserId]] = {}
    for row in await tx.execute(select(approved.c.group_id, approved.c.user_id)):
        found.setdefault(GroupId(row.group_id), set()).add(UserId(row.user_id))
    return {group_id: frozenset(some) for group_id, some in found.items()}


async def approved_in(tx: Tx, group_id: GroupId) -> list[Approved]:
    """Return who is approved in a group, in the order in which they were."""
    query = select(approved).where(approved.c.group_id == group_id).order_by(approved.c.at, approved.c.user_id)
    return [Approved(UserId(row.user_id), row.user_name, row.by_name, row.at) for row in await tx.execute(query)]


async def approve(tx: Tx, group_id: GroupId, who: Approved) -> None:
    """Note that somebody is approved."""
    await tx.execute(
        approved.insert().values(
            group_id=group_id, user_id=who.user_id, user_name=who.name, by_name=who.by_name, at=who.at
        )
    )


async def unapprove(tx: Tx, group_id: GroupId, user_id: UserId) -> None:
    """Forget that somebody is approved."""
    await tx.execute(delete(approved).where(approved.c.group_id == group_id, approved.c.user_id == user_id))
