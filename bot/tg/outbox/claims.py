"""Claims: what was taken from the memory's lines is held against the table, which alone knows what is true."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import msgspec

from bot.tg import effects as fx
from bot.tg.outbox import outbox_store as store
from bot.tg.outbox.model import Ending, Row, Waiting, dropped, refs_of
from bot.tg.outbox.results import End, concerns_somebody

if TYPE_CHECKING:
    from datetime import datetime

    from bot.db.engine import Tx
    from bot.tg.outbox.refusals import Verdict


@dataclass(slots=True)
class Step:
    """What one transaction of the sender does."""

    ends: list[End] = field(default_factory=list)
    back: list[tuple[Row, Verdict]] = field(default_factory=list)
    taken: list[Waiting] = field(default_factory=list)
    go: list[Row] = field(default_factory=list)
    told: list[End] = field(default_factory=list)
    """Ends to be recorded in a turn, because somebody wants to know."""
    changed: list[Row] = field(default_factory=list)
    """Effects that wait for other things, or in another chat, than we remembered."""
    gone: list[int] = field(default_factory=list)
    """Effects that ended without us."""

    def unsent(self) -> set[int]:
        """Return what was taken but is not to be called."""
        return {waiting.id for waiting in self.taken} - {row.id for row in self.go}


async def claim(tx: Tx, step: Step, now: datetime) -> None:
    """Claim what was taken, as the table has it now; sort out what is not to be called."""
    if not step.taken:
        return
    rows = await store.lock_waiting(tx, [waiting.id for waiting in step.taken])
    remembered = {waiting.id: waiting for waiting in step.taken}
    step.gone = sorted(set(remembered) - {row.id for row in rows})
    refs = {effect_id for row in rows for effect_id in refs_of(row.effect)}
    messages = await store.messages_of(tx, refs)
    still_open = await store.still_open(tx, refs - set(messages))
    for row in rows:
        if row.chat_id != remembered[row.id].chat_id or not still_open.isdisjoint(refs_of(row.effect)):
            step.changed.append(row)
        elif row.expires is not None and row.expires <= now:
            _end(step, row, dropped(fx.Refusal.TOO_LATE, "its time ran out"))
        elif (effect := _resolved(row, messages)) is None:
            _end(step, row, dropped(fx.Refusal.DROPPED, "what it depends on was not sent"))
        else:
            step.go.append(replace(row, effect=effect, attempts=row.attempts + 1))
    await store.claim(tx, [row.id for row in step.go])


def _end(step: Step, row: Row, ending: Ending) -> None:
    (step.told if concerns_somebody(row, ending) else step.ends).append((row, ending))


def _resolved(row: Row, messages: dict[int, tuple[int | None, int]]) -> fx.AnyEffect | None:
    """Put message ids in the place of references; None if one was not sent, or not to this chat."""
    fields: dict[str, Any] = {}
    for name in ("message", "reply_to"):
        target = getattr(row.effect, name, None)
        if isinstance(target, fx.Ref):
            chat_id, message_id = messages.get(target.effect, (None, 0))
            if chat_id != row.chat_id:
                return None
            fields[name] = message_id
    resolved: fx.AnyEffect = msgspec.structs.replace(row.effect, **fields) if fields else row.effect
    return resolved
