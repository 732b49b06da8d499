"""Talks as stories (R05): the speaker agrees, the link stays private, questions are asked, voted for and handed over."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from tests.journeys.stage import Stage, said

if TYPE_CHECKING:
    from bot.sandbox.telegram import Message

URL = "https://meet.example.org/moss"
CHINESE = {
    "You are asked to speak": "你愿意吗",
    "I cannot": "我讲不了",
    "Why not?": "为什么讲不了",
    "Mei cannot speak": "Mei没法在",
    "Mei did not say yet whether they will speak": "Mei还没答复是否主讲",
    "❓ Questions for": "的提问",
    "⚙️ Sort them": "⚙️ 整理",
    "All questions for": "的全部提问",
    "All questions": "的全部提问",
    "Hide": "隐藏",
    "Same as": "和哪个重复",
    "1 vote": "1票",
    "has no link yet": "还没有链接",
    "/event edit 2 link": "/event 编辑 2 链接",
    "Link": "链接",
    "❓ Questions": "❓ 提问",
    "Nobody has asked anything yet": "还没有人提问",
    "❓ Ask": "❓ 我要提问",
    "What do you want to ask": "你想问主讲人什么",
    "Shall your name stand": "要不要署上你的名字",
    "Without my name": "匿名",
    "Your question is number 1": "的第1个",
    "somebody": "匿名",
}
"""What marks a sentence or a button in Chinese, by what does so in English."""
LINE = f"/event create Moss 苔藓 | 2027-03-13 20:00 | 1 hour | online {URL}"


def word(stage: Stage, english: str) -> str:
    """Return what marks a sentence in the language of the stage."""
    return CHINESE[english] if stage.locale == "zh_Hans" else english


async def planned(stage: Stage) -> Message:
    """Plan a talk in a group in which everybody has said something: only such people are known by their names."""
    for who in (stage.mei, stage.carl):
        who.send(stage.group, "…")
    return await stage.plan(stage.anna, LINE)


async def up_to(stage: Stage, before: timedelta) -> None:
    """Go on to some time before the start (after it, if negative)."""
    start = datetime(2027, 3, 13, 20, 0, tzinfo=ZoneInfo(stage.zone))
    await stage.advance(seconds=(start - before - stage.clock.now()).total_seconds())


def told(stage: Stage, where: object, part: str) -> bool:
    return any(part in said(message) for message in stage.telegram.messages(where))  # type: ignore[arg-type]


async def test_the_speaker_agrees_by_a_button_and_the_card_says_so(any_stage: Stage) -> None:
    stage = any_stage
    stage.mei.start(stage.bot)
    card = await planned(stage)
    stage.anna.send(stage.bot, "/event speaker 1 @mei")
    question = await stage.see(stage.mei, "🎤", "Moss 苔藓")
    await stage.settled()
    assert "🎤 Mei" in said(card)
    before = said(card)
    await stage.tap(stage.mei, question, question.labels()[0])
    await stage.settled()
    assert said(card) != before
    assert "🎤 Mei" in said(card)
    await stage.see(stage.anna, "🎤", "Mei", "Moss 苔藓")


async def test_a_speaker_who_cannot_says_why_and_is_off_the_card(either_stage: Stage) -> None:
    stage = either_stage
    stage.mei.start(stage.bot)
    card = await planned(stage)
    stage.anna.send(stage.bot, "/event speaker 1 @mei")
    question = await stage.see(stage.mei, word(stage, "You are asked to speak"))
    await stage.tap(stage.mei, question, word(stage, "I cannot"))
    stage.mei.send(stage.bot, "I am away", reply_to=await stage.see(stage.mei, word(stage, "Why not?")))
    await stage.see(stage.anna, word(stage, "Mei cannot speak"), "I am away")
    await stage.settled()
    assert "🎤" not in said(card)


async def test_a_speaker_who_cannot_be_written_to_is_asked_in_the_group(stage: Stage) -> None:
    await planned(stage)
    stage.anna.send(stage.bot, "/event speaker 1 @carl")
    question = await stage.see(stage.group, "🎤", "Carl", "you are asked to speak")
    assert "not asked" in await stage.tap(stage.mei, question, "Yes, I will speak")
    await stage.tap(stage.carl, question, "Yes, I will speak")
    await stage.see(stage.anna, "Carl will speak")


async def test_somebody_without_telegram_may_speak_and_be_taken_off(stage: Stage) -> None:
    card = await planned(stage)
    stage.anna.send(stage.bot, "/event speaker 1 Professor Li")
    view = await stage.see(stage.anna, "Professor Li", "has no Telegram")
    await stage.settled()
    assert "🎤 Professor Li" in said(card)
    await stage.tap(stage.anna, view, "✕ Professor Li")
    await stage.see(stage.anna, "is taken off the speakers")
    await stage.settled()
    assert "Professor" not in said(card)


async def test_the_organiser_hears_two_days_before_that_nobody_answered(either_stage: Stage) -> None:
    stage = either_stage
    stage.mei.start(stage.bot)
    await planned(stage)
    stage.anna.send(stage.bot, "/event speaker 1 @mei")
    await stage.see(stage.mei, word(stage, "You are asked to speak"))
    await stage.advance(days=1, hours=13)
    await stage.see(stage.anna, word(stage, "Mei did not say yet whether they will speak"))


async def test_the_link_is_told_in_private_to_those_who_come_and_never_in_the_group(any_stage: Stage) -> None:
    stage = any_stage
    stage.mei.start(stage.bot)
    card = await planned(stage)
    link = next(label for label in card.labels() if "🔗" in label)
    assert await stage.tap(stage.mei, card, link)
    assert not told(stage, stage.mei, URL)
    for who in (stage.mei, stage.carl):
        await stage.tap(who, card, card.labels()[0])
    await stage.tap(stage.mei, card, link)
    await stage.see(stage.mei, URL, "Moss 苔藓")
    assert "@qunguan_bot" in await stage.tap(stage.carl, card, link)
    await up_to(stage, timedelta(minutes=9))
    call = await stage.see(stage.group, "📣", "Moss 苔藓")
    await stage.see(stage.mei, "📣", URL)
    assert URL not in said(call)
    assert link in card.labels()
    await stage.advance(hours=2)
    await stage.settled()
    assert link not in card.labels()
    assert URL not in said(card)


async def test_a_call_that_is_late_still_comes_while_the_talk_is_on(stage: Stage) -> None:
    stage.mei.start(stage.bot)
    card = await planned(stage)
    await stage.tap(stage.mei, card, "Join")
    await stage.stop()
    stage.clock.advance(timedelta(days=3, hours=10, minutes=20))
    await stage.start()
    await stage.see(stage.mei, "is on", URL)


async def test_questions_are_asked_and_the_most_wanted_come_first(any_stage: Stage) -> None:
    stage = any_stage
    await planned(stage)
    stage.mei.send(stage.group, "/event ask 1 Where does it grow? 长在哪里")
    stage.carl.send(stage.group, "/event ask 1 How old is it? 多少岁")
    await stage.settled()
    stage.anna.send(stage.group, "/event questions 1")
    card = await stage.see(stage.group, "❓", "长在哪里", "多少岁")
    assert said(card).index("长在哪里") < said(card).index("多少岁")
    await stage.tap(stage.mei, card, "👍 2")
    await stage.settled()
    assert said(card).index("长在哪里") > said(card).index("多少岁")
    assert await stage.tap(stage.carl, card, "👍 2")
    await stage.tap(stage.mei, card, "👍 2")
    await stage.settled()
    assert said(card).index("长在哪里") < said(card).index("多少岁")
    await up_to(stage, timedelta(minutes=59))
    await stage.see(stage.anna, "❓", "长在哪里", "多少岁")


async def test_a_question_without_a_name(either_stage: Stage) -> None:
    stage = either_stage
    stage.mei.start(stage.bot)
    card = await planned(stage)
    await stage.tap(stage.mei, card, word(stage, "❓ Questions"))
    listed = await stage.see(stage.group, word(stage, "Nobody has asked anything yet"))
    await stage.tap(stage.mei, listed, word(stage, "❓ Ask"))
    stage.mei.send(
        stage.bot, "Is it poisonous?", reply_to=await stage.see(stage.mei, word(stage, "What do you want to ask"))
    )
    await stage.tap(
        stage.mei, await stage.see(stage.mei, word(stage, "Shall your name stand")), word(stage, "Without my name")
    )
    await stage.see(stage.mei, word(stage, "Your question is number 1"))
    await stage.see(stage.group, "Is it poisonous?", word(stage, "somebody"))
    assert not told(stage, stage.group, "Mei ·")


async def test_organisers_hide_a_question_and_put_two_together(either_stage: Stage) -> None:
    stage = either_stage
    await planned(stage)
    for who, text in ((stage.mei, "Where?"), (stage.carl, "In which place?"), (stage.ben, "Rude one")):
        who.send(stage.group, f"/event ask 1 {text}")
    await stage.settled()
    stage.anna.send(stage.group, "/event questions 1")
    card = await stage.see(stage.group, word(stage, "❓ Questions for"), "Rude one")
    await stage.tap(stage.anna, card, word(stage, "⚙️ Sort them"))
    view = await stage.see(stage.anna, word(stage, "All questions for"))
    await stage.tap(stage.anna, view, "3")
    await stage.settled()
    await stage.tap(stage.anna, view, word(stage, "Hide"))
    await stage.settled()
    assert "Rude one" not in said(card)
    await stage.tap(stage.anna, card, word(stage, "⚙️ Sort them"))
    again = await stage.until(
        lambda: next(
            (
                m
                for m in stage.telegram.messages(stage.anna)
                if word(stage, "All questions") in said(m) and m is not view
            ),
            None,
        )
    )
    await stage.tap(stage.anna, again, "2")
    await stage.settled()
    await stage.tap(stage.anna, again, word(stage, "Same as"))
    await stage.settled()
    await stage.tap(stage.anna, again, "1")
    await stage.settled()
    assert "In which place?" not in said(card)
    assert word(stage, "1 vote") in said(card)


async def test_a_member_cannot_name_a_speaker_and_too_many_questions_are_refused(stage: Stage) -> None:
    await planned(stage)
    stage.mei.send(stage.group, "/event speaker 1 @carl")
    await stage.see(stage.group, "Only people who may run events")
    for number in range(6):
        stage.mei.send(stage.group, f"/event ask 1 Question {number}?")
    await stage.see(stage.group, "You have asked 5 questions already")


async def test_a_speaker_is_asked_again_when_the_event_is_moved_and_told_when_it_is_cancelled(
    any_stage: Stage,
) -> None:
    stage = any_stage
    stage.mei.start(stage.bot)
    card = await planned(stage)
    stage.anna.send(stage.bot, "/event speaker 1 @mei")
    question = await stage.see(stage.mei, "🎤", "Moss 苔藓")
    await stage.tap(stage.mei, question, question.labels()[0])
    await stage.settled()
    assert len(question.labels()) == 1
    agreed = said(card)
    await stage.agree(stage.anna, "/event edit 1 time 2027-03-14 21:00")
    again = await stage.until(lambda: _newer(stage, question, "🎤", "21:00"))
    await stage.settled()
    assert said(card).count("🎤 Mei") == 1
    assert _line(card, "🎤") != next(line for line in agreed.splitlines() if "🎤" in line)
    await stage.tap(stage.mei, again, again.labels()[0])
    await stage.settled()
    assert _line(card, "🎤") == next(line for line in agreed.splitlines() if "🎤" in line)
    stage.anna.send(stage.bot, "/event cancel 1 storm")
    await stage.settled()
    sure = stage.telegram.messages(stage.anna)[-1]
    await stage.tap(stage.anna, sure, sure.labels()[0])
    await stage.until(lambda: _newer(stage, again, "🎤", "storm"))


def _newer(stage: Stage, than: Message, *parts: str) -> Message | None:
    found = (one for one in stage.telegram.messages(stage.mei) if one.message_id > than.message_id)
    return next((one for one in found if all(part in said(one) for part in parts)), None)


def _line(message: Message, sign: str) -> str:
    return next(line for line in said(message).splitlines() if sign in line)


async def test_a_speaker_who_leaves_the_group_is_off_the_card_and_the_organiser_hears_it(stage: Stage) -> None:
    stage.mei.start(stage.bot)
    card = await planned(stage)
    stage.anna.send(stage.bot, "/event speaker 1 @mei")
    question = await stage.see(stage.mei, "You are asked to speak")
    await stage.tap(stage.mei, question, "Yes, I will speak")
    stage.mei.leave(stage.group)
    await stage.see(stage.anna, "Mei has left the group", "/event speaker 1")
    await stage.settled()
    assert "🎤" not in said(card)
    await up_to(stage, timedelta(minutes=9))
    await stage.see(stage.group, "📣")
    assert not told(stage, stage.mei, URL)


async def test_a_speaker_who_is_taken_off_is_told(stage: Stage) -> None:
    stage.mei.start(stage.bot)
    await planned(stage)
    stage.anna.send(stage.bot, "/event speaker 1 @mei")
    await stage.see(stage.mei, "You are asked to speak")
    await stage.tap(stage.anna, await stage.see(stage.anna, "has not answered yet"), "✕ Mei")
    await stage.see(stage.mei, "You are no longer among the speakers", "Moss 苔藓")


async def test_speakers_are_called_with_the_link_and_a_missing_link_is_told_the_organiser(either_stage: Stage) -> None:
    stage = either_stage
    stage.mei.start(stage.bot)
    await planned(stage)
    stage.anna.send(stage.bot, "/event speaker 1 @mei")
    await stage.see(stage.mei, word(stage, "You are asked to speak"))
    await stage.plan(stage.anna, "/event create Lichen | 2027-03-13 20:00 | 1 hour | online")
    await up_to(stage, timedelta(minutes=9))
    await stage.see(stage.mei, "📣", URL)
    call = await stage.see(stage.group, "📣", "Lichen")
    assert word(stage, "Link") not in said(call)
    await stage.see(stage.anna, "Lichen", word(stage, "has no link yet"), word(stage, "/event edit 2 link"))


async def test_a_link_that_comes_later_is_told_to_those_who_are_going_only(stage: Stage) -> None:
    for who in (stage.mei, stage.carl):
        who.start(stage.bot)
    card = await stage.plan(stage.anna, "/event create Lichen | 2027-03-13 20:00 | 1 seat | online")
    for who in (stage.mei, stage.carl):
        await stage.tap(who, card, "Join")
    stage.anna.send(stage.bot, f"/event edit 1 link {URL}")
    await stage.see(stage.mei, "has a new link", URL)
    await stage.see(stage.carl, "has a new link. Tap Link on the card")
    await stage.see(stage.group, "has a new link. Tap Link on the card")
    await stage.settled()
    assert "🔗 Link" in card.labels()
    assert not told(stage, stage.carl, URL)
    assert "The link is for those who are going" in await stage.tap(stage.carl, card, "🔗 Link")
    assert not told(stage, stage.group, URL)
    stage.anna.send(stage.group, "/audit")
    log = await stage.see(stage.anna, "changed event", "meet.example.org/…")
    assert URL not in said(log)


async def test_an_organiser_is_told_the_link_without_going(stage: Stage) -> None:
    card = await planned(stage)
    await stage.tap(stage.anna, card, "🔗 Link")
    await stage.see(stage.anna, URL, "keep it to yourself")


async def test_a_form_that_all_can_read_keeps_the_link_to_itself(stage: Stage) -> None:
    dora = stage.person("Dora")
    dora.join(stage.group)
    stage.anna.promote(stage.group, dora)
    stage.mei.send(stage.group, "…")
    dora.send(stage.group, f"/event create Moss | 2027-03-13 20:00 | online {URL}")
    summary = await stage.see(stage.group, "Is this right?", "Moss")
    assert URL not in said(summary)
    assert "meet.example.org/… (kept private)" in said(summary)


async def test_the_list_of_questions_closes_with_the_event(either_stage: Stage) -> None:
    stage = either_stage
    await planned(stage)
    stage.mei.send(stage.group, "/event ask 1 Where does it grow?")
    await stage.settled()
    stage.anna.send(stage.group, "/event questions 1")
    card = await stage.see(stage.group, word(stage, "❓ Questions for"), "Where does it grow?")
    assert "👍 1" in card.labels()
    await up_to(stage, -timedelta(minutes=61))
    await stage.settled()
    assert card.labels() == [word(stage, "⚙️ Sort them")]


async def test_many_long_questions_come_in_pages_and_are_sorted_in_pages(stage: Stage) -> None:
    await planned(stage)
    for who in (stage.anna, stage.ben, stage.mei, stage.carl):
        for number in range(5):
            who.send(stage.group, f"/event ask 1 {who.name} {number} " + "长" * 280)
            await stage.settled()
    stage.anna.send(stage.group, "/event questions 1")
    card = await stage.see(stage.group, "❓ Questions for", "… and 10 more")
    await stage.tap(stage.anna, card, "All questions")
    await stage.see(stage.anna, "All questions for", "5.")
    await stage.tap(stage.anna, await stage.see(stage.anna, "All questions for"), "»")
    await stage.see(stage.anna, "All questions for", "10.")
    assert "… and 10 more" in said(card)
    await stage.tap(stage.anna, card, "⚙️ Sort them")
    view = await stage.see(stage.anna, "Tap a number to sort it", "18.")
    await stage.tap(stage.anna, view, "»")
    await stage.see(stage.anna, "Tap a number to sort it", "20.")
    await stage.tap(stage.anna, view, "20")
    await stage.settled()
    await stage.tap(stage.anna, view, "Same as")
    await stage.see(stage.anna, "Which one means the same?", "15.")
