"""Handing in, asking, answering and deciding; each step in the audit. Nothing here speaks to Telegram."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from bot.announcements import service as core
from bot.announcements.rules.outcomes import Done as Drafted
from bot.announcements.service.common import plain
from bot.announcements.submissions import rules, store
from bot.announcements.submissions.rules import Act, Done, House, NotThere, Refused, State, Submission, Unknown
from bot.audit import service as audit
from bot.i18n import Html

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from bot.announcements.rules.announcement import Announcement, By
    from bot.announcements.rules.content import Content
    from bot.db.engine import Tx
    from bot.kernel.groups import Group
    from bot.kernel.ids import GroupId, UserId

DECIDED: Final = 40
"""So many of those that are decided stand in the queue behind those that wait."""
OWN_LISTED: Final = 60


# Reading


async def get(tx: Tx, item_id: int) -> Submission | None:
    """Return a submission by its id."""
    return await store.get(tx, item_id)


async def find(tx: Tx, group_id: GroupId, number: int) -> Submission | Unknown:
    """Return a group's submission by its number."""
    return await store.by_number(tx, group_id, number) or Unknown(number)


async def of_post(tx: Tx, post_id: int) -> Submission | None:
    """Return the submission that became an announcement."""
    return await store.of_post(tx, post_id)


async def asked(tx: Tx, user_id: UserId) -> Submission | None:
    """Return a person's submission about which a question waits, in whichever group; the last one of several."""
    return await store.asked(tx, user_id)


async def can(tx: Tx, group_id: GroupId, number: int, act: Act, by: UserId) -> Submission | Refused:
    """Return a submission with which the person may do this now, or why they cannot; nothing is changed."""
    item = await store.by_number(tx, group_id, number)
    if item is None:
        return Unknown(number)
    after = rules.decide(item, act, by)
    return item if isinstance(after, State) else after


async def queue(tx: Tx, group_id: GroupId) -> list[Submission]:
    """Return what waits, the oldest first, and behind it the last that were decided."""
    return await store.queue(tx, group_id, DECIDED)


async def in_state(
    tx: Tx, group_id: GroupId, state: State, page: int, per_page: int
) -> tuple[list[Submission], int, int]:
    """Return a page of those in a state, the newest first, which page it is and how many there are; the nearest, if need be."""
    pages = -(-await store.count_in_state(tx, group_id, state) // per_page)
    page = min(max(page, 1), max(pages, 1))
    return await store.in_state(tx, group_id, state, page, per_page) if pages else [], page, pages


async def own(tx: Tx, group_id: GroupId, user_id: UserId) -> list[Submission]:
    """Return what a member has handed in, the newest first."""
    return await store.own(tx, group_id, user_id, OWN_LISTED)


async def count_open(tx: Tx, group_id: GroupId) -> int:
    """Count what nobody has decided on."""
    return await store.count_open(tx, group_id)


async def house(tx: Tx, group_id: GroupId) -> House:
    """Return how a group takes submissions."""
    return await store.house(tx, group_id)


async def handed_in_by(tx: Tx, post_ids: Sequence[int]) -> Mapping[int, UserId]:
    """Return who handed in which of these announcements; those written by their authors are left out."""
    return await store.handed_in_by(tx, post_ids)


# The member


async def may_hand_in(tx: Tx, group: Group, user_id: UserId, now: datetime) -> Refused | None:
    """Say why somebody cannot hand in anything now; None if they can."""
    found, today = await store.house_and_count(tx, group.id, user_id, rules.day_began(group, now))
    return rules.may_hand_in(found, today, rules.next_day(group, now))


async def hand_in(
    tx: Tx,
    group: Group,
    content: Content,
    by: By,
    department: str,
    now: datetime,
    *,
    messages: tuple[int, ...] = (),
) -> Done | Refused:
    """Keep what a member hands in (R25); ``messages`` are those of the group it was, where everybody has read it."""
    problem = core.problem_of(content)
    if problem is not None:
        return problem
    await tx.lock([group.id])
    refusal = await may_hand_in(tx, group, by.user_id, now)
    if refusal is not None:
        return refusal
    new = Submission(0, group.id, 0, State.WAITING, content, by.user_id, by.name, department, now)
    new = replace(new, openly=bool(messages), messages=messages)
    item = await store.add(tx, new)
    await _record(tx, item, by, "handed_in", now, after=plain(content))
    return Done(item)


async def answer(tx: Tx, group_id: GroupId, number: int, content: Content, by: By, now: datetime) -> Done | Refused:
    """Keep the member's answer to the question that waits."""
    item = await _enter(tx, group_id, number, Act.ANSWER, by)
    if not isinstance(item, Submission):
        return item
    problem = core.problem_of(content)
    if problem is not None:
        return problem
    after = await store.save(tx, rules.answered(item, content, now))
    await _record(tx, item, by, "answered", now, after=plain(content))
    return Done(after)


async def use(tx: Tx, group_id: GroupId, number: int, by: By, now: datetime) -> Done | Refused:
    """Take the last answer as the new text."""
    item = await _enter(tx, group_id, number, Act.USE, by)
    if not isinstance(item, Submission):
        return item
    changed = rules.used(item)
    problem = core.problem_of(changed.content)
    if problem is not None:
        return problem
    after = await store.save(tx, changed)
    await _record(tx, item, by, "changed", now, before=plain(item.content), after=plain(after.content))
    return Done(after)


async def take_back(tx: Tx, group_id: GroupId, number: int, by: By, now: datetime) -> Done | Refused:
    """Let the member take back what nobody has decided on."""
    item = await _enter(tx, group_id, number, Act.TAKE_BACK, by)
    if not isinstance(item, Submission):
        return item
    after = await store.save(tx, replace(item, state=State.TAKEN_BACK, decided_at=now))
    await _record(tx, item, by, "taken_back", now)
    return Done(after)


# Reviewers


async def ask(tx: Tx, group_id: GroupId, number: int, question: str, by: By, now: datetime) -> Done | Refused:
    """Ask the member something."""
    item = await _enter(tx, group_id, number, Act.ASK, by)
    if not isinstance(item, Submission):
        return item
    after = await store.save(tx, rules.asked(item, question, by.name, now))
    await _record(tx, item, by, "asked", now, after=question)
    return Done(after)


async def accept(
    tx: Tx, group_id: GroupId, number: int, by: By, now: datetime, *, verified: str = "", line: Html | None = None
) -> Done | Refused:
    """Make a draft of it, of which the reviewer is the author.

    ``verified`` says how it was verified (R25); ``line``, if there is one, stands below its words and names who handed it in.
    """
    item = await _enter(tx, group_id, number, Act.ACCEPT, by)
    if not isinstance(item, Submission):
        return item
    content = item.content if line is None else replace(item.content, html=_below(item.content.html, line))
    drafted = await core.draft(tx, group_id, content, by, now, credit=item.user_name)
    if not isinstance(drafted, Drafted):
        return drafted
    decided = _decided(item, State.ACCEPTED, by, now)
    post = drafted.item
    after = await store.save(
        tx, replace(decided, verified=verified, shown=line is not None, post_id=post.id, post_number=post.number)
    )
    await _record(tx, item, by, "accepted", now, announcement=f"#{post.number}")
    if verified:
        await _record(tx, item, by, "verified", now, after=verified)
    return Done(after)


async def decline(tx: Tx, group_id: GroupId, number: int, reason: str, by: By, now: datetime) -> Done | Refused:
    """Turn it down."""
    item = await _enter(tx, group_id, number, Act.DECLINE, by)
    if not isinstance(item, Submission):
        return item
    after = await store.save(tx, replace(_decided(item, State.DECLINED, by, now), reason=reason))
    await _record(tx, item, by, "declined", now, after=reason)
    return Done(after)


async def follow(tx: Tx, post: Announcement, post_id: int) -> Submission | None:
    """Let a submission go with the announcement it has become, of id ``post_id``; None if it stays, or there is none.

    ``post`` is that announcement, or one of the dates of a recurring one, of which the first counts.
    """
    item = await store.of_post(tx, post_id)
    if item is None:
        return None
    state = rules.followed(item, post.state)
    if state is item.state or (post.id != post_id and state is not State.PUBLISHED):
        return None
    reason = post.withdrawn_why if state is State.WITHDRAWN else ""
    return await store.save(tx, replace(item, state=state, reason=reason))


async def delete(tx: Tx, group_id: GroupId, number: int, by: By, now: datetime) -> Done | Refused:
    """Note that its messages are deleted from the group; the item that is returned still names them."""
    await tx.lock([group_id])
    item = await store.by_number(tx, group_id, number)
    if item is None:
        return Unknown(number)
    if not item.messages:
        return NotThere(item)
    await store.save(tx, replace(item, messages=()))
    await _record(tx, item, by, "deleted", now)
    return Done(item)


async def set_house(tx: Tx, group_id: GroupId, by: By, now: datetime, **changed: Any) -> House:
    """Change how a group takes submissions; returns how it does now."""
    before = await store.house(tx, group_id)
    after = replace(before, **changed)
    if after != before:
        await store.put_house(tx, group_id, after)
        await audit.record(
            tx,
            group_id=group_id,
            actor_id=by.user_id,
            actor_name=by.name,
            action="submission.settings",
            at=now,
            before={"open": before.open, "daily": before.daily},
            after={"open": after.open, "daily": after.daily},
        )
    return after


# Shared


async def _enter(tx: Tx, group_id: GroupId, number: int, act: Act, by: By) -> Submission | Refused:
    """Return a submission that nobody else changes until the end of the transaction, or why this cannot be done."""
    await tx.lock([group_id])
    return await can(tx, group_id, number, act, by.user_id)


def _decided(item: Submission, state: State, by: By, now: datetime) -> Submission:
    return replace(item, state=state, decider_id=by.user_id, decider_name=by.name, decided_at=now)


def _below(html: str, line: Html) -> str:
    return f"{html}\n\n{line}" if html else str(line)


async def _record(
    tx: Tx, item: Submission, by: By, action: str, now: datetime, *, before: Any = None, after: Any = None, **more: str
) -> None:
    await audit.record(
        tx,
        group_id=item.group_id,
        actor_id=by.user_id,
        actor_name=by.name,
        action=f"submission.{action}",
        at=now,
        target=f"#{item.number}",
        before=before,
        after=after,
        details=more,
    )
