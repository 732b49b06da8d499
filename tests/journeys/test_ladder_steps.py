"""A rule's ladder from its first step to its last, leaving in time, nothing but text, and what a group chooses (R22, R23)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.journeys.stage import Stage, said
from tests.journeys.test_policy import command, switch_on
from tests.journeys.test_violations import known, status

if TYPE_CHECKING:
    from bot.sandbox.telegram import Actor
    from bot.sandbox.telegram.model import Message

WORDS = {
    "en": {
        "ladder": "warning, no media 2 days, mute 1h, leave, kick",
        "rule": "Rule A1",
        "text": "may write nothing but text",
        "leave": "after that, removal is proposed",
        "stays": "is still here",
        "gone": "Left the group on",
        "remove": "Remove Mei from the group?",
        "agreed": "agreed.",
        "unknown": "This group has no rule A9.",
    },
    "zh_Hans": {
        "ladder": "警告，禁发媒体2天，禁言1小时，劝退，直接移出群",
        "rule": "群规 A1",
        "text": "暂时只能发文字",
        "leave": "逾期将提请管理人员移出",
        "stays": "至今没有离开",
        "gone": "退群",
        "remove": "是否将 Mei 移出群？",
        "agreed": "同意",
        "unknown": "本群没有群规 A9。",
    },
}


async def card(stage: Stage, number: int) -> str:
    """Return what the card of a case says."""
    await stage.settled()
    found = [m for m in stage.telegram.messages(stage.group) if f"#{number}" in said(m).partition("\n")[0]]
    assert found, stage.telegram.describe()
    return said(found[0])


def allowed(stage: Stage, who: Actor) -> dict[str, Any]:
    """Return what somebody may send."""
    member = stage.telegram.member(stage.group, who)
    return {
        name: member.get(name, True) for name in ("can_send_messages", "can_send_photos", "can_send_other_messages")
    }


async def warned(stage: Stage, by: Actor, text: str, **after: float) -> None:
    by.send(stage.group, f"/warn {text}")
    await stage.settled()
    await stage.advance(**(after or {"minutes": 2}))


async def asked(stage: Stage, where: Any) -> Message:
    """Return the newest message of the bot that has buttons."""
    await stage.settled()
    return next(m for m in reversed(stage.telegram.messages(where)) if m.author == stage.bot.id and m.labels())


EVERYTHING = {"can_send_messages": True, "can_send_photos": True, "can_send_other_messages": True}
TEXT = {"can_send_messages": True, "can_send_photos": False, "can_send_other_messages": False}
NOTHING = dict.fromkeys(EVERYTHING, False)


async def test_a_rules_own_ladder_from_the_first_step_to_the_last(either_stage: Stage) -> None:
    stage, anna, ben, mei = either_stage, either_stage.anna, either_stage.ben, either_stage.mei
    words = WORDS[stage.locale]
    ben.start(stage.bot)
    (message,) = await known(stage, mei)
    await command(stage, "/policy add words hint zzgamble")
    await stage.agree(anna, f"/ladder set A1 {words['ladder']}", stage.group)
    anna.send(stage.group, "/warn @mei A9 spam")
    await stage.see(stage.group, words["unknown"], "A1")
    anna.send(stage.group, "/warn A1", reply_to=message)
    assert words["rule"] in await card(stage, 1)
    await stage.advance(minutes=2)
    await warned(stage, anna, "@mei A1 again")
    assert words["text"] in await card(stage, 2)
    assert allowed(stage, mei) == TEXT
    await warned(stage, anna, "@mei a1 and again")
    assert allowed(stage, mei) == NOTHING
    await stage.advance(hours=1)
    assert allowed(stage, mei) == TEXT, "after the mute, the longer restriction holds again"
    await warned(stage, anna, "@mei A1 once more")
    assert words["leave"] in await card(stage, 4)
    await stage.advance(hours=24)
    assert words["stays"] in await card(stage, 5)
    decision = await stage.see(ben, words["remove"])
    await stage.tap(ben, decision, decision.labels()[0])
    await stage.settled()
    assert status(stage, mei) == "kicked"
    assert words["agreed"] in await card(stage, 5)


async def test_who_leaves_in_time_is_not_proposed_for_removal(either_stage: Stage) -> None:
    stage, anna, mei = either_stage, either_stage.anna, either_stage.mei
    await known(stage, mei)
    await stage.agree(anna, "/ladder set leave, removal", stage.group)
    await warned(stage, anna, "@mei spam")
    mei.leave(stage.group)
    assert WORDS[stage.locale]["gone"] in await card(stage, 1)
    await stage.advance(days=2)
    assert not any("#2" in said(message) for message in stage.telegram.messages(stage.group))


async def test_a_restriction_to_text_is_given_back_exactly(stage: Stage) -> None:
    anna, mei, carl = stage.anna, stage.mei, stage.carl
    await known(stage, mei, carl)
    await stage.agree(anna, "/ladder set no media 2h", stage.group)
    await warned(stage, anna, "@mei photos")
    await warned(stage, anna, "@carl photos")
    assert allowed(stage, mei) == allowed(stage, carl) == TEXT
    anna.send(stage.group, "/unwarn 1")
    await stage.settled()
    assert allowed(stage, mei) == EVERYTHING
    assert "is lifted" in await card(stage, 1)
    await stage.restart()
    await stage.advance(hours=2)
    assert allowed(stage, carl) == EVERYTHING
    assert "The restriction to text ended on" in await card(stage, 2)


async def test_a_ban_on_the_ladder_is_done_at_once_or_by_two(either_stage: Stage) -> None:
    stage, anna, ben, mei, carl = (
        either_stage,
        either_stage.anna,
        either_stage.ben,
        either_stage.mei,
        either_stage.carl,
    )
    ben.start(stage.bot)
    await known(stage, mei, carl)
    english = stage.locale == "en"
    await stage.agree(anna, f"/ladder set {'ban 7 days' if english else '封禁7天'}", stage.group)
    await warned(stage, anna, "@mei incitement")
    assert status(stage, mei) == "kicked"
    anna.send(stage.group, "/ladder settings second on" if english else "/ladder 选项 双人确认 开")
    await stage.settled()
    await warned(stage, anna, "@carl incitement")
    assert status(stage, carl) == "member"
    decision = await stage.see(ben, "Ban Carl for" if english else "是否封禁 Carl")
    await stage.tap(ben, decision, decision.labels()[0])
    await stage.settled()
    assert status(stage, carl) == "kicked"


async def test_what_a_group_chooses_for_its_ledger(either_stage: Stage) -> None:
    stage, anna, mei = either_stage, either_stage.anna, either_stage.mei
    await known(stage, mei)
    english = stage.locale == "en"
    await warned(stage, stage.ben, "@mei spam")
    assert "Ben" in await card(stage, 1)
    anna.send(stage.group, "/ladder settings expiry 60" if english else "/ladder 选项 有效期 60天")
    page = await asked(stage, stage.group)
    assert ("60 days" if english else "60天") in said(page)
    await stage.tap(anna, page, "Moderator not named" if english else "不写处理人")
    assert "Ben" not in await card(stage, 1), "the card is drawn anew without the name"
    page = await asked(stage, stage.group)
    await stage.tap(anna, page, "Clean period" if english else "清零期")
    question = await asked(stage, stage.group)
    await stage.tap(anna, question, question.labels()[0])
    await stage.settled()
    await warned(stage, anna, "@mei again", days=29)
    await warned(stage, anna, "@mei and again")
    third = await card(stage, 3)
    assert ("30 days have passed" if english else "连续30天") in third
    assert ("you are asked to leave" if english else "退出本群") in third.partition("\n")[0]
    await stage.advance(days=30)
    await warned(stage, anna, "@mei after a long time")
    last = next(
        m for m in reversed(stage.telegram.messages(stage.group)) if "after a long time" in said(m) and "#" in said(m)
    )
    assert ("this is a warning" if english else "这是一次警告") in said(last)


async def test_one_evening_of_breaches_is_one_step(either_stage: Stage) -> None:
    stage, anna, ben, mei = either_stage, either_stage.anna, either_stage.ben, either_stage.mei
    english = stage.locale == "en"
    await command(stage, "/policy add words hint zzgamble")
    await command(stage, f"/policy A1 ladder {'warning, mute 1h, ban' if english else '警告，禁言1小时，封禁'}")
    await switch_on(stage, "A1")
    for place in range(4):
        ben.send(stage.group, f"zzgamble {place}")
        mei.send(stage.group, f"come to zzgamble {place}")
        await stage.settled()
        await stage.advance(minutes=5)
    first = await card(stage, 1)
    assert WORDS[stage.locale]["rule"] in first
    assert ("2 further messages are counted with it" if english else "另有2条消息并入此记录") in first
    assert ("Seen by me" if english else "由我于") in first
    assert not any("#2" in said(message) for message in stage.telegram.messages(stage.group)), "and nothing for Ben"
    await stage.advance(days=1)
    for words in ("zzgamble again", "and zzgamble once more"):
        mei.send(stage.group, words)
        await stage.settled()
    assert allowed(stage, mei) == NOTHING
    anna.send(stage.group, "/ladder A1")
    page = await asked(stage, stage.group)
    assert ("steps of its own" if english else "自己的处理阶梯") in said(page)
    await stage.tap(anna, page, page.labels()[-1])
    await stage.settled()
    assert ("the steps of the group" if english else "本群的处理阶梯") in said(page)
