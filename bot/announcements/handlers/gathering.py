"""Albums come file by file: the card of what is made of one is shown when it is complete, and once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.announcements import service
from bot.announcements.handlers.codes import Reader
from bot.announcements.handlers.reading import files_in
from bot.announcements.rules.announcement import State
from bot.announcements.rules.content import NoAlbum, files_of
from bot.announcements.texts import replies as say
from bot.chats.rules.profile import Place, PlaceKind
from bot.kernel.ids import ChatId, ThreadId, UserId

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.announcements.handlers.desk import Desk
    from bot.announcements.rules.announcement import Announcement
    from bot.announcements.rules.gathering import Gathering
    from bot.kernel.groups import Group
    from bot.tg.albums import Album
    from bot.tg.capability import Due
    from bot.tg.context import Scope


@dataclass(frozen=True, slots=True)
class Gatherer:
    """Follows albums, with the desk at which the card is shown."""

    desk: Desk

    async def grown(self, scope: Scope, found: Sequence[Album]) -> None:
        """Take in what has come of the albums of which announcements are being made."""
        for item_id, gathering in await service.followed(scope.tx, found):
            files = await files_in(scope.tx, (gathering.from_chat_id, gathering.album))
            await service.gather(scope.tx, item_id, files, scope.now)

    async def due(self, scope: Scope, due: Due) -> None:
        """Show the card: nothing more has come for a moment. If it shows all there is already, nothing more is expected."""
        item = await service.get(scope.tx, int(due.key))
        group = scope.group(item.group_id) if item is not None else None
        gathering = await service.following(scope.tx, int(due.key))
        if item is None or group is None or gathering is None:
            return
        files = await files_in(scope.tx, (gathering.from_chat_id, gathering.album))
        if len(files) == gathering.shown:
            await service.leave(scope.tx, item.id)
            return
        had = await self.desk.move(scope, group, item) if gathering.shown else {}
        await self._show(scope, group, item, gathering)
        await self.desk.show_others(scope, group, item, place_in(gathering).chat_id, had)
        if len(files) > max(1, len(files_of(item.content))):
            await self._tell_left_out(scope, group, gathering, NoAlbum(tuple(file.kind for file in files)))
        await service.shown(scope.tx, item, gathering, len(files), scope.now)

    async def _show(self, scope: Scope, group: Group, item: Announcement, gathering: Gathering) -> None:
        place, reader = place_in(gathering), Reader(gathering.reader)
        await self.desk.present(scope, group, item, place, reader)
        if reader is Reader.AUTHOR and item.state is State.DRAFT and await self.desk.offer(scope, group, item, place):
            texts = await self.desk.texts_in(scope, group, place.chat_id)
            await self.desk.tell(scope, group, place, say.waits_for_publisher(texts, item.number))

    async def _tell_left_out(self, scope: Scope, group: Group, gathering: Gathering, problem: NoAlbum) -> None:
        place = place_in(gathering)
        texts = await self.desk.texts_in(scope, group, place.chat_id)
        await self.desk.tell(scope, group, place, say.refused(texts, problem))


def place_in(gathering: Gathering) -> Place:
    """Return where the card belongs."""
    chat_id = ChatId(gathering.chat_id)
    thread = None if gathering.thread_id is None else ThreadId(gathering.thread_id)
    if chat_id > 0:
        return Place(chat_id, thread, PlaceKind.PRIVATE, UserId(gathering.chat_id))
    return Place(chat_id, thread, PlaceKind.MANAGERS)
