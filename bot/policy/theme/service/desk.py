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
    clock: Clock
    learning: Learning
    waiting: int
    is_new: bool = False
    """It was never set."""

    @property
    def learned(self) -> tuple[str, ...]:
        """The words that the group's talk has taught."""
        return learned(self.learning, self.theme.struck)


class Desk:
    """Sets themes, and keeps the prepared posts."""

    def __init__(self, watching: Watching) -> None:
        self._watching = watching

    async def shown(self, tx: Tx, group_id: GroupId) -> Shown:
        """Return a group's theme with the words it has learned, its clock, and how many posts wait."""
        stored, waiting = await store.whole(tx, group_id)
        theme, clock, learning = stored or (Theme(), Clock(), Learning())
        return Shown(theme, *self._watching.newest(group_id, clock, learning), waiting, stored is None)

    async def set(self, tx: Tx, group_id: GroupId, before: Shown, theme: Theme, by: By, now: datetime) -> Shown | Fault:
        """Store a theme; returns what is shown then, or what is wrong with it. Without words there is nothing to watch."""
        fault = fault_of_words(theme.words) or fault_of_limit(theme.limit)
        if fault is None and theme.on and not (theme.words or theme.learns):
            fault = Fault.NO_WORDS
        if fault is not None:
            return fault
        if before.theme != theme:
            await store.save(tx, group_id, theme, new=before.is_new)
            tx.after_commit(lambda: self._watching.keep(group_id, theme))
            await _record(tx, group_id, "theme.set", by, now, **_differences(before.theme, theme))
        return replace(before, theme=theme, is_new=False)

    # Prepared posts

    async def posts(self, tx: Tx, group_id: GroupId) -> list[Post]:
        """Return the posts that wait, in their order, and then those that went out, the newest first."""
        return await store.posts_of(tx, group_id)

    async def post(self, tx: Tx, group_id: GroupId, number: int) -> Post | None:
        """Return one of them."""
        return next((post for post in await store.posts_of(tx, group_id) if post.number == number), None)

    async def add(self, tx: Tx, group_id: GroupId, draft: Draft, by: By, now: datetime) -> tuple[Post, int] | Fault:
        """Put a post at the end of the line; returns it, and how many wait then."""
        waiting, number, place = await store.line(tx, group_id)
        if waiting >= MOST_POSTS:
            return Fault.TOO_MANY_POSTS
        post = Post(number + 1, draft, by[0], by[1], place=place + 1)
        await store.add(tx, group_id, post)
        await _record(tx, group_id, "theme.post_added", by, now, target=f"#{post.number}")
        return post, waiting + 1

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
