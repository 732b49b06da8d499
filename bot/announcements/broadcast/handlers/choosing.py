"""Choosing groups by buttons, and sending."""

from __future__ import annotations

from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import TYPE_CHECKING

from bot.announcements import service as core
from bot.announcements.broadcast.handlers import codes
from bot.announcements.broadcast.rules.life import (
    UNSENT,
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
from bot.announcements.broadcast.service import steps, waiting
from bot.announcements.broadcast.texts import page as say
from bot.announcements.broadcast.texts import waiting as say_waiting
from bot.announcements.broadcast.texts import words
from bot.announcements.handlers import codes as core_codes
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
    from collections.abc import Awaitable, Callable, Collection, Iterable, Sequence
    from datetime import datetime

    from telegram import Update

    from bot.announcements.broadcast.handlers.feeding import Feeder
    from bot.announcements.broadcast.rules.life import Reach, Source
    from bot.announcements.rules.outcomes import Refused as CoreRefused
    from bot.db.engine import Tx
    from bot.i18n import Texts
    from bot.kernel.groups import Group
    from bot.kernel.ids import GroupId
    from bot.tg.context import Context

PER_PAGE = 8


@dataclass(frozen=True, slots=True)
class Look:
    """What a page shows: the groups the announcement may go to, and those that are ticked."""

    broadcast: Broadcast
    groups: Sequence[Group]
    ticked: frozenset[GroupId]
    at: datetime | None = None
    """In its own group it waits for this time."""
    recurs: bool = False
    """It is the pattern of others."""
    is_posted: bool = False

    @property
    def with_it(self) -> int:
        """How many are ticked besides its own."""
        return sum(group.id in self.ticked and group.id != self.broadcast.group_id for group in self.groups)

    @property
    def chosen(self) -> int:
        """How many are ticked."""
        return sum(group.id in self.ticked for group in self.groups)

    def toggled(self, groups: Iterable[Group], *, on: bool) -> Look:
        """Return the page after groups were ticked, or unticked."""
        named = {group.id for group in groups}
        return replace(self, ticked=self.ticked | named if on else self.ticked - named)


@dataclass(frozen=True, slots=True)
class Choosing:
    """The pages on which groups and labels are ticked."""

    feeder: Feeder
    pattern_of: Callable[[Tx, int], Awaitable[int | None]]
    """Says which announcement, by id, is the pattern of a recurring one."""

    # Beginning

    async def open(self, _update: Update, context: Context, number: int) -> None:
        """Choose the groups of an announcement, from its card."""
        await self.begin(context, await choosable(context, number), ())

    async def begin(
        self, context: Context, item: Announcement, ticked: Collection[GroupId], groups: Sequence[Group] | None = None
    ) -> None:
        """Show where managers read which groups it may go to, some of them ticked already."""
        broadcast, reach = await steps.choose(context.tx, item, ticked, by_of(context), context.now)
        look = await self._look(context, broadcast, reach, groups)
        await step_aside(context, PURPOSE)
        context.reply(*groups_page(context, look, 1))

    # Ticking

    async def page(self, _update: Update, context: Context, broadcast_id: int, page: int) -> None:
        """Turn to a page of groups."""
        context.edit(*groups_page(context, await self._own(context, broadcast_id), page))

    async def labels(self, _update: Update, context: Context, broadcast_id: int, page: int) -> None:
        """Turn to a page of labels."""
        context.edit(*labels_page(context, await self._own(context, broadcast_id), page))

    async def tick(self, _update: Update, context: Context, broadcast_id: int, group_id: int, page: int) -> None:
        """Tick a group, or untick it."""
        look = await self._own(context, broadcast_id)
        meant = [group for group in look.groups if group.id == group_id]
        after = await self._set(context, look, meant, on=group_id not in look.ticked)
        context.edit(*groups_page(context, after, page))

    async def tick_all(self, _update: Update, context: Context, broadcast_id: int, on: int) -> None:
        """Tick every group, or none."""
        look = await self._own(context, broadcast_id)
        context.edit(*groups_page(context, await self._set(context, look, look.groups, on=bool(on)), 1))

    async def tick_label(self, _update: Update, context: Context, broadcast_id: int, mark: str, page: int) -> None:
        """Tick the groups of a label, or untick them if all of them are ticked."""
        look = await self._own(context, broadcast_id)
        label = next((label for label in all_labels(look.groups) if fingerprint(label) == mark), None)
        labelled = [] if label is None else with_label(look.groups, label)
        after = await self._set(context, look, labelled, on=not all(group.id in look.ticked for group in labelled))
        context.edit(*labels_page(context, after, page))

    @staticmethod
    async def _set(context: Context, look: Look, groups: Sequence[Group], *, on: bool) -> Look:
        if not groups:
            return look
        outcome = await steps.tick(context.tx, look.broadcast, [group.id for group in groups], on=on)
        if isinstance(outcome, NotNow):
            raise Declined(say.refused(context.texts, outcome, Act.TICK))
        await Choosing._changed(context, look.broadcast)
        return look.toggled(groups, on=on)

    # Sending, or not

    async def start(self, _update: Update, context: Context, broadcast_id: int) -> None:
        """Send it to the groups that are ticked."""
        look = await self._own(context, broadcast_id)
        if look.recurs and not look.is_posted:
            raise Declined(context.texts.gettext(say_waiting.NO_DATES_NOW, number=look.broadcast.number))
        broadcast, may = look.broadcast, [group.id for group in look.groups]
        begun = done(context, await steps.start(context.tx, broadcast, may, by_of(context), context.now), Act.START)
        groups = len(await steps.ticked(context.tx, begun.id))
        context.edit(say.begun(context.texts, begun.number, groups))
        source = await core.find(context.tx, context.group.id, begun.number)
        if isinstance(source, Announcement):
            await self.feeder.work.answer_for(context, source)
        await self.feeder.feed(context.scope, begun)
        await self._changed(context, broadcast)
        await context.scope.cards.post(
            codes.CARD,
            str(begun.id),
            context.group,
            context.spoken.chat_id,
            thread_id=context.spoken.thread_id,
            priority=fx.Priority.ANSWER,
        )

    async def wait(self, _update: Update, context: Context, broadcast_id: int) -> None:
        """Send it to the groups that are ticked when it is posted in its own, or on each of its dates."""
        look = await self._own(context, broadcast_id)
        if look.at is None and not look.recurs:
            raise Declined(context.texts.gettext(say_waiting.NO_TIME, number=look.broadcast.number))
        act = Act.EACH if look.recurs else Act.WAIT
        outcome = await waiting.wait(context.tx, look.broadcast, act, by_of(context), context.now)
        waits = done(context, outcome, act)
        context.edit(say_waiting.waits(context.texts, waits, len(await steps.ticked(context.tx, waits.id))))
        await self._changed(context, waits)

    async def drop(self, _update: Update, context: Context, broadcast_id: int) -> None:
        """Send it nowhere."""
        broadcast = (await self._own(context, broadcast_id)).broadcast
        done(context, await steps.step(context.tx, broadcast, Act.DROP, by_of(context), context.now), Act.DROP)
        context.edit(say.dropped(context.texts, broadcast.number))
        await self._changed(context, broadcast)

    @staticmethod
    async def _changed(context: Context, broadcast: Broadcast) -> None:
        """Let the card of the announcement say where it goes as well, if it did or does now."""
        if broadcast.state is State.CHOOSING:
            return
        item = await core.find(context.tx, context.group.id, broadcast.number)
        if isinstance(item, Announcement):
            core_codes.changed(context.scope, item)

    async def _own(self, context: Context, broadcast_id: int) -> Look:
        """Return the person's own broadcast whose groups are being chosen, with them.

        :raises Declined: if it is none.
        """
        found = await steps.find(context.tx, context.group.id, broadcast_id)
        if isinstance(found, Unknown):
            raise Declined(say.refused(context.texts, found, Act.TICK))
        if found.user_id != context.actor.user_id:
            raise Declined(say.refused(context.texts, NotYours(), Act.TICK))
        if found.state not in UNSENT:
            raise Declined(say.refused(context.texts, NotNow(found, Act.TICK), Act.TICK))
        reach = await steps.reach_of(context.tx, found)
        if reach.choosing is None or reach.choosing[0] != found.id:
            reach = replace(reach, ticked=frozenset(one.group_id for one in await steps.ticked(context.tx, found.id)))
        return await self._look(context, found, reach)

    async def _look(
        self,
        context: Context,
        broadcast: Broadcast,
        reach: Reach,
        groups: Sequence[Group] | None = None,
    ) -> Look:
        """Return the groups it may go to, without those that have got it before, or, where it recurs, without its own."""
        if groups is None:
            places = self.feeder.desk.places
            groups = await places.groups_with(context.tx, context.actor.user_id, Right.PUBLISH)
        recurs = await self._recurs(context, reach.source)
        had = {broadcast.group_id} if recurs else reach.had
        left = [group for group in groups if group.id not in had]
        return Look(broadcast, left, reach.ticked, reach.source.at, recurs, reach.source.is_posted)

    async def _recurs(self, context: Context, source: Source) -> bool:
        """Say whether it is the pattern of others: also one that was posted itself may be."""
        if source.recurring_id is None or not source.is_posted:
            return source.is_pattern
        return await self.pattern_of(context.tx, source.recurring_id) == source.id


# The pages


def groups_page(context: Context, look: Look, page: int) -> tuple[Html, fx.Keyboard]:
    """Return a page of groups to tick."""
    texts, home, broadcast, groups = context.texts, context.group, look.broadcast, look.groups
    pages = max(1, -(-len(groups) // PER_PAGE))
    page = min(max(page, 1), pages)
    marks = [
        codes.TICK.key(say.group_key(one.title, on=one.id in look.ticked), home, broadcast.id, int(one.id), page)
        for one in groups[(page - 1) * PER_PAGE : page * PER_PAGE]
    ]
    below = rows(
        (
            codes.ALL.key(say.all_key(texts, len(groups)), home, broadcast.id, 1),
            codes.ALL.key(texts.label(words.NONE), home, broadcast.id, 0),
            codes.LABELS.key(texts.label(words.LABELS), home, broadcast.id, 1),
        ),
        *_sending(texts, home, look),
        (codes.DROP.key(texts.label(words.DROP), home, broadcast.id),),
    )
    turned = turning(page, pages, codes.PAGE, home, broadcast.id, texts=texts)
    html = say.page(texts, broadcast.number, broadcast.content, look.chosen, len(groups))
    when = say_waiting.WITH_EACH if look.recurs else say_waiting.WITH_IT if look.at is not None else None
    return Html("{}\n\n{}").format(html, say.page_note(texts, when)), (*column(marks, 2), *turned, *below)


def _sending(texts: Texts, home: Group, look: Look) -> tuple[tuple[fx.Key | None, ...], ...]:
    """Return the buttons that send it: with the announcement, where that is to come, and now."""
    number, broadcast_id, along, now = look.broadcast.number, look.broadcast.id, None, None
    if look.recurs and look.with_it:
        along = codes.WAIT.key(say_waiting.with_each_key(texts, number, look.with_it), home, broadcast_id)
    elif look.at is not None and look.with_it:
        along = codes.WAIT.key(say_waiting.with_it_key(texts, number, look.at, look.with_it), home, broadcast_id)
    if look.chosen and not look.recurs:
        label = say.send_key if look.at is None else say_waiting.send_now_key
        now = codes.START.key(label(texts, look.chosen), home, broadcast_id)
    return (along,), (now,)


def labels_page(context: Context, look: Look, page: int) -> tuple[Html, fx.Keyboard]:
    """Return a page of labels to tick.

    :raises Declined: if no group has one.
    """
    texts, home, broadcast, groups = context.texts, context.group, look.broadcast, look.groups
    labels = list(all_labels(groups).items())
    if not labels:
        raise Declined(Html.escape(say.no_labels(texts)))
    pages = -(-len(labels) // PER_PAGE)
    page = min(max(page, 1), pages)
    marks = []
    for label, count in labels[(page - 1) * PER_PAGE : page * PER_PAGE]:
        on = all(group.id in look.ticked for group in with_label(groups, label))
        shown = say.label_key(texts, label, count, on=on)
        marks.append(codes.LABEL.key(shown, home, broadcast.id, fingerprint(label), page))
    below = rows((codes.PAGE.key(texts.label(words.GROUPS), home, broadcast.id, 1),))
    turned = turning(page, pages, codes.LABELS, home, broadcast.id, texts=texts)
    html = say.page(texts, broadcast.number, broadcast.content, look.chosen, len(groups))
    return html, (*column(marks), *turned, *below)


# Shared


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
