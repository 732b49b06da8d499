"""Feedback, what was handed in, and recaps in the database."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Integer,
    String,
    Table,
    Text,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)

from bot.db.schema import Instant, Serial, metadata
from bot.events.recap.rules import PRESENT, Again, Item, ItemKind, Posted, Recap, Said, Standing
from bot.events.rules.signup import SignUpState
from bot.events.store.rows import NAME_LIMIT, clean, signup_of
from bot.events.store.tables import signups
from bot.kernel.ids import UserId

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import RowMapping

    from bot.db.engine import Tx
    from bot.events.rules.signup import SignUp

feedback = Table(
    "events_recap_feedback",
    metadata,
    Column("event_id", BigInteger, ForeignKey("events_events.id", ondelete="CASCADE"), primary_key=True),
    Column("user_id", BigInteger, primary_key=True, autoincrement=False),
    Column("stars", Integer, nullable=True),
    Column("again", String(8), nullable=True),
)
items = Table(
    "events_recap_items",
    metadata,
    Column("id", Serial, primary_key=True, autoincrement=True),
    Column("event_id", BigInteger, ForeignKey("events_events.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("user_id", BigInteger, nullable=False),
    Column("name", String(200), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("text", Text, nullable=False),
    Column("file_id", Text, nullable=True),
    Column("standing", String(16), nullable=False),
    Column("place", Integer, nullable=False),
    Column("handed_at", Instant, nullable=False),
)
recaps = Table(
    "events_recap_recaps",
    metadata,
    Column("event_id", BigInteger, ForeignKey("events_events.id", ondelete="CASCADE"), primary_key=True),
    Column("intro", Text, nullable=False),
    Column("thanked", Boolean, nullable=False),
    Column("published_at", Instant, nullable=True),
    Column("edition", Integer, nullable=False),
    Column("posted", Text, nullable=False),
)
_MOST_ID = 2**63 - 1
_decode_posted = msgspec.json.Decoder(tuple[Posted, ...]).decode


async def people_of(tx: Tx, event_id: int) -> list[SignUp]:
    """Return those who were going to an event, and all of whom is noted whether they came."""
    wanted = or_(signups.c.state == SignUpState.GOING.value, signups.c.presence.is_not(None))
    found = await tx.execute(select(signups).where(signups.c.event_id == event_id, wanted).order_by(signups.c.turn))
    return [signup_of(row) for row in found.mappings()]


async def was_checked(tx: Tx, event_id: int) -> bool:
    """Say whether somebody was seen at the door of an event."""
    seen = (signups.c.event_id == event_id, signups.c.presence.in_(sorted(word.value for word in PRESENT)))
    return (await tx.execute(select(signups.c.user_id).where(*seen).limit(1))).first() is not None


# Feedback


async def said_by(tx: Tx, event_id: int, user_id: UserId) -> Said:
    """Return a person's last word."""
    found = await tx.execute(select(feedback).where(feedback.c.event_id == event_id, feedback.c.user_id == user_id))
    row = found.mappings().one_or_none()
    return Said() if row is None else _said(row)


async def keep_said(tx: Tx, event_id: int, user_id: UserId, said: Said) -> None:
    """Store a person's last word; the group must be locked."""
    await tx.execute(delete(feedback).where(feedback.c.event_id == event_id, feedback.c.user_id == user_id))
    again = None if said.again is None else said.again.value
    await tx.execute(insert(feedback).values(event_id=event_id, user_id=user_id, stars=said.stars, again=again))


async def all_said(tx: Tx, event_id: int) -> list[Said]:
    """Return what people said about an event, without who said it."""
    found = await tx.execute(select(feedback.c.stars, feedback.c.again).where(feedback.c.event_id == event_id))
    return [_said(row) for row in found.mappings()]


def _said(row: RowMapping) -> Said:
    return Said(row["stars"], None if row["again"] is None else Again(row["again"]))


# What was handed in


async def items_of(tx: Tx, event_id: int) -> list[Item]:
    """Return all that was handed in for an event, in its order."""
    found = await tx.execute(select(items).where(items.c.event_id == event_id).order_by(items.c.place, items.c.id))
    return [_item(row) for row in found.mappings()]


async def item(tx: Tx, item_id: int) -> Item | None:
    """Return one thing that was handed in."""
    if not 0 < item_id <= _MOST_ID:
        return None
    row = (await tx.execute(select(items).where(items.c.id == item_id))).mappings().one_or_none()
    return None if row is None else _item(row)


async def add_item(tx: Tx, event_id: int, user_id: UserId, name: str, now: datetime, **values: Any) -> Item:
    """Store what was handed in, in the last place; the group must be locked."""
    place = select(func.coalesce(func.max(items.c.place), 0) + 1).where(items.c.event_id == event_id)
    row = {
        "event_id": event_id,
        "user_id": user_id,
        "name": clean(name)[:NAME_LIMIT],
        "standing": Standing.NEW.value,
        "place": place.scalar_subquery(),
        "handed_at": now,
        **values,
        "text": clean(values["text"]),
    }
    return _item((await tx.execute(insert(items).values(**row).returning(items))).mappings().one())


async def settle(tx: Tx, item_ids: Sequence[int], standing: Standing) -> None:
    """Store what an organiser decided."""
    await tx.execute(update(items).where(items.c.id.in_(item_ids)).values(standing=standing.value))


async def place(tx: Tx, item_id: int, number: int) -> None:
    """Put something into another place."""
    await tx.execute(update(items).where(items.c.id == item_id).values(place=number))


def _item(row: RowMapping) -> Item:
    return Item(
        id=row["id"],
        event_id=row["event_id"],
        user_id=UserId(row["user_id"]),
        name=row["name"],
        kind=ItemKind(row["kind"]),
        text=row["text"],
        file_id=row["file_id"],
        standing=Standing(row["standing"]),
        place=row["place"],
    )


# The recap


async def recap_of(tx: Tx, event_id: int) -> Recap:
    """Return what there is of an event's recap."""
    row = (await tx.execute(select(recaps).where(recaps.c.event_id == event_id))).mappings().one_or_none()
    if row is None:
        return Recap()
    return Recap(row["intro"], row["thanked"], row["published_at"], row["edition"], _decode_posted(row["posted"]))


async def keep_recap(tx: Tx, event_id: int, recap: Recap) -> None:
    """Store an event's recap; the group must be locked."""
    values = {
        "intro": clean(recap.intro),
        "thanked": recap.thanked,
        "published_at": recap.published_at,
        "edition": recap.edition,
        "posted": clean(msgspec.json.encode(recap.posted).decode()),
    }
    done = await tx.execute(update(recaps).where(recaps.c.event_id == event_id).values(**values))
    if done.rowcount == 0:
        await tx.execute(insert(recaps).values(event_id=event_id, **values))
