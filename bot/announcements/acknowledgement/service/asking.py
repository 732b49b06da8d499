"""Whether, until when and with which reminders it is asked; and the clocks of that."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from bot.announcements import service as core
from bot.announcements.acknowledgement import store
from bot.announcements.acknowledgement.rules import wish as wishes
from bot.announcements.acknowledgement.rules.taps import asked_anew, begun, changed_to
from bot.announcements.acknowledgement.service.reminding import REMINDERS
from bot.announcements.rules.announcement import Announcement, State
from bot.announcements.rules.nudging import next_nudge
from bot.announcements.rules.outcomes import Done, Past
from bot.announcements.service.common import record
from bot.timers import service as timers

if TYPE_CHECKING:
    from datetime import datetime

    from bot.announcements.acknowledgement.rules.taps import Round
    from bot.announcements.acknowledgement.rules.wish import Wish
    from bot.announcements.rules.announcement import By
    from bot.announcements.rules.outcomes import Refused
    from bot.db.engine import Tx

DUE: Final = "ack.due"


def wish_of(item: Announcement) -> Wish | None:
    """Return what is asked with an announcement, or None."""
    return wishes.read(item.options.get(wishes.NAME))


async def want(tx: Tx, item: Announcement, wish: Wish | None, by: By, now: datetime) -> Done | Refused:
    """Ask for acknowledgements of an announcement, in this way, or (None) not any more; also of what is published."""
    before, at = wish_of(item), None if wish is None else _deadline(item, wish)
    if wish is not None and at is not None and at <= now and (before is None or before.until != wish.until):
        return Past(at)
    kept = None if wish is None else wishes.write(wish)
    outcome = await core.set_option(tx, item.group_id, item.number, wishes.NAME, kept, by, now)
    if isinstance(outcome, Done) and outcome.item.state is State.PUBLISHED:
        await _carry_over(tx, outcome.item, wish, now)
    return outcome


def _deadline(item: Announcement, wish: Wish) -> datetime | None:
    if isinstance(wish.until, timedelta):
        return None if item.posted_at is None else item.posted_at + wish.until
    return wish.until


async def _carry_over(tx: Tx, item: Announcement, wish: Wish | None, now: datetime) -> None:
    """Let what stands in the group already ask for what is wanted now."""
    asked = await store.asked_of(tx, item.id)
    if wish is None:
        if asked is not None:
            await _keep(tx, replace(asked, closed=True), now)
    elif asked is None:
        await begin(tx, item, now)
    else:
        await _keep(tx, changed_to(asked, wish), now)


async def begin(tx: Tx, item: Announcement, now: datetime) -> Round | None:
    """Begin to ask what the announcement wants, once; None where it wants nothing."""
    wish = wish_of(item)
    if wish is None:
        return None
    asked = begun(item.id, item.group_id, wish, now, item.broadcast_id)
    await store.begin(tx, asked)
    for kind, at in ((REMINDERS.timer, next_nudge(asked, now)), (DUE, asked.until)):
        if at is not None:
            await timers.set_timer(tx, core.NAME, kind, str(item.id), at, item.group_id)
    return asked


async def asked_of(tx: Tx, post_id: int) -> Round | None:
    """Return what is asked with a posted announcement; None where nothing ever was."""
    return await store.asked_of(tx, post_id)


async def count(tx: Tx, post_id: int) -> tuple[Round, int] | None:
    """Return what is asked with a posted announcement, and how many have acknowledged it."""
    return await store.count(tx, post_id)


async def close(tx: Tx, post_id: int, now: datetime) -> None:
    """Ask no more: it was taken back."""
    asked = await store.asked_of(tx, post_id)
    if asked is not None and not asked.closed:
        await _keep(tx, replace(asked, closed=True), now)


async def ask_anew(tx: Tx, item: Announcement, by: By, now: datetime) -> Round | None:
    """Ask everybody again, because the words have changed; None where nothing is asked."""
    await tx.lock([item.group_id])
    asked = await store.asked_of(tx, item.id)
    if asked is None or asked.closed:
        return None
    again = asked_anew(asked, now)
    # The group has just been asked anew as a whole.
    await REMINDERS.stop(tx, again)
    await _keep(tx, again, now)
    await record(tx, item, by, "asked_anew", now)
    return again


async def _set_clocks(tx: Tx, asked: Round, now: datetime) -> None:
    """Set both clocks; a deadline that has just come, and of which nobody has been told yet, stays."""
    await REMINDERS.set_clock(tx, asked, now)
    if asked.closed or asked.until is None:
        await timers.cancel(tx, core.NAME, DUE, str(asked.post_id))
    elif asked.until > now:
        await timers.set_timer(tx, core.NAME, DUE, str(asked.post_id), asked.until, asked.group_id)


async def _keep(tx: Tx, asked: Round, now: datetime) -> None:
    await store.save(tx, asked)
    if asked.closed:
        await REMINDERS.stop(tx, asked)
    await _set_clocks(tx, asked, now)
