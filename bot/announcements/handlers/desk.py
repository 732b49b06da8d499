"""Where managers see announcements: cards and lists, in private, among managers, or in the group if nothing else is left."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol, cast

from bot.announcements import service
from bot.announcements.handlers import shaping
from bot.announcements.handlers.codes import Reader
from bot.announcements.rules.announcement import Announcement, By, State
from bot.announcements.rules.content import has_files, shows_page
from bot.announcements.rules.filling import has_braces
from bot.announcements.rules.gathering import Gathering
from bot.announcements.rules.house import Review
from bot.announcements.rules.review import writer_of
from bot.announcements.texts import replies as say
from bot.chats.rules.profile import Place, PlaceKind
from bot.kernel.ids import ChatId
from bot.kernel.roles import Right
from bot.tg import effects as fx
from bot.tg.pages import visible_length
from bot.tg.texts import in_public

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.db.engine import Tx
    from bot.i18n import Html, Texts
    from bot.kernel.groups import Group, Purpose
    from bot.kernel.ids import UserId
    from bot.tg.albums import Album
    from bot.tg.context import Context, Scope
    from bot.tg.ports import People

PURPOSE: Purpose = "announcements"
INLINE = 2500
"""So many characters of an announcement stand on its card; a longer one, or one with a file, stands above it."""


class Places(Protocol):
    """The groups, and where their managers can be spoken to; known to ``chats``."""

    def by_id(self, group_id: int) -> Group | None:
        """Return a group by our own id."""
        ...

    async def place_for_managers(self, tx: Tx, group: Group, user_id: UserId, purpose: Purpose | None = None) -> Place:
        """Return where to show something to the manager who works on it."""
        ...

    async def place_to_tell(self, tx: Tx, group: Group, purpose: Purpose | None = None) -> Place:
        """Return where to tell the managers something nobody asked for."""
        ...

    async def groups_with(self, tx: Tx, user_id: UserId, right: Right) -> Sequence[Group]:
        """Return the active groups in which the person has a right, by title."""
        ...

    async def mark_unreachable(self, tx: Tx, user_id: UserId) -> None:
        """Note that a person cannot be written to in private."""
        ...

    async def places_of_those(self, tx: Tx, group: Group, right: Right) -> list[Place]:
        """Return where to show something to all who have a right and can be reached."""
        ...

    async def texts_at(self, tx: Tx, place: Place, group: Group, people: People) -> Texts:
        """Return the language of those who read there."""
        ...


def by_of(context: Context) -> By:
    """Return the speaker with their rights."""
    return By(context.actor.user_id, context.actor.name, context.standing.rights)


def reader_of(item: Announcement, by: By) -> Reader:
    """Return as whom somebody reads a card in private."""
    if Right.PUBLISH not in by.rights:
        return Reader.AUTHOR
    wrote = by.user_id in {item.author_id, writer_of(item)}
    if by.is_owner:
        return Reader.OWNING_WRITER if wrote else Reader.OWNER
    return Reader.WRITER if wrote else Reader.PUBLISHER


def to_read(item: Announcement) -> Announcement:
    """Return what there is to be read: of a published one, the change that waits."""
    return item if item.pending is None else replace(item, content=item.pending)


def is_inline(item: Announcement) -> bool:
    """Say whether the announcement stands on its card; what Telegram shows a page for stands above it, as members see it."""
    content = to_read(item).content
    plain = not (has_files(content) or content.links or content.protected or has_braces(content) or shows_page(content))
    return plain and visible_length(content.html) <= INLINE


@dataclass(frozen=True, slots=True)
class Desk:
    """Shows cards and lists where managers read."""

    places: Places

    # Cards

    async def place_of(self, context: Context) -> Place:
        """Return where to show the speaker something: here, if only managers read here."""
        spoken, group = context.spoken, context.group
        if spoken.private:
            return Place(spoken.chat_id, None, PlaceKind.PRIVATE, context.actor.user_id)
        if spoken.chat_id == group.managers_chat_id:
            return Place(spoken.chat_id, spoken.thread_id, PlaceKind.MANAGERS)
        return await self.places.place_for_managers(context.tx, group, context.actor.user_id, PURPOSE)

    async def hand_out(self, context: Context, item: Announcement, album: Album | None = None) -> None:
        """Show the speaker a card; a draft of one who may not publish is shown to somebody who may as well.

        What is made of an ``album`` is shown when all of it has come.
        """
        place = await self.place_of(context)
        by = by_of(context)
        reader = reader_of(item, by) if place.kind is PlaceKind.PRIVATE else Reader.PUBLISHER
        self._lead_there(context, place, item)
        if album is not None:
            gathering = Gathering(*album, place.chat_id, place.thread_id, reader.value)
            await service.follow(context.tx, item, gathering, context.now)
            return
        await self.present(context.scope, context.group, item, place, reader)
        waits = reader is Reader.AUTHOR and item.author_id == by.user_id and item.state is State.DRAFT
        if waits and await self.offer(context.scope, context.group, item, place):
            context.reply(say.waits_for_publisher(context.texts, item.number))

    async def offer(self, scope: Scope, group: Group, item: Announcement, place: Place) -> bool:
        """Show a draft to somebody who may publish; where drafts are reviewed, its author hands it in first (R09)."""
        house = await service.house_of(scope.tx, group.id)
        there = await self.places.place_to_tell(scope.tx, group, PURPOSE)
        if house.review is not Review.NONE or there.chat_id == place.chat_id:
            return False
        await self.present(scope, group, item, there)
        return True

    async def show_reviewers(self, context: Context, item: Announcement) -> int:
        """Show it to those who may review it, but not where the speaker has it already; returns how many there are.

        Nobody is left with two cards on which it can be decided: the former one says that it was handed in anew.
        """
        found = await self.reviewers_of(context.scope, context.group, item)
        elsewhere = [(place, reader) for place, reader in found if place.chat_id != context.spoken.chat_id]
        await self.take_down(context.scope, context.group, item, [place for place, _ in elsewhere], say.handed_anew)
        for place, reader in elsewhere:
            await self.present(context.scope, context.group, item, place, reader)
        return len(found)

    async def reviewers_of(self, scope: Scope, group: Group, item: Announcement) -> list[tuple[Place, Reader]]:
        """Return where those who may review it can be reached, and as whom they read its card there."""
        house = await service.house_of(scope.tx, group.id)
        right = Right.ROLES if house.review is Review.OWNER else Right.REVIEW
        wrote = {item.author_id, writer_of(item)} if house.review is Review.OTHER else set()
        reader = Reader.OWNER if house.review is Review.OWNER else Reader.PUBLISHER
        places = await self.places.places_of_those(scope.tx, group, right)
        return [
            (place, reader if place.kind is PlaceKind.PRIVATE else Reader.PUBLISHER)
            for place in places
            if place.user_id not in wrote
        ]

    async def take_down(
        self,
        scope: Scope,
        group: Group,
        item: Announcement,
        places: Sequence[Place],
        sentence: Callable[[Texts, int], Html],
    ) -> None:
        """Let the cards that these places have of it say that a newer one stands further down."""
        said: dict[int, Html] = {
            place.chat_id: sentence(await self.texts_in(scope, group, place.chat_id), item.number) for place in places
        }
        await scope.cards.leave(scope.tx, Reader, str(item.id), said)

    @staticmethod
    def _lead_there(context: Context, place: Place, item: Announcement) -> None:
        texts = context.texts
        if place.kind is PlaceKind.GROUP:
            context.reply(in_public(texts, context.scope.bot_username))
        elif place.chat_id != context.spoken.chat_id:
            private = place.kind is PlaceKind.PRIVATE
            context.reply((say.is_private if private else say.is_with_managers)(texts, item.number))

    async def present(
        self,
        scope: Scope,
        group: Group,
        item: Announcement,
        place: Place,
        reader: Reader = Reader.PUBLISHER,
        *,
        preview: bool = True,
    ) -> None:
        """Post a card, under the announcement itself where that does not fit on it."""
        above: fx.Ref | None = None
        wanted = fx.OnResult(service.NAME, "shown", f"{item.id}:{place.chat_id}:{reader.name}")
        if preview and not is_inline(item):
            content = await shaping.as_read(scope, group, to_read(item).content, shaping.time_of(item, scope.now))
            above = fx.Ref(
                shaping.put(
                    scope,
                    group,
                    content,
                    place.chat_id,
                    place.thread_id,
                    priority=fx.Priority.ANSWER,
                    told=(wanted, None),
                )
            )
        await scope.cards.post(
            reader,
            str(item.id),
            group,
            place.chat_id,
            thread_id=place.thread_id,
            reply_to=above,
            priority=fx.Priority.ANSWER,
            on_result=wanted if above is None and preview else None,
        )

    async def shown(self, scope: Scope, result: fx.SendResult) -> None:
        """Show a card elsewhere that could not be shown where it was meant to be."""
        # An older version, whose messages may still be on their way, named no reader.
        item_id, chat, *name = result.key.split(":")
        item, reader = await service.get(scope.tx, int(item_id)), Reader[name[0]] if name else Reader.PUBLISHER
        group = scope.group(item.group_id) if item is not None else None
        if item is None or group is None or not isinstance(result, fx.Refused):
            return
        chat_id = ChatId(int(chat))
        if result.refusal is fx.Refusal.BLOCKED and chat_id > 0:
            await self._show_elsewhere(scope, group, item, chat_id)
        elif not is_inline(item) and result.refusal is not fx.Refusal.CHAT_GONE:
            await self.present(scope, group, item, _place_at(chat_id), reader, preview=False)

    async def _show_elsewhere(self, scope: Scope, group: Group, item: Announcement, chat_id: ChatId) -> None:
        """Show a card to whom the bot cannot write; what a reviewer was to read does not get into the group for that."""
        user_id = cast("UserId", chat_id)
        await self.places.mark_unreachable(scope.tx, user_id)
        there = await self.places.place_for_managers(scope.tx, group, user_id, PURPOSE)
        if there.chat_id == chat_id:
            return
        if there.kind is PlaceKind.GROUP:
            if user_id not in {item.author_id, writer_of(item)}:
                return
            scope.send(there.chat_id, in_public(scope.texts(group), scope.bot_username))
        await self.present(scope, group, item, there)

    async def replace(self, context: Context, item: Announcement, album: Album | None = None) -> None:
        """Show a changed announcement anew to all who had it, and point to it from where it was before."""
        scope, group = context.scope, context.group
        own = (await self.place_of(context)).chat_id
        had = await self.move(scope, group, item)
        await self.hand_out(context, item, album)
        await self.show_others(scope, group, item, own, had)

    async def move(self, scope: Scope, group: Group, item: Announcement) -> dict[ChatId, Reader]:
        """Say in the place of the cards there are that a new one stands further down, and return who had which."""
        had: dict[ChatId, Reader] = {}
        for kind, chat_id, message_id in await scope.cards.take(scope.tx, Reader, str(item.id)):
            texts = await self.texts_in(scope, group, chat_id)
            moved = say.moved_down(texts, item.number)
            scope.effects.put(fx.EditText(chat_id, message_id, str(moved)), group_id=group.id)
            had[chat_id] = Reader(kind)
        return had

    async def show_others(
        self, scope: Scope, group: Group, item: Announcement, own: ChatId, had: dict[ChatId, Reader]
    ) -> None:
        """Show a changed one to those who had it, but not where it stands already; its reviewers are asked anew."""
        if item.state is State.IN_REVIEW:
            had = {chat: reader for chat, reader in had.items() if reader in {Reader.AUTHOR, Reader.WRITER}}
        for chat_id, reader in had.items():
            if chat_id != own:
                await self.present(scope, group, item, _place_at(chat_id), reader)

    async def tell(
        self, scope: Scope, group: Group, place: Place, html: Html, keyboard: fx.Keyboard | None = None
    ) -> None:
        """Tell managers something."""
        silent = scope.is_quiet(place.chat_id)
        message = fx.SendMessage(place.chat_id, str(html), keyboard, thread_id=place.thread_id, silent=silent)
        scope.effects.put(message, group_id=group.id)

    async def place_for(self, scope: Scope, group: Group, item: Announcement) -> tuple[Place, Texts]:
        """Return where to tell whoever published an announcement or set its time, and the language there."""
        return await self.place_of_manager(scope, group, item.manager_id)

    async def place_of_manager(self, scope: Scope, group: Group, user_id: UserId) -> tuple[Place, Texts]:
        """Return where to tell somebody who published something, and the language there; all managers, if they may not any more."""
        if not (await scope.ports.people.standing(scope.tx, group, user_id)).may(Right.PUBLISH):
            return await self.place_to_tell(scope, group)
        place = await self.places.place_for_managers(scope.tx, group, user_id, PURPOSE)
        return place, await self.places.texts_at(scope.tx, place, group, scope.ports.people)

    async def place_to_tell(self, scope: Scope, group: Group) -> tuple[Place, Texts]:
        """Return where to tell the managers, and the language there."""
        place = await self.places.place_to_tell(scope.tx, group, PURPOSE)
        return place, await self.places.texts_at(scope.tx, place, group, scope.ports.people)

    @staticmethod
    async def texts_in(scope: Scope, group: Group, chat_id: ChatId) -> Texts:
        """Return the language in which a chat reads."""
        if chat_id > 0:
            return await scope.texts_of(cast("UserId", chat_id), group)
        return scope.texts(group)


def _place_at(chat_id: ChatId) -> Place:
    return Place(chat_id, None, PlaceKind.PRIVATE if chat_id > 0 else PlaceKind.MANAGERS)
