"""From a breach to the end of the ladder: a hint first, then step by step, for every rule at once (R06, R13, R20, R22, R26, R27, R33–R35, R37)."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from tests.journeys.stage import Stage, said
from tests.journeys.test_policy import command, switch_on

if TYPE_CHECKING:
    from bot.sandbox.telegram import Actor

Sending = Callable[["Stage", "Actor"], object]


def text(*lines: str) -> Sending:
    """Write some lines."""

    def send(stage: Stage, who: Actor) -> None:
        for line in lines:
            who.send(stage.group, line)

    return send


def contact(stage: Stage, who: Actor) -> None:
    """Send somebody's card."""
    who.send(stage.group, contact={"phone_number": "+4915112345", "first_name": "Zoe"})


def forward(stage: Stage, who: Actor) -> None:
    """Forward what somebody else wrote in another group."""
    outsider = stage.person("Outsider")
    club = stage.telegram.add_group("Club", outsider, [who])
    who.forward(outsider.send(club, "a word from elsewhere"), stage.group, source=club)


def by_bot(stage: Stage, who: Actor) -> None:
    """Send what an inline bot has written."""
    who.send_via(stage.group, stage.bot, "your card: the fool")


def pictures(stage: Stage, who: Actor) -> None:
    """Send pictures one by one."""
    for _ in range(3):
        who.send_file(stage.group, "photo")


NOTICE = "大家好，本周六上午社区花园义务劳动，欢迎带上手套和水壶参加"
RULES: dict[str, tuple[str, Sending, int]] = {
    "A1": ("links hint", text("look: spam-site.top"), 1),
    "A2": ("words hint zzgamble", text("come to zzgamble"), 1),
    "A3": ("solicitation hint", text("帮我砍一刀，谢谢各位"), 1),
    "A4": ("length 200 hint", text("长" * 201), 1),
    "A5": ("flood 3 hint", text("one", "two", "three", "four"), 1),
    "A6": ("abuse hint", text("you are such an idi0t"), 1),
    "A7": ("harmful hint", text("網上賭場，註冊送彩金"), 1),
    "A8": ("private hint", text("call 13800138001 or 13900139002"), 1),
    "A9": ("conduct hint going bankrupt", text("they are going bankrupt"), 1),
    "A10": ("wrong_place second-hand https://t.me/hikers_market hint", text("selling a sec\u200bond-hand tent"), 1),
    "A11": ("patterns hint zz[0-9]{3}", text("order zz123 now"), 1),
    "A12": ("contacts hint", contact, 1),
    "A13": ("forwards hint", forward, 1),
    "A14": ("via_bots hint", by_bot, 1),
    "A15": ("pictures 2 hint", pictures, 1),
    "A16": ("advertising 6 hint", text("诚聘兼职，日结300元，加微信 abc12345 详聊"), 1),
    "A17": ("mentions hint", text("ask @outsider_of_elsewhere"), 1),
    "A18": ("duplicates 48 hint", text(NOTICE), 2),
}
"""By code: the rule as it is added, what breaks it, and how often that must be said for the first breach.

Of two rules that one message breaks the first acts; what is said on three days is a repetition too, so that one comes last.
"""
LADDERS = {"en": "warning, mute 1h, kick", "zh_Hans": "警告, 禁言1小时, 踢出"}


async def breach(stage: Stage, who: Actor, code: str) -> None:
    """Break a rule once."""
    RULES[code][1](stage, who)
    await stage.settled()


def told(stage: Stage, who: Actor, code: str) -> list[str]:
    """Return what the bot has said in the group to somebody about a rule."""
    texts = [said(message) for message in stage.telegram.messages(stage.group)]
    return [line for line in texts if who.name in line and re.search(rf"{code}(?![0-9])", line)]


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
    await stage.advance(minutes=15)
    for step, expected in enumerate(("member", "restricted", "left")):
        for code, who in people.items():
            await breach(stage, who, code)
            assert status(stage, who) in {expected, "kicked" if expected == "left" else expected}, (code, step)
        await stage.advance(hours=23)
    for code, who in people.items():
        assert len(told(stage, who, code)) == 4, told(stage, who, code)
