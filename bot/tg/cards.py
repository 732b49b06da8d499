"""Cards: messages that always show the present state of an object, edited whenever it changes.

However often an object changes in a batch, each of its messages is edited once, and not at all if it looks the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING, Final

import msgspec

from bot.kernel.ids import ChatId, GroupId, MessageId, UserId
from bot.tg import cards_store as store
from bot.tg import effects as fx
from bot.tg.capability import ButtonsView, CardView
from bot.tg.cards_store import CardRow
from bot.tg.outbox.writer import OWN_CARD

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bot.db.engine import Tx
    from bot.i18n import Html, Texts
    from bot.kernel.groups import Group
    from bot.kernel.ids import EffectId
    from bot.tg.capability import CardKind
    from bot.tg.context import Scope
    from bot.tg.outbox.writer import Effects

_Object = tuple[str, str]
_View = CardView | ButtonsView
_Seen = dict[tuple[str, str, int, str], _View | None]
REDRAWN: Final = 200
"""The newest cards of a group that are drawn anew when its zone or language changes; older ones wait for their next change."""


@dataclass(frozen=True, slots=True)
class _Posted:
    row: CardRow


@dataclass(frozen=True, slots=True)
class _Changed:
    object: _Object


@dataclass(frozen=True, slots=True)
class _Forgotten:
    object: _Object
    stored: bool = True
    """Whether the database may still have some of them."""


@dataclass(frozen=True, slots=True)
class _Left:
    card_id: int


class Cards:
    """The cards as seen from inside a turn: one per turn, like :class:`~bot.tg.outbox.writer.Effects`.

    ``bind`` gives it the scope in which cards are rendered, before anything else is asked of it.
    """

    def __init__(self, kinds: Mapping[str, CardKind], effects: Effects) -> None:
        self._kinds = kinds
        self._effects = effects
        self._scope: Scope | None = None
        self._steps: list[_Posted | _Changed | _Forgotten | _Left] = []

    def bind(self, scope: Scope) -> None:
        """Render in this scope from now on."""
        self._scope = scope

    async def post(  # noqa: PLR0913  (what and where come in order, the rest is optional and named)
        self,
        kind: str,
        key: str,
        group: Group,
        chat_id: int,
        *,
        thread_id: int | None = None,
        reply_to: fx.Target | None = None,
        silent: bool = False,
        pin: bool | None = None,
        priority: fx.Priority | None = None,
        on_result: fx.OnResult | None = None,
    ) -> EffectId:
        """Post an object's card in a chat and keep it up to date from then on.

        ``pin`` pins it, with a notification to every member unless ``silent``, as everything is in a group that is quiet.

        :raises LookupError: if the object is gone, or has no words of its own.
        """
        scope = self._bound()
        view = await self._kinds[kind].render(scope, group, key, await _texts(scope, group, chat_id))
        if not isinstance(view, CardView):
            raise LookupError(f"there is no {kind} {key}")
        silent = silent or scope.is_quiet(chat_id)
        message = fx.SendMessage(chat_id, str(view.html), view.keyboard, reply_to, thread_id, silent)
        card_id = self._effects.put(
            message, priority=priority, on_result=on_result, group_id=group.id, card_id=OWN_CARD
        )
        if pin:
            self._effects.put(fx.PinMessage(chat_id, fx.Ref(card_id), silent), group_id=group.id)
        row = CardRow(card_id, kind, key, group.id, chat_id, None, _look(view), bool(pin))
        self._steps.append(_Posted(row))
        return card_id

    def adopt(self, kind: str, key: str, group: Group, chat_id: int, message_id: MessageId) -> None:
        """Keep the buttons below a message up to date that was posted with them as something else; its words stay as they are.

        The kind must draw a :class:`~bot.tg.capability.ButtonsView`.
        """
        card_id = self._effects.new_id()
        self._steps.append(_Posted(CardRow(card_id, kind, key, group.id, chat_id, message_id, "", pinned=False)))

    def changed(self, kind: str, key: str) -> None:
        """Say that an object changed: its cards are edited at the end of the batch."""
        self._steps.append(_Changed((kind, key)))

    def forget(self, kind: str, key: str) -> None:
        """Let go of an object's cards; the messages stay as they are."""
        self._steps.append(_Forgotten((kind, key)))

    async def leave(self, tx: Tx, kinds: Iterable[str], key: str, said: Mapping[int, Html]) -> None:
        """Let the cards of an object in these chats say that from now on, without buttons, and be cards no longer."""
        objects = [(kind, key) for kind in kinds]
        here = [
            step.row for step in self._steps if isinstance(step, _Posted) and (step.row.kind, step.row.key) in objects
        ]
        gone = {step.card_id for step in self._steps if isinstance(step, _Left)}
        for row in (*await store.of_objects(tx, objects), *here):
            if row.chat_id in said and row.id not in gone:
                self._edit(row, fx.EditText(row.chat_id, _target(row), str(said[row.chat_id])))
                self._steps.append(_Left(row.id))

    async def where(self, tx: Tx, kind: str, key: str) -> list[tuple[ChatId, MessageId]]:
        """Return where an object's cards are, oldest first; those that are only on their way are left out."""
        found = await store.of_objects(tx, [(kind, key)])
        return [(ChatId(row.chat_id), MessageId(row.message_id)) for row in found if row.message_id is not None]

    async def everywhere(self, tx: Tx, kinds: Iterable[str], key: str) -> list[tuple[str, ChatId, MessageId]]:
        """Return of which kind and where an object's cards are, oldest first; those only on their way are left out."""
        found = await store.of_objects(tx, [(kind, key) for kind in kinds])
        return [
            (row.kind, ChatId(row.chat_id), MessageId(row.message_id)) for row in found if row.message_id is not None
        ]

    async def shown_by(self, tx: Tx, chat_id: int, message_id: int) -> CardRow | None:
        """Return the card that a message is; None if it is another message."""
        return await store.at(tx, chat_id, message_id)

    async def take(self, tx: Tx, kinds: Iterable[str], key: str) -> list[tuple[str, ChatId, MessageId]]:
        """Let go of an object's cards of some kinds, as :meth:`forget` does, and return which they were and where.

        Oldest first; those only on their way are let go as well, and left out.
        """
        kinds = list(kinds)
        found = await store.take(tx, kinds, key)
        self._steps += [_Forgotten((kind, key), stored=False) for kind in kinds]
        return [
            (row.kind, ChatId(row.chat_id), MessageId(row.message_id)) for row in found if row.message_id is not None
        ]

    def mark(self) -> int:
        """Return a point to go back to."""
        return len(self._steps)

    def rollback(self, mark: int) -> None:
        """Take back what was said since ``mark``."""
        del self._steps[mark:]

    async def flush(self, scope: Scope) -> None:
        """Store the new cards and put one edit per message that must look different; before the effects' own flush."""
        left = {step.card_id for step in self._steps if isinstance(step, _Left)}
        posted, dirty, forgotten = self._sum(left)
        self._steps.clear()
        if left:
            await store.remove(scope.tx, left)
        if forgotten:
            await store.forget(scope.tx, forgotten)
        if posted:
            await store.insert(scope.tx, posted)
        if not dirty:
            return
        looks: list[tuple[int, str]] = []
        gone: list[int] = []
        seen: _Seen = {}
        for row in await store.of_objects(scope.tx, dirty):
            view = await self._view(scope, row, seen)
            if view is None:
                gone.append(row.id)
                self._edit(row, fx.EditButtons(row.chat_id, _target(row)))
            elif (look := _look(view)) != row.look:
                looks.append((row.id, look))
                self._edit(row, _as_now(row, view))
        await store.set_looks(scope.tx, looks)
        await store.remove(scope.tx, gone)

    async def group_changed(self, group: Group) -> None:
        """Draw the live cards of a group anew, because its zone or its language is another now.

        To be called in a turn after the one that changed it: cards are drawn with the profile that is in memory. A card that
        has no buttons, or is finished, stays as it is: a long past of them must not use up what a group may be sent.
        """
        scope = self._bound()
        looks: list[tuple[int, str]] = []
        seen: _Seen = {}
        for row in await store.of_group(scope.tx, group.id, REDRAWN):
            view = await self._view(scope, row, seen)
            if view is not None and view.keyboard and not view.finished and (look := _look(view)) != row.look:
                looks.append((row.id, look))
                self._edit(row, _as_now(row, view))
        await store.set_looks(scope.tx, looks)

    async def repost(self, tx: Tx, group: Group, old_chat: int, new_chat: int) -> None:
        """Post the cards of a group that became a supergroup anew, in the new chat; pinned ones are pinned again.

        The messages of the old chat cannot be reached any more. Cards whose object is gone are forgotten, and so are messages
        of which only the buttons were kept up to date.
        """
        scope = self._bound()
        rows = await store.in_chat(tx, old_chat)
        await store.remove(tx, [row.id for row in rows])
        for row in rows:
            texts = await _texts(scope, group, new_chat)
            if isinstance(await self._kinds[row.kind].render(scope, group, row.key, texts), CardView):
                await self.post(row.kind, row.key, group, new_chat, silent=True, pin=row.pinned)

    def _sum(self, left: set[int]) -> tuple[list[CardRow], list[_Object], list[_Object]]:
        posted: list[CardRow] = []
        dirty: dict[_Object, None] = {}
        forgotten: dict[_Object, None] = {}
        for step in self._steps:
            if isinstance(step, _Posted):
                posted.append(step.row)
            elif isinstance(step, _Changed):
                dirty[step.object] = None
            elif isinstance(step, _Forgotten):
                posted = [row for row in posted if (row.kind, row.key) != step.object]
                dirty.pop(step.object, None)
                if step.stored:
                    forgotten[step.object] = None
        return [row for row in posted if row.id not in left], list(dirty), list(forgotten)

    async def _view(self, scope: Scope, row: CardRow, seen: _Seen) -> _View | None:
        group = scope.group(row.group_id)
        kind = self._kinds.get(row.kind)
        if group is None or kind is None:
            return None
        texts = await _texts(scope, group, row.chat_id)
        at = (row.kind, row.key, row.group_id, texts.locale)
        if at not in seen:
            seen[at] = await kind.render(scope, group, row.key, texts)
        return seen[at]

    def _edit(self, row: CardRow, effect: fx.EditText | fx.EditButtons) -> None:
        self._effects.put(
            effect,
            priority=fx.Priority.CARD,
            coalesce=f"card:{row.id}",
            group_id=GroupId(row.group_id),
            card_id=row.id,
        )

    def _bound(self) -> Scope:
        if self._scope is None:
            raise RuntimeError("cards need a scope before they can be rendered")
        return self._scope


def _as_now(row: CardRow, view: _View) -> fx.EditText | fx.EditButtons:
    if isinstance(view, ButtonsView):
        return fx.EditButtons(row.chat_id, _target(row), view.keyboard)
    return fx.EditText(row.chat_id, _target(row), str(view.html), view.keyboard)


def _target(row: CardRow) -> fx.Target:
    return fx.Ref(row.id) if row.message_id is None else row.message_id


async def _texts(scope: Scope, group: Group, chat_id: int) -> Texts:
    """Return the language of a place: the reader's own in private, the group's wherever several read."""
    if chat_id > 0:
        return await scope.texts_of(UserId(chat_id), group)
    return scope.texts(group)


def _look(view: _View) -> str:
    words = str(view.html) if isinstance(view, CardView) else None
    return blake2b(msgspec.json.encode((words, view.keyboard)), digest_size=16).hexdigest()
