"""The digest as a story: what a day brought, read the next morning by those who run the group."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.journeys.stage import Stage, said

if TYPE_CHECKING:
    from bot.sandbox.telegram import Actor
    from bot.sandbox.telegram.model import Chat, Message


def digests(stage: Stage, where: Chat | Actor) -> list[str]:
    return [said(message) for message in stage.telegram.messages(where) if said(message).startswith("📊 Hikers, ")]


async def talk(stage: Stage) -> None:
    """A Wednesday in the group: some words, two questions of which one is answered, comings and goings."""
    asked = stage.mei.send(stage.group, "Who brings the big tent?")
    await stage.advance(minutes=10)
    stage.carl.send(stage.group, "Lovely weather today")
    await stage.advance(minutes=30)
    stage.carl.send(stage.group, "Which train do we take?")
    stage.ben.send(stage.group, "I do", reply_to=asked)
    dora = stage.person("Dora")
    dora.join(stage.group)
    await stage.settled()
    stage.carl.leave(stage.group)
    await stage.settled()


async def test_the_owner_reads_in_the_morning_what_yesterday_brought(stage: Stage) -> None:
    await talk(stage)
    await stage.plan(stage.anna, "/event create Morning run | tomorrow 18:00 | 5 seats")
    stage.anna.send(stage.group, "/warn @mei spam")
    await stage.settled()
    assert digests(stage, stage.anna) == []
    await stage.advance(hours=22, minutes=20)
    (digest,) = digests(stage, stage.anna)
    assert digest.startswith("📊 Hikers, yesterday: Wed, 10 Mar 2027")
    assert "4 messages from 3 members; the day before none." in digest
    assert "1 person joined: Dora" in digest
    assert "1 person left: Carl" in digest
    assert "1 question got no reply" in digest
    assert "Carl, 22 hours ago: Which train do we take?" in digest
    assert "big tent" not in digest
    assert "Morning run" in digest
    assert digests(stage, stage.group) == []
    await stage.advance(hours=24)
    assert len(digests(stage, stage.anna)) == 2
    assert "Qunguan" not in digest
    assert "No messages yesterday; the day before 4 messages from 3 members." in digests(stage, stage.anna)[1]
    await stage.advance(hours=24)
    assert "It was a quiet day" in digests(stage, stage.anna)[2]


async def test_the_story_by_both_ways_in_and_in_both_languages(any_stage: Stage) -> None:
    """What a day brought, in the morning after; told without a word of either language."""
    stage, anna = any_stage, any_stage.anna

    def told() -> list[str]:
        return [said(message) for message in stage.telegram.messages(anna) if said(message).startswith("📊")]

    await talk(stage)
    await stage.plan(anna, "/event create Run 跑步 | 2027-03-11 18:00 | 5 seats")
    anna.send(stage.group, "/warn @mei spam 广告")
    await stage.settled()
    assert told() == []
    # 10:40 in UTC is 18:40 in Shanghai; their next 09:00 are 22 hours 20 minutes and 14 hours 20 minutes away.
    await stage.advance(hours=22 if stage.zone == "UTC" else 14, minutes=19)
    assert told() == []
    await stage.advance(minutes=1)
    (digest,) = told()
    for part in ("📊 Hikers", "Dora", "Carl", "Which train do we take?", "Run 跑步", "#1", "Mei"):
        assert part in digest, part
    assert "big tent" not in digest
    await stage.advance(days=1)
    assert len(told()) == 2


async def test_todays_events_are_told_also_when_they_have_begun(any_stage: Stage) -> None:
    stage, anna = any_stage, any_stage.anna
    begun = "已开始" if stage.locale == "zh_Hans" else "begun"
    await stage.plan(anna, "/event create Run 跑步 | 2027-03-11 09:00 | 5 seats")
    await stage.plan(anna, "/event create Tea 茶会 | 2027-03-11 18:00 | 5 seats")
    await stage.plan(anna, "/event create Bath 泡汤 | 2027-03-10 23:30 | 5 seats")
    await stage.settled()

    # 10:00 in UTC is 18:00 in Shanghai.
    await stage.advance(hours=23 if stage.zone == "UTC" else 15)
    (digest,) = [said(message) for message in stage.telegram.messages(anna) if said(message).startswith("📊")]

    lines = {line for line in digest.splitlines() if "#" in line}
    assert [begun in next(one for one in lines if title in one) for title in ("Run", "Tea")] == [True, False]
    assert "Bath" not in digest


async def test_a_chinese_group_reads_it_at_its_own_nine_oclock(zh_stage: Stage) -> None:
    stage = zh_stage
    # 10:00 in UTC is 18:00 in Shanghai; its next 09:00 is 15 hours away.
    stage.mei.send(stage.group, "周六几点集合？")
    stage.anna.send(stage.group, "/digest 时间 8点半")
    await stage.see(stage.group, "08:30")
    await stage.advance(hours=14, minutes=29)
    before = len(stage.telegram.messages(stage.anna))
    await stage.advance(minutes=1)
    (digest,) = stage.telegram.messages(stage.anna)[before:]
    assert said(digest).startswith("📊 Hikers")
    assert "2027年3月10日" in said(digest)
    assert "周六几点集合？" in said(digest)


async def test_who_reads_it_and_when_is_set_by_words_and_buttons(stage: Stage) -> None:
    stage.anna.send(stage.group, "/digest")
    page = await stage.see(stage.group, "Daily digest of Hikers")
    assert "It comes at 09:00 each day (UTC time)" in said(page)
    assert "the managers, in private (Anna)" in said(page)
    assert "I cannot write in private to Ben." in said(page)
    assert "Thu, 11 Mar 2027, 09:00" in said(page)
    await stage.tap(stage.anna, page, "18:00")
    await stage.settled()
    assert "It comes at 18:00 each day" in said(page)
    assert "Wed, 10 Mar 2027, 18:00" in said(page)
    await stage.tap(stage.anna, page, "The whole group")
    await stage.settled()
    assert "everybody, in the group" in said(page)
    await stage.advance(hours=8)
    assert len(digests(stage, stage.group)) == 1
    assert digests(stage, stage.anna) == []
    await stage.tap(stage.anna, page, "Off")
    await stage.settled()
    assert "switched off" in said(page)
    await stage.advance(days=1)
    assert len(digests(stage, stage.group)) == 1
    stage.anna.send(stage.group, "/digest on")
    await stage.see(stage.group, "comes at 18:00, to its managers", "Fri, 12 Mar 2027, 18:00")


async def test_the_hour_is_asked_for_when_it_is_not_said(stage: Stage) -> None:
    stage.anna.send(stage.group, "/digest time")
    question = await stage.see(stage.group, "At what time of day")
    stage.anna.send(stage.group, "half past never", reply_to=question)
    await stage.settled()
    again = await stage.see(stage.group, "At what time of day")
    stage.anna.send(stage.group, "8:15pm", reply_to=again)
    await stage.see(stage.group, "comes at 20:15", "Wed, 10 Mar 2027, 20:15")


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("/digest time 25:99", "is not a time of day"),
        ("/digest time soon", "/digest time 08:30"),
        ("/digest tomorow", "I do not understand “tomorow”"),
        ("/digest 8", "comes at 08:00"),
        ("/digest managers", "to its managers only"),
        ("/digest here", "in the group"),
    ],
)
async def test_every_line_gets_a_clear_sentence(stage: Stage, line: str, answer: str) -> None:
    stage.anna.send(stage.group, line)
    await stage.see(stage.group, answer)


async def test_members_neither_read_nor_set_it(stage: Stage) -> None:
    for line in ("/digest", "/digest now", "/digest time 8:00", "/digest off"):
        stage.mei.send(stage.group, line)
        await stage.see(stage.group, "Only people who may")
        await stage.settled()
    await stage.advance(hours=23)
    assert len(digests(stage, stage.anna)) == 1


async def test_now_goes_to_whoever_asks_in_private(stage: Stage) -> None:
    stage.mei.send(stage.group, "Hello everybody")
    await stage.advance(days=1)
    stage.mei.send(stage.group, "Good morning")
    await stage.settled()
    stage.anna.send(stage.group, "/digest now")
    await stage.see(stage.group, "I have sent you the digest in private.")
    await stage.settled()
    assert "Today so far: 1 message from 1 member." in digests(stage, stage.anna)[-1]
    stage.ben.send(stage.group, "/digest now")
    await stage.see(stage.group, "I can reach none of them")
    stage.anna.send(stage.group, "/digest managers")
    stage.ben.send(stage.group, "/digest now")
    await stage.see(stage.group, "I cannot write to you in private yet")


async def test_while_nobody_can_be_reached_it_stands_in_the_group_and_says_why(stage: Stage) -> None:
    stage.anna.block(stage.bot)
    await stage.settled()
    await stage.advance(hours=23)
    (digest,) = digests(stage, stage.group)
    assert "I can reach none of them in private yet" in digest
    stage.anna.send(stage.group, "/digest managers")
    await stage.see(stage.group, "to its managers only", "I cannot write in private to Anna and Ben")
    await stage.advance(days=1)
    await stage.advance(days=1)
    assert len(digests(stage, stage.group)) == 1
    told = [m for m in stage.telegram.messages(stage.group) if "I can reach none of the managers in private" in said(m)]
    assert len(told) == 1


async def test_each_manager_gets_it_in_their_own_language_and_later_ones_too(stage: Stage) -> None:
    heidi = stage.person("Heidi", "zh-hans", started=True)
    heidi.join(stage.group)
    await stage.settled()
    stage.anna.promote(stage.group, heidi)
    await stage.settled()
    await stage.advance(hours=23)
    assert len(digests(stage, stage.anna)) == 1
    (own,) = [m for m in stage.telegram.messages(heidi) if "📊" in said(m)]
    assert "2027年3月10日" in said(own)
    stage.anna.demote(stage.group, heidi)
    await stage.settled()
    await stage.advance(hours=24)
    assert len([m for m in stage.telegram.messages(heidi) if "📊" in said(m)]) == 1


@pytest.mark.parametrize(("hours", "expected"), [(2, 1), (14, 1), (16, 0)])
async def test_after_a_rest_it_comes_late_or_waits_for_tomorrow(stage: Stage, hours: int, expected: int) -> None:
    stage.mei.send(stage.group, "Which way?")
    await stage.settled()
    await stage.stop()
    await stage.advance(hours=23 + hours)
    await stage.start()
    await stage.settled()
    assert len(digests(stage, stage.anna)) == expected
    await stage.advance(hours=24 - hours)
    assert len(digests(stage, stage.anna)) == expected + 1


async def test_it_waits_for_the_end_of_quiet_hours_and_follows_a_new_zone(stage: Stage) -> None:
    stage.anna.send(stage.group, "/quiet 08:00-10:30")
    await stage.settled()
    await stage.advance(hours=23)
    assert digests(stage, stage.anna) == []
    await stage.advance(hours=2)
    assert len(digests(stage, stage.anna)) == 1
    stage.anna.send(stage.group, "/quiet off")
    stage.anna.send(stage.group, "/timezone Asia/Shanghai")
    await stage.settled()
    stage.anna.send(stage.group, "Now we live in Shanghai")
    await stage.settled()
    # It is 11:00 in UTC and 19:00 there; the next 09:00 is 14 hours away.
    await stage.advance(hours=13, minutes=59)
    assert len(digests(stage, stage.anna)) == 1
    await stage.advance(minutes=1)
    assert len(digests(stage, stage.anna)) == 2


async def test_a_long_digest_comes_in_several_messages_without_a_cut_line(stage: Stage) -> None:
    for number in range(12):
        stage.mei.send(stage.group, f"Question {number}: " + "why " * 60 + "?")
        await stage.advance(minutes=6)
    await stage.advance(hours=22)
    sent: list[Message] = [
        m for m in stage.telegram.messages(stage.anna) if "Hikers" in said(m) or "Question" in said(m)
    ]
    text = "\n".join(said(message) for message in sent)
    assert all(f"Question {number}: " in text for number in range(12))
    assert "12 questions got no reply" in text


async def test_the_managers_chat_reads_the_groups_digest_and_has_none_of_its_own(stage: Stage) -> None:
    board = stage.group_of("Board", stage.anna, stage.ben)
    await stage.settled()
    stage.anna.send(board, "/managerschat")
    await stage.settled()
    question = stage.find(board, "Hikers") or stage.telegram.messages(board)[-1]
    if any("Hikers" in label for label in question.labels()):
        await stage.tap(stage.anna, question, "Hikers")
    stage.mei.send(stage.group, "Good morning")
    stage.ben.send(board, "What shall we do about the route?")
    await stage.settled()
    await stage.advance(hours=23)
    assert [text.split(",")[0] for text in digests(stage, board)] == ["📊 Hikers"]
