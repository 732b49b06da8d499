"""What became of what was ordered: answers, new attempts, going and coming back, decisions."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.violations import store
from bot.violations.rules import orders
from bot.violations.rules.case import Act, Case, DidNot, Person, Reply, State, Why, settle
from bot.violations.rules.direct import (
    followed,
    released,
)
from bot.violations.rules.orders import Order, uncovered
from bot.violations.rules.outcomes import (
    Answered,
)
from bot.violations.service.journal import moved, record

if TYPE_CHECKING:
    from datetime import datetime

    from bot.db.engine import Tx
    from bot.kernel.ids import GroupId, UserId


async def answered(tx: Tx, case_id: int, act: Act, reply: Reply, now: datetime) -> Answered | None:
    """Note Telegram's answer, and free who is muted for nothing because of it; None if the case does not wait for it."""
    before = await store.by_id(tx, case_id)
    after = None if before is None else settle(before, act, reply)
    if before is None or after is None or after == before:
        return None
    await store.save(tx, after)
    details = {"why": reply.why.value} if isinstance(reply, DidNot) else {}
    await record(
        tx, after, None, "case.result", now, before=before.state.value, after=after.state.value, details=details
    )
    followers = await _followed(tx, after, now) if after.is_release else ()
    freed = await _freed(tx, after, now) if after.state is State.REFUSED else ()
    return Answered(after, freed, followers)


async def _followed(tx: Tx, release: Case, now: datetime) -> tuple[Case, ...]:
    before = (await store.ledger(tx, release.group_id, release.target.user_id, now)).cases
    after = followed(release, before)
    await moved(tx, before, after, now)
    return tuple(after)


async def _freed(tx: Tx, refused: Case, now: datetime) -> tuple[tuple[Case, Order], ...]:
    ledger = await store.ledger(tx, refused.group_id, refused.target.user_id, now)
    freed = uncovered(ledger.cases, now)
    for case, _order in freed:
        await store.save(tx, case)
    return tuple(freed)


async def retry(tx: Tx, case_id: int, by: Person | None, now: datetime) -> tuple[Case, Act, Order | None] | None:
    """Order once more what was refused, by hand or (``by`` None) by the clock; None if there is nothing to order."""
    found = await store.dossier(tx, case_id, now)
    again = None if found is None else orders.retry(found[0], found[1].cases, now)
    if found is None or again is None:
        return None
    await store.save(tx, again[0])
    await record(tx, again[0], by, "case.retried", now, before=found[0].state.value, after=again[0].state.value)
    if again[0].is_release:
        cases = (await store.ledger(tx, found[0].group_id, found[0].target.user_id, now)).cases
        await moved(tx, cases, released(again[0], cases), now)
    return again


async def give_up(tx: Tx, case: Case, now: datetime) -> Case:
    """Note that what was refused is not tried again, because who ordered it may not order it any more."""
    after = replace(case, why=Why.NOT_ALLOWED)
    await store.save(tx, after)
    await record(tx, after, None, "case.given_up", now)
    return after


async def gone(tx: Tx, group_id: GroupId, user_id: UserId, now: datetime) -> list[Case]:
    """Note that somebody was removed, and their mutes with them; returns the cases that this changes."""
    before = (await store.ledger(tx, group_id, user_id, now)).cases
    found = orders.paused(before, now)
    await moved(tx, before, found, now)
    return found


async def back(tx: Tx, group_id: GroupId, user_id: UserId, now: datetime) -> list[tuple[Case, Order]]:
    """Order the rest of their mutes for somebody who came back and may write."""
    before = (await store.ledger(tx, group_id, user_id, now)).cases
    found = orders.resumed(before, now)
    await moved(tx, before, [case for case, _order in found], now)
    return found


async def let_in(tx: Tx, group_id: GroupId, user_id: UserId, at: datetime, now: datetime) -> list[Case]:
    """Note that somebody's ban was ended in Telegram itself; returns the cases that this changes."""
    before = (await store.ledger(tx, group_id, user_id, now)).cases
    found = orders.let_in(before, at)
    await moved(tx, before, found, now)
    return found


async def after_mute(tx: Tx, case_id: int, now: datetime) -> tuple[Case, Order] | None:
    """Order the restriction to text that outlasts a mute, at the mute's end: Telegram then lets everything be written."""
    found = await store.dossier(tx, case_id, now)
    if found is None or found[0].is_text_only or found[0].is_removal:
        return None
    again = orders.following(found[1].cases, now)
    if again is not None:
        await store.save(tx, again[0])
    return again


async def decided(tx: Tx, case_id: int, state: State, by: Person | None, now: datetime) -> Case | None:
    """Note the decision about a removal: ``ORDERED``, ``DECLINED`` or ``LAPSED``; None if it is not waited for."""
    case = await store.by_id(tx, case_id)
    if case is None or case.state is not State.PROPOSED:
        return None
    after = replace(case, state=state, decided_by=by)
    if state is State.ORDERED and case.step.mute is not None:
        after = replace(after, mute_until=now + case.step.mute)
    await store.save(tx, after)
    await record(tx, after, by, "case.decided", now, before=case.state.value, after=state.value)
    return after
