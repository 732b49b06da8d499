"""``/theme``: the page of a theme, and what is set on it by buttons and on one line."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Final

from bot.kernel.durations import parse_duration
from bot.kernel.times import local_to_utc
from bot.policy.handlers.common import to_rules
from bot.policy.theme.handlers import codes
from bot.policy.theme.rules.theme import Fault, Steer, fault_of_limit
from bot.policy.theme.rules.typed import fault_of_typed, read_steer, read_switch, read_words
from bot.policy.theme.texts import faults, straying
from bot.policy.theme.texts import page as say
from bot.tg.access import Declined
from bot.tg.aside import step_aside
from bot.tg.buttons import column, rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from telegram import Update

    from bot.i18n import Html, Texts
    from bot.kernel.groups import Group
    from bot.policy.theme.service.desk import By, Desk, Shown
    from bot.tg.context import Context, Scope
    from bot.tg.effects import Keyboard

_TIMES: Final = tuple(timedelta(minutes=minutes) for minutes in (30, 60, 120, 180, 240, 480))
_ASK: Final = -1


@dataclass(frozen=True, slots=True)
class Pages:
    """The page of a theme."""

    desk: Desk

    async def command(self, _update: Update, context: Context) -> None:
        """``/theme``: what is set, with buttons for all of it."""
        if context.args_text:
            raise Declined(faults.unknown(context.texts, context.args_text))
        await step_aside(context, "cases")
        await self.show(context)

    async def page(self, _update: Update, context: Context) -> None:
        """Show the page again."""
        await self.show(context)

    async def show(self, context: Context, found: Shown | None = None) -> None:
        """Show the page."""
        found = found or await self.desk.shown(context.tx, context.group.id)
        texts, group, theme = context.texts, context.group, found.theme
        other = Steer.POST if theme.steer is Steer.TELL else Steer.TELL
        keys = rows(
            (codes.SWITCH.key(say.switch_label(texts, theme), group, "off" if theme.on else "on"),),
            (codes.WORDS.key(say.words_label(texts), group), codes.LEARNED.key(say.learned_label(texts), group)),
            (
                codes.AFTER.key(say.after_label(texts), group, 0),
                codes.THEN.key(say.then_label(texts, other), group, other),
            ),
            (codes.POSTS.key(say.posts_label(texts), group, 1), codes.ADD.key(say.add_label(texts), group)),
            (to_rules(context),),
        )
        context.edit(say.page(texts, theme, found.learned, found.clock, found.waiting), keys)

    async def lines(self, scope: Scope, group: Group, texts: Texts) -> Sequence[Html]:
        """Name the theme to everybody, where it is watched and has words."""
        theme = (await self.desk.shown(scope.tx, group.id)).theme
        return (say.for_everybody(texts, theme.words),) if theme.on and theme.words else ()

    # On and off

    async def on(self, _update: Update, context: Context) -> None:
        """``/theme on``."""
        self._alone(context, "/theme on")
        await self._change(context, on=True)

    async def off(self, _update: Update, context: Context) -> None:
        """``/theme off``."""
        self._alone(context, "/theme off")
        await self._change(context, on=False)

    async def switch(self, _update: Update, context: Context, state: str) -> None:
        """Switch it on or off."""
        on = read_switch(state)
        if on is None:
            context.toast(faults.stale(context.texts))
            return
        await self._change(context, on=on)

    def _alone(self, context: Context, line: str) -> None:
        if context.args_text:
            raise Declined(faults.stands_alone(context.texts, line))

    # Words

    async def words(self, _update: Update, context: Context) -> None:
        """``/theme words hiking, trail``: name them; alone, they are asked for."""
        if context.args_text:
            await self._set_words(context, context.args_text)
        else:
            await self.ask_words(_update, context)

    async def ask_words(self, _update: Update, context: Context) -> None:
        """Ask for the words."""
        await step_aside(context, "cases")
        await context.start_form(codes.WORDS_FORM)

    async def finish_words(self, _update: Update, context: Context, answers: dict[str, Any]) -> None:
        """Save the words that were asked for."""
        await self._set_words(context, answers["words"])

    async def _set_words(self, context: Context, typed: str) -> None:
        found = await self.desk.shown(context.tx, context.group.id)
        fault = fault_of_typed(typed)
        if fault is not None:
            raise Declined(faults.wrong(context.texts, fault))
        words = read_words(found.theme.words, typed)
        await self.show(context, await self._set(context, found, words=words))

    async def learned(self, _update: Update, context: Context) -> None:
        """Show what the group has taught, to be struck out."""
        await self._show_learned(context, await self.desk.shown(context.tx, context.group.id))

    async def _show_learned(self, context: Context, found: Shown) -> None:
        texts, group = context.texts, context.group
        struck = column([codes.STRIKE.key(f"✕ {word}", group, word) for word in found.learned], 3)
        learns = found.theme.learns
        keys = rows(
            (codes.LEARN.key(say.learn_label(texts, on=not learns), group, "off" if learns else "on"),),
            (codes.PAGE.key(say.back_label(texts), group),),
        )
        context.edit(say.struck_page(texts, found.learned), (*struck, *keys))

    async def strike(self, _update: Update, context: Context, word: str) -> None:
        """Strike a learned word out."""
        found = await self.desk.shown(context.tx, context.group.id)
        if word in found.learned:
            found = await self._set(context, found, struck=(*found.theme.struck, word))
            context.toast(say.struck(context.texts, word))
        else:
            context.toast(say.is_so(context.texts))
        await self._show_learned(context, found)

    async def learn(self, _update: Update, context: Context) -> None:
        """``/theme learn on``."""
        await self.show(context, await self._learn(context, context.args_text))

    async def tap_learn(self, _update: Update, context: Context, state: str) -> None:
        """Switch learning on or off."""
        await self._show_learned(context, await self._learn(context, state))

    async def _learn(self, context: Context, typed: str) -> Shown:
        learns = read_switch(typed)
        if learns is None:
            raise Declined(faults.not_a_choice(context.texts, typed, steer=False))
        return await self._set(context, await self.desk.shown(context.tx, context.group.id), learns=learns)

    # Time, and what happens

    async def after(self, _update: Update, context: Context) -> None:
        """``/theme after 90 min``."""
        if not context.args_text:
            await self._choose_time(context)
            return
        limit = parse_duration(context.args_text)
        fault = fault_of_limit(limit)
        if fault is not None:
            raise Declined(faults.wrong(context.texts, fault))
        await self._change(context, limit=limit)

    async def tap_after(self, _update: Update, context: Context, seconds: int) -> None:
        """Choose the time, or show what there is to choose."""
        if seconds == _ASK:
            await context.start_form(codes.AFTER_FORM)
        elif timedelta(seconds=seconds) in _TIMES:
            await self._change(context, limit=timedelta(seconds=seconds))
        else:
            await self._choose_time(context)

    async def _choose_time(self, context: Context) -> None:
        texts, group = context.texts, context.group
        theme = (await self.desk.shown(context.tx, group.id)).theme
        times = [
            codes.AFTER.key(say.time_label(texts, one, chosen=one == theme.limit), group, int(one.total_seconds()))
            for one in _TIMES
        ]
        ways = rows(
            (codes.AFTER.key(say.another_label(texts), group, _ASK), codes.PAGE.key(say.back_label(texts), group))
        )
        context.edit(say.choose_time(texts, theme), (*column(times, 3), *ways))

    async def finish_after(self, _update: Update, context: Context, answers: dict[str, Any]) -> None:
        """Save the time that was asked for."""
        await self._change(context, limit=answers["after"])

    async def then(self, _update: Update, context: Context) -> None:
        """``/theme then post``."""
        steer = read_steer(context.args_text)
        if steer is None:
            raise Declined(faults.not_a_choice(context.texts, context.args_text, steer=True))
        await self._change(context, steer=steer)

    async def tap_then(self, _update: Update, context: Context, value: str) -> None:
        """Choose what happens."""
        if value not in set(Steer):
            context.toast(faults.stale(context.texts))
            return
        await self._change(context, steer=Steer(value))

    async def let_be(self, _update: Update, context: Context) -> None:
        """Leave the group alone until its day is over."""
        group = context.group
        tomorrow = datetime.combine(group.local(context.now).date() + timedelta(days=1), time())
        until = local_to_utc(tomorrow, group.tz).at
        await self._set(context, await self.desk.shown(context.tx, group.id), let_be=until)
        context.edit(
            straying.left_alone(context.texts, until), rows((codes.PAGE.key(say.back_label(context.texts), group),))
        )

    # Saving

    async def _change(self, context: Context, **fields: Any) -> None:
        found = await self.desk.shown(context.tx, context.group.id)
        await self.show(context, await self._set(context, found, **fields))

    async def _set(self, context: Context, found: Shown, **fields: Any) -> Shown:
        theme = replace(found.theme, **fields)
        outcome = await self.desk.set(context.tx, context.group.id, found, theme, by(context), context.now)
        if isinstance(outcome, Fault):
            raise Declined(faults.wrong(context.texts, outcome))
        return outcome


def by(context: Context) -> By:
    """Return who acts."""
    return context.actor.user_id, context.actor.name


def back(context: Context, html: Html) -> tuple[Html, Keyboard]:
    """Return a text with the way back to the page."""
    return html, rows((codes.PAGE.key(say.back_label(context.texts), context.group),))
