"""The tables of broadcasts and of their groups."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

import msgspec
from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    String,
    Table,
    Text,
    and_,
    column,
    delete,
    func,
    insert,
    not_,
    or_,
    select,
    table,
    update,
)

from bot.announcements.broadcast.rules.life import UNSENT, Broadcast, Reach, Reason, Source, State, Step, Target
from bot.announcements.broadcast.rules.topics import Topic
from bot.announcements.rules.announcement import State as Post
from bot.announcements.rules.content import Content
from bot.db.schema import Instant, Serial, metadata
from bot.kernel.ids import GroupId, ThreadId, UserId

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from sqlalchemy import Row

    from bot.db.engine import Tx

# The table of the announcements themselves, as far as it is joined here.
_posts = table(
    "announcements_posts",
    column("id"),
    column("group_id"),
    column("number"),
    column("state"),
    column("due_at", Instant),
    column("recurring_id"),
    column("publisher_id"),
)
_TIMED = frozenset({Post.SCHEDULED, Post.IN_REVIEW})
sendings = Table(
    "announcements_broadcast_sendings",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("group_id", BigInteger, nullable=False),
    Column("number", Integer, nullable=False),
    Column("state", String(12), nullable=False),
    Column("content", Text, nullable=False),
    Column("options", Text, nullable=False),
    Column("urgent", Boolean(create_constraint=False), nullable=False),
    Column("user_id", BigInteger, nullable=False),
    Column("user_name", String(200), nullable=False),
    Column("version", Integer, nullable=False),
    Column("withdrawn", Boolean(create_constraint=False), nullable=False),
    Column("why", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("begun_at", Instant, nullable=True),
    Column("ended_at", Instant, nullable=True),
    Index("ix_announcements_broadcast_sendings_group_id", "group_id"),
)
targets = Table(
    "announcements_broadcast_targets",
    metadata,
    Column("broadcast_id", BigInteger, primary_key=True, autoincrement=False),
    Column("group_id", BigInteger, primary_key=True, autoincrement=False),
    Column("step", String(12), nullable=False),
    Column("reason", String(12), nullable=False),
    Column("until", Instant, nullable=True),
    Column("number", Integer, nullable=True),
    Column("version", Integer, nullable=False),
    Column("under_way", Boolean(create_constraint=False), nullable=False),
    Column("problem", Text, nullable=False),
)
topics = Table(
    "announcements_broadcast_topics",
    metadata,
    Column("group_id", BigInteger, primary_key=True, autoincrement=False),
    Column("thread_id", BigInteger, primary_key=True, autoincrement=False),
    Column("name", String(128), nullable=False),
)
_SOURCE = (
    _posts.c.state,
    _posts.c.due_at,
    _posts.c.recurring_id,
    _posts.c.publisher_id,
    _posts.c.id.label("source_id"),
)
_content = msgspec.json.Decoder(Content).decode
_options = msgspec.json.Decoder(dict[str, str]).decode
_PUT = (
    "INSERT INTO announcements_broadcast_targets"
    " (broadcast_id, group_id, step, reason, number, version, under_way, problem)"
    " VALUES ($1, $2, $3, '', NULL, 0, FALSE, '') ON CONFLICT (broadcast_id, group_id) DO NOTHING"
)

_NAME = (
    "INSERT INTO announcements_broadcast_topics (group_id, thread_id, name) VALUES ($1, $2, $3)"
    " ON CONFLICT (group_id, thread_id) DO UPDATE SET name = excluded.name"
)
_MEET = _NAME + " WHERE announcements_broadcast_topics.name = ''"


# Broadcasts


async def add(tx: Tx, broadcast: Broadcast) -> Broadcast:
    """Store a new broadcast; its id is the database's to give."""
    statement = insert(sendings).values(_columns(broadcast)).returning(sendings.c.id)
    return replace(broadcast, id=(await tx.execute(statement)).scalar_one())


async def save(tx: Tx, broadcast: Broadcast) -> None:
    """Store a broadcast as it is now."""
    await tx.execute(update(sendings).where(sendings.c.id == broadcast.id).values(_columns(broadcast)))


async def get(tx: Tx, broadcast_id: int) -> Broadcast | None:
    """Return a broadcast, or None."""
    row = (await tx.execute(select(sendings).where(sendings.c.id == broadcast_id))).one_or_none()
    return None if row is None else _read(row)


async def of_group(tx: Tx, group_id: GroupId, limit: int) -> list[Broadcast]:
    """Return the last broadcasts that were made in a group, the newest first."""
    query = select(sendings).where(sendings.c.group_id == group_id, sendings.c.state != State.DROPPED)
    return [_read(row) for row in await tx.execute(query.order_by(sendings.c.id.desc()).limit(limit))]


async def standing(tx: Tx, group_id: GroupId, number: int) -> list[Broadcast]:
    """Return the broadcasts of an announcement that have begun and were not taken back."""
    begun = sendings.c.state.not_in([*UNSENT, State.DROPPED])
    wanted = (sendings.c.group_id == group_id, sendings.c.number == number, begun, not_(sendings.c.withdrawn))
    return [_read(row) for row in await tx.execute(select(sendings).where(*wanted).order_by(sendings.c.id))]


async def beside(tx: Tx, group_id: GroupId, number: int) -> list[tuple[Broadcast, int]]:
    """Return the broadcasts that wait with an announcement, or did until it was put away, each with how many groups it has."""
    count = select(func.count()).where(targets.c.broadcast_id == sendings.c.id).scalar_subquery()
    lapsed = and_(sendings.c.state == State.DROPPED, sendings.c.ended_at.is_not(None))
    waits = or_(sendings.c.state.in_([State.WAITING, State.EACH]), lapsed)
    query = select(sendings, count.label("groups")).where(
        sendings.c.group_id == group_id, sendings.c.number == number, waits
    )
    return [_read_with_count(row) for row in await tx.execute(query.order_by(sendings.c.id))]


async def reach(tx: Tx, group_id: GroupId, number: int) -> Reach:
    """Return which groups an announcement was given to, and which are ticked for it; one statement."""
    made = and_(sendings.c.group_id == _posts.c.group_id, sendings.c.number == _posts.c.number)
    source = _posts.outerjoin(sendings, made).outerjoin(targets, targets.c.broadcast_id == sendings.c.id)
    columns = (
        *_SOURCE,
        sendings.c.id,
        sendings.c.state.label("sending"),
        sendings.c.user_id,
        sendings.c.withdrawn,
    )
    query = select(*columns, targets.c.group_id, targets.c.number).select_from(source)
    rows = (await tx.execute(query.where(_posts.c.group_id == group_id, _posts.c.number == number))).all()
    had = {GroupId(row.group_id) for row in rows if row.number is not None and not row.withdrawn}
    if any(row.state == Post.PUBLISHED for row in rows):
        had.add(group_id)
    choosing = max(((row.id, UserId(row.user_id)) for row in rows if row.sending in UNSENT), default=None)
    here = {row.group_id for row in rows if choosing is not None and row.id == choosing[0]}
    return Reach(frozenset(had), choosing, frozenset(GroupId(one) for one in here if one is not None), _source(rows))


def _source(rows: Sequence[Row[Any]]) -> Source:
    if not rows:
        return Source(0)
    row = rows[0]
    rule, at = row.recurring_id, row.due_at if row.state in _TIMED else None
    return Source(row.source_id, at, row.state == Post.PUBLISHED, rule, rule is not None and row.publisher_id is None)


# Their groups


async def put_targets(tx: Tx, broadcast_id: int, group_ids: Collection[GroupId]) -> None:
    """Add groups; those that are there already stay as they are."""
    await tx.many(_PUT, [(broadcast_id, group_id, Step.WAITING.value) for group_id in sorted(group_ids)])


async def remove_targets(tx: Tx, broadcast_id: int, group_ids: Collection[GroupId]) -> None:
    """Take groups out."""
    gone = targets.c.group_id.in_(sorted(group_ids))
    await tx.execute(delete(targets).where(targets.c.broadcast_id == broadcast_id, gone))


async def targets_of(tx: Tx, broadcast_id: int) -> list[Target]:
    """Return a broadcast's groups, by their ids."""
    query = select(targets).where(targets.c.broadcast_id == broadcast_id).order_by(targets.c.group_id)
    return [_read_target(row) for row in await tx.execute(query)]


async def target_of(tx: Tx, broadcast_id: int, group_id: GroupId) -> Target | None:
    """Return one group of a broadcast."""
    wanted = (targets.c.broadcast_id == broadcast_id, targets.c.group_id == group_id)
    row = (await tx.execute(select(targets).where(*wanted))).one_or_none()
    return None if row is None else _read_target(row)


async def due_targets(tx: Tx, broadcast_id: int, first: GroupId, now: datetime, limit: int) -> list[Target]:
    """Return the groups that are to get a copy now: ``first`` comes first, the others by their ids."""
    awake = and_(targets.c.step == Step.HELD, targets.c.until <= now)
    query = (
        select(targets)
        .where(targets.c.broadcast_id == broadcast_id, or_(targets.c.step == Step.WAITING, awake))
        .order_by(targets.c.group_id != first, targets.c.group_id)
        .limit(limit)
    )
    return [_read_target(row) for row in await tx.execute(query)]


async def count_under_way(tx: Tx, broadcast_id: int) -> int:
    """Count the copies whose change is on its way to Telegram."""
    wanted = (targets.c.broadcast_id == broadcast_id, targets.c.under_way)
    return int((await tx.execute(select(func.count()).select_from(targets).where(*wanted))).scalar_one())


async def save_target(tx: Tx, broadcast_id: int, target: Target) -> None:
    """Store a group of a broadcast as it is now."""
    wanted = (targets.c.broadcast_id == broadcast_id, targets.c.group_id == target.group_id)
    await tx.execute(update(targets).where(*wanted).values(_target_columns(target)))


async def set_step(tx: Tx, broadcast_id: int, group_ids: Sequence[GroupId], step: Step) -> None:
    """Put several groups to a step at once; what kept them from it is forgotten."""
    if not group_ids:
        return
    wanted = (targets.c.broadcast_id == broadcast_id, targets.c.group_id.in_(group_ids))
    values = {"step": step, "reason": Reason.NONE, "until": None}
    await tx.execute(update(targets).where(*wanted).values(values))


async def forget_problems(tx: Tx, broadcast_id: int) -> None:
    """Forget why copies could not be changed: they are tried again."""
    wanted = (targets.c.broadcast_id == broadcast_id, targets.c.problem != "")
    await tx.execute(update(targets).where(*wanted).values(problem=""))


# Topics


async def put_topic(tx: Tx, group_id: GroupId, topic: Topic) -> None:
    """Keep a topic's name."""
    await tx.many(_NAME, [(group_id, topic.thread_id, _clean(topic.name)[:128])])


async def meet_topics(tx: Tx, topics_met: Sequence[tuple[GroupId, ThreadId, str]]) -> None:
    """Keep topics in which somebody wrote; a name that is known stays."""
    await tx.many(_MEET, [(group_id, thread_id, _clean(name)[:128]) for group_id, thread_id, name in topics_met])


async def topics_of(tx: Tx, group_id: GroupId) -> list[Topic]:
    """Return the known topics of a forum, in the order in which they were opened; of some only the number is known."""
    query = select(topics).where(topics.c.group_id == group_id).order_by(topics.c.thread_id)
    return [Topic(ThreadId(row.thread_id), row.name) for row in await tx.execute(query)]


# Rows and values


def _columns(broadcast: Broadcast) -> dict[str, Any]:
    values = {field.name: getattr(broadcast, field.name) for field in fields(broadcast) if field.name != "id"}
    return values | {
        "content": msgspec.json.encode(broadcast.content).decode(),
        "options": msgspec.json.encode(dict(broadcast.options)).decode(),
        "user_name": _clean(broadcast.user_name)[:200],
        "why": _clean(broadcast.why),
    }


def _read(row: Row[Any]) -> Broadcast:
    return _broadcast(dict(row._mapping))  # noqa: SLF001  (SQLAlchemy's public name for it)


def _read_with_count(row: Row[Any]) -> tuple[Broadcast, int]:
    values = dict(row._mapping)  # noqa: SLF001  (SQLAlchemy's public name for it)
    groups = int(values.pop("groups"))
    return _broadcast(values), groups


def _broadcast(values: dict[str, Any]) -> Broadcast:
    content, options, state = (
        _content(values.pop("content")),
        _options(values.pop("options")),
        State(values.pop("state")),
    )
    return Broadcast(content=content, options=options, state=state, **values)


def _target_columns(target: Target) -> dict[str, Any]:
    values = {field.name: getattr(target, field.name) for field in fields(target) if field.name != "group_id"}
    return values | {"problem": _clean(target.problem)}


def _read_target(row: Row[Any]) -> Target:
    values = dict(row._mapping)  # noqa: SLF001  (SQLAlchemy's public name for it)
    del values["broadcast_id"]
    step, reason = Step(values.pop("step")), Reason(values.pop("reason"))
    return Target(GroupId(values.pop("group_id")), step, reason, **values)


def _clean(text: str) -> str:
    # PostgreSQL stores no NUL, and no driver half a surrogate pair.
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")
