"""Planning events, signing up, and what becomes of the line: state, timers and the audit log in one transaction.

Every function that changes something first locks the group, so that what it reads stays true until the commit.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from bot.audit import service as audit
from bot.events import store
from bot.events.rules import signup
from bot.events.rules.event import (
    REASON_LIMIT,
    REMINDERS,
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
    Plan,
    PlanFlaw,
    Reopened,
    ReopenOutcome,
    SameAsBefore,
    State,
    WouldDrop,
    flaw_of,
    losers_of,
    planned,
    reminders,
    tells_everybody,
)
from bot.events.rules.signup import Action, Notice, Outcome, Person, SignUp, SignUpState, Tally
from bot.timers import service as timers

if TYPE_CHECKING:
    from datetime import datetime

    from bot.db.engine import Tx
    from bot.kernel.ids import ChatId, GroupId, MessageId

NAME = "events"
CLOCK = "clock"
"""The one kind of timer, so that all of an event's are set in one statement; keys are ``12:start``, by event and occasion.

The occasions are the names of the reminders, ``deadline`` and ``start``, and what people have still to be told, due at once:
``moved``, ``cancelled``, ``line``. Telling runs in a turn of its own: however many are to be told, the command that caused
it stays short, and what several taps of one turn cause is told in one message.
"""
ON_IT = (SignUpState.GOING, SignUpState.WAITING)
_PREVIEW = 21
"""Names fetched for a card: one more than it shows."""


@dataclass(frozen=True, slots=True)
class Tapped:
    """What came of a tap; ``changed`` says that the card looks different."""

    event: Event
    outcome: Outcome
    changed: bool = False
    moved_up: tuple[SignUp, ...] = ()


# Planning


async def create(tx: Tx, group_id: GroupId, plan: Plan, by: Person, now: datetime) -> Created | PlanFlaw:
    """Create an event (R05), with its reminders and the timers of its deadline and start."""
    flaw = flaw_of(plan, now)
    if flaw is not None:
        return flaw
    await tx.lock((group_id,))
    event = await store.add(tx, group_id, plan, by.user_id, now)
    await _set_timers(tx, event, _times(event, now))
    await _record(tx, event, by, "created", now, after=_plain(plan))
    return Created(event)


async def edit(
    tx: Tx, group_id: GroupId, event_id: int, change: Change, by: Person, now: datetime, agreed: int | None = None
) -> EditOutcome:
    """Change one field of an event.

    ``agreed`` is how many parties the organiser has agreed to send back to the waiting list; another number asks again.
    """
    await tx.lock((group_id,))
    found = await store.by_id(tx, group_id, event_id)
    if found is None:
        return NoSuchEvent(event_id)
    before, tally = found
    plan = planned(before, change, tally, now)
    if not isinstance(plan, Plan):
        return plan
    losers = await _losers(tx, before, plan, tally)
    if losers and agreed != len(losers):
        return WouldDrop(before, plan.seats or 0, losers)
    event = replace(before, plan=plan)
    back = tuple(replace(one, state=SignUpState.WAITING, notice=Notice.MOVED_BACK) for one in losers)
    await store.change(tx, event_id, {change.field: getattr(plan, change.field)})
    await store.put(tx, event_id, back)
    moved = (
        await _move_up(tx, event, tally.taken, now) if change.field == "seats" and not back and tally.waiting else ()
    )
    told = tells_everybody(before.plan, plan) and tally.people > 0
    await _retime(tx, before, event, {"line": bool(back), "moved": told}, now)
    await _record(
        tx, event, by, "edited", now, before=_plain(before.plan, change.field), after=_plain(plan, change.field)
    )
    return Edited(before, event, change.field, moved, back, told)


async def cancel(
    tx: Tx, group_id: GroupId, event_id: int, reason: str | None, by: Person, now: datetime
) -> CancelOutcome:
    """Cancel an event; everybody on it is told."""
    found = await _live(tx, group_id, event_id, now)
    if not isinstance(found, tuple):
        return found
    event, tally = found
    reason = reason[:REASON_LIMIT] if reason else None
    await store.change(tx, event_id, {"state": State.CANCELLED.value, "reason": reason})
    if tally.people:
        await _tell(tx, event, "cancelled", now)
    await _record(tx, event, by, "cancelled", now, details={"reason": reason or ""})
    return Cancelled(replace(event, state=State.CANCELLED, reason=reason), tally.people)


async def close(tx: Tx, group_id: GroupId, event_id: int, by: Person, now: datetime) -> CloseOutcome:
    """Close the sign-up by hand: nobody comes in any more; those in line still move up."""
    found = await _live(tx, group_id, event_id, now)
    if not isinstance(found, tuple):
        return found
    event, _ = found
    if event.state is State.CLOSED:
        return SameAsBefore(event)
    await store.change(tx, event_id, {"state": State.CLOSED.value})
    await _record(tx, event, by, "closed", now)
    return Closed(replace(event, state=State.CLOSED))


async def reopen(tx: Tx, group_id: GroupId, event_id: int, by: Person, now: datetime) -> ReopenOutcome:
    """Open the sign-up again after it was closed by hand."""
    found = await _live(tx, group_id, event_id, now)
    if not isinstance(found, tuple):
        return found
    event = replace(found[0], state=State.OPEN)
    if found[0].state is State.OPEN:
        return SameAsBefore(event)
    await store.change(tx, event_id, {"state": State.OPEN.value})
    await _record(tx, event, by, "reopened", now)
    return Reopened(event, event.phase(now) is Phase.OPEN)


# Signing up


async def tap(
    tx: Tx, group_id: GroupId, event_id: int, action: Action, who: Person, now: datetime
) -> Tapped | NoSuchEvent:
    """Take a person's tap on the card, and let the line move up where it frees a seat (R05)."""
    await tx.lock((group_id,))
    found = await store.desk(tx, group_id, event_id, who.user_id)
    if found is None:
        return NoSuchEvent(event_id)
    event, tally, mine = found
    decision = signup.decide(event, tally, mine, action, who, now)
    change = decision.change
    if change is None:
        return Tapped(event, decision.outcome)
    await store.put(tx, event_id, [change])
    moved: tuple[SignUp, ...] = ()
    if decision.frees and tally.waiting:
        moved = await _move_up(tx, event, _taken_after(tally, mine, change), now, silent_for=who)
    await audit.record(
        tx,
        group_id=group_id,
        actor_id=who.user_id,
        actor_name=who.name,
        action=f"event.{_SIGNED[change.state]}",
        at=now,
        target=f"#{event.number}",
        details={"guests": change.guests, "moved_up": [one.name for one in moved if one.user_id != who.user_id]},
    )
    return Tapped(event, _said(event, tally, decision.outcome, mine, change, moved), True, moved)


async def gone(tx: Tx, group_id: GroupId, who: Person, now: datetime) -> list[int]:
    """Take a person who is no longer in the group off every event still to come; return the events that look different."""
    changed = []
    for event_id in await store.ahead_of(tx, group_id, who.user_id, now):
        done = await tap(tx, group_id, event_id, Action.LEAVE, who, now)
        if isinstance(done, Tapped) and done.changed:
            changed.append(event_id)
    return changed


def _taken_after(tally: Tally, mine: SignUp | None, change: SignUp) -> int:
    before = mine.size if mine is not None and mine.state is SignUpState.GOING else 0
    return tally.taken - before + (change.size if change.state is SignUpState.GOING else 0)


def _said(
    event: Event, tally: Tally, outcome: Outcome, mine: SignUp | None, change: SignUp, moved: tuple[SignUp, ...]
) -> Outcome:
    """Whoever makes their own party small enough to move up is in, and hears that instead."""
    for index, party in enumerate(moved):
        if party.user_id == change.user_id:
            taken = _taken_after(tally, mine, change) + sum(one.size for one in moved[: index + 1])
            return signup.In(taken, event.plan.seats, party.guests)
    return outcome


async def _move_up(
    tx: Tx, event: Event, taken: int, now: datetime, silent_for: Person | None = None
) -> tuple[SignUp, ...]:
    """Give the free seats to the head of the line; those who move up are told, but for ``silent_for``, who is told already."""
    seats = event.plan.seats
    free = None if seats is None else seats - taken
    if free is not None and free <= 0:
        return ()
    line = await store.people(tx, event.id, SignUpState.WAITING, limit=free)
    moved = signup.moving_up(event.plan, taken, line)
    if not moved:
        return ()
    quiet = silent_for.user_id if silent_for is not None else None
    moved = tuple(replace(one, notice=None) if one.user_id == quiet else one for one in moved)
    await store.put(tx, event.id, moved)
    if any(one.notice is not None for one in moved):
        await _tell(tx, event, "line", now)
    return moved


async def _losers(tx: Tx, before: Event, plan: Plan, tally: Tally) -> tuple[SignUp, ...]:
    if plan.seats is None or plan.seats == before.plan.seats or tally.taken <= plan.seats:
        return ()
    return losers_of(await store.people(tx, before.id, SignUpState.GOING), plan.seats)


# Reading


async def face(tx: Tx, event_id: int) -> tuple[Event, Tally, list[SignUp]] | None:
    """Return what a card shows: the event, its sums and the first who are on it, those who are going first."""
    return await store.face(tx, event_id, _PREVIEW)


async def numbered(tx: Tx, group_id: GroupId, number: int) -> tuple[Event, Tally] | NoSuchEvent:
    """Return an event of the group by its number."""
    return await store.by_number(tx, group_id, number) or NoSuchEvent(number)


async def get(tx: Tx, group_id: GroupId, event_id: int) -> tuple[Event, Tally] | None:
    """Return an event of the group."""
    return await store.by_id(tx, group_id, event_id)


async def upcoming(
    tx: Tx, group_id: GroupId, since: datetime, until: datetime | None = None
) -> list[tuple[Event, Tally]]:
    """Return the events that take place and start from ``since`` to before ``until``, the earliest first."""
    return await store.between(tx, group_id, since, until)


async def everybody(tx: Tx, event_id: int) -> list[SignUp]:
    """Return all who are going or waiting, in their order."""
    return await store.people(tx, event_id, *ON_IT)


async def going(tx: Tx, event_id: int) -> list[SignUp]:
    """Return all who are going, in their order."""
    return await store.people(tx, event_id, SignUpState.GOING)


# When timers come, and what Telegram answered


async def pass_start(tx: Tx, group_id: GroupId, event_id: int, now: datetime) -> bool:
    """Note that an event has begun; False if there is nothing to note (it was moved, or is cancelled)."""
    found = await store.by_id(tx, group_id, event_id)
    if found is None or found[0].state not in {State.OPEN, State.CLOSED} or found[0].plan.starts_at > now:
        return False
    await store.change(tx, event_id, {"state": State.OVER.value})
    await audit.record(tx, group_id=group_id, actor_id=None, action="event.over", at=now, target=f"#{found[0].number}")
    return True


async def take_notices(tx: Tx, event_id: int) -> list[SignUp]:
    """Return those who have to be told that they moved up or back, and note that they are told."""
    found = await store.to_tell(tx, event_id)
    if found:
        await store.told(tx, event_id)
    return found


async def card_posted(tx: Tx, event_id: int, chat_id: ChatId, message_id: MessageId) -> None:
    """Remember where an event's card stands in the group, to link to it."""
    await store.change(tx, event_id, {"card_chat_id": chat_id, "card_message_id": message_id})


async def list_asked(tx: Tx, event_id: int, chat_id: ChatId, now: datetime) -> None:
    """Note that the list of an event is on its way into a chat, so that it is not posted twice."""
    await store.change(tx, event_id, {"list_chat_id": chat_id, "list_message_id": None, "list_at": now})


async def list_posted(tx: Tx, event_id: int, message_id: MessageId) -> None:
    """Remember where the list of an event stands."""
    await store.change(tx, event_id, {"list_message_id": message_id})


async def _live(tx: Tx, group_id: GroupId, event_id: int, now: datetime) -> tuple[Event, Tally] | NotLive | NoSuchEvent:
    await tx.lock((group_id,))
    found = await store.by_id(tx, group_id, event_id)
    if found is None:
        return NoSuchEvent(event_id)
    phase = found[0].phase(now)
    return found if phase.is_live else NotLive(found[0], phase)


def _times(event: Event, now: datetime) -> dict[str, datetime]:
    """Return when something is due for an event, by occasion."""
    due = {**reminders(event.plan, now), "start": event.plan.starts_at}
    return due if event.plan.deadline is None else {**due, "deadline": event.plan.deadline}


async def _retime(tx: Tx, before: Event, event: Event, tell: dict[str, bool], now: datetime) -> None:
    """Move the timers after an edit, and set those that tell people of it."""
    due = {what: now for what, wanted in tell.items() if wanted}
    gone: list[str] = []
    if (before.plan.starts_at, before.plan.deadline) != (event.plan.starts_at, event.plan.deadline):
        due |= _times(event, now)
        gone = [what for what in (*REMINDERS, "deadline") if what not in due]
    if due:
        await _set_timers(tx, event, due)
    if gone:
        await timers.cancel_all(tx, NAME, CLOCK, [f"{event.id}:{what}" for what in gone])


async def _set_timers(tx: Tx, event: Event, due: dict[str, datetime]) -> None:
    keyed = {f"{event.id}:{what}": at for what, at in due.items()}
    await timers.set_timers(tx, NAME, CLOCK, keyed, event.group_id)


async def _tell(tx: Tx, event: Event, what: str, now: datetime) -> None:
    await _set_timers(tx, event, {what: now})


async def _record(
    tx: Tx,
    event: Event,
    by: Person,
    act: str,
    now: datetime,
    *,
    before: Any = None,
    after: Any = None,
    details: dict[str, Any] | None = None,
) -> None:
    await audit.record(
        tx,
        group_id=event.group_id,
        actor_id=by.user_id,
        actor_name=by.name,
        action=f"event.{act}",
        at=now,
        target=f"#{event.number}",
        before=before,
        after=after,
        details={"title": event.plan.title, **(details or {})},
    )


def _plain(plan: Plan, *names: str) -> dict[str, Any]:
    wanted = names or ("title", "starts_at", "seats", "guests", "deadline", "place")
    values = {name: getattr(plan, name) for name in wanted}
    return {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in values.items()}


_SIGNED = {SignUpState.GOING: "joined", SignUpState.WAITING: "waiting", SignUpState.LEFT: "left"}
