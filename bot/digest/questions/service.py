"""Questions noticed as they pass, closed by what follows, and read back when the digest is due."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.digest.questions import store
from bot.digest.questions.rules import KEPT, MAY_END, PATIENCE, QUOTE, Heard, OpenQuestion, Waiting, after, is_question
from bot.kernel.ids import GroupId

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.db.engine import Tx
    from bot.kernel.groups import Group
    from bot.tg import envelope as env


Said = tuple[GroupId, "env.Message"]
"""A message and the group it was written in."""


class Questions:
    """The watcher that keeps the open questions. What it knows is what is stored, read once by each process."""

    name = "questions"
    early = False

    def __init__(self) -> None:
        self._open: dict[int, dict[int, Waiting]] = {}
        self._flushed: tuple[Sequence[Said], dict[int, dict[int, Waiting]]] = ((), {})
        self._loaded = False

    def see(self, _update: env.Update, message: env.Message, group: Group) -> Said | None:
        """Return what somebody said.

        Every message is returned, not only those that change what is stored: a question and its answer may come in one
        batch.
        """
        sender = message.from_
        if sender is None or message.is_automatic_forward or (sender.is_bot and message.sender_chat is None):
            return None
        return group.id, message

    def _heard(self, said: Sequence[Said]) -> list[Heard]:
        """Read those messages that may matter: a question, or what follows one in its group."""
        asked: set[int] = set()
        found: list[Heard] = []
        for group_id, message in said:
            words = message.text or message.caption or ""
            asks = words[-1:] in MAY_END and is_question(words)
            if asks or group_id in self._open or group_id in asked:
                heard = _read(group_id, message, words, asks=asks)
                if heard is not None:
                    found.append(heard)
                    if heard.question is not None:
                        asked.add(group_id)
        return found

    async def flush(self, tx: Tx, deltas: Sequence[Said], now: datetime) -> None:
        """Store the batch's questions and remove those that were answered; mostly there is nothing to write."""
        if not self._loaded:
            self._open = await store.load(tx, now - KEPT)
            self._loaded = True
        heard = self._heard(deltas)
        changed = after(self._open, heard) if heard else {}
        self._flushed = (deltas, changed)
        if not changed:
            return
        asked = {(one.group_id, one.message_id): one for one in heard if one.question is not None}
        still = {(group_id, message_id) for group_id, waiting in changed.items() for message_id in waiting}
        were = {(group_id, message_id) for group_id in changed for message_id in self._open.get(group_id, ())}
        await store.remove(tx, were - still)
        await store.put(tx, [one for key, one in asked.items() if key in still])

    def committed(self, deltas: Sequence[Said]) -> None:
        """Keep what is open now."""
        flushed, changed = self._flushed
        if flushed is not deltas:
            changed = after(self._open, self._heard(deltas))
        for group_id, waiting in changed.items():
            if waiting:
                self._open[group_id] = waiting
            else:
                self._open.pop(group_id, None)


def _read(group_id: GroupId, message: env.Message, words: str, *, asks: bool) -> Heard | None:
    """Return a message as far as questions go; None for a command and for what says nothing."""
    thread = (message.message_thread_id or 0) if message.is_topic_message else 0
    replied = message.reply_to_message
    # In a topic, a message that answers nothing comes as an answer to the one that opened the topic.
    reply_to = 0 if replied is None or replied.message_id == thread else replied.message_id
    if words.startswith("/") or not (words or reply_to):
        return None
    speaks = message.sender_chat is None
    sender = message.from_.id if message.from_ is not None and speaks else 0
    return Heard(
        group_id,
        message.chat.id,
        message.message_id,
        thread,
        sender,
        message.date,
        reply_to,
        bool(words),
        words[:QUOTE].replace("\0", "") if asks and speaks and not _to_a_bot(replied) else None,
    )


def _to_a_bot(replied: env.Replied | None) -> bool:
    return replied is not None and replied.from_ is not None and replied.from_.is_bot and replied.sender_chat is None


async def unanswered(tx: Tx, group_id: GroupId, since: datetime, now: datetime) -> list[OpenQuestion]:
    """Return the questions nobody has answered, the oldest first.

    ``since`` is the beginning of the day that is told of. What was asked shortly before it had not waited long enough to
    be told the day before.
    """
    return await store.asked_between(tx, group_id, since - PATIENCE, now - PATIENCE)


async def purge(tx: Tx, now: datetime) -> None:
    """Delete what was asked too long ago."""
    await store.forget(tx, now - KEPT)
