"""Identifiers: new types over ``int``, so that one kind is never taken for another."""

from __future__ import annotations

from typing import NewType

GroupId = NewType("GroupId", int)
"""A group as we know it; it outlives the change of Telegram's chat id when a group becomes a supergroup."""
ChatId = NewType("ChatId", int)
"""A chat as Telegram knows it: positive for private chats, negative for groups and channels."""
UserId = NewType("UserId", int)
"""A Telegram user, the same in every group."""
MessageId = NewType("MessageId", int)
"""A message within its chat, from 1."""
ThreadId = NewType("ThreadId", int)
"""A forum topic within its chat."""
EffectId = NewType("EffectId", int)
"""An effect in the outbox; also its place in the order of its chat."""

ANONYMOUS_ADMIN = UserId(1087968824)
"""The account under which Telegram shows administrators who write as the group (@GroupAnonymousBot)."""
CHANNEL_POSTER = UserId(136817688)
"""The account under which Telegram shows channels that write in a group (@Channel_Bot)."""
TELEGRAM_SERVICE = UserId(777000)
"""The account under which a linked channel's posts arrive in its discussion group."""


class IdSource:
    """Gives out growing numbers: the millisecond in the upper bits, a counter in the lower 12.

    The numbers of one process never repeat or go back, even if the clock does; seed it with the highest number stored.
    """

    def __init__(self, highest: int = 0) -> None:
        self._last = highest

    def raise_to(self, highest: int) -> None:
        """Go on above ``highest``, the highest number stored by an earlier process."""
        self._last = max(self._last, highest)

    def next(self, milliseconds: int) -> int:
        """Return a number above all earlier ones; ``milliseconds`` since the epoch is its floor."""
        self._last = max(self._last + 1, milliseconds << 12)
        return self._last
