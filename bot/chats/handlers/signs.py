"""Signs of life: who writes in a group that was taken for lost shows that the bot is still in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.chats.service import GroupBook
    from bot.db.engine import Tx
    from bot.kernel.groups import Group
    from bot.tg import envelope as env


class Signs:
    """Watches for messages from groups without the bot; the deltas are their chats."""

    name = "signs"
    early = True

    def __init__(self, book: GroupBook) -> None:
        self._book = book

    def see(self, update: env.Update, message: env.Message, group: Group) -> int | None:  # noqa: ARG002
        """Return the chat of a message that should not have reached us."""
        if group.active or message.chat.id != group.chat_id or message.left_chat_member is not None:
            return None
        return group.chat_id

    async def flush(self, tx: Tx, deltas: Sequence[int], now: datetime) -> None:
        """Set the groups active again."""
        await self._book.found_again(tx, deltas, now)

    def committed(self, deltas: Sequence[int]) -> None:
        """Nothing is kept here: the book shows the group as active."""
