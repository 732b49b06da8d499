"""Looking through the ledger, counting it, taking it away, and amending a reason. Nothing here speaks to Telegram."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Final

from bot.audit import service as audit
from bot.violations import store as core_store
from bot.violations.ledger import store
from bot.violations.ledger.rules.amending import Amended, may_amend
from bot.violations.ledger.rules.buckets import buckets
from bot.violations.ledger.rules.statuses import Disputed, Status
from bot.violations.ledger.rules.wanted import (
    SHARES,
    By,
    Choices,
    Known,
    Page,
    Record,
    Selection,
    Share,
    Story,
    Summary,
    View,
    Wanted,
)
from bot.violations.service import journal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from bot.db.engine import Tx
    from bot.kernel.groups import Group
    from bot.kernel.ids import GroupId, UserId
    from bot.violations.ledger.rules.amending import Refusal
    from bot.violations.ledger.rules.buckets import Buckets
    from bot.violations.rules.case import Case, Person

PER_PAGE: Final = 8
ENTRIES: Final = 12
"""What was done about a case, on one message."""
PART: Final = 5_000
"""Cases in one file; the others come as further files."""
_CHOICES: Final = 24
_UNUSED: Final = timedelta(days=180)
"""A list that nobody has turned for so long is out of date."""
_AREAS: Final = ("case", "appeal")
Court = Callable[["Tx", "GroupId"], Awaitable[Disputed]]
"""Returns the cases of a group that appeals have to do with; another part knows."""
_OF_COURT: Final = frozenset({Status.APPEALED, Status.LIGHTER})


# One case


async def story(tx: Tx, case: Case, older_than: int | None = None) -> Story:
    """Return a case with a page of what was done about it."""
    found = await audit.about(tx, case.group_id, case.number, _AREAS, older_than=older_than, limit=ENTRIES + 1)
    shown = found[:ENTRIES]
    return Story(case, shown, shown[-1].id if len(found) > ENTRIES else None)


async def amend(tx: Tx, case: Case, typed: str, by: Person, now: datetime) -> Amended | Refusal:
    """Give a case another reason; the one before stays in the audit log."""
    reason = journal.storable(typed).strip()
    refusal = may_amend(case, reason, by.user_id)
    if refusal is not None:
        return refusal
    after = replace(case, reason=reason)
    await store.amend(tx, case.id, reason)
    await journal.record(tx, after, by, "case.amended", now, before=case.reason, after=reason)
    return Amended(after, case.reason)


async def hides_moderators(tx: Tx, group_id: GroupId) -> bool:
    """Say whether a group does not tell its members who warned them."""
    return (await core_store.settings_of(tx, group_id)).hidden


# A person


async def record_of(tx: Tx, group_id: GroupId, user_id: UserId, page: int, now: datetime) -> Record:
    """Return a page of all cases of a person; a page that is not there means the nearest."""
    total, undone, direct, name = await store.undone_and_direct(tx, group_id, user_id)
    ledger = await core_store.ledger(tx, group_id, user_id, now)
    counting = sum(case.counts(now) for case in ledger.cases)
    where = Selection(group_id, Wanted(member=user_id))
    found = await _page(tx, where, page, total)
    known = {case.id: case for case in ledger.cases}
    listed = [known.get(case.id, case) for case in found.cases]
    return Record(replace(found, cases=listed), counting, total - undone - direct - counting, undone, name)


# The group's ledger


async def keep_view(tx: Tx, group: Group, wanted: Wanted, now: datetime) -> View:
    """Keep a filter for the buttons below a list; with the whole ledger, forget those that nobody uses."""
    if wanted == Wanted():
        await store.forget_views(tx, now - _UNUSED)
    return View(await store.keep(tx, group.id, wanted, now), wanted)


async def view(tx: Tx, group: Group, view_id: int) -> View | None:
    """Return the filter a button carries; None if it is forgotten."""
    return await store.view(tx, group.id, view_id)


async def selected(tx: Tx, group: Group, wanted: Wanted, court: Court, now: datetime) -> Selection:
    """Return a filter with everything that decides which cases it wants at a moment."""
    where = selection(group, wanted)
    if wanted.status is None:
        return where
    ids = (await court(tx, group.id)).of(wanted.status) if wanted.status in _OF_COURT else None
    return replace(where, now=now, clean=(await core_store.settings_of(tx, group.id)).clean, ids=ids)


async def page_of(tx: Tx, where: Selection, page: int) -> Page:
    """Return a page of the ledger, the newest first; a page that is not there means the nearest."""
    return await _page(tx, where, page, await store.count(tx, where))


async def _page(tx: Tx, where: Selection, page: int, total: int) -> Page:
    count = max(-(-total // PER_PAGE), 1)
    number = min(max(page, 1), count)
    cases = await store.page(tx, where, (number - 1) * PER_PAGE, PER_PAGE) if total else []
    return Page(cases, number, count, total)


async def summary(tx: Tx, group: Group, where: Selection, by: By) -> Summary:
    """Count the cases that a filter wants, by one of the sides that are counted."""
    if by is By.PERIOD:
        return await _by_period(tx, group, where)
    listed, shares, counted, everything = await store.shares(tx, where, by, SHARES, weighed=True)
    return Summary(
        by,
        listed,
        counted,
        everything - counted,
        counted - sum(share.count for share in listed),
        shares - len(listed),
    )


async def _by_period(tx: Tx, group: Group, where: Selection) -> Summary:
    extent = await store.extent(tx, where)
    if extent is None:
        return Summary(By.PERIOD, (), 0)
    first, last, counted, everything = extent
    found = buckets(where.wanted.span, _day(group, first), _day(group, last))
    if found is None:
        return Summary(By.PERIOD, (), 0)
    numbers = await store.between(tx, where, _edges(group, found))
    shares = [Share(day, number) for day, number in zip(found.starts, numbers, strict=True)]
    return Summary(By.PERIOD, shares, counted, everything - counted, unit=found.unit)


def _edges(group: Group, found: Buckets) -> list[datetime]:
    return [_instant(group, day) for day in (*found.starts, found.end)]


async def choices(tx: Tx, where: Selection, by: By) -> Choices:
    """Return what one of the sides that are counted can be set to, given the others; those with the most cases first."""
    others = replace(where, wanted=where.wanted.without(by))
    listed, shares, _counted, _everything = await store.shares(tx, others, by, _CHOICES, weighed=False)
    return Choices(listed, shares - len(listed))


async def known(tx: Tx, group: Group, titles: Mapping[str, str]) -> Known:
    """Return the rules and departments by which cases can be looked for: those there are, and those on record."""
    rules, departments = await store.on_record(tx, selection(group, Wanted()))
    return Known({**dict.fromkeys(rules, ""), **titles}, departments)


async def names_of(tx: Tx, group: Group, wanted: Wanted) -> dict[UserId, str]:
    """Return the names of the people a filter names."""
    return await store.names_of(tx, group.id, wanted) if wanted.people() else {}


# Files


async def filed(tx: Tx, where: Selection, part: int) -> tuple[list[tuple[Any, ...]], int, int]:
    """Return the cases of one part of a file as they are stored, the oldest first; which part it is, and how many there are."""
    total = await store.count(tx, where)
    parts = max(-(-total // PART), 1)
    number = min(max(part, 1), parts)
    return await store.filed(tx, where, (number - 1) * PART, PART), number, total


async def note_export(tx: Tx, group_id: GroupId, by: Person, what: str, count: int, now: datetime) -> None:
    """Write down that somebody took cases away in a file."""
    await audit.record(
        tx,
        group_id=group_id,
        actor_id=by.user_id,
        actor_name=by.name,
        action="ledger.exported",
        at=now,
        target=what,
        details={"cases": count},
    )


def selection(group: Group, wanted: Wanted) -> Selection:
    """Return a filter with its days as the group's clock has them."""
    span = wanted.span
    since = None if span.first is None else _instant(group, span.first)
    until = None if span.last is None else _instant(group, span.last + timedelta(days=1))
    return Selection(group.id, wanted, since, until)


def _instant(group: Group, day: date) -> datetime:
    return datetime.combine(day, time(), group.tz).astimezone(UTC)


def _day(group: Group, at: datetime) -> date:
    return at.astimezone(group.tz).date()
