"""What a bot that runs for weeks, or is started anew, keeps in mind and what it forgets."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from bot.sandbox.telegram.model import QueuedUpdate
from tests.journeys.stage import Stage


async def count(stage: Stage, table: str) -> int:
    assert stage.app is not None
    async with stage.app.database.read() as tx:
        return int((await tx.execute(text(f"SELECT count(*) FROM {table}"))).scalar_one())  # noqa: S608  (a test's own)


async def pass_days(stage: Stage, days: int, *, at_once: bool) -> None:
    """Let days pass: while the bot is down, or one after the other while it runs."""
    if at_once:
        await stage.stop()
        await stage.advance(days=days)
        await stage.start()
    else:
        for _ in range(days):
            await stage.advance(days=1)
    await stage.settled()


def unreadable(stage: Stage) -> None:
    """Let an update come that is none."""
    number = stage.bot.next_update_id
    stage.bot.next_update_id += 1
    body = f'{{"update_id":{number},"message":5}}'
    stage.bot.queue.append(QueuedUpdate(number, "message", stage.group.id, stage.telegram.world.now, body))
    stage.telegram.world.touch()


down = pytest.mark.parametrize("at_once", [False, True], ids=["running", "down"])


async def test_who_runs_a_group_need_not_be_asked_anew_after_a_restart(stage: Stage) -> None:
    stage.mei.send(stage.group, "/members")
    await stage.settled()
    asked = len(stage.telegram.journal.of("getChatAdministrators"))
    assert asked

    await stage.restart()
    stage.mei.send(stage.group, "/members")
    await stage.settled()

    assert len(stage.telegram.journal.of("getChatAdministrators")) == asked


@down
async def test_a_number_of_days_ago_may_come_again_on_another_update(any_database_stage: Stage, at_once: bool) -> None:
    stage = any_database_stage
    stage.anna.send(stage.group, "hello")
    await stage.settled()
    old = stage.bot.next_update_id - 1

    await pass_days(stage, 8, at_once=at_once)
    stage.anna.send(stage.group, "hello again")
    await stage.settled()
    stage.bot.next_update_id = old
    stage.anna.send(stage.group, "/menu")

    await stage.see(stage.group, "What would you like to do")


@down
async def test_errors_and_commands_nobody_answered_for_are_kept_for_a_time_only(
    any_database_stage: Stage, at_once: bool
) -> None:
    stage = any_database_stage
    stage.anna.promote(stage.group, stage.ben, is_anonymous=True)
    stage.ben.send(stage.group, "/label Walkers")
    unreadable(stage)
    await stage.see(stage.group, "as the group")
    await stage.settled()
    assert (await count(stage, "tg_held"), await count(stage, "tg_quarantine")) == (1, 1)

    await pass_days(stage, 2, at_once=at_once)
    assert (await count(stage, "tg_held"), await count(stage, "tg_quarantine")) == (0, 1)
    await pass_days(stage, 30, at_once=at_once)
    assert await count(stage, "tg_quarantine") == 0
