"""Bare python-telegram-bot, as its examples build it: the side we compare with."""

from __future__ import annotations

import asyncio
import sys
from typing import TYPE_CHECKING, Any

from telegram.ext import Application, CallbackQueryHandler, ContextTypes, MessageHandler, filters

from tests.bench.process import Meter, serve, steer_inside

if TYPE_CHECKING:
    from telegram import Update


class Bare:
    """An application with an idle handler for messages and one that answers taps."""

    def __init__(self, base: str, token: str) -> None:
        self._base = base
        self._token = token
        self.handled = 0
        self.application: Application[Any, Any, Any, Any, Any, Any] = (
            Application.builder().token(token).base_url(f"{base}/bot").build()
        )
        self.application.add_handler(MessageHandler(filters.ALL, self._idle))
        self.application.add_handler(CallbackQueryHandler(self._answer))

    async def _idle(self, _update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        self.handled += 1

    async def _answer(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.callback_query is not None
        await update.callback_query.answer("Noted")

    async def run(self) -> None:
        """Poll, and do what the bench asks for."""
        async with self.application:
            await self.application.start()
            assert self.application.updater is not None
            await self.application.updater.start_polling(drop_pending_updates=False)
            await serve({"go": self.go, "taps": self.taps, "send": self.send})
            await self.application.updater.stop()
            await self.application.stop()

    async def go(self, updates: int) -> dict[str, Any]:
        """Take in everything that is prepared."""
        before, meter = self.handled, Meter()
        await steer_inside(self._base, "go", token=self._token)
        await self.application.update_queue.join()
        assert self.handled - before == updates
        return meter.read()

    async def taps(self, count: int, data: str) -> dict[str, Any]:
        """Answer taps, one after the other."""
        meter = Meter()
        times = await steer_inside(self._base, "taps", token=self._token, count=count, data=data)
        return {**meter.read(), **times}

    async def send(self, messages: int, chats: list[int], at_once: int) -> dict[str, Any]:
        """Send messages with PTB's default request class, so many at once."""
        slots = asyncio.Semaphore(at_once)

        async def one(number: int) -> None:
            async with slots:
                await self.application.bot.send_message(chats[number % len(chats)], f"Message {number}")

        meter = Meter()
        await asyncio.gather(*(one(number) for number in range(messages)))
        return meter.read()


if __name__ == "__main__":
    asyncio.run(Bare(*sys.argv[1:3]).run())
