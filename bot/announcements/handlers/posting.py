"""Puts announcements into their groups and keeps them as they should look there, with what the parts add."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Final, assert_never

from bot.announcements import service
from bot.announcements.handlers import codes
from bot.announcements.handlers.shaping import as_read, keys_below_album, links_of, problem_of, put, time_of
from bot.announcements.rules.announcement import State
from bot.announcements.rules.content import has_files, is_material
from bot.announcements.texts.replies import refused
from bot.kernel.ids import MessageId
from bot.tg import effects as fx
from bot.tg.buttons import column
from bot.tg.capability import ButtonsView

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from bot.announcements.handlers.part import Part
    from bot.announcements.rules.announcement import Announcement
    from bot.announcements.rules.content import ContentProblem
    from bot.announcements.rules.links import LinkProblem
    from bot.i18n import Html, Texts
    from bot.kernel.groups import Group
    from bot.kernel.roles import Right
    from bot.tg.context import Context, Scope

TOPIC: Final = "topic"
"""The option that holds the topic chosen for an announcement."""
BELOW: Final = "below"
"""The result that says where the buttons of an album are."""
Unfit = Callable[["Scope", str, str], Awaitable[None]]


async def _nobody(_scope: Scope, key: str, problem: str) -> None:
    raise LookupError(f"nobody hears that posting {key} does not fit: {problem}")


def thread_of(group: Group, item: Announcement) -> int | None:
    """Return the topic an announcement appears in: the one chosen for it, else the group's own for announcements."""
    chosen = item.options.get(TOPIC, "")
    return int(chosen) if chosen.isdigit() and group.is_forum else group.thread_for("announcements")


def is_gone(result: fx.Refused) -> bool:
    """Say whether there is no such message any more."""
    said = result.text.casefold()
    return "message" in said and ("not found" in said or "id_invalid" in said)


class Posting:
    """The core's way into the group. ``join`` tells it the parts, which are made with it."""

    def __init__(self) -> None:
        self._parts: tuple[Part, ...] = ()
        self._unfit: Unfit = _nobody

    def hear(self, unfit: Unfit) -> None:
        """Tell this of a posting that did not fit, by the key of its result, with the reason."""
        self._unfit = unfit

    def join(self, parts: Sequence[Part]) -> None:
        """Ask these parts from now on."""
        self._parts = tuple(parts)

    async def broadcast_lines(self, scope: Scope, broadcast_id: int, texts: Texts) -> list[Html]:
        """Return what the parts say of one announcement in several groups."""
        asked = [part.broadcast_lines for part in self._parts if part.broadcast_lines is not None]
        return [line for ask in asked for line in await ask(scope, broadcast_id, texts)]

    async def recall(self, context: Context, number: int, reason: str) -> None:
        """Have all copies of an announcement in several groups taken back."""
        for part in self._parts:
            if part.recalled is not None:
                await part.recalled(context, number, reason)

    # In the group

    async def send_out(
        self, scope: Scope, group: Group, item: Announcement, priority: fx.Priority = fx.Priority.NORMAL
    ) -> None:
        """Post an announcement and pin it, so that every member is told (R02); what does not fit fails, and is never cut."""
        key = service.result_key(item)
        content = await as_read(scope, group, item.content, scope.now)
        problem = problem_of(content)
        if problem is not None:
            said = refused(scope.texts(group), problem)
            await self._unfit(scope, key, str(said.striptags()))
            return
        told = fx.OnResult(service.NAME, "posted", key), fx.OnResult(service.NAME, BELOW, str(item.id))
        keys = await self.keys_below(scope, group, item)
        thread = thread_of(group, item)
        posted = put(scope, group, content, group.chat_id, thread, keys, priority=priority, told=told)
        if await self.is_pinned(scope, group, item):
            self.pin(scope, group, item, fx.Ref(posted))

    async def fits(self, scope: Scope, group: Group, item: Announcement) -> ContentProblem | LinkProblem | None:
        """Say what Telegram would not take of it in this group, with everything filled in."""
        content = item.content if item.pending is None else item.pending
        return problem_of(await as_read(scope, group, content, time_of(item, scope.now)))

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
        content = await as_read(scope, group, item.content, time_of(item, scope.now))
        keys = (*links_of(content), *await self.keys_below(scope, group, item)) or None
        effect: fx.EditText | fx.EditCaption
        if not has_files(content):
            effect = fx.EditText(item.chat_id, item.message_id, content.html, keys, preview=True)
        else:
            effect = fx.EditCaption(item.chat_id, item.message_id, content.html, None if content.files else keys)
        told = told or fx.OnResult(service.NAME, "edited", service.change_key(item))
        scope.effects.put(effect, on_result=told, priority=priority, group_id=item.group_id)
        if content.files:
            await self._keys_of_album(scope, group, item, keys or (), priority)

    async def edited(self, scope: Scope, result: fx.SendResult, key: str | None = None) -> Announcement | None:
        """Note whether the group reads a change, and tell the parts of it; None if nothing is to be noted."""
        key = result.key if key is None else key
        item: Announcement | None = None
        match result:
            case fx.Delivered():
                found = await service.change_arrived(scope.tx, key)
                group = None if found is None else scope.group(found[0].group_id)
                if found is None or group is None:
                    return None
                item, former = found
                material = former is not None and is_material(former, item.content)
                await self.changed(scope, group, item, material=material)
            case fx.Refused():
                problem = result.text or result.refusal.value
                item = await service.change_refused(scope.tx, key, problem, scope.now, gone=is_gone(result))
            case fx.Uncertain():
                # Changes are repeated until Telegram answers.
                return None
            case _:
                assert_never(result)
        if item is not None:
            codes.changed(scope, item)
        return item

    async def _keys_of_album(
        self,
        scope: Scope,
        group: Group,
        item: Announcement,
        keys: fx.Keyboard,
        priority: fx.Priority = fx.Priority.NORMAL,
    ) -> None:
        """Let the message with the buttons of an album have these, or be gone where there are none."""
        if item.chat_id is None or item.message_id is None:
            return
        if item.below_id is not None and keys:
            edit = fx.EditButtons(item.chat_id, item.below_id, keys)
            scope.effects.put(edit, priority=priority, group_id=group.id)
        elif item.below_id is not None:
            scope.effects.put(fx.DeleteMessage(item.chat_id, item.below_id), group_id=group.id)
            scope.cards.forget(codes.BUTTONS, str(item.id))
            await service.keys_posted(scope.tx, item.id, None)
        elif keys:
            thread = thread_of(group, item)
            content = item.content
            below = keys_below_album(scope, group, content, item.chat_id, thread, item.message_id, keys)
            told = fx.OnResult(service.NAME, BELOW, str(item.id))
            scope.effects.put(below, priority=priority, on_result=told, group_id=group.id)

    async def below_posted(self, scope: Scope, result: fx.SendResult) -> None:
        """Learn which message has the buttons of an album."""
        if not isinstance(result, fx.Delivered) or result.message_id is None:
            return
        item = await service.keys_posted(scope.tx, int(result.key), MessageId(result.message_id))
        group = scope.group(item.group_id) if item is not None else None
        if item is not None and group is not None and item.chat_id is not None and item.below_id is not None:
            scope.cards.adopt(codes.BUTTONS, str(item.id), group, item.chat_id, item.below_id)

    async def redraw_keys(self, scope: Scope, group: Group, item: Announcement) -> None:
        """Let the buttons below what stands in the group be as the parts want them now, also where there were none before."""
        if item.chat_id is None or item.message_id is None:
            return
        key, content = str(item.id), item.content
        carrier = item.below_id if content.files else item.message_id
        if carrier is None:
            read = await as_read(scope, group, content, time_of(item, scope.now))
            keys = (*links_of(read), *await self.keys_below(scope, group, item))
            await self._keys_of_album(scope, group, item, keys)
            return
        if not await scope.cards.where(scope.tx, codes.BUTTONS, key):
            scope.cards.adopt(codes.BUTTONS, key, group, item.chat_id, carrier)
        self.keys_changed(scope, item.id)

    def keys_changed(self, scope: Scope, item_id: int) -> None:
        """Say that the buttons below an announcement are to look different: they are edited once, at the end of the batch."""
        scope.cards.changed(codes.BUTTONS, str(item_id))

    async def render_keys(self, scope: Scope, group: Group, key: str, _texts: Texts) -> ButtonsView | None:
        """Draw the buttons below what stands in the group."""
        item = await service.get(scope.tx, int(key))
        if item is None or item.state is not State.PUBLISHED:
            return None
        content = await as_read(scope, group, item.content, time_of(item, scope.now))
        return ButtonsView((*links_of(content), *await self.keys_below(scope, group, item)) or None)

    async def keys_below(self, scope: Scope, group: Group, item: Announcement) -> fx.Keyboard:
        """Return the buttons that the parts want below the announcement in the group."""
        texts = scope.texts(group)
        made = [part.posted_keys for part in self._parts if part.posted_keys is not None]
        return column([key for make in made for key in await make(scope, group, item, texts)])

    async def is_pinned(self, scope: Scope, group: Group, item: Announcement) -> bool:
        """Say whether it is pinned when it is posted: unless a part tells people in another way."""
        return all([await part.pins(scope, group, item) for part in self._parts if part.pins is not None])

    # What the parts hear

    async def decided(self, scope: Scope, group: Group, item: Announcement) -> None:
        """Tell the parts that it is not to be posted, or that it is after all."""
        for part in self._parts:
            if part.decided is not None:
                await part.decided(scope, group, item)

    async def occurred(self, scope: Scope, group: Group, pattern: Announcement, item: Announcement) -> None:
        """Tell the parts that a date of a recurring one has come, and what was made for it."""
        for part in self._parts:
            if part.occurred is not None:
                await part.occurred(scope, group, pattern, item)

    async def posted(self, scope: Scope, group: Group, item: Announcement) -> None:
        """Tell the parts that it stands in the group."""
        for part in self._parts:
            if part.posted is not None:
                await part.posted(scope, group, item)
        if item.chat_id is None or item.message_id is None or item.content.files:
            # The buttons of an album are on a message of their own (:meth:`below_posted`).
            return
        if await self.keys_below(scope, group, item):
            scope.cards.adopt(codes.BUTTONS, str(item.id), group, item.chat_id, item.message_id)

    async def changed(self, scope: Scope, group: Group, item: Announcement, *, material: bool) -> None:
        """Tell the parts that its words in the group were edited."""
        for part in self._parts:
            if part.changed is not None:
                await part.changed(scope, group, item, material)

    async def withdrawn(self, scope: Scope, group: Group, item: Announcement) -> None:
        """Tell the parts that it was taken back; the buttons of an album go in any case."""
        if item.chat_id is not None and item.below_id is not None:
            scope.effects.put(fx.DeleteMessage(item.chat_id, item.below_id), group_id=group.id)
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

    async def menu_counts(self, scope: Scope, group: Group) -> dict[str, int]:
        """Return how much waits with the parts that count it, by their names."""
        return {part.name: await part.menu_count(scope, group) for part in self._parts if part.menu_count is not None}

    def menu_keys(
        self, texts: Texts, group: Group, counts: Mapping[str, int], rights: Collection[Right]
    ) -> list[fx.Key]:
        """Return their buttons on the page of a bare ``/announce``, with what waits on the first of each.

        Who lacks the right that a button asks for does not get it.
        """
        found: list[fx.Key] = []
        for part in self._parts:
            keys = list(part.menu_keys(texts, group)) if part.menu_keys is not None else []
            waiting = counts.get(part.name, 0)
            if keys and waiting:
                label = texts.label("{name} ({n})", name=keys[0].text, n=texts.number(waiting))
                keys[0] = fx.Key(label, keys[0].data)
            needed = {button.code.code: button.access.right for button in part.offer.buttons}
            found += [key for key in keys if needed.get((key.data or "").partition(":")[0]) in {None, *rights}]
        return found

    def settings_keys(self, texts: Texts, group: Group) -> list[fx.Key]:
        """Return their buttons on the page of settings."""
        made = [part.settings_keys for part in self._parts if part.settings_keys is not None]
        return [key for make in made for key in make(texts, group)]
