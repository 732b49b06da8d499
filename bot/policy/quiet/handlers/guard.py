"""Who writes in quiet hours: counted, and where the group wants it reminded once a night (R21)."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from bot.kernel.ids import UserId
from bot.policy.quiet import service
from bot.policy.quiet import texts as say
from bot.policy.quiet.rules.modes import Heard, Mode
from bot.policy.service.reading import author_of, is_spared

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.kernel.groups import Group
    from bot.policy.quiet.service import QuietBook
    from bot.tg import envelope as env
    from bot.tg.context import Scope


class Written(NamedTuple):
    """A message that somebody answers for, in a group where it may matter when it was written."""

    group: Group
    message: env.Message


class QuietGuard:
    """Sees what is written in quiet hours. Edits count for nothing: they make no telephone ring."""

    name = "quiet"

    def __init__(self, quiet: QuietBook) -> None:
        self._quiet = quiet

    def minds(self, group: Group) -> bool:
        """Say whether a group may count or remind, and is ever quiet."""
        return self._quiet.may_count(group.id) and bool(group.quiet or group.holidays)

    def see(self, _update: env.Update, message: env.Message, group: Group) -> Written | None:
        """Return a message of somebody else than the bot in a group that counts or reminds."""
        return None if message.edit_date is not None or is_spared(message, group) else Written(group, message)

    async def judge(self, scope: Scope, seen: Sequence[Written]) -> None:
        """Count the messages of a batch, and remind."""
        by_group: dict[int, list[Written]] = {}
        for one in seen:
            by_group.setdefault(one.group.id, []).append(one)
        for found in by_group.values():
            await self._judge(scope, found[0].group, [one.message for one in found])

    async def _judge(self, scope: Scope, group: Group, messages: Sequence[env.Message]) -> None:
        mode = (await self._quiet.house(scope.tx, group.id)).mode
        if mode not in {Mode.REMIND, Mode.RECORD}:
            return
        last: dict[int, env.Message] = {}
        written: list[Heard] = []
        for message in messages:
            night = group.quiet_until(datetime.fromtimestamp(message.date, UTC))
            author = author_of(message)
            if night is None or await _is_staff(scope, group, author.id):
                continue
            last[author.id] = message
            written.append(Heard(author.id, night, 1))
        if not written:
            return
        until = group.quiet_until(scope.now)
        remind = mode is Mode.REMIND and until is not None
        for user_id in await service.count(scope.tx, group.id, written, scope.now, remind=remind):
            if until is not None:
                _remind(scope, group, last[user_id], until)


async def _is_staff(scope: Scope, group: Group, user_id: UserId) -> bool:
    standing = await scope.ports.people.standing(scope.tx, group, user_id)
    return standing.is_admin or bool(standing.rights)


def _remind(scope: Scope, group: Group, message: env.Message, until: datetime) -> None:
    scope.send(
        group.chat_id,
        say.reminder(scope.texts(group), author_of(message).shown(), until, scope.now),
        reply_to=message.message_id,
        thread_id=message.message_thread_id if message.is_topic_message else None,
        silent=True,
    )
