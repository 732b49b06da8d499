"""Where the live messages are: which object each one shows, in which chat, under which message id."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, Boolean, Column, Index, String, Table, Text, delete, select

from bot.db.schema import Serial, metadata

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from sqlalchemy import ColumnElement

    from bot.db.engine import Tx

cards = Table(
    "tg_cards",
    metadata,
    Column("id", Serial, primary_key=True, autoincrement=False),
    Column("kind", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("group_id", BigInteger, nullable=False),
    Column("chat_id", BigInteger, nullable=False),
    Column("message_id", BigInteger),
    Column("look", String(32), nullable=False),
    Column("pinned", Boolean, nullable=False),
)
Index("ix_tg_cards_kind_key", cards.c.kind, cards.c.key)
Index("ix_tg_cards_chat_id", cards.c.chat_id)


@dataclass(frozen=True, slots=True)
class CardRow:
    """One live message. ``id`` is the effect that posts it; ``look`` a digest of how it was last told to look."""

    id: int
    kind: str
    key: str
    group_id: int
    chat_id: int
    message_id: int | None
    look: str
    pinned: bool


async def insert(tx: Tx, rows: Sequence[CardRow]) -> None:
    """Store new cards."""
    sql = (
        "INSERT INTO tg_cards (id, kind, key, group_id, chat_id, message_id, look, pinned)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
    )
    await tx.many(sql, [(r.id, r.kind, r.key, r.group_id, r.chat_id, r.message_id, r.look, r.pinned) for r in rows])


async def of_objects(tx: Tx, objects: Iterable[tuple[str, str]]) -> list[CardRow]:
    """Return the cards of some objects, given as (kind, key)."""
    wanted = set(objects)
    if not wanted:
        return []
    query = select(cards).where(*_among(wanted)).order_by(cards.c.id)
    return [row for found in await tx.execute(query) if ((row := _row(found)).kind, row.key) in wanted]


async def take(tx: Tx, kinds: Iterable[str], key: str) -> list[CardRow]:
    """Let go of all cards of an object, of these kinds, and return them, oldest first."""
    gone = delete(cards).where(*_among([(kind, key) for kind in kinds])).returning(*cards.c)
    return sorted((_row(found) for found in await tx.execute(gone)), key=lambda row: row.id)


def _among(objects: Collection[tuple[str, str]]) -> tuple[ColumnElement[bool], ...]:
    """Say of which kinds and keys: both, so that the index serves; one kind with another's key is among them, too."""
    kinds, keys = {kind for kind, _ in objects}, {key for _, key in objects}
    return cards.c.kind.in_(sorted(kinds)), cards.c.key.in_(sorted(keys))


async def in_chat(tx: Tx, chat_id: int) -> list[CardRow]:
    """Return the cards of a chat, oldest first."""
    found = await tx.execute(select(cards).where(cards.c.chat_id == chat_id).order_by(cards.c.id))
    return [_row(row) for row in found]


async def at(tx: Tx, chat_id: int, message_id: int) -> CardRow | None:
    """Return the card that a message is."""
    row = (await tx.execute(select(cards).where(cards.c.chat_id == chat_id, cards.c.message_id == message_id))).first()
    return None if row is None else _row(row)


async def of_group(tx: Tx, group_id: int, most: int) -> list[CardRow]:
    """Return the newest cards of a group, wherever they stand."""
    query = select(cards).where(cards.c.group_id == group_id).order_by(cards.c.id.desc()).limit(most)
    return [_row(row) for row in await tx.execute(query)]


def _row(found: Any) -> CardRow:
    return CardRow(
        found.id,
        found.kind,
        found.key,
        found.group_id,
        found.chat_id,
        found.message_id,
        found.look,
        found.pinned,
    )


async def forget(tx: Tx, objects: Iterable[tuple[str, str]]) -> None:
    """Let go of all cards of some objects."""
    await tx.many("DELETE FROM tg_cards WHERE kind = $1 AND key = $2", list(objects))


async def remove(tx: Tx, ids: Iterable[int]) -> None:
    """Let go of cards whose message is not there (any more)."""
    await tx.many("DELETE FROM tg_cards WHERE id = $1", [(card_id,) for card_id in ids])


async def set_looks(tx: Tx, looks: Iterable[tuple[int, str]]) -> None:
    """Record how cards were told to look; an empty look is unlike every other."""
    await tx.many("UPDATE tg_cards SET look = $1 WHERE id = $2", [(look, card_id) for card_id, look in looks])


async def set_messages(tx: Tx, messages: Iterable[tuple[int, int]]) -> None:
    """Record under which message ids cards were posted, given as (card, message)."""
    sql = "UPDATE tg_cards SET message_id = $1 WHERE id = $2"
    await tx.many(sql, [(message_id, card_id) for card_id, message_id in messages])
