"""What managers discuss stays with managers: an answer that is not for everybody is given where they read."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.i18n import texts_for
from bot.tg import texts as say

if TYPE_CHECKING:
    from bot.i18n import Texts
    from bot.kernel.groups import Purpose
    from bot.tg.context import Context
    from bot.tg.ports import Place


async def step_aside(context: Context, purpose: Purpose | None = None) -> None:
    """Let everything that is said from here on, forms included, be said where managers read.

    That is the asking manager's private chat, else the managers' chat, and the group itself only where neither can be
    reached. A line in the group says where the answer is, or why everybody reads it. Where only managers read along
    already, nothing changes. Whatever reads the message itself (whom it answers, say) must have done so before.
    """
    spoken, group = context.spoken, context.group
    if spoken.private or spoken.chat_id == group.managers_chat_id:
        return
    place = await context.scope.ports.groups.place_for_managers(context.tx, group, context.actor.user_id, purpose)
    if place.chat_id == spoken.chat_id:
        if spoken.callback_id is None:
            context.reply(say.in_public(context.texts, context.scope.bot_username))
        return
    _lead_there(context, say.SENT_IN_PRIVATE if place.user_id is not None else say.SENT_TO_MANAGERS)
    known = await context.scope.ports.groups.groups_of(context.tx, context.actor.user_id)
    context.spoken = replace(
        spoken,
        chat_id=place.chat_id,
        private=place.user_id is not None,
        message_id=None,
        thread_id=place.thread_id,
        callback_id=None,
        texts=await _texts_at(context, place),
        names_group=place.user_id is not None and len(known) > 1,
    )


def _lead_there(context: Context, where: str) -> None:
    if context.spoken.callback_id is None:
        context.reply(context.texts.gettext(where))
    else:
        context.toast(context.texts.label(where))


async def _texts_at(context: Context, place: Place) -> Texts:
    scope, group = context.scope, context.group
    if place.user_id is not None:
        return await scope.texts_of(place.user_id, group, context.actor.language_code)
    chat = scope.group_in(place.chat_id)
    return texts_for(chat.locale if chat is not None else group.locale, group.zone)
