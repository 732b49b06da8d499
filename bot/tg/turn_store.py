"""Tables of the turn: update ids taken in, updates that wait, updates and jobs that failed, commands held for a question."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import BigInteger, Column, LargeBinary, Table, Text, column, delete, insert, select, table

from bot.db.schema import Instant, Serial, metadata, to_millis
from bot.tg.seen import Range

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.db.engine import Tx

seen = Table(
    "tg_seen",
    metadata,
    Column("first", BigInteger, primary_key=True, autoincrement=False),
    Column("last", BigInteger, nullable=False),
    Column("at", Instant, nullable=False),
)
inbox = Table(
    "tg_inbox",
    metadata,
    Column("update_id", BigInteger, primary_key=True, autoincrement=False),
    Column("lane", BigInteger, nullable=False, index=True),
    Column("raw", LargeBinary, nullable=False),
    Column("at", Instant, nullable=False),
)
quarantine = Table(
    "tg_quarantine",
    metadata,
    Column("error_id", Text, primary_key=True),
    Column("at", Instant, nullable=False, index=True),
    Column("label", Text, nullable=False),
    Column("raw", LargeBinary),
    Column("error", Text, nullable=False),
    Column("trace", Text, nullable=False),
)
held = Table(
    "tg_held",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("raw", LargeBinary, nullable=False),
    Column("chat_id", BigInteger, nullable=False),
    Column("user_id", BigInteger),
    Column("group_id", BigInteger),
    Column("expires_at", Instant, nullable=False, index=True),
)

_forms = table("tg_forms", column("user_id"), column("chat_id"), column("group_id"))
"""The forms' own table, as far as the turn must know which group it will write."""

KEEP_FAILED = timedelta(days=30)
"""Errors are kept as long as a manager may ask what became of an error id."""

_REMEMBER = "INSERT INTO tg_seen (first, last, at) VALUES ($1, $2, $3) ON CONFLICT (first) DO UPDATE SET last = excluded.last, at = excluded.at"


@dataclass(frozen=True, slots=True)
class Parked:
    """An update that waits for an answer of Telegram; ``lane`` is the chat whose order is kept."""

    update_id: int
    lane: int
    raw: bytes


@dataclass(frozen=True, slots=True)
class Held:
    """A command that waits until somebody says who they are, or which group they mean. ``user_id`` None: any administrator."""

    id: int
    raw: bytes
    chat_id: int
    user_id: int | None
    group_id: int | None
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Failure:
    """An update or job whose handler raised; ``raw`` is the update as it came."""

    error_id: str
    at: datetime
    label: str
    raw: bytes | None
    error: str
    trace: str


async def load_seen(tx: Tx) -> list[Range]:
    """Read all ranges."""
    rows = await tx.execute(select(seen.c.first, seen.c.last, seen.c.at))
    return [Range(row.first, row.last, row.at) for row in rows]


async def remember(tx: Tx, ranges: Sequence[Range]) -> None:
    """Store new and grown ranges."""
    await tx.many(_REMEMBER, [(r.first, r.last, to_millis(r.at)) for r in ranges])


async def forget(tx: Tx, before: datetime) -> None:
    """Drop the ranges of which no id was taken in since ``before``."""
    await tx.execute(delete(seen).where(seen.c.at < before))


async def park(tx: Tx, parked: Sequence[Parked], now: datetime) -> None:
    """Keep updates until their need is answered."""
    await tx.execute(
        insert(inbox), [{"update_id": p.update_id, "lane": p.lane, "raw": p.raw, "at": now} for p in parked]
    )


async def parked_lanes(tx: Tx) -> list[int]:
    """Return the chats for which updates wait."""
    return list((await tx.execute(select(inbox.c.lane).distinct().order_by(inbox.c.lane))).scalars())


async def parked_of(tx: Tx, lane: int, limit: int) -> list[Parked]:
    """Return the oldest waiting updates of a chat, in order."""
    query = select(inbox).where(inbox.c.lane == lane).order_by(inbox.c.update_id).limit(limit)
    return [Parked(row.update_id, row.lane, row.raw) for row in await tx.execute(query)]


async def unpark(tx: Tx, ids: Sequence[int]) -> None:
    """Take updates out of the inbox; they are handled in this transaction."""
    await tx.execute(delete(inbox).where(inbox.c.update_id.in_(ids)))


async def add_failure(tx: Tx, failure: Failure) -> None:
    """Keep what failed, under its error id."""
    await tx.execute(
        insert(quarantine).values(
            error_id=failure.error_id,
            at=failure.at,
            label=failure.label,
            raw=failure.raw,
            error=failure.error,
            trace=failure.trace,
        )
    )


async def failures(tx: Tx, limit: int = 50) -> list[Failure]:
    """Return the newest failures."""
    rows = await tx.execute(select(quarantine).order_by(quarantine.c.at.desc()).limit(limit))
    return [Failure(r.error_id, r.at, r.label, r.raw, r.error, r.trace) for r in rows]


async def group_of_form(tx: Tx, user_id: int, chat_id: int) -> int | None:
    """Return the group for which a person has a form open in a chat."""
    query = select(_forms.c.group_id).where(_forms.c.user_id == user_id, _forms.c.chat_id == chat_id)
    group_id = (await tx.execute(query)).scalar_one_or_none()
    return None if group_id is None else int(group_id)


async def hold(
    tx: Tx, raw: bytes, chat_id: int, user_id: int | None, group_id: int | None, expires_at: datetime
) -> int:
    """Keep a command until a button is tapped; returns its number."""
    result = await tx.execute(
        insert(held)
        .values(raw=raw, chat_id=chat_id, user_id=user_id, group_id=group_id, expires_at=expires_at)
        .returning(held.c.id)
    )
    return int(result.scalar_one())


async def take_held(tx: Tx, held_id: int) -> Held | None:
    """Take a held command out: it is run once."""
    row = (await tx.execute(delete(held).where(held.c.id == held_id).returning(*held.c))).one_or_none()
    return None if row is None else Held(row.id, row.raw, row.chat_id, row.user_id, row.group_id, row.expires_at)


async def peek_held(tx: Tx, held_id: int) -> Held | None:
    """Look at a held command and leave it."""
    row = (await tx.execute(select(held).where(held.c.id == held_id))).one_or_none()
    return None if row is None else Held(row.id, row.raw, row.chat_id, row.user_id, row.group_id, row.expires_at)


async def purge(tx: Tx, now: datetime) -> None:
    """Drop what is past its time: held commands nobody answered for, failures after 30 days."""
    await tx.execute(delete(held).where(held.c.expires_at < now))
    await tx.execute(delete(quarantine).where(quarantine.c.at < now - KEEP_FAILED))
