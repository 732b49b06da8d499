"""Reaching many about an announcement, a few at a time: by name below it, or each in private."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, assert_never

from bot.announcements import service as core
from bot.announcements.handlers import codes
from bot.announcements.handlers.posting import thread_of
from bot.announcements.handlers.shaping import as_read, time_of
from bot.announcements.rules.announcement import State, link_to
from bot.announcements.rules.nudging import stale_at
from bot.announcements.rules.run import PACE
from bot.announcements.rules.run import State as How
from bot.announcements.service.feeding import Batch, Later, is_private, result_key
from bot.announcements.texts.reminding import open_label
from bot.announcements.texts.words import excerpt
from bot.kernel.ids import UserId
from bot.members import service as members
from bot.tg import effects as fx
from bot.tg.buttons import rows

if TYPE_CHECKING:
    from datetime import datetime

    from bot.announcements.rules.announcement import Announcement
    from bot.announcements.rules.people import Known
    from bot.announcements.service.feeding import Feed
    from bot.i18n import Html, Texts
    from bot.kernel.groups import Group
    from bot.kernel.ids import GroupId
    from bot.tg.capability import Due
    from bot.tg.context import Scope

_TAKEN: Final = "mentions taken"
CARD_EVERY: Final = 5
"""So many messages apart the card shows how far it is: its edits count against the limits of where managers read."""


@dataclass(frozen=True, slots=True)
class Private:
    """How a part writes to one person in private: ``words`` of the group and of how the announcement begins, and its button."""

    words: Callable[[Texts, str, str], Html]
    key: Callable[[Texts, Group, Announcement], fx.Key]


class Pace:
    """When each group may have the next message that mentions people, whichever part sends it.

    It is kept in memory: the first message after a restart may follow the last one before it at once.
    """

    def __init__(self) -> None:
        self._free_at: dict[GroupId, datetime] = {}

    def free_at(self, scope: Scope, group: Group) -> datetime:
        """Return from when on a group may have another one; ``scope`` knows of those of its own transaction."""
        kept = self._free_at.get(group.id, scope.now)
        here: datetime = scope.tx.memo.get((_TAKEN, group.id), kept)
        return max(kept, here)

    def take(self, scope: Scope, group: Group) -> None:
        """Note that a group gets one now."""
        until = scope.tx.memo[_TAKEN, group.id] = scope.now + PACE
        scope.tx.after_commit(lambda: self._taken(group.id, until))

    def _taken(self, group_id: GroupId, until: datetime) -> None:
        self._free_at = {one: at for one, at in self._free_at.items() if at > until - PACE} | {group_id: until}


@dataclass(frozen=True, slots=True)
class Feeder:
    """Sends what a part's ``feed`` has next; ``result`` is the kind of its results, ``words`` writes a message in the group.

    ``hurries`` says that an urgent announcement does not wait for the end of quiet hours.
    """

    feed: Feed
    result: str
    words: Callable[[Texts, Sequence[Known]], Html]
    private: Private | None = None
    pace: Pace = field(default_factory=Pace)
    hurries: bool = True

    async def due(self, scope: Scope, due: Due) -> None:
        """Put the next message, or some private ones, into the outbox."""
        item = await core.get(scope.tx, int(due.key))
        group = scope.group(item.group_id) if item is not None else None
        if item is None or group is None or item.state is not State.PUBLISHED:
            return
        if not group.active:
            await self.feed.unreachable(scope.tx, item.id)
            codes.changed(scope, item)
            return
        urgent = self.hurries and item.urgent
        free_at = self.pace.free_at(scope, group)
        step = await self.feed.next_batch(scope.tx, item.id, group, urgent=urgent, now=scope.now, free_at=free_at)
        if isinstance(step, Later):
            return
        if not isinstance(step, Batch):
            codes.changed(scope, item)
        elif step.in_private and self.private is not None:
            await self._write(scope, group, item, step, self.private)
        else:
            message = fx.SendMessage(
                group.chat_id,
                str(self.words(scope.texts(group), step.people)),
                reply_to=item.message_id,
                thread_id=thread_of(group, item),
            )
            self.pace.take(scope, group)
            self._put(scope, group, message, result_key(step.run), urgent=urgent)

    async def _write(self, scope: Scope, group: Group, item: Announcement, step: Batch, private: Private) -> None:
        """Write to some people, each in their language, with the button and the way to the announcement."""
        await members.learn_languages(scope.tx, [one.user_id for one in step.people])
        link, content = link_to(item), await as_read(scope, group, item.content, time_of(item, scope.now))
        for one in step.people:
            texts = await scope.texts_of(UserId(one.user_id), group)
            opened = fx.Key(open_label(texts), url=link) if link is not None else None
            keys = rows((private.key(texts, group, item),), (opened,))
            said = private.words(texts, group.title, excerpt(texts, content))
            message = fx.SendMessage(one.user_id, str(said), keys, protect=item.content.protected)
            self._put(scope, group, message, result_key(step.run, one.user_id))

    def _put(self, scope: Scope, group: Group, message: fx.SendMessage, key: str, *, urgent: bool = False) -> None:
        """Put a message into the outbox; answers go before it."""
        scope.effects.put(
            message,
            priority=fx.Priority.BROADCAST,
            expires=stale_at(group, scope.now, urgent=urgent),
            on_result=fx.OnResult(core.NAME, self.result, key),
            group_id=group.id,
        )

    async def arrived(self, scope: Scope, result: fx.SendResult) -> None:
        """Note what became of a message."""
        match result:
            case fx.Delivered():
                run = await self.feed.delivered(scope.tx, result.key, scope.now)
            case fx.Uncertain():
                run = await self.feed.lost(scope.tx, result.key, scope.now)
            case fx.Refused(refusal=refusal, text=text):
                again = refusal is fx.Refusal.TOO_LATE
                run = await self.feed.refused(scope.tx, result.key, refusal, text, scope.now, again=again)
            case _:
                assert_never(result)
        if run is None or run.on_way:
            return
        goes_on = isinstance(result, fx.Delivered) and run.state is How.RUNNING
        if goes_on and run.batch % CARD_EVERY and not is_private(result.key):
            return
        item = await core.get(scope.tx, run.post_id)
        if item is not None:
            codes.changed(scope, item)
