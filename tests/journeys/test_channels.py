"""Somebody writes in the group in the name of another channel: rules, the ladder and managers deal with it (R22)."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from bot.sandbox.telegram import Refused
from bot.sandbox.telegram.model import Chat, Message
from tests.journeys.stage import Stage, close_stage, open_stage, said
from tests.journeys.test_events_looking import document, file_of
from tests.journeys.test_policy import command, switch_on
from tests.journeys.test_violations import known

SAID = {
    "en": {
        "kept": "The channel may no longer write in the group",
        "unable": "A channel cannot be muted or restricted for a while.",
        "free": "The channel may write in the group again.",
        "mute": "Telegram cannot mute channels",
        "length": "Leave the length out",
        "linked": "is the channel this group belongs to",
        "not banned": "no case keeps this channel from writing here",
        "approved": "The channel Ads is approved",
        "proposed": "a second manager decides",
    },
    "zh_Hans": {
        "kept": "不能再在本群发言",
        "unable": "频道无法限时禁言或限制。",
        "free": "该频道可以重新在本群发言。",
        "mute": "Telegram 不能对频道禁言",
        "length": "请去掉时长",
        "linked": "是与本群关联的频道",
        "not banned": "没有哪条记录禁止它在本群发言",
        "approved": "频道“Ads”已设为免管",
        "proposed": "由第二位管理人员决定",
    },
}
LADDER = {"en": "notice, warning, mute 1h, kick", "zh_Hans": "提醒, 警告, 禁言1小时, 踢出"}


def writes(stage: Stage, channel: Chat, text: str) -> Message:
    """Let Mei write in the name of her channel."""
    return stage.mei.send(stage.group, text, as_chat=channel)


async def card(stage: Stage, number: int) -> Message:
    """Wait for the card of a case."""
    await stage.settled()
    found = [m for m in stage.telegram.messages(stage.group) if f"#{number}" in said(m) and said(m)[0] in "🔔⚠⛔↩🔓"]
    assert found, stage.telegram.describe()
    return found[0]


def is_kept_out(stage: Stage, channel: Chat) -> bool:
    """Try to write in the channel's name."""
    try:
        writes(stage, channel, "hello")
    except Refused:
        return True
    return False


async def test_a_breach_of_a_channel_goes_up_the_ladder_to_a_ban(either_stage: Stage) -> None:
    stage, anna, words = either_stage, either_stage.anna, SAID[either_stage.locale]
    ads, other = stage.telegram.add_channel("Cheap <Shoes>", stage.mei), stage.telegram.add_channel("More", stage.mei)
    await known(stage, stage.mei, stage.carl)
    await command(stage, "/policy add words hint zzgamble")
    await command(stage, f"/policy A1 ladder {LADDER[stage.locale]}")
    await switch_on(stage, "A1")
    writes(stage, ads, "come to zzgamble")
    hint = await stage.see(stage.group, "Cheap <Shoes>", "A1")
    assert "#1" not in said(hint)
    assert "Channel" not in said(hint)
    for number, sign in ((1, "🔔"), (2, "⚠"), (3, "⛔")):
        await stage.advance(minutes=15 if number == 1 else 23 * 60)
        writes(stage, ads, f"come to zzgamble {number}")
        shown = await card(stage, number)
        assert said(shown)[0] == sign, said(shown)
        assert "Cheap <Shoes>" in said(shown)
        assert not any("⚖" in label for label in shown.labels()), "nobody can show that the channel is theirs"
        assert is_kept_out(stage, other) == (number == 3)
        await stage.settled()
    shown = await card(stage, 3)
    assert words["unable"] in said(shown)
    assert words["kept"] in said(shown)
    stage.mei.send(stage.group, "under my own name")
    await stage.tap(anna, shown, "↩️")
    await stage.settled()
    assert words["free"] in said(shown)
    assert not is_kept_out(stage, ads)

    listed = await command(stage, f"/ledger {ads.id}")
    assert all(f"#{number} " in said(listed) for number in (1, 2, 3))
    listed = await command(stage, "/ledger")
    await stage.tap(anna, listed, "👤")
    await stage.settled()
    await stage.tap(anna, listed, "Cheap <Shoes> (3)")
    await stage.settled()
    assert "#3 " in said(listed)
    anna.send(stage.bot, f"/ledger {ads.id} csv")
    rows = list(csv.reader(io.StringIO(file_of(stage, await document(stage, anna, ".csv")).decode("utf-8-sig"))))
    assert {row[2:4] == ["Cheap <Shoes>", str(ads.id)] for row in rows[1:]} == {True}
    assert "Cheap <Shoes>" in said(await command(stage, "/case 2"))
    assert "#2" in said(await command(stage, f"/cases {ads.id}"))


async def test_managers_warn_ban_and_let_a_channel_write_again(either_stage: Stage) -> None:
    stage, anna, words = either_stage, either_stage.anna, SAID[either_stage.locale]
    ads = stage.telegram.add_channel("Ads", stage.mei)
    await known(stage, stage.mei)
    spam = writes(stage, ads, "Buy this")
    await stage.settled()
    anna.send(stage.group, "/unban", reply_to=spam)
    await stage.see(stage.group, "Ads", words["not banned"])
    anna.send(stage.group, "/warn 广告", reply_to=spam)
    shown = await card(stage, 1)
    assert said(shown).startswith("⚠")
    assert "Ads" in said(shown)
    assert "广告" in said(shown)
    assert shown.reply_to == spam.message_id
    for line in ("/mute 2h spam", "/kick spam", "/unmute"):
        anna.send(stage.group, line, reply_to=spam)
        await stage.settled()
        answer = said(stage.telegram.messages(stage.group)[-1])
        assert "/unban" in answer, (line, answer)
    anna.send(stage.group, "/ban 7d spam", reply_to=spam)
    await stage.see(stage.group, words["length"])
    anna.send(stage.group, "/ban", reply_to=spam)
    await stage.settled()
    question = stage.telegram.messages(stage.group)[-1]
    await stage.tap(anna, question, question.labels()[0])
    shown = await card(stage, 2)
    assert words["kept"] in said(shown)
    assert is_kept_out(stage, ads)
    anna.send(stage.group, "/unban", reply_to=spam)
    shown = await card(stage, 3)
    assert words["free"] in said(shown)
    assert words["free"] in said(await card(stage, 2))
    assert not is_kept_out(stage, ads)
    await stage.advance(minutes=2)
    assert words["not banned"] in said(await command(stage, f"/unban {ads.id}"))
    anna.send(stage.bot, f"/ban {ads.id} again")
    await card(stage, 4)
    assert is_kept_out(stage, ads), "a channel on record is known by its number"
    anna.send(stage.bot, f"/unban {ads.id}")
    await card(stage, 5)
    assert not is_kept_out(stage, ads)


async def test_a_second_manager_agrees_to_keep_a_channel_out(either_stage: Stage) -> None:
    stage, anna, ben, words = either_stage, either_stage.anna, either_stage.ben, SAID[either_stage.locale]
    ads = stage.telegram.add_channel("Ads", stage.mei)
    ben.start(stage.bot)
    await known(stage, stage.mei, ben)
    await command(stage, "/ladder settings second on")
    spam = writes(stage, ads, "Buy this")
    await stage.settled()
    anna.send(stage.group, "/ban spam", reply_to=spam)
    shown = await card(stage, 1)
    assert words["proposed"] in said(shown)
    assert not is_kept_out(stage, ads)
    question = await stage.see(ben, "Ads", "#1")
    await stage.tap(ben, question, question.labels()[0])
    await stage.settled()
    assert words["kept"] in said(shown)
    assert is_kept_out(stage, ads)


async def test_an_approved_channel_is_spared_until_it_is_approved_no_longer(either_stage: Stage) -> None:
    stage, anna, words = either_stage, either_stage.anna, SAID[either_stage.locale]
    ads, news = stage.telegram.add_channel("Ads", stage.mei), stage.telegram.add_channel("News", anna, stage.group)
    await known(stage, stage.mei)
    await command(stage, "/policy add words delete zzgamble")
    await switch_on(stage, "A1")
    first = writes(stage, ads, "hello")
    anna.send(news, "Our news")
    await stage.settled()
    anna.send(stage.group, "/approve", reply_to=first)
    await stage.see(stage.group, words["approved"])
    writes(stage, ads, "zzgamble is spared")
    await stage.see(stage.group, "zzgamble is spared")
    post = next(m for m in stage.telegram.messages(stage.group) if "Our news" in said(m))
    anna.send(stage.group, "/approve", reply_to=post)
    await stage.see(stage.group, "News", words["linked"].removeprefix("is "))
    listed = await command(stage, "/approve")
    assert "Ads" in said(listed)
    assert "News" not in said(listed)
    await stage.tap(anna, listed, "Ads")
    writes(stage, ads, "zzgamble no longer")
    await stage.settled()
    assert not any("no longer" in said(m) for m in stage.telegram.messages(stage.group))
    anna.send(stage.group, "/approve", reply_to=first)
    await stage.settled()
    await command(stage, f"/unapprove {ads.id}")
    writes(stage, ads, "zzgamble not once more")
    await stage.settled()
    assert not any("once more" in said(m) for m in stage.telegram.messages(stage.group))


async def test_the_linked_channel_and_administrators_are_spared(either_stage: Stage) -> None:
    stage, anna, words = either_stage, either_stage.anna, SAID[either_stage.locale]
    news = stage.telegram.add_channel("News", anna, stage.group)
    await known(stage, stage.mei)
    await command(stage, "/policy add words delete zzgamble")
    await command(stage, "/policy A1 ladder ban")
    await switch_on(stage, "A1")
    anna.send(news, "All about zzgamble")
    await stage.settled()
    post = next(m for m in stage.telegram.messages(stage.group) if "All about zzgamble" in said(m))
    comment = anna.send(stage.group, "zzgamble once more", as_chat=news)
    anna.send(stage.group, "zzgamble says the group", anonymous=True)
    anna.send(stage.group, "zzgamble says the owner")
    await stage.settled()
    assert sum("zzgamble" in said(m) for m in stage.telegram.messages(stage.group)) == 4
    for number, message in enumerate((post, comment), start=1):
        for line in ("/warn spam", "/ban spam"):
            anna.send(stage.group, line, reply_to=message)
            await stage.settled()
            assert words["linked"] in said(stage.telegram.messages(stage.group)[-1]), (number, line)
    assert stage.find(stage.group, "#1") is None


STOP = {"en": "/topic stop pay warn", "zh_Hans": "/topic 停止 加薪 警告"}
REST = {"en": "when do we get more pay", "zh_Hans": "到底加薪吗？"}


async def test_a_channel_is_asked_to_let_topics_and_the_night_rest(either_stage: Stage) -> None:
    stage = either_stage
    ads = stage.telegram.add_channel("Ads", stage.mei)
    await known(stage, stage.mei)
    stage.anna.send(stage.group, STOP[stage.locale])
    await stage.settled()
    first = writes(stage, ads, REST[stage.locale])
    await stage.settled()
    hint = stage.telegram.messages(stage.group)[-1]
    assert hint.reply_to == first.message_id
    assert "Ads" in said(hint)
    writes(stage, ads, REST[stage.locale])
    shown = await card(stage, 1)
    assert "Ads" in said(shown)
    assert "T1" in said(shown)
    await command(stage, "/quiet 00:00-23:59")
    await command(stage, f"/quiet mode {'remind' if stage.locale == 'en' else '提醒'}")
    late = writes(stage, ads, "good night")
    await stage.settled()
    reminder = stage.telegram.messages(stage.group)[-1]
    assert reminder.reply_to == late.message_id
    assert "Ads" in said(reminder)
    assert "Channel" not in said(reminder)


async def test_what_telegram_refuses_is_made_up_for(stage: Stage) -> None:
    anna, mei = stage.anna, stage.mei
    ads = stage.telegram.add_channel("Ads", mei)
    spam = writes(stage, ads, "Buy this")
    await stage.settled()
    stage.telegram.set_bot_status(stage.group, stage.bot, "administrator", {"can_delete_messages": True})
    await stage.settled()
    anna.send(stage.group, "/ban spam", reply_to=spam)
    shown = await card(stage, 1)
    assert "It did not happen. I lack the administrator right to ban users. I keep trying for a day." in said(shown)
    stage.telegram.set_bot_status(stage.group, stage.bot, "administrator", {"can_restrict_members": True})
    await stage.settled()
    assert is_kept_out(stage, ads)
    assert "The channel may no longer write in the group" in said(shown)


@pytest.mark.postgres
async def test_the_same_on_postgresql(tmp_path: Path, postgres_url: str) -> None:
    stage = await open_stage(tmp_path, database_url=postgres_url)
    try:
        ads = stage.telegram.add_channel("Ads", stage.mei)
        spam = writes(stage, ads, "Buy this")
        await stage.settled()
        stage.anna.send(stage.group, "/ban spam", reply_to=spam)
        await card(stage, 1)
        assert is_kept_out(stage, ads)
        stage.anna.send(stage.group, "/unwarn 1")
        await stage.settled()
        assert not is_kept_out(stage, ads)
    finally:
        await close_stage(stage)
