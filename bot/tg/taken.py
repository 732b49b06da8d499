"""What was taken in: update ids, and the transactions of which nobody knows whether they are stored.

A connection that ends while its commit is under way leaves that open. It is settled before the next turn: what was stored
must not be done twice, and what was to happen after its commit is made up for.
"""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.db.outages import is_outage
from bot.tg import turn_store as store
from bot.tg.seen import KEEP, Seen

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence
    from datetime import datetime

    from bot.db.engine import Database, Tx


@dataclass(frozen=True, slots=True)
class _Doubt:
    """A transaction that met an outage, and the update ids it remembered, if any."""

    tx: Tx
    ids: Sequence[int]


class Taken:
    """The memory of the turns; used by one turn at a time."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._seen = Seen()
        self._doubt: _Doubt | None = None

    @property
    def seen(self) -> Seen:
        """The update ids that were taken in, until more are."""
        return self._seen

    async def load(self, tx: Tx) -> None:
        """Read the ids that were taken in."""
        self._seen = Seen(await store.load_seen(tx))

    async def remember(self, tx: Tx, ids: Sequence[int], now: datetime) -> None:
        """Store that updates are taken in, given by their ids in order, none of them known."""
        ranges = self._seen.adding(ids, now)
        if ranges:
            await store.remember(tx, ranges)
            tx.after_commit(lambda: self._seen.add(ranges))

    async def forget(self, tx: Tx, now: datetime) -> None:
        """Drop ids that cannot come again; Telegram may give them to other updates."""
        before = now - KEEP
        await store.forget(tx, before)
        tx.after_commit(lambda: self._seen.forget(before))

    @asynccontextmanager
    async def writing(self, ids: Sequence[int] = ()) -> AsyncIterator[Tx]:
        """Open a transaction in which these ids will be remembered; they tell later whether it was stored.

        One that remembers none is asked for by its number.
        """
        opened: Tx | None = None
        try:
            async with self._database.write() as opened:
                if not ids:
                    await opened.take_number()
                yield opened
        except Exception as error:
            if opened is not None and is_outage(error):
                self._doubt = _Doubt(opened, ids)
            raise

    async def settle(self) -> None:
        """Look whether what met an outage was stored nevertheless, and do then what was to happen after its commit.

        :raises Exception: if the database is still out of reach; the doubt remains.
        """
        doubt = self._doubt
        if doubt is None:
            return
        async with self._database.read() as reading:
            await self.load(reading)
        stored = (
            all(number in self._seen for number in doubt.ids)
            if doubt.ids
            else await self._database.was_stored(doubt.tx)
        )
        self._doubt = None
        if stored:
            doubt.tx.committed()
