"""``/warns`` and the section of the digest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.i18n import N_
from bot.kernel.ids import UserId
from bot.kernel.roles import Right
from bot.members.identity import texts as identity_texts
from bot.members.identity.handlers import find_answer, find_target, person_question
from bot.members.identity.rules import Found, Missing, TargetKind
from bot.tg.access import Declined
from bot.tg.aside import step_aside
from bot.tg.buttons import rows
from bot.tg.forms import Form
from bot.tg.pages import paged
from bot.violations import service
from bot.violations.handlers import codes
from bot.violations.handlers.undo import number_typed
from bot.violations.texts import answers as say
from bot.violations.texts import lists, words

if TYPE_CHECKING:
    from datetime import datetime

    from telegram import Update

    from bot.i18n import Html, Texts
    from bot.kernel.groups import Group
    from bot.members.identity.rules import Outcome
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
    else:
        await _of_target(context, target)


async def _of_target(context: Context, target: Outcome) -> None:
    if not isinstance(target, Found):
        raise Declined(identity_texts.unclear(context.texts, target))
    elif target.kind in _NOBODY:
        refusal = identity_texts.not_to_be_acted_on(context.texts, target.kind, target.member.name)
        raise Declined(refusal or identity_texts.how_to_name(context.texts))
    else:
        await _show(context, target.user_id, target.member.name, 1)


async def of_others(_update: Update, context: Context) -> None:
    """Ask whose warnings are to be shown, where managers read."""
    await step_aside(context, "cases")
    await context.start_form(codes.WHOSE_FORM)


async def finish(_update: Update, context: Context, answers: dict[str, Any]) -> None:
    """Show the warnings of whom the form asked for."""
    await _of_target(context, await find_answer(context, answers["who"]))


def form() -> Form[Any]:
    """Return the form that asks whose warnings are to be shown."""
    who = person_question("who", N_("Who"), lambda asking: say.ask_whose(asking.texts))
    return Form(codes.WHOSE_FORM, words.OTHERS_BUTTON, (who,), finish, codes.VIEWERS)


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
    html, keys = paged(
        lists.title(texts, name, cases, now),
        [lists.line(texts, case, now, quote=quote) for case in cases],
        number,
        lists.PER_PAGE,
        codes.PAGE,
        context.group,
        int(user_id),
        texts=texts,
    )
    if name is None and context.standing.may(Right.VIEW):
        others = codes.OF_OTHERS.key(texts.label(words.OTHERS_BUTTON), context.group)
        keys = (*keys, *rows((others,)))
    return html, keys


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
