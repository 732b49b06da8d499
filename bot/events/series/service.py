"""Series: begin, open their dates, skip, move, take over, end; state, timer and the audit log in one transaction."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from bot.audit import service as audit
from bot.events import service as events
from bot.events.rules.event import Change, Created, Edited, Event, SameAsBefore
from bot.events.rules.signup import Person, Presence, SignUpState
from bot.events.series import rules, store
from bot.events.series.rules import (
    AlreadyRepeats,
    Begun,
    Changed,
    Ended,
    Flaw,
    Moved,
    NoSuchDate,
    Series,
    SeriesState,
    Skipped,
    Slot,
)
from bot.kernel.times import to_local
from bot.members import service as members
from bot.timers import service as timers

if TYPE_CHECKING:
    from datetime import date, datetime

    from bot.db.engine import Tx
    from bot.events.rules.plan import Field
    from bot.kernel.groups import Group
    from bot.kernel.ids import GroupId
    from bot.kernel.recurrence import Recurrence

TIMER: Final = "series"
"""The kind of timer that opens the next date of a series; its key is the id of the series."""
_MOST_AT_ONCE: Final = 3
"""How many dates are opened in one turn, where many are due: the timer comes again for the rest."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What an organiser settles for a series beside its rule."""

    ahead: int = rules.DEFAULT_AHEAD
    regulars: bool = False
    holidays: bool = True


async def begin(
    tx: Tx, group: Group, event: Event, rule: Recurrence, wishes: Wishes, by: Person, now: datetime
) -> Begun | AlreadyRepeats:
    """Let an event come again. If the rule has its day, the event itself is the first date, even if it is over."""
    await tx.lock((group.id,))
    before = None if event.series is None else await store.by_id(tx, event.series)
    if before is not None and before.state is SeriesState.ACTIVE:
        return AlreadyRepeats(before)
    new = Series(0, group.id, 0, event.plan, rule, by.user_id, by.name, wishes.ahead, wishes.regulars, wishes.holidays)
    made = await store.add(tx, new)
    if rules.has_day(rule, event.plan.starts_at):
        day = to_local(event.plan.starts_at, rule.tz).date()
        made = await _keep_date(tx, rules.opened(made, day, event.id, event.plan.starts_at), day)
        await store.mark(tx, event.id, made.id)
    await _wind(tx, group, made, now)
    await _record(tx, made, by, "begun", now, details={"event": event.number})
    return Begun(made)


async def find(tx: Tx, group_id: GroupId, number: int) -> Series | None:
    """Return a series of a group by its number."""
    return await store.by_number(tx, group_id, number)


async def get(tx: Tx, group_id: GroupId, series_id: int) -> Series | None:
    """Return a series of a group."""
    found = await store.by_id(tx, series_id)
    return found if found is not None and found.group_id == group_id else None


async def active(tx: Tx, group_id: GroupId) -> list[Series]:
    """Return the series of a group that go on, by their number."""
    return await store.active(tx, group_id)


# Dates


async def open_due(tx: Tx, group: Group, series_id: int, now: datetime) -> list[Event]:
    """Open the dates that are due, and wind the timer for the next; return the events that are new."""
    await tx.lock((group.id,))
    found = await get(tx, group.id, series_id)
    if found is None or found.state is SeriesState.ENDED:
        return []
    opened: list[Event] = []
    for _ in range(_MOST_AT_ONCE):
        coming = rules.next_opening(found, group, now)
        if coming is None or coming[1] > now:
            break
        found, event = await _open(tx, group, found, coming[0], now)
        if event is not None:
            opened.append(event)
    await _wind(tx, group, found, now)
    return opened


async def _open(tx: Tx, group: Group, series: Series, slot: Slot, now: datetime) -> tuple[Series, Event | None]:
    by = Person(series.created_by, series.creator_name)
    plan = rules.plan_of(series, slot, now)
    done = await events.create(tx, group.id, plan, by, now, series=series.id)
    if not isinstance(done, Created):
        # What was a fitting plan then is none today; the date is left out rather than tried for ever.
        await _record(tx, series, None, "unfit", now, details={"day": slot.starts_at.isoformat()})
        return await _keep_date(tx, rules.skipped(series, slot.day), slot.day), None
    if series.regulars:
        await _carry_over(tx, group, series, slot, done.event, now)
    opened = rules.opened(series, slot.day, done.event.id, done.event.plan.starts_at)
    return await _keep_date(tx, opened, slot.day), done.event


async def _carry_over(tx: Tx, group: Group, series: Series, slot: Slot, event: Event, now: datetime) -> None:
    """Put those on the list who came the last time, as they came then; who left the group or stayed away is not."""
    last = rules.last_event(series, slot)
    if last is None:
        return
    by = Person(series.created_by, series.creator_name)
    for one in await events.people(tx, last, SignUpState.GOING):
        if one.presence is Presence.ABSENT:
            continue
        if not one.has_telegram:
            await events.add_for(tx, group, event.id, one.name, min(one.guests, event.plan.guests), by, now)
            continue
        member = await members.member(tx, group.id, one.user_id)
        if member is not None and member.presence.is_gone:
            continue
        person = Person(one.user_id, one.name)
        await events.add_for(tx, group, event.id, person, min(one.guests, event.plan.guests), by, now)


def find_date(series: Series, group: Group, day: date, now: datetime) -> Slot | None:
    """Return a date of a series that is still to come."""
    return next((slot for slot in rules.slots(series, group, now) if slot.day == day), None)


async def skip(
    tx: Tx, group: Group, series_id: int, day: date, reason: str | None, by: Person, now: datetime
) -> Skipped | NoSuchDate | None:
    """Leave a date out; an event that it is already is cancelled. None if there is no such series."""
    found = await _locked(tx, group, series_id)
    if found is None:
        return None
    slot = find_date(found, group, day, now)
    if slot is None:
        return NoSuchDate(found)
    event = None
    if slot.event_id is not None:
        event = await _event(tx, group, slot.event_id)
        await events.cancel(tx, group.id, slot.event_id, reason, by, now)
    changed = await _keep_date(tx, rules.skipped(found, day), day)
    await _wind(tx, group, changed, now)
    await _record(tx, changed, by, "skipped", now, details={"day": slot.starts_at.isoformat()})
    return Skipped(changed, slot, event)


async def move(
    tx: Tx, group: Group, series_id: int, day: date, to: datetime, by: Person, now: datetime
) -> Moved | NoSuchDate | Flaw | None:
    """Put a date at another time; those on it are told, if it is an event already. None if there is no such series."""
    found = await _locked(tx, group, series_id)
    if found is None:
        return None
    slot = find_date(found, group, day, now)
    if slot is None:
        return NoSuchDate(found)
    if to <= now:
        return Flaw.IN_PAST
    if any(other.starts_at == to and other.day != day for other in rules.slots(found, group, now)):
        return Flaw.TAKEN
    event = None
    if slot.event_id is not None:
        event = await _event(tx, group, slot.event_id)
        if event is None or not await _move_event(tx, group, event, to, by, now):
            return NoSuchDate(found)
    changed = await _keep_date(tx, rules.moved(found, day, to), day)
    await _wind(tx, group, changed, now)
    await _record(tx, changed, by, "moved", now, details={"day": slot.starts_at.isoformat(), "to": to.isoformat()})
    return Moved(changed, slot, to, event)


async def _move_event(tx: Tx, group: Group, event: Event, to: datetime, by: Person, now: datetime) -> bool:
    """Move an event with the end of its sign-up, which stays as long before the start; False if it cannot be moved."""
    plan = event.plan
    also: dict[Field, Any] = {}
    if plan.deadline is not None:
        deadline = plan.deadline + (to - plan.starts_at)
        also["deadline"] = deadline if deadline > now else None
    done = await events.edit(tx, group, event.id, Change("starts_at", to, also), by, now)
    return isinstance(done, Edited | SameAsBefore)


# The series itself


async def take_over(tx: Tx, group: Group, event_id: int, by: Person, now: datetime) -> Changed | None:
    """Take the plan of one date over for all that are not opened yet. None if the event is no date of a series."""
    await tx.lock((group.id,))
    event = await _event(tx, group, event_id)
    found = None if event is None or event.series is None else await get(tx, group.id, event.series)
    if event is None or found is None or found.state is SeriesState.ENDED:
        return None
    return await _change(tx, group, rules.taken_over(found, event), by, now, "taken_over", {"event": event.number})


async def settle(tx: Tx, group: Group, series_id: int, wishes: Wishes, by: Person, now: datetime) -> Changed | None:
    """Change how a series is opened."""
    found = await _locked(tx, group, series_id)
    if found is None:
        return None
    changed = replace(found, ahead=wishes.ahead, regulars=wishes.regulars, holidays=wishes.holidays)
    details = {"ahead": wishes.ahead, "regulars": wishes.regulars, "holidays": wishes.holidays}
    return await _change(tx, group, changed, by, now, "settled", details)


async def set_rule(tx: Tx, group: Group, series_id: int, rule: Recurrence, by: Person, now: datetime) -> Changed | None:
    """Let the dates that are not opened yet come at other times."""
    found = await _locked(tx, group, series_id)
    if found is None:
        return None
    return await _change(tx, group, replace(found, rule=rule), by, now, "ruled", {})


async def _change(
    tx: Tx, group: Group, changed: Series, by: Person, now: datetime, act: str, details: dict[str, Any]
) -> Changed:
    await store.keep(tx, changed)
    await _wind(tx, group, changed, now)
    await _record(tx, changed, by, act, now, details=details)
    return Changed(changed)


async def end(tx: Tx, group: Group, series_id: int, by: Person, now: datetime) -> Ended | None:
    """Open no date any more; those that are open stay."""
    found = await _locked(tx, group, series_id)
    if found is None:
        return None
    ended = replace(found, state=SeriesState.ENDED)
    await store.keep(tx, ended)
    await timers.cancel(tx, events.NAME, TIMER, str(ended.id))
    await _record(tx, ended, by, "ended", now)
    return Ended(ended, len(rules.open_events(ended, now)))


async def _locked(tx: Tx, group: Group, series_id: int) -> Series | None:
    await tx.lock((group.id,))
    found = await get(tx, group.id, series_id)
    return found if found is not None and found.state is SeriesState.ACTIVE else None


async def _event(tx: Tx, group: Group, event_id: int) -> Event | None:
    found = await events.get(tx, group.id, event_id)
    return None if found is None else found[0]


async def _keep_date(tx: Tx, changed: Series, day: date) -> Series:
    await store.keep_date(tx, changed.id, day, changed.dates[day])
    return changed


async def _wind(tx: Tx, group: Group, series: Series, now: datetime) -> None:
    """Set the timer for the next date, or take it away."""
    coming = rules.next_opening(series, group, now)
    if coming is None:
        await timers.cancel(tx, events.NAME, TIMER, str(series.id))
    else:
        await timers.set_timer(tx, events.NAME, TIMER, str(series.id), max(coming[1], now), group.id)


async def _record(
    tx: Tx, series: Series, by: Person | None, act: str, now: datetime, details: dict[str, Any] | None = None
) -> None:
    await audit.record(
        tx,
        group_id=series.group_id,
        actor_id=None if by is None else by.user_id,
        actor_name="" if by is None else by.name,
        action=f"series.{act}",
        at=now,
        target=f"#{series.number}",
        details={"title": series.plan.title, **(details or {})},
    )
