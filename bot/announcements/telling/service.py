"""How members are told of an announcement: what is wanted, and how far mentions are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.announcements import service as core
from bot.announcements.rules.announcement import State
from bot.announcements.rules.people import MENTIONS
from bot.announcements.rules.run import Run
from bot.announcements.service.feeding import Feed, Next, Source
from bot.announcements.service.people import known_after
from bot.announcements.store.runs import tables_of
from bot.announcements.telling import store
from bot.announcements.telling.rules.way import NAME, House, Wish, read, write
from bot.audit import service as audit
from bot.kernel.ids import GroupId

if TYPE_CHECKING:
    from datetime import datetime

    from bot.announcements.rules.announcement import Announcement, By
    from bot.announcements.rules.outcomes import Done, Refused
    from bot.db.engine import Tx
    from bot.members.rules import Counts

TIMER: Final = "tell"


# What is wanted


def wish_of(item: Announcement) -> Wish:
    """Return what the announcement says of its own."""
    return read(item.options.get(NAME))


async def house_of(tx: Tx, group_id: GroupId) -> House:
    """Return what holds in a group where an announcement says nothing else."""
    return read((await core.house_of(tx, group_id)).options.get(NAME)).within(House())


async def wanted(tx: Tx, item: Announcement) -> House:
    """Return what holds for an announcement."""
    return wish_of(item).within(await house_of(tx, item.group_id))


async def decided(tx: Tx, item: Announcement) -> House:
    """Return what holds for one whose posting has begun: it stays so, whatever is set in the group meanwhile."""
    found = await store.kept(tx, item.id)
    return await wanted(tx, item) if found is None else read(found).within(House())


async def decide(tx: Tx, item: Announcement) -> House:
    """Settle what holds for one whose posting begins."""
    house = await decided(tx, item)
    if item.state is State.PUBLISHING:
        await store.keep(tx, item.id, write(Wish(house.way, house.unpin)) or "")
    return house


async def open_again(tx: Tx, item: Announcement) -> None:
    """Let it be decided anew when it is posted again."""
    await store.forget(tx, item.id)


async def want(tx: Tx, group_id: GroupId, number: int, wish: Wish, by: By, now: datetime) -> Done | Refused:
    """Let an announcement have its own way."""
    return await core.set_option(tx, group_id, number, NAME, write(wish), by, now)


async def set_house(tx: Tx, group_id: GroupId, house: House, by: By, now: datetime) -> bool:
    """Set what holds in the group; False if it did already."""
    before = await house_of(tx, group_id)
    if before == house:
        return False
    await core.set_house_option(tx, group_id, NAME, write(Wish(house.way, house.unpin)))
    await audit.record(
        tx,
        group_id=group_id,
        actor_id=by.user_id,
        actor_name=by.name,
        action="announcement.telling",
        at=now,
        before=_plain(before),
        after=_plain(house),
    )
    return True


def _plain(house: House) -> dict[str, str]:
    return {"way": house.way.value, "unpin": "on" if house.unpin else "off"}


# Mentions


def people_in(counts: Counts) -> int | None:
    """Return how many people Telegram counts, bots left out as far as they are known; None if it was not asked."""
    return None if counts.total is None else max(counts.total - counts.bots, counts.known)


class _Everybody(Source):
    """Everybody who is known, by their ids."""

    async def next(self, tx: Tx, run: Run) -> Next:
        """Return those after the last one who was named."""
        found = await known_after(tx, GroupId(run.group_id), run.cursor, MENTIONS + 1)
        return Next(found[:MENTIONS], len(found) > MENTIONS)


FEED: Final = Feed(tables_of("telling"), TIMER, _Everybody())


async def begin(tx: Tx, item: Announcement, counts: Counts, now: datetime) -> None:
    """Begin to mention everybody who is known; once for an announcement."""
    await FEED.begin(tx, Run(item.id, item.group_id, known=counts.known, total=people_in(counts)), now)


async def stop(tx: Tx, item: Announcement, by: By | None, now: datetime) -> Run | None:
    """Stop it; None if it does not run. What is on its way still arrives."""
    after = await FEED.stop(tx, item.id, item.group_id)
    if after is not None and by is not None:
        await _record(tx, item, by, "mentions_stopped", now)
    return after


async def go_on(tx: Tx, item: Announcement, by: By, now: datetime) -> Run | None:
    """Go on where it was stopped; None if it runs, or is done."""
    after = await FEED.go_on(tx, item.id, item.group_id, now)
    if after is not None:
        await _record(tx, item, by, "mentions_resumed", now)
    return after


async def not_unpinned(tx: Tx, item: Announcement, problem: str, now: datetime) -> None:
    """Write down that the one pinned before could not be unpinned."""
    await _record(tx, item, None, "not_unpinned", now, reason=problem)


async def _record(tx: Tx, item: Announcement, by: By | None, action: str, now: datetime, **details: str) -> None:
    await audit.record(
        tx,
        group_id=item.group_id,
        actor_id=None if by is None else by.user_id,
        actor_name="" if by is None else by.name,
        action=f"announcement.{action}",
        at=now,
        target=f"#{item.number}",
        details=details,
    )
