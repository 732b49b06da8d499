"""Messages counted as they pass, and read back by the day."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final, Protocol

from bot.digest.activity import store
from bot.digest.activity.rules import KEPT, NOBODY, Compared, Days, Tally, number_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime

    from bot.db.engine import Tx
    from bot.kernel.groups import Group
    from bot.kernel.ids import GroupId
    from bot.tg import envelope as env

_Count = tuple[int, int, int]
"""Group, local day, user."""


FOLD_AT: Final = 20_000
"""Rows after which the list is added up: often enough to take no time that anybody would notice."""


class Groups(Protocol):
    """Who looks after the groups in which somebody is heard."""

    async def keep(self, tx: Tx, group_ids: Iterable[int], now: datetime) -> None:
        """See to the groups' timers."""
        ...


class Activity:
    """The watcher that counts messages. Commands, other bots and messages about the chat itself do not count."""

    name = "activity"
    early = False

    def __init__(self, groups: Groups) -> None:
        self._groups = groups
        self._days = Days()
        self._listed = FOLD_AT
        """How many rows the list may hold; at start nobody knows."""

    def see(self, _update: env.Update, message: env.Message, group: Group) -> _Count | None:
        """Return where a message counts."""
        sender = message.from_
        if sender is None or message.is_automatic_forward:
            return None
        if message.sender_chat is not None:
            user_id: int = NOBODY
        elif sender.is_bot:
            return None
        else:
            user_id = sender.id
        text = message.text
        if text is None:
            if (message.caption or "").startswith("/") or _is_about_the_chat(message):
                return None
        elif text[:1] == "/":
            return None
        return (group.id, self._days.number(group.zone, message.date), user_id)

    async def flush(self, tx: Tx, deltas: Sequence[_Count], now: datetime) -> None:
        """Add the batch's counts in one statement, each row once."""
        sums = Counter(deltas)
        await store.add(tx, [(*key, count) for key, count in sums.items()])
        listed = self._listed + len(sums)
        if listed >= FOLD_AT:
            await store.fold(tx)
            listed = 0
        tx.after_commit(lambda: self._keep(listed))
        await self._groups.keep(tx, {key[0] for key in sums}, now)

    def committed(self, deltas: Sequence[_Count]) -> None:
        """Keep nothing: the counts are in the store only."""

    def _keep(self, listed: int) -> None:
        self._listed = listed


def _is_about_the_chat(message: env.Message) -> bool:
    return (
        message.new_chat_members is not None
        or message.left_chat_member is not None
        or message.new_chat_title is not None
        or message.forum_topic_created is not None
        or message.forum_topic_edited is not None
        or message.migrate_to_chat_id is not None
        or message.migrate_from_chat_id is not None
    )


async def compared(tx: Tx, group_id: GroupId, day: date) -> Compared:
    """Return a day of the group beside the one before."""
    number = number_of(day)
    found = await store.tallies(tx, group_id, number - 1, number)
    return Compared(found.get(number, Tally()), found.get(number - 1, Tally()))


async def purge(tx: Tx, now: datetime) -> None:
    """Delete counts that are too old to be compared with."""
    await store.forget(tx, number_of((now - KEPT).date()))
