"""What is for those who run the group goes where they read, and nowhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.tg.access import Declined
from bot.tg.aside import step_aside
from bot.violations.ledger.texts import words as say

if TYPE_CHECKING:
    from bot.tg.context import Context


def among_managers(context: Context) -> bool:
    """Say whether only those read along who may: what somebody was warned for is not repeated before the whole group."""
    return context.private or context.spoken.chat_id == context.group.managers_chat_id


async def aside_only(context: Context) -> None:
    """Go where managers read (R34); refuse where that would be the group itself.

    :raises Declined: where neither a private chat nor a managers' chat can be reached.
    """
    spoken, group = context.spoken, context.group
    if not among_managers(context):
        place = await context.scope.ports.groups.place_for_managers(context.tx, group, context.actor.user_id, "cases")
        if place.chat_id == spoken.chat_id:
            raise Declined(say.not_in_the_group(context.texts, context.scope.bot_username))
    await step_aside(context, "cases")
