"""Asking something of an announcement's readers, or not any more: the buttons that are the same whatever is asked."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from bot.announcements.handlers import codes
from bot.announcements.handlers.aside import numbered
from bot.announcements.handlers.desk import by_of
from bot.announcements.handlers.work import done
from bot.announcements.rules import plan
from bot.announcements.rules.announcement import State
from bot.tg.access import Declined

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from telegram import Update

    from bot.announcements.handlers.posting import Posting
    from bot.announcements.rules.announcement import Announcement, By
    from bot.announcements.rules.outcomes import Done, Refused
    from bot.db.engine import Tx
    from bot.i18n import Html, Texts
    from bot.kernel.groups import Group
    from bot.tg.context import Context
    from bot.tg.effects import Keyboard

W = TypeVar("W", bound=Any)
"""What is wanted with an announcement: a dataclass with ``until`` and ``nudges``."""


@dataclass(frozen=True, slots=True)
class Terms(Generic[W]):
    """What a part asks and how it speaks of it: ``fresh`` is what is wanted where nothing else is said.

    ``page`` shows what is asked. ``plans`` of reminders have a button each; ``form`` asks for another.
    """

    fresh: W
    wish_of: Callable[[Announcement], W | None]
    want: Callable[[Tx, Announcement, W | None, By, datetime], Awaitable[Done | Refused]]
    page: Callable[[Texts, Group, Announcement], tuple[Html, Keyboard]]
    switched: Callable[[Texts, bool], str]
    not_understood: Callable[[Texts, str], Html]
    plans: Sequence[tuple[timedelta, ...]]
    form: str


@dataclass(frozen=True, slots=True)
class Wishing(Generic[W]):
    """The handlers; ``posting`` keeps the button below the announcement up to date."""

    terms: Terms[W]
    posting: Posting

    def present(self, item: Announcement) -> W:
        """Return what is wanted at present, or would be."""
        wish = self.terms.wish_of(item)
        return self.terms.fresh if wish is None else wish

    async def set(self, context: Context, item: Announcement, wish: W | None) -> Announcement:
        """Let it be asked in this way from now on.

        :raises Declined: where that cannot be.
        """
        after = done(context, await self.terms.want(context.tx, item, wish, by_of(context), context.now))
        codes.changed(context.scope, after)
        if after.state is State.PUBLISHED:
            await self.posting.redraw_keys(context.scope, context.group, after)
        return after

    async def change(self, context: Context, number: int, **values: object) -> None:
        """Change something of it, and show the page with it."""
        item = await numbered(context, number)
        after = await self.set(context, item, replace(self.present(item), **values))
        context.edit(*self.terms.page(context.texts, context.group, after))

    async def finish(self, context: Context, number: int, **values: object) -> None:
        """Change something of it at the end of a form, and say how it is now."""
        item = await numbered(context, number)
        self.show(context, await self.set(context, item, replace(self.present(item), **values)))

    def show(self, context: Context, item: Announcement) -> None:
        """Show what is asked."""
        context.reply(*self.terms.page(context.texts, context.group, item))

    # Buttons

    async def switch(self, _update: Update, context: Context, number: int) -> None:
        """Ask for it, or not any more, after a tap on the card."""
        item = await numbered(context, number)
        on = self.terms.wish_of(item) is None
        await self.set(context, item, self.terms.fresh if on else None)
        context.toast(self.terms.switched(context.texts, on))

    async def ways(self, _update: Update, context: Context, number: int) -> None:
        """Show what is asked, below the card."""
        item = await numbered(context, number)
        context.toast_empty()
        self.show(context, item)

    async def onoff(self, _update: Update, context: Context, number: int, on: int) -> None:
        """Ask for it, or not any more."""
        item = await numbered(context, number)
        after = await self.set(context, item, self.present(item) if on else None)
        context.edit(*self.terms.page(context.texts, context.group, after))

    async def no_end(self, _update: Update, context: Context, number: int) -> None:
        """Take its end away."""
        await self.change(context, number, until=None)

    async def choose_plan(self, _update: Update, context: Context, number: int, kept: str) -> None:
        """Choose when those are reminded who have not done it."""
        nudges = next((one for one in self.terms.plans if plan.write_delays(one) == kept), None)
        if nudges is None:
            raise Declined(self.terms.not_understood(context.texts, kept))
        await self.change(context, number, nudges=nudges)

    async def ask_nudges(self, _update: Update, context: Context, number: int) -> None:
        """Ask for other times."""
        await numbered(context, number)
        await context.start_form(self.terms.form, {"number": number})

    async def finish_nudges(self, _update: Update, context: Context, answers: dict[str, Any]) -> None:
        """Set the times that the form asked for."""
        await self.finish(context, answers["number"], nudges=plan.read_delays(answers["nudges"]))
