"""``/policy``: a group's rules and what each has seen, on pages with buttons."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.i18n import Html
from bot.pictures.reading import CAN_READ
from bot.policy.handlers import codes
from bot.policy.handlers.common import by, known, ladder_of
from bot.policy.rules.detectors import What
from bot.policy.rules.fields import Listed
from bot.policy.rules.rule import Sanction, State
from bot.policy.rules.typed import field_at, keys_of
from bot.policy.service import book as service
from bot.policy.texts import answers as say
from bot.policy.texts import faults, parts
from bot.tg.access import Declined
from bot.tg.aside import step_aside
from bot.tg.buttons import column, rows
from bot.tg.pages import paged

if TYPE_CHECKING:
    from collections.abc import Sequence

    from telegram import Update

    from bot.policy.handlers.part import KeyMaker
    from bot.policy.handlers.sanctions import Sanctions
    from bot.policy.rules.rule import Rule
    from bot.policy.service.book import PolicyBook
    from bot.tg.capability import Due
    from bot.tg.context import Context, Scope

_RULES_A_PAGE = 16
_SAMPLES_A_PAGE = 8


class Pages:
    """What managers see of the rules."""

    def __init__(self, book: PolicyBook, sanctions: Sanctions | None, more: Sequence[KeyMaker] = ()) -> None:
        self._book = book
        self._sanctions = sanctions
        self._more = more

    async def list(self, _update: Update, context: Context, page: int) -> None:
        """Show all rules."""
        await self.show_all(context, page)

    async def show(self, _update: Update, context: Context, number: int) -> None:
        """Show one rule."""
        await self.show_one(context, await known(self._book, context, number))

    async def show_all(self, context: Context, page: int = 1) -> None:
        """List the rules, with a button for each."""
        texts, group = context.texts, context.group
        found = await service.standings(context.tx, group.id, await self._book.rules(context.tx, group.id), context.now)
        settings = await self._book.settings(context.tx, group.id)
        page = min(max(page, 1), -(-len(found) // _RULES_A_PAGE) or 1)
        shown = found[(page - 1) * _RULES_A_PAGE : page * _RULES_A_PAGE]
        title = say.policy_title(texts, found, settings.keeping, settings.blocked)
        lines = [say.policy_line(texts, one) for one in found]
        html, turning = paged(title, lines, page, _RULES_A_PAGE, codes.LIST, group, texts=texts)
        keys = column([codes.SHOW.key(say.rule_label(texts, one.rule), group, one.rule.number) for one in shown], 2)
        below = rows(
            (codes.ADD.key(say.add_label(texts), group),),
            (
                codes.APPROVED.key(say.approved_label(texts), group, 1),
                codes.KEEP.key(say.keep_label(texts), group),
            ),
        )
        more = column([make(texts, group) for make in self._more], 2)
        context.edit(html, (*keys, *turning, *below, *more))

    async def show_one(self, context: Context, rule: Rule) -> None:
        """Show a rule with all it is set to."""
        texts, group = context.texts, context.group
        (found,) = await service.standings(context.tx, group.id, [rule], context.now)
        settings = await self._book.settings(context.tx, group.id)
        lines = say.whole(texts, found, await ladder_of(self._sanctions, context, rule), reads_codes=CAN_READ)
        if settings.blocked is not None:
            lines.append(say.blocked(texts, settings.blocked))
        offered = (State.OFF, State.ON) if rule.what is What.MANUAL else tuple(State)
        states = [
            codes.STATE.key(say.state_label(texts, state), group, rule.number, state.value)
            for state in offered
            if state is not rule.state
        ]
        manual = rule.what is What.MANUAL
        keys = rows(
            states,
            (
                codes.EDIT.key(say.edit_label(texts), group, rule.number),
                None if manual else codes.SAMPLES.key(say.samples_label(texts), group, rule.number, 1),
                codes.REMOVE.key(say.remove_label(texts), group, rule.number),
            ),
            (codes.LIST.key(say.back_label(texts), group, 1),),
        )
        context.edit(Html("\n").join(lines), keys)

    # On and off

    async def tap_state(self, _update: Update, context: Context, number: int, state: str) -> None:
        """Switch a rule off or to observing; on, after it is shown what it would have done."""
        rule = await known(self._book, context, number)
        if state not in set(State):
            raise Declined(faults.gone(context.texts))
        await self.switch(context, rule, State(state))

    async def switch(self, context: Context, rule: Rule, state: State) -> None:
        """Switch a rule; on only after its preview, where there is something to preview."""
        if state is State.ON and rule.state is not State.ON and rule.what is not What.MANUAL:
            await self._preview(context, rule)
        else:
            await self._switched(context, rule, state)

    async def enable(self, _update: Update, context: Context, number: int) -> None:
        """Switch a rule on that was previewed."""
        await self._switched(context, await known(self._book, context, number), State.ON)

    async def _preview(self, context: Context, rule: Rule) -> None:
        texts, group = context.texts, context.group
        (found,) = await service.standings(context.tx, group.id, [rule], context.now)
        days = await service.days(context.tx, group, rule.number, context.now)
        keys = rows(
            (codes.ENABLE.key(say.switch_label(texts), group, rule.number),),
            (
                codes.SAMPLES.key(say.samples_label(texts), group, rule.number, 1),
                codes.SHOW.key(say.back_to_label(texts, rule), group, rule.number),
            ),
        )
        context.edit(say.preview(texts, found, days), keys)

    async def _switched(self, context: Context, rule: Rule, state: State) -> None:
        after = replace(rule, state=state)
        await self._book.change(context.tx, context.group.id, after, by(context), context.now)
        await self.show_one(context, after)

    # What a rule is made of, and has seen

    async def edit(self, _update: Update, context: Context, number: int) -> None:
        """Show every part of a rule, with a button to change it."""
        texts, group = context.texts, context.group
        rule = await known(self._book, context, number)
        ladder = await ladder_of(self._sanctions, context, rule)
        keys = keys_of(rule)
        lines = [say.edit_title(texts, rule), *(say.edit_line(texts, rule, key, ladder) for key in keys)]
        changes = [codes.PART.key(parts.label(texts, rule, key), group, number, key) for key in keys]
        files = [
            codes.FILE.key(say.file_label(texts, parts.label(texts, rule, key)), group, number, key)
            for key in keys
            if isinstance(field_at(rule, key), Listed)
        ]
        back = rows((codes.SHOW.key(say.back_to_label(texts, rule), group, number),))
        context.edit(Html("\n").join(lines), (*column(changes, 2), *column(files), *back))

    async def samples(self, _update: Update, context: Context, number: int, page: int) -> None:
        """Show samples of what a rule has seen, where managers read."""
        rule = await known(self._book, context, number)
        await step_aside(context, "cases")
        texts, group = context.texts, context.group
        keeping = (await self._book.settings(context.tx, group.id)).keeping
        found = await service.samples(context.tx, group.id, number, context.now)
        back = rows((codes.SHOW.key(say.back_to_label(texts, rule), group, number),))
        if not found:
            context.edit(say.no_samples(texts, rule, keeping), back)
            return
        title = say.samples_title(texts, rule, keeping)
        lines = [say.sample(texts, one) for one in found]
        html, turning = paged(title, lines, page, _SAMPLES_A_PAGE, codes.SAMPLES, group, number, texts=texts)
        context.edit(html, (*turning, *back))

    async def remove(self, _update: Update, context: Context, number: int) -> None:
        """Take a rule away, with its ladder."""
        rule = await self._book.remove(context.tx, context.group.id, number, by(context), context.now)
        if rule is None:
            raise Declined(faults.gone(context.texts))
        if rule.sanction is Sanction.OWN and self._sanctions is not None:
            await self._sanctions.set_ladder(context.tx, context.group.id, rule.code, None, by(context), context.now)
        back = codes.LIST.key(say.back_label(context.texts), context.group, 1)
        context.edit(say.removed(context.texts, rule), rows((back,)))


async def purge(scope: Scope, _due: Due) -> None:
    """Forget what is too old."""
    await service.purge(scope.tx, scope.now)
