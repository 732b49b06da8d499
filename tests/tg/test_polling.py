"""Long polling against the emulated Telegram: nothing is confirmed before it is taken in."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Sequence

import msgspec
import pytest

from bot.kernel.clock import SystemClock
from bot.sandbox.telegram import Actor, Telegram
from bot.sandbox.telegram.model import BotAccount
from bot.tg.intake.polling import Polling, Unauthorised
from bot.tg.request import AiohttpRequest


class Desk:
    """Takes batches in; while ``gate`` is shut a batch is under way; ``errors`` are raised one after the other."""

    def __init__(self, telegram: Telegram, request: AiohttpRequest) -> None:
        self.telegram = telegram
        self.bot: BotAccount = telegram.add_bot("qunguan_bot", "Qunguan")
        self.mei: Actor = telegram.add_user("Mei")
        self.mei.start(self.bot)
        self.request = request
        self.batches: list[list[str]] = []
        self.begun = asyncio.Event()
        self.gate = asyncio.Event()
        self.gate.set()
        self.errors: list[Exception] = []
        self.polling = self.made(self.bot.token)

    def made(self, token: str) -> Polling:
        url = f"{self.telegram.url}/bot{token}/getUpdates"
        return Polling(self.request, url, ["message", "chat_member"], self.take)

    async def take(self, raws: Sequence[msgspec.Raw]) -> None:
        self.begun.set()
        await self.gate.wait()
        if self.errors:
            raise self.errors.pop(0)
        self.batches.append([json.loads(bytes(raw)).get("message", {}).get("text", "?") for raw in raws])

    async def taken(self, count: int) -> list[str]:
        for _ in range(1000):
            if len(found := [text for batch in self.batches for text in batch]) >= count:
                return found
            await asyncio.sleep(0.01)
        raise TimeoutError(self.batches)

    async def confirmed(self) -> None:
        for _ in range(1000):
            if not self.bot.queue:
                return
            await asyncio.sleep(0.01)
        raise TimeoutError(self.bot.queue)

    def offsets(self) -> list[int | None]:
        return [entry.params.get("offset") for entry in self.telegram.journal.of("getUpdates")]


@pytest.fixture
async def desk() -> AsyncIterator[Desk]:
    request = AiohttpRequest()
    async with Telegram(SystemClock()) as telegram:
        await request.initialize()
        yield Desk(telegram, request)
        await request.shutdown()


@pytest.fixture
async def running(desk: Desk) -> AsyncIterator[asyncio.Task[None]]:
    task = asyncio.create_task(desk.polling.run())
    yield task
    await desk.polling.stop()
    await asyncio.wait_for(asyncio.gather(task, return_exceptions=True), 10)


async def test_updates_come_in_order_and_are_confirmed_by_the_next_poll(
    desk: Desk, running: asyncio.Task[None]
) -> None:
    desk.mei.send(desk.bot, "one")
    assert await desk.taken(2) == ["/start", "one"]
    desk.mei.send(desk.bot, "two")
    assert await desk.taken(3) == ["/start", "one", "two"]
    await desk.confirmed()


async def test_nothing_is_confirmed_before_it_is_taken_in(desk: Desk, running: asyncio.Task[None]) -> None:
    desk.gate.clear()
    await desk.begun.wait()
    await asyncio.sleep(0.05)

    assert desk.offsets() == [None]
    assert len(desk.bot.queue) == 1

    desk.gate.set()
    await desk.confirmed()


async def test_what_could_not_be_taken_in_comes_again(desk: Desk, running: asyncio.Task[None]) -> None:
    desk.errors.append(RuntimeError("the database is out of reach"))

    assert await desk.taken(1) == ["/start"]
    assert desk.offsets()[:2] == [None, None]


async def test_the_kinds_of_updates_are_asked_for_every_time(desk: Desk, running: asyncio.Task[None]) -> None:
    await desk.taken(1)
    await desk.telegram.until(lambda: len(desk.offsets()) >= 2)

    assert sorted(desk.bot.allowed_updates or ()) == ["chat_member", "message"]
    assert all(e.params["allowed_updates"] for e in desk.telegram.journal.of("getUpdates"))


@pytest.mark.parametrize("fault", ["500", "html502", "reset", "429"])
async def test_a_fault_on_the_way_is_waited_out(desk: Desk, fault: str) -> None:
    desk.telegram.faults.add("getUpdates", fault, retry_after=1)
    task = asyncio.create_task(desk.polling.run())

    assert await desk.taken(1) == ["/start"]

    await desk.polling.stop()
    await asyncio.wait_for(task, 10)


async def test_a_refused_token_ends_it(desk: Desk) -> None:
    with pytest.raises(Unauthorised):
        await asyncio.wait_for(desk.made("1:AAEwrong").run(), 10)


async def test_it_stops_in_the_middle_of_an_empty_poll(desk: Desk) -> None:
    task = asyncio.create_task(desk.polling.run())
    await desk.taken(1)
    await desk.telegram.until(lambda: len(desk.offsets()) == 2)

    await desk.polling.stop()
    await asyncio.wait_for(task, 2)


async def test_a_batch_under_way_is_finished_and_confirmed_when_it_stops(desk: Desk) -> None:
    desk.gate.clear()
    task = asyncio.create_task(desk.polling.run())
    await desk.begun.wait()

    await desk.polling.stop()
    desk.gate.set()
    await asyncio.wait_for(task, 2)
    assert desk.bot.queue != []
    await desk.polling.confirm()

    assert desk.batches == [["/start"]]
    assert desk.bot.queue == []


async def test_it_stops_at_once_while_it_waits_for_a_better_time(desk: Desk) -> None:
    desk.errors += [RuntimeError("no")] * 5
    task = asyncio.create_task(desk.polling.run())
    await desk.begun.wait()
    await asyncio.sleep(0.05)

    await desk.polling.stop()
    await asyncio.wait_for(task, 0.9)


async def test_the_last_confirmation_may_fail(desk: Desk) -> None:
    task = asyncio.create_task(desk.polling.run())
    await desk.taken(1)
    await desk.polling.stop()
    await asyncio.wait_for(task, 2)
    desk.telegram.faults.add("getUpdates", "500")

    await desk.polling.confirm()


async def test_before_anything_came_there_is_nothing_to_confirm(desk: Desk) -> None:
    await desk.polling.confirm()

    assert desk.offsets() == []


async def test_an_update_with_half_a_character_is_confirmed_like_any_other(
    desk: Desk, running: asyncio.Task[None]
) -> None:
    await desk.taken(1)
    desk.mei.send(desk.bot, "half \ud83d")

    await desk.taken(2)

    await desk.confirmed()
