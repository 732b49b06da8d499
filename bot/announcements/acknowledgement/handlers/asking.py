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
from bot.announcements.handlers import codes as core_codes
from bot.announcements.handlers.aside import numbered
from bot.announcements.handlers.commands import SAID
from bot.announcements.handlers.desk import PURPOSE, by_of
from bot.announcements.handlers.lists import hand_list
from bot.announcements.handlers.planning import moment_of, plan_of
from bot.announcements.handlers.work import done
from bot.announcements.rules import plan
from bot.announcements.rules.announcement import State
from bot.announcements.rules.typed import split_number
from bot.announcements.texts import plan as say_plan
from bot.tg.access import Declined
from bot.tg.aside import step_aside
from bot.tg.buttons import rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from telegram import Update

    from bot.announcements.handlers.desk import Desk
    from bot.announcements.handlers.posting import Posting
    from bot.announcements.rules.announcement import Announcement
    from bot.i18n import Html, Texts
    from bot.kernel.groups import Group
    from bot.tg.context import Context
    from bot.tg.effects import Key, Keyboard


@dataclass(frozen=True, slots=True)
class Asking:
    """The handlers; ``posting`` keeps the button below the announcement up to date."""

    desk: Desk
    posting: Posting

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
            item = await self._set(context, item, replace(wish or Wish(), until=until))
        elif line is not None:
            item = await self._set(context, item, _wished(context, wish, line, rest))
        await step_aside(context, PURPOSE)
        context.reply(*_page(context, item))

    # Buttons on cards

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

    # Buttons on the page

    async def onoff(self, _update: Update, context: Context, number: int, on: int) -> None:
        """Ask for it, or not any more."""
        item = await numbered(context, number)
        await self._set_here(context, item, _present(item) if on else None)

    async def ask_by(self, _update: Update, context: Context, number: int) -> None:
        """Ask for the deadline."""
        await numbered(context, number)
        await context.start_form(codes.BY_FORM, {"number": number})

    async def no_by(self, _update: Update, context: Context, number: int) -> None:
        """Take the deadline away."""
        item = await numbered(context, number)
        await self._set_here(context, item, replace(_present(item), until=None))

    async def choose_plan(self, _update: Update, context: Context, number: int, kept: str) -> None:
        """Choose when those are reminded who have not read it."""
        nudges = next((one for one in words.OFFERED if plan.write_delays(one) == kept), None)
        if nudges is None:
            raise Declined(say.not_understood(context.texts, kept))
        item = await numbered(context, number)
        await self._set_here(context, item, replace(_present(item), nudges=nudges))

    async def ask_nudges(self, _update: Update, context: Context, number: int) -> None:
        """Ask for other times."""
        await numbered(context, number)
        await context.start_form(codes.NUDGES_FORM, {"number": number})

    async def propose(self, _update: Update, context: Context, number: int, on: int) -> None:
        """Switch whether silence is put before the managers."""
        item = await numbered(context, number)
        await self._set_here(context, item, replace(_present(item), propose=bool(on)))

    # Forms

    async def finish_by(self, _update: Update, context: Context, answers: dict[str, Any]) -> None:
        """Set the deadline that the form asked for."""
        item = await numbered(context, answers["number"])
        after = await self._set(context, item, replace(_present(item), until=answers["at"]))
        context.reply(*_page(context, after))

    async def finish_nudges(self, _update: Update, context: Context, answers: dict[str, Any]) -> None:
        """Set the times that the form asked for."""
        item, nudges = await numbered(context, answers["number"]), plan.read_delays(answers["nudges"])
        after = await self._set(context, item, replace(_present(item), nudges=nudges))
        context.reply(*_page(context, after))

    # Shared

    async def _set(self, context: Context, item: Announcement, wish: Wish | None) -> Announcement:
        """Let it be asked in this way from now on.

        :raises Declined: where that cannot be.
        """
        after = done(context, await service.want(context.tx, item, wish, by_of(context), context.now))
        core_codes.changed(context.scope, after)
        if after.state is State.PUBLISHED:
            await self.posting.redraw_keys(context.scope, context.group, after)
        return after

    async def _set_here(self, context: Context, item: Announcement, wish: Wish | None) -> None:
        context.edit(*_page(context, await self._set(context, item, wish)))


def _page(context: Context, item: Announcement) -> tuple[Html, Keyboard]:
    wish = service.wish_of(item)
    return words.ways(context.texts, item.number, wish), _keys(context.texts, context.group, item.number, wish)


def _present(item: Announcement) -> Wish:
    return service.wish_of(item) or Wish()


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
