"""Notices about open fates, their buttons, and ``/outbox``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from bot.deliveries import service, texts
from bot.deliveries.rules import Glimpse, glimpse
from bot.i18n import N_, Html
from bot.kernel.ids import GroupId, UserId
from bot.kernel.roles import Right
from bot.tg import effects as fx
from bot.tg.aside import step_aside
from bot.tg.buttons import NO_GROUP, ButtonCode, rows
from bot.tg.capability import Access, Button, Capability, Command, Places, ResultKind
from bot.tg.outbox import settling
from bot.tg.pages import turning
from bot.tg.sections import Section

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from telegram import Update

    from bot.chats.handlers import Moves
    from bot.chats.service import GroupBook
    from bot.i18n import Texts
    from bot.kernel.groups import Group
    from bot.kernel.ids import ChatId, EffectId
    from bot.tg.context import Context, Scope
    from bot.tg.effects import Keyboard
    from bot.tg.outbox.troubles import Trouble

AGAIN = ButtonCode("dl.again", (int,))
THERE = ButtonCode("dl.there", (int,))
HERE_AGAIN = ButtonCode("dl.h.again", (int,))
HERE_THERE = ButtonCode("dl.h.there", (int,))
PAGE = ButtonCode("dl.page", (int,))
MANAGERS = Access(right=Right.VIEW)
PER_PAGE = 5
_NOTICE = fx.OnResult("deliveries", "notice", "")
"""A notice that is itself uncertain makes no further notice: ``/outbox`` shows what it was about."""


def words_of(effect: fx.AnyEffect) -> Glimpse:
    """Say in short what an effect would have posted."""
    match effect:
        case fx.SendMessage(html=html) | fx.EditText(html=html):
            return glimpse(html)
        case fx.SendMedia(caption=caption, kind=kind):
            return glimpse(caption) if caption else Glimpse(kind)
        case fx.SendAlbum(caption=caption, items=items):
            return glimpse(caption) if caption else Glimpse(items[0].kind)
        case _:
            return Glimpse("…")


class Deliveries:
    """Implements what the outbox reports (:class:`bot.tg.ports.Deliveries`).

    ``self_settling`` names the kinds of results whose capabilities show and settle uncertain messages themselves; ``moves``
    takes groups along that became supergroups.
    """

    def __init__(
        self, groups: GroupBook, self_settling: Callable[[], Collection[tuple[str, str]]], moves: Moves
    ) -> None:
        self._groups = groups
        self._moves = moves
        self._self_settling = self_settling

    async def chat_lost(self, scope: Scope, chat_id: ChatId, reason: str) -> None:
        """Note that the bot is out of a group, and tell whoever runs it; or that a person blocked the bot."""
        group = await self._groups.chat_lost(scope.tx, chat_id, reason, scope.now)
        if group is None:
            return
        place = await self._groups.place_to_tell(scope.tx, group)
        if place.chat_id == chat_id:
            return
        reader = await self._groups.texts_at(scope.tx, place, group, scope.ports.people)
        scope.send(place.chat_id, texts.lost_group(reader, group.title, reason), thread_id=place.thread_id)

    def is_lost(self, chat_id: ChatId) -> bool:
        """Say, from memory, whether a group's chat is taken for lost."""
        group = self._groups.by_chat(chat_id)
        return group is not None and not group.active

    async def chat_found(self, scope: Scope, chat_id: ChatId) -> None:
        """Note that the bot is in a group after all."""
        await self._groups.found_again(scope.tx, [chat_id], scope.now)

    async def migrated(self, scope: Scope, old: ChatId, new: ChatId) -> None:
        """Take a group along that became a supergroup, of which no update told us."""
        group = self._groups.by_chat(old)
        if group is not None:
            await scope.tx.lock([group.id])
            await self._moves.move(scope, old, new)

    async def right_lost(self, scope: Scope, chat_id: ChatId, text: str) -> None:
        """Tell whoever runs the group, once a day a reason."""
        group = self._groups.by_chat(chat_id)
        if group is None or not await service.tell_refusal(scope.tx, group.id, text, scope.now):
            return
        place = await self._groups.place_to_tell(scope.tx, group)
        reader = await self._groups.texts_at(scope.tx, place, group, scope.ports.people)
        html = texts.right_lost(reader, group.title, text)
        scope.send(place.chat_id, html, thread_id=place.thread_id)

    async def uncertain(
        self, scope: Scope, effect_id: EffectId, group_id: GroupId | None, chat_id: ChatId, effect: fx.AnyEffect
    ) -> None:
        """Show a message whose fate is open to a manager; in a private talk without a group, to the person."""
        group = self._groups.by_id(group_id) if group_id is not None else self._groups.by_chat(chat_id)
        if group is None:
            reader = await scope.texts_of(UserId(chat_id), None)
            html = texts.uncertain_here(reader, words_of(effect))
            keys = _keys(reader, NO_GROUP, effect_id, HERE_AGAIN, HERE_THERE)
            scope.effects.put(fx.SendMessage(chat_id, str(html), keys), on_result=_NOTICE)
            return
        place = await self._groups.place_to_tell(scope.tx, group)
        reader = await self._groups.texts_at(scope.tx, place, group, scope.ports.people)
        html = texts.uncertain(reader, group.title, words_of(effect))
        notice = fx.SendMessage(
            place.chat_id,
            str(html),
            _keys(reader, group, effect_id),
            thread_id=place.thread_id,
            silent=scope.is_quiet(place.chat_id),
        )
        scope.effects.put(notice, group_id=group.id, on_result=_NOTICE)

    # Buttons and the list

    async def again(self, _update: Update, context: Context, effect_id: int) -> None:
        """Send a message once more: the manager saw that it is not there."""
        found = await self._settle(context, effect_id)
        if found is None:
            return
        effect = _without_refs(found.effect)
        if effect is None:
            context.toast(texts.cannot_again(context.texts), alert=True)
            return
        context.effects.put(effect, group_id=GroupId(found.group_id) if found.group_id is not None else None)
        context.edit(texts.sent_again(context.texts, words_of(effect)))

    async def there(self, _update: Update, context: Context, effect_id: int) -> None:
        """Settle a message: the manager saw that it is there."""
        if await self._settle(context, effect_id) is not None:
            context.edit(texts.is_there(context.texts))

    async def _settle(self, context: Context, effect_id: int) -> Trouble | None:
        group = context.spoken.group
        group_id, chat_id = (None, context.spoken.chat_id) if group is None else (group.id, group.chat_id)
        found = await settling.settle(context.tx, effect_id, group_id, chat_id, context.now)
        if found is None:
            context.toast(texts.settled_already(context.texts), alert=True)
        return found

    async def overview(self, _update: Update, context: Context) -> None:
        """``/outbox``: what waits, and what nobody has settled yet, where managers read."""
        await self._list(context, 1)

    async def page(self, _update: Update, context: Context, number: int) -> None:
        """Turn a page of the list."""
        await self._list(context, number)

    async def _list(self, context: Context, page: int) -> None:
        await step_aside(context)
        seen = await settling.overview(context.tx, context.group.id, page, PER_PAGE, self._self_settling())
        reader = context.texts
        title = texts.overview_title(reader, context.group.title, seen.waiting, seen.count)
        shown = list(enumerate(seen.found, start=(seen.page - 1) * PER_PAGE + 1))
        lines = [texts.numbered(reader, number, _line(reader, one)) for number, one in shown]
        keys = [_numbered_keys(reader, context.group, number, one) for number, one in shown]
        turned = turning(seen.page, seen.pages, PAGE, context.group, texts=reader)
        context.edit(Html("\n").join([title, *lines]), rows(*keys, *turned))


def _keys(
    reader: Texts, group: Group | int, effect_id: int, again: ButtonCode = AGAIN, there: ButtonCode = THERE
) -> Keyboard:
    return rows(
        (
            there.key(texts.there_button(reader), group, effect_id),
            again.key(texts.again_button(reader), group, effect_id),
        )
    )


def _line(reader: Texts, trouble: Trouble) -> Html:
    return texts.line(reader, words_of(trouble.effect), trouble.at, None if trouble.uncertain else trouble.reason)


def _numbered_keys(reader: Texts, group: Group, number: int, trouble: Trouble) -> list[fx.Key]:
    """Return the buttons of one line of the list, told by its number from those of the other lines."""
    return [
        THERE.key(texts.numbered_label(reader, number, texts.there_button(reader)), group, trouble.effect_id),
        AGAIN.key(texts.numbered_label(reader, number, texts.again_button(reader)), group, trouble.effect_id),
    ]


def _without_refs(effect: fx.AnyEffect) -> fx.AnyEffect | None:
    """Return the effect free of messages that were not sent yet when it was put; None if it is nothing without."""
    if isinstance(getattr(effect, "message", None), fx.Ref):
        return None
    if isinstance(getattr(effect, "reply_to", None), fx.Ref):
        freed: fx.AnyEffect = msgspec.structs.replace(effect, reply_to=None)
        return freed
    return effect


async def _let_be(_scope: Scope, _result: fx.SendResult) -> None:
    """Nothing follows from a notice."""


def capability(deliveries: Deliveries) -> Capability:
    """Return the capability."""
    here = Access(needs_group=False, places=Places.PRIVATE)
    return Capability(
        name="deliveries",
        title=texts.TITLE,
        section=Section.GROUP,
        commands=(
            Command(
                "outbox",
                deliveries.overview,
                N_("Messages that wait, and those that may not have arrived"),
                usage=("/outbox",),
                access=MANAGERS,
                title=N_("📮 Outbox"),
            ),
        ),
        buttons=(
            Button(AGAIN, deliveries.again, MANAGERS),
            Button(THERE, deliveries.there, MANAGERS),
            Button(HERE_AGAIN, deliveries.again, here),
            Button(HERE_THERE, deliveries.there, here),
            Button(PAGE, deliveries.page, MANAGERS),
        ),
        results=(ResultKind("notice", _let_be, shows_uncertain=True),),
    )
