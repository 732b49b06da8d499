"""What comes by itself: the time that was set, and what Telegram said."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, assert_never

from bot.announcements import service
from bot.announcements.handlers import codes
from bot.announcements.handlers.cards import key
from bot.announcements.handlers.codes import Reader
from bot.announcements.handlers.desk import Desk, reader_of
from bot.announcements.handlers.shaping import as_told
from bot.announcements.rules.acts import Act
from bot.announcements.rules.announcement import Announcement, By, State
from bot.announcements.rules.life import AskReview, Go, Hold, HoldBack, Ignore
from bot.announcements.rules.review import is_approved
from bot.announcements.texts import lists as say_list
from bot.announcements.texts import told as say_told
from bot.announcements.texts.replies import moved_down
from bot.announcements.texts.reviewing import told_unreviewed
from bot.chats.rules.profile import PlaceKind
from bot.i18n import Html, Texts
from bot.kernel.ids import ChatId, MessageId
from bot.kernel.roles import Right
from bot.tg import effects as fx
from bot.tg.access import learn_admins, standing_of
from bot.tg.buttons import rows
from bot.tg.capability import CardView
from bot.tg.needs import AdministratorsNeed

if TYPE_CHECKING:
    from datetime import datetime

    from bot.announcements.handlers.posting import Posting
    from bot.kernel.groups import Group
    from bot.kernel.ids import UserId
    from bot.tg.capability import Due
    from bot.tg.context import Scope
    from bot.tg.needs import Need

Sentence = Callable[["Texts", "Announcement", "Group"], "Html"]


@dataclass(frozen=True, slots=True)
class Arrivals:
    """Timers and results, with the desk at which managers are told."""

    desk: Desk
    posting: Posting

    # The time that was set

    def needs(self, due: Due) -> list[Need]:
        """Have Telegram asked who the administrators are: whoever set the time may have ceased to be one."""
        group = self.desk.places.by_id(due.group_id) if due.group_id is not None else None
        return [AdministratorsNeed(group.chat_id)] if group is not None and group.active else []

    async def due(self, scope: Scope, due: Due) -> None:
        """Publish what was scheduled, if those concerned still may and the group is awake; offer it if it is late."""
        item, group = await self._of(scope, int(due.key))
        if item is None or group is None:
            return
        if not group.active:
            await self._failed(scope, group, await service.out_of_reach(scope.tx, item, scope.now))
        elif item.state is State.SCHEDULED and await service.is_late(scope.tx, item, due.due_at, scope.now):
            await self._late(scope, group, item)
        else:
            await self._go(scope, group, item)

    async def _go(self, scope: Scope, group: Group, item: Announcement) -> None:
        write = await self._may(scope, group, item.author_id, Right.ANNOUNCE)
        publish = await self._may(scope, group, item.manager_id, Right.PUBLISH)
        verdict, after = await service.come_due(
            scope.tx, item, group, may_write=write, may_publish=publish, now=scope.now
        )
        match verdict:
            case Ignore():
                return
            case Hold():
                pass
            case HoldBack():
                await self._tell_managers(scope, group, after, say_told.told_held_back(may_publish=publish))
            case AskReview():
                await self._tell_reviewers(scope, group, after)
            case Go():
                await self.posting.send_out(scope, group, after, fx.Priority.PLANNED)
            case _:
                assert_never(verdict)
        codes.changed(scope, after)

    async def _late(self, scope: Scope, group: Group, item: Announcement) -> None:
        """Offer what fell due while the bot was down: out of date news is worse than none."""
        after = await service.miss(scope.tx, item, scope.now)
        if after is None:
            return
        await learn_admins(scope, group)
        codes.changed(scope, after)
        if item.broadcast_id is None:
            place, _ = await self.desk.place_for(scope, group, after)
            scope.cards.forget(codes.OFFER, str(item.id))
            await scope.cards.post(codes.OFFER, str(item.id), group, place.chat_id, thread_id=place.thread_id)

    @staticmethod
    async def render_offer(scope: Scope, group: Group, key_of: str, texts: Texts) -> CardView | None:
        """Draw the question whether one that missed its time is to go out, or what was decided of it and by whom."""
        item = await service.get(scope.tx, int(key_of))
        if item is None:
            return None
        told = await as_told(scope, group, item)
        if item.state is State.MISSED and item.due_at is not None:
            keys = rows([key(texts, item, group, act) for act in (Act.PUBLISH, Act.CANCEL)])
            return CardView(say_told.told_missed(scope.now - item.due_at)(texts, told, group), keys)
        name = await service.decided_by(scope.tx, item)
        # What was decided long ago stays as it stands there.
        return None if name is None else CardView(say_told.told_decided(texts, told, group, name), finished=True)

    async def _tell_managers(self, scope: Scope, group: Group, item: Announcement, sentence: Sentence) -> None:
        place, texts = await self.desk.place_to_tell(scope, group)
        await self.desk.tell(scope, group, place, sentence(texts, item, group))
        await self.desk.take_down(scope, group, item, [place], moved_down)
        await self.desk.present(scope, group, item, place)

    async def _tell_reviewers(self, scope: Scope, group: Group, item: Announcement) -> None:
        """Tell those who may review it, each with a card to decide on, and whoever set the time with what they can do (R09)."""
        places = {place.chat_id: (place, reader) for place, reader in await self.desk.reviewers_of(scope, group, item)}
        own, _ = await self.desk.place_for(scope, group, item)
        if own.kind is not PlaceKind.GROUP or not places:
            standing = await scope.ports.people.standing(scope.tx, group, item.manager_id)
            reader = reader_of(item, By(item.manager_id, item.publisher_name, standing.rights))
            places.setdefault(own.chat_id, (own, reader if own.kind is PlaceKind.PRIVATE else Reader.PUBLISHER))
        await self.desk.take_down(scope, group, item, [place for place, _ in places.values()], moved_down)
        for place, reader in places.values():
            texts = await self.desk.places.texts_at(scope.tx, place, group, scope.ports.people)
            await self.desk.tell(scope, group, place, told_unreviewed(texts, item, group))
            await self.desk.present(scope, group, item, place, reader)

    @staticmethod
    async def _may(scope: Scope, group: Group, user_id: UserId, right: Right) -> bool:
        return (await standing_of(scope, group, user_id, codes.SENDERS)).may(right)

    # What Telegram said

    async def posted(self, scope: Scope, result: fx.SendResult) -> None:
        """Note what became of a posting."""
        match result:
            case fx.Delivered(chat_id=int(chat_id), message_id=int(message_id)):
                album = tuple(map(int, (result.value or "").split()))
                await self._stands(scope, result.key, ChatId(chat_id), MessageId(message_id), album)
            case fx.Refused():
                item = await service.refused(scope.tx, result.key, result.refusal, result.text, scope.now)
                await self._failed(scope, self._group(scope, item), item)
            case fx.Uncertain() | fx.Delivered():
                item = await service.unsure(scope.tx, result.key, scope.now)
                group = self._group(scope, item)
                if item is not None and group is not None:
                    house = await service.house_of(scope.tx, group.id)
                    again = Act.AGAIN if is_approved(item, house.review) else Act.SUBMIT
                    await self._tell(scope, group, item, say_told.told_unsure, Act.IS_THERE, again)
                    await self.posting.ended(scope, group, item)
                    codes.changed(scope, item)
            case _:
                assert_never(result)

    async def unfit(self, scope: Scope, key: str, problem: str) -> None:
        """Note that it was not posted, since Telegram would not take it as this group reads it."""
        item = await service.refused(scope.tx, key, "unfit", problem, scope.now)
        await self._failed(scope, self._group(scope, item), item)

    async def _stands(
        self, scope: Scope, key: str, chat_id: ChatId, message_id: MessageId, album: tuple[int, ...]
    ) -> None:
        awaited = await service.awaited(scope.tx, key)
        group = self._group(scope, awaited)
        pin = awaited is not None and group is not None and await self.posting.is_pinned(scope, group, awaited)
        item = await service.posted(scope.tx, key, chat_id, message_id, scope.now, pin=pin, message_ids=album)
        if item is None or group is None:
            return
        await self.posting.posted(scope, group, item)
        await self.posting.ended(scope, group, item)
        codes.changed(scope, item)

    async def pinned(self, scope: Scope, result: fx.SendResult) -> None:
        """Note whether it is pinned; whoever published it is told if not."""
        match result:
            case fx.Delivered():
                item = await service.pinned(scope.tx, result.key, None, "", scope.now)
                group = self._group(scope, item)
                if item is not None and group is not None:
                    await self.posting.pinned(scope, group, item)
            case fx.Refused():
                item = await service.pinned(scope.tx, result.key, result.refusal, result.text, scope.now)
                group = self._group(scope, item)
                if item is not None and group is not None:
                    await self._tell(scope, group, item, say_told.told_not_pinned, Act.PIN)
            case fx.Uncertain():
                # Pins are repeated until Telegram answers.
                return
            case _:
                assert_never(result)
        if item is not None:
            codes.changed(scope, item)

    async def edited(self, scope: Scope, result: fx.SendResult) -> None:
        """Note whether the group reads a change; whoever is responsible is told if not, and what can be done."""
        item = await self.posting.edited(scope, result)
        group = self._group(scope, item)
        if item is None or group is None or not isinstance(result, fx.Refused):
            return
        acts = (Act.COPY, Act.WITHDRAW) if item.undone.gone else (Act.RETRY, Act.KEEP)
        if item.undone.change is not None:
            await self._tell(scope, group, item, say_told.told_not_edited, *acts)

    # Shared

    async def _failed(self, scope: Scope, group: Group | None, item: Announcement | None) -> None:
        if item is None or group is None:
            return
        await self._tell(scope, group, item, say_told.told_failed, Act.PUBLISH)
        await self.posting.ended(scope, group, item)
        codes.changed(scope, item)

    async def _tell(self, scope: Scope, group: Group, item: Announcement, sentence: Sentence, *acts: Act) -> None:
        """Tell whoever is responsible; of one among many copies the card of all of them tells."""
        if item.broadcast_id is not None:
            return
        place, texts = await self.desk.place_for(scope, group, item)
        keys = rows([key(texts, item, group, act) for act in acts])
        told = await as_told(scope, group, item)
        await self.desk.tell(scope, group, place, sentence(texts, told, group), keys)

    async def _of(self, scope: Scope, item_id: int) -> tuple[Announcement | None, Group | None]:
        item = await service.get(scope.tx, item_id)
        return item, self._group(scope, item)

    @staticmethod
    def _group(scope: Scope, item: Announcement | None) -> Group | None:
        return None if item is None else scope.group(item.group_id)


async def new_zone(scope: Scope, group: Group, texts: Texts) -> Html | None:
    """Say when the scheduled ones go out now that the group's time zone is another."""
    found = [item for item in await service.waiting(scope.tx, group.id) if item.state is State.SCHEDULED]
    return say_list.new_clock(texts, found, group) if found else None


async def digest(scope: Scope, group: Group, since: datetime, until: datetime, texts: Texts) -> Html | None:
    """Write the section of the daily digest."""
    told = await service.sent_between(scope.tx, group.id, since, until)
    sent = [await as_told(scope, group, one) for one in told]
    found = await service.waiting(scope.tx, group.id)
    return say_list.digest(texts, sent, [one for one in found if not one.is_pattern or one.state is State.IN_REVIEW])
