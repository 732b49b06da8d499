"""Signing up in words, and forgiving missed events."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from bot.audit import service as audit
from bot.events import service as events
from bot.events.rules.event import NoSuchEvent
from bot.events.rules.house import LOOK_BACK, MISSED_COUNT_FOR, suspension
from bot.events.rules.signup import Action, SignUpState
from bot.events.signing import store
from bot.events.signing.rules import rolls
from bot.events.signing.rules.missed import Missing
from bot.events.signing.rules.rolls import Enrolled
from bot.events.signing.rules.words import Say

if TYPE_CHECKING:
    from datetime import datetime

    from bot.db.engine import Tx
    from bot.events.rules.signup import Person, SignUp
    from bot.events.service import Tapped
    from bot.events.signing.rules.rolls import Entry, Roll
    from bot.events.signing.rules.words import Word
    from bot.kernel.groups import Group
    from bot.kernel.ids import ChatId, GroupId, ThreadId, UserId

_ACTIONS: Final = {Say.COME: Action.JOIN, Say.MAYBE: Action.MAYBE, Say.NOT: Action.LEAVE}


# In words


async def say(
    tx: Tx, group: Group, event_id: int, word: Word, who: Person, now: datetime, tag: str
) -> Tapped | NoSuchEvent:
    """Take a person's word as if they had tapped; "+3" is a party of three, whatever it was before."""
    await tx.lock((group.id,))
    mine = await events.standing_of(tx, event_id, who.user_id)
    active = mine if mine is not None and mine.state.is_on_it else None
    if word.say is Say.ONE_LESS:
        action = Action.FEWER if active is not None and active.guests else Action.LEAVE
        return await events.tap(tx, group, event_id, action, who, now, tag)
    if word.say is not Say.COME or word.size is None or active is None:
        guests = 0 if word.size is None else word.size - 1
        return await events.tap(tx, group, event_id, _ACTIONS[word.say], who, now, tag, guests=guests)
    return await _resize(tx, group, event_id, active, word.size - 1, who, now, tag)


async def _resize(
    tx: Tx, group: Group, event_id: int, mine: SignUp, guests: int, who: Person, now: datetime, tag: str
) -> Tapped | NoSuchEvent:
    """Let somebody who is on the list bring so many guests, as far as there is room for them; accept what they are offered."""
    step, by = (Action.MORE, 1) if guests > mine.guests else (Action.FEWER, -1)
    stays = mine.state is SignUpState.OFFERED or guests == mine.guests
    done = await events.tap(tx, group, event_id, Action.JOIN if stays else step, who, now, tag)
    brought, changed = mine.guests + (0 if stays else by), False
    while not isinstance(done, NoSuchEvent) and done.changed and brought != guests:
        changed = True
        done = await events.tap(tx, group, event_id, step, who, now, tag)
        brought += by
    return done if isinstance(done, NoSuchEvent) else replace(done, changed=changed or done.changed)


async def enroll(
    tx: Tx, event_id: int, chat_id: ChatId, thread_id: ThreadId | None, entry: Entry, now: datetime
) -> Enrolled:
    """Add what a word came to to the message that answers it, or begin another one."""
    newest = await store.newest_roll(tx, event_id, chat_id, thread_id)
    if newest is None or not rolls.takes(newest, entry, now):
        opened = await store.open_roll(tx, event_id, chat_id, thread_id, now, entry)
        return Enrolled(opened, True, None if newest is None or rolls.is_fresh(newest, now) else newest.id)
    roll = rolls.added(newest, entry)
    await store.keep_roll(tx, roll)
    return Enrolled(roll, False)


async def roll(tx: Tx, roll_id: int) -> Roll | None:
    """Return one message that answers signing up in words."""
    return await store.roll(tx, roll_id)


# Missed events


async def missing(tx: Tx, group_id: GroupId, now: datetime) -> list[Missing]:
    """Return those who missed events that still count towards a suspension, the suspended first, then by how many."""
    house = await events.house_of(tx, group_id)
    found = await store.missed(tx, group_id, now - MISSED_COUNT_FOR)
    people = [
        Missing(user_id, name, len(times), suspension(house, times, now)) for user_id, (name, times) in found.items()
    ]
    return sorted(people, key=lambda one: (one.suspended is None, -one.missed, one.name))


async def pardon(tx: Tx, group_id: GroupId, user_id: UserId, by: Person, now: datetime) -> Missing | None:
    """Forgive somebody the events they missed in a year: they count for nothing any more. None if they missed none."""
    await tx.lock((group_id,))
    found = (await store.missed(tx, group_id, now - LOOK_BACK, user_id)).get(user_id)
    if found is None:
        return None
    name, times = found
    house = await events.house_of(tx, group_id)
    await store.excuse(tx, group_id, user_id, now - LOOK_BACK)
    await audit.record(
        tx,
        group_id=group_id,
        actor_id=by.user_id,
        actor_name=by.name,
        action="event.pardoned",
        at=now,
        target=user_id,
        target_text=name,
        details={"missed": len(times)},
    )
    return Missing(user_id, name, len(times), suspension(house, times, now))
