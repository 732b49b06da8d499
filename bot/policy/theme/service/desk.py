"""What managers do about a theme: setting it, and the line of prepared posts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from bot.audit import service as audit
from bot.policy.theme import store
from bot.policy.theme.rules.clock import Clock
from bot.policy.theme.rules.learning import Learning, learned
from bot.policy.theme.rules.theme import (
    MOST_POSTS,
    Draft,
    Fault,
    Post,
    PostState,
    Theme,
    fault_of_limit,
    fault_of_words,
)

if TYPE_CHECKING:
    from bot.db.engine import Tx
    from bot.kernel.ids import GroupId, UserId
    from bot.policy.theme.service.watching import Watching

By = tuple["UserId", str]


@dataclass(frozen=True, slots=True)
class Shown:
    """A theme with all that a manager wants to see of it."""

    theme: Theme
    learned: tuple[str, ...]
    clock: Clock
    waiting: int


class Desk:
    """Sets themes, and keeps the prepared posts."""

    def __init__(self, watching: Watching) -> None:
        self._watching = watching

    async def theme(self, tx: Tx, group_id: GroupId) -> Theme:
        """Return a group's theme."""
        found = await store.load(tx, [group_id])
        return found[group_id][0] if group_id in found else Theme()

    async def shown(self, tx: Tx, group_id: GroupId) -> Shown:
        """Return a group's theme with the words it has learned, its clock, and how many posts wait."""
        found = await store.load(tx, [group_id])
        theme, clock, learning = found.get(group_id, (Theme(), Clock(), Learning()))
        waiting = sum(post.state is PostState.WAITING for post in await store.posts_of(tx, group_id))
        return Shown(theme, learned(learning, theme.struck), self._watching.clock(group_id, clock), waiting)

    async def set(self, tx: Tx, group_id: GroupId, theme: Theme, by: By, now: datetime) -> Fault | None:
        """Store a theme; says what is wrong with it instead, if anything is. Without words there is nothing to watch."""
        fault = fault_of_words(theme.words) or fault_of_limit(theme.limit)
        if fault is None and theme.on and not (theme.words or theme.learns):
            fault = Fault.NO_WORDS
        if fault is not None:
            return fault
        before = await self.theme(tx, group_id)
        if before != theme:
            await store.save(tx, group_id, theme)
            tx.after_commit(lambda: self._watching.keep(group_id, theme))
            await _record(tx, group_id, "theme.set", by, now, **_differences(before, theme))
        return None

    # Prepared posts

    async def posts(self, tx: Tx, group_id: GroupId) -> list[Post]:
        """Return the posts that wait, in their order, and then those that went out, the newest first."""
        return await store.posts_of(tx, group_id)

    async def post(self, tx: Tx, group_id: GroupId, number: int) -> Post | None:
        """Return one of them."""
        return next((post for post in await store.posts_of(tx, group_id) if post.number == number), None)

    async def add(self, tx: Tx, group_id: GroupId, draft: Draft, by: By, now: datetime) -> Post | Fault:
        """Put a post at the end of the line."""
        posts = await store.posts_of(tx, group_id)
        if sum(post.state is PostState.WAITING for post in posts) >= MOST_POSTS:
            return Fault.TOO_MANY_POSTS
        place = max((post.place for post in posts), default=0) + 1
        post = Post(await store.next_number(tx, group_id), draft, by[0], by[1], place=place)
        await store.add(tx, group_id, post)
        await _record(tx, group_id, "theme.post_added", by, now, target=f"#{post.number}")
        return post

    async def first(self, tx: Tx, group_id: GroupId, post: Post, by: By, now: datetime) -> None:
        """Let a post be the next; one that went out stands in the line again."""
        places = [one.place for one in await store.posts_of(tx, group_id)]
        await store.move(tx, group_id, replace(post, state=PostState.WAITING, place=min(places, default=1) - 1))
        await _record(tx, group_id, "theme.post_first", by, now, target=f"#{post.number}")

    async def remove(self, tx: Tx, group_id: GroupId, post: Post, by: By, now: datetime) -> None:
        """Take a post away."""
        await store.move(tx, group_id, replace(post, state=PostState.REMOVED))
        await _record(tx, group_id, "theme.post_removed", by, now, target=f"#{post.number}")

    async def take_next(self, tx: Tx, group_id: GroupId, by: By | None, now: datetime) -> Post | None:
        """Take the next post out of the line, to be sent; None where the line is empty."""
        waiting = (post for post in await store.posts_of(tx, group_id) if post.state is PostState.WAITING)
        post = next(waiting, None)
        if post is not None:
            await store.move(tx, group_id, replace(post, state=PostState.SENT, sent_at=now))
            await _record(tx, group_id, "theme.post_sent", by, now, target=f"#{post.number}")
        return post

    async def put_back(self, tx: Tx, group_id: GroupId, number: int, now: datetime) -> Post | None:
        """Put a post that could not be sent back to where it stood; None if it is gone, or waits already."""
        post = await self.post(tx, group_id, number)
        if post is None or post.state is not PostState.SENT:
            return None
        await store.move(tx, group_id, replace(post, state=PostState.WAITING, sent_at=None))
        await _record(tx, group_id, "theme.post_back", None, now, target=f"#{number}")
        return post


def _differences(before: Theme, after: Theme) -> dict[str, Any]:
    """Return what a change says in the audit log: the fields that differ, as they were and as they are."""
    names = ("on", "limit", "steer", "learns", "words", "struck", "let_be")
    changed = [name for name in names if getattr(before, name) != getattr(after, name)]
    old, new = ({name: _plain(getattr(one, name)) for name in changed} for one in (before, after))
    return {"before": old, "after": new}


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return ", ".join(value)[:500]
    if isinstance(value, timedelta):
        return f"PT{int(value.total_seconds())}S"
    return value.isoformat() if isinstance(value, datetime) else value


async def _record(tx: Tx, group_id: GroupId, action: str, by: By | None, now: datetime, **values: Any) -> None:
    actor_id, name = (None, "") if by is None else by
    await audit.record(tx, group_id=group_id, actor_id=actor_id, actor_name=name, action=action, at=now, **values)
