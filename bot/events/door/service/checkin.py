"""Checking people in by the organiser's list, walk-ins, and who did not come."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.events import service as events
from bot.events import store as core
from bot.events.door import store
from bot.events.door.rules import checkin as rules
from bot.events.door.rules.checkin import (
    CheckedIn,
    ClosedBefore,
    CloseOutcome,
    DoorOutcome,
    Hours,
    ListClosed,
    Namesake,
    NotBegun,
    Shut,
    Step,
    TakenBack,
    WalkedIn,
    WouldMark,
)
from bot.events.door.rules.line import search_key
from bot.events.door.rules.panel import SEATED
from bot.events.rules.event import NoSuchEvent
from bot.events.rules.signup import Person, SignUpState
from bot.events.service import journal
from bot.kernel.ids import UserId

if TYPE_CHECKING:
    from datetime import datetime

    from bot.db.engine import Tx
    from bot.events.door.rules.ways import Door
    from bot.events.rules.event import Event
    from bot.events.rules.signup import SignUp
    from bot.events.store.rows import Desk
    from bot.kernel.groups import Group


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a word at the door; ``listed`` says that the list of who is going is another now."""

    event: Event
    outcome: DoorOutcome | Shut
    changed: bool = False
    listed: bool = False


async def come(tx: Tx, group: Group, event_id: int, user_id: UserId, by: Person, now: datetime) -> Done | NoSuchEvent:
    """Check in somebody by the organiser's list (R05); who has no seat walks in."""
    desk = await _desk(tx, group, event_id, user_id)
    if desk is None:
        return NoSuchEvent(event_id)
    shut = _shut(desk.event, now)
    if shut is not None:
        return Done(desk.event, shut)
    if desk.mine is None:
        return Done(desk.event, rules.NotOnList(None))
    step = rules.walk_in(desk.event.plan, desk.tally.taken, desk.mine, desk.mine, now)
    return await carry_out(tx, desk.event, step, by, now)


async def back(tx: Tx, group: Group, event_id: int, user_id: UserId, by: Person, now: datetime) -> Done | NoSuchEvent:
    """Take a check-in back; who walked in is off the list again."""
    desk = await _desk(tx, group, event_id, user_id)
    if desk is None:
        return NoSuchEvent(event_id)
    arrival, door = await store.arrival(tx, event_id, user_id), await store.door(tx, event_id)
    step = rules.take_back(desk.mine, arrival, closed=door.closed_at is not None)
    done = await carry_out(tx, desk.event, step, by, now)
    if done.listed:
        await events.fill_seats(tx, group, event_id, now)
    return done


async def count_guests(
    tx: Tx, group: Group, event_id: int, user_id: UserId, guests: int, by: Person, now: datetime
) -> Done | NoSuchEvent:
    """Note how many guests came along with somebody who is here."""
    desk = await _desk(tx, group, event_id, user_id)
    if desk is None:
        return NoSuchEvent(event_id)
    step = rules.count_guests(desk.mine, guests)
    return await carry_out(tx, desk.event, step, by, now)


async def let_in(
    tx: Tx, group: Group, event_id: int, who: Person | str, guests: int | None, by: Person, now: datetime
) -> Done | NoSuchEvent:
    """Let somebody in who has no seat; a name alone is a person without Telegram."""
    desk = await _desk(tx, group, event_id, who.user_id if isinstance(who, Person) else UserId(0))
    if desk is None:
        return NoSuchEvent(event_id)
    event, turn = desk.event, desk.tally.last_turn + 1
    shut = _shut(event, now)
    if shut is not None:
        return Done(event, shut)
    if isinstance(who, str):
        same = await _namesake(tx, event_id, who)
        if same is not None:
            return Done(event, Namesake(same))
        who = Person(UserId(-turn), who)
    fresh = rules.newcomer(who, turn, now, by.user_id)
    step = rules.walk_in(event.plan, desk.tally.taken, desk.mine, fresh, now, guests)
    return await carry_out(tx, event, step, by, now)


async def carry_out(tx: Tx, event: Event, step: Step, by: Person, now: datetime) -> Done:
    """Store what was decided, and write it down."""
    if step.change is not None:
        await core.put(tx, event.id, [step.change])
    if step.arrival is not None:
        await store.put_arrival(tx, event.id, step.arrival)
    if step.gone and step.change is not None:
        await store.forget_arrival(tx, event.id, step.change.user_id)
    outcome = step.outcome
    changed = step.change is not None
    listed = isinstance(outcome, WalkedIn) or (isinstance(outcome, TakenBack) and outcome.off)
    if changed:
        await _write(tx, event, outcome, by, now)
    return Done(event, outcome, changed, listed)


async def _write(tx: Tx, event: Event, outcome: DoorOutcome, by: Person, now: datetime) -> None:
    match outcome:
        case CheckedIn(one, guests):
            act, who, brought = "came", one.name, guests
        case WalkedIn(one):
            act, who, brought = "walked_in", one.name, one.guests
        case TakenBack(one):
            act, who, brought = "not_here", one.name, one.guests
        case rules.GuestsCounted(one, here):
            act, who, brought = "came", one.name, here - 1
        case _:
            return
    await journal.write(tx, event, by, act, now, details={"who": who, "guests": brought})


async def _desk(tx: Tx, group: Group, event_id: int, user_id: UserId) -> Desk | None:
    await tx.lock((group.id,))
    return await core.desk(tx, group.id, event_id, user_id)


def _shut(event: Event, now: datetime) -> Shut | None:
    """Return why not even an organiser can check anybody in."""
    now_is = rules.hours(event, now)
    return None if now_is in {Hours.OPEN, Hours.PAST} else Shut(now_is)


async def _namesake(tx: Tx, event_id: int, name: str) -> SignUp | None:
    key = search_key(name)
    same = [user_id for user_id, other in await store.names(tx, event_id, SEATED) if search_key(other) == key]
    found = await store.some(tx, event_id, SEATED, same)
    return next((guest.one for guest in found if not guest.is_here), None)


# Closing


async def close(
    tx: Tx, group: Group, event_id: int, by: Person, now: datetime, agreed: int | None = None
) -> CloseOutcome | NoSuchEvent:
    """Mark those absent who did not come; ``agreed`` is how many the organiser saw named, another number asks again."""
    await tx.lock((group.id,))
    found = await core.by_id(tx, group.id, event_id)
    if found is None:
        return NoSuchEvent(event_id)
    event, door = found[0], await store.door(tx, event_id)
    shut = _shut(event, now)
    if shut is not None:
        return shut
    if door.closed_at is not None:
        return ClosedBefore(event, door.closed_at)
    if now < event.plan.starts_at:
        return NotBegun(event)
    missing = await _missing(tx, event_id)
    if missing and agreed != len(missing):
        return WouldMark(event, missing)
    await _close(tx, event, door, missing, by, now)
    return ListClosed(event, missing)


async def expire(tx: Tx, group: Group, event: Event, now: datetime) -> tuple[SignUp, ...] | None:
    """Close a list by itself, a day after the end, if anybody was checked in; None if there is nothing to close."""
    await tx.lock((group.id,))
    door = await store.door(tx, event.id)
    if door.closed_at is not None or rules.hours(event, now) is not Hours.PAST:
        return None
    if (await store.count(tx, event.id)).here == 0:
        return None
    missing = await _missing(tx, event.id)
    await _close(tx, event, door, missing, None, now)
    return missing


async def _missing(tx: Tx, event_id: int) -> tuple[SignUp, ...]:
    """Return those who are going and have not come, marked absent."""
    going = await core.people(tx, event_id, SignUpState.GOING)
    return tuple(marked for one in going if (marked := rules.absent(one)) is not None)


async def _close(
    tx: Tx, event: Event, door: Door, missing: tuple[SignUp, ...], by: Person | None, now: datetime
) -> None:
    await core.put(tx, event.id, missing)
    await store.put_door(tx, replace(door, closed_at=now))
    await journal.write(tx, event, by, "door_closed", now, details={"people": [one.name for one in missing]})
