"""The turn: one batch of updates, or of inside jobs, in one transaction.

An update that reaches a handler stands in a savepoint; if it fails it is rolled back alone, kept in quarantine under an
error id, and the speaker is told the id. Caches, the outbox and Telegram's confirmation come after the commit.

An outage of the database is nobody's fault: it ends the turn, nothing is confirmed or put aside, and all of it comes again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Final

import msgspec
import structlog

from bot.db.outages import is_outage
from bot.kernel.ids import GroupId, UserId
from bot.tg import albums
from bot.tg import envelope as env
from bot.tg import turn_store as store
from bot.tg.batch import Batch, Item, Odd, odd_of, ready
from bot.tg.cards import Cards
from bot.tg.context import Scope
from bot.tg.failures import failure_of, tell, unreadable
from bot.tg.handling import Handling, undoable
from bot.tg.needs import Answers, Need
from bot.tg.outbox.writer import Effects
from bot.tg.parking import Parking
from bot.tg.routes import Asked, Route, asked_of, command_of, file_sent, file_with, needs_of, route_of
from bot.tg.taken import Taken

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.db.engine import Database, Tx
    from bot.kernel.clock import Clock
    from bot.kernel.ids import IdSource
    from bot.tg.application import TurnApplication
    from bot.tg.asker import Asker
    from bot.tg.jobs import Job
    from bot.tg.outbox.model import Waiting
    from bot.tg.ports import Ports
    from bot.tg.tables import Tables

_log = structlog.get_logger(__name__)
_WATCHED: Final = Route.WATCHED
_SPOKEN: Final = Route.SPOKEN
"""To ask an enum for its member costs as much as all else that is done with a message here."""
UNPARK_LIMIT = 100
"""Parked updates of one chat that are taken up in one turn."""


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
        self._handling = Handling(application, tables, ports, asker.forget)
        self._added = added
        self._one = asyncio.Lock()
        self._taken = Taken(database)
        self._parking = Parking(self._take_parked, asker.settled)

    async def load(self) -> None:
        """Read what earlier runs left: ids taken in, and chats whose updates wait."""
        async with self._database.read() as tx:
            await self._taken.load(tx)
            lanes = await store.parked_lanes(tx)
        await self.tidy()
        for lane in lanes:
            self._parking.take_up(lane, ())

    async def tidy(self) -> None:
        """Throw away what is past its time: update ids, commands nobody answered for, old errors.

        :raises Exception: if the database is out of reach; the next time will do.
        """
        async with self._one:
            await self._taken.settle()
            async with self._database.write() as tx:
                now = self._clock.now()
                await self._taken.forget(tx, now)
                await store.purge(tx, now)
                await albums.forget(tx, now)

    async def close(self) -> None:
        """Let the turns that are running finish; parked updates stay in their inbox."""
        await self._parking.close()
        async with self._one:
            pass

    # Updates

    async def updates(self, raws: Sequence[bytes | msgspec.Raw]) -> None:
        """Take in a batch; when this returns, all of it is committed and may be confirmed to Telegram.

        :raises Exception: if the database is out of reach, or not even the failing update could be put aside: nothing is
            lost, as nothing is confirmed.
        """
        async with self._one:
            await self._taken.settle()
            batch = self._read(raws)
            await self._ask(batch)
            await self._commit_or_split(batch)

    def _read(self, raws: Sequence[bytes | msgspec.Raw]) -> Batch:
        seen, decode = self._taken.seen, env.decode
        highest, fresh, odd = seen.highest, dict[int, Item](), dict[int, Odd]()
        for sent in raws:
            raw = sent
            try:
                update = decode(sent)
            except (msgspec.MsgspecError, UnicodeError) as error:
                mended = env.mended(sent)
                if mended is None:
                    spoilt = odd_of(sent, error)
                    if spoilt is not None and not (spoilt.number in seen or spoilt.number in fresh):
                        odd.setdefault(spoilt.number, spoilt)
                    continue
                raw, update = mended
            number = update.update_id
            # Nearly all are above all that were seen.
            if number in fresh or number in odd or (number <= highest and number in seen):
                continue
            fresh[number] = self._item(raw, update)
        return Batch([fresh[number] for number in sorted(fresh)], list(odd.values()))

    def _item(self, raw: bytes | msgspec.Raw, update: env.Update) -> Item:
        message = update.message
        # The short way to what route_of would say of nearly every message.
        if message is not None and message.reply_to_message is None and message.chat.type != "private":
            text = message.text
            if text is not None and text[:1] != "/":
                return Item(raw, update, _WATCHED, None, (), message.chat.id)
        route = route_of(update, self._application.bot.id)
        chat = update.chat
        asked = asked_of(update, self._tables, self._ports.groups) if route is _SPOKEN else None
        return Item(raw, update, route, asked, (), chat.id if chat is not None else 0)

    async def _ask(self, batch: Batch) -> None:
        """Ask what must be known; park the updates of chats where an answer is still open."""
        spoken = await self._look_up(batch.items)
        wanted = {need for item in spoken for need in item.needs}
        if not wanted and not self._parking:
            return
        batch.answers, still_open = await self._asker.ask(wanted)
        waiting: dict[int, set[Need]] = {lane: set() for lane in self._parking}
        kept: list[Item] = []
        for item in batch.items:
            missing = still_open.intersection(item.needs)
            if missing or item.lane in waiting:
                waiting.setdefault(item.lane, set()).update(missing)
                batch.parked.append(item)
            else:
                kept.append(item)
        batch.items = kept

    async def _look_up(self, items: Sequence[Item]) -> list[Item]:
        """Find what each command or button needs, and return those; nothing else needs anything.

        Which group a private conversation means stands in the database.
        """
        spoken = [item for item in items if item.route is _SPOKEN]
        unsaid = [item for item in spoken if self._leaves_group_unsaid(item)]
        if unsaid:
            async with self._database.read() as tx:
                for item in unsaid:
                    await self._find_meant(tx, item)
        now = self._clock.now()
        for item in spoken:
            if item.asked is not None:
                attached = file_with(item.update, self._tables)
                own = await self._needs_of_command(item, item.asked)
                item.needs = (*needs_of(item.asked, self._ports.people, now), *((attached,) if attached else ()), *own)
            elif (file := file_sent(item.update)) is not None and await self._awaits_answer(item):
                item.needs = (file,)
        return spoken

    async def _needs_of_command(self, item: Item, asked: Asked) -> Sequence[Need]:
        """Return what a command itself wants to know, where it is clear which group is meant."""
        message, found = item.update.message, command_of(item.update.message, self._tables)
        if message is None or found is None or found[0].needs is None or len(asked.groups) != 1:
            return ()
        async with self._database.read() as tx:
            return await found[0].needs(tx, asked.groups[0], message, found[1])

    async def _awaits_answer(self, item: Item) -> bool:
        """Say whether a person has a form open where they speak: nothing else takes a file."""
        speaker = item.update.speaker
        if speaker is None:
            return False
        async with self._database.read() as tx:
            return await store.group_of_form(tx, UserId(speaker.id), item.lane) is not None

    def _leaves_group_unsaid(self, item: Item) -> bool:
        if item.asked is not None:
            return item.asked.focus_of is not None
        chat = item.update.chat
        return self._database.locks_groups and chat is not None and chat.type == "private"

    async def _find_meant(self, tx: Tx, item: Item) -> None:
        """Find the groups a private conversation is about: the one chosen, and the one an open form was begun for."""
        speaker = item.update.speaker
        if speaker is None:
            return
        person = UserId(speaker.id)
        focus = await self._ports.groups.focus(tx, person)
        if item.asked is not None:
            group = self._ports.groups.by_id(focus) if focus is not None else None
            item.asked = Asked(item.asked.access, (group,) if group is not None else ())
        if self._database.locks_groups:
            form = await store.group_of_form(tx, person, item.lane)
            item.meant = tuple(GroupId(group_id) for group_id in (focus, form) if group_id is not None)

    async def _commit_or_split(self, batch: Batch) -> None:
        try:
            await self._run(batch)
        except Exception as error:
            # An outage says nothing about what is in the batch: taken apart or put aside, it would be lost for nothing.
            if is_outage(error) or (batch.is_one and not batch.items):
                raise
            _log.warning("turn failed", updates=len(batch.items), error=repr(error))
            if batch.is_one:
                await self._put_aside(batch, batch.items[0], error)
            else:
                for part in batch.parts():
                    await self._commit_or_split(part)
            return
        for item in batch.parked:
            self._parking.take_up(item.lane, item.needs)

    async def _put_aside(self, batch: Batch, item: Item, error: Exception) -> None:
        """Keep an update that cannot be handled at all, so that it does not come back for ever, and tell the speaker."""
        ids = batch.ids()
        async with self._taken.writing(ids) as tx:
            scope = self._scope(tx, Answers())
            raw = bytes(item.raw)
            failure = failure_of(scope.now, "update", raw, error)
            await store.add_failure(tx, failure)
            if batch.unparked:
                await store.unpark(tx, batch.unparked)
            await self._taken.remember(tx, ids, scope.now)
            if item.route is _SPOKEN:
                tell(self._application.spoken_of(raw, scope, item.update), failure.error_id)
                await scope.effects.flush(tx)

    async def _run(self, batch: Batch) -> None:
        ids = batch.ids()
        async with self._taken.writing(ids) as tx:
            await self._fill(tx, batch, ids)

    async def _fill(self, tx: Tx, batch: Batch, ids: Sequence[int]) -> None:
        scope = self._scope(tx, Answers(batch.answers))
        await tx.lock(batch.groups(self._ports.groups))
        for odd in batch.odd:
            await store.add_failure(tx, unreadable(scope.now, odd))
        deltas = self._handling.no_deltas()
        known = await albums.note(tx, batch.items, self._application.update_of, scope.now)
        await self._handling.take_all(scope, batch.items, deltas)
        await self._handling.grown(scope, known)
        if batch.parked:
            parked = [store.Parked(item.number, item.lane, bytes(item.raw)) for item in batch.parked]
            await store.park(tx, parked, scope.now)
        if batch.unparked:
            await store.unpark(tx, batch.unparked)
        await self._taken.remember(tx, ids, self._clock.now())
        await self._handling.flush(scope, deltas)

    async def speak_again(self, scope: Scope, raw: bytes) -> None:
        """Take in, inside a turn that is open, what somebody has said and what was held since."""
        await self._handling.speak_again(scope, raw)

    # Inside jobs

    async def jobs(self, jobs: Sequence[Job]) -> None:
        """Run inside jobs in one transaction, each in a savepoint; all is committed when this returns.

        :raises Exception: if the database is out of reach. Whoever hands the jobs in does so again, or none if there are none
            left: what was stored nevertheless is found out first.
        """
        async with self._one:
            await self._taken.settle()
            if not jobs:
                return
            needs = {need for job in jobs for need in job.needs}
            found, _open = await self._asker.ask(needs) if needs else ({}, set())
            async with self._taken.writing() as tx:
                scope = self._scope(tx, Answers(found))
                await tx.lock({job.group_id for job in jobs if job.group_id is not None})
                for job in jobs:
                    await self._job(scope, job)
                await self._handling.flush(scope, [])

    async def _job(self, scope: Scope, job: Job) -> None:
        try:
            async with undoable(scope):
                await job.run(scope)
        except Exception as error:
            if scope.tx.lost is not None:
                raise
            failure = failure_of(scope.now, job.label, None, error)
            _log.error("job failed", job=job.label, error_id=failure.error_id, exc_info=error)
            await store.add_failure(scope.tx, failure)
            if job.failed is not None:
                await job.failed(scope.tx, failure.error_id)

    # Parked updates

    async def _take_parked(self, lane: int) -> Collection[Need] | None:
        """Handle a chat's parked updates in their order, up to the first whose need is open; None if there are none."""
        async with self._one:
            await self._taken.settle()
            async with self._database.read() as tx:
                waiting = await store.parked_of(tx, lane, UNPARK_LIMIT)
            if not waiting:
                self._parking.clear(lane)
                return None
            items, odd = self._unpacked(waiting)
            await self._look_up(items)
            found, still_open = await self._asker.ask({need for item in items for need in item.needs})
            batch = Batch(ready(items, still_open), odd, answers=found)
            batch.unparked = [item.number for item in batch.items] + [one.number for one in odd]
            if batch.unparked:
                await self._commit_or_split(batch)
        return still_open

    def _unpacked(self, waiting: Sequence[store.Parked]) -> tuple[list[Item], list[Odd]]:
        items: list[Item] = []
        odd: list[Odd] = []
        for parked in waiting:
            try:
                items.append(self._item(parked.raw, env.decode(parked.raw)))
            except (msgspec.MsgspecError, UnicodeError) as error:
                odd.append(Odd(parked.update_id, parked.raw, repr(error)))
        return items, odd

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
