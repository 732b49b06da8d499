"""A small group to test the emulated Telegram with, and a check that PTB understood every field."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from telegram import Bot, TelegramObject, Update
from telegram.error import TelegramError

from bot.kernel.clock import MovableClock
from bot.sandbox.telegram import Actor, BotAccount, Chat, Telegram
from bot.sandbox.telegram.rights import RIGHTS

ALL_UPDATES = [*Update.ALL_TYPES]
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


@dataclass
class Scene:
    """Olga owns the Hikers, Mei and Tom are members, the bot is an administrator with every right."""

    clock: MovableClock
    tg: Telegram
    bot: BotAccount
    olga: Actor
    mei: Actor
    tom: Actor
    group: Chat
    ptb: Bot

    def at(self, seconds: float = 0) -> int:
        """Return a moment from now in Unix seconds."""
        return int(self.clock.now().timestamp() + seconds)

    def advance(self, **by: float) -> None:
        """Move the clock."""
        self.clock.advance(timedelta(**by))

    def updates(self) -> list[dict[str, Any]]:
        """Take what waits for the bot, as JSON."""
        return self.tg.take_updates(self.bot)

    def kinds(self) -> list[str]:
        """Take what waits for the bot and tell the kinds."""
        return [next(key for key in update if key != "update_id") for update in self.updates()]

    def texts(self) -> list[str]:
        """Take what waits for the bot and tell the messages' texts."""
        return [u["message"].get("text", "") for u in self.updates() if "message" in u]

    async def ask(self) -> list[Update]:
        """Poll as PTB does, and confirm."""
        found = list(await self.ptb.get_updates(allowed_updates=ALL_UPDATES))
        if found:
            await self.ptb.get_updates(offset=found[-1].update_id + 1)
        for update in found:
            assert leftovers(update) == []
        return found


@asynccontextmanager
async def scene(*, rights: dict[str, bool] | None = None, administrator: bool = True) -> AsyncIterator[Scene]:
    """Set the scene."""
    clock = MovableClock(NOON)
    async with Telegram(clock) as tg:
        bot = tg.add_bot("qunguan_bot", "Qunguan")
        bot.allowed_updates = ALL_UPDATES
        olga, mei = tg.add_user("Olga", username="olga_h", language_code="en"), tg.add_user("Mei", language_code="zh")
        tom = tg.add_user("Tom", last_name="Sawyer", username="tom_s")
        group = tg.add_group("Hikers", owner=olga, members=[mei, tom])
        if administrator:
            tg.add_bot_to(group, bot, by=olga, rights=dict.fromkeys(RIGHTS, True) if rights is None else rights)
        else:
            tg.add_bot_to(group, bot, by=olga)
        tg.take_updates(bot)
        async with connected(tg, bot) as ptb:
            yield Scene(clock, tg, bot, olga, mei, tom, group, ptb)


@asynccontextmanager
async def connected(tg: Telegram, bot: BotAccount) -> AsyncIterator[Bot]:
    """Connect a PTB bot."""
    async with Bot(bot.token, base_url=f"{tg.url}/bot", base_file_url=f"{tg.url}/file/bot") as ptb:
        yield ptb


def leftovers(thing: object) -> list[str]:
    """Name the fields that PTB's classes did not know, anywhere inside."""
    if isinstance(thing, TelegramObject):
        found = [f"{type(thing).__name__}.{name}" for name in thing.api_kwargs]
        names = {name for cls in type(thing).__mro__ for name in getattr(cls, "__slots__", ())}
        for name in names - {"api_kwargs", "_bot"}:
            found += leftovers(getattr(thing, name, None))
        return found
    if isinstance(thing, Iterable) and not isinstance(thing, str | bytes | dict):
        return [name for item in thing for name in leftovers(item)]
    return []


@asynccontextmanager
async def refused(text: str) -> AsyncIterator[None]:
    """Expect that Telegram refuses, with these words."""
    with pytest.raises(TelegramError) as caught:
        yield
    assert text.lower() in str(caught.value).lower()
