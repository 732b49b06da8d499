"""``getUpdates``: long polling with its offsets, its memory and its quarrels between two who poll."""

from __future__ import annotations

import asyncio

from bot.sandbox.telegram.access import Call
from bot.sandbox.telegram.errors import conflict
from bot.sandbox.telegram.methods_self import remember_allowed
from bot.sandbox.telegram.model import BotAccount, QueuedUpdate
from bot.sandbox.telegram.world import World

MOST_UPDATES = 100
FUTURE = 10  # an offset further ahead is from before the numbers began anew, and confirms nothing
LONGEST_WAIT = 50
WEBHOOK_ACTIVE = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
OTHER_POLL = "terminated by other getUpdates request; make sure that only one bot instance is running"
BY_WEBHOOK = "terminated by setWebhook request"


class _Poll:
    """A request that waits for updates."""

    def __init__(self) -> None:
        self.woken = asyncio.Event()
        self.conflict: str | None = None

    def wake(self) -> None:
        self.woken.set()

    def end(self, reason: str) -> None:
        self.conflict = reason
        self.woken.set()


class Polling:
    """The waiting polls, one a bot: as at Telegram, a new one ends the old one with 409."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._open: dict[int, _Poll] = {}

    async def get_updates(self, call: Call) -> str:
        """Return updates as a JSON array, waiting for the first if there are none.

        :raises ApiError: 409 while a webhook is set, or when another poll begins.
        """
        bot = call.bot
        if bot.webhook is not None:
            raise conflict(WEBHOOK_ACTIVE)
        remember_allowed(call)
        confirm(bot, call.params.integer("offset"))
        limit = call.params.integer("limit", MOST_UPDATES)
        limit = limit if 1 <= limit <= MOST_UPDATES else MOST_UPDATES
        wait = min(max(0, call.params.integer("timeout")), LONGEST_WAIT)
        if (other := self._open.get(bot.id)) is not None:
            other.end(OTHER_POLL)
        if not bot.queue and wait:
            await self._wait(bot, wait)
        return as_json(bot.queue[:limit])

    async def _wait(self, bot: BotAccount, seconds: float) -> None:
        poll = _Poll()
        self._open[bot.id] = poll
        listeners = self._world.listeners.setdefault(bot.id, [])
        listeners.append(poll.wake)
        loop = asyncio.get_running_loop()
        deadline = loop.time() + seconds
        try:
            while not bot.queue and poll.conflict is None and bot.webhook is None:
                poll.woken.clear()
                await asyncio.wait_for(poll.woken.wait(), deadline - loop.time())
        except TimeoutError:
            pass
        finally:
            listeners.remove(poll.wake)
            if self._open.get(bot.id) is poll:
                del self._open[bot.id]
        if poll.conflict is not None or bot.webhook is not None:
            raise conflict(poll.conflict or BY_WEBHOOK)


def confirm(bot: BotAccount, offset: int) -> None:
    """Forget the updates before an offset; a negative one keeps that many of the newest."""
    queue = bot.queue
    if offset < 0:
        del queue[: max(0, len(queue) + offset)]
        return
    if offset > bot.next_update_id + FUTURE:
        return
    done = 0
    while done < len(queue) and queue[done].update_id < offset:
        done += 1
    del queue[:done]


def as_json(updates: list[QueuedUpdate]) -> str:
    """Write updates as a JSON array."""
    return f"[{','.join(update.body for update in updates)}]"
