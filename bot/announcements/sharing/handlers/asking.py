"""What managers set: whether an announcement is to be passed on, until when, with proof; by line, by button and by form."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from bot.announcements.handlers import codes as core_codes
from bot.announcements.handlers.aside import numbered
from bot.announcements.handlers.desk import PURPOSE
from bot.announcements.handlers.lists import hand_list
from bot.announcements.handlers.planning import moment_of, number_question, plan_of, plan_question
from bot.announcements.handlers.wishing import Terms, Wishing
from bot.announcements.rules import passing, plan
from bot.announcements.rules.typed import split_number
from bot.announcements.sharing import service
from bot.announcements.sharing.handlers import codes
from bot.announcements.sharing.rules import wish as rules
from bot.announcements.sharing.rules.wish import Part, Wish
from bot.announcements.sharing.texts import words as say
from bot.announcements.texts import plan as say_plan
from bot.announcements.texts.content import is_confidential
from bot.tg.access import Declined
from bot.tg.aside import step_aside
from bot.tg.buttons import rows
from bot.tg.forms import Form, Question
from bot.tg.forms import texts as say_form
from bot.tg.forms.parsers import moment, show_moment

if TYPE_CHECKING:
    from collections.abc import Sequence

    from telegram import Update

    from bot.announcements.rules.announcement import Announcement
    from bot.announcements.sharing.rules.wish import Line
    from bot.i18n import Html, Texts
    from bot.kernel.groups import Group
    from bot.tg.context import Context
    from bot.tg.effects import Key, Keyboard


@dataclass(frozen=True, slots=True)
class Asking(Wishing[Wish]):
    """The handlers."""

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
        if line is not None and line.part is not Part.OFF:
            _check(context, item)
        if line is not None and line.part is Part.UNTIL and not rules.is_never(line.rest):
            asked = replace(wish or Wish(), proof=line.proof or (wish or Wish()).proof)
            until = moment_of(context, line.rest)
            if until is None:
                await step_aside(context, PURPOSE)
                await context.start_form(codes.UNTIL_FORM, {"number": number, "proof": asked.proof})
                return
            item = await self.set(context, item, replace(asked, until=until))
        elif line is not None:
            item = await self.set(context, item, _wished(context, wish, line, rest))
        await step_aside(context, PURPOSE)
        self.show(context, item)

    async def ask_until(self, _update: Update, context: Context, number: int) -> None:
        """Ask when it ends."""
        item = await numbered(context, number)
        _check(context, item)
        proof = self.present(item).proof
        await context.start_form(codes.UNTIL_FORM, {"number": number, "proof": proof})

    async def proof(self, _update: Update, context: Context, number: int, on: int) -> None:
        """Switch whether a screenshot is asked for."""
        await self.change(context, number, proof=bool(on))

    async def finish_until(self, _update: Update, context: Context, answers: dict[str, Any]) -> None:
        """Set the end that the form asked for."""
        await self.finish(context, answers["number"], until=answers["until"], proof=answers["proof"])

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


def _check(context: Context, item: Announcement) -> None:
    """Let nobody ask to pass on what is confidential.

    :raises Declined: where it is.
    """
    stopped = passing.stops_asking(item, passing.NAME)
    if stopped is not None:
        raise Declined(is_confidential(context.texts, stopped.item))


def _page(texts: Texts, group: Group, item: Announcement) -> tuple[Html, Keyboard]:
    wish = service.wish_of(item)
    if wish is None and passing.is_confidential(item):
        return say.page(texts, item.number, is_confidential(texts, item)), ()
    return say.page(texts, item.number, wish), _keys(texts, group, item.number, wish)


TERMS = Terms(
    Wish(), service.wish_of, service.want, _page, say.switched, say.not_understood, say.OFFERED, codes.NUDGES_FORM
)


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
    """Return the switch on the card of what is not sent yet, and the way to the rest of it; none of what is confidential."""
    if service.wish_of(item) is None:
        return () if passing.is_confidential(item) else (codes.SWITCH.key(texts.label(say.ASK), group, item.number),)
    return (codes.WAYS.key(texts.label(say.ASKED), group, item.number),)


def desk_keys(texts: Texts, group: Group, item: Announcement) -> Sequence[Key]:
    """Return the button on the card of a published one."""
    if service.wish_of(item) is None:
        return () if passing.is_confidential(item) else (codes.SWITCH.key(texts.label(say.ASK), group, item.number),)
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
