"""What people say by the buttons of a card: that they come, may come, do not come, or bring somebody (R05)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING

from bot.events import service
from bot.events.handlers.board import person_of
from bot.events.handlers.offers import after_word
from bot.events.rules.event import NoSuchEvent
from bot.events.rules.signup import Action, SignUpState
from bot.events.texts import answers, news
from bot.events.texts import card as say
from bot.members import service as members
from bot.tg.context import fit

if TYPE_CHECKING:
    from telegram import Update

    from bot.events.service import Tapped
    from bot.tg.context import Context

After = Callable[["Context", "Tapped"], Awaitable[str | None]]
"""Called after a person's own word has changed where they stand; returns what is added to the answer, in plain text."""


class Taps:
    """The buttons of a card, and what the parts do after a word that changed something."""

    def __init__(self, after: Sequence[After] = ()) -> None:
        self._after = after

    async def join(self, _update: Update, context: Context, event_id: int) -> None:
        """Sign up."""
        await self._tap(context, event_id, Action.JOIN)

    async def leave(self, _update: Update, context: Context, event_id: int) -> None:
        """Take oneself off."""
        await self._tap(context, event_id, Action.LEAVE)

    async def maybe(self, _update: Update, context: Context, event_id: int) -> None:
        """Say that one may come."""
        await self._tap(context, event_id, Action.MAYBE)

    async def confirm(self, _update: Update, context: Context, event_id: int) -> None:
        """Say that one is still coming."""
        await self._tap(context, event_id, Action.CONFIRM)

    async def accept(self, _update: Update, context: Context, event_id: int) -> None:
        """Take the seat that is offered."""
        await self._answer_offer(context, event_id, Action.JOIN)

    async def decline(self, _update: Update, context: Context, event_id: int) -> None:
        """Let the seat that is offered pass on."""
        await self._answer_offer(context, event_id, Action.LEAVE)

    async def more(self, _update: Update, context: Context, event_id: int) -> None:
        """Bring a guest more; somebody who is not on the list comes with one."""
        await self._tap(context, event_id, Action.MORE)

    async def fewer(self, _update: Update, context: Context, event_id: int) -> None:
        """Bring a guest less."""
        await self._tap(context, event_id, Action.FEWER)

    async def _answer_offer(self, context: Context, event_id: int, action: Action) -> None:
        await context.tx.lock((context.group.id,))
        mine = await service.standing_of(context.tx, event_id, context.actor.user_id)
        if mine is None or mine.state is not SignUpState.OFFERED:
            context.toast(news.not_offered(context.texts), alert=True)
            return
        await self._tap(context, event_id, action)

    async def _tap(self, context: Context, event_id: int, action: Action) -> None:
        query = context.spoken.update.callback_query
        if query is not None and not context.standing.is_known and context.spoken.chat_id == context.group.chat_id:
            # Who taps in the group is in it. They are to be found by name from now on, and to answer in private.
            await members.met(context.tx, context.group, query.from_, context.now)
        who, tag = person_of(context), context.standing.tag
        done = await service.tap(context.tx, context.group, event_id, action, who, context.now, tag)
        if isinstance(done, NoSuchEvent):
            context.toast(say.stale(context.texts))
            return
        texts = context.texts
        said = answers.tapped(texts, done.outcome)
        if not done.changed:
            context.toast(said)
            return
        after_word(context.scope, done)
        further = [more for after in self._after if (more := await after(context, done)) is not None]
        for more in further:
            # What does not fit stands on the card, or is asked in private.
            longer = str(texts.flow(said, more))
            said = longer if longer == fit(longer) else said
        context.toast(said)
