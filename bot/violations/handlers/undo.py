"""``/unwarn`` and the *Undo* button."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.kernel.numerals import fold
from bot.kernel.roles import Right
from bot.members.identity import texts as identity_texts
from bot.members.identity.handlers import find_target
from bot.members.identity.rules import Found, Missing, TargetKind
from bot.tg.access import Declined
from bot.tg.aside import step_aside
from bot.tg.buttons import column
from bot.violations import service
from bot.violations.handlers import codes
from bot.violations.handlers.face import Face
from bot.violations.handlers.orders import give, watch
from bot.violations.rules.case import Act, Person, State
from bot.violations.rules.outcomes import AlreadyUndone, Reverted
from bot.violations.texts import answers as say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from telegram import Update

    from bot.kernel.groups import Group
    from bot.tg.context import Context, Scope
    from bot.violations.handlers.removal import Removals
    from bot.violations.rules.case import Case
    from bot.violations.rules.outcomes import UndoOutcome

_TYPED = re.compile(r"(#|no\.? ?|case #?)?(?P<number>[0-9]{1,9})(?=\s|$|[,;:，。]|\.(?![0-9]))")
_SHOWN = re.compile(r"#([0-9]{1,9})")
_SHORTEST_ID = 5
_OFFERED = 8


def number_typed(text: str) -> int | None:
    """Read the number of a case at the start of what was typed; a long bare number is somebody's id instead."""
    match = _TYPED.match(fold(text).strip())
    if match is None or (match[1] is None and len(match["number"]) >= _SHORTEST_ID):
        return None
    return int(match["number"]) or None


@dataclass(frozen=True, slots=True)
class Undo:
    """The handlers of undoing."""

    removals: Removals
    face: Face = field(default_factory=Face)

    async def command(self, _update: Update, context: Context) -> None:
        """``/unwarn 12``, ``/unwarn`` as a reply to a card, ``/unwarn @name``, or bare: choose one."""
        number = number_typed(context.args_text) if context.args_text else await self.number_of_card(context)
        if number is not None:
            outcome = await service.unwarn(
                context.tx, context.group.id, number, _by(context), context.now, may_remove=_may_remove(context)
            )
            await self._follow(context, outcome)
            return
        target, rest = await find_target(context)
        if isinstance(target, Missing) and rest:
            raise Declined(say.not_a_number(context.texts, rest))
        if isinstance(target, Missing) or (isinstance(target, Found) and target.kind is TargetKind.THE_BOT):
            await self._offer(context, await service.counting(context.tx, context.group.id, context.now, _OFFERED))
        elif isinstance(target, Found):
            await self._of_person(context, target)
        else:
            raise Declined(identity_texts.unclear(context.texts, target))

    async def button(self, _update: Update, context: Context, case_id: int) -> None:
        """Undo the case a button belongs to."""
        outcome = await service.unwarn_case(
            context.tx, context.group.id, case_id, _by(context), context.now, may_remove=_may_remove(context)
        )
        await self._follow(context, outcome)

    async def _of_person(self, context: Context, target: Found) -> None:
        cases = await service.cases_of(context.tx, context.group.id, target.user_id)
        counting = [case for case in cases if case.counts(context.now)]
        if len(counting) != 1:
            await self._offer(context, counting[:_OFFERED], target.member.name)
            return
        outcome = await service.unwarn_case(
            context.tx, context.group.id, counting[0].id, _by(context), context.now, may_remove=_may_remove(context)
        )
        await self._follow(context, outcome)

    @staticmethod
    async def _offer(context: Context, cases: Sequence[Case], name: str | None = None) -> None:
        if not cases:
            context.reply(say.nothing_to_undo(context.texts, name))
            return
        await step_aside(context, "cases")
        keys = [codes.UNDO.key(say.case_label(case, named=name is None), context.group, case.id) for case in cases]
        context.reply(say.which_case(context.texts, name), column(keys))

    async def _follow(self, context: Context, outcome: UndoOutcome) -> None:
        """Show what was undone, and order what follows."""
        scope = context.scope
        named = context.private or not isinstance(outcome, AlreadyUndone)
        hidden = not named and (await service.settings(context.tx, context.group.id)).hidden
        html = say.undo_answer(context.texts, outcome, context.now, hidden=hidden)
        if not isinstance(outcome, Reverted):
            context.toast(html.striptags(), alert=True) if context.spoken.callback_id else context.reply(html)
            return
        case = outcome.case
        await take_back(scope, context.group, outcome, _by(context), self.removals)
        await self.face.tell(scope, context.group, case)
        context.toast(html.striptags()) if context.spoken.callback_id else context.reply(html)

    @staticmethod
    async def number_of_card(context: Context) -> int | None:
        """Return the number of the case whose card is answered.

        The number is read from the card and then the card looked up: other messages of the bot hold numbers too.
        """
        update = context.spoken.ptb
        replied = update.message.reply_to_message if update is not None and update.message is not None else None
        if replied is None or replied.from_user is None or replied.from_user.id != context.scope.bot_id:
            return None
        shown = _SHOWN.search(replied.text or "")
        case = await service.case_by_number(context.tx, context.group.id, int(shown[1])) if shown is not None else None
        if case is None:
            return None
        cards = await context.scope.cards.where(context.tx, codes.CARD, str(case.id))
        return case.number if (context.spoken.chat_id, replied.message_id) in cards else None


async def take_back(scope: Scope, group: Group, outcome: Reverted, by: Person, removals: Removals) -> None:
    """Show a case as it stands now that it was undone, and order what follows."""
    case = outcome.case
    scope.cards.changed(codes.CARD, str(case.id))
    newest = {other.track: other for other in outcome.left}
    for other in (*newest.values(), *outcome.fallen):
        scope.cards.changed(codes.CARD, str(other.id))
    if outcome.order is not None:
        give(scope, group, case, Act.LIFT, outcome.order)
    for fallen in (case, *outcome.fallen):
        if fallen.state is State.WITHDRAWN:
            await removals.withdraw(scope, fallen, by)
    await watch(scope, case)


def _by(context: Context) -> Person:
    return Person(context.actor.user_id, context.actor.name)


def _may_remove(context: Context) -> bool:
    return context.standing.may(Right.REMOVE)
