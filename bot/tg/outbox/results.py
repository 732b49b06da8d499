"""The ends of effects, told to those who wanted to know: each end is stored in the same transaction as what follows of it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

import structlog

from bot.db.outages import is_outage
from bot.kernel.ids import ChatId, EffectId, GroupId
from bot.tg import cards_store
from bot.tg.effects import SENDS, OnResult, Refusal
from bot.tg.jobs import Job
from bot.tg.outbox import outbox_store as store
from bot.tg.outbox.model import Ending, Row, State

if TYPE_CHECKING:
    from datetime import datetime

    from bot.db.engine import Database, Tx
    from bot.kernel.clock import Clock
    from bot.tg.capability import ResultKind
    from bot.tg.context import Scope
    from bot.tg.ports import Deliveries

PAUSE = 1.0
"""Seconds before results are told again when the database was out of reach."""
Submit = Callable[[list[Job]], Awaitable[None]]
"""Runs jobs in one transaction, each in a savepoint; returns when it is committed, raises when it is not."""
Lookup = Callable[[OnResult], "ResultKind | None"]
End = tuple[Row, Ending]

_log = structlog.get_logger(__name__)
_CHAT_LOST = frozenset({Refusal.CHAT_GONE, Refusal.BLOCKED})
_CARD_LOST = frozenset({Refusal.CHAT_GONE, Refusal.BLOCKED, Refusal.MESSAGE_GONE})


def concerns_somebody(row: Row, ending: Ending) -> bool:
    """Say whether an end must be told in a turn, rather than just be stored."""
    if row.on_result is not None or ending.state is State.UNCERTAIN:
        return True
    return ending.state is State.FAILED and ending.refusal in {*_CHAT_LOST, Refusal.NO_RIGHT}


def _loses_chat(ending: Ending) -> bool:
    return ending.state is State.FAILED and ending.refusal in _CHAT_LOST


async def record(tx: Tx, ends: Sequence[End], now: datetime, *, due: bool = False) -> None:
    """Store how effects ended, and what that means for the cards among them."""
    await store.finish(tx, [(row.id, ending) for row, ending in ends], now, due=due)
    carded = [(row, ending) for row, ending in ends if row.card_id is not None]
    if carded:
        await _settle_cards(tx, carded)


async def _settle_cards(tx: Tx, ends: Sequence[End]) -> None:
    posted, lost, unlike = [], [], []
    for row, ending in ends:
        card_id = row.card_id or 0
        if ending.state is State.SENT:
            if row.id == card_id and ending.message_id is not None:
                posted.append((card_id, ending.message_id))
        elif row.id == card_id or ending.refusal in _CARD_LOST:
            lost.append(card_id)
        else:
            unlike.append((card_id, ""))
    await cards_store.set_messages(tx, posted)
    await cards_store.remove(tx, lost)
    await cards_store.set_looks(tx, unlike)


class Results:
    """Hands ends on to the turn, many at once, and sees to it that none is lost and none is told for ever."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        submit: Submit,
        lookup: Lookup,
        deliveries: Deliveries | None,
        settled: Callable[[Sequence[int]], None],
    ) -> None:
        """Begin with nothing to tell; ``settled`` hears which ends are stored, after the commit."""
        self._database = database
        self._clock = clock
        self._submit = submit
        self._lookup = lookup
        self._deliveries = deliveries
        self._settled = settled
        self._pending: list[End] = []
        self._known: set[int] = set()
        self._losing: set[int] = set()
        """Chats whose loss was told: what arrives there after all shows that it was none."""
        self._moves: dict[tuple[ChatId, ChatId], None] = {}
        self._wake = asyncio.Event()
        self._idle = True

    @property
    def busy(self) -> bool:
        """Whether ends are still on their way."""
        return bool(self._pending or self._moves) or not self._idle

    def add(self, ends: Sequence[End]) -> None:
        """Have ends told; what is being told already, or was told in vain, is left out."""
        fresh = [(row, ending) for row, ending in ends if row.id not in self._known]
        self._known.update(row.id for row, _ in fresh)
        self._losing.update(row.chat_id for row, ending in fresh if row.chat_id is not None and _loses_chat(ending))
        self._pending.extend(fresh)
        self._wake.set()

    def moved(self, old: ChatId, new: ChatId) -> None:
        """Have it told that a group became a supergroup."""
        self._moves[old, new] = None
        self._wake.set()

    def concern_somebody(self, row: Row, ending: Ending) -> bool:
        """Say whether an end must be told in a turn, rather than just be stored."""
        return concerns_somebody(row, ending) or self._finds_chat(row, ending)

    def _finds_chat(self, row: Row, ending: Ending) -> bool:
        if row.chat_id is None or ending.state is not State.SENT or not isinstance(row.effect, SENDS):
            return False
        return row.chat_id in self._losing or (
            self._deliveries is not None and self._deliveries.is_lost(ChatId(row.chat_id))
        )

    async def run(self) -> None:
        """Tell what comes, until cancelled."""
        while True:
            await self._wake.wait()
            self._wake.clear()
            while self._pending or self._moves:
                self._idle = False
                try:
                    await self._tell_moves()
                    batch, self._pending = self._pending[:100], self._pending[100:]
                    if batch:
                        await self._tell(batch)
                finally:
                    self._idle = True

    async def _tell_moves(self) -> None:
        if self._deliveries is None:
            self._moves.clear()
        while self._moves:
            pair = next(iter(self._moves))
            job = Job("migration", partial(self._move, *pair))
            try:
                await self._submit([job])
            except Exception as error:
                _log.warning("migration not stored", error=repr(error))
                if is_outage(error):
                    await asyncio.sleep(PAUSE)
                    continue
            del self._moves[pair]

    async def _move(self, old: ChatId, new: ChatId, scope: Scope) -> None:
        if self._deliveries is not None:
            await self._deliveries.migrated(scope, old, new)

    async def _tell(self, batch: list[End]) -> None:
        try:
            await self._submit([self._job(*end) for end in batch])
        except Exception as error:  # whatever spoils the batch's commit must not take the others' results along
            _log.warning("results not committed", results=len(batch), error=repr(error))
            if is_outage(error):
                await self._later(batch)
                return
            for end in batch:
                await self._tell_alone(end)

    async def _tell_alone(self, end: End) -> None:
        try:
            await self._submit([self._job(*end)])
        except Exception as error:  # one that cannot be told is stored as due, else its effect would hang for ever
            if is_outage(error):
                await self._later([end])
                return
            _log.exception("result not told", effect_id=end[0].id, exc_info=error)
            await self._store_as_due(end)

    async def _later(self, ends: list[End]) -> None:
        """Tell these again in a while: nothing is wrong with them, the database is out of reach."""
        self._pending[:0] = ends
        await asyncio.sleep(PAUSE)

    async def _store_as_due(self, end: End) -> None:
        while True:
            try:
                async with self._database.write() as tx:
                    await self._failed(*end, tx, "")
            except Exception as error:  # the database is out of reach: the end is known only here, so keep at it
                _log.warning("end not stored", effect_id=end[0].id, error=repr(error))
                await asyncio.sleep(1.0)
            else:
                return

    def _job(self, row: Row, ending: Ending) -> Job:
        label = f"result {row.on_result.capability}/{row.on_result.kind}" if row.on_result else "result"
        return Job(
            label,
            partial(self._run, row, ending),
            partial(self._failed, row, ending),
            None if row.group_id is None else GroupId(row.group_id),
        )

    async def _run(self, row: Row, ending: Ending, scope: Scope) -> None:
        if row.id not in self._known:
            # A commit that seemed lost was stored: this has been told.
            return
        await record(scope.tx, [(row, ending)], scope.now)
        scope.tx.after_commit(partial(self._done, row.id))
        await self._report(row, ending, scope)
        if row.on_result is None:
            return
        kind = self._lookup(row.on_result)
        if kind is None:
            _log.warning("nobody wants this result any more", effect_id=row.id, on_result=row.on_result)
            return
        await kind.run(scope, ending.result_for(row.id, row.on_result.key, row.chat_id))

    async def _report(self, row: Row, ending: Ending, scope: Scope) -> None:
        if row.chat_id is None or self._deliveries is None:
            return
        chat_id = ChatId(row.chat_id)
        kind = self._lookup(row.on_result) if row.on_result is not None else None
        if ending.state is State.UNCERTAIN:
            if kind is not None and kind.shows_uncertain:
                return
            group_id = None if row.group_id is None else GroupId(row.group_id)
            await self._deliveries.uncertain(scope, EffectId(row.id), group_id, chat_id, row.effect)
        elif _loses_chat(ending):
            await self._deliveries.chat_lost(scope, chat_id, ending.text)
        elif self._finds_chat(row, ending):
            await self._deliveries.chat_found(scope, chat_id)
            scope.tx.after_commit(partial(self._losing.discard, row.chat_id))
        elif ending.state is State.FAILED and ending.refusal is Refusal.NO_RIGHT:
            if kind is not None and kind.shows_refused:
                return
            await self._deliveries.right_lost(scope, chat_id, ending.text)

    async def _failed(self, row: Row, ending: Ending, tx: Tx, _error_id: str) -> None:
        """Store the end all the same; whoever wanted it is told at the next start, not again and again."""
        await record(tx, [(row, ending)], self._clock.now(), due=True)
        tx.after_commit(partial(self._settled, [row.id]))

    def _done(self, effect_id: int) -> None:
        self._known.discard(effect_id)
        self._settled([effect_id])
