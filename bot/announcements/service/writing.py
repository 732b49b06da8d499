"""Drafts and their words."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.announcements import store
from bot.announcements.rules import life, making, passing
from bot.announcements.rules.announcement import Announcement, By, State
from bot.announcements.rules.content import Content, ContentProblem, check_content, files_of, merged
from bot.announcements.rules.outcomes import Done, FileFixed, ProtectionFixed, Refused, Unknown
from bot.announcements.service.common import enter, plain, record
from bot.i18n import Html
from bot.kernel.blank import is_blank
from bot.tg.pages import visible_length

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from bot.db.engine import Tx
    from bot.kernel.ids import GroupId


def problem_of(content: Content) -> ContentProblem | None:
    """Say what is wrong with a content, if something is."""
    blank = is_blank(Html(content.html).striptags())
    return check_content(content, 0 if blank else visible_length(content.html))


async def draft(  # noqa: PLR0913  (who writes what where, and what goes along with it)
    tx: Tx,
    group_id: GroupId,
    content: Content,
    by: By,
    now: datetime,
    *,
    options: Mapping[str, str] | None = None,
    credit: str = "",
    urgent: bool = False,
    broadcast_id: int | None = None,
) -> Done | ContentProblem:
    """Keep a draft (R02). ``credit`` names who handed it in (R25); ``options`` are what the parts keep with it."""
    problem = problem_of(content)
    if problem is not None:
        return problem
    await tx.lock([group_id])
    new = replace(
        making.drafted(group_id, content, by, now, options),
        credit=credit,
        urgent=urgent,
        broadcast_id=broadcast_id,
    )
    item = await store.add(tx, new)
    await record(tx, item, by, "drafted", now, after=plain(item.content))
    return Done(item, State.DRAFT)


async def copy(tx: Tx, group_id: GroupId, number: int, by: By, now: datetime) -> Done | Refused:
    """Draft another with the same content and options; it names whoever had handed the first one in."""
    await tx.lock([group_id])
    item = await store.by_number(tx, group_id, number)
    if item is None:
        return Unknown(number)
    # Where the message is gone from the group, what is begun anew is what it was to say.
    change = item.undone.change if item.undone.gone else None
    content = item.content if change is None else change.content
    return await draft(tx, group_id, content, by, now, options=item.options, credit=item.credit, urgent=item.urgent)


async def edit(tx: Tx, group_id: GroupId, number: int, content: Content, by: By, now: datetime) -> Done | Refused:
    """Change words or files; what is left out of ``content`` stays. A change of what is published may have to wait (R09)."""
    return await change(tx, group_id, number, lambda standing: merged(standing, content), by, now)


async def change(
    tx: Tx,
    group_id: GroupId,
    number: int,
    make: Callable[[Content], Content],
    by: By,
    now: datetime,
    action: str = "edited",
) -> Done | Refused:
    """Change what is posted to what ``make`` makes of it, as :func:`edit` does; ``action`` names it in the audit."""
    found = await enter(tx, group_id, number)
    if isinstance(found, Unknown):
        return found
    item, house = found
    standing = item.content if item.pending is None else item.pending
    whole = make(standing)
    after = life.edited(item, whole, by, house, now)
    if not isinstance(after, Announcement):
        return after
    if item.state is State.PUBLISHED and files_of(whole) != files_of(standing):
        return FileFixed(number)
    if item.state is State.PUBLISHED and whole.protected != standing.protected:
        return ProtectionFixed(number)
    problem = passing.stops_closing(item, whole) or problem_of(whole)
    if problem is not None:
        return problem
    saved = await store.save(tx, after)
    if saved.pending is not None:
        action = "change_handed_in"
    await record(tx, item, by, action, now, before=plain(item.content), after=plain(whole))
    return Done(saved, item.state)


async def join_broadcast(tx: Tx, item: Announcement, broadcast_id: int) -> Announcement:
    """Let one count as its own group's copy of a broadcast that was made from it."""
    return await store.save(tx, replace(item, broadcast_id=broadcast_id))


async def set_option(
    tx: Tx, group_id: GroupId, number: int, part: str, value: str | None, by: By, now: datetime
) -> Done | Refused:
    """Let a part keep something with an announcement under its own name, or nothing any more with None."""
    found = await enter(tx, group_id, number)
    if isinstance(found, Unknown):
        return found
    item = found[0]
    before = item.options.get(part)
    others = {name: kept for name, kept in item.options.items() if name != part}
    after = life.with_options(item, others if value is None else {**others, part: value}, by)
    if not isinstance(after, Announcement):
        return after
    if before == value:
        return Done(item, item.state)
    stopped = None if value is None else passing.stops_asking(item, part)
    if stopped is not None:
        return stopped
    saved = await store.save(tx, after)
    await record(tx, item, by, "option", now, before=before, after=value, part=part)
    return Done(saved, item.state)
