"""A group that strays from its theme, and is brought back (R04)."""

from __future__ import annotations

from bot.sandbox.telegram.model import Message
from tests.journeys.stage import Stage, said

SAY = {
    "en": {
        "words": "/theme words hiking, trail",
        "then": "/theme then post",
        "add": "/theme add Which <b>trail</b> in spring?",
        "on": "Watch the theme",
        "off_theme": "off its theme",
        "none_left": "No prepared post is left",
        "send": "Send the next post",
        "let": "Let it be today",
        "again": "Send it again",
        "posts": "Prepared posts",
        "back": "could not be sent",
        "learned": "Learned words",
    },
    "zh_Hans": {
        "words": "/theme 主题词 徒步，hiking，trail",
        "then": "/theme 之后 发帖",
        "add": "/theme 添加 Which <b>trail</b> in spring?",
        "on": "开始留意主题",
        "off_theme": "一直没聊主题",
        "none_left": "都发完了",
        "send": "发下一条",
        "let": "今天先不管",
        "again": "再排一次",
        "posts": "备好的帖子",
        "back": "没发出去",
        "learned": "学到的词",
    },
}


async def chat(stage: Stage, messages: int, minutes: float, text: str = "lunch?") -> None:
    """Let people talk about something."""
    for _ in range(messages):
        stage.mei.send(stage.group, text)
        await stage.settled()
        await stage.advance(minutes=minutes)


async def page(stage: Stage) -> Message:
    """Open the page in private."""
    stage.anna.send(stage.bot, "/theme")
    await stage.settled()
    return stage.telegram.messages(stage.anna)[-1]


def in_group(stage: Stage) -> list[str]:
    return [said(message) for message in stage.telegram.messages(stage.group)]


def told_so_often(stage: Stage) -> int:
    """Count the messages in private that tell of a talk off the theme; what came of a button takes a message's place."""
    return sum(SAY[stage.locale]["off_theme"] in said(message) for message in stage.telegram.messages(stage.anna))


async def test_managers_are_told_and_send_a_post_or_let_it_be(any_stage: Stage) -> None:
    stage, words = any_stage, SAY[any_stage.locale]
    # In either zone the story then fits into one day.
    await stage.advance(hours=19)
    stage.anna.send(stage.bot, words["words"])
    await stage.settled()
    await stage.tap(stage.anna, await page(stage), words["on"])
    stage.anna.send(stage.bot, words["add"])
    await chat(stage, 1, 25, "the TRAIL is dry")
    await chat(stage, 4, 25)
    assert stage.find(stage.anna, words["off_theme"]) is None
    await chat(stage, 2, 25)
    told = await stage.see(stage.anna, words["off_theme"], "Hikers", "5")
    await stage.tap(stage.anna, told, words["send"])
    await stage.settled()
    assert in_group(stage)[-1] == "Which <b>trail</b> in spring?"

    await chat(stage, 6, 25)
    again = await stage.see(stage.anna, words["off_theme"])
    assert again.message_id != told.message_id
    assert not any(words["send"] in label for label in again.labels())
    await stage.tap(stage.anna, again, words["let"])
    before = told_so_often(stage)
    await chat(stage, 12, 25)
    assert told_so_often(stage) == before
    await stage.advance(hours=12)
    await chat(stage, 7, 25)
    assert told_so_often(stage) == before + 1


async def test_the_next_post_goes_out_by_itself_with_its_picture_and_comes_back_when_refused(any_stage: Stage) -> None:
    stage, words = any_stage, SAY[any_stage.locale]
    stage.anna.send(stage.bot, words["words"])
    stage.anna.send(stage.bot, words["then"])
    await stage.settled()
    await stage.tap(stage.anna, await page(stage), words["on"])
    photo = stage.anna.send_file(stage.bot, "photo", caption="/theme add The summit in May")
    await stage.settled()
    await chat(stage, 6, 25)
    sent = await stage.see(stage.group, "The summit in May")
    assert sent.body["photo"] == photo.body["photo"]

    await chat(stage, 6, 25)
    assert words["none_left"] in said(await stage.see(stage.anna, words["off_theme"]))
    stage.anna.send(stage.bot, "/theme posts")
    line = await stage.see(stage.anna, words["posts"], "#1")
    await stage.tap(stage.anna, line, "#1")
    one = await stage.until(
        lambda: next((m for m in stage.telegram.messages(stage.anna) if words["again"] in str(m.labels())), None)
    )
    await stage.tap(stage.anna, one, words["again"])
    stage.telegram.faults.add(
        "sendPhoto", "400", description="Bad Request: not enough rights to send photos to the chat"
    )
    await chat(stage, 6, 25)
    assert "#1" in said(await stage.see(stage.anna, words["back"]))
    await chat(stage, 6, 25)
    assert in_group(stage).count("The summit in May") == 2


async def test_words_the_group_uses_every_day_count_until_one_is_struck_out(any_stage: Stage) -> None:
    stage, words = any_stage, SAY[any_stage.locale]
    stage.anna.send(stage.bot, words["words"])
    await stage.settled()
    await stage.tap(stage.anna, await page(stage), words["on"])
    for _ in range(3):
        stage.mei.send(stage.group, "which crampons are best on ice")
        stage.carl.send(stage.group, "my crampons are old")
        await stage.settled()
        await stage.advance(days=1)
    stage.mei.send(stage.group, "crampons again")
    await stage.settled()
    shown = await page(stage)
    assert "crampons" in said(shown)
    await stage.tap(stage.anna, shown, words["learned"])
    listed = await stage.until(
        lambda: next((m for m in stage.telegram.messages(stage.anna) if "✕ crampons" in m.labels()), None)
    )
    await stage.tap(stage.anna, listed, "✕ crampons")
    await stage.settled()
    assert "crampons" not in said(await page(stage))
