"""The turn: one batch of updates, or of inside jobs, in one transaction.

An update that reaches a handler stands in a savepoint; if it fails it is rolled back alone, kept in quarantine under an
error id, and the speaker is told the id. Caches, the outbox and Telegram's confirmation come after the commit.
"""

from __future__ import annotations

import asyncio
import secrets
import traceback
from collections.abc import Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import msgspec
import structlog

from bot.i18n import SOURCE_LOCALE, Html, Texts, texts_for
from bot.kernel.ids import ChatId, GroupId
from bot.tg import effects as fx
from bot.tg import envelope as env
from bot.tg import texts as say
from bot.tg import turn_store as store
from bot.tg.access import Declined
from bot.tg.cards import Cards
from bot.tg.context import Scope, Spoken
from bot.tg.needs import AdministratorsNeed, Answers, Need, Unanswered
from bot.tg.outbox.writer import Effects
from bot.tg.routes import Asked, Route, asked_of, needs_of, route_of
from bot.tg.seen import Seen

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from bot.db.engine import Database, Tx
    from bot.kernel.clock import Clock
    from bot.kernel.groups import Group
    from bot.kernel.ids import IdSource
    from bot.tg.application import TurnApplication
    from bot.tg.asker import Asker
    from bot.tg.capability import Watcher
    from bot.tg.jobs import Job
    from bot.tg.outbox.model import Waiting
    from bot.tg.ports import Ports
    from bot.tg.tables import Tables

_log = structlog.get_logger(__name__)
UNPARK_LIMIT = 100
"""Parked updates of one chat that are taken up in one turn."""
_PAUSE_SECONDS = 1.0
"""Between tries to take up parked updates while the database is out of reach."""


class Item(msgspec.Struct):
    """One update on its way through a turn."""

    raw: bytes | msgspec.Raw
    update: env.Update
    route: Route
    asked: Asked | None = None
    needs: tuple[Need, ...] = ()
    lane: int = 0


@dataclass(frozen=True, slots=True)
class Odd:
    """An update that could not be read, but has a number."""

    update_id: int
    raw: bytes
    error: str


@dataclass(slots=True)
class Batch:
    """What one transaction takes in."""

    items: list[Item] = field(default_factory=list)
    odd: list[Odd] = field(default_factory=list)
    parked: list[Item] = field(default_factory=list)
    unparked: list[int] = field(default_factory=list)
    answers: dict[Need, bytes | Unanswered] = field(default_factory=dict)

    def ids(self) -> list[int]:
        """Return the ids that are new to us, sorted."""
        found = [item.update.update_id for item in self.items]
        if self.parked or self.odd or self.unparked:
            known = set(self.unparked)
            found = [i for i in found if i not in known]
            found += [item.update.update_id for item in self.parked] + [odd.update_id for odd in self.odd]
        return sorted(found)


def _number(item: Item) -> int:
    return item.update.update_id


class Turns:
    """Runs turns, one at a time."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        application: TurnApplication,
        tables: Tables,
        ports: Ports,
        asker: Asker,
        ids: IdSource,
        added: Callable[[Sequence[Waiting]], None],
    ) -> None:
        self._database = database
        self._clock = clock
        self._application = application
        self._tables = tables
        self._ports = ports
        self._asker = asker
        self._ids = ids
        self._added = added
        self._one = asyncio.Lock()
        self._seen = Seen()
        self._lanes: dict[int, asyncio.Task[None]] = {}
        self._closing = asyncio.Event()

    async def load(self) -> None:
        """Read what earlier runs left: ids taken in, and chats whose updates wait."""
        async with self._database.read() as tx:
            self._seen = Seen(await store.load_seen(tx))
            lanes = await store.parked_lanes(tx)
        for lane in lanes:
            self._take_up(lane, ())

    async def close(self) -> None:
        """Let the turns that are running finish; parked updates stay in their inbox."""
        self._closing.set()
        await asyncio.gather(*self._lanes.values(), return_exceptions=True)
        async with self._one:
            pass

    # Updates

    async def updates(self, raws: Sequence[bytes | msgspec.Raw]) -> None:
        """Take in a batch; when this returns, all of it is committed and may be confirmed to Telegram.

        :raises Exception: if not even the failing update could be put aside (the database is out of reach): nothing is lost,
            as nothing is confirmed.
        """
        async with self._one:
            batch = self._read(raws)
            await self._ask(batch)
            await self._commit_or_split(batch)

    def _read(self, raws: Sequence[bytes | msgspec.Raw]) -> Batch:
        batch = Batch()
        fresh: set[int] = set()
        for sent in raws:
            try:
                raw, update = env.read(sent)
            except (msgspec.MsgspecError, UnicodeError) as error:
                odd = _odd(sent, error)
                if odd is not None and odd.update_id not in self._seen and odd.update_id not in fresh:
                    fresh.add(odd.update_id)
                    batch.odd.append(odd)
                continue
            number = update.update_id
            if number in fresh or number in self._seen:
                continue
            fresh.add(number)
            batch.items.append(self._item(raw, update))
        batch.items.sort(key=_number)
        return batch

    def _item(self, raw: bytes | msgspec.Raw, update: env.Update) -> Item:
        message = update.message
        # The short way to what route_of would say of nearly every message.
        if message is not None and message.reply_to_message is None and message.chat.type != "private":
            text = message.text
            if text is not None and text[:1] != "/":
                return Item(raw, update, Route.WATCHED, None, (), message.chat.id)
        route = route_of(update, self._application.bot.id)
        chat = update.chat
        asked = asked_of(update, self._tables, self._ports.groups) if route is Route.SPOKEN else None
        return Item(raw, update, route, asked, (), chat.id if chat is not None else 0)

    async def _ask(self, batch: Batch) -> None:
        """Ask what must be known; park the updates of chats where an answer is still open."""
        await self._find_needs(batch.items)
        wanted = {need for item in batch.items for need in item.needs}
        if not wanted and not self._lanes:
            return
        batch.answers, still_open = await self._asker.ask(wanted)
        waiting: dict[int, set[Need]] = {lane: set() for lane in self._lanes}
        kept: list[Item] = []
        for item in batch.items:
            missing = still_open.intersection(item.needs)
            if missing or item.lane in waiting:
                waiting.setdefault(item.lane, set()).update(missing)
                batch.parked.append(item)
            else:
                kept.append(item)
        batch.items = kept

    async def _find_needs(self, items: Sequence[Item]) -> None:
        """Find what each command or button needs; which group a private conversation means stands in the database."""
        now = self._clock.now()
        for item in items:
            asked = item.asked
            if asked is None:
                continue
            if asked.focus_of is not None:
                async with self._database.read() as tx:
                    focus = await self._ports.groups.focus(tx, asked.focus_of)
                group = self._ports.groups.by_id(focus) if focus is not None else None
                asked = Asked(asked.access, (group,) if group is not None else ())
            item.needs = needs_of(asked, self._ports.people, now)

    async def _commit_or_split(self, batch: Batch) -> None:
        try:
            await self._run(batch)
        except Exception as error:
            alone = len(batch.items) + len(batch.odd) + len(batch.parked) <= 1
            if alone and not batch.items:
                raise
            _log.warning("turn failed", updates=len(batch.items), error=repr(error))
            if alone:
                await self._put_aside(batch, batch.items[0], error)
            else:
                await self._one_by_one(batch)
            return
        for item in batch.parked:
            self._take_up(item.lane, tuple(item.needs))

    async def _one_by_one(self, batch: Batch) -> None:
        """Something in the batch spoils its flush: find it by running each alone."""
        for item in batch.items:
            part = Batch(items=[item], answers=batch.answers, unparked=_only(batch.unparked, item))
            await self._commit_or_split(part)
        rest = Batch(odd=batch.odd, parked=batch.parked)
        if rest.odd or rest.parked:
            await self._run(rest)
            for item in rest.parked:
                self._take_up(item.lane, tuple(item.needs))

    async def _put_aside(self, batch: Batch, item: Item, error: Exception) -> None:
        """Keep an update that cannot be handled at all, so that it does not come back for ever."""
        async with self._database.write() as tx:
            now = self._clock.now()
            await store.add_failure(tx, _failure(now, "update", bytes(item.raw), error))
            if batch.unparked:
                await store.unpark(tx, batch.unparked)
            await self._remember(tx, batch)

    async def _run(self, batch: Batch) -> None:
        async with self._database.write() as tx:
            scope = self._scope(tx, Answers(batch.answers))
            await tx.lock(self._groups_of(batch))
            for odd in batch.odd:
                failure = store.Failure(_error_id(), scope.now, "unreadable update", odd.raw, odd.error, "")
                await store.add_failure(tx, failure)
            deltas: list[list[object]] = [[] for _ in self._tables.watchers]
            await self._take_all(scope, batch.items, deltas)
            if batch.parked:
                parked = [store.Parked(i.update.update_id, i.lane, bytes(i.raw)) for i in batch.parked]
                await store.park(tx, parked, scope.now)
            if batch.unparked:
                await store.unpark(tx, batch.unparked)
            await self._remember(tx, batch)
            await self._flush(scope, deltas)

    async def _remember(self, tx: Tx, batch: Batch) -> None:
        ranges = self._seen.adding(batch.ids(), self._clock.now())
        if ranges:
            await store.remember(tx, ranges)
            tx.after_commit(lambda: self._seen.add(ranges))

    def _groups_of(self, batch: Batch) -> Iterable[GroupId]:
        groups = self._ports.groups
        for item in batch.items:
            group = groups.by_chat(item.lane)
            if group is not None:
                yield group.id
            query = item.update.callback_query
            if query is not None and query.data is not None:
                part = query.data.split(":", 2)[1:2]
                if part and part[0].isascii() and part[0].isdigit() and len(part[0]) < 18:
                    yield GroupId(int(part[0]))

    # One update

    async def _take_all(self, scope: Scope, items: Sequence[Item], deltas: list[list[object]]) -> None:
        """Take one after the other; what is only watched goes the short way, since nearly every message does."""
        by_chat = self._ports.groups.by_chat
        watching = [(number, watcher.see) for number, watcher in enumerate(self._tables.watchers)]
        for item in items:
            update, group = item.update, by_chat(item.lane)
            message = update.message
            if item.route is not Route.WATCHED or message is None or group is None:
                await self._take(scope, item, deltas)
                continue
            for number, see in watching:
                delta = see(update, message, group)
                if delta is not None:
                    deltas[number].append(delta)

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
        if message is not None and group is not None and update.message is not None:
            for number, watcher in enumerate(self._tables.watchers):
                delta = watcher.see(update, message, group)
                if delta is not None:
                    found.append((number, delta))
        done = True
        if item.route is Route.SPOKEN or item.route is Route.OBSERVED:
            await self._flush_early(scope, deltas)
            early = [(number, delta) for number, delta in found if self._tables.watchers[number].early]
            done = await self._handled(scope, item, group, early)
            found = [pair for pair in found if pair not in early]
        if done:
            for number, delta in found:
                deltas[number].append(delta)

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
        spoken: Spoken | None = None
        if item.update.my_chat_member is not None or item.update.chat_member is not None:
            self._asker.forget(AdministratorsNeed(ChatId(item.lane)))
        try:
            async with self._undoable(scope):
                for number, delta in early:
                    await _store(scope, self._tables.watchers[number], [delta])
                if item.route is Route.SPOKEN:
                    spoken = self._application.spoken_of(raw, scope, item.update)
                    spoken.group = spoken.group or group
                    await self._speak(raw, spoken)
                await self._observe(scope, item.update)
        except Declined as refusal:
            if spoken is not None:
                _refuse(scope, spoken, Html(refusal.text))
            return True
        except Exception as error:
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
        failure = _failure(scope.now, "update", raw, error)
        _log.error("handler failed", error_id=failure.error_id, exc_info=error)
        await store.add_failure(scope.tx, failure)
        if spoken is None:
            return
        texts = _texts_for(spoken)
        if spoken.callback_id is not None:
            effect: fx.AnyEffect = fx.AnswerCallback(
                spoken.callback_id, say.failed_toast(texts, failure.error_id)[:200], alert=True
            )
        else:
            html = str(say.failed(texts, failure.error_id))
            effect = fx.SendMessage(spoken.chat_id, html, thread_id=spoken.thread_id)
        scope.effects.put(effect, priority=fx.Priority.ANSWER)

    # Inside jobs

    async def jobs(self, jobs: Sequence[Job]) -> None:
        """Run inside jobs in one transaction, each in a savepoint; all is committed when this returns."""
        async with self._one:
            needs = {need for job in jobs for need in job.needs}
            found, _open = await self._asker.ask(needs) if needs else ({}, set())
            async with self._database.write() as tx:
                scope = self._scope(tx, Answers(found))
                await tx.lock({job.group_id for job in jobs if job.group_id is not None})
                for job in jobs:
                    await self._job(scope, job)
                await self._flush(scope, [])

    async def _job(self, scope: Scope, job: Job) -> None:
        try:
            async with self._undoable(scope):
                await job.run(scope)
        except Exception as error:
            failure = _failure(scope.now, job.label, None, error)
            _log.error("job failed", job=job.label, error_id=failure.error_id, exc_info=error)
            await store.add_failure(scope.tx, failure)
            if job.failed is not None:
                await job.failed(scope.tx, failure.error_id)

    # Parked updates

    def _take_up(self, lane: int, needs: tuple[Need, ...]) -> None:
        if lane not in self._lanes:
            self._lanes[lane] = asyncio.create_task(self._unpark(lane, needs))

    async def _unpark(self, lane: int, needs: Iterable[Need] | None) -> None:
        """Handle a chat's parked updates in their order, as soon as what they need is answered (or given up)."""
        while needs is not None:
            await self._settled(needs)
            if self._closing.is_set():
                return
            try:
                needs = await self._take_parked(lane)
            except Exception as error:  # the database is out of reach: a lane that died would hold its chat up for good
                _log.warning("parked updates not taken up", error=repr(error))
                await asyncio.sleep(_PAUSE_SECONDS)
                needs = ()

    async def _take_parked(self, lane: int) -> set[Need] | None:
        """Handle what is ready of a lane; return what the rest waits for, or None when nothing is left and the lane ends."""
        async with self._one:
            async with self._database.read() as tx:
                waiting = await store.parked_of(tx, lane, UNPARK_LIMIT)
            if not waiting:
                del self._lanes[lane]
                return None
            items = [self._item(p.raw, env.decode(p.raw)) for p in waiting]
            await self._find_needs(items)
            found, still_open = await self._asker.ask({need for item in items for need in item.needs})
            ready = _ready(items, still_open)
            if ready:
                ids = [item.update.update_id for item in ready]
                await self._commit_or_split(Batch(items=ready, unparked=ids, answers=found))
            return still_open

    async def _settled(self, needs: Iterable[Need]) -> None:
        """Wait until these are answered, or until we close. A lane is never cancelled: torn off in the middle of a
        statement it would leave its connection astray.
        """
        waits = [asyncio.create_task(wait) for wait in (self._asker.settled(needs), self._closing.wait())]
        await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        for wait in waits:
            wait.cancel()
        await asyncio.gather(*waits, return_exceptions=True)

    # Shared

    def _scope(self, tx: Tx, answers: Answers) -> Scope:
        now = self._clock.now()
        effects = Effects(self._ids, now, self._added, self._group_at)
        cards = Cards(self._tables.cards, effects)
        bot = self._application.bot
        scope = Scope(tx, now, effects, cards, self._ports, answers, bot.id, bot.username)
        cards.bind(scope)
        return scope

    def _group_at(self, chat_id: int) -> GroupId | None:
        group = self._ports.groups.by_chat(chat_id)
        return None if group is None else group.id

    @asynccontextmanager
    async def _undoable(self, scope: Scope) -> AsyncIterator[None]:
        effects, cards = scope.effects.mark(), scope.cards.mark()
        try:
            async with scope.tx.savepoint():
                yield
        except BaseException:
            scope.effects.rollback(effects)
            scope.cards.rollback(cards)
            raise

    async def _flush(self, scope: Scope, deltas: list[list[object]]) -> None:
        for watcher, found in zip(self._tables.watchers, deltas, strict=False):
            if found:
                await _store(scope, watcher, found)
        await scope.cards.flush(scope)
        await scope.effects.flush(scope.tx)


async def _store(scope: Scope, watcher: Watcher, found: Sequence[object]) -> None:
    await watcher.flush(scope.tx, found, scope.now)
    scope.tx.after_commit(_committing(watcher.committed, found))


def _committing(action: Callable[[Sequence[Any]], None], found: Sequence[Any]) -> Callable[[], None]:
    return lambda: action(found)


def _ready(items: Sequence[Item], still_open: set[Need]) -> list[Item]:
    """Return the items before the first whose need is open: their order is kept."""
    ready = []
    for item in items:
        if still_open.intersection(item.needs):
            break
        ready.append(item)
    return ready


def _only(ids: Sequence[int], item: Item) -> list[int]:
    return [item.update.update_id] if item.update.update_id in ids else []


def _odd(raw: bytes | msgspec.Raw, error: Exception) -> Odd | None:
    try:
        number = env.update_id(raw)
    except (msgspec.MsgspecError, UnicodeError):
        return None
    return Odd(number, bytes(raw), repr(error))


def _error_id() -> str:
    return secrets.token_hex(4)


def _failure(now: Any, label: str, raw: bytes | None, error: Exception) -> store.Failure:
    trace = "".join(traceback.format_exception(error))
    return store.Failure(_error_id(), now, label, raw, repr(error), trace)


def _texts_for(spoken: Spoken) -> Texts:
    if not spoken.private and spoken.group is not None:
        return spoken.scope.texts(spoken.group)
    if spoken.texts.locale != SOURCE_LOCALE:
        return spoken.texts
    code = spoken.actor.language_code or SOURCE_LOCALE
    return texts_for("zh_Hans" if code.startswith("zh") else SOURCE_LOCALE, "UTC")


def _refuse(scope: Scope, spoken: Spoken, html: Html) -> None:
    if spoken.callback_id is not None:
        effect: fx.AnyEffect = fx.AnswerCallback(spoken.callback_id, html.striptags()[:200], alert=True)
    else:
        effect = fx.SendMessage(
            spoken.chat_id,
            str(html),
            thread_id=spoken.thread_id,
            reply_to=None if spoken.private else spoken.message_id,
        )
    scope.effects.put(effect, priority=fx.Priority.ANSWER)


def events_of(update: env.Update) -> list[str]:
    """Name what happened, for observers."""
    events: list[str] = []
    message = update.message
    if message is not None:
        if message.new_chat_members:
            events.append("joined")
        if message.left_chat_member is not None:
            events.append("left")
        if message.migrate_to_chat_id is not None or message.migrate_from_chat_id is not None:
            events.append("migrated")
        if message.new_chat_title is not None:
            events.append("renamed")
    if update.my_chat_member is not None:
        events.append("bot_private" if update.my_chat_member.chat.type == "private" else "bot_status")
    if update.chat_member is not None:
        events.append("member")
    if update.chat_join_request is not None:
        events.append("join_request")
    if update.message_reaction is not None:
        events.append("reaction")
    return events
