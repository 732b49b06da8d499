"""A broadcast to many groups: the share of Telegram's limits it reaches, and how long a command waits meanwhile.

Telegram is the sandbox's, which counts as strictly as the real one may, by sliding window and by token bucket; the bot is a process
of its own. In the third broadcast it is killed at a random moment and started again.
"""

from __future__ import annotations

import asyncio
import random
import signal
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from bot.kernel.clock import SystemClock
from bot.sandbox.telegram import Telegram
from tests.bench.report import Row, milli
from tests.journeys.crowd import Crowd

if TYPE_CHECKING:
    from tests.bench.report import Scale

PATIENCE = 240.0
PAUSE = 1.2
"""Seconds between two commands: a private chat takes one message a second."""


def measure(_base: str, scale: Scale) -> list[Row]:
    """Send three broadcasts to the same groups."""
    return asyncio.run(_measured(scale))


async def _measured(scale: Scale) -> list[Row]:
    telegram = Telegram(SystemClock())
    await telegram.serve()
    chance = random.Random()
    with TemporaryDirectory() as folder:
        crowd = Crowd(Path(folder), telegram, telegram.add_bot("qunguan_bot", "Qunguan"), chance)
        try:
            await crowd.gather(scale.broadcast)
            crowd.start()
            await crowd.settled()
            rows = [await _rate(crowd, kind) for kind in ("window", "bucket")]
            return [*rows, await _killed(crowd)]
        finally:
            if crowd.process is not None and crowd.process.poll() is None:
                await crowd.end(signal.SIGKILL)
            await telegram.close()


async def _rate(crowd: Crowd, kind: str) -> Row:
    crowd.telegram.limits.enable(kind)
    count = len(crowd.groups)
    sending = await crowd.begin(f"We meet at ten. ({kind})")
    answering = asyncio.create_task(crowd.answer_times(max(1, count // 40), PAUSE))
    await crowd.watch(sending, count, PATIENCE)
    answers = await answering
    await crowd.settled()
    return Row(
        f"A broadcast to {count:,} groups, counted by {kind}: share of 30/s | 429s",
        f"{sending.share:.1%} | {crowd.refused()}",
        f"a command meanwhile, half | slowest: {milli(median(answers))} | {milli(max(answers))}",
        f"{sending.whole_share:.1%} with card and answers",
        "92 %, no 429, 1 s",
    )


async def _killed(crowd: Crowd) -> Row:
    crowd.telegram.limits.enable()
    count, text = len(crowd.groups), "We meet at ten. (killed)"
    sending = await crowd.begin(text)
    await crowd.watch(sending, crowd.chance.randrange(count), PATIENCE)
    moment = len(sending.copies)
    await crowd.end(signal.SIGKILL)
    crowd.start()
    await crowd.settled(PATIENCE)
    found, doubtful = crowd.copies(text), crowd.uncertain()
    return Row(
        f"The same, killed after {moment:,} copies and started again: groups with one | none | several",
        f"{found[1]:,} | {found[0]:,} | {count - found[1] - found[0]:,}",
        f"listed as uncertain: {len(doubtful)}",
        f"429s: {crowd.refused()}",
        "several: 0",
    )
