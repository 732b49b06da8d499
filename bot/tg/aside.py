"""What managers discuss stays with managers: an answer that is not for everybody is given where they read.

Who has blocked the bot unnoticed would wait for it in vain: they are told where they asked.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.i18n import N_, texts_for
from bot.tg import effects as fx
from bot.tg import texts as say
from bot.tg.buttons import rows
from bot.tg.capability import Capability, ResultKind

if TYPE_CHECKING:
    from bot.i18n import Texts
    from bot.kernel.groups import Purpose
    from bot.tg.context import Context, Scope, Spoken
    from bot.tg.ports import Place

NAME = "aside"
_UNREACHED = "unreached"


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
    await _move(context, place)


async def step_home(context: Context) -> bool:
    """Let everything that is said from here on be said in the person's own private chat; False if it stays where it is.

    It does in private, and in a group whose member the bot cannot write to.
    """
    spoken = context.spoken
    if spoken.private:
        return False
    place = await context.scope.ports.groups.place_for_managers(context.tx, context.group, context.actor.user_id)
    if place.user_id is None:
        return False
    await _move(context, place)
    return True


async def _move(context: Context, place: Place) -> None:
    spoken = context.spoken
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
        unreached=unreached(spoken) if place.user_id is not None else None,
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


def unreached(spoken: Spoken) -> fx.OnResult:
    """Return whom to tell of the end of a private answer to this: where it cannot be delivered, it is said where they asked."""
    where = (spoken.chat_id, spoken.message_id or 0, spoken.thread_id or 0)
    return fx.OnResult(NAME, _UNREACHED, ":".join((*map(str, where), spoken.actor.name)))


async def tell_unreached(scope: Scope, result: fx.SendResult) -> None:
    """Tell somebody in the group that their answer could not be delivered; that they have blocked the bot is noted already."""
    if not isinstance(result, fx.Refused) or result.refusal is not fx.Refusal.BLOCKED:
        return
    chat, message, thread, name = result.key.split(":", 3)
    group = scope.group_in(int(chat))
    if group is None or not group.active:
        return
    texts = scope.texts(group)
    moved = group.chat_id != int(chat)
    scope.send(
        group.chat_id,
        say.could_not_write(texts, name),
        rows((fx.Key(say.private_label(texts), url=f"https://t.me/{scope.bot_username}?start=g-{group.id}"),)),
        reply_to=None if moved else int(message) or None,
        thread_id=None if moved else int(thread) or None,
    )


def aside_capability() -> Capability:
    """Return what becomes of an answer that was given aside."""
    return Capability(NAME, N_("Private answers"), results=(ResultKind(_UNREACHED, tell_unreached),))
