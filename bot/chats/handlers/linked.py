"""The linked channel: its posts arrive in the group as automatic forwards, and tell which channel that is."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bot.kernel.ids import ChatId, GroupId

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.chats.service import GroupBook
    from bot.db.engine import Tx
    from bot.kernel.groups import Group
    from bot.tg import envelope as env


class Link(NamedTuple):
    """A group and its channel."""

    group_id: GroupId
    channel_id: ChatId


class Linked:
    """Watches for posts of linked channels; writes only where one is new."""

    name = "linked"
    early = True

    def __init__(self, book: GroupBook) -> None:
        self._book = book

    def see(self, update: env.Update, message: env.Message, group: Group) -> Link | None:  # noqa: ARG002
        """Return the channel of a post, or of the post that is commented on, where it was not known."""
        post = message if message.is_automatic_forward else message.reply_to_message
        if post is None or not post.is_automatic_forward or post.sender_chat is None:
            return None
        channel_id = post.sender_chat.id
        return None if channel_id == group.linked_chat_id else Link(group.id, ChatId(channel_id))

    async def flush(self, tx: Tx, deltas: Sequence[Link], now: datetime) -> None:
        """Write down which channels these are."""
        for group_id, channel_id in dict(deltas).items():
            await self._book.set_linked(tx, group_id, channel_id, now)

    def committed(self, deltas: Sequence[Link]) -> None:
        """Nothing is kept here: the book shows the group with its channel."""
