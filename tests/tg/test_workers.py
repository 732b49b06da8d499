"""Work beside the turns goes on, whatever happens in it."""

from __future__ import annotations

import asyncio

from bot.kernel.clock import MovableClock
from bot.sandbox.telegram import Telegram
from bot.tg.application import make_bot
from bot.tg.asker import Asker
from bot.tg.capability import Worker
from bot.tg.jobs import Job
from bot.tg.request import AiohttpRequest
from bot.tg.workers import Bench, run
from tests.journeys.stage import START


async def test_a_worker_that_failed_begins_anew_and_what_is_not_given_is_none() -> None:
    telegram = Telegram(MovableClock(START))
    await telegram.serve()
    requests = AiohttpRequest(), AiohttpRequest()
    bot = make_bot(telegram.add_bot("qunguan_bot", "Qunguan").token, telegram.url, *requests)
    found: list[object] = []
    done = asyncio.Event()

    async def submit(jobs: object) -> None:
        found.append(jobs)

    async def work(bench: Bench) -> None:
        found.append(await bench.fetch("no such file", 100))
        if len(found) == 1:
            raise RuntimeError("a bad day")
        await bench.submit(JOB)
        done.set()
        await asyncio.Event().wait()

    async with asyncio.timeout(10):
        task = asyncio.create_task(run(Worker("worker", work), Bench(bot, Asker(bot), submit), pause=0))
        await done.wait()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert found == [None, None, [JOB]]
    for request in requests:
        await request.shutdown()
    await telegram.close()


async def _nothing(_scope: object) -> None:
    return None


JOB = Job("nothing", _nothing)
