"""The ways in without the organiser: the code and the link of an event, and who comes by them."""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from bot.events import store as core
from bot.events.door import store
from bot.events.door.rules import checkin as rules
from bot.events.door.rules.checkin import AlreadyHere, CheckedIn, Hours, NotOnList, Shut, WalkedIn
from bot.events.door.rules.ways import (
    TOKEN_BYTES,
    AtDoor,
    CodeOutcome,
    Door,
    Locked,
    NoDoor,
    Tries,
    WrongCode,
    digits_for,
)
from bot.events.door.service.checkin import carry_out
from bot.events.rules.plan import MOST_MINUTES
from bot.events.rules.signup import SignUpState
from bot.events.service import journal

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from bot.db.engine import Tx
    from bot.events.rules.event import Event
    from bot.events.rules.signup import Person, Tally
    from bot.kernel.groups import Group
    from bot.kernel.ids import GroupId, UserId

_LONGEST: Final = timedelta(minutes=MOST_MINUTES) + rules.STAYS_OPEN
"""How long ago an event may have begun whose door is still open."""
_FAR_AHEAD: Final = timedelta(days=366 * 6)
"""Beyond any event: a time that people type is at most five years ahead."""


async def door_of(tx: Tx, event_id: int) -> Door:
    """Return what is settled about the door of an event."""
    return await store.door(tx, event_id)


async def offering(tx: Tx, events: Collection[Event], now: datetime) -> set[int]:
    """Return the ids of those events whose members are offered the check-in by code now."""
    return await store.taking_codes(tx, [event.id for event in events if rules.offers_check_in(event, now)])


async def ways(tx: Tx, group: Group, event: Event, tally: Tally, now: datetime) -> Door:
    """Return the door with its code and link, which are made if there are none yet."""
    await tx.lock((group.id,))
    door = await store.door(tx, event.id)
    if door.code is not None:
        return door
    door = await _fresh(tx, group, door, tally, now)
    await store.put_door(tx, door)
    return door


async def renew(tx: Tx, group: Group, event: Event, tally: Tally, by: Person, now: datetime) -> Door:
    """Make a new code and a new link; the old ones are worth nothing any more."""
    await tx.lock((group.id,))
    door = await _fresh(tx, group, await store.door(tx, event.id), tally, now)
    await store.put_door(tx, door)
    await journal.write(tx, event, by, "new_code", now)
    return door


async def allow_walk_ins(tx: Tx, group: Group, event: Event, allowed: bool, by: Person, now: datetime) -> Door:
    """Settle whether people who are not on the list come in by code or link."""
    await tx.lock((group.id,))
    before = await store.door(tx, event.id)
    if before.walk_ins == allowed:
        return before
    door = replace(before, walk_ins=allowed)
    await store.put_door(tx, door)
    await journal.write(tx, event, by, "walk_ins_allowed" if allowed else "walk_ins_refused", now)
    return door


async def _fresh(tx: Tx, group: Group, door: Door, tally: Tally, now: datetime) -> Door:
    """Make a code that no other event of the group has, and a token."""
    taken = {code for _, code in await store.open_doors(tx, (group.id,), None, now - _LONGEST, now + _FAR_AHEAD)}
    taken |= {door.code or ""}
    digits = digits_for(tally.people)
    code = _code(digits)
    while code in taken:
        code = _code(digits)
    return replace(door, code=code, token=secrets.token_urlsafe(TOKEN_BYTES))


def _code(digits: int) -> str:
    return f"{secrets.randbelow(10**digits):0{digits}}"


# Coming in


async def is_any_open(tx: Tx, groups: Collection[GroupId], user_id: UserId | None, now: datetime) -> bool:
    """Say whether an event of these groups, or one whose list a person is on, takes a code now."""
    found = await store.open_doors(tx, groups, user_id, now - _LONGEST, now + rules.OPENS_AHEAD)
    return any(rules.hours(event, now) is Hours.OPEN for event, _ in found)


async def by_code(
    tx: Tx, groups: Collection[GroupId], who: Person, code: str, now: datetime, *, anywhere: bool
) -> CodeOutcome:
    """Check in who typed a code (R05); a wrong one is counted. ``anywhere`` lets it be of any event whose list they are on."""
    user_id = who.user_id if anywhere else None
    known = await store.open_doors(tx, groups, user_id, now - _LONGEST, now + _FAR_AHEAD)
    matching = [event for event, theirs in known if secrets.compare_digest(theirs, code)]
    if not matching and all(rules.hours(event, now) is not Hours.OPEN for event, _ in known):
        return NoDoor()
    tries = await store.tries_of(tx, who.user_id)
    until = tries.locked_until(now) if tries is not None else None
    if until is not None:
        return Locked(until)
    if not matching:
        return await _wrong(tx, who, tries, now)
    event = await _meant(tx, matching, who, now)
    if tries is not None:
        await store.forget_tries(tx, who.user_id)
    return await arrive(tx, event, who, now)


async def _wrong(tx: Tx, who: Person, tries: Tries | None, now: datetime) -> CodeOutcome:
    noted = Tries(now, 0).once_more(now) if tries is None else tries.once_more(now)
    await store.put_tries(tx, who.user_id, noted)
    until = noted.locked_until(now)
    return WrongCode(noted.left(now)) if until is None else Locked(until)


async def _meant(tx: Tx, matching: Sequence[Event], who: Person, now: datetime) -> Event:
    """Choose among events of one code: one that is open before others, and there one the person is going to."""
    is_open = [event for event in matching if rules.hours(event, now) is Hours.OPEN] or matching
    for event in is_open:
        mine = await core.mine(tx, event.id, who.user_id)
        if mine is not None and mine.state is SignUpState.GOING:
            return event
    return is_open[0]


async def by_token(tx: Tx, token: str) -> Event | None:
    """Return the event whose link carries this token."""
    return await store.by_token(tx, token)


async def is_on_list(tx: Tx, event: Event, who: Person) -> bool:
    """Say whether somebody is on the list of an event: who is, is known in its group."""
    mine = await core.mine(tx, event.id, who.user_id)
    return mine is not None and mine.state.is_on_it


async def arrive(tx: Tx, event: Event, who: Person, now: datetime) -> AtDoor:
    """Check in somebody at an event by their own word, if they are going or may walk in."""
    await tx.lock((event.group_id,))
    desk, door = await core.desk(tx, event.group_id, event.id, who.user_id), await store.door(tx, event.id)
    if desk is None:
        return AtDoor(event, Shut(Hours.CANCELLED))
    event, mine = desk.event, desk.mine
    if mine is not None and rules.is_here(mine):
        return AtDoor(event, AlreadyHere(mine))
    now_is = rules.hours(event, now)
    if now_is is not Hours.OPEN or door.closed_at is not None:
        return AtDoor(event, Shut(now_is, closed=now_is is Hours.OPEN))
    if (mine is None or not mine.state.holds_seats) and not door.walk_ins:
        return AtDoor(event, NotOnList(None if mine is None else mine.state))
    fresh = rules.newcomer(who, desk.tally.last_turn + 1, now, None)
    step = rules.walk_in(event.plan, desk.tally.taken, mine, fresh, now)
    done = await carry_out(tx, event, step, who, now)
    outcome = done.outcome
    if not isinstance(outcome, CheckedIn | AlreadyHere | WalkedIn | NotOnList):
        raise TypeError(f"nobody comes in by {outcome}")
    return AtDoor(event, outcome)
