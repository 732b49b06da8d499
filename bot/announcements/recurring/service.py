"""Recurring announcements: begin, pause, skip, end, and what is done when a date comes; all in one transaction with the audit."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from bot.announcements import service as announcements
from bot.announcements.recurring import rules, store
from bot.announcements.recurring.rules import Already, Dates, NoDates, NoneSuch, Outcome, Phase, Recurring, Set
from bot.audit import service as audit
from bot.timers import service as timers

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from bot.announcements.rules.announcement import Announcement, By
    from bot.db.engine import Tx
    from bot.kernel.groups import Group
    from bot.kernel.ids import GroupId
    from bot.kernel.recurrence import Recurrence

TIMER: Final = "recurring"
"""The kind of timer that a date sets off; its key is the id of the recurring announcement."""


# Reading


async def get(tx: Tx, recurring_id: int) -> Recurring | None:
    """Return one by its id."""
    return await store.get(tx, recurring_id)


async def pattern_of(tx: Tx, recurring_id: int) -> int | None:
    """Return the announcement, by id, whose words go out on its dates."""
    one = await store.get(tx, recurring_id)
    return None if one is None else one.item_id


async def find(tx: Tx, group_id: GroupId, number: int) -> Recurring | NoneSuch:
    """Return the one whose pattern is the group's announcement of this number, if it goes on."""
    found = await store.by_number(tx, group_id, number)
    return NoneSuch(number) if found is None or found.phase is Phase.ENDED else found


async def going_on(tx: Tx, group_id: GroupId) -> list[Recurring]:
    """Return those of a group that are not ended, by the number of their pattern."""
    return await store.going_on(tx, group_id)


# What people do


async def begin(tx: Tx, pattern: Announcement, rule: Recurrence, by: By, now: datetime) -> Set | Already:
    """Let an announcement be the pattern of others."""
    await tx.lock([pattern.group_id])
    former = await store.by_number(tx, pattern.group_id, pattern.number)
    if former is not None and former.phase is not Phase.ENDED:
        return Already(former)
    new = rules.wound(Recurring(0, pattern.group_id, pattern.id, pattern.number, rule, by.user_id, by.name), now)
    if former is None:
        new = await store.add(tx, new)
    else:
        new = replace(new, id=former.id)
        await store.save(tx, new)
    await announcements.belong(tx, pattern, new.id)
    await _wind(tx, new)
    await _record(tx, new, by, "begun", now)
    return Set(new)


async def pause(tx: Tx, group: Group, number: int, by: By, now: datetime) -> Outcome:
    """Let no date come until it is resumed."""
    return await _change(tx, group, number, by, "paused", now, rules.paused)


async def resume(tx: Tx, group: Group, number: int, by: By, now: datetime, *, take_over: bool = False) -> Outcome:
    """Let dates come again, in the name of who says so; with ``take_over`` they answer for its words as well."""
    done = await _change(
        tx, group, number, by, "resumed", now, lambda one: rules.resumed(one, by.user_id, by.name, now)
    )
    pattern = await announcements.get(tx, done.recurring.item_id) if take_over and isinstance(done, Set) else None
    if pattern is not None:
        await announcements.take_over(tx, pattern, by, now)
    return done


async def end(tx: Tx, group: Group, number: int, by: By, now: datetime) -> Outcome:
    """Let no date come any more."""
    return await _change(tx, group, number, by, "ended", now, rules.ended)


async def skip(tx: Tx, group: Group, number: int, by: By, now: datetime, day: int | None = None) -> Outcome:
    """Leave out the next date, or the one on a day (its ordinal)."""
    await tx.lock([group.id])
    found = await find(tx, group.id, number)
    if isinstance(found, NoneSuch):
        return found
    ahead = rules.coming(found, now, group.holidays)
    wanted = (at for at in ahead if day is None or at.astimezone(found.rule.tz).toordinal() == day)
    at = next(wanted, None)
    if at is None:
        return NoDates(found)
    changed = rules.skipped(found, at, now)
    return await _keep(tx, changed, by, "skipped", now, day=at.astimezone(found.rule.tz).date().isoformat())


async def set_rule(tx: Tx, group: Group, number: int, rule: Recurrence, by: By, now: datetime) -> Outcome:
    """Let it come by another rule."""
    return await _change(
        tx, group, number, by, "ruled", now, lambda one: rules.ruled(one, rule, by.user_id, by.name, now)
    )


async def _change(
    tx: Tx, group: Group, number: int, by: By, action: str, now: datetime, change: Callable[[Recurring], Recurring]
) -> Outcome:
    await tx.lock([group.id])
    found = await find(tx, group.id, number)
    if isinstance(found, NoneSuch):
        return found
    changed = change(found)
    if action == "resumed" and changed.phase is Phase.ENDED:
        return NoDates(found)
    if changed == found:
        return Set(found)
    return await _keep(tx, changed, by, action, now)


async def _keep(tx: Tx, changed: Recurring, by: By, action: str, now: datetime, **details: str) -> Set:
    await store.save(tx, changed)
    await _wind(tx, changed)
    if changed.phase is Phase.ENDED:
        await _let_go(tx, changed)
    await _record(tx, changed, by, action, now, **details)
    return Set(changed)


# When a date comes


@dataclass(frozen=True, slots=True)
class Came:
    """A date made an announcement; ``earlier`` dates had passed with it."""

    recurring: Recurring
    pattern: Announcement
    item: Announcement
    earlier: int


@dataclass(frozen=True, slots=True)
class Stopped:
    """It is paused by itself: its pattern is none any more, or (``lost`` False) its manager may not publish any more."""

    recurring: Recurring
    pattern: Announcement | None
    lost: bool


async def come_due(
    tx: Tx, group: Group, recurring_id: int, *, may_publish: bool, now: datetime
) -> Came | Stopped | None:
    """Make the announcement of the date that has come, or pause; None if nothing is to be done now."""
    await tx.lock([group.id])
    one = await store.get(tx, recurring_id)
    if one is None or one.phase is not Phase.ACTIVE:
        return None
    dates = rules.due(one, now, group.holidays)
    if dates is None:
        await _go_on(tx, rules.passed(one, now))
        return None
    pattern = await announcements.get(tx, one.item_id)
    if pattern is None or rules.is_lost(pattern) or not may_publish:
        return await _stop(tx, one, pattern, now)
    return await _fire(tx, one, pattern, dates, now)


async def put_away(tx: Tx, pattern: Announcement, now: datetime) -> Stopped | None:
    """Pause one whose pattern has just been put away, before its next date; None if it is none, or had stopped already."""
    one = await store.get(tx, pattern.recurring_id) if pattern.recurring_id is not None else None
    if one is None or one.item_id != pattern.id or one.phase is not Phase.ACTIVE or not rules.is_lost(pattern):
        return None
    return await _stop(tx, one, pattern, now)


async def _fire(tx: Tx, one: Recurring, pattern: Announcement, dates: Dates, now: datetime) -> Came:
    item = await announcements.occur(tx, pattern, dates.last, one.manager_id, one.manager_name, now)
    after = rules.came(one, dates.last, now)
    await _go_on(tx, after)
    if dates.earlier:
        await _record(tx, one, None, "passed", now, dates=str(dates.earlier))
    if after.phase is Phase.ENDED:
        await _record(tx, after, None, "over", now)
    return Came(after, pattern, item, dates.earlier)


async def _stop(tx: Tx, one: Recurring, pattern: Announcement | None, now: datetime) -> Stopped:
    lost = rules.is_lost(pattern)
    after = rules.paused(one)
    await _go_on(tx, after)
    await _record(tx, after, None, "stopped", now)
    return Stopped(after, pattern, lost)


async def _go_on(tx: Tx, one: Recurring) -> None:
    await store.save(tx, one)
    await _wind(tx, one)
    if one.phase is Phase.ENDED:
        await _let_go(tx, one)


async def rezone(tx: Tx, group: Group, now: datetime) -> list[Recurring]:
    """Let all of a group keep their hour on its new clock; return them."""
    moved = [rules.rezoned(one, group.zone, now) for one in await going_on(tx, group.id)]
    for one in moved:
        await _go_on(tx, one)
    return moved


# Shared


async def _let_go(tx: Tx, one: Recurring) -> None:
    pattern = await announcements.get(tx, one.item_id)
    if pattern is not None:
        await announcements.belong(tx, pattern, None)


async def _wind(tx: Tx, one: Recurring) -> None:
    if one.next_at is None:
        await timers.cancel(tx, announcements.NAME, TIMER, str(one.id))
    else:
        await timers.set_timer(tx, announcements.NAME, TIMER, str(one.id), one.next_at, one.group_id)


async def _record(tx: Tx, one: Recurring, by: By | None, action: str, now: datetime, **details: Any) -> None:
    await audit.record(
        tx,
        group_id=one.group_id,
        actor_id=None if by is None else by.user_id,
        actor_name="" if by is None else by.name,
        action=f"recurring.{action}",
        at=now,
        target=f"#{one.number}",
        details=details,
    )
