"""Closing the list: who did not come is named, and marked absent once the organiser agrees; or by itself, a day after the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.events.door.handlers import codes, panel
from bot.events.door.rules.checkin import ListClosed, Shut, WouldMark, shuts_at
from bot.events.door.service import checkin, ways
from bot.events.door.texts import answers as say
from bot.events.door.texts import panel as panel_texts
from bot.events.handlers import board, finding
from bot.events.rules import schedule
from bot.events.rules.event import NoSuchEvent, State
from bot.events.service import clock
from bot.events.texts import card as card_texts
from bot.tg.buttons import column, rows

if TYPE_CHECKING:
    from collections.abc import Mapping

    from telegram import Update

    from bot.events.handlers.clock import About, Occasion
    from bot.events.handlers.telling import Teller
    from bot.tg.context import Context, Scope

CLOSING = "door"
"""The occasion at which a list closes by itself."""


async def close(_update: Update, context: Context, event_id: int, agreed: int) -> None:
    """Close the list, after the organiser saw who would be marked absent."""
    by, texts = board.person_of(context), context.texts
    done = await checkin.close(context.tx, context.group, event_id, by, context.now, agreed if agreed >= 0 else None)
    if isinstance(done, NoSuchEvent):
        context.toast(card_texts.stale(texts))
        return
    if isinstance(done, Shut):
        meant = await finding.picked(context, event_id)
        if meant is not None:
            context.toast(str(say.shut(texts, meant.event, done).striptags()), alert=True)
        return
    keys = None
    if isinstance(done, WouldMark):
        count = len(done.missing)
        keys = column(
            (
                codes.CLOSE.key(say.close_label(texts, count), context.group, event_id, count),
                codes.KEEP.key(texts.label(say.KEEP_OPEN), context.group, event_id),
            )
        )
    elif isinstance(done, ListClosed):
        await panel.refresh(context.scope, event_id, listed=True)
    said = say.closing(texts, done)
    # The first tap is on the list itself, which stays as it is.
    context.edit(said, keys) if agreed >= 0 else context.reply(said, keys)


async def keep(_update: Update, context: Context, event_id: int) -> None:
    """Leave the list open."""
    meant = await finding.picked(context, event_id)
    if meant is not None:
        context.edit(say.kept_open(context.texts, meant.event))


class Closings:
    """What is due after the end."""

    def __init__(self, teller: Teller) -> None:
        self._teller = teller

    def occasions(self) -> Mapping[str, Occasion]:
        """Return what is done when, by the name of the occasion."""
        return {"end": self._ended, CLOSING: self._close, schedule.CHECK_IN: self._offer}

    async def _offer(self, scope: Scope, about: About, _detail: str) -> None:
        """Let the card offer the check-in, where there is a code."""
        if await ways.offering(scope.tx, (about.event,), scope.now):
            scope.cards.changed(board.CARD, str(about.event.id))

    async def _ended(self, scope: Scope, about: About, _detail: str) -> None:
        """Set the hour at which the list closes by itself."""
        if about.event.state is not State.CANCELLED:
            await clock.set_all(scope.tx, about.event, {CLOSING: shuts_at(about.event.plan)})

    async def _close(self, scope: Scope, about: About, _detail: str) -> None:
        missing = await checkin.expire(scope.tx, about.group, about.event, scope.now)
        if missing is None:
            return
        await panel.refresh(scope, about.event.id, listed=False)
        if missing:
            await self._teller.to_organiser(
                scope,
                about,
                lambda texts: say.expired(texts, about.event, missing),
                lambda texts: rows((codes.OPEN.key(texts.label(panel_texts.DOOR), about.group, about.event.id),)),
            )
