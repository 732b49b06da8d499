"""Asks Telegram what a turn must know, before the transaction begins and for at most a second; the rest goes on behind."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import structlog
from telegram.error import BadRequest, ChatMigrated, Forbidden, TelegramError

from bot.kernel.ids import ChatId
from bot.tg.envelope import as_json
from bot.tg.needs import (
    MOST_BYTES,
    AdministratorsNeed,
    CountNeed,
    FileNeed,
    MemberNeed,
    Need,
    PermissionsNeed,
    Unanswered,
)
from bot.tg.request import TooMany

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from telegram.ext import ExtBot

PATIENCE = 1.0
"""Seconds a batch waits for answers; whoever needs longer is parked, so that the others are not held up."""
GIVE_UP = 30.0
"""Seconds after which no answer counts as an answer: the handler decides by what is stored."""
FRESH = 60.0
"""Seconds for which an answer about administrators may serve again."""
_FILES = 8
"""So many fetched files are kept for a while."""
_log = structlog.get_logger(__name__)


class Asker:
    """Keeps the questions under way and the answers for a minute."""

    def __init__(self, bot: ExtBot[None], migrated: Callable[[int, int], None] = lambda _old, _new: None) -> None:
        """Begin with nothing known; ``migrated`` hears of groups that Telegram knows as supergroups now."""
        self._bot = bot
        self._migrated = migrated
        self._under_way: dict[Need, asyncio.Task[bytes | Unanswered]] = {}
        self._known: dict[Need, tuple[float, bytes | Unanswered]] = {}

    async def ask(self, needs: Iterable[Need]) -> tuple[dict[Need, bytes | Unanswered], set[Need]]:
        """Return the answers that came within a second, and the needs still open (they are asked on behind)."""
        found: dict[Need, bytes | Unanswered] = {}
        waiting: dict[Need, asyncio.Task[bytes | Unanswered]] = {}
        for need in needs:
            known = self._fresh(need)
            if known is not None:
                found[need] = known
            else:
                waiting[need] = self._start(need)
        if waiting:
            await asyncio.wait(waiting.values(), timeout=PATIENCE)
        for need, task in waiting.items():
            if task.done():
                found[need] = task.result()
        for need in found:
            if isinstance(need, PermissionsNeed | MemberNeed):
                self.forget(need)
        return found, {need for need in waiting if need not in found}

    async def settled(self, needs: Iterable[Need]) -> None:
        """Wait until all these needs are answered, or given up."""
        tasks = [self._under_way[need] for need in needs if need in self._under_way]
        if tasks:
            await asyncio.wait(tasks)

    async def answers(self, needs: Collection[Need]) -> dict[Need, bytes | Unanswered]:
        """Return what Telegram says to all these needs, however long it takes: for work beside the turns.

        It is asked anew, also where an answer of the last minute is kept; this one is.
        """
        for need in needs:
            self.forget(need)
        found, still_open = await self.ask(needs)
        await self.settled(still_open)
        for need in still_open:
            found[need] = self._fresh(need) or Unanswered("asking was stopped")
        return found

    @property
    def idle(self) -> bool:
        """Whether nothing is being asked."""
        return not self._under_way

    async def close(self) -> None:
        """Stop asking."""
        for task in self._under_way.values():
            task.cancel()
        await asyncio.gather(*self._under_way.values(), return_exceptions=True)

    def forget(self, need: Need) -> None:
        """Do not serve the kept answer again."""
        self._known.pop(need, None)

    def _fresh(self, need: Need) -> bytes | Unanswered | None:
        entry = self._known.get(need)
        if entry is None:
            return None
        if asyncio.get_running_loop().time() - entry[0] > FRESH:
            del self._known[need]
            return None
        return entry[1]

    def _start(self, need: Need) -> asyncio.Task[bytes | Unanswered]:
        task = self._under_way.get(need)
        if task is None:
            task = asyncio.create_task(self._answer(need))
            self._under_way[need] = task
            task.add_done_callback(lambda done: self._finished(need, done))
        return task

    def _finished(self, need: Need, task: asyncio.Task[bytes | Unanswered]) -> None:
        self._under_way.pop(need, None)
        if not task.cancelled():
            self._known[need] = (asyncio.get_running_loop().time(), task.result())
            if len(self._known) > 1000:
                self._known.pop(next(iter(self._known)))
            files = [known for known in self._known if isinstance(known, FileNeed)]
            for file in files[:-_FILES]:
                del self._known[file]

    async def _answer(self, need: Need) -> bytes | Unanswered:
        try:
            async with asyncio.timeout(GIVE_UP):
                try:
                    return await self._call(need)
                except ChatMigrated as moved:
                    if isinstance(need, FileNeed):
                        raise
                    self._migrated(need.chat_id, moved.new_chat_id)
                    return await self._call(replace(need, chat_id=ChatId(moved.new_chat_id)))
        except (TelegramError, TimeoutError) as error:
            _log.warning("need unanswered", need=type(need).__name__, reason=str(error))
            wait = error.seconds if isinstance(error, TooMany) else 0.0
            return Unanswered(
                str(error) or "no answer in time", final=isinstance(error, BadRequest | Forbidden), retry_after=wait
            )

    async def _call(self, need: Need) -> bytes | Unanswered:
        match need:
            case AdministratorsNeed(chat_id):
                return as_json([_plain(member) for member in await self._bot.get_chat_administrators(chat_id)])
            case CountNeed(chat_id):
                return as_json(await self._bot.get_chat_member_count(chat_id))
            case PermissionsNeed(chat_id):
                permissions = (await self._bot.get_chat(chat_id)).permissions
                return as_json({} if permissions is None else dict(permissions.to_dict()))
            case MemberNeed(chat_id, user_id):
                return as_json(_plain(await self._bot.get_chat_member(chat_id, user_id)))
            case FileNeed(file_id):
                return await self._fetched(file_id)

    async def _fetched(self, file_id: str) -> bytes | Unanswered:
        """Fetch a file; one that is larger than it was said to be is none."""
        file = await self._bot.get_file(file_id)
        if (file.file_size or 0) > MOST_BYTES:
            return Unanswered("the file is too large")
        return bytes(await file.download_as_bytearray())


def _plain(member: Any) -> dict[str, Any]:
    return dict(member.to_dict())
