"""The files of albums, for as long as somebody may still mean the whole album by one of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Index,
    String,
    Table,
    Text,
    and_,
    delete,
    exists,
    false,
    func,
    or_,
    select,
    update,
)

from bot.db.schema import Instant, metadata, to_millis

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.db.engine import Tx

parts = Table(
    "tg_albums",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("message_id", BigInteger, primary_key=True, autoincrement=False),
    Column("album", String(64), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("file_id", Text, nullable=False),
    Column("html", Text, nullable=False),
    Column("taken", Boolean(create_constraint=False), nullable=False),
    Column("at", Instant, nullable=False),
    Column("whole", Boolean(create_constraint=False), nullable=False, server_default=false()),
    Index("ix_tg_albums_chat_id_album", "chat_id", "album"),
    Index("ix_tg_albums_at", "at"),
)
_NOTE = """
INSERT INTO tg_albums (chat_id, message_id, album, kind, file_id, html, taken, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
ON CONFLICT (chat_id, message_id) DO NOTHING
"""


@dataclass(frozen=True, slots=True)
class AlbumPart:
    """One message of an album: its file, and its caption as HTML."""

    chat_id: int
    message_id: int
    album: str
    kind: str
    file_id: str
    html: str = ""


async def note(tx: Tx, found: Sequence[AlbumPart], now: datetime) -> None:
    """Keep what has come."""
    at = to_millis(now)
    await tx.many(
        _NOTE,
        [(one.chat_id, one.message_id, one.album, one.kind, one.file_id, one.html, False, at) for one in found],
    )


async def of_album(tx: Tx, chat_id: int, album: str) -> list[AlbumPart]:
    """Return what has come of an album so far, in its order."""
    query = (
        select(parts.c.message_id, parts.c.kind, parts.c.file_id, parts.c.html)
        .where(parts.c.chat_id == chat_id, parts.c.album == album)
        .order_by(parts.c.message_id)
    )
    return [
        AlbumPart(chat_id, row.message_id, album, row.kind, row.file_id, row.html) for row in await tx.execute(query)
    ]


async def last_at(tx: Tx, chat_id: int, album: str) -> datetime | None:
    """Return when the last file of an album came; None if none has."""
    query = select(func.max(parts.c.at)).where(parts.c.chat_id == chat_id, parts.c.album == album)
    found: datetime | None = (await tx.execute(query)).scalar_one()
    return found


async def take(tx: Tx, chat_id: int, album: str) -> None:
    """Note that an album was taken for what its first message said: what follows of it says nothing more."""
    await tx.execute(update(parts).where(parts.c.chat_id == chat_id, parts.c.album == album).values(taken=True))


async def is_taken(tx: Tx, chat_id: int, album: str) -> bool:
    """Say whether an album was taken."""
    query = select(exists().where(parts.c.chat_id == chat_id, parts.c.album == album, parts.c.taken))
    return bool((await tx.execute(query)).scalar_one())


async def close(tx: Tx, chat_id: int, album: str) -> None:
    """Note that what has come of an album is all there was when what it came with was done."""
    await tx.execute(update(parts).where(parts.c.chat_id == chat_id, parts.c.album == album).values(whole=True))


async def late(tx: Tx, found: Sequence[tuple[int, str]]) -> dict[tuple[int, str], list[int]]:
    """Return the messages of these albums that came after they were closed; albums without any are left out."""
    former = parts.alias("former")
    same = and_(former.c.chat_id == parts.c.chat_id, former.c.album == parts.c.album)
    named = or_(*(and_(parts.c.chat_id == chat_id, parts.c.album == album) for chat_id, album in found))
    query = select(parts.c.chat_id, parts.c.album, parts.c.message_id).where(named, ~parts.c.whole)
    query = query.where(exists().where(same, former.c.whole)).order_by(parts.c.message_id)
    messages: dict[tuple[int, str], list[int]] = {}
    for row in await tx.execute(query):
        messages.setdefault((row.chat_id, row.album), []).append(row.message_id)
    return messages


async def forget(tx: Tx, before: datetime) -> None:
    """Drop what came before."""
    await tx.execute(delete(parts).where(parts.c.at < before))
