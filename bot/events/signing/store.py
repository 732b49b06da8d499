"""The messages that answer signing up in words, and the events that people missed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import msgspec
from sqlalchemy import BigInteger, Column, ForeignKey, Index, Table, Text, bindparam, insert, select, update

from bot.db.schema import Instant, Serial, metadata
from bot.events.rules.signup import Presence
from bot.events.signing.rules.rolls import Entry, Roll
from bot.events.store.rows import clean
from bot.events.store.tables import events, signups
from bot.kernel.ids import ChatId, ThreadId, UserId

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import Row

    from bot.db.engine import Tx
    from bot.kernel.ids import GroupId

rolls = Table(
    "events_signing_rolls",
    metadata,
    Column("id", Serial, primary_key=True, autoincrement=True),
    Column("event_id", BigInteger, ForeignKey("events_events.id", ondelete="CASCADE"), nullable=False),
    Column("chat_id", BigInteger, nullable=False),
    Column("thread_id", BigInteger, nullable=True),
    Column("opened", Instant, nullable=False),
    Column("entries", Text, nullable=False),
    Index("ix_events_signing_rolls_event_id", "event_id"),
)
_decode = msgspec.json.Decoder(tuple[Entry, ...]).decode
_MISSED = (
    select(signups.c.user_id, signups.c.name, events.c.starts_at)
    .join(events, events.c.id == signups.c.event_id)
    .where(
        events.c.group_id == bindparam("group"),
        events.c.starts_at >= bindparam("since"),
        signups.c.presence == Presence.ABSENT.value,
        signups.c.user_id > 0,
    )
    .order_by(events.c.starts_at)
)


async def open_roll(
    tx: Tx, event_id: int, chat_id: ChatId, thread_id: ThreadId | None, now: datetime, entry: Entry
) -> Roll:
    """Begin a new message."""
    roll = Roll(0, event_id, chat_id, thread_id, now, (entry,))
    values = {"event_id": event_id, "chat_id": chat_id, "thread_id": thread_id, "opened": now}
    done = await tx.execute(insert(rolls).values(entries=_encoded(roll.entries), **values).returning(rolls.c.id))
    return Roll(done.scalar_one(), event_id, chat_id, thread_id, now, (entry,))


async def keep_roll(tx: Tx, roll: Roll) -> None:
    """Store whom a message answers now."""
    await tx.execute(update(rolls).where(rolls.c.id == roll.id).values(entries=_encoded(roll.entries)))


async def newest_roll(tx: Tx, event_id: int, chat_id: ChatId, thread_id: ThreadId | None) -> Roll | None:
    """Return the message that was begun last for an event in a chat, or a topic of it."""
    place = rolls.c.thread_id.is_(None) if thread_id is None else rolls.c.thread_id == thread_id
    query = select(rolls).where(rolls.c.event_id == event_id, rolls.c.chat_id == chat_id, place)
    row = (await tx.execute(query.order_by(rolls.c.id.desc()).limit(1))).first()
    return None if row is None else _roll(row)


async def roll(tx: Tx, roll_id: int) -> Roll | None:
    """Return one message."""
    row = (await tx.execute(select(rolls).where(rolls.c.id == roll_id))).first()
    return None if row is None else _roll(row)


async def missed(
    tx: Tx, group_id: GroupId, since: datetime, user_id: UserId | None = None
) -> dict[UserId, tuple[str, list[datetime]]]:
    """Return who missed which events of a group from ``since`` on: their name at the last, and when those events were."""
    query = _MISSED if user_id is None else _MISSED.where(signups.c.user_id == user_id)
    found: dict[UserId, tuple[str, list[datetime]]] = {}
    for row in await tx.execute(query, {"group": group_id, "since": since}):
        _, times = found.get(row.user_id, ("", []))
        found[UserId(row.user_id)] = (row.name, [*times, row.starts_at])
    return found


async def excuse(tx: Tx, group_id: GroupId, user_id: UserId, since: datetime) -> None:
    """Let the events that somebody missed from ``since`` on count for nothing."""
    theirs = select(events.c.id).where(events.c.group_id == group_id, events.c.starts_at >= since)
    absent = (signups.c.user_id == user_id, signups.c.presence == Presence.ABSENT.value, signups.c.event_id.in_(theirs))
    await tx.execute(update(signups).where(*absent).values(presence=Presence.EXCUSED.value))


def _encoded(entries: Sequence[Entry]) -> str:
    return msgspec.json.encode([replace(one, name=clean(one.name)) for one in entries]).decode()


def _roll(row: Row[tuple[object, ...]]) -> Roll:
    thread = None if row.thread_id is None else ThreadId(row.thread_id)
    return Roll(row.id, row.event_id, ChatId(row.chat_id), thread, row.opened, _decode(row.entries))
