"""Reading announcements."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.announcements import store
from bot.announcements.rules.announcement import Announcement, Brief, By, State
from bot.announcements.rules.life import decide, review_stops, sent
from bot.announcements.rules.outcomes import Refused, Unknown
from bot.announcements.rules.shelves import ON, Shelf, counted
from bot.audit import service as audit
from bot.audit.rules import Filter

if TYPE_CHECKING:
    from datetime import datetime

    from bot.announcements.rules.acts import Act
    from bot.announcements.rules.house import House
    from bot.db.engine import Tx
    from bot.kernel.ids import GroupId

NAME = "announcements"
TIMER = "publish"
_DECISIONS: Final = tuple(
    f"announcement.{act}"
    for act in ("published", "scheduled", "cancelled", "discarded", "restored", "submitted", "edited", "withdrawn")
)
LAST = 10
"""How many published ones the list shows."""


async def get(tx: Tx, item_id: int) -> Announcement | None:
    """Return an announcement by its id."""
    return await store.get(tx, item_id)


async def decided_by(tx: Tx, item: Announcement) -> str | None:
    """Return who decided last what becomes of it; None where that is long ago, or nobody did."""
    found = await audit.entries(tx, item.group_id, Filter(action=NAME, actions=_DECISIONS))
    return next(
        (entry.actor_name for entry in found if entry.target_text == f"#{item.number}" and entry.actor_name), None
    )


async def kept(tx: Tx, item_id: int) -> tuple[Announcement, House] | None:
    """Return an announcement by its id, with its group's settings."""
    return await store.kept(tx, item_id)


async def find(tx: Tx, group_id: GroupId, number: int) -> Announcement | Unknown:
    """Return a group's announcement by its number."""
    return await store.by_number(tx, group_id, number) or Unknown(number)


async def can(tx: Tx, group_id: GroupId, number: int, act: Act, by: By) -> Announcement | Refused:
    """Return an announcement to which the person may do this now, or why they cannot; nothing is changed."""
    item = await store.by_number(tx, group_id, number)
    if item is None:
        return Unknown(number)
    after = decide(item, act, by)
    return item if isinstance(after, State) else after


async def can_publish(tx: Tx, group_id: GroupId, number: int, by: By) -> Announcement | Refused:
    """Return an announcement that the person might publish now, as it is, or why not: also where nobody has reviewed it."""
    found = await store.kept_by_number(tx, group_id, number)
    if found is None:
        return Unknown(number)
    after = sent(found[0], by, found[1])
    return found[0] if isinstance(after, Announcement) else after


async def can_review(tx: Tx, group_id: GroupId, number: int, act: Act, by: By) -> Announcement | Refused:
    """Return an announcement about which the person may decide now, or why they may not; nothing is changed."""
    found = await store.kept_by_number(tx, group_id, number)
    if found is None:
        return Unknown(number)
    return review_stops(found[0], act, by, found[1]) or found[0]


async def board(tx: Tx, group_id: GroupId) -> list[Announcement]:
    """Return what is open, by number, and then the last published ones, the newest first."""
    return [*await store.still_open(tx, group_id), *await store.last_posted(tx, group_id, LAST)]


async def shelves(tx: Tx, group_id: GroupId) -> dict[Shelf, int]:
    """Count what is on each shelf of the list; empty ones are left out."""
    return counted(await store.count_by_state(tx, group_id))


async def on_shelf(tx: Tx, group_id: GroupId, shelf: Shelf, page: int, per_page: int) -> list[Announcement]:
    """Return a page of a shelf, from 1, the newest first."""
    return await store.in_states(tx, group_id, ON[shelf], per_page, (page - 1) * per_page)


async def waiting(tx: Tx, group_id: GroupId) -> list[Announcement]:
    """Return those with which something is still to be done, by number."""
    return await store.still_open(tx, group_id)


async def last_pinned(tx: Tx, item: Announcement) -> Announcement | None:
    """Return the last one before this that is still pinned where this stands; None if there is none."""
    return None if item.chat_id is None else await store.last_pinned(tx, item.group_id, item.chat_id, item.id)


async def of_broadcast(tx: Tx, broadcast_id: int) -> list[Brief]:
    """Return how the copies of a broadcast stand in their groups."""
    return await store.of_broadcast(tx, broadcast_id)


async def count_on_way(tx: Tx, broadcast_id: int) -> int:
    """Count the copies of a broadcast that are on their way to Telegram."""
    return await store.count_in_state(tx, broadcast_id, State.PUBLISHING)


async def sent_between(tx: Tx, group_id: GroupId, since: datetime, until: datetime) -> list[Announcement]:
    """Return those published from ``since`` to before ``until``, in order."""
    return await store.posted_between(tx, group_id, since, until)
