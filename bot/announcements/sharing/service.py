"""Share campaigns: what is asked, taps and screenshots, reminders, and how it stands."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from bot.announcements import service as core
from bot.announcements.rules.announcement import State
from bot.announcements.rules.asked import Closed
from bot.announcements.rules.nudging import next_nudge
from bot.announcements.rules.outcomes import Done, Past
from bot.announcements.rules.passing import NAME
from bot.announcements.service.common import record
from bot.announcements.service.people import read_roll
from bot.announcements.service.reminding import Reminders
from bot.announcements.sharing import store
from bot.announcements.sharing.rules import campaign as rules
from bot.announcements.sharing.rules import wish as wishes
from bot.announcements.sharing.rules.campaign import Campaign, Noted, Share, TakenBack
from bot.timers import service as timers

if TYPE_CHECKING:
    from datetime import datetime

    from bot.announcements.rules.announcement import Announcement, By
    from bot.announcements.rules.nudging import Outcome as NudgeOutcome
    from bot.announcements.rules.outcomes import Refused
    from bot.announcements.rules.roll import Roll
    from bot.announcements.service.people import Reach
    from bot.announcements.sharing.rules.campaign import Outcome, Sum
    from bot.announcements.sharing.rules.wish import Wish
    from bot.db.engine import Tx
    from bot.kernel.groups import Group
    from bot.kernel.ids import GroupId

END: Final = "share.end"
SUMMED: Final = "share.summed"
"""When whoever sent it to several groups is told, once for all of them, that it has ended."""
_COLLECTING: Final = timedelta(minutes=1)
REMINDERS: Final = Reminders(
    store.REMINDERS, "share.feed", "share.nudge", "shares_nudged", store.done_among, store.save
)
FEED: Final = REMINDERS.feed
_STANDS: Final = frozenset({State.PUBLISHING, State.UNCERTAIN, State.PUBLISHED})
"""Whoever taps the button sees it, whatever Telegram has told the bot so far."""


# What is asked


def wish_of(item: Announcement) -> Wish | None:
    """Return what is asked with an announcement, or None."""
    return wishes.read(item.options.get(NAME))


async def want(tx: Tx, item: Announcement, wish: Wish | None, by: By, now: datetime) -> Done | Refused:
    """Ask that an announcement be passed on, in this way, or (None) not any more; also of what is published."""
    before, until = wish_of(item), None if wish is None else wish.until
    if until is not None and until <= now and (before is None or before.until != until):
        return Past(until)
    kept = None if wish is None else wishes.write(wish)
    outcome = await core.set_option(tx, item.group_id, item.number, NAME, kept, by, now)
    if isinstance(outcome, Done) and outcome.item.state is State.PUBLISHED:
        await _carry_over(tx, outcome.item, wish, now)
    return outcome


async def _carry_over(tx: Tx, item: Announcement, wish: Wish | None, now: datetime) -> None:
    if wish is None:
        await close(tx, item.id, now)
        return
    asked = await store.campaign_of(tx, item.id)
    if asked is None:
        await begin(tx, item, now)
    else:
        await _keep(tx, rules.changed_to(asked, wish), now)


async def begin(tx: Tx, item: Announcement, now: datetime) -> Campaign | None:
    """Begin to ask what the announcement wants, once; None where it wants nothing."""
    wish = wish_of(item)
    if wish is None:
        return None
    asked = rules.begun(item.id, item.group_id, wish, now)
    await store.begin(tx, asked)
    if asked.until is not None:
        await _set_end(tx, asked)
    if next_nudge(asked, now) is not None:
        await REMINDERS.set_clock(tx, asked, now)
    return asked


async def close(tx: Tx, post_id: int, now: datetime) -> None:
    """Ask no more: it was taken back."""
    asked = await store.campaign_of(tx, post_id)
    if asked is not None and not asked.closed:
        await _keep(tx, replace(asked, closed=True), now)
        await REMINDERS.stop(tx, asked)


async def campaign_of(tx: Tx, post_id: int) -> Campaign | None:
    """Return what is asked with a posted announcement; None where nothing ever was."""
    return await store.campaign_of(tx, post_id)


async def count(tx: Tx, post_id: int) -> tuple[Campaign, int] | None:
    """Return what is asked with a posted announcement, and how many have passed it on."""
    return await store.count(tx, post_id)


async def _keep(tx: Tx, asked: Campaign, now: datetime) -> None:
    await store.save(tx, asked)
    await REMINDERS.set_clock(tx, asked, now)
    await _set_end(tx, asked)


async def _set_end(tx: Tx, asked: Campaign) -> None:
    if asked.until is not None and not asked.closed:
        await timers.set_timer(tx, core.NAME, END, str(asked.post_id), asked.until, asked.group_id)
    else:
        await timers.cancel(tx, core.NAME, END, str(asked.post_id))


# Taps and screenshots: few statements, for many come at once


async def tap(tx: Tx, group_id: GroupId, post_id: int, user_id: int, name: str, now: datetime) -> Outcome:
    """Note that somebody has passed an announcement on, or take that back."""
    found = await _face(tx, post_id, user_id, now)
    if found is None or found[0].group_id != group_id:
        return Closed()
    asked, earlier = found
    return await _carry_out(tx, asked, user_id, rules.tap(asked, earlier, user_id, name, now))


async def prove(tx: Tx, post_id: int, user_id: int, name: str, proof: str, now: datetime) -> Outcome:
    """Note a screenshot."""
    found = await _face(tx, post_id, user_id, now)
    if found is None:
        return Closed()
    asked, earlier = found
    return await _carry_out(tx, asked, user_id, rules.prove(asked, earlier, user_id, name, proof, now))


async def take_back(tx: Tx, post_id: int, user_id: int, now: datetime) -> Outcome:
    """Let it not count any more."""
    asked = await store.campaign_of(tx, post_id)
    return Closed() if asked is None else await _carry_out(tx, asked, user_id, rules.take_back(asked, now))


async def face(tx: Tx, post_id: int, user_id: int) -> tuple[Campaign, Share | None] | None:
    """Return what is asked, and what one person has said."""
    return await store.face(tx, post_id, user_id)


async def _face(tx: Tx, post_id: int, user_id: int, now: datetime) -> tuple[Campaign, Share | None] | None:
    """Return the same; begin to ask where somebody was faster than Telegram's word that it is posted."""
    found = await store.face(tx, post_id, user_id)
    if found is not None:
        return found
    item = await core.get(tx, post_id)
    asked = await begin(tx, item, now) if item is not None and item.state in _STANDS else None
    return None if asked is None else (asked, None)


async def _carry_out(tx: Tx, asked: Campaign, user_id: int, outcome: Outcome) -> Outcome:
    if isinstance(outcome, Noted):
        await store.put(tx, asked, outcome.share)
    elif isinstance(outcome, TakenBack):
        await store.drop(tx, asked, user_id)
    return outcome


# How it stands


async def roll_of(tx: Tx, item: Announcement, reach: Reach, total: int | None = None) -> tuple[Campaign, Roll] | None:
    """Return what is asked with an announcement, and who has passed it on and who has not; None where nothing ever was asked.

    ``total`` is how many members Telegram counts, bots among them.
    """
    found = await read_roll(tx, store.asked(item.id), store.answers(item.id), reach, total=total)
    return None if found is None else (store.campaign(found[0]), found[1])


async def sums(tx: Tx, broadcast_id: int) -> Sum:
    """Return how an announcement stands that was sent to several groups."""
    return await store.sums(tx, broadcast_id)


async def collect(tx: Tx, item: Announcement, now: datetime) -> None:
    """Have it told once, a minute after the last of the groups, that it has ended."""
    await timers.set_timer(tx, core.NAME, SUMMED, str(item.broadcast_id), now + _COLLECTING, item.group_id)


async def one_of(tx: Tx, broadcast_id: int) -> Announcement | None:
    """Return one of the copies that are to be passed on; they are all alike."""
    found = await store.copy_of(tx, broadcast_id)
    return None if found is None else await core.get(tx, found)


async def proofs(tx: Tx, item: Announcement) -> list[Share]:
    """Return those that came with a screenshot, the first first."""
    return await store.proofs(tx, item.id)


async def note_export(tx: Tx, item: Announcement, by: By, people: int, now: datetime) -> None:
    """Write down that a list of names left the bot as a file."""
    await record(tx, item, by, "shares_exported", now, people=str(people))


# Reminders


async def nudge(
    tx: Tx, group: Group, item: Announcement, by: By | None, now: datetime, *, reach: Reach
) -> NudgeOutcome:
    """Count a reminder and begin it; ``by`` None: the plan wants it. The group must be locked."""
    return await REMINDERS.remind(tx, group, item, await roll_of(tx, item, reach), by, now)
