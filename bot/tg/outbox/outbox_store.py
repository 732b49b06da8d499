"""The outbox's tables. The database is the truth about every effect; what the sender remembers is a reading of it."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    LargeBinary,
    Select,
    String,
    Table,
    Text,
    and_,
    delete,
    func,
    not_,
    or_,
    select,
    text,
    tuple_,
    update,
)

from bot.db.schema import Instant, Serial, metadata, to_millis
from bot.tg import effects as fx
from bot.tg.outbox.model import Ending, Lane, Row, State, Waiting

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from bot.db.engine import Tx

KEPT = timedelta(hours=48)
"""How long done effects are kept: an effect must not name one in ``after`` that ended longer ago than this."""

outbox = Table(
    "tg_outbox",
    metadata,
    Column("id", Serial, primary_key=True, autoincrement=False),
    Column("chat_id", BigInteger),
    Column("group_id", BigInteger),
    Column("lane", String(8), nullable=False),
    Column("priority", Integer, nullable=False),
    Column("state", String(12), nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("after_ids", Text),
    Column("not_before", Instant),
    Column("expires_at", Instant),
    Column("attempts", Integer, nullable=False),
    Column("coalesce_key", Text),
    Column("card_id", BigInteger),
    Column("blob_id", BigInteger),
    Column("is_send", Boolean, nullable=False),
    Column("capability", Text),
    Column("result_kind", Text),
    Column("result_key", Text),
    Column("result_due", Boolean, nullable=False),
    Column("message_id", BigInteger),
    Column("value", Text),
    Column("refusal", String(20)),
    Column("error", Text),
    Column("created_at", Instant, nullable=False),
    Column("done_at", Instant),
)
blobs = Table(
    "tg_blobs",
    metadata,
    Column("id", Serial, primary_key=True, autoincrement=False),
    Column("data", LargeBinary, nullable=False),
    Column("created_at", Instant, nullable=False),
)

# Conditions are spelled out as text: SQLite uses a partial index only where the query repeats its condition literally.
_IS_WAITING = text("tg_outbox.state = 'waiting'")
_IS_CLAIMED = text("tg_outbox.state = 'claimed'")


def _partial(name: str, condition: str, *columns: str) -> None:
    Index(
        name, *(outbox.c[column] for column in columns), sqlite_where=text(condition), postgresql_where=text(condition)
    )


_partial("ix_tg_outbox_waiting", "state = 'waiting'", "priority", "id")
_partial("ix_tg_outbox_asleep", "state = 'waiting' AND not_before IS NOT NULL", "not_before")
_partial("ix_tg_outbox_coalesce", "state = 'waiting' AND coalesce_key IS NOT NULL", "coalesce_key")
_partial("ix_tg_outbox_claimed", "state = 'claimed'", "id")
_partial("ix_tg_outbox_done_at", "done_at IS NOT NULL", "done_at")

_INSERT = (
    "INSERT INTO tg_outbox (id, chat_id, group_id, lane, priority, state, body, after_ids, not_before, expires_at,"
    " attempts, coalesce_key, card_id, blob_id, is_send, capability, result_kind, result_key, result_due, created_at)"
    " VALUES ($1, $2, $3, $4, $5, 'waiting', $6, $7, $8, $9, 0, $10, $11, $12, $13, $14, $15, $16, $17, $18)"
)
_REPLACE = (
    "UPDATE tg_outbox SET body = $1, after_ids = $2, expires_at = $3, card_id = $4, blob_id = $5, capability = $6,"
    " result_kind = $7, result_key = $8, result_due = $9, group_id = $10 WHERE id = $11"
)
_FINISH = (
    "UPDATE tg_outbox SET state = $1, message_id = $2, value = $3, refusal = $4, error = $5, done_at = $6,"
    " result_due = $7 WHERE id = $8"
)


# Writing


async def insert(tx: Tx, rows: Sequence[Row], now: datetime) -> None:
    """Store new effects."""
    at = to_millis(now)
    await tx.many(_INSERT, [_as_params(row, at) for row in rows])


def _as_params(row: Row, created: int) -> tuple[Any, ...]:
    on_result = row.on_result
    return (
        row.id,
        row.chat_id,
        row.group_id,
        str(row.lane),
        int(row.priority),
        fx.encode(row.effect),
        _ids(row.after),
        None if row.not_before is None else to_millis(row.not_before),
        None if row.expires is None else to_millis(row.expires),
        row.coalesce,
        row.card_id,
        _blob_id(row.effect),
        isinstance(row.effect, fx.SENDS),
        on_result.capability if on_result else None,
        on_result.kind if on_result else None,
        on_result.key if on_result else None,
        on_result is not None,
        created,
    )


def _ids(after: tuple[int, ...]) -> str | None:
    return json.dumps(after) if after else None


def _blob_id(effect: fx.AnyEffect) -> int | None:
    media = getattr(effect, "media", None)
    return media.blob if isinstance(media, fx.Blob | fx.Recipe) else None


async def insert_blobs(tx: Tx, rows: Sequence[tuple[int, bytes]], now: datetime) -> None:
    """Store the bytes of files we made."""
    at = to_millis(now)
    sql = "INSERT INTO tg_blobs (id, data, created_at) VALUES ($1, $2, $3)"
    await tx.many(sql, [(blob_id, data, at) for blob_id, data in rows])


async def waiting_by_coalesce(tx: Tx, keys: Sequence[str]) -> dict[str, int]:
    """Return the waiting effects with these coalesce keys; until the commit the sender cannot claim them."""
    has_key = text("tg_outbox.coalesce_key IS NOT NULL")
    query = select(outbox.c.coalesce_key, outbox.c.id).where(_IS_WAITING, has_key, outbox.c.coalesce_key.in_(keys))
    found = await tx.execute(query.order_by(outbox.c.id).with_for_update())
    return {row.coalesce_key: row.id for row in found}


async def replace(tx: Tx, rows: Sequence[tuple[int, Row]]) -> None:
    """Put new effects in the place of waiting ones, given by their ids."""
    params = []
    for old_id, row in rows:
        new = _as_params(row, 0)
        params.append((new[5], new[6], new[8], new[10], new[11], *new[13:17], row.group_id, old_id))
    await tx.many(_REPLACE, params)


async def claim(tx: Tx, ids: Sequence[int]) -> None:
    """Mark effects as about to be tried."""
    sql = "UPDATE tg_outbox SET state = 'claimed', attempts = attempts + 1 WHERE id = $1"
    await tx.many(sql, [(effect_id,) for effect_id in ids])


async def redirect(tx: Tx, rows: Sequence[tuple[int, fx.AnyEffect]], chat_id: int) -> None:
    """Turn effects to another chat, given with their new bodies."""
    sql = "UPDATE tg_outbox SET chat_id = $1, body = $2 WHERE id = $3"
    await tx.many(sql, [(chat_id, fx.encode(effect), effect_id) for effect_id, effect in rows])


async def put_back(tx: Tx, ids: Iterable[int], *, tried: bool) -> None:
    """Let claimed effects wait again; ``tried`` counts it as an attempt."""
    sql = "UPDATE tg_outbox SET state = 'waiting', attempts = attempts - $1 WHERE id = $2 AND state = 'claimed'"
    await tx.many(sql, [(0 if tried else 1, effect_id) for effect_id in ids])


async def finish(tx: Tx, endings: Iterable[tuple[int, Ending]], now: datetime, *, due: bool = False) -> None:
    """Record how effects ended; ``due`` keeps in mind that somebody is still to be told."""
    at = to_millis(now)
    await tx.many(
        _FINISH,
        [
            (
                str(end.state),
                end.message_id,
                end.value,
                end.refusal and str(end.refusal),
                end.text or None,
                at,
                due,
                ref,
            )
            for ref, end in endings
        ],
    )


async def told(tx: Tx, effect_id: int) -> None:
    """Record that a result was delivered."""
    await tx.execute(update(outbox).where(outbox.c.id == effect_id).values(result_due=False))


async def withdraw(tx: Tx, ids: Sequence[int], now: datetime) -> list[int]:
    """Take back effects that still wait; nobody is told. Return those that were taken back."""
    query = update(outbox).where(_IS_WAITING, outbox.c.id.in_(ids)).returning(outbox.c.id)
    gone = await tx.execute(query.values(state="dropped", result_due=False, done_at=now))
    return [row.id for row in gone]


async def dismiss(tx: Tx, effect_id: int, now: datetime) -> bool:
    """Let an uncertain or failed effect that a manager has seen be purged in time; return whether there was one."""
    unseen = outbox.c.state.in_(["uncertain", "failed"])
    query = update(outbox).where(outbox.c.id == effect_id, unseen).values(state="dropped", done_at=now)
    return bool((await tx.execute(query.returning(outbox.c.id))).first())


async def purge(tx: Tx, now: datetime) -> None:
    """Forget what ended more than 48 h ago, but not what a manager should still see.

    That is: uncertain acts, and messages that never arrived and that no capability was told of.
    """
    unseen = or_(
        outbox.c.state == "uncertain",
        and_(outbox.c.state == "failed", outbox.c.is_send, outbox.c.capability.is_(None)),
    )
    over = now - KEPT
    has_end = text("tg_outbox.done_at IS NOT NULL")
    await tx.execute(delete(outbox).where(has_end, outbox.c.done_at < over, not_(unseen)))
    used = select(outbox.c.blob_id).where(outbox.c.blob_id.is_not(None))
    await tx.execute(delete(blobs).where(blobs.c.created_at < over, blobs.c.id.not_in(used)))


# Reading

_LIGHT = (
    outbox.c.id,
    outbox.c.chat_id,
    outbox.c.lane,
    outbox.c.priority,
    outbox.c.after_ids,
    outbox.c.not_before,
    outbox.c.expires_at,
)


async def highest_id(tx: Tx) -> int:
    """Return the highest number in use, to seed :class:`~bot.kernel.ids.IdSource` with."""
    rows = [(await tx.execute(select(func.max(table.c.id)))).scalar() for table in (outbox, blobs)]
    return max(row or 0 for row in rows)


async def waiting_beyond(tx: Tx, frontier: tuple[int, int], awake: datetime, limit: int) -> list[Waiting]:
    """Return the next waiting effects after ``(priority, id)``, in order, without those that sleep past ``awake``."""
    beyond = tuple_(outbox.c.priority, outbox.c.id) > tuple_(*frontier)
    up = or_(outbox.c.not_before.is_(None), outbox.c.not_before <= awake)
    query = select(*_LIGHT).where(_IS_WAITING, beyond, up).order_by(outbox.c.priority, outbox.c.id).limit(limit)
    return await _light(tx, query)


async def waiting_among(tx: Tx, ids: Iterable[int]) -> list[Waiting]:
    """Return those of the effects that wait, in order."""
    query = select(*_LIGHT).where(_IS_WAITING, outbox.c.id.in_(list(ids)))
    return await _light(tx, query.order_by(outbox.c.priority, outbox.c.id))


async def waking(tx: Tx, since: datetime, until: datetime) -> list[Waiting]:
    """Return the waiting effects whose time came in ``(since, until]``."""
    asleep = text("tg_outbox.not_before IS NOT NULL")
    span = and_(outbox.c.not_before > since, outbox.c.not_before <= until)
    return await _light(tx, select(*_LIGHT).where(_IS_WAITING, asleep, span))


async def next_waking(tx: Tx, since: datetime) -> datetime | None:
    """Return when the next sleeping effect wakes."""
    asleep = text("tg_outbox.not_before IS NOT NULL")
    query = select(func.min(outbox.c.not_before)).where(_IS_WAITING, asleep, outbox.c.not_before > since)
    found: datetime | None = (await tx.execute(query)).scalar()
    return found


async def _light(tx: Tx, query: Select[Any]) -> list[Waiting]:
    return [
        Waiting(r.id, r.chat_id, Lane(r.lane), r.priority, _after(r.after_ids), r.not_before, r.expires_at)
        for r in await tx.execute(query)
    ]


def _after(ids: str | None) -> tuple[int, ...]:
    return tuple(json.loads(ids)) if ids else ()


async def still_open(tx: Tx, ids: Iterable[int]) -> set[int]:
    """Return those of the effects that are not ended yet."""
    wanted = list(ids)
    if not wanted:
        return set()
    is_open = outbox.c.state.in_(["waiting", "claimed"])
    return {row.id for row in await tx.execute(select(outbox.c.id).where(outbox.c.id.in_(wanted), is_open))}


async def lock_waiting(tx: Tx, ids: Sequence[int]) -> list[Row]:
    """Read effects in full that still wait; until the commit nobody else changes them."""
    query = select(outbox).where(_IS_WAITING, outbox.c.id.in_(ids)).order_by(outbox.c.id).with_for_update()
    return [_row(found) for found in await tx.execute(query)]


async def lock_chat(tx: Tx, chat_id: int) -> list[Row]:
    """Read in full what waits for a chat; until the commit nobody else changes it."""
    query = select(outbox).where(_IS_WAITING, outbox.c.chat_id == chat_id).order_by(outbox.c.id).with_for_update()
    return [_row(found) for found in await tx.execute(query)]


async def claimed(tx: Tx) -> list[Row]:
    """Return what a crash left claimed."""
    return [_row(found) for found in await tx.execute(select(outbox).where(_IS_CLAIMED).order_by(outbox.c.id))]


async def due_results(tx: Tx) -> list[tuple[Row, Ending]]:
    """Return ended effects of whose end somebody is still to be told."""
    ended = outbox.c.state.not_in(["waiting", "claimed"])
    has_end = text("tg_outbox.done_at IS NOT NULL")
    found = await tx.execute(select(outbox).where(has_end, ended, outbox.c.result_due.is_(True)).order_by(outbox.c.id))
    return [(_row(row), _ending(row)) for row in found]


def _row(found: Any) -> Row:
    result = found.capability and fx.OnResult(found.capability, found.result_kind, found.result_key)
    return Row(
        found.id,
        found.chat_id,
        found.group_id,
        Lane(found.lane),
        found.priority,
        fx.decode(found.body),
        _after(found.after_ids),
        found.not_before,
        found.expires_at,
        found.attempts,
        found.coalesce_key,
        found.card_id,
        result or None,
    )


def _ending(found: Any) -> Ending:
    refusal = fx.Refusal(found.refusal) if found.refusal else None
    return Ending(State(found.state), found.message_id, found.value, refusal, found.error or "")


async def messages_of(tx: Tx, ids: Iterable[int]) -> dict[int, tuple[int | None, int]]:
    """Return chat and message id of effects that were sent; the others are left out."""
    wanted = list(ids)
    if not wanted:
        return {}
    columns = (outbox.c.id, outbox.c.chat_id, outbox.c.message_id)
    done = and_(outbox.c.state == "sent", outbox.c.message_id.is_not(None))
    found = await tx.execute(select(*columns).where(outbox.c.id.in_(wanted), done))
    return {row.id: (row.chat_id, row.message_id) for row in found}


async def blob(tx: Tx, blob_id: int) -> bytes | None:
    """Return the bytes of a file we made."""
    found: bytes | None = (await tx.execute(select(blobs.c.data).where(blobs.c.id == blob_id))).scalar()
    return found


async def recall(tx: Tx, effect_id: int) -> fx.AnyEffect | None:
    """Return an effect as it was put, to put it again; its references are those of then."""
    body = (await tx.execute(select(outbox.c.body).where(outbox.c.id == effect_id))).scalar()
    return None if body is None else fx.decode(body)
