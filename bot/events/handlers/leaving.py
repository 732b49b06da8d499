"""Who leaves the group leaves its events."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.events import service
from bot.events.handlers import offers
from bot.events.handlers.board import CARD
from bot.events.rules.signup import Person
from bot.kernel.ids import UserId

if TYPE_CHECKING:
    from bot.kernel.groups import Group
    from bot.tg import envelope as env
    from bot.tg.context import Scope


def who_left(scope: Scope, update: env.Update) -> tuple[Group, env.User] | None:
    """Return who left a group or was removed from it, by the change of a member or by the service message.

    The message is all that is told where the bot is no administrator.
    """
    change, message = update.chat_member, update.message
    if change is not None:
        member = change.new_chat_member
        is_out = member.status in {"left", "kicked"} or (member.status == "restricted" and not member.is_member)
        chat_id, user = change.chat.id, member.user if is_out else None
    elif message is not None:
        chat_id, user = message.chat.id, message.left_chat_member
    else:
        return None
    group = scope.group_in(chat_id) if user is not None and user.id != scope.bot_id else None
    return None if group is None or user is None else (group, user)


async def member_gone(scope: Scope, update: env.Update) -> None:
    """Free the seat of somebody who left the group or was removed from it."""
    found = who_left(scope, update)
    if found is None:
        return
    group, user = found
    for event_id in await service.gone(scope.tx, group, Person(UserId(user.id), user.name), scope.now):
        scope.cards.changed(CARD, str(event_id))
        offers.changed(scope, event_id, UserId(user.id))
