"""What is done with announcements. Every change is written down in the audit, in the transaction of the change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.announcements import store
from bot.announcements.rules import (
    Act,
    Announcement,
    By,
    Content,
    ContentProblem,
    Done,
    FileFixed,
    Firing,
    Go,
    Hold,
    HoldBack,
    Ignore,
    NotAllowed,
    NotNow,
    Past,
    Pin,
    Quiet,
    Refused,
    State,
    Unknown,
    check_content,
    decide,
    fire,
    merged,
)
from bot.audit import service as audit
from bot.i18n import Html
from bot.kernel.blank import is_blank
from bot.tg.pages import visible_length
from bot.timers import service as timers

if TYPE_CHECKING:
    from datetime import datetime

    from bot.db.engine import Tx
    from bot.kernel.groups import Group
    from bot.kernel.ids import ChatId, GroupId, MessageId

NAME = "announcements"
TIMER = "publish"
LAST = 10
"""How many published ones the list shows."""
_NO_POST: dict[str, Any] = {"posted_at": None, "chat_id": None, "message_id": None, "pin": Pin.NONE}


# Reading


async def get(tx: Tx, item_id: int) -> Announcement | None:
    """Return an announcement by its id."""
    return await store.get(tx, item_id)


async def find(tx: Tx, group_id: GroupId, number: int) -> Announcement | Unknown:
    """Return a group's announcement by its number."""
    return await store.by_number(tx, group_id, number) or Unknown(number)


async def can(tx: Tx, group_id: GroupId, number: int, act: Act, by: By) -> Announcement | Refused:
    """Return an announcement to which the person may do this now, or why they cannot; nothing is changed."""
    item = await store.by_number(tx, group_id, number)
    if item is None:
        return Unknown(number)
    after = decide(item, act, by)
    return item if isinstance(after, State) else after


async def board(tx: Tx, group_id: GroupId) -> list[Announcement]:
    """Return what is open, by number, and then the last published ones, the newest first."""
    return [*await store.still_open(tx, group_id), *await store.last_posted(tx, group_id, LAST)]


async def waiting(tx: Tx, group_id: GroupId) -> list[Announcement]:
    """Return those with which something is still to be done, by number."""
    return await store.still_open(tx, group_id)


async def sent_between(tx: Tx, group_id: GroupId, since: datetime, until: datetime) -> list[Announcement]:
    """Return those published from ``since`` to before ``until``, in order."""
    return await store.posted_between(tx, group_id, since, until)


# What people do


def problem_of(content: Content) -> ContentProblem | None:
    """Say what is wrong with a content, if something is."""
    blank = is_blank(Html(content.html).striptags())
    return check_content(content, 0 if blank else visible_length(content.html))


async def draft(tx: Tx, group_id: GroupId, content: Content, by: By, now: datetime) -> Done | ContentProblem:
    """Keep a draft (R02)."""
    problem = problem_of(content)
    if problem is not None:
        return problem
    await tx.lock([group_id])
    item = await store.add(
        tx,
        {
            "group_id": group_id,
            "state": State.DRAFT,
            **_columns(content),
            "author_id": by.user_id,
            "author_name": _clean(by.name)[:200],
            "created_at": now,
            "publisher_name": "",
            "attempt": 0,
            "pin": Pin.NONE,
            "refusal": "",
            "problem": "",
        },
    )
    await _record(tx, item, by, "drafted", now, after=_plain(item.content))
    return Done(item, State.DRAFT)


async def edit(tx: Tx, group_id: GroupId, number: int, content: Content, by: By, now: datetime) -> Done | Refused:
    """Change words or file; what is left out of ``content`` stays."""
    item = await _enter(tx, group_id, number, Act.EDIT, by)
    if not isinstance(item, Announcement):
        return item
    if item.state is State.PUBLISHED and content.kind is not None:
        return FileFixed(number)
    if item.state is State.PUBLISHED and item.message_id is None:
        return NotNow(item, Act.EDIT)
    whole = merged(item.content, content)
    problem = problem_of(whole)
    if problem is not None:
        return problem
    after = await store.change(tx, item.id, **_columns(whole))
    await _record(tx, item, by, "edited", now, before=_plain(item.content), after=_plain(whole))
    return Done(after, item.state)


async def schedule(tx: Tx, group_id: GroupId, number: int, at: datetime, by: By, now: datetime) -> Done | Refused:
    """Set the time, or another one (R02)."""
    item = await _enter(tx, group_id, number, Act.SCHEDULE, by)
    if not isinstance(item, Announcement):
        return item
    if at <= now:
        return Past(at)
    after = await store.change(
        tx, item.id, state=State.SCHEDULED, due_at=at, publisher_id=by.user_id, publisher_name=_clean(by.name)[:200]
    )
    await timers.set_timer(tx, NAME, TIMER, str(item.id), at, group_id)
    before = None if item.due_at is None else _utc(item.due_at)
    await _record(tx, item, by, "scheduled", now, before=before, after=_utc(at))
    return Done(after, item.state)


async def publish(
    tx: Tx, group: Group, number: int, by: By, now: datetime, *, act: Act = Act.PUBLISH, in_quiet: bool = False
) -> Done | Quiet | Refused:
    """Send it on its way (R02). In quiet hours (R21) only with ``in_quiet``; ``act`` AGAIN repeats an uncertain one."""
    item = await _enter(tx, group.id, number, act, by)
    if not isinstance(item, Announcement):
        return item
    until = group.quiet_until(now)
    if until is not None and not in_quiet:
        return Quiet(item, until)
    if item.state is State.SCHEDULED:
        await timers.cancel(tx, NAME, TIMER, str(item.id))
    return await _send(tx, item, now, by)


async def cancel(tx: Tx, group_id: GroupId, number: int, by: By, now: datetime) -> Done | Refused:
    """Let a draft or a scheduled one not go out."""
    item = await _enter(tx, group_id, number, Act.CANCEL, by)
    if not isinstance(item, Announcement):
        return item
    state = State.CANCELLED if item.state in {State.SCHEDULED, State.MISSED} else State.DISCARDED
    if item.state is State.SCHEDULED:
        await timers.cancel(tx, NAME, TIMER, str(item.id))
    after = await store.change(tx, item.id, state=state)
    await _record(tx, item, by, state.value, now, before=item.state.value)
    return Done(after, item.state)


async def restore(tx: Tx, group_id: GroupId, number: int, by: By, now: datetime) -> Done | Refused:
    """Make what was cancelled a draft again."""
    item = await _enter(tx, group_id, number, Act.RESTORE, by)
    if not isinstance(item, Announcement):
        return item
    after = await store.change(tx, item.id, state=State.DRAFT, due_at=None, publisher_id=None, publisher_name="")
    await _record(tx, item, by, "restored", now, before=item.state.value)
    return Done(after, item.state)


async def is_there(tx: Tx, group_id: GroupId, number: int, by: By, now: datetime) -> Done | Refused:
    """Take somebody's word that an uncertain one stands in the group; its message stays unknown."""
    item = await _enter(tx, group_id, number, Act.IS_THERE, by)
    if not isinstance(item, Announcement):
        return item
    after = await store.change(tx, item.id, state=State.PUBLISHED, posted_at=now)
    await _record(tx, item, by, "found", now)
    return Done(after, item.state)


async def ask_pin(tx: Tx, group_id: GroupId, number: int, by: By, now: datetime) -> Done | Refused:
    """Have a published one pinned once more, after Telegram refused."""
    item = await _enter(tx, group_id, number, Act.PIN, by)
    if not isinstance(item, Announcement):
        return item
    if item.pin is not Pin.REFUSED or item.message_id is None:
        return NotNow(item, Act.PIN)
    after = await store.change(tx, item.id, pin=Pin.ASKED, refusal="", problem="")
    await _record(tx, item, by, "pinned", now)
    return Done(after, item.state)


# When the time has come


async def come_due(
    tx: Tx, item: Announcement, group: Group, *, may_publish: bool, now: datetime
) -> tuple[Firing, Announcement]:
    """Publish a scheduled one, hold it over the quiet hours, or make it a draft again."""
    verdict = fire(item, may_publish=may_publish, quiet_until=group.quiet_until(now))
    match verdict:
        case Ignore():
            return verdict, item
        case Hold(until=until):
            await timers.set_timer(tx, NAME, TIMER, str(item.id), until, group.id)
            await _record(tx, item, None, "held", now, after=_utc(until))
            return verdict, item
        case HoldBack():
            after = await store.change(tx, item.id, state=State.DRAFT, due_at=None)
            await _record(tx, item, None, "held_back", now, publisher=item.publisher_name)
            return verdict, after
        case Go():
            return verdict, (await _send(tx, item, now, None)).item


async def miss(tx: Tx, item: Announcement, now: datetime) -> Announcement | None:
    """Note that its time passed while nobody could publish it; None if it does not wait any more."""
    if item.state is not State.SCHEDULED:
        return None
    after = await store.change(tx, item.id, state=State.MISSED)
    await _record(tx, item, None, "missed", now)
    return after


# What Telegram said


def result_key(item: Announcement) -> str:
    """Name the present posting, so that the result of an earlier one is not taken for it."""
    return f"{item.id}:{item.attempt}"


async def posted(tx: Tx, key: str, chat_id: ChatId, message_id: MessageId, now: datetime) -> Announcement | None:
    """Note where it stands; None if another posting has begun since."""
    item = await _awaited(tx, key, State.PUBLISHING)
    if item is None:
        return None
    return await store.change(
        tx, item.id, state=State.PUBLISHED, posted_at=now, chat_id=chat_id, message_id=message_id, pin=Pin.ASKED
    )


async def refused(tx: Tx, key: str, refusal: str, problem: str, now: datetime) -> Announcement | None:
    """Note that Telegram would not post it, and why."""
    item = await _awaited(tx, key, State.PUBLISHING)
    if item is None:
        return None
    await _record(tx, item, None, "failed", now, reason=problem)
    return await store.change(tx, item.id, state=State.FAILED, refusal=refusal, problem=_clean(problem))


async def unsure(tx: Tx, key: str, now: datetime) -> Announcement | None:
    """Note that nobody knows whether it stands in the group."""
    item = await _awaited(tx, key, State.PUBLISHING)
    if item is None:
        return None
    await _record(tx, item, None, "uncertain", now)
    return await store.change(tx, item.id, state=State.UNCERTAIN)


async def pinned(tx: Tx, key: str, refusal: str | None, problem: str, now: datetime) -> Announcement | None:
    """Note that it is pinned, or why not (``refusal``); it stays published either way."""
    item = await _awaited(tx, key, State.PUBLISHED)
    if item is None or item.pin is not Pin.ASKED:
        return None
    if refusal is None:
        return await store.change(tx, item.id, pin=Pin.PINNED, refusal="", problem="")
    await _record(tx, item, None, "not_pinned", now, reason=problem)
    return await store.change(tx, item.id, pin=Pin.REFUSED, refusal=refusal, problem=_clean(problem))


async def out_of_reach(tx: Tx, item: Announcement, now: datetime) -> Announcement | None:
    """Note that its time came when the bot was not in the group."""
    if item.state is not State.SCHEDULED:
        return None
    await _record(tx, item, None, "failed", now, reason="")
    return await store.change(tx, item.id, state=State.FAILED, refusal="chat_gone", problem="")


# Shared


async def _enter(
    tx: Tx, group_id: GroupId, number: int, act: Act, by: By
) -> Announcement | Unknown | NotNow | NotAllowed:
    """Return an announcement that nobody else changes until the end of the transaction, or why this cannot be done."""
    await tx.lock([group_id])
    item = await store.by_number(tx, group_id, number)
    if item is None:
        return Unknown(number)
    after = decide(item, act, by)
    return item if isinstance(after, State) else after


async def _send(tx: Tx, item: Announcement, now: datetime, by: By | None) -> Done:
    values: dict[str, Any] = {"state": State.PUBLISHING, "attempt": item.attempt + 1, "refusal": "", "problem": ""}
    if by is not None:
        values |= {"publisher_id": by.user_id, "publisher_name": _clean(by.name)[:200]}
    after = await store.change(tx, item.id, **values, **_NO_POST)
    await _record(tx, item, by, "published", now)
    return Done(after, item.state)


async def _awaited(tx: Tx, key: str, state: State) -> Announcement | None:
    item_id, _, attempt = key.partition(":")
    item = await store.get(tx, int(item_id))
    if item is None or item.state is not state or str(item.attempt) != attempt:
        return None
    return item


async def _record(
    tx: Tx,
    item: Announcement,
    by: By | None,
    action: str,
    now: datetime,
    *,
    before: Any = None,
    after: Any = None,
    **details: str,
) -> None:
    await audit.record(
        tx,
        group_id=item.group_id,
        actor_id=None if by is None else by.user_id,
        actor_name="" if by is None else by.name,
        action=f"announcement.{action}",
        at=now,
        target=f"#{item.number}",
        before=before,
        after=after,
        details=details,
    )


def _columns(content: Content) -> dict[str, Any]:
    return {"html": _clean(content.html), "kind": content.kind, "file_id": content.file_id}


def _plain(content: Content) -> dict[str, str]:
    return {"html": content.html} if content.kind is None else {"html": content.html, "file": content.kind}


def _utc(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC"


def _clean(text: str) -> str:
    # PostgreSQL stores no NUL, and no driver half a surrogate pair.
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")
