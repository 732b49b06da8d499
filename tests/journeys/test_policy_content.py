"""What a group does not want to read or be sent: insults, harm, private data, the wrong place, what comes from elsewhere, floods.

R06, R23, R33, R34, R35, R37.
"""

from __future__ import annotations

import io
from datetime import timedelta

import segno

from bot.sandbox.telegram import Actor
from bot.sandbox.telegram.model import Message
from tests.journeys.stage import Stage, said

LINES = {
    "en": {
        "abuse": "/policy add insults delete",
        "harm": "/policy add harmful content and links delete",
        "private": "/policy add private data delete",
        "elsewhere": "/policy add what belongs elsewhere second-hand, for rent https://t.me/hikers_market hint",
        "name": "/policy A4 place Market",
        "conduct": "/policy add conduct going bankrupt hint",
        "instead": "/policy A1 instead with Ms Li, room 203",
        "forwards": "/policy add forwards delete",
        "contacts": "/policy add contacts delete",
        "bots": "/policy add via bots @gif delete",
        "flood": "/policy add flood 8 hint",
        "links": "/policy add links example.com delete",
        "insult": "you are such an idi0t",
        "innocent": "I am an idiot, I forgot my keys",
        "harmful": "free sp1ns at the best 0nline casino",
        "telephones": "call 13800138001 or 13900139002",
        "one": "my number is 13800138001",
        "selling": "selling a sec\u200bond-hand tent",
        "bad news": "they are going bankrupt",
        "night": "At night",
        "codes": "QR codes in pictures count",
    },
    "zh_Hans": {
        "abuse": "/policy add 辱骂 删除",
        "harm": "/policy 添加 有害内容与链接 删除",
        "private": "/policy 添加 隐私 删除",
        "elsewhere": "/policy 添加 该发到别处的内容 二手，出租 https://t.me/hikers_market 提醒",
        "name": "/policy A4 place 二手市场",
        "conduct": "/policy add conduct 跑路，倒闭 提醒",
        "instead": "/policy A1 instead 找李主任，203 室",
        "forwards": "/policy add forwards 删除",
        "contacts": "/policy add contacts 删除",
        "bots": "/policy add via bots @gif 删除",
        "flood": "/policy add flood 8 提醒",
        "links": "/policy add links example.com 删除",
        "insult": "你 这 个 白 癡",
        "innocent": "我真是个白痴，又忘带钥匙了",
        "harmful": "網上賭場，註冊送彩金",
        "telephones": "打１３８００１３８００１或者13900139002",
        "one": "我的电话13800138001",
        "selling": "出一顶二✨手帐篷",
        "bad news": "听说要跑 路了",
        "night": "夜间",
        "codes": "图片里的二维码也算",
    },
}


async def newest(stage: Stage, who: Actor) -> Message:
    await stage.settled()
    return stage.telegram.messages(who)[-1]


async def command(stage: Stage, line: str) -> Message:
    """Type a command in private, and return the answer."""
    stage.anna.send(stage.bot, line)
    return await newest(stage, stage.anna)


async def rules(stage: Stage, *names: str) -> dict[str, str]:
    """Add the rules of that name, switch them on, and return the lines of the stage's language."""
    lines = LINES[stage.locale]
    for number, name in enumerate(names, start=1):
        answer = await command(stage, lines[name])
        assert f"A{number}" in said(answer), said(answer)
        await stage.tap(stage.anna, await command(stage, f"/policy A{number} on"), "✓")
    await stage.settled()
    return lines


def there(stage: Stage, message: Message) -> bool:
    return any(one.message_id == message.message_id for one in stage.telegram.messages(stage.group))


def hints(stage: Stage, code: str) -> list[Message]:
    return [one for one in stage.telegram.messages(stage.group) if f"{code}:" in said(one) or f"{code}：" in said(one)]


async def test_insults_harm_and_private_data_go_and_what_belongs_elsewhere_is_shown_the_way(any_stage: Stage) -> None:
    stage = any_stage
    lines = await rules(stage, "abuse", "harm", "private", "elsewhere")
    await command(stage, lines["name"])
    insult = stage.mei.send(stage.group, lines["insult"])
    innocent = stage.mei.send(stage.group, lines["innocent"])
    await stage.settled()
    assert not there(stage, insult)
    assert there(stage, innocent)
    (hint,) = hints(stage, "A1")
    assert lines["insult"] not in said(hint)

    bet = stage.carl.send(stage.group, lines["harmful"])
    program = stage.carl.send_file(stage.group, "document", b"MZ", "holiday.jpg.exe")
    report = stage.carl.send_file(stage.group, "document", b"%PDF", "report.pdf")
    await stage.settled()
    assert not there(stage, bet)
    assert not there(stage, program)
    assert there(stage, report)

    await stage.advance(minutes=61)
    several = stage.mei.send(stage.group, lines["telephones"])
    one = stage.mei.send(stage.group, lines["one"])
    await stage.settled()
    assert not there(stage, several)
    assert there(stage, one)
    (hint,) = hints(stage, "A3")
    assert "13800138001" not in said(hint)
    samples = await command(stage, "/policy A3")
    await stage.tap(stage.anna, samples, "🔎")
    shown = said(await newest(stage, stage.anna))
    assert "•" in shown
    assert "13800138001" not in shown

    await stage.advance(minutes=61)
    sold = stage.carl.send(stage.group, lines["selling"])
    await stage.settled()
    assert there(stage, sold)
    (hint,) = hints(stage, "A4")
    key = next(iter(hint.buttons()))
    assert key["url"] == "https://t.me/hikers_market"
    assert key["text"] in {"➡️ Market", "➡️ 二手市场"}


async def test_what_comes_from_elsewhere_goes_and_what_members_wrote_stays(any_stage: Stage) -> None:
    stage = any_stage
    await rules(stage, "forwards", "contacts", "bots")
    zoe = stage.telegram.add_user("Zoe", username="zoe")
    club = stage.telegram.add_group("Club", zoe, [stage.mei])
    outside = zoe.send(club, "from outside")
    inside = stage.carl.send(stage.group, "from inside")
    await stage.settled()
    theirs = stage.mei.forward(outside, stage.group, source=club)
    ours = stage.mei.forward(inside, stage.group, source=stage.group)
    card = stage.mei.send(stage.group, contact={"phone_number": "+4915112345", "first_name": "Zoe"})
    robot = {"id": 777, "is_bot": True, "first_name": "Tarot", "username": "tarotbot"}
    gif = {"id": 778, "is_bot": True, "first_name": "GIF", "username": "gif"}
    fortune = stage.mei.send(stage.group, "your card: the fool", via_bot=robot)
    dance = stage.mei.send(stage.group, "a dance", via_bot=gif)
    await stage.settled()
    assert [there(stage, one) for one in (theirs, ours, card, fortune, dance)] == [False, True, False, False, True]


async def test_at_night_fewer_messages_are_enough_for_a_flood(any_stage: Stage) -> None:
    stage = any_stage
    lines = await rules(stage, "flood")
    assert lines["night"] in said(await command(stage, "/policy A1"))
    for number in range(6):
        stage.mei.send(stage.group, f"by day {number}")
    await stage.settled()
    assert hints(stage, "A1") == []
    assert stage.app is not None
    group = stage.app.groups.by_chat(stage.group.id)
    assert group is not None
    until = 24 + 1 - group.local(stage.clock.now()).hour
    await stage.advance(seconds=timedelta(hours=until).total_seconds())
    for number in range(4):
        stage.carl.send(stage.group, f"at night {number}")
    await stage.settled()
    assert hints(stage, "A1") == []
    stage.carl.send(stage.group, "at night, once more")
    await stage.settled()
    assert len(hints(stage, "A1")) == 1


async def test_bad_news_is_told_where_to_go_and_a_rule_needs_its_link(any_stage: Stage) -> None:
    stage = any_stage
    lines = await rules(stage, "conduct")
    await command(stage, lines["instead"])
    stage.mei.send(stage.group, lines["bad news"])
    await stage.settled()
    (hint,) = hints(stage, "A1")
    assert "203" in said(hint)
    refused = await command(stage, "/policy add wrong_place bikes, tents hint")
    assert "https://t.me/" in said(refused)
    assert "A2" not in said(await command(stage, "/policy"))
    refused = await command(stage, "/policy A1 target nowhere")
    assert "target" in said(refused)


async def test_a_code_in_a_picture_is_judged_as_if_it_were_written(any_stage: Stage) -> None:
    stage = any_stage
    lines = await rules(stage, "links")
    assert lines["codes"] in said(await command(stage, "/policy A1"))
    large = stage.mei.send_file(stage.group, "photo", qr("https://t.me/+AbCdEfGh") + b"\0" * 2_000_000)
    advertised = stage.mei.send_file(stage.group, "photo", qr("https://t.me/+AbCdEfGh"), caption="look")
    allowed = stage.mei.send_file(stage.group, "photo", qr("https://example.com/map"))
    theirs = stage.ben.send_file(stage.group, "photo", qr("https://t.me/+AbCdEfGh"))
    file = stage.carl.send_file(stage.group, "document", qr("http://spam-site.top"), "code.png")
    await stage.until(lambda: not there(stage, advertised) and not there(stage, file))
    await stage.settled()
    assert there(stage, large)
    assert there(stage, allowed)
    assert there(stage, theirs)
    assert len(hints(stage, "A1")) == 2


def qr(text: str) -> bytes:
    """Draw a QR code."""
    drawn = io.BytesIO()
    segno.make(text).save(drawn, kind="png", scale=5)
    return drawn.getvalue()
