"""Puts announcements into their groups and keeps them as they should look there, with what the parts add."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from bot.announcements import service
from bot.announcements.handlers import codes
from bot.announcements.rules.announcement import State
from bot.tg import effects as fx
from bot.tg.buttons import column
from bot.tg.capability import ButtonsView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.announcements.handlers.part import Part
    from bot.announcements.rules.announcement import Announcement
    from bot.i18n import Html, Texts
    from bot.kernel.groups import Group
    from bot.tg.context import Scope


def as_effect(
    item: Announcement, chat_id: int, thread_id: int | None = None, keyboard: fx.Keyboard = ()
) -> fx.SendMessage | fx.SendMedia:
    """Return the message that an announcement is; ``keyboard`` stands below its own links."""
    content = item.content
    keys = (*links_of(item), *keyboard) or None
    if content.kind is None or content.file_id is None:
        return fx.SendMessage(chat_id, content.html, keys, thread_id=thread_id, preview=True, protect=content.protected)
    kind, file = cast("fx.MediaKind", content.kind), fx.FileId(content.file_id)
    return fx.SendMedia(chat_id, kind, file, content.html, keys, thread_id=thread_id, protect=content.protected)


def links_of(item: Announcement) -> fx.Keyboard:
    """Return the buttons with links below an announcement."""
    return tuple(tuple(fx.Key(link.label, url=link.url) for link in row) for row in item.content.links)


class Posting:
    """The core's way into the group. ``join`` tells it the parts, which are made with it."""

    def __init__(self) -> None:
        self._parts: tuple[Part, ...] = ()

    def join(self, parts: Sequence[Part]) -> None:
        """Ask these parts from now on."""
        self._parts = tuple(parts)

    # In the group

    async def send_out(
        self, scope: Scope, group: Group, item: Announcement, priority: fx.Priority = fx.Priority.NORMAL
    ) -> None:
        """Post an announcement and pin it, so that every member is told (R02)."""
        told = fx.OnResult(service.NAME, "posted", service.result_key(item))
        keys = await self.keys_below(scope, group, item)
        message = as_effect(item, group.chat_id, group.thread_for("announcements"), keys)
        posted = scope.effects.put(message, priority=priority, on_result=told, group_id=group.id)
        if await self.is_pinned(scope, group, item):
            self.pin(scope, group, item, fx.Ref(posted))

    def pin(self, scope: Scope, group: Group, item: Announcement, message: fx.Target) -> None:
        """Pin an announcement, not silently."""
        told = fx.OnResult(service.NAME, "pinned", service.result_key(item))
        scope.effects.put(fx.PinMessage(group.chat_id, message), on_result=told, group_id=group.id)

    async def edit(
        self,
        scope: Scope,
        group: Group,
        item: Announcement,
        *,
        told: fx.OnResult | None = None,
        priority: fx.Priority = fx.Priority.NORMAL,
    ) -> None:
        """Let what stands in the group show the words as they are now; ``told`` hears of the end instead of the core."""
        if item.chat_id is None or item.message_id is None:
            return
        content = item.content
        keys = (*links_of(item), *await self.keys_below(scope, group, item)) or None
        effect: fx.EditText | fx.EditCaption
        if content.kind is None:
            effect = fx.EditText(item.chat_id, item.message_id, content.html, keys, preview=True)
        else:
            effect = fx.EditCaption(item.chat_id, item.message_id, content.html, keys)
        told = told or fx.OnResult(service.NAME, "edited", service.result_key(item))
        scope.effects.put(effect, on_result=told, priority=priority, group_id=item.group_id)

    async def redraw_keys(self, scope: Scope, group: Group, item: Announcement) -> None:
        """Let the buttons below what stands in the group be as the parts want them now, also where there were none before."""
        if item.chat_id is None or item.message_id is None:
            return
        key = str(item.id)
        if not await scope.cards.where(scope.tx, codes.BUTTONS, key):
            scope.cards.adopt(codes.BUTTONS, key, group, item.chat_id, item.message_id)
        self.keys_changed(scope, item.id)

    def keys_changed(self, scope: Scope, item_id: int) -> None:
        """Say that the buttons below an announcement are to look different: they are edited once, at the end of the batch."""
        scope.cards.changed(codes.BUTTONS, str(item_id))

    async def render_keys(self, scope: Scope, group: Group, key: str, _texts: Texts) -> ButtonsView | None:
        """Draw the buttons below what stands in the group."""
        item = await service.get(scope.tx, int(key))
        if item is None or item.state is not State.PUBLISHED:
            return None
        return ButtonsView((*links_of(item), *await self.keys_below(scope, group, item)) or None)

    async def keys_below(self, scope: Scope, group: Group, item: Announcement) -> fx.Keyboard:
        """Return the buttons that the parts want below the announcement in the group."""
        texts = scope.texts(group)
        made = [part.posted_keys for part in self._parts if part.posted_keys is not None]
        return column([key for make in made for key in await make(scope, group, item, texts)])

    async def is_pinned(self, scope: Scope, group: Group, item: Announcement) -> bool:
        """Say whether it is pinned when it is posted: unless a part tells people in another way."""
        return all([await part.pins(scope, group, item) for part in self._parts if part.pins is not None])

    # What the parts hear

    async def posted(self, scope: Scope, group: Group, item: Announcement) -> None:
        """Tell the parts that it stands in the group."""
        for part in self._parts:
            if part.posted is not None:
                await part.posted(scope, group, item)
        if item.chat_id is not None and item.message_id is not None and await self.keys_below(scope, group, item):
            scope.cards.adopt(codes.BUTTONS, str(item.id), group, item.chat_id, item.message_id)

    async def changed(self, scope: Scope, group: Group, item: Announcement, *, material: bool) -> None:
        """Tell the parts that its words in the group were edited."""
        for part in self._parts:
            if part.changed is not None:
                await part.changed(scope, group, item, material)

    async def withdrawn(self, scope: Scope, group: Group, item: Announcement) -> None:
        """Tell the parts that it was taken back."""
        for part in self._parts:
            if part.withdrawn is not None:
                await part.withdrawn(scope, group, item)

    async def ended(self, scope: Scope, group: Group, item: Announcement) -> None:
        """Tell the parts that its posting came to an end, or that somebody has said what that was."""
        for part in self._parts:
            if part.ended is not None:
                await part.ended(scope, group, item)

    async def pinned(self, scope: Scope, group: Group, item: Announcement) -> None:
        """Tell the parts that Telegram has pinned it."""
        for part in self._parts:
            if part.pinned is not None:
                await part.pinned(scope, group, item)

    # What the parts show to managers

    async def lines(self, scope: Scope, group: Group, item: Announcement, texts: Texts) -> list[Html]:
        """Return what the parts say on the managers' card."""
        said = [part.lines for part in self._parts if part.lines is not None]
        return [line for say in said for line in await say(scope, group, item, texts)]

    async def live_keys(self, scope: Scope, group: Group, item: Announcement, texts: Texts) -> fx.Keyboard:
        """Return their buttons on the managers' card that they must look something up for."""
        made = [part.live_keys for part in self._parts if part.live_keys is not None]
        return column([key for make in made for key in await make(scope, group, item, texts)], 2)

    def draft_keys(self, texts: Texts, group: Group, item: Announcement) -> fx.Keyboard:
        """Return their buttons on the card of what is not sent yet."""
        made = [part.draft_keys for part in self._parts if part.draft_keys is not None]
        return column([key for make in made for key in make(texts, group, item)], 2)

    def desk_keys(self, texts: Texts, group: Group, item: Announcement) -> fx.Keyboard:
        """Return their buttons on the card of a published one."""
        made = [part.desk_keys for part in self._parts if part.desk_keys is not None]
        return column([key for make in made for key in make(texts, group, item)], 2)

    def menu_keys(self, texts: Texts, group: Group) -> fx.Keyboard:
        """Return their buttons on the page of a bare ``/announce``."""
        made = [part.menu_keys for part in self._parts if part.menu_keys is not None]
        return column([key for make in made for key in make(texts, group)], 2)
