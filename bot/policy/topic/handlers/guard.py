"""What is written about a topic that rests: told once, and then what was chosen (R07)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

from bot.kernel.ids import MessageId, UserId
from bot.kernel.offences import Offence
from bot.policy.service.reading import author_of, is_spared, read
from bot.policy.topic import service
from bot.policy.topic import texts as say
from bot.policy.topic.rules import Written, belongs
from bot.tg import effects as fx

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.kernel.groups import Group
    from bot.policy.topic.rules import Stopped
    from bot.policy.topic.service import Follows, TopicBook
    from bot.tg import envelope as env
    from bot.tg.context import Scope


class Steps(Protocol):
    """Who keeps the ladders."""

    async def breached(self, scope: Scope, group: Group, offence: Offence) -> bool:
        """Take the next step of the group's ladder."""
        ...


class About(NamedTuple):
    """A message that somebody answers for, in a group where a topic may rest."""

    group: Group
    message: env.Message


class TopicGuard:
    """Sees what is written about topics that rest."""

    name = "topic"

    def __init__(self, book: TopicBook, steps: Steps | None) -> None:
        self._book = book
        self._steps = steps

    def minds(self, group: Group) -> bool:
        """Say whether a topic may be stopped in a group."""
        return self._book.may_be_stopped(group.id)

    def see(self, _update: env.Update, message: env.Message, group: Group) -> About | None:
        """Return a message that may be about one."""
        return None if is_spared(message, group) else About(group, message)

    async def judge(self, scope: Scope, seen: Sequence[About]) -> None:
        """Do what follows the messages of a batch."""
        for group, message in seen:
            for one in await self._book.held(scope.tx, group.id, scope.now):
                thread = message.message_thread_id if message.is_topic_message else None
                if belongs(one.stop, read(message), thread):
                    await self._judge(scope, group, message, one)
                    break

    async def _judge(self, scope: Scope, group: Group, message: env.Message, one: Stopped) -> None:
        author = author_of(message)
        if await _is_spared(scope, group, author.id):
            return
        found = Written(message.message_id, author.id, scope.now, (message.media_group_id or "")[:64])
        follows = await service.follows(scope.tx, group.id, one, found)
        if follows.delete:
            scope.effects.put(fx.DeleteMessage(group.chat_id, message.message_id))
        if follows.hint:
            _hint(scope, group, message, one)
        if follows.step:
            await self._step(scope, group, message, one, follows)

    async def _step(self, scope: Scope, group: Group, message: env.Message, one: Stopped, follows: Follows) -> None:
        if self._steps is None:
            return
        author = author_of(message)
        texts = scope.texts(group)
        offence = Offence(
            code=one.code,
            title=say.name(texts, one.stop).striptags(),
            reason=say.reason(texts, one).striptags(),
            user_id=author.id,
            name=author.name,
            message_id=MessageId(message.message_id),
            kind="text",
            text=message.words.replace("\0", ""),
            thread_id=message.message_thread_id if message.is_topic_message else None,
            deleted=follows.delete,
        )
        await self._steps.breached(scope, group, offence)


async def _is_spared(scope: Scope, group: Group, user_id: UserId) -> bool:
    """Say whether somebody is spared; where nobody knows who administers the group, everybody is."""
    people = scope.ports.people
    standing = await people.standing(scope.tx, group, user_id)
    return standing.is_admin or bool(standing.rights) or people.administrators_stale(group.id, scope.now)


def _hint(scope: Scope, group: Group, message: env.Message, one: Stopped) -> None:
    scope.send(
        group.chat_id,
        say.hint(scope.texts(group), author_of(message).shown(), one),
        reply_to=message.message_id,
        thread_id=message.message_thread_id if message.is_topic_message else None,
        silent=True,
    )
