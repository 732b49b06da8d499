"""Reading events, and noting what passed and where things stand."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.events import store
from bot.events.rules.event import NoSuchEvent, State
from bot.events.rules.house import Order
from bot.events.rules.plan import MOST_MINUTES
from bot.events.rules.signup import SignUpState
from bot.events.service import journal

if TYPE_CHECKING:
    from datetime import datetime

    from bot.db.engine import Tx
    from bot.events.rules.event import Event
    from bot.events.rules.house import House
    from bot.events.rules.signup import Person, SignUp, Tally
    from bot.kernel.ids import ChatId, GroupId, MessageId, UserId

ON_IT = (SignUpState.GOING, SignUpState.OFFERED, SignUpState.WAITING)
_PREVIEW = 21
"""Names fetched for a card: one more than it shows."""


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


async def current(tx: Tx, group_id: GroupId, now: datetime) -> list[tuple[Event, Tally]]:
    """Return the events under way, then those still to come, the earliest first."""
    begun = await store.begun(tx, group_id, now - timedelta(minutes=MOST_MINUTES), now)
    under_way = [event.id for event in begun if event.is_under_way(now)]
    ahead = await store.between(tx, group_id, now)
    known = {event.id for event, _ in ahead}
    return [*await store.by_ids(tx, [one for one in under_way if one not in known]), *ahead]


async def everybody(tx: Tx, event_id: int) -> list[SignUp]:
    """Return all who are going or waiting, in their order."""
    return await store.people(tx, event_id, *ON_IT)


async def going(tx: Tx, event_id: int) -> list[SignUp]:
    """Return all who are going, in their order."""
    return await store.people(tx, event_id, SignUpState.GOING)


async def standing_of(tx: Tx, event_id: int, user_id: UserId) -> SignUp | None:
    """Return a person's sign-up, if they ever said a word."""
    return await store.mine(tx, event_id, user_id)


async def people(tx: Tx, event_id: int, *states: SignUpState) -> list[SignUp]:
    """Return those who stand so: those who are going as they came, then those who are offered a seat, then the line."""
    return await store.people(tx, event_id, *states)


async def drafts(tx: Tx, group_id: GroupId) -> list[Event]:
    """Return the group's drafts, the earliest start first."""
    return await store.drafts(tx, group_id)


# A group's settings


async def house_of(tx: Tx, group_id: GroupId) -> House:
    """Return what a group has settled for all its events."""
    return await store.house_of(tx, group_id)


async def set_house(tx: Tx, group_id: GroupId, house: House, by: Person, now: datetime) -> bool:
    """Change a group's settings for events; False if they are so already.

    Where the order becomes that of time, it does for those who wait already: nobody who comes now stands before them.
    """
    await tx.lock((group_id,))
    before = await store.house_of(tx, group_id)
    if before == house:
        return False
    await store.keep_house(tx, group_id, house)
    if before.order is not house.order and house.order is Order.TIME:
        await store.forget_ranks(tx, group_id, now)
    await journal.write_house(tx, group_id, by, now, before, house)
    return True


# What passed, and where things stand


async def pass_start(tx: Tx, group_id: GroupId, event_id: int, now: datetime) -> bool:
    """Note that an event has begun; False if there is nothing to note (it was moved, or is cancelled)."""
    await tx.lock((group_id,))
    found = await store.by_id(tx, group_id, event_id)
    if found is None or found[0].state not in {State.OPEN, State.CLOSED} or found[0].plan.starts_at > now:
        return False
    await store.change(tx, event_id, {"state": State.OVER.value})
    await store.end_offers(tx, event_id, now)
    await journal.write(tx, found[0], None, "over", now)
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
