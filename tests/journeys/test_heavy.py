"""Kicks and bans that a second manager has to agree to, and such of several people at once (R22)."""

from __future__ import annotations

from bot.sandbox.telegram import Actor
from tests.journeys.stage import Stage, said
from tests.journeys.test_appeals import card, known, status
from tests.journeys.test_policy import command


async def with_second(stage: Stage) -> None:
    """Have kicks and bans wait for a second manager."""
    stage.anna.send(stage.group, "/ladder settings second on")
    await stage.settled()


async def ready(stage: Stage, *people: Actor) -> None:
    stage.ben.start(stage.bot)
    await known(stage, *people)
    await with_second(stage)


async def test_a_ban_waits_for_a_second_manager(stage: Stage) -> None:
    anna, ben, mei = stage.anna, stage.ben, stage.mei
    await ready(stage, mei)
    anna.send(stage.group, "/ban @mei 7 days spam")
    assert "proposed; a second manager decides" in said(await card(stage, 1))
    assert status(stage, mei) == "member"
    decision = await stage.see(ben, "Decision #1", "Mei")
    ben.send(stage.group, "/kick @mei spam")
    await stage.see(stage.group, "The removal of Mei waits for a second manager already, in case #1.")
    await stage.advance(hours=2)
    await stage.tap(ben, decision, "Approve")
    await stage.settled()
    assert status(stage, mei) == "kicked"
    until = int(stage.clock.now().timestamp()) + 7 * 86400
    assert stage.telegram.member(stage.group, mei)["until_date"] == until, "the length begins with the decision"
    assert "Removed from the group, until Wed, 17 Mar 2027, 12:00" in said(await card(stage, 1))


async def test_a_kick_that_is_declined_undone_or_not_decided_does_not_happen(stage: Stage) -> None:
    anna, ben, mei = stage.anna, stage.ben, stage.mei
    await ready(stage, mei)
    anna.send(stage.group, "/kick @mei one")
    await stage.tap(ben, await stage.see(ben, "Decision #1"), "Decline")
    await stage.settled()
    assert "Ben decided against the removal" in said(await card(stage, 1))
    await stage.advance(minutes=2)
    anna.send(stage.group, "/kick @mei two")
    second = await card(stage, 2)
    await stage.tap(anna, second, "Undo")
    await stage.settled()
    assert "The proposed removal is withdrawn." in said(second)
    await stage.advance(minutes=2)
    anna.send(stage.group, "/kick @mei three")
    await stage.settled()
    await stage.advance(hours=25)
    assert "Nobody decided about the removal in time" in said(await card(stage, 3))
    assert status(stage, mei) == "member"


async def test_the_owner_alone_is_told_so(stage: Stage) -> None:
    anna, ben, mei = stage.anna, stage.ben, stage.mei
    anna.demote(stage.group, ben)
    await known(stage, mei)
    await with_second(stage)
    anna.send(stage.group, "/kick @mei spam")
    await stage.see(stage.group, "nobody else in this group may remove members. The owner decides alone")
    await stage.tap(anna, await stage.see(anna, "Decision #1"), "Approve")
    await stage.settled()
    assert status(stage, mei) == "left"


async def test_several_at_once_named_in_one_confirmation(zh_stage: Stage) -> None:
    stage = zh_stage
    anna, mei, carl = stage.anna, stage.mei, stage.carl
    dora = stage.person("Dora")
    dora.join(stage.group)
    await known(stage, mei, carl, dora)
    anna.send(stage.group, "/ban @mei @carl @dora @mei 7天 刷屏")
    question = await stage.see(stage.group, "Mei", "Carl", "Dora", "刷屏")
    assert {status(stage, who) for who in (mei, carl, dora)} == {"member"}
    assert question.labels() == ["⛔ 封禁3人"]
    assert "已失效" in await stage.tap(stage.ben, question, "封禁"), "only who asked may confirm"
    dora.leave(stage.group)
    await stage.tap(anna, question, "封禁")
    await stage.settled()
    assert [status(stage, who) for who in (mei, carl, dora)] == ["kicked", "kicked", "left"]
    assert question.labels() == []
    assert "#1" in said(question)
    assert "Dora" in said(question)
    assert "刷屏" in said(await card(stage, 2))


async def test_several_for_one_rule(stage: Stage) -> None:
    anna, mei, carl = stage.anna, stage.mei, stage.carl
    await known(stage, mei, carl)
    await command(stage, "/policy add words hint zzgamble")
    anna.send(stage.group, "/kick @mei @carl A1")
    question = await stage.see(stage.group, "a kick for Mei and Carl? Rule A1")
    await stage.tap(anna, question, "Kick 2 people")
    await stage.settled()
    assert [status(stage, who) for who in (mei, carl)] == ["left", "left"]
    assert "Rule A1" in said(await card(stage, 2))


async def test_one_decision_for_several(stage: Stage) -> None:
    anna, ben, mei, carl = stage.anna, stage.ben, stage.mei, stage.carl
    await ready(stage, mei, carl)
    anna.send(stage.group, "/kick @mei, @carl spam")
    question = await stage.see(
        stage.group, "a kick for Mei and Carl? Reason: spam", "Another manager then decides once"
    )
    assert "out of date" in await stage.tap(ben, question, "Kick 2 people")
    await stage.tap(anna, question, "Kick 2 people")
    await stage.see(stage.group, "Proposed to another manager: #1 Mei and #2 Carl.")
    decision = await stage.see(ben, "a kick for these people?", "#1 Mei", "#2 Carl")
    await stage.tap(anna, await card(stage, 2), "Undo")
    await stage.settled()
    await stage.tap(ben, decision, "Approve")
    await stage.settled()
    assert [status(stage, who) for who in (mei, carl)] == ["left", "member"]
    assert "The proposed removal is withdrawn." in said(await card(stage, 2))
    assert question.labels() == [], "it is confirmed once"
