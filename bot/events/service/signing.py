"""Signing up, and what becomes of the line (R05): state, timers and the audit log in one transaction.

Every function first locks the group, so that what it reads stays true until the commit.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from bot.events import store
from bot.events.rules import house, outcomes, queue, signup
from bot.events.rules.event import NoSuchEvent
from bot.events.rules.signup import ANYBODY, Action, Newcomer, Notice, Person, SignUpState
from bot.events.service import clock, journal
from bot.kernel.ids import UserId

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.db.engine import Tx
    from bot.events.rules.event import Event
    from bot.events.rules.outcomes import Outcome
    from bot.events.rules.plan import Plan
    from bot.events.rules.signup import SignUp, Tally
    from bot.events.store.rows import Desk
    from bot.kernel.groups import Group

_ADDING: Final = frozenset({Action.JOIN, Action.MORE, Action.MAYBE})
_WRITTEN: Final = {
    SignUpState.GOING: "joined",
    SignUpState.OFFERED: "held",
    SignUpState.WAITING: "waiting",
    SignUpState.MAYBE: "maybe",
    SignUpState.DECLINED: "left",
    SignUpState.LAPSED: "left",
    SignUpState.LEFT: "left",
}


@dataclass(frozen=True, slots=True)
class Tapped:
    """What came of a person's word; ``changed`` says that the card looks different, ``mine`` where they stand now.

    ``was_offered`` says that a seat was offered to them before.
    """

    event: Event
    outcome: Outcome
    changed: bool = False
    moved_up: tuple[SignUp, ...] = ()
    mine: SignUp | None = None
    was_offered: bool = False


async def tap(
    tx: Tx, group: Group, event_id: int, action: Action, who: Person, now: datetime, tag: str = "", *, guests: int = 0
) -> Tapped | NoSuchEvent:
    """Take a person's word, and let the line move up where it frees a seat (R05). ``tag`` is their member tag.

    ``guests`` come along with somebody who joins anew.
    """
    await tx.lock((group.id,))
    desk = await store.desk(tx, group.id, event_id, who.user_id)
    if desk is None:
        return NoSuchEvent(event_id)
    newcomer = await _newcomer(tx, desk, action, who, now, tag)
    decision = signup.decide(desk.event, desk.tally, desk.mine, action, who, now, newcomer)
    if guests and action is Action.JOIN and _comes_anew(desk, decision):
        decision = signup.come(desk.event.plan, desk.tally, desk.mine, who, guests, now, newcomer)
    return await _carry_out(tx, group, desk, decision, who, who, now)


async def add_for(
    tx: Tx, group: Group, event_id: int, who: Person | str, guests: int, by: Person, now: datetime
) -> Tapped | NoSuchEvent:
    """Put somebody on the list in their stead; a name alone is a person without Telegram.

    The organiser may do so after the end of the sign-up too; deadline, tags and suspensions do not count, seats and the line do.
    """
    await tx.lock((group.id,))
    desk = await store.desk(tx, group.id, event_id, who.user_id if isinstance(who, Person) else UserId(0))
    if desk is None:
        return NoSuchEvent(event_id)
    person = who if isinstance(who, Person) else Person(UserId(-(desk.tally.last_turn + 1)), who)
    newcomer = replace(await _newcomer(tx, desk, Action.JOIN, person, now, ""), bar=None, added_by=by.user_id)
    decision = signup.decide(desk.event, desk.tally, desk.mine, Action.JOIN, person, now, newcomer)
    if guests and _comes_anew(desk, decision):
        decision = signup.come(desk.event.plan, desk.tally, desk.mine, person, guests, now, newcomer)
    if decision.change is not None and decision.change.has_telegram:
        decision = replace(decision, change=replace(decision.change, notice=Notice.ADDED))
    return await _carry_out(tx, group, desk, decision, person, by, now)


async def take_off(
    tx: Tx, group: Group, event_id: int, user_id: UserId, by: Person, now: datetime
) -> Tapped | NoSuchEvent:
    """Take somebody off the list in their stead."""
    await tx.lock((group.id,))
    desk = await store.desk(tx, group.id, event_id, user_id)
    if desk is None:
        return NoSuchEvent(event_id)
    person = Person(user_id, desk.mine.name if desk.mine is not None else "")
    if desk.mine is None or not desk.mine.state.is_on_it:
        return Tapped(desk.event, outcomes.Refused.NOT_ON_LIST, mine=desk.mine)
    decision = signup.decide(desk.event, desk.tally, desk.mine, Action.LEAVE, person, now)
    if decision.change is not None:
        notice = Notice.REMOVED if decision.change.has_telegram else None
        decision = replace(decision, change=replace(decision.change, state=SignUpState.LEFT, notice=notice))
    return await _carry_out(tx, group, desk, decision, person, by, now)


async def gone(tx: Tx, group: Group, who: Person, now: datetime) -> list[int]:
    """Take a person who is no longer in the group off every event still to come; return the events that look different."""
    changed = []
    for event_id in await store.ahead_of(tx, group.id, who.user_id, now):
        await tx.lock((group.id,))
        desk = await store.desk(tx, group.id, event_id, who.user_id)
        if desk is None:
            continue
        decision = signup.decide(desk.event, desk.tally, desk.mine, Action.LEAVE, who, now)
        if decision.change is not None:
            decision = replace(decision, change=replace(decision.change, state=SignUpState.LEFT))
            await _carry_out(tx, group, desk, decision, who, who, now)
            changed.append(event_id)
    return changed


async def name_guests(tx: Tx, group: Group, event_id: int, user_id: UserId, names: Sequence[str]) -> SignUp | None:
    """Note the names of a person's guests, as many as they bring; None if they are not on the list."""
    await tx.lock((group.id,))
    mine = await store.mine(tx, event_id, user_id)
    if mine is None or not mine.state.is_on_it:
        return None
    named = replace(mine, companions=tuple(names[: mine.guests]))
    await store.put(tx, event_id, [named])
    return named


# The line


async def move_line(
    tx: Tx, group: Group, event: Event, used: int, now: datetime, here: Person | None = None
) -> tuple[SignUp, ...]:
    """Give or offer free seats to the line; ``used`` seats are given or held. Who is ``here`` takes theirs at once, untold."""
    free = None if event.plan.seats is None else event.plan.seats - used
    if free is not None and free <= 0:
        return ()
    morning = queue.waits_for_morning(event.plan, now, group.quiet_until)
    until = queue.offer_until(event.plan, now, group.quiet_until)
    moved: list[SignUp] = []
    while True:
        line = await store.line(tx, event.id, None if event.plan.strict else free, limit=free)
        chosen = queue.next_in_line(event.plan, free, line)
        if morning is not None:
            chosen = tuple(one for one in chosen if _is(here, one))
        seated = [_seated(one, until, here) for one in chosen]
        if not seated:
            break
        await store.put(tx, event.id, seated)
        moved += seated
        free = None if free is None else free - sum(one.size for one in seated)
        if free is None or free <= 0 or event.plan.strict or morning is not None:
            break
    await _time_the_line(tx, event, moved, morning, now)
    return tuple(moved)


async def _time_the_line(
    tx: Tx, event: Event, moved: Sequence[SignUp], morning: datetime | None, now: datetime
) -> None:
    due = {"line": now} if any(one.notice is not None for one in moved) else {}
    if morning is not None:
        due["seats"] = morning
    if any(one.state is SignUpState.OFFERED for one in moved):
        lapse = await store.next_lapse(tx, event.id)
        due |= {} if lapse is None else {"lapse": lapse}
    await clock.set_all(tx, event, due)


async def hurry_offers(tx: Tx, group: Group, event: Event, now: datetime) -> tuple[SignUp, ...]:
    """Shorten the offers that stand longer than one made now would; where nobody is asked any more, give the seats."""
    until = queue.offer_until(event.plan, now, group.quiet_until)
    hurried = queue.hurried(await store.people(tx, event.id, SignUpState.OFFERED), until)
    await store.put(tx, event.id, hurried)
    await _time_the_line(tx, event, hurried, None, now)
    return hurried


def _seated(party: SignUp, until: datetime | None, here: Person | None) -> SignUp:
    return queue.seated(party, None, tell=False) if _is(here, party) else queue.seated(party, until)


def _is(person: Person | None, one: SignUp) -> bool:
    return person is not None and one.user_id == person.user_id


async def lapse_offers(tx: Tx, group: Group, event_id: int, now: datetime) -> bool:
    """Take back the offers whose time has passed, and pass the seats on; False if nobody moved.

    In quiet hours nothing lapses: who was offered a seat before them may still accept until they are over, however late the
    bot comes to it.
    """
    found = await _live(tx, group, event_id, now)
    if found is None:
        return False
    event, tally = found
    awake = queue.morning(event.plan, now, group.quiet_until)
    if awake is not None:
        await clock.set_all(tx, event, {"lapse": awake})
        return False
    offered = await store.people(tx, event_id, SignUpState.OFFERED)
    lapsed = queue.lapsed(offered, now)
    late = {one.user_id for one in lapsed}
    await store.put(tx, event_id, lapsed)
    if lapsed:
        await clock.tell(tx, event, now, "line")
        await journal.write(tx, event, None, "lapsed", now, details={"people": [one.name for one in lapsed]})
    freed = sum(one.size for one in offered if one.user_id in late)
    moved = await move_line(tx, group, event, tally.used - freed, now) if tally.waiting else ()
    await journal.write_moved(tx, event, moved, now)
    upcoming = await store.next_lapse(tx, event_id)
    if upcoming is not None:
        await clock.set_all(tx, event, {"lapse": upcoming})
    return bool(lapsed or moved)


async def fill_seats(tx: Tx, group: Group, event_id: int, now: datetime) -> bool:
    """Let the line move where quiet hours held it back; False if nobody moved."""
    found = await _live(tx, group, event_id, now)
    if found is None:
        return False
    event, tally = found
    moved = await move_line(tx, group, event, tally.used, now) if tally.waiting else ()
    await journal.write_moved(tx, event, moved, now)
    return bool(moved)


async def _live(tx: Tx, group: Group, event_id: int, now: datetime) -> tuple[Event, Tally] | None:
    await tx.lock((group.id,))
    found = await store.by_id(tx, group.id, event_id)
    return found if found is not None and found[0].phase(now).is_live else None


# One person's word


def _comes_anew(desk: Desk, decision: signup.Decision) -> bool:
    return decision.change is not None and (desk.mine is None or not desk.mine.state.is_on_it)


async def _newcomer(tx: Tx, desk: Desk, action: Action, who: Person, now: datetime, tag: str) -> Newcomer:
    """Look up a person's past, where it counts for anything."""
    rules, plan = desk.house, desk.event.plan
    if action not in _ADDING or (desk.mine is not None and desk.mine.state.is_on_it):
        return ANYBODY
    if rules.order is house.Order.TIME and rules.suspend_after is None and rules.most_ahead is None and not plan.tags:
        return ANYBODY
    found = await store.record(tx, desk.event.group_id, who.user_id, now - house.LOOK_BACK, now)
    record = replace(found, tag=tag)
    rank, ahead = house.rank_of(rules, record, now), None
    if rules.order is house.Order.FAIR and desk.tally.waiting:
        ahead = await store.ahead_of_rank(tx, desk.event.id, rank)
    return Newcomer(rank, house.bar_of(rules, plan, record, now), ahead=ahead)


async def _carry_out(
    tx: Tx, group: Group, desk: Desk, decision: signup.Decision, who: Person, by: Person, now: datetime
) -> Tapped:
    """Store a decision, let the line move, and write it down."""
    event, tally, change = desk.event, desk.tally, decision.change
    if change is None:
        return Tapped(event, decision.outcome, mine=desk.mine)
    await store.put(tx, event.id, [change])
    if change.notice is not None:
        await clock.tell(tx, event, now, "line")
    moved: tuple[SignUp, ...] = ()
    if decision.frees and (tally.waiting or change.state is SignUpState.WAITING):
        here = who if who.user_id == by.user_id else None
        moved = await move_line(tx, group, event, _used_after(desk, change), now, here)
    mine = next((one for one in moved if one.user_id == change.user_id), change)
    details = {"guests": change.guests, "who": who.name}
    await journal.write(tx, event, by, _written(desk, decision.outcome, change, mine), now, details=details)
    at_once = mine.state is SignUpState.GOING
    await journal.write_moved(tx, event, [one for one in moved if one is not mine or not at_once], now)
    said = _said(event.plan, desk, decision.outcome, change, moved)
    was_offered = desk.mine is not None and desk.mine.state is SignUpState.OFFERED
    return Tapped(event, said, True, moved, mine, was_offered)


def _written(desk: Desk, outcome: Outcome, change: SignUp, mine: SignUp) -> str:
    """Return what the log calls a word; whom the line offers a seat at once was put into it first."""
    if isinstance(outcome, outcomes.Confirmed):
        return "confirmed"
    before = desk.mine.state if desk.mine is not None else None
    if before is SignUpState.OFFERED and change.state is SignUpState.GOING:
        return "accepted"
    return _WRITTEN[change.state if mine.state is SignUpState.OFFERED else mine.state]


def _used_after(desk: Desk, change: SignUp) -> int:
    before = desk.mine.size if desk.mine is not None and desk.mine.state.holds_seats else 0
    return desk.tally.used - before + (change.size if change.state.holds_seats else 0)


def _said(plan: Plan, desk: Desk, outcome: Outcome, change: SignUp, moved: tuple[SignUp, ...]) -> Outcome:
    """Whoever makes their own party small enough to move up is in, and hears that instead."""
    for index, party in enumerate(moved):
        if party.user_id == change.user_id and party.state is SignUpState.GOING:
            taken = _used_after(desk, change) + sum(one.size for one in moved[: index + 1])
            return outcomes.In(taken, plan.seats, party.guests)
    return outcome
