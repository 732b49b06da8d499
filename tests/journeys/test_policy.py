"""A group's rules, from the first look to a deleted message, as members and managers see it (R06, R13, R20, R26, R27)."""

from __future__ import annotations

from bot.sandbox.telegram import Actor
from bot.sandbox.telegram.model import Message
from tests.journeys.stage import Stage, said

NAMES = {
    "en": ("Links", "Long messages", "Deleted", "A hint", "All rules", "On", "Change", "Remove", "Too many pictures"),
    "zh_Hans": ("链接", "过长的消息", "删除", "提醒", "全部群规", "启用", "修改", "移除", "图片过多"),
}


class Words:
    """What the buttons are called in the stage's language."""

    def __init__(self, stage: Stage) -> None:
        (
            self.links,
            self.length,
            self.deleted,
            self.hint,
            self.back,
            self.on,
            self.change,
            self.remove,
            self.pictures,
        ) = NAMES[stage.locale]


async def newest(stage: Stage, who: Actor) -> Message:
    await stage.settled()
    return stage.telegram.messages(who)[-1]


async def add(stage: Stage, what: str, *answers: str) -> Message:
    """Add a rule in private by buttons, save it, and return its page."""
    stage.anna.send(stage.bot, "/policy add")
    await stage.tap(stage.anna, await newest(stage, stage.anna), what)
    for answer in answers:
        question = await newest(stage, stage.anna)
        if answer in " ".join(question.labels()):
            await stage.tap(stage.anna, question, answer)
        else:
            stage.anna.send(stage.bot, answer)
    await stage.tap(stage.anna, await newest(stage, stage.anna), "✓")
    done = await newest(stage, stage.anna)
    await stage.tap(stage.anna, done, "A")
    return await newest(stage, stage.anna)


def texts_in(stage: Stage) -> list[str]:
    return [said(message) for message in stage.telegram.messages(stage.group)]


async def test_a_rule_observes_then_deletes_and_hints_once_an_hour(any_stage: Stage) -> None:
    stage, words = any_stage, Words(any_stage)
    page = await add(stage, words.links, "example.com", words.deleted)
    assert "A1" in said(page)
    stage.mei.send(stage.group, "look at www.spam-site.top/now")
    await stage.settled()
    assert "look at www.spam-site.top/now" in texts_in(stage)

    stage.anna.send(stage.bot, "/policy A1")
    page = await newest(stage, stage.anna)
    assert "1" in said(page).rsplit("example.com", 1)[1]
    await stage.tap(stage.anna, page, words.on)
    stage.mei.send(stage.group, "again ｗｗｗ.spam-site。top")
    stage.mei.send(stage.group, "fine: https://docs.example.com/page")
    stage.mei.send(stage.group, "and spam-site.top once more")
    await stage.settled()
    kept = texts_in(stage)
    assert "fine: https://docs.example.com/page" in kept
    assert not any("again" in text or "once more" in text for text in kept)
    hints = [text for text in kept if "A1" in text]
    assert len(hints) == 1
    assert "Mei" in hints[0]
    stage.mei.send(stage.group, "/rules")
    await stage.settled()
    assert "example.com" in texts_in(stage)[-1]


async def test_administrators_are_spared_and_edits_are_judged_again(any_stage: Stage) -> None:
    stage, words = any_stage, Words(any_stage)
    page = await add(stage, words.links, "example.com", words.deleted)
    await stage.tap(stage.anna, page, words.on)
    stage.ben.send(stage.group, "staff: spam-site.top")
    innocent = stage.mei.send(stage.group, "good morning")
    await stage.settled()
    stage.mei.edit(innocent, "good morning spam-site.top", chat=stage.group)
    await stage.settled()
    kept = texts_in(stage)
    assert "staff: spam-site.top" in kept
    assert not any("good morning" in text for text in kept)


async def test_a_long_message_gets_a_hint_and_stays(any_stage: Stage) -> None:
    stage, words = any_stage, Words(any_stage)
    page = await add(stage, words.length, "200", words.hint)
    await stage.tap(stage.anna, page, words.on)
    stage.mei.send(stage.group, "长" * 200)
    await stage.settled()
    assert not any("A1" in text for text in texts_in(stage))
    long = stage.mei.send(stage.group, "长" * 201)
    await stage.settled()
    hint = stage.telegram.messages(stage.group)[-1]
    assert hint.reply_to == long.message_id
    assert "201" in said(hint)


async def test_a_rule_is_changed_and_removed_and_its_code_is_not_given_again(any_stage: Stage) -> None:
    stage, words = any_stage, Words(any_stage)
    page = await add(stage, words.length, "200", words.hint)
    await stage.tap(stage.anna, page, words.remove)
    await stage.settled()
    page = await add(stage, words.pictures, "2", words.hint)
    assert "A2" in said(page)


async def test_what_is_no_rule_is_said_and_members_set_none(any_stage: Stage) -> None:
    stage = any_stage
    stage.anna.send(stage.bot, "/policy A7")
    assert "A7" in said(await newest(stage, stage.anna))
    stage.mei.send(stage.group, "/policy")
    await stage.settled()
    assert stage.telegram.messages(stage.group)[-1].labels() == []
