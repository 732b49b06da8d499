"""Planning events (R05): create, publish, edit, cancel, close and reopen."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.events import store
from bot.events.rules import queue
from bot.events.rules.event import (
    REASON_LIMIT,
    Cancelled,
    CancelOutcome,
    Change,
    Closed,
    CloseOutcome,
    Created,
    Edited,
    EditOutcome,
    Event,
    NoSuchEvent,
    NotLive,
    Phase,
    Reopened,
    ReopenOutcome,
    SameAsBefore,
    State,
    WouldDrop,
    planned,
    tells_calendars,
    tells_everybody,
)
from bot.events.rules.plan import Plan, PlanFlaw, flaw_of
from bot.events.rules.signup import Person, SignUp, SignUpState, Tally
from bot.events.service import clock, journal
from bot.events.service.signing import hurry_offers, move_line

if TYPE_CHECKING:
    from datetime import datetime

    from bot.db.engine import Tx
    from bot.kernel.groups import Group
    from bot.kernel.ids import GroupId

_MOVES_LINE = frozenset({"seats", "strict", "automatic", "starts_at"})
"""The fields by which free seats go to others, or at another time."""
_HURRIES_OFFERS = frozenset({"seats", "automatic", "starts_at"})
"""The fields by which offers may stand too long, or for nothing."""


async def create(
    tx: Tx,
    group_id: GroupId,
    plan: Plan,
    by: Person,
    now: datetime,
    *,
    draft: bool = False,
    series: int | None = None,
) -> Created | PlanFlaw:
    """Create an event (R05), with its timers; a draft is seen by organisers only, and has none."""
    flaw = flaw_of(plan, now)
    if flaw is not None:
        return flaw
    await tx.lock((group_id,))
    state = State.DRAFT if draft else State.OPEN
    event = await store.add(tx, group_id, plan, by.user_id, now, state, series)
    if not draft:
        await clock.start(tx, event, now)
    await journal.write(tx, event, by, "drafted" if draft else "created", now, after=journal.plain(plan))
    return Created(event)


async def publish(tx: Tx, group_id: GroupId, event_id: int, by: Person | None, now: datetime) -> Created | EditOutcome:
    """Let members see a draft and sign up."""
    found = await _live(tx, group_id, event_id, now)
    if not isinstance(found, tuple):
        return found
    event = found[0]
    if event.state is not State.DRAFT:
        return SameAsBefore(event)
    flaw = flaw_of(event.plan, now)
    if flaw is not None:
        return flaw
    event = replace(event, state=State.OPEN)
    await store.change(tx, event_id, {"state": State.OPEN.value})
    await clock.start(tx, event, now)
    await journal.write(tx, event, by, "created", now, after=journal.plain(event.plan))
    return Created(event)


async def edit(
    tx: Tx, group: Group, event_id: int, change: Change, by: Person, now: datetime, agreed: int | None = None
) -> EditOutcome:
    """Change a field of an event, and what changes with it.

    ``agreed`` is the mark of those whom the organiser has agreed to send back to the waiting list; for others they are asked
    again.
    """
    await tx.lock((group.id,))
    found = await store.by_id(tx, group.id, event_id)
    if found is None:
        return NoSuchEvent(event_id)
    before, tally = found
    plan = planned(before, change, tally, now)
    if not isinstance(plan, Plan):
        return plan
    losers = await _losers(tx, before, plan, tally)
    mark = queue.mark_of(losers)
    if losers and agreed != mark:
        return WouldDrop(before, plan.seats or 0, losers, mark)
    event = await _write_plan(tx, before, plan)
    back = tuple(queue.moved_back(one) for one in losers)
    await store.put(tx, event_id, back)
    moved: tuple[SignUp, ...] = ()
    if not _HURRIES_OFFERS.isdisjoint(change.values) and tally.offers:
        moved = await hurry_offers(tx, group, event, now)
    if not _MOVES_LINE.isdisjoint(change.values) and (tally.waiting or back):
        used = tally.used - sum(one.size for one in losers)
        moved += await move_line(tx, group, event, used, now)
    told = tells_everybody(before.plan, plan) and tally.people > 0 and event.state is not State.DRAFT
    await _tell_of_edit(tx, before, event, change, now, told=told, line=bool(back))
    await journal.write(
        tx,
        event,
        by,
        "edited",
        now,
        before=journal.plain(before.plan, *change.values),
        after=journal.plain(plan, *change.values),
    )
    await journal.write_moved(tx, event, moved, now)
    return Edited(before, event, change.field, moved, back, told, tuple(change.also))


async def _write_plan(tx: Tx, before: Event, plan: Plan) -> Event:
    sequence = before.sequence + tells_calendars(before.plan, plan)
    values = store.columns_of(plan) | {"sequence": sequence}
    old = store.columns_of(before.plan) | {"sequence": before.sequence}
    await store.change(tx, before.id, {name: value for name, value in values.items() if old[name] != value})
    return replace(before, plan=plan, sequence=sequence)


async def _tell_of_edit(
    tx: Tx, before: Event, event: Event, change: Change, now: datetime, *, told: bool, line: bool
) -> None:
    if event.state is State.DRAFT:
        return
    if before.plan.starts_at != event.plan.starts_at:
        await store.unconfirm(tx, event.id)
    calendars = before.sequence != event.sequence
    wanted = ((f"changed-{change.field}", told), ("line", line), ("calendars", calendars))
    tell = [what for what, is_wanted in wanted if is_wanted]
    await clock.retime(tx, before, event, tell, now)


async def cancel(
    tx: Tx, group_id: GroupId, event_id: int, reason: str | None, by: Person | None, now: datetime
) -> CancelOutcome:
    """Cancel an event; everybody on it is told."""
    found = await _live(tx, group_id, event_id, now)
    if not isinstance(found, tuple):
        return found
    event, tally = found
    reason = reason[:REASON_LIMIT] if reason else None
    values = {"state": State.CANCELLED.value, "reason": reason, "sequence": event.sequence + 1}
    await store.change(tx, event_id, values)
    if event.state is not State.DRAFT:
        await clock.tell(tx, event, now, *(("cancelled",) if tally.people else ()), "calendars")
    await journal.write(tx, event, by, "cancelled", now, details={"reason": reason or ""})
    return Cancelled(replace(event, state=State.CANCELLED, reason=reason), tally.people)


async def close(tx: Tx, group_id: GroupId, event_id: int, by: Person, now: datetime) -> CloseOutcome:
    """Close the sign-up by hand: nobody comes in any more; those in line still move up."""
    found = await _live(tx, group_id, event_id, now)
    if not isinstance(found, tuple):
        return found
    event, _ = found
    if event.state is not State.OPEN:
        return SameAsBefore(event)
    await store.change(tx, event_id, {"state": State.CLOSED.value})
    await journal.write(tx, event, by, "closed", now)
    return Closed(replace(event, state=State.CLOSED))


async def reopen(tx: Tx, group_id: GroupId, event_id: int, by: Person, now: datetime) -> ReopenOutcome:
    """Open the sign-up again after it was closed by hand."""
    found = await _live(tx, group_id, event_id, now)
    if not isinstance(found, tuple):
        return found
    event = replace(found[0], state=State.OPEN)
    if found[0].state is not State.CLOSED:
        return SameAsBefore(found[0])
    await store.change(tx, event_id, {"state": State.OPEN.value})
    await journal.write(tx, event, by, "reopened", now)
    return Reopened(event, event.phase(now) is Phase.OPEN)


async def _losers(tx: Tx, before: Event, plan: Plan, tally: Tally) -> tuple[SignUp, ...]:
    if plan.seats is None or plan.seats == before.plan.seats or tally.used <= plan.seats:
        return ()
    return queue.losers_of(await store.people(tx, before.id, SignUpState.GOING, SignUpState.OFFERED), plan)


async def _live(tx: Tx, group_id: GroupId, event_id: int, now: datetime) -> tuple[Event, Tally] | NotLive | NoSuchEvent:
    await tx.lock((group_id,))
    found = await store.by_id(tx, group_id, event_id)
    if found is None:
        return NoSuchEvent(event_id)
    phase = found[0].phase(now)
    return found if phase.is_live else NotLive(found[0], phase)
