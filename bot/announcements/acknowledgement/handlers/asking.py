"""What managers set: whether it is asked, until when, with which reminders; by line, by button and by form."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from bot.announcements.acknowledgement import service
from bot.announcements.acknowledgement.handlers import codes
from bot.announcements.acknowledgement.rules import wish as rules
from bot.announcements.acknowledgement.rules.wish import Line, Part, Wish
from bot.announcements.acknowledgement.texts import answers as say
from bot.announcements.acknowledgement.texts import words
from bot.announcements.handlers.aside import numbered
from bot.announcements.handlers.commands import SAID
from bot.announcements.handlers.desk import PURPOSE
from bot.announcements.handlers.lists import hand_list
from bot.announcements.handlers.planning import moment_of, plan_of
from bot.announcements.handlers.wishing import Terms, Wishing
from bot.announcements.rules import plan
from bot.announcements.rules.typed import split_number
from bot.announcements.texts import plan as say_plan
from bot.tg.access import Declined
from bot.tg.aside import step_aside
from bot.tg.buttons import rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from telegram import Update

    from bot.announcements.rules.announcement import Announcement
    from bot.i18n import Html, Texts
    from bot.kernel.groups import Group
    from bot.tg.context import Context
    from bot.tg.effects import Key, Keyboard


@dataclass(frozen=True, slots=True)
class Asking(Wishing[Wish]):
    """The handlers."""

    # The line

    async def command(self, _update: Update, context: Context) -> None:
        """``/announce ack 12 on|off|by Fri 18:00|within 48h|nudge 1h,24h|violation on``."""
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
        if line is not None and line.part is Part.BY and not plan.is_none(line.rest):
            until = moment_of(context, line.rest)
            if until is None:
                await step_aside(context, PURPOSE)
                await context.start_form(codes.BY_FORM, {"number": number, SAID: line.rest})
                return
            item = await self.set(context, item, replace(wish or Wish(), until=until))
        elif line is not None:
            item = await self.set(context, item, _wished(context, wish, line, rest))
        await step_aside(context, PURPOSE)
        self.show(context, item)

    # Buttons

    async def ask_by(self, _update: Update, context: Context, number: int) -> None:
        """Ask for the deadline."""
        await numbered(context, number)
        await context.start_form(codes.BY_FORM, {"number": number})

    async def propose(self, _update: Update, context: Context, number: int, on: int) -> None:
        """Switch whether silence is put before the managers."""
        await self.change(context, number, propose=bool(on))

    async def finish_by(self, _update: Update, context: Context, answers: dict[str, Any]) -> None:
        """Set the deadline that the form asked for."""
        await self.finish(context, answers["number"], until=answers["at"])


def _page(texts: Texts, group: Group, item: Announcement) -> tuple[Html, Keyboard]:
    wish = service.wish_of(item)
    return words.ways(texts, item.number, wish), _keys(texts, group, item.number, wish)


TERMS = Terms(
    Wish(),
    service.wish_of,
    service.want,
    _page,
    say.switched,
    say.not_understood,
    words.OFFERED,
    codes.NUDGES_FORM,
)


def _wished(context: Context, wish: Wish | None, line: Line, typed: str) -> Wish | None:
    """Return what is wanted after a line.

    :raises Declined: with what is wrong about it.
    """
    present, texts = wish or Wish(), context.texts
    match line.part:
        case Part.ON | Part.OFF:
            if line.rest:
                raise Declined(say.not_understood(texts, typed[:60]))
            return present if line.part is Part.ON else None
        case Part.WITHIN:
            length = rules.read_within(line.rest)
            if isinstance(length, timedelta):
                return replace(present, until=length)
            raise Declined(say.fault(texts, length))
        case Part.NUDGE:
            return replace(present, nudges=plan_of(context, line.rest))
        case Part.VIOLATION:
            on = rules.read_switch(line.rest)
            if on is not None:
                return replace(present, propose=on)
            raise Declined(say.switch_wanted(texts, line.rest[:60]))
        case Part.BY:
            return replace(present, until=None)


# Buttons


def draft_keys(texts: Texts, group: Group, item: Announcement) -> Sequence[Key]:
    """Return the switch on the card of what is not sent yet, and the way to the rest of it."""
    if service.wish_of(item) is None:
        return (codes.SWITCH.key(texts.label(words.SWITCH_ON), group, item.number),)
    return (
        codes.SWITCH.key(texts.label(words.SWITCHED_ON), group, item.number),
        codes.WAYS.key(texts.label(words.WAYS), group, item.number),
    )


def desk_keys(texts: Texts, group: Group, item: Announcement) -> Sequence[Key]:
    """Return the button on the card of a published one."""
    if service.wish_of(item) is None:
        return (codes.SWITCH.key(texts.label(words.SWITCH_ON), group, item.number),)
    return (codes.STATUS.key(words.status_label(texts), group, item.number),)


def _keys(texts: Texts, group: Group, number: int, wish: Wish | None) -> Keyboard:
    switch = codes.ONOFF.key(words.switch_label(texts, on=wish is not None), group, number, int(wish is None))
    if wish is None:
        return rows((switch,))
    plans = [
        codes.PLAN.key(
            say_plan.plan_label(texts, one, chosen=one == wish.nudges), group, number, plan.write_delays(one)
        )
        for one in words.OFFERED
    ]
    return rows(
        (
            codes.BY.key(words.by_label(texts), group, number),
            codes.NO_BY.key(words.no_by_label(texts), group, number) if wish.until is not None else None,
        ),
        *((key,) for key in plans),
        (codes.OWN_PLAN.key(say_plan.own_plan_label(texts), group, number),),
        (codes.PROPOSE.key(words.propose_label(texts, on=wish.propose), group, number, int(not wish.propose)),),
        (switch,),
    )
