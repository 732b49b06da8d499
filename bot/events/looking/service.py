"""Reading many events at once; and writing down who took people's names away in a file."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from bot.audit import service as audit
from bot.events.looking import rules, store
from bot.events.looking.rules import Lists, Page

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from bot.db.engine import Tx
    from bot.events.looking.rules import Span
    from bot.events.rules.event import Event
    from bot.events.rules.signup import Person, SignUp, Tally
    from bot.kernel.groups import Group
    from bot.kernel.ids import GroupId, UserId

OVER_PER_PAGE: Final = 10


async def between(tx: Tx, group: Group, first: date, last: date) -> list[Event]:
    """Return the events of some days, as the group's clock has them; also those that began before and may go on."""
    since, until = _instant(group, first) - rules.LONGEST, _instant(group, last + timedelta(days=1))
    return await store.between(tx, group.id, since, until)


async def of_one(
    tx: Tx, group_ids: Sequence[GroupId], user_id: UserId, now: datetime
) -> list[tuple[Event, SignUp, int]]:
    """Return the events that somebody has said yes or maybe to, and how many stand in line before them.

    They are those still to come, and those under way that the person is going to.
    """
    if not group_ids:
        return []
    found = await store.of_one(tx, group_ids, user_id, now - rules.LONGEST)
    return [mine for mine in found if rules.is_still_theirs(mine[0], mine[1], now)]


async def history(tx: Tx, group_id: GroupId, now: datetime, page: int) -> Page:
    """Return a page of what took place, the last first; a page that is not there means the nearest."""
    total = await store.how_many_over(tx, group_id, now)
    count = max(-(-total // OVER_PER_PAGE), 1)
    number = min(max(page, 1), count)
    return Page(await store.over(tx, group_id, now, (number - 1) * OVER_PER_PAGE, OVER_PER_PAGE), number, count)


async def in_span(tx: Tx, group: Group, span: Span) -> list[tuple[Event, Tally]]:
    """Return the events that begin on days of a span."""
    since = None if span.first is None else _instant(group, span.first)
    until = None if span.last is None else _instant(group, span.last + timedelta(days=1))
    return await store.in_span(tx, group.id, since, until)


async def lists_of(tx: Tx, group_id: GroupId, found: Sequence[tuple[Event, Tally]]) -> Lists:
    """Return all there is to be known of the lists of these events."""
    ids = [event.id for event, _ in found]
    people = await store.people_of(tx, ids)
    adders = sorted({row[_ADDED_BY] for row in people if row[_ADDED_BY] is not None})
    return Lists(found, people, await store.answers_of(tx, ids), await store.names_of(tx, group_id, adders))


_ADDED_BY: Final = 10


async def note_export(tx: Tx, group_id: GroupId, by: Person, what: str, people: int, now: datetime) -> None:
    """Write down that somebody took names away in a file."""
    await audit.record(
        tx,
        group_id=group_id,
        actor_id=by.user_id,
        actor_name=by.name,
        action="event.exported",
        at=now,
        target=what,
        details={"people": people},
    )


def _instant(group: Group, day: date) -> datetime:
    return datetime.combine(day, time(), group.tz).astimezone(UTC)
