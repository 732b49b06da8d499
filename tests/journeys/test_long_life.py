"""What a bot that runs for weeks, or is started anew, keeps in mind and what it forgets."""

from __future__ import annotations

from tests.journeys.stage import Stage


async def test_who_runs_a_group_need_not_be_asked_anew_after_a_restart(stage: Stage) -> None:
    stage.mei.send(stage.group, "/members")
    await stage.settled()
    asked = len(stage.telegram.journal.of("getChatAdministrators"))
    assert asked

    await stage.restart()
    stage.mei.send(stage.group, "/members")
    await stage.settled()

    assert len(stage.telegram.journal.of("getChatAdministrators")) == asked
