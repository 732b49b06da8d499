"""What managers set: whether an announcement is to be passed on, until when, with proof; by line, by button and by form."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from bot.announcements.handlers import codes as core_codes
from bot.announcements.handlers.aside import numbered
from bot.announcements.handlers.desk import PURPOSE, by_of
from bot.announcements.handlers.lists import hand_list
from bot.announcements.handlers.planning import moment_of, number_question, plan_of, plan_question
from bot.announcements.handlers.work import done
from bot.announcements.rules import plan
from bot.announcements.rules.announcement import State
from bot.announcements.rules.typed import split_number
from bot.announcements.sharing import service
from bot.announcements.sharing.handlers import codes
from bot.announcements.sharing.rules import wish as rules
from bot.announcements.sharing.rules.wish import Part, Wish
from bot.announcements.sharing.texts import words as say
from bot.announcements.texts import plan as say_plan
from bot.tg.access import Declined
from bot.tg.aside import step_aside
from bot.tg.buttons import rows
from bot.tg.forms import Form, Question
from bot.tg.forms import texts as say_form
from bot.tg.forms.parsers import moment, show_moment

if TYPE_CHECKING:
    from collections.abc import Sequence

    from telegram import Update

    from bot.announcements.handlers.posting import Posting
    from bot.announcements.rules.announcement import Announcement
    from bot.announcements.sharing.rules.wish import Line
    from bot.i18n import Html, Texts
    from bot.kernel.groups import Group
    from bot.tg.context import Context
    from bot.tg.effects import Key, Keyboard


@dataclass(frozen=True, slots=True)
class Asking:
    """The handlers; ``posting`` keeps the button below the announcement up to date."""

    posting: Posting

    async def command(self, _update: Update, context: Context) -> None:
        """``/announce share 12 on|off|until Fri 18:00 [proof]|proof on``."""
        if not context.args_text:
            await hand_list(context, 1)
            return
        number, rest = split_number(context.args_text)
        if number is None:
            raise Declined(say.how(context.texts))
        line = rules.read_line(rest)
        if rest and line is None:
            raise Declined(say.not_understood(context.texts, rest[:60]))
        item = await numbered(context, number)
        wish = service.wish_of(item)
        if line is not None and line.part is Part.UNTIL and not rules.is_never(line.rest):
            asked = replace(wish or Wish(), proof=line.proof or (wish or Wish()).proof)
            until = moment_of(context, line.rest)
            if until is None:
                await step_aside(context, PURPOSE)
                await context.start_form(codes.UNTIL_FORM, {"number": number, "proof": asked.proof})
                return
            item = await self._set(context, item, replace(asked, until=until))
        elif line is not None:
            item = await self._set(context, item, _wished(context, wish, line, rest))
        await step_aside(context, PURPOSE)
        context.reply(*_page(context, item))

    async def switch(self, _update: Update, context: Context, number: int) -> None:
        """Ask for it, or not any more, after a tap on the card."""
        item = await numbered(context, number)
        present = service.wish_of(item)
        await self._set(context, item, Wish() if present is None else None)
        context.toast(say.switched(context.texts, on=present is None))

    async def ways(self, _update: Update, context: Context, number: int) -> None:
        """Show what is asked, below the card."""
        item = await numbered(context, number)
        context.toast_empty()
        context.reply(*_page(context, item))

    async def onoff(self, _update: Update, context: Context, number: int, on: int) -> None:
        """Ask for it, or not any more."""
        item = await numbered(context, number)
        await self._set_here(context, item, (service.wish_of(item) or Wish()) if on else None)

    async def ask_until(self, _update: Update, context: Context, number: int) -> None:
        """Ask when it ends."""
        wish = service.wish_of(await numbered(context, number)) or Wish()
        await context.start_form(codes.UNTIL_FORM, {"number": number, "proof": wish.proof})

    async def no_until(self, _update: Update, context: Context, number: int) -> None:
        """Take its end away."""
        item = await numbered(context, number)
        await self._set_here(context, item, replace(service.wish_of(item) or Wish(), until=None))

    async def proof(self, _update: Update, context: Context, number: int, on: int) -> None:
        """Switch whether a screenshot is asked for."""
        item = await numbered(context, number)
        await self._set_here(context, item, replace(service.wish_of(item) or Wish(), proof=bool(on)))

    async def choose_plan(self, _update: Update, context: Context, number: int, kept: str) -> None:
        """Choose when those are reminded who have not passed it on."""
        nudges = next((one for one in say.OFFERED if plan.write_delays(one) == kept), None)
        if nudges is None:
            raise Declined(say.not_understood(context.texts, kept))
        item = await numbered(context, number)
        await self._set_here(context, item, replace(service.wish_of(item) or Wish(), nudges=nudges))

    async def ask_nudges(self, _update: Update, context: Context, number: int) -> None:
        """Ask for other times."""
        await numbered(context, number)
        await context.start_form(codes.NUDGES_FORM, {"number": number})

    async def finish_nudges(self, _update: Update, context: Context, answers: dict[str, Any]) -> None:
        """Set the times that the form asked for."""
        item = await numbered(context, answers["number"])
        wish = replace(service.wish_of(item) or Wish(), nudges=plan.read_delays(answers["nudges"]))
        context.reply(*_page(context, await self._set(context, item, wish)))

    async def finish_until(self, _update: Update, context: Context, answers: dict[str, Any]) -> None:
        """Set the end that the form asked for."""
        item = await numbered(context, answers["number"])
        wish = replace(service.wish_of(item) or Wish(), until=answers["until"], proof=answers["proof"])
        context.reply(*_page(context, await self._set(context, item, wish)))

    def forms(self) -> tuple[Form[Any], ...]:
        """Return the forms that ask when it ends, and when those are reminded who have not passed it on."""
        number = number_question(say.NUMBER)
        until = Question(
            "until",
            say.UNTIL,
            lambda asking: say.ask_until(asking.texts, say_form.time_examples(asking.texts)),
            moment(),
            datetime,
            show=show_moment,
        )
        nudges = plan_question(say.NUDGES, lambda asking: say.ask_nudges(asking.texts), rules.read_plan)
        authors = core_codes.AUTHORS
        return (
            Form(codes.UNTIL_FORM, say.FORM_UNTIL, (number, until), self.finish_until, access=authors),
            Form(codes.NUDGES_FORM, say.FORM_NUDGES, (number, nudges), self.finish_nudges, access=authors),
        )

    async def _set(self, context: Context, item: Announcement, wish: Wish | None) -> Announcement:
        after = done(context, await service.want(context.tx, item, wish, by_of(context), context.now))
        core_codes.changed(context.scope, after)
        if after.state is State.PUBLISHED:
            await self.posting.redraw_keys(context.scope, context.group, after)
        return after

    async def _set_here(self, context: Context, item: Announcement, wish: Wish | None) -> None:
        context.edit(*_page(context, await self._set(context, item, wish)))


def _page(context: Context, item: Announcement) -> tuple[Html, Keyboard]:
    wish = service.wish_of(item)
    return say.page(context.texts, item.number, wish), _keys(context.texts, context.group, item.number, wish)


def _wished(context: Context, wish: Wish | None, line: Line, typed: str) -> Wish | None:
    """Return what is wanted after a line.

    :raises Declined: with what is wrong about it.
    """
    present = wish or Wish()
    if line.part is Part.NUDGE:
        return replace(present, nudges=plan_of(context, line.rest, rules.read_plan))
    if line.part is Part.PROOF:
        on = rules.read_switch(line.rest)
        if on is not None:
            return replace(present, proof=on)
    elif line.part is Part.UNTIL:
        return replace(present, until=None)
    elif not line.rest and (line.part is Part.ON or not line.proof):
        return replace(present, proof=present.proof or line.proof) if line.part is Part.ON else None
    raise Declined(say.not_understood(context.texts, typed[:60]))


def draft_keys(texts: Texts, group: Group, item: Announcement) -> Sequence[Key]:
    """Return the switch on the card of what is not sent yet, and the way to the rest of it."""
    if service.wish_of(item) is None:
        return (codes.SWITCH.key(texts.label(say.ASK), group, item.number),)
    return (codes.WAYS.key(texts.label(say.ASKED), group, item.number),)


def desk_keys(texts: Texts, group: Group, item: Announcement) -> Sequence[Key]:
    """Return the button on the card of a published one."""
    if service.wish_of(item) is None:
        return (codes.SWITCH.key(texts.label(say.ASK), group, item.number),)
    return (codes.STATUS.key(texts.label(say.WHO), group, item.number),)


def _keys(texts: Texts, group: Group, number: int, wish: Wish | None) -> Keyboard:
    switch = codes.ONOFF.key(say.switch_label(texts, on=wish is not None), group, number, int(wish is None))
    if wish is None:
        return rows((switch,))
    no_end = codes.NO_UNTIL.key(say.no_until_label(texts), group, number) if wish.until is not None else None
    plans = [
        codes.PLAN.key(say.plan_label(texts, one, chosen=one == wish.nudges), group, number, plan.write_delays(one))
        for one in say.OFFERED
    ]
    return rows(
        (codes.UNTIL.key(say.until_label(texts), group, number), no_end),
        (codes.PROOF.key(say.proof_label(texts, on=wish.proof), group, number, int(not wish.proof)),),
        *((key,) for key in plans),
        (codes.OWN_PLAN.key(say_plan.own_plan_label(texts), group, number),),
        (switch,),
    )
