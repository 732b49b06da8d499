"""Choosing groups by buttons, and sending."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING

from bot.announcements.broadcast.handlers import codes
from bot.announcements.broadcast.rules.life import (
    Act,
    Broadcast,
    Done,
    Nobody,
    NotNow,
    NotYours,
    Refused,
    State,
    Unknown,
)
from bot.announcements.broadcast.rules.typed import all_labels, with_label
from bot.announcements.broadcast.service import steps
from bot.announcements.broadcast.texts import page as say
from bot.announcements.broadcast.texts import words
from bot.announcements.handlers.desk import PURPOSE, by_of
from bot.announcements.rules.announcement import Announcement
from bot.announcements.texts import replies as say_core
from bot.i18n import Html
from bot.kernel.roles import Right
from bot.tg import effects as fx
from bot.tg.access import Declined
from bot.tg.aside import step_aside
from bot.tg.buttons import column, rows
from bot.tg.pages import turning

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from telegram import Update

    from bot.announcements.broadcast.handlers.feeding import Feeder
    from bot.announcements.rules.outcomes import Refused as CoreRefused
    from bot.kernel.groups import Group
    from bot.kernel.ids import GroupId
    from bot.tg.context import Context

PER_PAGE = 8


@dataclass(frozen=True, slots=True)
class Choosing:
    """The pages on which groups and labels are ticked."""

    feeder: Feeder

    # Beginning

    async def open(self, _update: Update, context: Context, number: int) -> None:
        """Choose the groups of an announcement, from its card."""
        await self.begin(context, await choosable(context, number), ())

    async def begin(self, context: Context, item: Announcement, ticked: Collection[GroupId]) -> None:
        """Show where managers read which groups it may go to, some of them ticked already."""
        broadcast = await steps.choose(context.tx, item, ticked, by_of(context), context.now)
        await step_aside(context, PURPOSE)
        context.reply(*await self._groups_page(context, broadcast, 1))

    # Ticking

    async def page(self, _update: Update, context: Context, broadcast_id: int, page: int) -> None:
        """Turn to a page of groups."""
        broadcast = await self._own(context, broadcast_id)
        context.edit(*await self._groups_page(context, broadcast, page))

    async def labels(self, _update: Update, context: Context, broadcast_id: int, page: int) -> None:
        """Turn to a page of labels."""
        broadcast = await self._own(context, broadcast_id)
        context.edit(*await self._labels_page(context, broadcast, page))

    async def tick(self, _update: Update, context: Context, broadcast_id: int, group_id: int, page: int) -> None:
        """Tick a group, or untick it."""
        broadcast = await self._own(context, broadcast_id)
        groups = {group.id: group for group in await self._groups(context, broadcast)}
        group = next((group for known, group in groups.items() if known == group_id), None)
        ticked = await self._ticked(context, broadcast)
        if group is not None:
            await self._set(context, broadcast, [group], on=group.id not in ticked)
        context.edit(*await self._groups_page(context, broadcast, page))

    async def tick_all(self, _update: Update, context: Context, broadcast_id: int, on: int) -> None:
        """Tick every group, or none."""
        broadcast = await self._own(context, broadcast_id)
        await self._set(context, broadcast, await self._groups(context, broadcast), on=bool(on))
        context.edit(*await self._groups_page(context, broadcast, 1))

    async def tick_label(self, _update: Update, context: Context, broadcast_id: int, mark: str, page: int) -> None:
        """Tick the groups of a label, or untick them if all of them are ticked."""
        broadcast = await self._own(context, broadcast_id)
        groups = await self._groups(context, broadcast)
        label = next((label for label in all_labels(groups) if fingerprint(label) == mark), None)
        if label is not None:
            labelled = with_label(groups, label)
            ticked = await self._ticked(context, broadcast)
            await self._set(context, broadcast, labelled, on=not all(group.id in ticked for group in labelled))
        context.edit(*await self._labels_page(context, broadcast, page))

    @staticmethod
    async def _set(context: Context, broadcast: Broadcast, groups: Sequence[Group], *, on: bool) -> None:
        outcome = await steps.tick(context.tx, broadcast, [group.id for group in groups], on=on)
        if isinstance(outcome, NotNow):
            raise Declined(say.refused(context.texts, outcome, Act.TICK))

    # Sending, or not

    async def start(self, _update: Update, context: Context, broadcast_id: int) -> None:
        """Send it to the groups that are ticked."""
        broadcast = await self._own(context, broadcast_id)
        may = [group.id for group in await self._groups(context, broadcast)]
        begun = done(context, await steps.start(context.tx, broadcast, may, by_of(context), context.now), Act.START)
        chosen = await steps.ticked(context.tx, begun.id)
        context.edit(say.begun(context.texts, begun.number, len(chosen)))
        await self.feeder.feed(context.scope, begun)
        await context.scope.cards.post(
            codes.CARD,
            str(begun.id),
            context.group,
            context.spoken.chat_id,
            thread_id=context.spoken.thread_id,
            priority=fx.Priority.ANSWER,
        )

    async def drop(self, _update: Update, context: Context, broadcast_id: int) -> None:
        """Send it nowhere."""
        broadcast = await self._own(context, broadcast_id)
        done(context, await steps.step(context.tx, broadcast, Act.DROP, by_of(context), context.now), Act.DROP)
        context.edit(say.dropped(context.texts, broadcast.number))

    # The pages

    async def _groups_page(self, context: Context, broadcast: Broadcast, page: int) -> tuple[Html, fx.Keyboard]:
        texts, home = context.texts, context.group
        groups, ticked = await self._groups(context, broadcast), await self._ticked(context, broadcast)
        pages = max(1, -(-len(groups) // PER_PAGE))
        page = min(max(page, 1), pages)
        here = groups[(page - 1) * PER_PAGE : page * PER_PAGE]
        marks = [
            codes.TICK.key(say.group_key(group.title, on=group.id in ticked), home, broadcast.id, int(group.id), page)
            for group in here
        ]
        chosen = sum(group.id in ticked for group in groups)
        below = rows(
            (
                codes.ALL.key(say.all_key(texts, len(groups)), home, broadcast.id, 1),
                codes.ALL.key(texts.label(words.NONE), home, broadcast.id, 0),
                codes.LABELS.key(texts.label(words.LABELS), home, broadcast.id, 1),
            ),
            (codes.START.key(say.send_key(texts, chosen), home, broadcast.id) if chosen else None,),
            (codes.DROP.key(texts.label(words.DROP), home, broadcast.id),),
        )
        turned = turning(page, pages, codes.PAGE, home, broadcast.id, texts=texts)
        html = say.page(texts, broadcast.number, broadcast.content, chosen, len(groups))
        return Html("{}\n\n{}").format(html, say.page_note(texts)), (*column(marks, 2), *turned, *below)

    async def _labels_page(self, context: Context, broadcast: Broadcast, page: int) -> tuple[Html, fx.Keyboard]:
        texts, home = context.texts, context.group
        groups, ticked = await self._groups(context, broadcast), await self._ticked(context, broadcast)
        labels = list(all_labels(groups).items())
        if not labels:
            raise Declined(Html.escape(say.no_labels(texts)))
        pages = -(-len(labels) // PER_PAGE)
        page = min(max(page, 1), pages)
        marks = []
        for label, count in labels[(page - 1) * PER_PAGE : page * PER_PAGE]:
            on = all(group.id in ticked for group in with_label(groups, label))
            shown = say.label_key(texts, label, count, on=on)
            marks.append(codes.LABEL.key(shown, home, broadcast.id, fingerprint(label), page))
        chosen = sum(group.id in ticked for group in groups)
        below = rows((codes.PAGE.key(texts.label(words.GROUPS), home, broadcast.id, 1),))
        turned = turning(page, pages, codes.LABELS, home, broadcast.id, texts=texts)
        html = say.page(texts, broadcast.number, broadcast.content, chosen, len(groups))
        return html, (*column(marks), *turned, *below)

    # Shared

    async def _own(self, context: Context, broadcast_id: int) -> Broadcast:
        """Return the person's own broadcast whose groups are being chosen.

        :raises Declined: if it is none.
        """
        found = await steps.find(context.tx, context.group.id, broadcast_id)
        if isinstance(found, Unknown):
            raise Declined(say.refused(context.texts, found, Act.TICK))
        if found.user_id != context.actor.user_id:
            raise Declined(say.refused(context.texts, NotYours(), Act.TICK))
        if found.state is not State.CHOOSING:
            raise Declined(say.refused(context.texts, NotNow(found, Act.TICK), Act.TICK))
        return found

    async def _groups(self, context: Context, broadcast: Broadcast) -> Sequence[Group]:
        """Return the groups it may go to, without those that have got it before."""
        groups = await self.feeder.desk.places.groups_with(context.tx, context.actor.user_id, Right.PUBLISH)
        reached = await steps.reached(context.tx, broadcast)
        return [group for group in groups if group.id not in reached]

    @staticmethod
    async def _ticked(context: Context, broadcast: Broadcast) -> set[int]:
        return {target.group_id for target in await steps.ticked(context.tx, broadcast.id)}


async def choosable(context: Context, number: int) -> Announcement:
    """Return an announcement for which groups may be chosen.

    :raises Declined: if it is none.
    """
    item = await steps.choosable(context.tx, context.group.id, number, by_of(context))
    if not isinstance(item, Announcement):
        raise Declined(say_core.refused(context.texts, item))
    return item


def done(context: Context, outcome: Done | Refused | CoreRefused, act: Act) -> Broadcast:
    """Return the broadcast after what was done with it.

    :raises Declined: with the reason, where nothing was.
    """
    match outcome:
        case Done(broadcast):
            return broadcast
        case Unknown() | NotNow() | NotYours() | Nobody():
            raise Declined(say.refused(context.texts, outcome, act))
        case _:
            raise Declined(say_core.refused(context.texts, outcome))


def fingerprint(label: str) -> str:
    """Return what a button carries of a label, which may be longer than a button holds."""
    return blake2b(label.casefold().encode(), digest_size=6).hexdigest()
