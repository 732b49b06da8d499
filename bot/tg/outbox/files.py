"""The bytes of the file that goes with an effect: as they were stored, or made of what was stored."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import structlog

from bot.tg import effects as fx
from bot.tg.outbox import outbox_store as store
from bot.tg.outbox.model import failed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.db.engine import Database
    from bot.tg.capability import Maker
    from bot.tg.outbox.model import Ending, Row

_log = structlog.get_logger(__name__)


async def content_of(row: Row, database: Database, makers: Mapping[str, Maker]) -> bytes | Ending | None:
    """Return the bytes of an effect's file, None if it has none of ours, or the effect's end if they cannot be had."""
    media = getattr(row.effect, "media", None)
    if not isinstance(media, fx.Blob | fx.Recipe):
        return None
    async with database.read() as tx:
        stored = await store.blob(tx, media.blob)
    if stored is None:
        return failed(fx.Refusal.OTHER, "its file is not stored any more")
    if isinstance(media, fx.Blob):
        return stored
    try:
        return await asyncio.to_thread(makers[media.maker].run, stored)
    except Exception as error:  # a mistake of ours; nothing was sent, so nothing is uncertain
        _log.exception("file not made", effect_id=row.id, maker=media.maker, exc_info=error)
        return failed(fx.Refusal.OTHER, f"its file could not be made: {error!r}")
