"""People enough: posts that call them in, a warning that more are needed, and the end of an event that has too few."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.events import service as core
from bot.events.before import rules, service
from bot.events.before import texts as say
from bot.events.before.rules import Post
from bot.events.handlers import codes as core_codes
from bot.events.handlers import pictures
from bot.events.handlers.board import CARD
from bot.events.handlers.quiet import put_off
from bot.events.rules.event import Phase
from bot.events.rules.schedule import MINIMUM, WARNING, is_promoted_now
from bot.events.texts import card as card_texts
from bot.kernel.ids import MessageId
from bot.tg import effects as fx
from bot.tg.buttons import rows

if TYPE_CHECKING:
    from bot.events.before.rules import TooFew
    from bot.events.handlers.clock import About
    from bot.events.handlers.telling import Teller
    from bot.i18n import Html, Texts
    from bot.tg.context import Scope
    from bot.tg.effects import Keyboard

POSTED = "promoted"
"""The kind of result that says where a post that calls people in has come to stand."""


PICTURED = "promoted_picture"


class Enough:
    """Sees to it that an event has people enough, or is called off in time."""

    def __init__(self, teller: Teller) -> None:
        self._teller = teller

    async def promote(self, scope: Scope, about: About, detail: str) -> None:
        """Post picture and card anew as long as there are seats for those who come; the post before is taken away."""
        group, event = about.group, about.event
        timely = detail.isdigit() and is_promoted_now(event.plan, int(detail), scope.now)
        if not timely or not rules.calls_in(event, about.tally, scope.now):
            return
        for before in (await service.last_picture(scope.tx, event.id), await service.last_post(scope.tx, event.id)):
            if before is not None and before.chat_id == group.chat_id:
                scope.effects.put(fx.DeleteMessage(before.chat_id, before.message_id), group_id=group.id)
        told = fx.OnResult(core.NAME, PICTURED, f"{group.id}:{event.id}")
        pictures.put_before(scope.effects, event, group.chat_id, group.thread_for("events"), told)
        await scope.cards.post(
            CARD,
            str(event.id),
            group,
            group.chat_id,
            thread_id=group.thread_for("events"),
            silent=group.quiet_until(scope.now) is not None,
            on_result=fx.OnResult(core.NAME, POSTED, f"{group.id}:{event.id}"),
        )

    async def minimum(self, scope: Scope, about: About, detail: str) -> None:
        """Cancel an event with too few people when that is decided, or warn of it some time before (R05)."""
        if detail == WARNING:
            await self._warn(scope, about)
        else:
            await self._decide(scope, about)

    async def _warn(self, scope: Scope, about: About) -> None:
        group, event = about.group, about.event
        until = await service.decided_at(scope.tx, event)
        few = rules.falls_short(event.plan, about.tally, until)
        if few is None or until is None or until <= scope.now or not about.phase.is_live:
            return
        if await put_off(scope, about, f"{MINIMUM}-{WARNING}", until):
            return
        if about.phase is Phase.OPEN:
            texts = scope.texts(group)
            html = say.too_few_ahead(texts, event, few)
            await self._teller.in_group(scope, about, html, _join_keys(texts, about), expires=until)
        await self._teller.to_organiser(scope, about, lambda own: say.too_few_ahead(own, event, few))

    async def _decide(self, scope: Scope, about: About) -> None:
        group, texts = about.group, scope.texts(about.group)

        def reason(few: TooFew) -> str:
            return say.reason(texts, few)

        done = await service.decide(scope.tx, group.id, about.event.id, reason, scope.now)
        if done is None:
            return
        event, few, people = done
        scope.cards.changed(CARD, str(event.id))
        if not people:
            await self._teller.in_group(scope, about, say.called_off(texts, event, few, 0))

        def write(own: Texts) -> Html:
            return say.called_off(own, event, few, people)

        await self._teller.to_organiser(scope, about, write)


async def posted(scope: Scope, result: fx.SendResult) -> None:
    """Remember where a post that calls people in has come to stand."""
    group_id, _, event_id = result.key.partition(":")
    group = scope.group(int(group_id))
    if group is not None and isinstance(result, fx.Delivered) and result.message_id is not None:
        await service.posted(scope.tx, int(event_id), Post(group.chat_id, MessageId(result.message_id)))


async def pictured(scope: Scope, result: fx.SendResult) -> None:
    """Remember where the picture before such a post has come to stand."""
    group_id, _, event_id = result.key.partition(":")
    group = scope.group(int(group_id))
    if group is not None and isinstance(result, fx.Delivered) and result.message_id is not None:
        await service.pictured(scope.tx, int(event_id), Post(group.chat_id, MessageId(result.message_id)))


def _join_keys(texts: Texts, about: About) -> Keyboard:
    group, event = about.group, about.event
    return rows(
        (
            core_codes.JOIN.key(texts.label(card_texts.JOIN), group, event.id),
            core_codes.MAYBE.key(texts.label(card_texts.MAYBE), group, event.id),
        )
    )
