"""The topics of a forum, learned from what is written in them: nothing else tells a bot which there are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from bot.announcements.broadcast.service import topics as service
from bot.kernel.ids import ThreadId

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.kernel.groups import Group
    from bot.kernel.ids import GroupId
    from bot.tg import envelope as env
    from bot.tg.context import Scope

_KEPT: Final = 10_000


class Seen(NamedTuple):
    """A topic in which somebody wrote; ``name`` is empty where the message does not say it."""

    group_id: GroupId
    thread_id: ThreadId
    name: str


class Learner:
    """Sees what is written in forums, and in no other group.

    A message that answers nobody carries the one that opened its topic, with the name it had then.
    """

    name = "names of topics"

    def __init__(self) -> None:
        self._known: set[Seen] = set()

    def minds(self, group: Group) -> bool:
        """Say whether a group has topics."""
        return group.is_forum

    def see(self, _update: env.Update, message: env.Message, group: Group) -> Seen | None:
        """Return the topic of a message, if it or its name is new."""
        if not message.is_topic_message or message.message_thread_id is None:
            return None
        opened = message.reply_to_message and message.reply_to_message.forum_topic_created
        seen = Seen(group.id, ThreadId(message.message_thread_id), (opened and opened.name) or "")
        return None if seen in self._known else seen

    async def judge(self, scope: Scope, seen: Sequence[Seen]) -> None:
        """Keep the topics of a batch; a name that is known already may be a newer one, and stays."""
        new = set(seen)
        await service.met(scope.tx, [(one.group_id, one.thread_id, one.name) for one in sorted(new)])
        scope.tx.after_commit(lambda: self._take(new))

    def _take(self, new: set[Seen]) -> None:
        self._known = new if len(self._known) > _KEPT else self._known | new
