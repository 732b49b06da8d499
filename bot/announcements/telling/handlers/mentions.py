"""Mentions below an announcement, a message at a time, and the announcement pinned before."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from bot.announcements import service as core
from bot.announcements.handlers import codes as core_codes
from bot.announcements.handlers.aside import numbered
from bot.announcements.handlers.desk import PURPOSE, by_of
from bot.announcements.rules.announcement import State
from bot.announcements.rules.run import Run
from bot.announcements.rules.run import State as How
from bot.announcements.telling import service
from bot.announcements.telling import texts as say
from bot.announcements.telling.handlers import codes
from bot.announcements.telling.handlers.choosing import UNSENT
from bot.i18n import Html
from bot.tg import effects as fx
from bot.tg.aside import step_aside
from bot.tg.pages import paged

if TYPE_CHECKING:
    from collections.abc import Sequence

    from telegram import Update

    from bot.announcements.handlers.desk import Desk
    from bot.announcements.rules.announcement import Announcement
    from bot.db.engine import Tx
    from bot.i18n import Texts
    from bot.kernel.groups import Group
    from bot.members.rules import Counts
    from bot.tg.context import Context, Scope

PER_PAGE = 30


class Crowd(Protocol):
    """How many members a group has."""

    async def counts(self, tx: Tx, group: Group) -> Counts:
        """Count the known members, with Telegram's total where it is known."""
        ...


@dataclass(frozen=True, slots=True)
class Mentions:
    """What happens once an announcement stands in the group; ``crowd`` counts its members."""

    desk: Desk
    crowd: Crowd

    # What the core asks

    @staticmethod
    async def pins(scope: Scope, _group: Group, item: Announcement) -> bool:
        """Say whether it is pinned."""
        return (await service.decide(scope.tx, item)).way.pins

    async def posted(self, scope: Scope, group: Group, item: Announcement) -> None:
        """Begin to mention everybody, if that is wanted."""
        if (await service.decided(scope.tx, item)).way.mentions:
            await service.begin(scope.tx, item, await self.crowd.counts(scope.tx, group), scope.now)

    async def ended(self, scope: Scope, _group: Group, item: Announcement) -> None:
        """Let it be decided anew how members are told of one that was not posted."""
        if item.state in UNSENT:
            await service.open_again(scope.tx, item)

    async def withdrawn(self, scope: Scope, _group: Group, item: Announcement) -> None:
        """Mention nobody any more."""
        await service.stop(scope.tx, item, None, scope.now)

    async def lines(self, scope: Scope, group: Group, item: Announcement, texts: Texts) -> Sequence[Html]:
        """Say on the managers' card how members are told, or how far that is."""
        if item.state in UNSENT:
            house = await service.wanted(scope.tx, item)
            if not house.way.mentions:
                return say.draft_lines(texts, house, 0, None)
            counts = await self.crowd.counts(scope.tx, group)
            return say.draft_lines(texts, house, counts.known, service.people_in(counts))
        run = await self._run(scope, item)
        return () if run is None else say.run_lines(texts, run, item)

    async def keys(self, scope: Scope, group: Group, item: Announcement, texts: Texts) -> Sequence[fx.Key]:
        """Return the button that shows the choice, or those that stop the mentions and go on with them."""
        if item.state in UNSENT:
            house = await service.wanted(scope.tx, item)
            return (codes.OPEN.key(say.way_label(texts, house.way), group, item.number),)
        run = await self._run(scope, item)
        if run is None:
            return ()
        keys = []
        if run.state is How.RUNNING:
            keys.append(codes.STOP.key(texts.label(say.STOP), group, item.number))
        elif run.state is not How.DONE and item.state is State.PUBLISHED:
            keys.append(codes.GO_ON.key(texts.label(say.GO_ON), group, item.number))
        if run.unsure:
            keys.append(codes.UNSURE.key(say.unsure_label(texts, run.unsure), group, item.number, 1))
        return keys

    @staticmethod
    async def _run(scope: Scope, item: Announcement) -> Run | None:
        return None if item.posted_at is None else await service.FEED.run_of(scope.tx, item.id)

    # Buttons

    async def stop(self, _update: Update, context: Context, number: int) -> None:
        """Stop the mentions."""
        item = await numbered(context, number)
        run = await service.stop(context.tx, item, by_of(context), context.now)
        context.toast(say.stopped(context.texts, run))
        if run is not None:
            core_codes.changed(context.scope, item)

    async def go_on(self, _update: Update, context: Context, number: int) -> None:
        """Go on with them."""
        item = await numbered(context, number)
        run = None
        if item.state is State.PUBLISHED:
            run = await service.go_on(context.tx, item, by_of(context), context.now)
        context.toast(say.resumed(context.texts, run))
        if run is not None:
            core_codes.changed(context.scope, item)

    async def unsure(self, _update: Update, context: Context, number: int, page: int) -> None:
        """List those of whom nobody knows whether they were mentioned."""
        item = await numbered(context, number)
        await step_aside(context, PURPOSE)
        run = await service.FEED.run_of(context.tx, item.id)
        names = [] if run is None else await service.FEED.unsure(context.tx, run)
        lines = [Html("• {}").format(name) for name in names] or [say.nobody(context.texts)]
        head = say.unsure_head(context.texts, number)
        context.toast_empty()
        html, keys = paged(head, lines, page, PER_PAGE, codes.UNSURE, context.group, number, texts=context.texts)
        context.reply(html, keys)

    # The one pinned before

    @staticmethod
    async def pinned(scope: Scope, group: Group, item: Announcement) -> None:
        """Unpin the bot's last one, if that is wanted."""
        if not (await service.decided(scope.tx, item)).unpin:
            return
        before = await core.last_pinned(scope.tx, item)
        if before is None or before.message_id is None:
            return
        told = fx.OnResult(core.NAME, codes.UNPINNED, f"{before.id}:{item.id}")
        scope.effects.put(fx.UnpinMessage(group.chat_id, before.message_id), on_result=told, group_id=group.id)

    async def unpinned(self, scope: Scope, result: fx.SendResult) -> None:
        """Note that it is not pinned any more, or tell whoever is responsible why it still is."""
        before_id, _, item_id = result.key.partition(":")
        if isinstance(result, fx.Uncertain):
            # Unpinning is repeated until Telegram answers.
            return
        if isinstance(result, fx.Delivered) or result.refusal is fx.Refusal.MESSAGE_GONE:
            before = await core.unpinned(scope.tx, int(before_id))
            if before is not None:
                core_codes.changed(scope, before)
            return
        before, item = await core.get(scope.tx, int(before_id)), await core.get(scope.tx, int(item_id))
        group = scope.group(item.group_id) if item is not None else None
        if before is not None and item is not None and group is not None:
            await service.not_unpinned(scope.tx, before, result.text, scope.now)
            place, texts = await self.desk.place_for(scope, group, item)
            refused = replace(before, refusal=result.refusal.value, problem=result.text)
            await self.desk.tell(scope, group, place, say.not_unpinned(texts, refused))
