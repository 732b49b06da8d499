"""From a breach to the end of the ladder: a hint first, then step by step, for six rules at once (R13, R20, R22, R26, R27)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.journeys.stage import Stage, said
from tests.journeys.test_policy import command, switch_on

if TYPE_CHECKING:
    from bot.sandbox.telegram import Actor

ADVERT = "全新沙发低价转让，九成新，自提即可，有意者请联系我本人"
RULES = {
    "A1": ("links hint", ("look: spam-site.top",), 1),
    "A2": ("words hint zzgamble", ("come to zzgamble",), 1),
    "A3": ("solicitation hint", ("帮我砍一刀，谢谢各位",), 1),
    "A4": ("length 200 hint", ("长" * 201,), 1),
    "A5": ("flood 3 hint", ("one", "two", "three", "four"), 1),
    "A6": ("duplicates 48 hint", (ADVERT,), 2),
}
"""By code: the rule as it is added, what breaks it, and how often that must be said for the first breach."""
LADDERS = {"en": "warning, mute 1h, kick", "zh_Hans": "警告, 禁言1小时, 踢出"}


async def breach(stage: Stage, who: Actor, code: str) -> None:
    """Break a rule once."""
    for text in RULES[code][1]:
        who.send(stage.group, text)
    await stage.settled()


def told(stage: Stage, who: Actor, code: str) -> list[str]:
    """Return what the bot has said in the group to somebody about a rule."""
    texts = [said(message) for message in stage.telegram.messages(stage.group)]
    return [text for text in texts if who.name in text and code in text]


def status(stage: Stage, who: Actor) -> str:
    """Return how somebody stands in the group."""
    return str(stage.telegram.member(stage.group, who)["status"])


async def test_every_rule_leads_from_a_hint_to_the_end_of_its_ladder(either_stage: Stage) -> None:
    stage = either_stage
    people: dict[str, Actor] = {}
    for number, (code, (line, _, _)) in enumerate(RULES.items()):
        await command(stage, f"/policy add {line}")
        await command(stage, f"/policy {code} ladder {LADDERS[stage.locale]}")
        await switch_on(stage, code)
        people[code] = stage.person(f"Member{number}")
        people[code].join(stage.group)
    for code, who in people.items():
        for _ in range(RULES[code][2]):
            await breach(stage, who, code)
        assert len(told(stage, who, code)) == 1, told(stage, who, code)
    for step, expected in enumerate(("member", "restricted", "left")):
        for code, who in people.items():
            await breach(stage, who, code)
            assert status(stage, who) in {expected, "kicked" if expected == "left" else expected}, (code, step)
        await stage.advance(hours=23)
    for code, who in people.items():
        assert len(told(stage, who, code)) == 4, told(stage, who, code)
