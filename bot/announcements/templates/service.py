"""Saving, using, renaming and deleting templates. Every change is written down in the audit."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.announcements import service as core
from bot.announcements.rules.announcement import Announcement
from bot.announcements.rules.outcomes import Done, Unknown
from bot.announcements.templates import store
from bot.announcements.templates.rules import (
    MOST,
    Full,
    NameTaken,
    NoTemplate,
    NotYours,
    Refused,
    Template,
    key_of,
    may_change,
    read_name,
)
from bot.audit import service as audit

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from bot.announcements.rules.announcement import By
    from bot.announcements.rules.content import Content
    from bot.db.engine import Tx
    from bot.kernel.ids import GroupId


async def of_group(tx: Tx, group_id: GroupId) -> list[Template]:
    """Return a group's templates by name."""
    return await store.of_group(tx, group_id)


async def find(tx: Tx, group_id: GroupId, named: str | int) -> Template | NoTemplate:
    """Return a group's template by its name, or by its id."""
    if isinstance(named, int):
        return await store.get(tx, group_id, named) or NoTemplate("")
    wanted = key_of(" ".join(named.split()))
    found = (one for one in await store.of_group(tx, group_id) if one.key == wanted)
    return next(found, None) or NoTemplate(named)


async def save(
    tx: Tx,
    group_id: GroupId,
    typed: str,
    content: Content,
    by: By,
    now: datetime,
    options: Mapping[str, str] | None = None,
) -> Template | Refused:
    """Keep a content under a name."""
    name = read_name(typed)
    if not isinstance(name, str):
        return name
    problem = core.problem_of(content)
    if problem is not None:
        return problem
    await tx.lock([group_id])
    known = await store.of_group(tx, group_id)
    stopped = _taken(known, name)
    if stopped is not None:
        return stopped
    if len(known) >= MOST:
        return Full()
    new = Template(0, group_id, name, content, by.user_id, by.name, now, options or {})
    template = await store.add(tx, new)
    await _record(tx, template, by, "saved", now)
    return template


async def save_announcement(
    tx: Tx, group_id: GroupId, typed: str, number: int, by: By, now: datetime
) -> Template | Refused:
    """Keep what an announcement is under a name, with what the parts do with it."""
    item = await core.find(tx, group_id, number)
    if not isinstance(item, Announcement):
        return Unknown(number)
    return await save(tx, group_id, typed, item.content, by, now, item.options)


async def use(tx: Tx, group_id: GroupId, named: str | int, by: By, now: datetime) -> Announcement | Refused:
    """Make a draft of a template."""
    await tx.lock([group_id])
    template = await find(tx, group_id, named)
    if not isinstance(template, Template):
        return template
    outcome = await core.draft(tx, group_id, template.content, by, now, options=template.options)
    if not isinstance(outcome, Done):
        return outcome
    await store.save(tx, replace(template, used=template.used + 1))
    return outcome.item


async def rename(tx: Tx, group_id: GroupId, named: str | int, typed: str, by: By, now: datetime) -> Template | Refused:
    """Give a template another name."""
    name = read_name(typed)
    if not isinstance(name, str):
        return name
    template = await _enter(tx, group_id, named, by)
    if not isinstance(template, Template):
        return template
    others = [one for one in await store.of_group(tx, group_id) if one.id != template.id]
    stopped = _taken(others, name)
    if stopped is not None:
        return stopped
    after = replace(template, name=name)
    await store.save(tx, after)
    await _record(tx, after, by, "renamed", now, before=template.name)
    return after


async def delete(tx: Tx, group_id: GroupId, named: str | int, by: By, now: datetime) -> Template | Refused:
    """Forget a template; what was made of it stays."""
    template = await _enter(tx, group_id, named, by)
    if not isinstance(template, Template):
        return template
    await store.remove(tx, template)
    await _record(tx, template, by, "deleted", now)
    return template


async def _enter(tx: Tx, group_id: GroupId, named: str | int, by: By) -> Template | NoTemplate | NotYours:
    await tx.lock([group_id])
    template = await find(tx, group_id, named)
    if isinstance(template, Template) and not may_change(template, by):
        return NotYours(template)
    return template


def _taken(known: list[Template], name: str) -> NameTaken | None:
    same = next((one for one in known if one.key == key_of(name)), None)
    return None if same is None else NameTaken(same.name)


async def _record(tx: Tx, template: Template, by: By, action: str, now: datetime, *, before: str | None = None) -> None:
    await audit.record(
        tx,
        group_id=template.group_id,
        actor_id=by.user_id,
        actor_name=by.name,
        action=f"announcement.template_{action}",
        at=now,
        target=template.name,
        before=before,
    )
