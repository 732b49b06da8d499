"""``/ladder``: what each warning brings, in the group and for its rules, and setting it (R22)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.i18n import Html
from bot.kernel.roles import Right
from bot.tg.access import Declined
from bot.tg.buttons import rows
from bot.tg.forms import Form
from bot.violations import service
from bot.violations.handlers import codes
from bot.violations.handlers.ladder_form import presets, questions, steps_of
from bot.violations.handlers.naming import Named
from bot.violations.handlers.opening import redraw
from bot.violations.rules.case import Person
from bot.violations.rules.ladder import DEFAULT_LADDER, Ladder
from bot.violations.rules.typed import NotAStep, read_ladder
from bot.violations.texts import ladder as say
from bot.violations.texts import words

if TYPE_CHECKING:
    from telegram import Update

    from bot.tg.context import Context
    from bot.tg.effects import Keyboard
    from bot.violations.handlers.naming import Rules

_RULE = "rule"
"""The preset that names the rule whose ladder it is."""


@dataclass(frozen=True, slots=True)
class Ladders:
    """The handlers of ``/ladder``."""

    rules: Rules

    # Showing

    async def show(self, _update: Update, context: Context) -> None:
        """``/ladder``: what each warning brings; ``/ladder A3``: what a breach of that rule does."""
        if not context.args_text:
            context.reply(*await self._page(context))
            return
        context.reply(*await self._page_of(context, await self._rule_alone(context)))

    async def _rule_alone(self, context: Context) -> Named:
        """Return the rule that the line names.

        :raises Declined: if it names none, or more than that.
        """
        named, rest = await self.rules.read(context, context.args_text)
        if not named.code or rest:
            raise Declined(say.wrong(context.texts, NotAStep(rest or context.args_text)))
        return named

    async def _page(self, context: Context) -> tuple[Html, Keyboard]:
        ladders = await service.ladders(context.tx, context.group.id)
        own = {code: steps for code, steps in ladders.items() if code}
        titles = await self.rules.titles(context) if own else {}
        steps = ladders.get("", DEFAULT_LADDER)
        chosen = await service.settings(context.tx, context.group.id)
        html = Html("\n").join((say.page(context.texts, steps, chosen), *say.own_ladders(context.texts, own, titles)))
        if not context.standing.may(Right.SETTINGS):
            return html, ()
        texts, group = context.texts, context.group
        back = None if steps == DEFAULT_LADDER else codes.DEFAULT_LADDER.key(say.default_label(texts), group)
        more = codes.CHOICES.key(say.choices_label(texts), group)
        return html, rows((codes.SET_LADDER.key(say.set_label(texts), group), back), (more,))

    async def _page_of(self, context: Context, named: Named) -> tuple[Html, Keyboard]:
        ladders = await service.ladders(context.tx, context.group.id)
        own = ladders.get(named.code)
        html = say.page_of(
            context.texts, named.code, named.title, own or ladders.get("", DEFAULT_LADDER), own=own is not None
        )
        if not context.standing.may(Right.SETTINGS):
            return html, ()
        texts, group = context.texts, context.group
        back = None if own is None else codes.DROP_FOR.key(say.group_label(texts), group, named.code)
        return html, rows((codes.SET_FOR.key(say.set_label(texts), group, named.code), back))

    # Setting

    async def set_by_line(self, _update: Update, context: Context) -> None:
        """``/ladder set warning, mute 24h``, ``/ladder set A3 ban``: shown back before it is saved."""
        named, line = await self.rules.read(context, context.args_text)
        if named.code and not line:
            await self._ask(context, named.code)
            return
        steps = read_ladder(line)
        if not isinstance(steps, tuple):
            raise Declined(say.wrong(context.texts, steps))
        await self._propose(context, steps, named.code)

    async def default(self, _update: Update, context: Context) -> None:
        """``/ladder default``: shown before it is saved; ``/ladder default A3``: the rule follows the group's ladder again."""
        if not context.args_text:
            await self._propose(context, DEFAULT_LADDER)
            return
        named = await self._rule_alone(context)
        await self._drop(context, named.code)
        context.reply(say.follows_group(context.texts, named.code))

    async def tap_set(self, _update: Update, context: Context) -> None:
        """Ask for the steps."""
        await self._ask(context)

    async def tap_default(self, _update: Update, context: Context) -> None:
        """Show the default before it is saved."""
        await self._propose(context, DEFAULT_LADDER)

    async def tap_set_for(self, _update: Update, context: Context, code: str) -> None:
        """Ask for the steps of a rule."""
        if await self._tapped(context, code) is not None:
            await self._ask(context, code)

    async def tap_drop_for(self, _update: Update, context: Context, code: str) -> None:
        """Have a rule follow the group's ladder again."""
        named = await self._tapped(context, code)
        if named is not None:
            await self._drop(context, code)
            context.toast(say.follows_group(context.texts, code).striptags())
            context.edit(*await self._page_of(context, named))

    async def _tapped(self, context: Context, code: str) -> Named | None:
        """Return the rule of a button; None, and it is said, if the group has it no more."""
        titles = await self.rules.titles(context)
        if code in titles:
            return Named(code, titles[code])
        context.toast(say.no_such_rule(context.texts), alert=True)
        return None

    @staticmethod
    async def _ask(context: Context, code: str = "") -> None:
        await context.start_form(codes.LADDER_FORM, {_RULE: code})

    @staticmethod
    async def _propose(context: Context, steps: Ladder, code: str = "") -> None:
        await context.start_form(codes.LADDER_FORM, {**presets(steps), _RULE: code})

    async def _drop(self, context: Context, code: str) -> None:
        await service.set_ladder(context.tx, context.group.id, None, _by(context), context.now, code)
        await redraw(context.scope, context.group)

    def form(self) -> Form[Any]:
        """Return the form."""
        return Form(codes.LADDER_FORM, words.SET_TITLE, questions(), self.finish, codes.SETTERS, confirm=True)

    async def finish(self, _update: Update, context: Context, answers: dict[str, Any]) -> None:
        """Save the steps; cards that tell the next one are drawn anew."""
        steps, code = steps_of(answers), str(answers.get(_RULE) or "")
        fault = await service.set_ladder(context.tx, context.group.id, steps, _by(context), context.now, code)
        if fault is not None:
            raise Declined(say.wrong(context.texts, fault))
        await redraw(context.scope, context.group)
        if code:
            title = (await self.rules.titles(context)).get(code, "")
            shown = say.page_of(context.texts, code, title, steps, own=True)
        else:
            shown = say.page(context.texts, steps, await service.settings(context.tx, context.group.id))
        context.reply(Html("\n\n").join((say.saved(context.texts), shown)))


def _by(context: Context) -> Person:
    return Person(context.actor.user_id, context.actor.name)
