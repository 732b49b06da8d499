"""The use cases of the time before an event (R05). What changes something locks the group first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.events import service as core
from bot.events import store as events
from bot.events.before import rules, store
from bot.events.before.rules import Asking, Freed, NobodyAsked, NobodySilent, Post, TooFew, Weather, WouldFree
from bot.events.rules.event import Cancelled, NoSuchEvent, NotLive
from bot.events.rules.queue import mark_of
from bot.events.rules.schedule import MINIMUM
from bot.events.rules.signup import SignUpState
from bot.events.service import clock, journal
from bot.events.service.signing import move_line

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from bot.db.engine import Tx
    from bot.events.rules.event import Event
    from bot.events.rules.signup import Person, SignUp, Tally
    from bot.kernel.groups import Group
    from bot.kernel.ids import GroupId, UserId


async def weather(tx: Tx, event: Event, tally: Tally, now: datetime) -> Weather:
    """Return how the list of an event stands."""
    going = await core.going(tx, event.id)
    asking = rules.asked(await store.asking(tx, event.id), event.plan)
    unasked = tuple(one for one in going if not one.has_telegram)
    rows = await store.answers_of(tx, event.id) if event.plan.questions else []
    silent = rules.unanswered(going, asking)
    return Weather(now, event, tally, asking, silent, unasked, rules.summed(event.plan, rows))


async def ask(
    tx: Tx, group_id: GroupId, event_id: int, now: datetime, by: Person | None = None
) -> tuple[Event, tuple[SignUp, ...]] | None:
    """Note that people are asked whether they are still coming, and return whom that means; None if it is not the time.

    An organiser (``by``) may have them asked earlier than a day ahead.
    """
    await tx.lock((group_id,))
    found = await core.get(tx, group_id, event_id)
    if found is None or not found[0].phase(now).is_live:
        return None
    event = found[0]
    asking = await store.asking(tx, event_id)
    if not rules.may_ask(event.plan, asking, now, by_hand=by is not None):
        return None
    before, going = rules.asked(asking, event.plan), await core.going(tx, event_id)
    old = rules.outdated(going, before, now)
    if old:
        await events.put(tx, event_id, old)
    stale = {one.user_id: one for one in old}
    silent = rules.unanswered([stale.get(one.user_id, one) for one in going], before)
    if silent or before is None:
        await store.keep_asking(tx, event_id, Asking(event.plan.starts_at, before.first_at if before else now, now))
    if silent:
        await journal.write(tx, event, by, "asked", now, details={"people": len(silent)})
    return event, silent


async def free(
    tx: Tx, group: Group, event_id: int, agreed: int | None, by: Person, now: datetime
) -> Freed | WouldFree | NobodyAsked | NobodySilent | NotLive | NoSuchEvent:
    """Free the seats of those who did not answer.

    ``agreed`` is the mark of those whom the organiser was shown; for others they are asked again.
    """
    await tx.lock((group.id,))
    found = await core.get(tx, group.id, event_id)
    if found is None:
        return NoSuchEvent(event_id)
    event, tally = found
    if not event.phase(now).is_live:
        return NotLive(event, event.phase(now))
    asking = rules.asked(await store.asking(tx, event_id), event.plan)
    if asking is None:
        return NobodyAsked(event)
    silent = rules.unanswered(await core.going(tx, event_id), asking)
    if not silent:
        return NobodySilent(event)
    if agreed != mark_of(silent):
        return WouldFree(event, silent, mark_of(silent))
    await events.put(tx, event_id, rules.taken_off(silent))
    await clock.tell(tx, event, now, "line")
    used = tally.used - sum(one.size for one in silent)
    moved = await move_line(tx, group, event, used, now) if tally.waiting else ()
    await journal.write(tx, event, by, "freed", now, details={"people": [one.name for one in silent]})
    await journal.write_moved(tx, event, moved, now)
    return Freed(event, silent, moved)


# Enough people


async def decided_at(tx: Tx, event: Event) -> datetime | None:
    """Return when it will be decided whether an event has people enough; None if that has been done."""
    return await clock.due_at(tx, event, MINIMUM)


async def decide(
    tx: Tx, group_id: GroupId, event_id: int, reason_of: Callable[[TooFew], str], now: datetime
) -> tuple[Event, TooFew, int] | None:
    """Cancel an event that has too few people when that is to be decided (R05); None if it takes place, or not yet.

    The last of what is returned is how many people were on it: they are told.
    """
    await tx.lock((group_id,))
    found = await core.get(tx, group_id, event_id)
    if found is None:
        return None
    few = rules.called_off(*found, now)
    if few is None:
        return None
    done = await core.cancel(tx, group_id, event_id, reason_of(few), None, now)
    return (done.event, few, done.people) if isinstance(done, Cancelled) else None


# Calendars


async def take_calendar(tx: Tx, event_id: int, user_id: UserId) -> None:
    """Note that somebody took an event into their calendar: they get the entry anew when it changes."""
    await store.take_calendar(tx, event_id, user_id)


async def calendars_of(tx: Tx, event_id: int) -> list[tuple[UserId, bool]]:
    """Return who has an event in their calendar, and whether they are going; who left, or was taken off, is told no more."""
    return [
        (user_id, state is SignUpState.GOING)
        for user_id, state in await store.calendars_of(tx, event_id)
        if state is not SignUpState.LEFT
    ]


async def is_going(tx: Tx, event_id: int, user_id: UserId) -> bool:
    """Say whether somebody has a seat."""
    mine = await core.standing_of(tx, event_id, user_id)
    return mine is not None and mine.state is SignUpState.GOING


# Calling people in


async def last_post(tx: Tx, event_id: int) -> Post | None:
    """Return the post that called people in last, and forget it: another takes its place."""
    found = await store.post(tx, event_id)
    if found is not None:
        await store.forget_post(tx, event_id)
    return found


async def last_picture(tx: Tx, event_id: int) -> Post | None:
    """Return the picture that stood before that post, and forget it."""
    found = await store.picture(tx, event_id)
    if found is not None:
        await store.forget_picture(tx, event_id)
    return found


async def pictured(tx: Tx, event_id: int, post: Post) -> None:
    """Remember where the picture before a post that calls people in has come to stand."""
    await store.keep_picture(tx, event_id, post)


async def posted(tx: Tx, event_id: int, post: Post) -> None:
    """Remember where a post that calls people in has come to stand."""
    await store.keep_post(tx, event_id, post)
    await core.card_posted(tx, event_id, post.chat_id, post.message_id)
