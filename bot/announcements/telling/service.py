"""How members are told of an announcement: what is wanted, and how far mentions are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from bot.announcements import service as core
from bot.announcements.rules.people import MENTIONS, Known
from bot.announcements.service.people import known_after
from bot.announcements.telling import store
from bot.announcements.telling.rules import run as rules
from bot.announcements.telling.rules.run import PACE, Go, Rest, Run, State, Wait
from bot.announcements.telling.rules.way import NAME, House, Wish, read, write
from bot.audit import service as audit
from bot.kernel.ids import GroupId
from bot.timers import service as timers

if TYPE_CHECKING:
    from datetime import datetime

    from bot.announcements.rules.announcement import Announcement, By
    from bot.announcements.rules.outcomes import Done, Refused
    from bot.db.engine import Tx
    from bot.kernel.groups import Group
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


@dataclass(frozen=True, slots=True)
class Batch:
    """A message that is to be sent now."""

    run: Run
    people: Sequence[Known]


def people_in(counts: Counts) -> int | None:
    """Return how many people Telegram counts, bots left out as far as they are known; None if it was not asked."""
    return None if counts.total is None else max(counts.total - counts.bots, counts.known)


async def begin(tx: Tx, item: Announcement, counts: Counts, now: datetime) -> None:
    """Begin to mention everybody who is known; once for an announcement."""
    await store.begin(tx, Run(item.id, item.group_id, known=counts.known, total=people_in(counts)))
    await _set_clock(tx, item.id, item.group_id, now)


async def run_of(tx: Tx, post_id: int) -> Run | None:
    """Return how far it is; None where nobody was to be mentioned."""
    return await store.run_of(tx, post_id)


async def next_batch(tx: Tx, post_id: int, group: Group, *, urgent: bool, now: datetime) -> Batch | Wait | Rest:
    """Return the next message, which is on its way from now on; or why there is none."""
    await tx.lock([group.id])
    run = await store.run_of(tx, post_id)
    if run is None:
        return Rest()
    step = rules.next_step(run, None if urgent else group.quiet_until(now))
    if isinstance(step, Wait):
        await store.save(tx, replace(run, waits_until=step.until))
        await _set_clock(tx, run.post_id, group.id, step.until)
    if not isinstance(step, Go):
        return step
    found = await known_after(tx, group.id, run.cursor, MENTIONS + 1)
    people = found[:MENTIONS]
    after = rules.put(run, [one.user_id for one in people], more=len(found) > MENTIONS)
    await store.save(tx, after)
    await store.name(tx, after, [(one.user_id, one.name) for one in people])
    return Batch(after, people) if people else Rest()


async def delivered(tx: Tx, key: str, now: datetime) -> Run | None:
    """Note that a message arrived, and have the next one put after a while; None if it was not awaited."""
    run, batch = await _awaited(tx, key)
    return await _ended(tx, None if run is None else rules.delivered(run, batch), now)


async def lost(tx: Tx, key: str, now: datetime) -> Run | None:
    """Note that nobody knows whether a message arrived; those whom it named are kept."""
    run, batch = await _awaited(tx, key)
    return await _ended(tx, None if run is None else rules.lost(run, batch), now, forget=False)


async def refused(tx: Tx, key: str, refusal: str, problem: str, now: datetime, *, again: bool) -> Run | None:
    """Note that a message did not arrive."""
    run, batch = await _awaited(tx, key)
    after = None if run is None else rules.refused(run, batch, refusal, problem, again=again)
    return await _ended(tx, after, now)


def result_key(run: Run) -> str:
    """Name the message on its way."""
    return f"{run.group_id}:{run.post_id}:{run.batch}"


async def _awaited(tx: Tx, key: str) -> tuple[Run | None, int]:
    group_id, post_id, batch = map(int, key.split(":"))
    await tx.lock([GroupId(group_id)])
    return await store.run_of(tx, post_id), batch


async def _ended(tx: Tx, run: Run | None, now: datetime, *, forget: bool = True) -> Run | None:
    if run is not None:
        if forget:
            await store.forget(tx, run)
        await _go_on(tx, run, now)
    return run


async def unreachable(tx: Tx, post_id: int) -> None:
    """Note that the bot is not in the group any more."""
    run = await store.run_of(tx, post_id)
    if run is not None and run.state is State.RUNNING:
        await store.save(tx, replace(run, state=State.REFUSED, refusal="chat_gone", problem=""))


async def stop(tx: Tx, item: Announcement, by: By | None, now: datetime) -> Run | None:
    """Stop it; None if it does not run. What is on its way still arrives."""
    await tx.lock([item.group_id])
    run = await store.run_of(tx, item.id)
    after = None if run is None else rules.stopped(run)
    if after is not None:
        await store.save(tx, after)
        await timers.cancel(tx, core.NAME, TIMER, str(item.id))
        if by is not None:
            await _record(tx, item, by, "mentions_stopped", now)
    return after


async def go_on(tx: Tx, item: Announcement, by: By, now: datetime) -> Run | None:
    """Go on where it was stopped; None if it runs, or is done."""
    await tx.lock([item.group_id])
    run = await store.run_of(tx, item.id)
    after = None if run is None else rules.resumed(run)
    if after is not None:
        await _go_on(tx, after, now, at_once=True)
        await _record(tx, item, by, "mentions_resumed", now)
    return after


async def unsure(tx: Tx, run: Run) -> list[str]:
    """Return the names of those who may have been mentioned, or not."""
    return await store.unsure(tx, run)


async def _go_on(tx: Tx, run: Run, now: datetime, *, at_once: bool = False) -> None:
    await store.save(tx, run)
    if run.state is State.RUNNING and not run.on_way:
        await _set_clock(tx, run.post_id, run.group_id, now if at_once else now + PACE)


async def _set_clock(tx: Tx, post_id: int, group_id: int, at: datetime) -> None:
    await timers.set_timer(tx, core.NAME, TIMER, str(post_id), at, GroupId(group_id))


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
