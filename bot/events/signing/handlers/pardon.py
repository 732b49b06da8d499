"""``/event pardon``: an organiser forgives the events somebody missed (R05)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.events.handlers.board import person_of
from bot.events.signing import service
from bot.events.signing.handlers import codes
from bot.events.signing.texts import pardon as say
from bot.kernel.ids import UserId
from bot.members import service as members
from bot.members.identity import texts as identity_texts
from bot.members.identity.handlers import find_target
from bot.members.identity.rules import Found, Missing, TargetKind
from bot.tg.aside import step_aside
from bot.tg.buttons import column

if TYPE_CHECKING:
    from telegram import Update

    from bot.i18n import Html
    from bot.tg.context import Context
    from bot.tg.effects import Keyboard

_SHOWN: Final = 20


async def command(_update: Update, context: Context) -> None:
    """``/event pardon @mei``; without a name, who missed events."""
    target, rest = await find_target(context)
    if isinstance(target, Missing) and not rest:
        await step_aside(context)
        context.reply(*await _list(context))
    elif not isinstance(target, Found):
        context.reply(identity_texts.unclear(context.texts, target))
    elif target.kind in {TargetKind.MEMBER, TargetKind.ONESELF, TargetKind.GONE}:
        context.reply(await _pardon(context, target.user_id, target.member.name))
    else:
        said = identity_texts.not_to_be_acted_on(context.texts, target.kind, target.member.name)
        context.reply(said or identity_texts.how_to_name(context.texts))


async def picked(_update: Update, context: Context, user_id: int) -> None:
    """Forgive somebody by a tap, and show who is left."""
    name = await members.name_of(context.tx, UserId(user_id))
    said = await _pardon(context, UserId(user_id), name)
    html, keys = await _list(context)
    context.edit(said + "\n\n" + html, keys)


async def _pardon(context: Context, user_id: UserId, name: str) -> Html:
    done = await service.pardon(context.tx, context.group.id, user_id, person_of(context), context.now)
    return say.missed_nothing(context.texts, name) if done is None else say.pardoned(context.texts, done)


async def _list(context: Context) -> tuple[Html, Keyboard]:
    texts = context.texts
    found = await service.missing(context.tx, context.group.id, context.now)
    if not found:
        return say.nobody(texts), ()
    shown = found[:_SHOWN]
    keys = column([codes.PARDON.key(say.label(texts, one), context.group, int(one.user_id)) for one in shown])
    return say.listing(texts, shown, len(found) - len(shown)), keys
