"""Updates sent to a webhook: in order within a chat, again and again until they are taken."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable

from aiohttp import ClientError, ClientSession, ClientTimeout

from bot.sandbox.telegram.model import BotAccount, QueuedUpdate, Webhook
from bot.sandbox.telegram.params import Params
from bot.sandbox.telegram.world import World

LOOK_AHEAD = 200
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105

Obey = Callable[[BotAccount, str, Params], Awaitable[None]]


class Webhooks:
    """One courier a bot; ``first_delay`` seconds after a failure it tries again, each time after twice as long."""

    def __init__(self, world: World, obey: Obey, *, first_delay: float = 1.0, longest_delay: float = 60.0) -> None:
        self.first_delay = first_delay
        self.longest_delay = longest_delay
        self._world = world
        self._obey_with = obey
        self._couriers: dict[int, _Courier] = {}
        self._session: ClientSession | None = None

    def start(self) -> None:
        """Serve the bots there are."""
        self._session = ClientSession(timeout=ClientTimeout(total=30))
        for bot_id in self._world.state.bots:
            self.serve(bot_id)

    def serve(self, bot_id: int) -> None:
        """Serve a bot from now on; without a webhook its courier rests."""
        if self._session is not None and bot_id not in self._couriers:
            self._couriers[bot_id] = _Courier(self, self._world, bot_id, self._session, self._obey_with)

    async def stop(self) -> None:
        """End all deliveries; what was not taken stays queued."""
        for courier in self._couriers.values():
            await courier.stop()
        self._couriers.clear()
        if self._session is not None:
            await self._session.close()
            self._session = None


class _Courier:
    """Carries one bot's updates."""

    def __init__(self, settings: Webhooks, world: World, bot_id: int, session: ClientSession, obey: Obey) -> None:
        self._settings = settings
        self._world = world
        self._bot_id = bot_id
        self._session = session
        self._obey_with = obey
        self._woken = asyncio.Event()
        self._under_way: dict[int, asyncio.Task[None]] = {}  # by update id
        self._busy: set[int] = set()  # chats with an update under way: the next one waits for it
        self._pause = 0.0
        self._hook: Webhook | None = None
        world.listeners.setdefault(bot_id, []).append(self._woken.set)
        self._task = asyncio.get_running_loop().create_task(self._run())
        self._woken.set()

    async def stop(self) -> None:
        self._world.listeners[self._bot_id].remove(self._woken.set)
        tasks = [self._task, *self._under_way.values()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _run(self) -> None:
        while True:
            await self._woken.wait()
            self._woken.clear()
            bot = self._world.state.bots.get(self._bot_id)
            if bot is not None and bot.webhook is not None:
                self._dispatch(bot, bot.webhook)

    def _dispatch(self, bot: BotAccount, hook: Webhook) -> None:
        if hook is not self._hook:  # set anew: whatever still waits to be tried again is tried at once
            self._hook, self._pause = hook, 0.0
            for task in self._under_way.values():
                task.cancel()
        passed: set[int] = set()
        for update in bot.queue[:LOOK_AHEAD]:
            if len(self._under_way) >= hook.max_connections:
                return
            if update.update_id in self._under_way or update.chat_id in self._busy | passed:
                passed.add(update.chat_id)
                continue
            self._busy.add(update.chat_id)
            task = asyncio.get_running_loop().create_task(self._carry(bot, hook, update))
            self._under_way[update.update_id] = task

    async def _carry(self, bot: BotAccount, hook: Webhook, update: QueuedUpdate) -> None:
        try:
            await asyncio.sleep(self._pause)
            if bot.webhook is not hook or update not in bot.queue[:LOOK_AHEAD]:
                return
            problem = await self._hand_over(bot, hook, update)
            if problem is None:
                self._pause = 0.0
                if update in bot.queue:
                    bot.queue.remove(update)
            else:
                hook.last_error_date, hook.last_error_message = self._world.now, problem
                self._pause = min(max(self._settings.first_delay, self._pause * 2), self._settings.longest_delay)
            self._world.touch()
        finally:
            del self._under_way[update.update_id]
            self._busy.discard(update.chat_id)
            self._woken.set()

    async def _hand_over(self, bot: BotAccount, hook: Webhook, update: QueuedUpdate) -> str | None:
        """Post one update; return what went wrong, ``None`` if it was taken."""
        headers = {"Content-Type": "application/json"}
        if hook.secret_token:
            headers[SECRET_HEADER] = hook.secret_token
        data, ssl = update.body.encode(), not hook.has_custom_certificate
        try:
            async with self._session.post(
                hook.url, data=data, headers=headers, ssl=ssl, allow_redirects=False
            ) as answer:
                if not 200 <= answer.status < 300:
                    return f"Wrong response from the webhook: {answer.status} {answer.reason}"
                await self._obey(bot, await answer.text())
        except TimeoutError:
            return "Read timeout expired"
        except ClientError as error:
            return "Connection refused" if "Cannot connect" in str(error) else f"Connection failed: {error}"
        return None

    async def _obey(self, bot: BotAccount, text: str) -> None:
        """Carry out the method that an answer may contain; nobody learns its result."""
        try:
            answer = json.loads(text or "null")
        except ValueError:
            return
        if isinstance(answer, dict) and "method" in answer:
            await self._obey_with(bot, str(answer.pop("method")), Params(answer))
