"""The topics of forums, as far as their names are known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.announcements.broadcast import store
from bot.announcements.broadcast.rules.topics import Topic

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.db.engine import Tx
    from bot.kernel.ids import GroupId, ThreadId


async def note(tx: Tx, group_id: GroupId, thread_id: ThreadId, name: str) -> None:
    """Keep what a topic is called."""
    await store.put_topic(tx, group_id, Topic(thread_id, name))


async def met(tx: Tx, topics: Sequence[tuple[GroupId, ThreadId, str]]) -> None:
    """Keep topics in which somebody wrote, with their names where those are known (else empty)."""
    await store.meet_topics(tx, topics)


async def known(tx: Tx, group_id: GroupId) -> list[Topic]:
    """Return the topics of a forum that are known, some by their numbers only."""
    return await store.topics_of(tx, group_id)
