"""One update in a turn: watched, observed, or handled in a savepoint of its own."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import asynccontextmanager
from functools import cached_property
from typing import TYPE_CHECKING, Any

import structlog

from bot.i18n import Html
from bot.kernel.ids import ChatId
from bot.tg import effects as fx
from bot.tg import turn_store as store
from bot.tg.access import Declined
from bot.tg.failures import failure_of, refuse, tell
from bot.tg.needs import AdministratorsNeed
from bot.tg.routes import Route, events_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from bot.kernel.groups import Group
    from bot.tg import envelope as env
    from bot.tg.albums import Album
    from bot.tg.application import TurnApplication
    from bot.tg.batch import Item
    from bot.tg.capability import Watcher
    from bot.tg.context import Scope, Spoken
    from bot.tg.needs import Need
    from bot.tg.ports import Ports
    from bot.tg.tables import Tables

_log = structlog.get_logger(__name__)
See = Callable[["env.Update", "env.Message", "Group"], object | None]
_Seeing = list[tuple[See, Callable[[object], None]]]
_Lane = tuple["Group | None", _Seeing]


class Handling:
    """Takes updates in, inside a turn that is open. ``forget`` drops an answer of Telegram that has just become wrong."""

    def __init__(
        self, application: TurnApplication, tables: Tables, ports: Ports, forget: Callable[[Need], None]
    ) -> None:
        self._application = application
        self._tables = tables
        self._ports = ports
        self._forget = forget

    def no_deltas(self) -> list[list[object]]:
        """Return what watchers, and after them guards, have found before the first update: nothing."""
        return [[] for _ in (*self._tables.watchers, *self._tables.guards)]

    async def take_all(self, scope: Scope, items: Sequence[Item], deltas: list[list[object]]) -> None:
        """Take one after the other; what is only watched goes the short way, since nearly every message does."""
        watched, watching = Route.WATCHED, self._keeping(deltas)
        lanes: dict[int, _Lane] = {}
        for item in items:
            lane = lanes.get(item.lane)
            if lane is None:
                lane = lanes[item.lane] = self._lane(item.lane, watching, deltas)
            update, (group, seeing) = item.update, lane
            message = update.message
            if item.route is not watched or message is None or group is None:
                await self._take(scope, item, deltas)
                # What was found is kept elsewhere from now on where it was written early.
                watching = self._keeping(deltas)
                lanes.clear()
                continue
            for see, keep in seeing:
                delta = see(update, message, group)
                if delta is not None:
                    keep(delta)

    def _keeping(self, deltas: list[list[object]]) -> _Seeing:
        """Return the watchers, each with where what it finds is kept: most groups concern nobody else."""
        return [(see, deltas[number].append) for number, see in self._watching]

    def _lane(self, chat_id: int, watching: _Seeing, deltas: list[list[object]]) -> _Lane:
        """Return the group of a chat with those who read its messages: ``watching``, and the guards who mind it."""
        group = self._ports.groups.by_chat(chat_id)
        if group is None:
            return None, watching
        seeing = watching
        for number, minds, see in self._guards:
            if minds(group):
                seeing = [*seeing, (see, deltas[number].append)]
        return group, seeing

    async def _take(self, scope: Scope, item: Item, deltas: list[list[object]]) -> None:
        update = item.update
        message = update.message or update.edited_message
        chat = update.chat
        group: Group | None = None
        if chat is not None and chat.type in {"group", "supergroup"}:
            group = self._ports.groups.by_chat(chat.id)
            if group is None and item.route is not Route.IGNORED:
                group = scope.met.get(chat.id)
                if group is None:
                    group = scope.met[chat.id] = await self._ports.groups.admit(scope.tx, chat, scope.now)
        found: list[tuple[int, object]] = []
        if message is not None and group is not None:
            for number, see in self._eyes(group, edited=update.message is None):
                delta = see(update, message, group)
                if delta is not None:
                    found.append((number, delta))
        done = True
        if item.route is Route.SPOKEN or item.route is Route.OBSERVED:
            await self._flush_early(scope, deltas)
            early = [(number, delta) for number, delta in found if self._is_early(number)]
            done = await self._handled(scope, item, group, early)
            found = [pair for pair in found if pair not in early]
        if done:
            for number, delta in found:
                deltas[number].append(delta)

    def _eyes(self, group: Group, *, edited: bool) -> list[tuple[int, See]]:
        """Return who reads a message of a group, each with the place of what it finds; what was edited is for guards only."""
        guarding = [(number, see) for number, minds, see in self._guards if minds(group)]
        return guarding if edited else [*self._watching, *guarding]

    @cached_property
    def _watching(self) -> list[tuple[int, See]]:
        return [(number, one.see) for number, one in enumerate(self._tables.watchers)]

    @cached_property
    def _guards(self) -> list[tuple[int, Callable[[Group], bool], See]]:
        guards = enumerate(self._tables.guards, start=len(self._tables.watchers))
        return [(number, guard.minds, guard.see) for number, guard in guards]

    def _is_early(self, number: int) -> bool:
        return number < len(self._tables.watchers) and self._tables.watchers[number].early

    async def _flush_early(self, scope: Scope, deltas: list[list[object]]) -> None:
        """Write what a handler must find: a person who has just spoken can be named by the next command of the batch."""
        for number, watcher in enumerate(self._tables.watchers):
            if watcher.early and deltas[number]:
                await _store(scope, watcher, deltas[number])
                deltas[number] = []

    async def _handled(
        self, scope: Scope, item: Item, group: Group | None, early: Sequence[tuple[int, object]]
    ) -> bool:
        """Run handlers in a savepoint; tell the speaker where they fail."""
        raw = bytes(item.raw)
        spoken = self._application.spoken_of(raw, scope, item.update) if item.route is Route.SPOKEN else None
        if spoken is not None:
            spoken.group = spoken.group or group
        if item.update.my_chat_member is not None or item.update.chat_member is not None:
            self._forget(AdministratorsNeed(ChatId(item.lane)))

        async def take() -> None:
            for number, delta in early:
                await _store(scope, self._tables.watchers[number], [delta])
            if spoken is not None:
                await self._speak(raw, spoken)
            await self._observe(scope, item.update)

        return await self._attempt(scope, raw, spoken, take)

    async def speak_again(self, scope: Scope, raw: bytes) -> None:
        """Take what somebody has said, and what was held since, as if it had just been said."""
        spoken = self._application.spoken_of(raw, scope)
        spoken.held = True
        await self._attempt(scope, raw, spoken, lambda: self._speak(raw, spoken))

    async def _attempt(
        self, scope: Scope, raw: bytes, spoken: Spoken | None, take: Callable[[], Awaitable[None]]
    ) -> bool:
        """Call ``take`` in a savepoint; where it fails, what it did is undone, and who has spoken is told."""
        try:
            async with undoable(scope):
                await take()
        except Declined as refusal:
            if spoken is not None:
                refuse(spoken, Html(refusal.text))
            return True
        except Exception as error:
            if scope.tx.lost is not None:
                raise
            await self._failed(scope, raw, spoken, error)
            return False
        return True

    async def _speak(self, raw: bytes, spoken: Spoken) -> None:
        update = self._application.update_of(raw)
        spoken.ptb = update
        self._application.spoken = spoken
        await self._application.process_update(update)
        if spoken.callback_id is not None and not spoken.answered:
            spoken.scope.effects.put(fx.AnswerCallback(spoken.callback_id), priority=fx.Priority.ANSWER)

    async def _observe(self, scope: Scope, update: env.Update) -> None:
        from_tables = self._tables.observers
        for event in events_of(update):
            for observer in from_tables.get(event, ()):
                await observer.run(scope, update)

    async def _failed(self, scope: Scope, raw: bytes, spoken: Spoken | None, error: Exception) -> None:
        failure = failure_of(scope.now, "update", raw, error)
        _log.error("handler failed", error_id=failure.error_id, exc_info=error)
        await store.add_failure(scope.tx, failure)
        if spoken is not None:
            tell(spoken, failure.error_id)

    async def grown(self, scope: Scope, albums: Sequence[Album]) -> None:
        """Tell those who follow albums of which some have come, or more of them."""
        for hear in self._tables.growing if albums else ():
            await hear(scope, albums)

    async def flush(self, scope: Scope, deltas: list[list[object]]) -> None:
        """Store what the watchers found, let the guards act, and store what is to be sent."""
        for watcher, found in zip(self._tables.watchers, deltas, strict=False):
            if found:
                await _store(scope, watcher, found)
        for guard, found in zip(self._tables.guards, deltas[len(self._tables.watchers) :], strict=False):
            if found:
                await guard.judge(scope, found)
        await scope.cards.flush(scope)
        await scope.effects.flush(scope.tx)


@asynccontextmanager
async def undoable(scope: Scope) -> AsyncIterator[None]:
    """Enclose a savepoint: what fails inside is undone, with the effects and cards it put."""
    effects, cards = scope.effects.mark(), scope.cards.mark()
    try:
        async with scope.tx.savepoint():
            yield
    except BaseException:
        scope.effects.rollback(effects)
        scope.cards.rollback(cards)
        raise


async def _store(scope: Scope, watcher: Watcher, found: Sequence[object]) -> None:
    await watcher.flush(scope.tx, found, scope.now)
    scope.tx.after_commit(_committing(watcher.committed, found))


def _committing(action: Callable[[Sequence[Any]], None], found: Sequence[Any]) -> Callable[[], None]:
    return lambda: action(found)
