"""Reading messages as they pass, and acting on those that break a rule."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from bot.i18n import Html
from bot.policy.service.judging import Heard, Judge, Trust
from bot.policy.service.reading import is_spared
from bot.policy.texts import answers as say
from bot.tg import effects as fx

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.kernel.groups import Group
    from bot.kernel.ids import UserId
    from bot.policy.service.book import PolicyBook
    from bot.policy.service.judging import Act
    from bot.tg import envelope as env
    from bot.tg.context import Scope


class PolicyGuard:
    """Hands the messages of groups with rules to the judge, and does what it decides."""

    name = "policy"

    def __init__(self, book: PolicyBook) -> None:
        self._book = book
        self._judge = Judge(book)

    def see(self, _update: env.Update, message: env.Message, group: Group) -> Heard | None:
        """Return a message that somebody answers for, in a group with rules."""
        if not self._book.may_hold(group.id) or is_spared(message):
            return None
        return Heard(group, message)

    async def judge(self, scope: Scope, seen: Sequence[Heard]) -> None:
        """Judge the messages of a batch, and put into the outbox what follows."""
        for act in await self._judge.judge(scope.tx, seen, partial(_trust, scope), scope.now):
            _do(scope, act)


async def _trust(scope: Scope, group: Group, user_id: UserId) -> Trust:
    people = scope.ports.people
    standing = await people.standing(scope.tx, group, user_id)
    return Trust(standing.is_admin or bool(standing.rights), not people.administrators_stale(group.id, scope.now))


def _do(scope: Scope, act: Act) -> None:
    group, message = act.group, act.message
    for message_id in act.delete:
        scope.effects.put(fx.DeleteMessage(group.chat_id, message_id))
    sender = message.from_
    if act.hint is None or sender is None:
        return
    name = Html('<a href="tg://user?id={}">{}</a>').format(sender.id, sender.name or f"#{sender.id}")
    html = say.hint(scope.texts(group), name, act.hint, deleted=bool(act.delete))
    reply_to = None if act.delete else message.message_id
    thread = message.message_thread_id if message.is_topic_message else None
    scope.send(group.chat_id, html, reply_to=reply_to, thread_id=thread, silent=True)
