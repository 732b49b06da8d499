"""Mentioning people below an announcement, one message after the other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, assert_never

from bot.announcements import service as core
from bot.announcements.handlers import codes
from bot.announcements.rules.announcement import State
from bot.announcements.rules.nudging import stale_at
from bot.announcements.rules.run import State as How
from bot.announcements.service.feeding import Batch, result_key
from bot.tg import effects as fx

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.announcements.rules.announcement import Announcement
    from bot.announcements.rules.people import Known
    from bot.announcements.service.feeding import Feed
    from bot.i18n import Html, Texts
    from bot.kernel.groups import Group
    from bot.tg.capability import Due
    from bot.tg.context import Scope

CARD_EVERY: Final = 5
"""So many messages apart the card shows how far it is: its edits count against the limits of where managers read."""


def mention(
    scope: Scope, group: Group, item: Announcement, html: Html, *, told: fx.OnResult | None = None, urgent: bool = False
) -> None:
    """Put a message that mentions people below an announcement into the outbox; answers go before it."""
    message = fx.SendMessage(
        group.chat_id, str(html), reply_to=item.message_id, thread_id=group.thread_for("announcements")
    )
    scope.effects.put(
        message,
        priority=fx.Priority.BROADCAST,
        expires=stale_at(group, scope.now, urgent=urgent),
        on_result=told,
        group_id=group.id,
    )


@dataclass(frozen=True, slots=True)
class Feeder:
    """Sends what a part's ``feed`` has next; ``result`` is the kind of its results, ``words`` writes a message.

    ``hurries`` says that an urgent announcement does not wait for the end of quiet hours.
    """

    feed: Feed
    result: str
    words: Callable[[Texts, Sequence[Known]], Html]
    hurries: bool = True

    async def due(self, scope: Scope, due: Due) -> None:
        """Put the next message into the outbox."""
        item = await core.get(scope.tx, int(due.key))
        group = scope.group(item.group_id) if item is not None else None
        if item is None or group is None or item.state is not State.PUBLISHED:
            return
        if not group.active:
            await self.feed.unreachable(scope.tx, item.id)
            codes.changed(scope, item)
            return
        urgent = self.hurries and item.urgent
        step = await self.feed.next_batch(scope.tx, item.id, group, urgent=urgent, now=scope.now)
        if not isinstance(step, Batch):
            codes.changed(scope, item)
            return
        told = fx.OnResult(core.NAME, self.result, result_key(step.run))
        mention(scope, group, item, self.words(scope.texts(group), step.people), told=told, urgent=urgent)

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
        if run is None or (isinstance(result, fx.Delivered) and run.state is How.RUNNING and run.batch % CARD_EVERY):
            return
        item = await core.get(scope.tx, run.post_id)
        if item is not None:
            codes.changed(scope, item)
