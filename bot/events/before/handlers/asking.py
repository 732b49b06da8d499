"""Whether those who are going are still coming: asking them, and freeing the seats of those who do not answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.events.before import service
from bot.events.before import texts as say
from bot.events.before.handlers import codes, weather
from bot.events.before.rules import Freed, NobodyAsked, WouldFree
from bot.events.handlers import finding
from bot.events.handlers.board import CARD, person_of
from bot.events.handlers.clock import About
from bot.events.handlers.notices import confirm_keys
from bot.events.handlers.quiet import put_off
from bot.events.handlers.telling import MENTIONS, batches
from bot.events.rules.event import NoSuchEvent, NotLive
from bot.events.rules.schedule import RECONFIRM
from bot.events.texts import card as card_texts
from bot.events.texts import organiser
from bot.tg import effects as fx
from bot.tg.aside import step_aside
from bot.tg.buttons import rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from telegram import Update

    from bot.events.handlers.telling import Teller
    from bot.events.rules.signup import SignUp
    from bot.i18n import Html, Texts
    from bot.tg.context import Context, Scope
    from bot.tg.effects import Keyboard


class Asking:
    """Asks in private whom it can, and the others in the group by their names."""

    def __init__(self, teller: Teller) -> None:
        self._teller = teller

    async def due(self, scope: Scope, about: About, detail: str) -> None:
        """Ask those who are going a day ahead, and who has not answered once more later (R05)."""
        event = about.event
        if not event.plan.reconfirm or not about.phase.is_live:
            return
        what = f"{RECONFIRM}-{detail}" if detail else RECONFIRM
        if await put_off(scope, about, what, event.plan.starts_at):
            return
        found = await service.ask(scope.tx, about.group.id, event.id, scope.now)
        if found is not None:
            await self._ask(scope, about, found[1])

    async def _ask(self, scope: Scope, about: About, people: Sequence[SignUp]) -> None:
        group, event = about.group, about.event

        def write(own: Texts, _one: SignUp) -> Html:
            return say.asked_private(own, event, group.title)

        unreached = await self._teller.in_private(
            scope, about, people, write, lambda own, _one: confirm_keys(own, about)
        )
        texts = scope.texts(group)
        for some in batches([one for one in people if one.user_id in unreached], MENTIONS):
            html, keys = say.asked_in_group(texts, event, some), confirm_keys(texts, about)
            await self._teller.in_group(
                scope, about, html, keys, priority=fx.Priority.BROADCAST, expires=event.plan.starts_at
            )

    async def by_hand(self, _update: Update, context: Context, event_id: int) -> None:
        """Have them asked now."""
        meant = finding.live(context, await finding.picked(context, event_id))
        if meant is None:
            return
        done = await service.ask(context.tx, context.group.id, event_id, context.now, person_of(context))
        if done is None:
            context.toast(say.asked_lately(context.texts), alert=True)
            return
        about = About(context.group, meant.event, meant.tally, meant.event.phase(context.now))
        await self._ask(context.scope, about, done[1])
        await step_aside(context)
        await weather.show(context, meant, say.asked(context.texts, done[0], len(done[1])))

    # Freeing seats

    async def free(self, _update: Update, context: Context, event_id: int) -> None:
        """Show who would lose their seats."""
        await self._free(context, event_id, None)

    async def free_now(self, _update: Update, context: Context, event_id: int, mark: int) -> None:
        """Free the seats of those whom the organiser was shown."""
        await self._free(context, event_id, mark)

    async def _free(self, context: Context, event_id: int, mark: int | None) -> None:
        done = await service.free(context.tx, context.group, event_id, mark, person_of(context), context.now)
        if isinstance(done, NoSuchEvent):
            context.toast(card_texts.stale(context.texts))
            return
        if isinstance(done, NotLive):
            context.reply(organiser.not_live(context.texts, done))
            return
        if isinstance(done, NobodyAsked):
            context.toast(say.nobody_asked(context.texts), alert=True)
            return
        await step_aside(context)
        if isinstance(done, WouldFree):
            context.edit(say.would_free(context.texts, done), _agree_keys(context, done))
            return
        if isinstance(done, Freed):
            await self._tell_freed(context.scope, context, done)
        meant = await finding.picked(context, event_id)
        if meant is not None:
            await weather.show(context, meant, say.freed(context.texts, done))

    async def _tell_freed(self, scope: Scope, context: Context, done: Freed) -> None:
        """Redraw the card, and tell in the group whom the bot cannot tell in private."""
        group, event = context.group, done.event
        scope.cards.changed(CARD, str(event.id))
        reached = await self._teller.reachable_of(scope.tx, [one.user_id for one in done.silent])
        found = await finding.picked(context, event.id)
        if found is None:
            return
        about = About(group, event, found.tally, event.phase(scope.now))
        texts = scope.texts(group)
        for some in batches([one for one in done.silent if one.user_id not in reached], MENTIONS):
            await self._teller.in_group(scope, about, say.freed_in_group(texts, event, some))


def _agree_keys(context: Context, done: WouldFree) -> Keyboard:
    texts, group, event_id = context.texts, context.group, done.event.id
    return rows(
        (codes.FREE_NOW.key(texts.label(say.FREE_NOW), group, event_id, done.mark),),
        (codes.WEATHER.key(texts.label(say.KEEP), group, event_id),),
    )
