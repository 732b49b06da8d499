"""A breach that the bot saw itself: a hint, two steps of the rule's ladder, an appeal that any manager decides, undoing (R22)."""

from __future__ import annotations

from tests.journeys.stage import Stage, said
from tests.journeys.test_appeals import status
from tests.journeys.test_ladder_steps import card
from tests.journeys.test_policy import command, newest, switch_on

WORDS = {
    "en": {"ladder": "warning, mute 2h", "lift": "Lift", "skip": "Skip", "undo": "Undo", "told": "was lifted"},
    "zh_Hans": {"ladder": "警告，禁言2小时", "lift": "撤销", "skip": "跳过", "undo": "撤销", "told": "已撤销"},
}


async def test_a_breach_a_hint_the_ladder_an_appeal_and_undoing(either_stage: Stage) -> None:
    stage, anna, ben, mei = either_stage, either_stage.anna, either_stage.ben, either_stage.mei
    words = WORDS[stage.locale]
    ben.start(stage.bot)
    mei.start(stage.bot)
    await command(stage, "/policy add words hint zzgamble")
    await command(stage, f"/policy A1 ladder {words['ladder']}")
    await switch_on(stage, "A1")

    async def breach() -> None:
        mei.send(stage.group, "come to zzgamble")
        await stage.settled()
        await stage.advance(minutes=2)

    await breach()
    assert all("#1" not in said(message) for message in stage.telegram.messages(stage.group)), "a hint only"
    await breach()
    assert "A1" in await card(stage, 1)
    assert status(stage, mei) == "member"
    await stage.advance(hours=23)
    await breach()
    assert "A1" in await card(stage, 2)
    assert status(stage, mei) == "restricted"

    mei.send(stage.bot, "/appeal 2 I only quoted it")
    for manager in (anna, ben):
        await stage.see(manager, "I only quoted it", "A1")
    shown = await stage.see(ben, "I only quoted it")
    await stage.tap(ben, shown, words["lift"])
    await stage.tap(ben, await newest(stage, ben), words["skip"])
    await stage.see(mei, "#2", words["told"])
    assert status(stage, mei) == "member"
    assert "Ben" in await card(stage, 2)

    first = next(m for m in stage.telegram.messages(stage.group) if "#1" in said(m).partition("\n")[0])
    await stage.tap(anna, first, words["undo"])
    assert said(first).startswith("↩️")
    await stage.advance(hours=23)
    await breach()
    assert status(stage, mei) == "member", "what was lifted and undone counts no more: the ladder begins anew"
    assert "A1" in await card(stage, 3)
