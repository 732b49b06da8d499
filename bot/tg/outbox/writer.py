"""Where handlers put their effects: in memory first, stored with the transaction that decided on them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import msgspec

from bot.db.schema import to_millis
from bot.kernel.ids import EffectId, GroupId
from bot.tg import effects as fx
from bot.tg.outbox import outbox_store as store
from bot.tg.outbox.checks import check
from bot.tg.outbox.model import Lane, Row, Waiting, lane_of, refs_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from bot.db.engine import Tx
    from bot.kernel.ids import IdSource

ANSWER_WITHIN = timedelta(seconds=15)
"""After this Telegram says "query is too old" and the spinner on the button has stopped anyway."""


OWN_CARD = 0
"""Says that an effect posts the card of its own id."""


@dataclass(frozen=True, slots=True)
class _Undo:
    """What takes back one step: the effect that stood at ``at`` before (None: it was new), or a blob."""

    at: int | None
    before: Row | None = None


class Effects:
    """The outbox as seen from inside a turn. One per turn; what ``mark`` and ``rollback`` enclose is one savepoint."""

    def __init__(
        self,
        ids: IdSource,
        now: datetime,
        added: Callable[[Sequence[Waiting]], None],
        group_of: Callable[[int], GroupId | None] = lambda _chat_id: None,
    ) -> None:
        """Begin with nothing; ``added`` is told, after the commit, what there is to send.

        ``group_of`` finds the group of a chat: what is said there belongs to that group unless it says otherwise.
        """
        self._ids = ids
        self._now = now
        self._added = added
        self._rows: dict[int, Row] = {}
        self._by_key: dict[str, int] = {}
        self._blobs: list[tuple[int, bytes]] = []
        self._undo: list[_Undo] = []
        self._group_of = group_of

    def put(  # noqa: PLR0913  (everything but the effect is optional and named)
        self,
        effect: fx.AnyEffect,
        *,
        after: Sequence[int] = (),
        on_result: fx.OnResult | None = None,
        priority: fx.Priority | None = None,
        not_before: datetime | None = None,
        expires: datetime | None = None,
        coalesce: str | None = None,
        group_id: GroupId | None = None,
        card_id: int | None = None,
    ) -> EffectId:
        """Put an effect into the outbox.

        ``after`` waits for the ends of other effects, however they end; a ``Ref`` in the effect also drops it unless they
        were sent. With ``coalesce``, an effect that waits under the same key is replaced and keeps its place (and, if it
        was put in an earlier turn, its id, priority and ``not_before``); nobody is told of the replaced one's end.
        ``card_id`` is for :mod:`bot.tg.cards`.

        :raises ValueError: if Telegram would refuse it whatever the circumstances.
        """
        check(effect)
        lane = lane_of(effect)
        effect_id = self.new_id()
        chat_id: int | None = getattr(effect, "chat_id", None)
        if group_id is None and chat_id is not None:
            group_id = self._group_of(chat_id)
        row = Row(
            id=effect_id,
            chat_id=chat_id,
            group_id=group_id,
            lane=lane,
            priority=_priority(effect, lane, priority),
            effect=effect,
            after=tuple(dict.fromkeys((*after, *refs_of(effect)))),
            not_before=not_before,
            expires=self._expiry(effect, expires),
            coalesce=coalesce,
            card_id=effect_id if card_id == OWN_CARD else card_id,
            on_result=on_result,
        )
        return EffectId(self._keep(row))

    def blob(self, data: bytes, name: str) -> fx.Blob:
        """Store the bytes of a file we made; ``name`` is what the reader sees."""
        blob_id = self.new_id()
        self._blobs.append((blob_id, data))
        self._undo.append(_Undo(None))
        return fx.Blob(blob_id, name)

    def recipe(self, maker: str, values: bytes, name: str) -> fx.Recipe:
        """Store what a file is made of when it is sent; ``maker`` is the name of a :class:`~bot.tg.capability.Maker`."""
        return fx.Recipe(self.blob(values, name).blob, name, maker)

    def mark(self) -> int:
        """Return a point to go back to."""
        return len(self._undo)

    def rollback(self, mark: int) -> None:
        """Take back everything put since ``mark``."""
        while len(self._undo) > mark:
            step = self._undo.pop()
            if step.at is None:
                self._blobs.pop()
            elif step.before is not None:
                self._rows[step.at] = step.before
            else:
                gone = self._rows.pop(step.at)
                if gone.coalesce is not None and self._by_key.get(gone.coalesce) == gone.id:
                    del self._by_key[gone.coalesce]

    async def flush(self, tx: Tx) -> None:
        """Store what was put; the sender hears of it after the commit."""
        rows, files = list(self._rows.values()), list(self._blobs)
        self._rows.clear()
        self._by_key.clear()
        self._blobs.clear()
        self._undo.clear()
        if files:
            await store.insert_blobs(tx, files, self._now)
        if not rows:
            return
        new = await self._replace_waiting(tx, rows)
        await store.insert(tx, new, self._now)
        added = [row.waiting for row in new]
        tx.after_commit(lambda: self._added(added))

    def new_id(self) -> int:
        """Return a number that is given to nothing else: for an effect, or for what an effect has to name beforehand."""
        return self._ids.next(to_millis(self._now))

    def _expiry(self, effect: fx.AnyEffect, expires: datetime | None) -> datetime | None:
        if isinstance(effect, fx.AnswerCallback):
            return self._now + ANSWER_WITHIN
        return expires

    def _keep(self, row: Row) -> int:
        earlier = self._by_key.get(row.coalesce) if row.coalesce is not None else None
        if earlier is not None and _fits(row, earlier):
            before = self._rows[earlier]
            self._rows[earlier] = replace(row, id=earlier, priority=before.priority, not_before=before.not_before)
            self._undo.append(_Undo(earlier, before))
            return earlier
        self._rows[row.id] = row
        self._undo.append(_Undo(row.id))
        if row.coalesce is not None:
            self._by_key[row.coalesce] = row.id
        return row.id

    @staticmethod
    async def _replace_waiting(tx: Tx, rows: list[Row]) -> list[Row]:
        """Put rows in the place of waiting ones of earlier turns; return the rest, which is new."""
        keys = [row.coalesce for row in rows if row.coalesce is not None]
        waiting = await store.waiting_by_coalesce(tx, keys) if keys else {}
        renamed: dict[int, int] = {}
        replaced, new = [], []
        for row in rows:
            current = _renamed(row, renamed)
            old = waiting.get(row.coalesce) if row.coalesce is not None else None
            if old is not None and _fits(current, old):
                renamed[row.id] = old
                replaced.append((old, current))
            else:
                new.append(current)
        await store.replace(tx, replaced)
        return new


def _priority(effect: fx.AnyEffect, lane: Lane, wanted: fx.Priority | None) -> int:
    if isinstance(effect, fx.AnswerCallback):
        return fx.Priority.ANSWER
    # One priority for all acts: they are done in the order in which they were decided.
    return fx.Priority.NORMAL if wanted is None or lane is Lane.ACT else wanted


def _fits(row: Row, place: int) -> bool:
    """Say whether a row may take an earlier place: not if it waits for something put later, which may wait for it."""
    return all(effect_id < place for effect_id in row.after)


def _renamed(row: Row, renamed: dict[int, int]) -> Row:
    if not any(effect_id in renamed for effect_id in row.after):
        return row
    fields: dict[str, Any] = {}
    for name in ("message", "reply_to"):
        target = getattr(row.effect, name, None)
        if isinstance(target, fx.Ref) and target.effect in renamed:
            fields[name] = fx.Ref(renamed[target.effect])
    moved: fx.AnyEffect = msgspec.structs.replace(row.effect, **fields)
    after = tuple(renamed.get(effect_id, effect_id) for effect_id in row.after)
    return replace(row, effect=moved, after=after)
