"""``/cases`` and its shorter form ``/warns``: all cases of a person, one's own or somebody else's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.i18n import N_
from bot.kernel.ids import UserId
from bot.kernel.roles import Right
from bot.members.identity import texts as identity_texts
from bot.members.identity.handlers import find_answer, find_target, person_question
from bot.members.identity.rules import Found, Missing, TargetKind
from bot.tg.access import Declined
from bot.tg.aside import step_aside
from bot.tg.buttons import column, rows
from bot.tg.forms import Form
from bot.tg.pages import turning
from bot.violations.handlers import channels
from bot.violations.handlers import codes as core_codes
from bot.violations.ledger import service
from bot.violations.ledger.handlers import codes
from bot.violations.ledger.handlers.aside import among_managers
from bot.violations.ledger.handlers.fitting import fitted
from bot.violations.ledger.rules.naming import read_case
from bot.violations.ledger.texts import cases as case_texts
from bot.violations.ledger.texts import words as say
from bot.violations.texts import answers, words

if TYPE_CHECKING:
    from telegram import Update

    from bot.members.identity.rules import Outcome
    from bot.tg.context import Context
    from bot.tg.effects import Keyboard
    from bot.violations.ledger.handlers.case import Cases
    from bot.violations.ledger.rules.wanted import Record

_NOBODY = frozenset({TargetKind.ANONYMOUS, TargetKind.CHANNEL, TargetKind.THE_BOT})
"""Who has no cases; of channels those as which Telegram itself writes."""
_IN_A_ROW = 4


@dataclass(frozen=True, slots=True)
class People:
    """The handlers; ``cases`` shows one case where its number is named."""

    cases: Cases

    async def command(self, update: Update, context: Context) -> None:
        """``/cases``: one's own; ``/cases @name`` or as a reply: somebody's; ``/cases 12``: one case in full."""
        target, rest = await find_target(context)
        if not isinstance(target, Missing):
            await self._of_target(context, target)
        elif not rest:
            await self._show(context, context.actor.user_id, context.actor.name, 1)
        elif read_case(rest) is not None:
            await self.cases.command(update, context)
        else:
            raise Declined(identity_texts.unclear(context.texts, target))

    async def page(self, _update: Update, context: Context, user_id: int, number: int) -> None:
        """Turn to another page of somebody's cases."""
        await self._show(context, UserId(user_id), "", number)

    async def of_others(self, _update: Update, context: Context) -> None:
        """Ask whose cases are to be shown, where managers read."""
        await step_aside(context, "cases")
        await context.start_form(codes.WHOSE_FORM)

    async def finish(self, _update: Update, context: Context, given: dict[str, Any]) -> None:
        """Show the cases of whom the form asked for."""
        await self._of_target(context, await find_answer(context, given["who"]))

    def form(self) -> Form[Any]:
        """Return the form that asks whose cases are to be shown."""
        who = person_question("who", N_("Who"), lambda asking: answers.ask_whose(asking.texts))
        return Form(codes.WHOSE_FORM, say.OTHERS_TITLE, (who,), self.finish, core_codes.VIEWERS)

    async def _of_target(self, context: Context, target: Outcome) -> None:
        target = await channels.titled(context, target)
        if not isinstance(target, Found):
            raise Declined(identity_texts.unclear(context.texts, target))
        if target.kind in _NOBODY and not channels.is_one(target):
            refusal = identity_texts.not_to_be_acted_on(context.texts, target.kind, target.member.name)
            raise Declined(refusal or identity_texts.how_to_name(context.texts))
        await self._show(context, target.user_id, target.member.name, 1)

    async def _show(self, context: Context, user_id: UserId, name: str, number: int) -> None:
        own, manager = user_id == context.actor.user_id, context.standing.may(Right.VIEW)
        if not own and not manager:
            raise Declined(answers.not_for_others(context.texts))
        if not own:
            await step_aside(context, "cases")
        found = await service.record_of(context.tx, context.group.id, user_id, number, context.now)
        named = manager or not await service.hides_moderators(context.tx, context.group.id)
        shown = None if own else name or found.name or f"#{user_id}"
        texts, quote = context.texts, among_managers(context)
        lines = [case_texts.line(texts, one, context.now, quote=quote, named=named) for one in found.page.cases]
        html = fitted(case_texts.title(texts, found, shown), lines)
        context.edit(html, self._keys(context, found, user_id))

    @staticmethod
    def _keys(context: Context, found: Record, user_id: UserId) -> Keyboard:
        """Lead to each case where managers read, to the other pages, and to other people."""
        texts, group, page = context.texts, context.group, found.page
        manager = context.standing.may(Right.VIEW)
        aside = manager and among_managers(context)
        listed = [codes.CASE.key(words.number(case), group, case.id) for case in page.cases] if aside else []
        own = user_id == context.actor.user_id
        others = core_codes.OF_OTHERS.key(texts.label(say.OTHERS_TITLE), group) if own and manager else None
        turn = turning(page.number, page.count, core_codes.PAGE, group, int(user_id), texts=texts)
        return (*column(listed, _IN_A_ROW), *turn, *rows((others,)))
