"""A Chinese group is spoken to in Chinese: no answer of a usual day holds a stray English word."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.journeys.stage import Stage, said

if TYPE_CHECKING:
    from bot.sandbox.telegram.model import Message

_EXPECTED = re.compile(
    # Commands with the word after them, what was typed said back, names and addresses, what Chinese has no other name for.
    r"https?://[^\s|]+|[a-z.]+/…|/(?:help )?[a-z]+(?: [a-z]+)?|“[a-z]+”|@[A-Za-z0-9_]+"
    r"|(?<![A-Za-z])(?:Anna|Ben|Mei|Carl|Hikers|Qunguan|Telegram|English|ID|UTC|csv|xlsx|ics|Asia/Shanghai|nobody)(?![A-Za-z])"
)
_WORD = re.compile(r"[A-Za-z]{2,}")

SETTINGS = (
    "/start",
    "/help",
    "/help warn",
    "/help event",
    "/help role",
    "/menu",
    "/settings",
    "/language",
    "/timezone",
    "/timezone 火星",
    "/timezone 上海",
    "/quiet",
    "/quiet 胡说",
    "/quiet 22:00-07:30",
    "/quiet 23:00-07:00 周一至周五; 00:00-09:00 周六、周日",
    "/quiet mode",
    "/quiet 模式 禁言",
    "/quiet 模式 大声",
    "/quiet 提示 关",
    "/quiet 提示 也许",
    "/open",
    "/open 到23:00",
    "/open 到什么时候",
    "/open 2小时",
    "/open 取消",
    "/rules",
    "/quiet 模式 提醒",
    "/quiet 关闭",
    "/open",
    "/label 徒步",
    "/label",
    "/holidays",
    "/holidays 添加",
    "/holidays 添加 2027-10-01 至 2027-10-07",
    "/holidays 删除 2027-10-03",
    "/topic 活动 这里",
    "/topic 停止",
    "/cancel",
    "/topic 停止 选举、投票 2小时 删除",
    "/topic 停止 选举、投票",
    "/topic 停止 ！！！",
    "/topic 停止 加薪 0分钟",
    "/topic 已停",
    "/topic 恢复 天气",
    "/topic 恢复 选举",
    "/topic 恢复",
    "/managerschat",
    "/group",
    "/cancel",
)
PEOPLE = (
    "/role",
    "/role 授予 @mei 风纪员",
    "/role 授予 @mei 国王",
    "/role 收回 @mei 风纪员",
    "/role 授予 @nobody 编辑",
    "/roles",
    "/member @mei",
    "/members",
    "/approvals",
    "/outbox",
    "/audit @mei",
    "/audit",
)
WARNINGS = (
    "/warn",
    "/warn @mei 刷屏",
    "/warn @mei 又刷屏",
    "/warn @ben 测试",
    "/warn @anna 测试",
    "/warns @mei",
    "/warns 1",
    "/warns 9",
    "/unwarn abc",
    "/unwarn 1",
    "/unwarn 1",
    "/unwarn",
    "/ladder",
    "/audit",
)
EVENTS = (
    "/event",
    "/event 胡说",
    "/event create",
    "/event create 周六徒步 | 周六9:00 | 3人 | +1 | 周五20:00截止 | 在文化馆",
    "/event create 聚餐 | 周六",
    "/event create 聚餐 | 昨天9:00",
    "/event create 聚餐 | 周六12点 | 很多人",
    "/event list",
    "/event edit 1 名额 2",
    "/event edit 1 时间 周六10:00",
    "/event edit 1 名额 很多",
    "/event edit 1 胡说",
    "/event edit 1",
    "/event edit 1 价格 60元",
    "/event edit 1 提醒 胡说",
    "/event edit 1 图片",
    "/event edit 1 形式 胡说",
    "/event edit 1 报名问题 饮食？ 不限 / 素食",
    "/event create 讲座 | 周日14点到16点 | 线上 https://meet.example.org/bees | 免费 | 至少6人 | 提醒 1天",
    "/event create 模板 没有的",
    "/event copy 1",
    "/event copy 9",
    "/event 模板",
    "/event 模板 保存 1 徒步",
    "/event 模板 胡说",
    "/event 模板",
    "/event 模板 删除 没有的",
    "/event 起草 聚餐 | 周日18点",
    "/event 草稿",
    "/event 发布 1",
    "/event 丢弃 1",
    "/event show 1",
    "/event close 1",
    "/event reopen 1",
    "/event cancel 1 下大雨",
    "/audit",
)
ANNOUNCEMENTS = (
    "/announce",
    "/announce 各位好，明天上午9点停水。",
    "/announce 定时发 周六9:00 | 大门口集合。",
    "/announce 定时发 周六9:00 大门口集合。",
    "/announce 修改 胡说",
    "/announce 定时 胡说",
    "/announce 定时 1 明晚8点",
    "/announce 定时 1 昨天8点",
    "/announce 发布 1",
    "/announce 查看 1",
    "/announce 取消 2",
    "/announce 取消 9",
    "/announce 列表",
    "/audit",
)
DIGEST = (
    "/digest",
    "/digest 现在",
    "/digest 时间 08:30",
    "/digest 时间 胡说",
    "/digest 群里",
    "/digest 管理员",
    "/digest 关闭",
    "/digest 开启",
    "/digest 胡说",
    "/audit",
)


def _spoken(stage: Stage) -> list[Message]:
    state = stage.telegram.world.state
    privates = [chat for chats in state.privates.values() for chat in chats.values()]
    chats = [*state.chats.values(), *privates]
    return [message for chat in chats for message in chat.messages.values() if message.author == stage.bot.id]


def _strays(message: Message) -> list[str]:
    words = [line for text in (said(message), *message.labels()) for line in _WORD.findall(_EXPECTED.sub(" ", text))]
    return [f"{word} in {said(message)!r} {message.labels()}" for word in words]


async def _say(stage: Stage, lines: tuple[str, ...]) -> None:
    stage.mei.send(stage.group, "大家好！")
    stage.carl.send(stage.group, "周末有人一起爬山吗？")
    for line in lines:
        sent = stage.anna.send(stage.group, line)
        await stage.advance(minutes=2)
        await _save(stage, sent)


async def _save(stage: Stage, sent: Message) -> None:
    """Tap the first button of what shows a line back, so that the lines after it find what it makes."""
    shown = stage.telegram.messages(stage.group)[-1]
    if shown.message_id > sent.message_id and shown.labels() and "保存" in shown.labels()[0]:
        await stage.tap(stage.anna, shown, "保存")
        await stage.settled()


@pytest.mark.parametrize("lines", [SETTINGS, PEOPLE, WARNINGS, EVENTS, ANNOUNCEMENTS, DIGEST])
async def test_no_answer_holds_a_stray_english_word(zh_stage: Stage, lines: tuple[str, ...]) -> None:
    await _say(zh_stage, lines)
    await zh_stage.advance(days=1)

    spoken = _spoken(zh_stage)
    assert len(spoken) > len(lines) / 2
    assert not [stray for message in spoken for stray in _strays(message)]


async def test_taps_are_answered_in_chinese(zh_stage: Stage) -> None:
    card = await zh_stage.plan(zh_stage.anna, EVENTS[3])
    assert "已报0/3人" in said(card)
    taps = [
        (zh_stage.mei, "+1"),
        (zh_stage.mei, "+1"),
        (zh_stage.carl, "+1"),
        (zh_stage.ben, "−1"),
        (zh_stage.ben, "报名"),
    ]
    taps += [(zh_stage.ben, "名单"), (zh_stage.mei, "来不了"), (zh_stage.mei, "来不了")]
    answers = [await zh_stage.tap(who, card, button) for who, button in taps]
    await zh_stage.settled()

    assert all(answers)
    assert [answer for answer in answers if _WORD.search(_EXPECTED.sub(" ", answer))] == []
    assert not [stray for message in _spoken(zh_stage) for stray in _strays(message)]
