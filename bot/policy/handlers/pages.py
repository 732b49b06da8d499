"""``/rules`` and ``/policy``: the rules in words, and setting them by buttons and a form."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from bot.kernel.numerals import fold
from bot.policy.handlers import codes
from bot.policy.handlers.forms import RULE, presets_of, rule_of
from bot.policy.rules.rule import Rule, State, Wrong
from bot.policy.service import book as service
from bot.policy.texts import answers as say
from bot.tg.access import Declined
from bot.tg.aside import step_aside
from bot.tg.buttons import column, rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from telegram import Update

    from bot.kernel.ids import UserId
    from bot.policy.handlers.part import Lines
    from bot.policy.service.book import PolicyBook
    from bot.tg.capability import Due
    from bot.tg.context import Context, Scope

_CODE = re.compile(r"a?([0-9]{1,6})")


class Pages:
    """What people see of the rules."""

    def __init__(self, book: PolicyBook, more: Sequence[Lines] = ()) -> None:
        self._book = book
        self._more = more

    async def rules(self, _update: Update, context: Context) -> None:
        """``/rules``: those that are on, in words, for everybody."""
        if context.args_text:
            raise Declined(say.no_arguments(context.texts))
        found = await self._book.rules(context.tx, context.group.id)
        more = [line for lines in self._more for line in await lines(context.scope, context.group, context.texts)]
        context.reply(say.rules(context.texts, [rule for rule in found if rule.state is State.ON], more))

    async def policy(self, _update: Update, context: Context) -> None:
        """``/policy``: all rules, for managers; ``/policy A1``: one."""
        typed = context.args_text
        await step_aside(context, "cases")
        if not typed:
            await self._list(context)
            return
        found = _CODE.fullmatch(fold(typed).strip())
        rule = None if found is None else await self._book.rule(context.tx, context.group.id, int(found[1]))
        if rule is None:
            raise Declined(say.no_such(context.texts, typed))
        await self._show(context, rule)

    async def list(self, _update: Update, context: Context) -> None:
        """Show all rules."""
        await self._list(context)

    async def add(self, _update: Update, context: Context) -> None:
        """Ask for a new rule."""
        await step_aside(context, "cases")
        await context.start_form(codes.FORM)

    async def show(self, _update: Update, context: Context, number: int) -> None:
        """Show one rule."""
        await self._show(context, await self._known(context, number))

    async def switch(self, _update: Update, context: Context, number: int, state: str) -> None:
        """Switch a rule off, to observing, or on."""
        rule = await self._known(context, number)
        if state not in set(State):
            raise Declined(say.gone(context.texts))
        after = replace(rule, state=State(state))
        await self._book.change(context.tx, context.group.id, after, _by(context), context.now)
        await self._show(context, after)

    async def edit(self, _update: Update, context: Context, number: int) -> None:
        """Show what a rule is made of, to be changed."""
        rule = await self._known(context, number)
        await step_aside(context, "cases")
        await context.start_form(codes.FORM, presets_of(rule))

    async def samples(self, _update: Update, context: Context, number: int) -> None:
        """Show samples of what a rule has seen."""
        rule = await self._known(context, number)
        await step_aside(context, "cases")
        found = await service.samples(context.tx, context.group.id, number, context.now)
        back = codes.SHOW.key(say.back_label(context.texts), context.group, number)
        context.edit(say.samples(context.texts, rule, found), rows((back,)))

    async def remove(self, _update: Update, context: Context, number: int) -> None:
        """Take a rule away."""
        rule = await self._book.remove(context.tx, context.group.id, number, _by(context), context.now)
        if rule is None:
            raise Declined(say.gone(context.texts))
        back = codes.LIST.key(say.back_label(context.texts), context.group)
        context.edit(say.removed(context.texts, rule), rows((back,)))

    async def finish(self, _update: Update, context: Context, answers: dict[str, Any]) -> None:
        """Save what the form asked for."""
        number = answers.get(RULE)
        before = None if number is None else await self._known(context, number)
        made = rule_of(answers, before)
        if before is None:
            outcome = await self._book.add(context.tx, context.group.id, made, _by(context), context.now)
        else:
            outcome = await self._book.change(context.tx, context.group.id, made, _by(context), context.now) or made
        if isinstance(outcome, Wrong):
            raise Declined(say.wrong(context.texts, outcome))
        done = say.added if before is None else say.changed
        keys = rows((codes.SHOW.key(say.rule_label(context.texts, outcome), context.group, outcome.number),))
        context.reply(done(context.texts, outcome), keys)

    async def _known(self, context: Context, number: int) -> Rule:
        rule = await self._book.rule(context.tx, context.group.id, number)
        if rule is None:
            raise Declined(say.gone(context.texts))
        return rule

    async def _list(self, context: Context) -> None:
        texts, group = context.texts, context.group
        found = await service.standings(context.tx, group.id, await self._book.rules(context.tx, group.id), context.now)
        keys = column([codes.SHOW.key(say.rule_label(texts, one.rule), group, one.rule.number) for one in found], 2)
        context.edit(say.policy(texts, found), (*keys, *rows((codes.ADD.key(say.add_label(texts), group),))))

    async def _show(self, context: Context, rule: Rule) -> None:
        texts, group = context.texts, context.group
        (found,) = await service.standings(context.tx, group.id, [rule], context.now)
        states = [
            codes.STATE.key(say.state_label(texts, state), group, rule.number, state.value)
            for state in State
            if state is not rule.state
        ]
        keys = rows(
            states,
            (
                codes.EDIT.key(say.edit_label(texts), group, rule.number),
                codes.SAMPLES.key(say.samples_label(texts), group, rule.number),
                codes.REMOVE.key(say.remove_label(texts), group, rule.number),
            ),
            (codes.LIST.key(say.back_label(texts), group),),
        )
        context.edit(say.whole(texts, found), keys)


def _by(context: Context) -> tuple[UserId, str]:
    return context.actor.user_id, context.actor.name


async def purge(scope: Scope, _due: Due) -> None:
    """Forget what is too old."""
    await service.purge(scope.tx, scope.now)
