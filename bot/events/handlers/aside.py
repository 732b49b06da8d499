"""What is for organisers only goes where they read, and nowhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.events.texts import organiser as say
from bot.tg.access import Declined
from bot.tg.aside import step_aside

if TYPE_CHECKING:
    from bot.tg.context import Context


async def aside_only(context: Context) -> None:
    """Go where managers read (R34); refuse where that would be the group itself.

    It is for files with people's names, what somebody owes, how often they came, and the code of the door.

    :raises Declined: where neither a private chat nor a managers' chat can be reached.
    """
    spoken, group = context.spoken, context.group
    if not spoken.private and spoken.chat_id != group.managers_chat_id:
        place = await context.scope.ports.groups.place_for_managers(context.tx, group, context.actor.user_id)
        if place.chat_id == group.chat_id:
            raise Declined(say.not_in_the_group(context.texts, context.scope.bot_username))
    await step_aside(context)
