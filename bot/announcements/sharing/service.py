"""Share campaigns: what is asked, taps and screenshots, reminders, and how it stands."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from bot.announcements import service as core
from bot.announcements.rules.announcement import State
from bot.announcements.rules.nudging import Enough, Go, Hold, TooEarly
from bot.announcements.rules.outcomes import Done, Past
from bot.announcements.rules.people import Known
from bot.announcements.rules.run import Run
from bot.announcements.service.feeding import Feed
from bot.announcements.service.people import known_after, known_people
from bot.announcements.sharing import store
from bot.announcements.sharing.rules import campaign as rules
from bot.announcements.sharing.rules import wish as wishes
from bot.announcements.sharing.rules.campaign import Answer, Campaign, Closed, Noted, Over, Share, TakenBack
from bot.announcements.store.runs import tables_of
from bot.audit import service as audit
from bot.kernel.ids import GroupId
from bot.timers import service as timers

if TYPE_CHECKING:
    from datetime import datetime

    from bot.announcements.rules.announcement import Announcement, By
    from bot.announcements.rules.outcomes import Refused
    from bot.announcements.sharing.rules.campaign import Outcome, Sheet
    from bot.announcements.sharing.rules.wish import Wish
    from bot.db.engine import Tx
    from bot.kernel.groups import Group
    from bot.members.rules import Counts

END: Final = "share.end"
NUDGE: Final = "share.nudge"
FEED_TIMER: Final = "share.feed"
_CHUNK: Final = 200
"""So many people are looked at together for those who have not."""
_STANDS: Final = frozenset({State.PUBLISHING, State.UNCERTAIN, State.PUBLISHED})
"""Whoever taps the button sees it, whatever Telegram has told the bot so far."""


# What is asked


def wish_of(item: Announcement) -> Wish | None:
    """Return what is asked with an announcement, or None."""
    return wishes.read(item.options.get(wishes.NAME))


async def want(tx: Tx, item: Announcement, wish: Wish | None, by: By, now: datetime) -> Done | Refused:
    """Ask that an announcement be passed on, in this way, or (None) not any more; also of what is published."""
    before, until = wish_of(item), None if wish is None else wish.until
    if until is not None and until <= now and (before is None or before.until != until):
        return Past(until)
    kept = None if wish is None else wishes.write(wish)
    outcome = await core.set_option(tx, item.group_id, item.number, wishes.NAME, kept, by, now)
    if isinstance(outcome, Done) and outcome.item.state is State.PUBLISHED:
        await _carry_over(tx, outcome.item, wish, now)
    return outcome


async def _carry_over(tx: Tx, item: Announcement, wish: Wish | None, now: datetime) -> None:
    if wish is None:
        await close(tx, item.id)
        return
    asked = await store.campaign_of(tx, item.id)
    if asked is None:
        await begin(tx, item, now)
    else:
        await _keep(tx, rules.changed_to(asked, wish))


async def begin(tx: Tx, item: Announcement, now: datetime) -> Campaign | None:
    """Begin to ask what the announcement wants, once; None where it wants nothing."""
    wish = wish_of(item)
    if wish is None:
        return None
    asked = rules.begun(item.id, item.group_id, wish, now)
    await store.begin(tx, asked)
    await _set_clock(tx, asked)
    return asked


async def close(tx: Tx, post_id: int) -> None:
    """Ask no more: it was taken back."""
    asked = await store.campaign_of(tx, post_id)
    if asked is not None and not asked.closed:
        await _keep(tx, replace(asked, closed=True))
        await FEED.stop(tx, post_id, asked.group_id)


async def campaign_of(tx: Tx, post_id: int) -> Campaign | None:
    """Return what is asked with a posted announcement; None where nothing ever was."""
    return await store.campaign_of(tx, post_id)


async def count(tx: Tx, post_id: int) -> tuple[Campaign, int] | None:
    """Return what is asked with a posted announcement, and how many have passed it on."""
    return await store.count(tx, post_id)


async def _keep(tx: Tx, asked: Campaign) -> None:
    await store.save(tx, asked)
    await _set_clock(tx, asked)


async def _set_clock(tx: Tx, asked: Campaign) -> None:
    if asked.until is None or asked.closed:
        await timers.cancel(tx, core.NAME, END, str(asked.post_id))
    else:
        await timers.set_timer(tx, core.NAME, END, str(asked.post_id), asked.until, asked.group_id)


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


async def sheet_of(tx: Tx, item: Announcement, counts: Counts | None = None) -> tuple[Campaign, Sheet] | None:
    """Return what is asked, and who has passed it on; None where nothing ever was."""
    found = await store.everybody(tx, item.id)
    if found is None:
        return None
    asked, shares = found
    people = await known_people(tx, item.group_id)
    total = None if counts is None or counts.total is None else counts.total - counts.bots
    return asked, rules.sheet(people, shares, total)


async def proofs(tx: Tx, item: Announcement) -> list[Share]:
    """Return those that came with a screenshot, the first first."""
    found = await store.everybody(tx, item.id)
    shares = [] if found is None else [one for one in found[1].values() if one.proof is not None]
    return sorted(shares, key=lambda one: (one.at, one.user_id))


async def note_export(tx: Tx, item: Announcement, by: By, people: int, now: datetime) -> None:
    """Write down that a list of names left the bot as a file."""
    await _record(tx, item, by, "shares_exported", now, people=str(people))


# Reminders


@dataclass(frozen=True, slots=True)
class Reminded:
    """These are reminded."""

    asked: Campaign
    people: tuple[Known, ...]


@dataclass(frozen=True, slots=True)
class Nobody:
    """Everybody who is known has passed it on."""


Nudge = Reminded | Nobody | Enough | TooEarly | Hold | Over | Closed


async def nudge(tx: Tx, group: Group, item: Announcement, by: By | None, now: datetime) -> Nudge:
    """Count a reminder and say whom it is for; in quiet hours (R21) it is held until they end."""
    await tx.lock([group.id])
    found = await sheet_of(tx, item)
    if found is None:
        return Closed()
    asked, sheet = found
    verdict = rules.may_nudge(asked, group.quiet_until(now), now)
    if isinstance(verdict, Hold):
        await timers.set_timer(tx, core.NAME, NUDGE, str(item.id), verdict.until, group.id)
    if not isinstance(verdict, Go):
        return verdict
    pending = tuple(line.who for line in sheet.of(Answer.PENDING))
    if not pending:
        return Nobody()
    after = replace(asked, nudged=asked.nudged + 1, nudged_at=now)
    await store.save(tx, after)
    await FEED.begin_again(tx, Run(item.id, item.group_id, known=len(pending)), now)
    await _record(tx, item, by, "shares_nudged", now, people=str(len(pending)))
    return Reminded(after, pending)


async def _pending_after(tx: Tx, run: Run, limit: int) -> list[Known]:
    """Return those who are still to be reminded; who has passed it on meanwhile is not."""
    found = await store.everybody(tx, run.post_id)
    shares = {} if found is None else found[1]
    pending: list[Known] = []
    cursor: int | None = run.cursor
    while cursor is not None and len(pending) < limit:
        people = await known_after(tx, GroupId(run.group_id), cursor, _CHUNK)
        pending += [one for one in people if one.user_id not in shares]
        cursor = people[-1].user_id if len(people) == _CHUNK else None
    return pending[:limit]


FEED: Final = Feed(tables_of("sharing"), FEED_TIMER, _pending_after)


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
