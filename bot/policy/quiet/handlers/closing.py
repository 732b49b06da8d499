"""Closing a group for its quiet hours and opening it again: timers, orders to Telegram, and what comes of them (R21)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, assert_never

import msgspec

from bot.kernel.ids import GroupId
from bot.policy.quiet import service
from bot.policy.quiet import texts as say
from bot.policy.quiet.handlers import codes
from bot.policy.quiet.rules.lock import Phase, Said, Why
from bot.policy.service.book import NAME
from bot.tg import effects as fx
from bot.tg.needs import PermissionsNeed

if TYPE_CHECKING:
    from bot.chats.service import GroupBook
    from bot.kernel.groups import Group
    from bot.policy.quiet.rules.lock import Permissions
    from bot.policy.quiet.service import Kept, QuietBook
    from bot.tg import envelope as env
    from bot.tg.capability import Due
    from bot.tg.context import Scope
    from bot.tg.needs import Need


@dataclass(frozen=True, slots=True)
class Closing:
    """Closes and opens."""

    groups: GroupBook
    quiet: QuietBook

    def needs(self, due: Due) -> list[Need]:
        """What members may do must be known before anything is taken or given back."""
        group = None if due.group_id is None else self.groups.by_id(due.group_id)
        if group is None or not group.active or not self.quiet.may_close(group.id):
            return []
        return [PermissionsNeed(group.chat_id)]

    async def due(self, scope: Scope, due: Due) -> None:
        """Look at a group: quiet hours begin or end, or something that they depend on has changed."""
        group = None if due.group_id is None else scope.group(due.group_id)
        if group is None or not group.active:
            return
        await self.quiet.house(scope.tx, group.id)
        found = await service.turn(scope.tx, group, _seen(scope, group), scope.now)
        if found.order is None:
            return
        closing = found.lock.phase is Phase.CLOSING
        scope.effects.put(
            fx.SetPermissions(group.chat_id, dict(found.order)),
            on_result=fx.OnResult(NAME, codes.RESULT, f"{group.id}:{found.lock.order}"),
            expires=group.quiet_until(scope.now) if closing else None,
            group_id=group.id,
        )

    async def answered(self, scope: Scope, result: fx.SendResult) -> None:
        """Take in what Telegram said to an order, and tell those whom it concerns."""
        group_id, order = (int(part) for part in result.key.split(":"))
        kept, said = await service.take_answer(scope.tx, GroupId(group_id), order, _why(result), scope.now)
        group = scope.group(group_id)
        if said is None or group is None:
            return
        if said in {Said.NOT_CLOSED, Said.NOT_OPENED}:
            await self._tell(scope, group, kept, said)
        elif kept.house.notice:
            html = say.notice(scope.texts(group), said, group, scope.now)
            if html is not None:
                scope.send(group.chat_id, html, silent=True)

    async def _tell(self, scope: Scope, group: Group, kept: Kept, said: Said) -> None:
        place = await self.groups.place_to_tell(scope.tx, group)
        texts = await self.groups.texts_at(scope.tx, place, group, scope.ports.people)
        html = say.trouble(texts, said, kept.lock.why or Why.OTHER, group.label or group.title)
        scope.send(place.chat_id, html, thread_id=place.thread_id, silent=said is Said.NOT_CLOSED)

    async def bot_status(self, scope: Scope, update: env.Update) -> None:
        """Try again when the bot was given a right, or came back."""
        change = update.my_chat_member
        group = None if change is None else scope.group_in(change.chat.id)
        if change is not None and group is not None and change.new_chat_member.status == "administrator":
            await self.quiet.again(scope.tx, group.id, scope.now)


def _seen(scope: Scope, group: Group) -> Permissions | None:
    raw = scope.answers.get(PermissionsNeed(group.chat_id))
    return (msgspec.json.decode(raw, type=dict[str, bool]) or None) if isinstance(raw, bytes) else None


def _why(result: fx.SendResult) -> Why | None:
    match result:
        case fx.Delivered():
            return None
        case fx.Refused(refusal=refusal):
            return Why(refusal.value) if refusal.value in set(Why) else Why.OTHER
        case fx.Uncertain():
            return Why.OTHER
        case _:
            assert_never(result)
