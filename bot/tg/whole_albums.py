"""What is said with an album and means all of it waits until all of it has come, and is then taken as if it had just been said.

It is kept in the database meanwhile, so a restart loses nothing. Of files that come still later it is said that they are left out.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from bot.i18n import N_
from bot.kernel.ids import ChatId, GroupId, MessageId, UserId
from bot.tg import albums, turn_store
from bot.tg import texts as say
from bot.tg.capability import Capability, TimerKind

if TYPE_CHECKING:
    from bot.db.engine import Tx
    from bot.tg.albums import Album
    from bot.tg.capability import Due
    from bot.tg.context import Context, Scope

NAME: Final = "albums"
COMPLETE: Final = "complete"
LATE: Final = "late"
WAIT: Final = timedelta(seconds=1)
"""So long after the last of its files an album is complete."""
SetTimer = Callable[["Tx", str, str, str, datetime, GroupId | None], Awaitable[None]]
SpeakAgain = Callable[["Scope", bytes], Awaitable[None]]
"""Takes an update as if it had just come."""


class WholeAlbums:
    """Holds what comes with an album; ``set_timer`` winds the timer by which it is taken up with ``speak_again``."""

    def __init__(self, set_timer: SetTimer, speak_again: SpeakAgain) -> None:
        self._set_timer = set_timer
        self._speak_again = speak_again

    async def hold(self, context: Context) -> bool:
        """Hold what was just said if more of its album may come; False where there is none, or all of it has come."""
        spoken, message = context.spoken, context.spoken.update.message
        asked = spoken.callback_id is not None or spoken.confirmed or spoken.chosen
        if asked or message is None or message.media_group_id is None:
            return False
        last = await albums.last_at(context.tx, spoken.chat_id, message.media_group_id)
        if last is None:
            return False
        if context.now >= last + WAIT:
            await albums.close(context.tx, spoken.chat_id, message.media_group_id)
            return False
        group_id, until = spoken.group.id if spoken.group is not None else None, context.now + albums.KEPT
        held = await turn_store.hold(context.tx, spoken.raw, spoken.chat_id, spoken.actor.user_id, group_id, until)
        await self._set_timer(context.tx, NAME, COMPLETE, str(held), last + WAIT, group_id)
        return True

    async def due(self, scope: Scope, due: Due) -> None:
        """Take up what was held; where more has come meanwhile, it is held once more."""
        held = await turn_store.take_held(scope.tx, int(due.key))
        if held is not None:
            await self._speak_again(scope, held.raw)

    async def grown(self, scope: Scope, found: Sequence[Album]) -> None:
        """Note which files come after what their album came with is done; that is said once for all that come together."""
        for chat_id, album in await albums.late(scope.tx, found):
            group = scope.group_in(chat_id)
            key, group_id = f"{chat_id}:{album}", group.id if group is not None else None
            await self._set_timer(scope.tx, NAME, LATE, key, scope.now + WAIT, group_id)

    async def left_out(self, scope: Scope, due: Due) -> None:
        """Say that files came too late, to whoever sent them."""
        chat, _, album = due.key.partition(":")
        chat_id, group = ChatId(int(chat)), scope.group_in(int(chat))
        messages = (await albums.late(scope.tx, [(chat_id, album)])).get((chat_id, album))
        if not messages:
            return
        await albums.close(scope.tx, chat_id, album)
        texts = await scope.texts_of(UserId(chat_id), None) if group is None else scope.texts(group)
        scope.send(chat_id, say.left_out(texts, len(messages)), reply_to=MessageId(messages[0]))

    def capability(self) -> Capability:
        """Return what this needs of the frame."""
        timers = (TimerKind(COMPLETE, self.due), TimerKind(LATE, self.left_out))
        return Capability(NAME, N_("Albums"), timers=timers, growing=(self.grown,))
