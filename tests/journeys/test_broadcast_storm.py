"""A broadcast to many groups as Telegram counts it, and the bot killed in the middle of it (``kill -9``).

How fast it is, ``make bench`` prints; here only what must always hold: never one call too many, every group exactly once.
"""

from __future__ import annotations

import asyncio
import random
import signal
from typing import TYPE_CHECKING

import pytest

from bot.announcements.broadcast.handlers import codes
from bot.kernel.clock import SystemClock
from bot.sandbox.telegram import Telegram
from bot.tg import effects as fx
from tests.journeys.crowd import Crowd
from tests.journeys.stage import said

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

GROUPS = 60
TEXT = "We meet at ten."


@pytest.fixture
async def crowd(tmp_path: Path) -> AsyncIterator[Crowd]:
    telegram = Telegram(SystemClock())
    await telegram.serve()
    seed = random.SystemRandom().randrange(10**9)
    print(f"seed {seed}")  # noqa: T201  (shown only when the test fails)
    made = Crowd(tmp_path, telegram, telegram.add_bot("qunguan_bot", "Qunguan"), random.Random(seed))
    await made.gather(GROUPS)
    made.start()
    yield made
    if made.process is not None and made.process.poll() is None:
        await made.end(signal.SIGKILL)
    await telegram.close()


@pytest.mark.slow
async def test_telegram_never_refuses_however_it_counts_and_commands_are_answered_between(crowd: Crowd) -> None:
    for kind in ("window", "bucket"):
        crowd.telegram.limits.enable(kind)
        sending = await crowd.begin(f"{TEXT} {kind}")
        answering = asyncio.create_task(crowd.answer_times(1, 0.0))
        await crowd.watch(sending, GROUPS)
        await answering
        await crowd.settled()
        assert crowd.refused() == 0
        assert crowd.copies(f"{TEXT} {kind}") == {1: GROUPS}
        assert f"{GROUPS}/{GROUPS}" in said(crowd.telegram.messages(crowd.owner)[-1])

    # The notes in the place of the copies go at the same pace.
    crowd.owner.send(crowd.groups[0], "/announce withdraw everywhere 1 wrong day")
    sure = await crowd.see(crowd.owner, "Shall I take #1 back")
    crowd.owner.tap(sure, sure.labels()[0])
    await crowd.see(crowd.owner, f"Withdrawn in {GROUPS}.")
    await crowd.settled()
    assert crowd.refused() == 0
    assert crowd.copies(f"{TEXT} window") == {0: GROUPS}
    assert crowd.copies("↩️ Anna has withdrawn an announcement: wrong day") == {1: GROUPS}
    paced = crowd.rows("SELECT DISTINCT priority FROM tg_outbox WHERE result_kind = ?", codes.NOTED)
    assert paced == [(fx.Priority.BROADCAST,)]


@pytest.mark.slow
async def test_a_killed_bot_gives_each_group_one_copy_or_names_it(crowd: Crowd) -> None:
    crowd.telegram.limits.enable()
    sending = await crowd.begin(TEXT)
    await crowd.watch(sending, crowd.chance.randrange(GROUPS))
    await asyncio.sleep(crowd.chance.random() * 0.2)
    await crowd.end(signal.SIGKILL)
    crowd.start()
    await crowd.settled()
    assert crowd.refused() == 0
    doubtful = crowd.uncertain()
    for group in crowd.groups:
        copies = sum(message.text == TEXT for message in crowd.telegram.messages(group))
        assert copies == 1 or (copies == 0 and group.id in doubtful), (group.title, copies)
    card = await crowd.see(crowd.owner, f"{GROUPS}/{GROUPS}")
    assert ("❓" in said(card)) == bool(doubtful)
    assert crowd.rows("SELECT count(*) FROM tg_quarantine") == [(0,)]
