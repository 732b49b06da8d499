"""A topic is stopped, written about, and opened again, as members and moderators see it (R07)."""

from __future__ import annotations

from bot.sandbox.telegram.model import Message
from tests.journeys.stage import Stage, said

WORDS = {
    "en": {
        "stop": "/topic stop election, votes for 2h delete",
        "rests": "This topic rests until",
        "hint": "Please leave it alone for now",
        "again": "is open again",
        "may": "may be talked about again",
        "open": "Open again",
        "counted": "About topics that rest: 2 messages from 1 person",
        "none": "No topic is stopped",
        "ask": "Stop a topic",
        "reopen": "Open T1 again",
        "all": "All rules",
    },
    "zh_Hans": {
        "stop": "/topic 停止 选举、votes 2小时 删除",
        "rests": "先停一停，到",
        "hint": "请暂时不要再聊",
        "again": "已恢复",
        "may": "可以继续聊了",
        "open": "恢复",
        "counted": "已叫停的话题：1人发了2条消息",
        "none": "没有叫停的话题",
        "ask": "叫停话题",
        "reopen": "恢复 T1",
        "all": "全部群规",
    },
}

PAGES = {
    "en": ("When it is quiet", "Theme", "Stopped topics", "Ready-made regulations"),
    "zh_Hans": ("免打扰时段", "主题", "叫停的话题", "现成群规"),
}


def texts_in(stage: Stage) -> list[str]:
    return [said(message) for message in stage.telegram.messages(stage.group)]


async def newest(stage: Stage) -> Message:
    await stage.settled()
    return stage.telegram.messages(stage.group)[-1]


async def test_a_topic_rests_for_two_hours_and_opens_by_itself(any_stage: Stage) -> None:
    stage, words = any_stage, WORDS[any_stage.locale]
    stage.ben.send(stage.group, words["stop"])
    card = await newest(stage)
    assert words["rests"] in said(card)
    first = stage.mei.send(stage.group, "my Ｖ.Ｏ.Ｔ.Ｅ.Ｓ count")
    hint = await newest(stage)
    assert words["hint"] in said(hint)
    assert hint.reply_to == first.message_id
    stage.mei.send(stage.group, "but the votes!")
    stage.ben.send(stage.group, "votes, says the administrator")
    stage.carl.send(stage.group, "nice weather")
    stage.mei.send(stage.group, "/rules")
    assert words["stop"].split()[2][:2] in said(await newest(stage))
    kept = texts_in(stage)
    assert "but the votes!" not in kept
    assert "my Ｖ.Ｏ.Ｔ.Ｅ.Ｓ count" in kept
    assert "votes, says the administrator" in kept
    assert sum(words["hint"] in text for text in kept) == 1

    await stage.advance(hours=2)
    assert words["may"] in texts_in(stage)[-1]
    assert words["again"] in said(stage.telegram.messages(stage.group)[card.message_id - 1])
    stage.mei.send(stage.group, "votes, at last")
    await stage.settled()
    assert texts_in(stage)[-1] == "votes, at last"
    await stage.advance(hours=22)
    await stage.see(stage.anna, "📊", words["counted"])


async def test_whoever_knows_the_rules_finds_everything_else_by_buttons(either_stage: Stage) -> None:
    stage, words = either_stage, WORDS[either_stage.locale]
    anna, resting = stage.anna, PAGES[stage.locale][2]

    async def tapped(*buttons: str) -> Message:
        for button in buttons:
            await stage.tap(anna, stage.telegram.messages(anna)[-1], button)
            await stage.settled()
        return stage.telegram.messages(anna)[-1]

    anna.send(stage.bot, "/policy")
    await stage.settled()
    page = said(stage.telegram.messages(anna)[-1])
    for button in PAGES[stage.locale]:
        assert said(await tapped(button)) != page
        assert said(await tapped(words["all"])) == page
    anna.send(stage.group, "/quiet mode")
    assert not any(words["all"] in label for label in (await newest(stage)).labels())
    assert words["none"] in said(await tapped(resting))
    assert "1/3" in said(await tapped(words["ask"]))
    anna.send(stage.bot, "/cancel")
    await stage.settled()

    anna.send(stage.group, words["stop"])
    anna.send(stage.bot, "/policy")
    await stage.settled()
    assert "votes" in said(await tapped(resting))
    assert words["none"] in said(await tapped(words["reopen"]))
    assert any(words["again"] in text for text in texts_in(stage))
    assert resting in " ".join((await tapped(words["all"])).labels())


async def test_a_moderator_opens_it_again_by_the_button_and_members_cannot(stage: Stage) -> None:
    stage.anna.send(stage.group, "/topic stop layoffs")
    card = await newest(stage)
    await stage.tap(stage.mei, card, "Open again")
    await stage.settled()
    stage.mei.send(stage.group, "layoffs?")
    assert "Please leave it alone" in said(await newest(stage))
    await stage.tap(stage.ben, card, "Open again")
    stage.carl.send(stage.group, "layoffs!")
    assert said(await newest(stage)) == "layoffs!"
    stage.ben.send(stage.group, "/topic resume")
    assert "No topic is stopped" in said(await newest(stage))


async def test_a_thread_of_a_forum_is_stopped_in_itself(stage: Stage) -> None:
    forum = stage.group_of("Forum", stage.anna, stage.mei, stage.carl, forum=True)
    topic = stage.anna.open_topic(forum, "Quarrels")
    await stage.settled()
    stage.anna.send(forum, "/topic stop for 1h delete", thread_id=topic)
    await stage.settled()
    stage.mei.send(forum, "in General")
    stage.mei.send(forum, "in the thread", thread_id=topic)
    await stage.settled()
    messages = stage.telegram.messages(forum)
    assert "Please leave it alone" in said(messages[-1])
    assert sum("Please leave it alone" in said(message) for message in messages) == 1
    stage.mei.send(forum, "in the thread again", thread_id=topic)
    await stage.settled()
    assert "in the thread again" not in [said(message) for message in stage.telegram.messages(forum)]


async def test_it_is_asked_for_by_a_form_in_private(stage: Stage) -> None:
    stage.anna.send(stage.bot, "/topic stop")
    await stage.settled()
    stage.anna.send(stage.bot, "raises, 加薪")
    await stage.settled()
    await stage.tap(stage.anna, stage.telegram.messages(stage.anna)[-1], "2 hours")
    await stage.settled()
    await stage.tap(stage.anna, stage.telegram.messages(stage.anna)[-1], "later messages are counted")
    await stage.settled()
    await stage.tap(stage.anna, stage.telegram.messages(stage.anna)[-1], "✓")
    await stage.see(stage.group, "This topic rests until", "raises", "加薪")
    await stage.see(stage.anna, "T1", "/topic resume T1")
    for line in ("谁加 薪了？", "加薪加薪", "raises"):
        stage.mei.send(stage.group, line)
    await stage.settled()
    assert [text for text in texts_in(stage)[-4:] if "Please leave" not in text] == [
        "谁加 薪了？",
        "加薪加薪",
        "raises",
    ]
    stage.mei.send(stage.group, "/topic stopped")
    assert "T1" in said(await newest(stage))


async def test_whoever_goes_on_takes_a_step_on_the_ladder(any_stage: Stage) -> None:
    stage, words = any_stage, WORDS[any_stage.locale]
    stage.ben.send(stage.group, "/topic 停止 加薪 警告" if stage.locale == "zh_Hans" else "/topic stop 加薪 warn")
    await stage.settled()
    stage.mei.send(stage.group, "加薪吗？")
    await stage.settled()
    stage.mei.send(stage.group, "到底加 薪吗？")
    case = await newest(stage)
    assert "#1" in said(case)
    assert "T1" in said(case)
    assert "到底加 薪吗？" not in [
        said(message) for message in stage.telegram.messages(stage.group) if message is not case
    ]
    assert sum(words["hint"] in text for text in texts_in(stage)) == 1
