"""Shows submissions to those who decide, and tells the member what becomes of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from bot.announcements import service as core
from bot.announcements.handlers.desk import PURPOSE, Places
from bot.announcements.handlers.shaping import main_effect
from bot.announcements.submissions import service
from bot.announcements.submissions.handlers import cards, codes
from bot.announcements.submissions.texts import managers as say
from bot.chats.rules.profile import PlaceKind
from bot.kernel.ids import UserId
from bot.kernel.roles import Right
from bot.tg import effects as fx

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from bot.announcements.submissions.rules import Submission
    from bot.db.engine import Tx
    from bot.kernel.groups import Group
    from bot.tg.context import Scope


class Book(Places, Protocol):
    """Where managers are spoken to, and whom the bot may write to; known to ``chats``."""

    async def reachable_of(self, tx: Tx, user_ids: Sequence[UserId]) -> Collection[UserId]:
        """Return those of these people the bot may write to in private."""
        ...


@dataclass(frozen=True, slots=True)
class Telling:
    """Finds reviewers and members, and keeps them informed."""

    places: Book

    # Reviewers

    async def show(self, scope: Scope, group: Group, item: Submission) -> None:
        """Show a submission to those who decide; where none can be reached, the group hears that one waits, and no more."""
        able = await self.places.places_of_those(scope.tx, group, Right.REVIEW)
        desks = [place for place in able if place.user_id != item.user_id]
        for place in desks:
            await self.present(scope, group, item, place.chat_id, place.thread_id)
        if not desks:
            texts = scope.texts(group)
            keys = cards.own_chat(scope, group, texts)
            scope.send(group.chat_id, say.waits(texts), keys, thread_id=group.thread_for(PURPOSE))

    @staticmethod
    async def present(
        scope: Scope,
        group: Group,
        item: Submission,
        chat_id: int,
        thread_id: int | None,
        kind: str = codes.CARD,
        on_result: fx.OnResult | None = None,
    ) -> None:
        """Post a card, under what was handed in where that does not fit on it."""
        for content in cards.above(item) if kind == codes.CARD else ():
            scope.effects.put(main_effect(content, chat_id, thread_id, ()), group_id=group.id)
        await scope.cards.post(kind, str(item.id), group, chat_id, thread_id=thread_id, on_result=on_result)

    # The member

    async def tell(self, scope: Scope, group: Group, item: Submission) -> None:
        """Show the member where it stands now: in private, else in the group. What they were told before stays as it was said."""
        former = await scope.cards.take(scope.tx, (codes.OWN_CARD, codes.PUBLIC_CARD), str(item.id))
        for _, chat_id, message_id in former:
            scope.effects.put(fx.EditButtons(chat_id, message_id), group_id=group.id)
        codes.changed(scope, item)
        if item.user_id in await self.places.reachable_of(scope.tx, [item.user_id]):
            told = fx.OnResult(core.NAME, codes.TOLD, str(item.id))
            await self.present(scope, group, item, int(item.user_id), None, codes.OWN_CARD, told)
        else:
            await self._tell_in_group(scope, group, item)

    async def _tell_in_group(self, scope: Scope, group: Group, item: Submission) -> None:
        standing = await scope.ports.people.standing(scope.tx, group, item.user_id)
        if standing.is_member and standing.is_known:
            thread = group.thread_for(PURPOSE)
            await self.present(scope, group, item, group.chat_id, thread, codes.PUBLIC_CARD)
            return
        place = await self.places.place_to_tell(scope.tx, group, PURPOSE)
        if place.kind is not PlaceKind.GROUP:
            texts = await self.places.texts_at(scope.tx, place, group, scope.ports.people)
            scope.send(place.chat_id, say.not_told(texts, item), thread_id=place.thread_id)

    async def told(self, scope: Scope, result: fx.SendResult) -> None:
        """Say it in the group where it could not be delivered in private."""
        if not isinstance(result, fx.Refused):
            return
        item = await service.get(scope.tx, int(result.key))
        group = None if item is None else scope.group(item.group_id)
        if item is not None and group is not None and group.active:
            await self._tell_in_group(scope, group, item)
