"""``/kick @a @b spam``, ``/ban @a @b 7 days spam``: one confirmation that names everybody, and a case for each (R22)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, assert_never

from bot.i18n import Html
from bot.members.identity.handlers import as_answer, find_answer
from bot.tg.access import Declined
from bot.tg.buttons import rows
from bot.violations import service
from bot.violations.handlers import channels, codes
from bot.violations.rules.case import Person
from bot.violations.rules.direct import AlreadyProposed, BadLength, JustTaken, NotBanned, NotMuted, Taken
from bot.violations.rules.ledger import REASON_LIMIT, Ask
from bot.violations.rules.many import Several
from bot.violations.rules.outcomes import ReasonTooLong
from bot.violations.texts import answers as say_answers
from bot.violations.texts import channels as say_channels
from bot.violations.texts import direct as say_direct
from bot.violations.texts import many as say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from telegram import Update

    from bot.members.identity.rules import Outcome
    from bot.tg.context import Context
    from bot.violations.handlers.heavy import Heavy
    from bot.violations.handlers.naming import Named
    from bot.violations.rules.ladder import Rung, Step

Aim = Callable[["Context", "Rung", "Outcome"], Person]
"""Returns who is meant; raises :class:`~bot.tg.access.Declined` for whom no step can be taken against."""


async def ask(context: Context, targets: Sequence[Person], step: Step, named: Named, reason: str) -> None:
    """Ask whether a step against several people is meant.

    :raises Declined: if there is neither a rule nor a reason, or too long a one.
    """
    if not reason and not named.code:
        raise Declined(say.no_reason(context.texts, step.rung))
    if len(reason) > REASON_LIMIT:
        raise Declined(say_answers.reason_too_long(context.texts, len(reason)))
    group, issuer = context.group, Person(context.actor.user_id, context.actor.name)
    basic = group.kind == "group"
    several = Several(group.id, tuple(targets), issuer, step, reason, basic, named.code, named.title)
    held = await service.hold_several(context.tx, several, context.now)
    second = (await service.settings(context.tx, group.id)).second
    key = codes.MEANT.key(say.confirm_label(context.texts, several), group, held)
    context.reply(say.confirm(context.texts, several, second=second), rows((key,)))


@dataclass(frozen=True, slots=True)
class Many:
    """Takes the step once it is meant."""

    heavy: Heavy
    aim: Aim

    async def meant(self, _update: Update, context: Context, held_id: int) -> None:
        """Open the cases; who may not be acted on any more is left out, and named."""
        by = context.actor.user_id
        several = await service.take_several(context.tx, held_id, context.group.id, by, context.now)
        if several is None:
            context.toast(say.gone(context.texts), alert=True)
            return
        taken: list[Taken] = []
        skipped: list[Html] = []
        for person in several.targets:
            outcome = await self._take(context, several, person)
            if isinstance(outcome, Taken):
                taken.append(outcome)
            else:
                skipped.append(outcome)
        alone = await self.heavy.follow_all(context, taken)
        cases = [outcome.case for outcome in taken]
        proposed = any(outcome.order is None for outcome in taken)
        context.edit(say.done(context.texts, cases, skipped, proposed=proposed, alone=alone))

    async def _take(self, context: Context, several: Several, person: Person) -> Taken | Html:
        texts, rung = context.texts, several.step.rung
        try:
            outcome = await find_answer(context, as_answer(person.user_id))
            target = self.aim(context, rung, await channels.titled(context, outcome, person.name))
        except Declined as refusal:
            return Html(refusal.text)
        department = (await context.scope.ports.people.standing(context.tx, context.group, target.user_id)).tag
        ask = Ask(
            several.group_id,
            target,
            several.issuer,
            several.reason,
            basic=several.basic,
            rule=several.rule,
            rule_title=several.rule_title,
            department=department,
        )
        taken = await service.take(context.tx, ask, several.step, context.now)
        match taken:
            case Taken():
                return taken
            case JustTaken(case, hidden):
                return say_direct.just_taken(texts, case, context.now, hidden=hidden and not context.private)
            case AlreadyProposed(case):
                return say_direct.proposed_already(texts, case)
            case NotBanned(name):
                return say_channels.not_banned(texts, name)
            case NotMuted(name):
                return say_direct.not_muted(texts, name)
            case ReasonTooLong(length):
                return say_answers.reason_too_long(texts, length)
            case BadLength(length):
                return say_direct.bad_length(texts, rung, length)
            case _:
                assert_never(outcome)
