"""Setting quotas, counting what was delivered, and keeping what a period came to; nothing here speaks to Telegram."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final, Protocol

from bot.announcements import service as core
from bot.announcements.quotas import store
from bot.announcements.quotas.rules.periods import Period, Span, ended, remind_at, span_of
from bot.announcements.quotas.rules.quota import MOST_QUOTAS, House, Kind, Known, Quota, Share, Table, tally
from bot.audit import service as audit
from bot.members import service as members
from bot.timers import service as timers

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from bot.announcements.rules.announcement import By
    from bot.db.engine import Tx
    from bot.kernel.groups import Group
    from bot.kernel.ids import UserId
    from bot.members.rules import Member

CLOSE: Final = "quota_close"
REMIND: Final = "quota_remind"
TELL: Final = "quota_tell"
"""The timer by which those who are behind are reminded in private, so many at once."""
_WITHIN: Final = timedelta(days=2)
"""So long before its end a moment lies in the period by every clock there is."""


class Credits(Protocol):
    """Who handed in what others have published."""

    async def __call__(self, tx: Tx, post_ids: Sequence[int], /) -> Mapping[int, UserId]:
        """Return who handed in which of these announcements; those written by their authors are left out."""
        ...


@dataclass(frozen=True, slots=True)
class Whose:
    """Who owes something: a department, a person, or every member."""

    kind: Kind
    name: str = ""
    user_id: UserId | None = None


@dataclass(frozen=True, slots=True)
class Keeper:
    """Who answers for a department."""

    user_id: UserId
    name: str


@dataclass(frozen=True, slots=True)
class Set:
    """It is set; ``before`` is how many were owed until now."""

    quota: Quota
    before: int | None


@dataclass(frozen=True, slots=True)
class TooMany:
    """The group has as many quotas as it can have."""


# Setting


async def of_group(tx: Tx, group: Group) -> list[Quota]:
    """Return a group's quotas."""
    return (await store.whole(tx, group.id)).quotas


async def put(
    tx: Tx, group: Group, whose: Whose, count: int, period: Period, by: By, now: datetime, keeper: Keeper | None = None
) -> Set | TooMany:
    """Set what somebody owes in each period, in the place of what they owed in such a period before.

    Who answers for a department stays the same if there is no ``keeper``.
    """
    await tx.lock([group.id])
    whole = await store.whole(tx, group.id)
    quotas = whole.quotas
    former = next((one for one in _theirs(quotas, whose) if one.period is period), None)
    if former is None and len(quotas) >= MOST_QUOTAS:
        return TooMany()
    quota = Quota(
        0 if former is None else former.id,
        group.id,
        whose.kind,
        whose.name,
        whose.user_id,
        count,
        period,
        now if former is None else former.set_at,
        by.name,
    )
    if former is not None:
        quota = replace(quota, keeper_id=former.keeper_id, keeper=former.keeper)
    if keeper is not None:
        quota = replace(quota, keeper_id=keeper.user_id, keeper=keeper.name)
    await store.put(tx, quota)
    before = None if former is None else former.count
    more = {"keeper": keeper.name} if keeper is not None else {}
    await _record(
        tx, group, by, "set", now, target=_target(quota), before=before, after=count, period=period.value, **more
    )
    await _arrange(tx, group, {period}, whole.house, now)
    return Set(quota, before)


async def remove(tx: Tx, group: Group, whose: Whose, period: Period | None, by: By, now: datetime) -> list[Quota]:
    """Remove what somebody owes, in such periods or in all; returns what was removed.

    The timers stay: one that comes when nothing is owed any more does nothing, and is not set again.
    """
    await tx.lock([group.id])
    quotas = (await store.whole(tx, group.id)).quotas
    gone = [one for one in _theirs(quotas, whose) if period in {None, one.period}]
    if gone:
        await store.remove(tx, [one.id for one in gone])
    for one in gone:
        await _record(tx, group, by, "removed", now, target=_target(one), before=one.count, period=one.period.value)
    return gone


async def set_keeper(tx: Tx, group: Group, quota_id: int, keeper: Keeper | None, by: By, now: datetime) -> Quota | None:
    """Have somebody answer for a department's quota, or nobody any more; None if there is no such quota."""
    await tx.lock([group.id])
    quota = next((one for one in await of_group(tx, group) if one.id == quota_id), None)
    if quota is None or quota.kind is not Kind.DEPARTMENT:
        return None
    who = None if keeper is None else keeper.user_id
    after = replace(quota, keeper_id=who, keeper="" if keeper is None else keeper.name)
    if after != quota:
        await store.put(tx, after)
        before, name = quota.keeper or None, after.keeper or None
        await _record(
            tx, group, by, "keeper", now, target=quota.name, before=before, after=name, period=quota.period.value
        )
    return after


async def house(tx: Tx, group: Group) -> House:
    """Return how a group reminds, and when its weeks begin."""
    return (await store.whole(tx, group.id)).house


async def set_house(tx: Tx, group: Group, by: By, now: datetime, **changed: int) -> House:
    """Change how a group reminds, or when its weeks begin; returns how it does now."""
    whole = await store.whole(tx, group.id)
    before, after = whole.house, replace(whole.house, **changed)
    if after != before:
        await store.put_house(tx, group.id, after)
        await _record(tx, group, by, "settings", now, before=_plain(before), after=_plain(after))
        await _arrange(tx, group, {one.period for one in whole.quotas}, after, now)
    return after


def _theirs(quotas: Sequence[Quota], whose: Whose) -> list[Quota]:
    return [one for one in quotas if one.is_of(whose.kind, whose.name, whose.user_id)]


# Counting


async def table(
    tx: Tx, group: Group, period: Period | None, back: int, credits_of: Credits, now: datetime
) -> Table | None:
    """Return who has delivered: in this period with ``back`` 0, else in a former one as it was kept; None if there is none.

    Without a ``period`` it is the first for which there is a quota.
    """
    whole = await store.whole(tx, group.id)
    quotas = whole.quotas
    period = period or next((one for one in Period if any(quota.period is one for quota in quotas)), None)
    if period is None:
        return None
    if back <= 0:
        span = span_of(period, group.local(now).date(), whole.house.week_begins)
        shares = await _count(tx, group, quotas, span, credits_of)
        return Table(span, tuple(shares), 0, period in whole.kept, tuple(quotas))
    former = await store.closed(tx, group.id, period, back)
    if former is None:
        return None
    earlier = await store.closed(tx, group.id, period, back + 1) is not None
    return Table(former, tuple(await store.kept(tx, group.id, former)), back, earlier, tuple(quotas))


async def _count(tx: Tx, group: Group, quotas: Sequence[Quota], span: Span, credits_of: Credits) -> list[Share]:
    since, until = span.bounds(group.tz)
    meant = [one for one in quotas if one.period is span.period and one.set_at < until]
    if not meant:
        return []
    # What repeats itself is written once, and long ago.
    posts = [one for one in await core.sent_between(tx, group.id, since, until) if one.recurring_id is None]
    handed = await credits_of(tx, [one.id for one in posts if one.credit])
    # A copy of what somebody had handed in is nobody's contribution.
    owners = (handed.get(one.id) if one.credit else one.author_id for one in posts)
    delivered = [who for who in owners if who is not None]
    return tally(meant, delivered, [_known(one) for one in await members.present(tx, group.id)])


def _known(member: Member) -> Known:
    department = (member.custom_title if member.is_admin else None) or member.tag or ""
    return Known(member.user_id, member.name, department)


# Time


async def _arrange(tx: Tx, group: Group, periods: set[Period], kept: House, now: datetime) -> None:
    wanted: dict[tuple[str, str], datetime] = {}
    for period in periods:
        span, key = span_of(period, group.local(now).date(), kept.week_begins), _key(group, period)
        wanted[CLOSE, key] = span.bounds(group.tz)[1]
        at = remind_at(span, kept.remind, group.tz)
        if kept.remind and at > now:
            wanted[REMIND, key] = at
    if wanted:
        await timers.set_kinds(tx, core.NAME, wanted, group.id)


async def close(tx: Tx, group: Group, period: Period, due_at: datetime, credits_of: Credits, now: datetime) -> None:
    """Keep what the period came to that has ended, and those that have ended since; go on with the next.

    Where the group's clock was changed meanwhile, the timer comes some hours early or late: early, it waits for the end.
    """
    whole = await store.whole(tx, group.id)
    quotas, kept = whole.quotas, whole.house
    last = group.local(due_at - _WITHIN).date()
    for span in ended(span_of(period, last, kept.week_begins), now, group.tz, kept.week_begins):
        shares = await _count(tx, group, quotas, span, credits_of)
        if shares:
            await store.close(tx, group.id, span, shares)
    await _arrange(tx, group, {one.period for one in quotas}, kept, now)


async def tell_from(tx: Tx, group: Group, found: Table, after: int, now: datetime) -> None:
    """Have those reminded in private who are behind in a period, from the first person whose id is greater than ``after``."""
    key = f"{_key(group, found.span.period)}:{found.span.start.isoformat()}:{after}"
    await timers.set_timer(tx, core.NAME, TELL, key, now, group.id)


def period_of(key: str) -> tuple[int, Period]:
    """Return the group and the period that a timer is about."""
    group_id, _, period = key.partition(":")
    return int(group_id), Period(period)


def _key(group: Group, period: Period) -> str:
    return f"{group.id}:{period.value}"


# The audit


async def note_export(tx: Tx, group: Group, found: Table, by: By, now: datetime) -> None:
    """Write down that a table of names left the bot as a file."""
    await _record(tx, group, by, "exported", now, after=found.span.start.isoformat(), period=found.span.period.value)


def _target(quota: Quota) -> str:
    return quota.kind.value if quota.kind is Kind.EVERYBODY else quota.name


def _plain(kept: House) -> dict[str, int]:
    return {"remind": kept.remind, "week_begins": kept.week_begins}


async def _record(
    tx: Tx,
    group: Group,
    by: By,
    action: str,
    now: datetime,
    *,
    target: str | None = None,
    before: Any = None,
    after: Any = None,
    **more: str,
) -> None:
    await audit.record(
        tx,
        group_id=group.id,
        actor_id=by.user_id,
        actor_name=by.name,
        action=f"quota.{action}",
        at=now,
        target=target,
        before=before,
        after=after,
        details=more,
    )
