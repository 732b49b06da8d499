"""``/warns`` and the section of the digest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.kernel.ids import UserId
from bot.kernel.roles import Right
from bot.members.identity import texts as identity_texts
from bot.members.identity.handlers import find_target
from bot.members.identity.rules import Found, Missing, TargetKind
from bot.tg.access import Declined
from bot.tg.aside import step_aside
from bot.tg.pages import paged
from bot.violations import service
from bot.violations.handlers import codes
from bot.violations.handlers.undo import number_typed
from bot.violations.texts import answers as say
from bot.violations.texts import lists

if TYPE_CHECKING:
    from datetime import datetime

    from telegram import Update

    from bot.i18n import Html, Texts
    from bot.kernel.groups import Group
    from bot.tg.context import Context, Scope
    from bot.tg.effects import Keyboard
    from bot.violations.rules.case import Case

_IN_DIGEST = 10
_NOBODY = frozenset({TargetKind.ANONYMOUS, TargetKind.CHANNEL, TargetKind.THE_BOT})


async def warns(_update: Update, context: Context) -> None:
    """``/warns``: one's own; ``/warns @name`` or as a reply: somebody's; ``/warns #12``: one case in full."""
    target, rest = await find_target(context)
    if isinstance(target, Missing) and rest:
        number = number_typed(rest)
        if number is None:
            raise Declined(identity_texts.unclear(context.texts, target))
        await _one(context, number)
        return
    if isinstance(target, Missing):
        await _show(context, context.actor.user_id, context.actor.name, 1)
    elif not isinstance(target, Found):
        raise Declined(identity_texts.unclear(context.texts, target))
    elif target.kind in _NOBODY:
        refusal = identity_texts.not_to_be_acted_on(context.texts, target.kind, target.member.name)
        raise Declined(refusal or identity_texts.how_to_name(context.texts))
    else:
        await _show(context, target.user_id, target.member.name, 1)


async def page(_update: Update, context: Context, user_id: int, number: int) -> None:
    """Turn to another page of somebody's cases."""
    await _show(context, UserId(user_id), "", number)


async def _show(context: Context, user_id: UserId, name: str, number: int) -> None:
    own = user_id == context.actor.user_id
    if not own and not context.standing.may(Right.VIEW):
        raise Declined(say.not_for_others(context.texts))
    if not own:
        await step_aside(context, "cases")
    cases = await service.cases_of(context.tx, context.group.id, user_id)
    shown = None if own else name or (cases[0].target.name if cases else f"#{user_id}")
    context.edit(*_page(context, user_id, shown, cases, number))


def _page(context: Context, user_id: UserId, name: str | None, cases: list[Case], number: int) -> tuple[Html, Keyboard]:
    texts, now = context.texts, context.now
    quote = _among_managers(context)
    return paged(
        lists.title(texts, name, cases, now),
        [lists.line(texts, case, now, quote=quote) for case in cases],
        number,
        lists.PER_PAGE,
        codes.PAGE,
        context.group,
        int(user_id),
        texts=texts,
    )


async def _one(context: Context, number: int) -> None:
    case = await service.case_by_number(context.tx, context.group.id, number)
    own = case is not None and case.target.user_id == context.actor.user_id
    if case is None or not (own or context.standing.may(Right.VIEW)):
        raise Declined(lists.no_such_case(context.texts, number))
    if not own:
        await step_aside(context, "cases")
    context.reply(lists.whole(context.texts, case, context.now, quote=_among_managers(context)))


def _among_managers(context: Context) -> bool:
    """Say whether only those read along who may: what somebody was warned for is not repeated before the whole group."""
    return context.private or context.spoken.chat_id == context.group.managers_chat_id


async def digest(scope: Scope, group: Group, since: datetime, until: datetime, texts: Texts) -> Html | None:
    """Tell of the cases that were opened in a span."""
    cases, total = await service.opened_between(scope.tx, group.id, since, until, _IN_DIGEST)
    return lists.digest(texts, cases, total) if cases else None
